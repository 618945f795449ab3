package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameReaderTest {
    private final List<WorkerFrame> frames = new ArrayList<>();
    private final FrameReader reader = new FrameReader(Frames.LIMIT);

    private static ByteBuf response() {
        ByteBuf out = Unpooled.buffer();
        int head = Frames.open(out, Frames.HEAD_FRAME, 0);
        out.writeShortLE(201).writeShortLE(3).writeLongLE(5);
        for (String line : List.of("Set-Cookie: a=1", "Set-Cookie: b=2", "X-Empty:")) {
            out.writeIntLE(line.length()).writeBytes(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        Frames.close(out, head);
        int content = Frames.open(out, Frames.CONTENT_FRAME, 0);
        out.writeBytes("hello".getBytes(StandardCharsets.US_ASCII));
        Frames.close(out, content);
        int end = Frames.open(out, Frames.END_FRAME, Frames.END_IDLE | Frames.END_FATAL);
        out.writeLongLE(5);
        Frames.close(out, end);
        return out;
    }

    private void check() {
        assertThat(frames).hasSize(3);
        assertThat(frames.get(0))
                .isEqualTo(new WorkerFrame.Head(
                        201,
                        List.of(
                                Map.entry("Set-Cookie", "a=1"),
                                Map.entry("Set-Cookie", "b=2"),
                                Map.entry("X-Empty", "")),
                        5));
        assertThat(((WorkerFrame.Content) frames.get(1)).bytes())
                .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(frames.get(2)).isEqualTo(new WorkerFrame.End(Frames.END_IDLE | Frames.END_FATAL, 5));
    }

    @Test
    void readsFramesThatArriveTogether() {
        ByteBuf bytes = response();
        reader.read(bytes, frames::add);
        check();
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void readsFramesThatArriveByteByByte() {
        ByteBuf bytes = response();
        while (bytes.isReadable()) {
            reader.read(Unpooled.copiedBuffer(bytes.readSlice(1)), frames::add);
        }
        check();
    }

    @Test
    void readsFramesCutAnywhere() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            frames.clear();
            ByteBuf bytes = response();
            while (bytes.isReadable()) {
                int size = 1 + random.nextInt(bytes.readableBytes());
                reader.read(Unpooled.copiedBuffer(bytes.readSlice(size)), frames::add);
            }
            check();
        }
    }

    @Test
    void acceptsAFrameAtItsLimitAndRefusesALongerOne() {
        reader.read(content(Frames.LIMIT), frames::add);
        assertThat(frames).hasSize(1);
        assertThatThrownBy(() -> reader.read(content(Frames.LIMIT + 1), frames::add))
                .isInstanceOf(PhpException.class)
                .hasMessageContaining("length " + (Frames.LIMIT + 1));
    }

    @Test
    void refusesALongFrameBeforeItsBytesArrive() {
        ByteBuf header = content(Frames.LIMIT + 1).slice(0, Frames.HEADER);
        assertThatThrownBy(() -> new FrameReader(Frames.LIMIT).read(header, frames::add))
                .isInstanceOf(PhpException.class);
    }

    private static ByteBuf content(int length) {
        ByteBuf out = Unpooled.buffer();
        int start = Frames.open(out, Frames.CONTENT_FRAME, 0);
        out.writeZero(length);
        Frames.close(out, start);
        return out;
    }

    @Test
    void refusesAnotherVersionAnUnknownTypeAndATornPayload() {
        ByteBuf version = content(1);
        version.setByte(4, 2);
        ByteBuf type = content(1);
        type.setByte(5, 99);
        ByteBuf torn = Unpooled.buffer();
        int start = Frames.open(torn, Frames.HEAD_FRAME, 0);
        torn.writeShortLE(200).writeShortLE(1).writeLongLE(0).writeIntLE(1_000_000);
        Frames.close(torn, start);
        for (ByteBuf bad : List.of(version, type, torn)) {
            assertThatThrownBy(() -> new FrameReader(Frames.LIMIT).read(bad, frames::add))
                    .isInstanceOf(PhpException.class);
        }
        assertThat(frames).isEmpty();
    }

    @Test
    void survivesNoise() {
        Random random = new Random(5);
        for (int round = 0; round < 2000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length > 6 && random.nextBoolean()) {
                noise[0] = (byte) random.nextInt(100);
                noise[1] = noise[2] = noise[3] = 0;
                noise[4] = Frames.VERSION;
                noise[5] = (byte) (65 + random.nextInt(8));
            }
            try {
                new FrameReader(Frames.LIMIT).read(Unpooled.wrappedBuffer(noise), frames::add);
            } catch (PhpException e) {
                assertThat(e).hasMessageContaining("cannot read a frame");
            }
        }
    }
}
