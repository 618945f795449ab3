package dev.ephpm.sqldmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16383, 16384, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void numbersComeBack(long number) {
        ProtobufWriter writer = new ProtobufWriter();
        writer.signed(2, number);
        writer.unsigned(1, number);
        ProtobufReader reader = new ProtobufReader(writer.toBytes());
        assertThat(reader.next()).isEqualTo(1);
        assertThat(reader.unsigned()).isEqualTo(number);
        assertThat(reader.next()).isEqualTo(2);
        assertThat(reader.signed()).isEqualTo(number);
        assertThat(reader.next()).isZero();
    }

    @Test
    void knownBytes() {
        ProtobufWriter writer = new ProtobufWriter();
        int mark = writer.mark();
        writer.text(2, "testing");
        writer.message(3, mark);
        writer.unsigned(1, 150);
        assertThat(writer.toBytes())
                .containsExactly(0x08, 0x96, 0x01, 0x1a, 0x09, 0x12, 0x07, 't', 'e', 's', 't', 'i', 'n', 'g');
    }

    @Test
    void messagesGrowBeyondTheFirstBuffer() {
        ProtobufWriter writer = new ProtobufWriter();
        int mark = writer.mark();
        for (int index = 0; index < 1000; index++) {
            writer.text(1, "0123456789");
        }
        writer.message(5, mark);
        ProtobufReader outer = new ProtobufReader(writer.toBytes());
        assertThat(outer.next()).isEqualTo(5);
        ProtobufReader inner = outer.message();
        int count = 0;
        while (inner.next() == 1) {
            assertThat(inner.text()).isEqualTo("0123456789");
            count++;
        }
        assertThat(count).isEqualTo(1000);
    }

    @Test
    void unknownFieldsArePassedOver() {
        ProtobufWriter writer = new ProtobufWriter();
        writer.unsigned(9, 7);
        writer.text(8, "later");
        writer.real(7, 1.5);
        ProtobufReader reader = new ProtobufReader(writer.toBytes());
        reader.next();
        reader.skip();
        reader.next();
        reader.skip();
        assertThat(reader.next()).isEqualTo(9);
        assertThat(reader.unsigned()).isEqualTo(7);
    }

    @Test
    void aLengthBeyondTheEndIsRefused() {
        ProtobufReader reader = new ProtobufReader(new byte[] {0x0a, 0x05, 'a'});
        reader.next();
        assertThatThrownBy(reader::text).isInstanceOf(IllegalArgumentException.class);
        ProtobufReader huge = new ProtobufReader(new byte[] {0x0a, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
        huge.next();
        assertThatThrownBy(huge::bytes).isInstanceOf(IllegalArgumentException.class);
    }

    /** Answers that are cut or garbled are refused, never anything worse. */
    @Test
    void damagedAnswersAreRefusedOrUnderstood() {
        ProtobufWriter writer = new ProtobufWriter();
        int result = writer.mark();
        int ok = writer.mark();
        int batch = writer.mark();
        int body = writer.mark();
        int entry = writer.mark();
        int error = writer.mark();
        writer.text(1, "no such table");
        writer.message(2, error);
        writer.unsigned(1, 0);
        writer.message(2, entry);
        writer.message(1, body);
        writer.message(3, batch);
        writer.message(1, ok);
        writer.message(3, result);
        writer.text(1, "baton");
        byte[] whole = writer.toBytes();
        assertThat(PipelineResponse.read(whole, 1).baton()).isEqualTo("baton");
        Random random = new Random(4);
        for (int run = 0; run < 20_000; run++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                PipelineResponse.read(damaged, 1);
            } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
                assertThat(e).isNotNull();
            }
        }
    }
}
