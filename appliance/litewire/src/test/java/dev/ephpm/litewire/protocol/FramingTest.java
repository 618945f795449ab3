package dev.ephpm.litewire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.SqlErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FramingTest {
    private static final int LIMIT = 64 * 1024 * 1024;

    private static final PacketWriter.Patience ENDLESS = new PacketWriter.Patience() {
        @Override
        public void begin() {
            // Memory is never slow.
        }

        @Override
        public void end() {
            // Memory is never slow.
        }
    };

    private static byte[] written(byte[]... payloads) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PacketWriter writer =
                new PacketWriter(Channels.newChannel(bytes), ByteBuffer.allocateDirect(PacketWriter.BUFFER), ENDLESS);
        for (byte[] payload : payloads) {
            writer.packet(payload);
        }
        writer.flush();
        return bytes.toByteArray();
    }

    private static PacketReader reader(byte[] bytes, long limit) {
        return new PacketReader(
                Channels.newChannel(new ByteArrayInputStream(bytes)), ByteBuffer.allocate(PacketReader.BUFFER), limit);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                4,
                16_380,
                16_384,
                32_764,
                32_768,
                100_000,
                0xFFFFFE,
                0xFFFFFF,
                0x1000000,
                2 * 0xFFFFFF,
                40_000_000
            })
    void everyLengthReadsBack(int length) throws IOException {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);

        PacketReader reader = reader(written(payload, new byte[] {7}), LIMIT);

        assertThat(Arrays.equals(reader.read(), payload)).isTrue();
        assertThat(reader.read()).containsExactly(7);
    }

    @Test
    void aFullPartIsFollowedByAnEmptyOne() throws IOException {
        byte[] bytes = written(new byte[0xFFFFFF]);

        assertThat(bytes).hasSize(4 + 0xFFFFFF + 4);
        assertThat(Arrays.copyOf(bytes, 4)).containsExactly(-1, -1, -1, 0);
        assertThat(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void aSmallAnswerIsOneWrite() throws IOException {
        int[] writes = {0};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] source, int offset, int length) {
                writes[0]++;
                super.write(source, offset, length);
            }
        };
        PacketWriter writer =
                new PacketWriter(Channels.newChannel(bytes), ByteBuffer.allocateDirect(PacketWriter.BUFFER), ENDLESS);
        for (int i = 0; i < 10; i++) {
            writer.packet(new byte[100]);
        }
        writer.flush();

        assertThat(writes[0]).isEqualTo(1);
    }

    @Test
    void tooLargeIsRefusedWithoutReadingOn() {
        byte[] header = {0x00, 0x00, 0x10, 0};
        byte[] bytes = Arrays.copyOf(header, 4 + 0x100000);

        assertThatThrownBy(() -> reader(bytes, 1000).read())
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        e -> assertThat(e.error().code()).isEqualTo(SqlErrorCode.PACKET_TOO_LARGE));
    }

    @Test
    void anAnnouncedLengthAllocatesNothing() {
        byte[] header = {-1, -1, -1, 0, 1, 2, 3};

        assertThatThrownBy(() -> reader(header, LIMIT).read()).isInstanceOf(EOFException.class);
    }

    @Test
    void aWrongSequenceNumberIsRefused() {
        byte[] bytes = {1, 0, 0, 5, 14};

        assertThatThrownBy(() -> reader(bytes, LIMIT).read())
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        e -> assertThat(e.error().code()).isEqualTo(SqlErrorCode.PACKETS_OUT_OF_ORDER));
    }
}
