package dev.ephpm.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStream;
import com.github.luben.zstd.util.Native;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compresses one body, piece by piece. Not thread-safe; must be closed or finished, it holds native memory. */
final class Compressor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Compressor.class);

    private final Pending pending = new Pending();
    private final OutputStream stream;
    private boolean open = true;

    /** Levels above need megabytes for each open stream. */
    private static final int MAX_STREAMING_LEVEL = 4;

    /** 256 KB: pages gain little from a larger window, and each open stream holds one. */
    private static final int BROTLI_WINDOW_BITS = 18;

    private Compressor(Encoding encoding, int level) {
        try {
            stream = switch (encoding) {
                case GZIP -> new Gzip(pending, level);
                case BROTLI ->
                    new BrotliOutputStream(
                            pending, new Encoder.Parameters().setQuality(level).setWindow(BROTLI_WINDOW_BITS));
                case ZSTD -> new ZstdOutputStream(pending, level);
            };
        } catch (IOException impossible) {
            throw new HttpException("cannot start " + encoding.token() + " compression", impossible);
        }
    }

    /** For a body of unknown length that may stay open for long. */
    static Compressor streaming(Encoding encoding, int level) {
        return new Compressor(encoding, Math.min(level, MAX_STREAMING_LEVEL));
    }

    /** The codings whose native libraries load here. */
    static List<Encoding> available() {
        List<Encoding> encodings = new ArrayList<>();
        if (Brotli4jLoader.isAvailable()) {
            encodings.add(Encoding.BROTLI);
        } else {
            log.warn(
                    "brotli compression is off: its library does not load ({})",
                    reason(Brotli4jLoader.getUnavailabilityCause()));
        }
        try {
            Native.load();
            encodings.add(Encoding.ZSTD);
        } catch (LinkageError unavailable) {
            log.warn("zstd compression is off: its library does not load ({})", reason(unavailable));
        }
        encodings.add(Encoding.GZIP);
        return encodings;
    }

    private static String reason(Throwable cause) {
        return cause == null ? "unknown" : String.valueOf(cause.getMessage());
    }

    /** @param level 1 (fast) to 9 (small) */
    static byte[] compress(Encoding encoding, int level, byte[] body) {
        try (Compressor compressor = new Compressor(encoding, level)) {
            compressor.write(body);
            return compressor.finish().getBytes();
        }
    }

    void write(byte[] bytes) {
        try {
            stream.write(bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new HttpException("cannot compress a response", failure);
        }
    }

    /** Whatever the compressor has given so far, possibly nothing. */
    Buffer take() {
        return pending.take();
    }

    /** Everything written so far, so that the client can decode all of it. */
    Buffer flush() {
        try {
            stream.flush();
            return pending.take();
        } catch (IOException failure) {
            throw new HttpException("cannot flush a compressed response", failure);
        }
    }

    /** The rest; nothing can be written afterwards. */
    Buffer finish() {
        close();
        return pending.take();
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            // brotli4j 1.24 loses the last bytes of what it still holds when it is closed without a flush.
            stream.flush();
            stream.close();
        } catch (IOException failure) {
            throw new HttpException("cannot finish a compressed response", failure);
        }
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out, 4096, true);
            def.setLevel(level);
        }
    }

    private static final class Pending extends ByteArrayOutputStream {
        Buffer take() {
            Buffer taken = Buffer.buffer(toByteArray());
            reset();
            return taken;
        }
    }
}
