package dev.ephpm.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressorTest {
    private static final int[] SIZES = {0, 1, 100, 5000, 66_000, 300_000};

    @ParameterizedTest
    @EnumSource
    void everyLevelAndSizeDecodesToTheOriginal(Encoding encoding) throws IOException {
        for (int level = 1; level <= 9; level++) {
            for (int size : SIZES) {
                String body = text(size, level);
                byte[] compressed = Compressor.compress(encoding, level, body.getBytes(StandardCharsets.UTF_8));
                assertThat(StaticFilesIT.decode(encoding.token(), compressed))
                        .as("level %d, %d bytes", level, size)
                        .isEqualTo(body);
            }
        }
    }

    /** Partly repeated, partly random: some of it stays in the encoder for long. */
    private static String text(int size, int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(size);
        while (text.length() < size) {
            text.append(random.nextBoolean() ? "<p>Hello, world.</p>" : Long.toHexString(random.nextLong()));
        }
        text.setLength(size);
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void everythingWrittenIsDecodableAfterAFlush(Encoding encoding) throws IOException {
        for (int level = 1; level <= 9; level += 4) {
            try (Compressor compressor = Compressor.streaming(encoding, level)) {
                Buffer all = Buffer.buffer();
                StringBuilder written = new StringBuilder();
                for (int i = 0; i < 10; i++) {
                    String piece = text(3000, i);
                    written.append(piece);
                    compressor.write(piece.getBytes(StandardCharsets.UTF_8));
                    all.appendBuffer(compressor.take()).appendBuffer(compressor.flush());
                }
                all.appendBuffer(compressor.finish());
                assertThat(StaticFilesIT.decode(encoding.token(), all.getBytes()))
                        .isEqualTo(written.toString());
            }
        }
    }

    @Test
    void allThreeCodingsAreAvailableHere() {
        assertThat(Compressor.available()).containsExactly(Encoding.BROTLI, Encoding.ZSTD, Encoding.GZIP);
    }
}
