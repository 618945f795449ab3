package dev.ephpm.sqldmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that answers what the test wants. */
class LoopbackConnectionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Answers each request of one connection with the next of these, then closes it. */
    private LoopbackConnection connect(String... answers) throws IOException {
        LoopbackConnection connection = LoopbackConnection.open(new Endpoint(server.getLocalPort(), "Basic x"), 1000);
        Thread.ofPlatform().daemon().start(() -> {
            try (Socket socket = server.accept()) {
                for (String answer : answers) {
                    awaitRequest(socket.getInputStream());
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                }
                if (answers.length == 0) {
                    socket.getInputStream().readAllBytes();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return connection;
    }

    private static void awaitRequest(InputStream input) throws IOException {
        int last = 0;
        while (last != 0x0d0a0d0a) {
            last = (last << 8) | input.read();
        }
    }

    private static HttpAnswer ask(LoopbackConnection connection) throws IOException {
        return connection.exchange("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), new byte[0], PATIENCE);
    }

    @Test
    void severalAnswersOnOneConnection() throws IOException {
        try (LoopbackConnection connection = connect(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")) {
            assertThat(ask(connection).text()).isEqualTo("abc");
            HttpAnswer second = ask(connection);
            assertThat(second.status()).isEqualTo(404);
            assertThat(second.text()).isEqualTo("HTTP status 404");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab",
                "ICY 200 OK\r\ncontent-length: 0\r\n\r\n",
                "\r\n\r\n"
            })
    void anAnswerThatSqldWouldNotGiveIsRefused(String answer) throws IOException {
        try (LoopbackConnection connection = connect(answer)) {
            assertThatThrownBy(() -> ask(connection)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHeadHasALimit() throws IOException {
        try (LoopbackConnection connection =
                connect("HTTP/1.1 200 OK\r\nx: " + "y".repeat(20_000) + "\r\ncontent-length: 0\r\n\r\n")) {
            assertThatThrownBy(() -> ask(connection)).hasMessageContaining("more than 16384 bytes");
        }
    }

    @Test
    void anAnswerThatEndsTooEarlyIsRefused() throws IOException {
        try (LoopbackConnection connection = connect("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc")) {
            assertThatThrownBy(() -> ask(connection)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void patienceEnds() throws IOException {
        try (LoopbackConnection connection = connect()) {
            assertThatThrownBy(() -> connection.exchange(new byte[] {1}, new byte[0], Duration.ofMillis(50)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aConnectionTheOtherSideClosedIsSpent() throws IOException, InterruptedException {
        try (LoopbackConnection connection = connect("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")) {
            ask(connection);
            Fleets.await("the end of the connection", connection::isSpent);
        }
    }

    @Test
    void connectionsAreKeptAndCounted() throws IOException {
        Endpoint endpoint = new Endpoint(server.getLocalPort(), "Basic x");
        try (LoopbackConnections connections = new LoopbackConnections(() -> endpoint, 2, 1000)) {
            LoopbackConnections.Lease first = connections.borrow();
            LoopbackConnections.Lease second = connections.borrow();
            assertThatThrownBy(connections::borrow)
                    .isInstanceOfSatisfying(
                            SqldException.class,
                            e -> assertThat(e.reason()).isEqualTo(SqldException.Reason.OVERLOADED));
            LoopbackConnection kept = first.connection();
            first.close();
            second.spoil();
            second.close();
            try (LoopbackConnections.Lease third = connections.borrow()) {
                assertThat(third.connection()).isSameAs(kept);
            }
        }
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        Endpoint endpoint = new Endpoint(server.getLocalPort(), "Basic x");
        server.close();
        try (LoopbackConnections connections = new LoopbackConnections(() -> endpoint, 1, 1000)) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(connections::borrow)
                        .isInstanceOfSatisfying(
                                SqldException.class,
                                e -> assertThat(e.reason()).isEqualTo(SqldException.Reason.UNREACHABLE));
            }
        }
    }
}
