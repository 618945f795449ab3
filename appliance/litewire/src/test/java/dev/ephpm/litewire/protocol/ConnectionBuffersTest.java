package dev.ephpm.litewire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ConnectionBuffersTest {
    @Test
    void buffersOfManyConnectionsAreNotAllKept() {
        List<ConnectionBuffers> crowd =
                Stream.generate(ConnectionBuffers::take).limit(100).toList();

        crowd.forEach(ConnectionBuffers::giveBack);

        assertThat(ConnectionBuffers.idle()).isEqualTo(ConnectionBuffers.MOST_IDLE);
    }

    @Test
    void aBufferIsUsedAgainAndEmpty() {
        ConnectionBuffers first = ConnectionBuffers.take();
        first.outgoing().putLong(1);
        first.giveBack();

        List<ConnectionBuffers> next = Stream.generate(ConnectionBuffers::take)
                .limit(ConnectionBuffers.MOST_IDLE)
                .toList();

        assertThat(next).anySatisfy(buffers -> assertThat(buffers).isSameAs(first));
        assertThat(first.outgoing().position()).isZero();
        next.forEach(ConnectionBuffers::giveBack);
    }
}
