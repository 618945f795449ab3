package dev.ephpm.litewire.dump;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a dump, unpacked when they are gzip, which their content tells. Counts what it has read of the packed form. One
 * thread; the count may be read by any.
 */
final class DumpSource implements AutoCloseable {
    private static final int LONGEST_SIGNATURE = 8;
    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final Counting packed;
    private final InputStream content;
    private final long totalBytes;

    private DumpSource(String name, Counting packed, InputStream content, long totalBytes) {
        this.name = name;
        this.packed = packed;
        this.content = content;
        this.totalBytes = totalBytes;
    }

    /** Opens a file. Throws {@link DumpException} for what is no readable SQL text. */
    static DumpSource open(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new DumpException("cannot read the dump " + file + ": it is a directory; name a file");
            }
            return open(file.toString(), Files.newInputStream(file), Files.size(file));
        } catch (IOException e) {
            throw new DumpException("cannot read the dump " + file + " (" + reason(e) + "); name a readable file", e);
        }
    }

    /** Reads a stream, of a size nobody knows. */
    static DumpSource of(String name, InputStream stream) {
        try {
            return open(name, stream, 0);
        } catch (IOException e) {
            throw new DumpException("cannot read " + name + " (" + reason(e) + ")", e);
        }
    }

    private static DumpSource open(String name, InputStream stream, long totalBytes) throws IOException {
        Counting counting = new Counting(stream);
        try {
            PushbackInputStream bytes = new PushbackInputStream(counting, LONGEST_SIGNATURE);
            byte[] start = bytes.readNBytes(LONGEST_SIGNATURE);
            bytes.unread(start);
            Optional<String> foreign = foreignFormat(start);
            if (foreign.isPresent()) {
                throw new DumpException("cannot import " + name + ": " + foreign.get());
            }
            boolean gzip = startsWith(start, 0x1f, 0x8b);
            InputStream content = gzip ? new GZIPInputStream(bytes, BUFFER_BYTES) : bytes;
            return new DumpSource(name, counting, content, totalBytes);
        } catch (IOException | RuntimeException e) {
            counting.close();
            throw e;
        }
    }

    private static Optional<String> foreignFormat(byte[] start) {
        if (startsWith(start, 'P', 'K', 3, 4)) {
            return Optional.of("it is a ZIP archive; unpack it and import the .sql file in it");
        }
        if (startsWith(start, 'B', 'Z', 'h')) {
            return Optional.of("it is packed with bzip2; pipe it: bzip2 -dc FILE | ephpm site import DOMAIN -");
        }
        if (startsWith(start, 0xfd, '7', 'z', 'X', 'Z')) {
            return Optional.of("it is packed with xz; pipe it: xz -dc FILE | ephpm site import DOMAIN -");
        }
        if (startsWith(start, 0x28, 0xb5, 0x2f, 0xfd)) {
            return Optional.of("it is packed with zstd; pipe it: zstd -dc FILE | ephpm site import DOMAIN -");
        }
        if (startsWith(start, 'S', 'Q', 'L', 'i', 't', 'e')) {
            return Optional.of("it is a SQLite database, not SQL text");
        }
        if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff)) {
            return Optional.of("it is UTF-16, as PowerShell writes redirected output; make it again with"
                    + " mariadb-dump --result-file=dump.sql");
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... signature) {
        if (bytes.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((bytes[i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    String name() {
        return name;
    }

    /** Size of the packed form, 0 when it is not known. */
    long totalBytes() {
        return totalBytes;
    }

    /** How much of the packed form has been read. */
    long bytesRead() {
        return packed.count;
    }

    /** Reads some bytes; −1 at the end. Throws {@link DumpException} for a damaged or cut file. */
    int read(byte[] target, int offset, int length) {
        try {
            return content.read(target, offset, length);
        } catch (EOFException e) {
            throw new DumpException(name + " ends in the middle of its packed data; it was not copied completely", e);
        } catch (ZipException e) {
            throw new DumpException(
                    name + " is damaged (" + e.getMessage() + "); copy it again, or make the dump again", e);
        } catch (IOException e) {
            throw new DumpException("cannot read " + name + " (" + reason(e) + ")", e);
        }
    }

    /** What went wrong, in words: the file system's exceptions hold the path alone. */
    static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "there is no such file";
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw new DumpException("cannot close " + name + " (" + reason(e) + ")", e);
        }
    }

    /** Counts the bytes that pass. */
    private static final class Counting extends FilterInputStream {
        private volatile long count;

        Counting(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // One thread reads the stream.
        public int read(byte @Nullable [] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
