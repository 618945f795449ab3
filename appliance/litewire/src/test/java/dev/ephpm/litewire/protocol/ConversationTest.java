package dev.ephpm.litewire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep the server waiting. */
final class ConversationTest {
    private static final Conversation.Limits LIMITS =
            new Conversation.Limits("5.5.5-test", 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(60));

    private static final Logins NOBODY = new Logins() {
        @Override
        public Optional<Login> find(String user) {
            return Optional.empty();
        }

        @Override
        public void refused() {
            // Nobody counts.
        }

        @Override
        public String statistics() {
            return "";
        }
    };

    @TempDir
    Path directory;

    @Test
    void aSilentClientIsGivenUpAfterTheHandshakeTimeoutAndNotBefore() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
                SocketChannel client = SocketChannel.open(address)) {
            Conversation conversation = new Conversation(listener.accept(), 1, "localhost", NOBODY, LIMITS);
            Thread thread = Thread.ofPlatform().start(conversation::run);
            // The greeting tells that the wait for the client's answer has begun.
            assertThat(client.read(ByteBuffer.allocate(1000))).isPositive();
            long now = System.nanoTime();

            conversation.closeIfLate(now + TimeUnit.SECONDS.toNanos(5));
            assertThat(thread.isAlive()).isTrue();
            while (thread.isAlive()) {
                conversation.closeIfLate(now + TimeUnit.SECONDS.toNanos(75));
                thread.join(10);
            }

            assertThat(client.read(ByteBuffer.allocate(10))).isNegative();
        }
    }
}
