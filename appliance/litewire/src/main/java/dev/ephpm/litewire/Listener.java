package dev.ephpm.litewire;

import dev.ephpm.config.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening socket and the thread that accepts on it. */
final class Listener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 512;
    private static final Duration BREATH = Duration.ofMillis(100);

    private final ServerSocketChannel socket;
    private final Connections connections;
    private final Optional<Path> file;
    private final Thread thread;

    private Listener(ServerSocketChannel socket, Connections connections, Optional<Path> file, String name) {
        this.socket = socket;
        this.connections = connections;
        this.file = file;
        this.thread =
                Thread.ofPlatform().daemon().name("litewire-accept-" + name).unstarted(this::accept);
    }

    /** Binds a TCP address. Throws {@link LitewireException} when it cannot be had. */
    static Listener tcp(HostAndPort address, Connections connections) {
        try {
            ServerSocketChannel socket = ServerSocketChannel.open();
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            bind(socket, new InetSocketAddress(address.host(), address.port()));
            return new Listener(socket, connections, Optional.empty(), "tcp");
        } catch (IOException | RuntimeException e) {
            throw new LitewireException(
                    "cannot listen for MySQL clients on " + address + " (" + e.getMessage()
                            + "); stop what uses it or set db.sqlite.proxy.mysql_listen",
                    e);
        }
    }

    /** Binds a Unix socket everybody on the machine may connect to; the login decides. */
    static Listener unix(Path path, Connections connections) {
        try {
            removeStale(path);
            ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            bind(socket, UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            return new Listener(socket, connections, Optional.of(path), "unix");
        } catch (IOException | RuntimeException e) {
            throw new LitewireException(
                    "cannot listen for MySQL clients on " + path + " (" + e.getMessage()
                            + "); make its directory writable or set db.sqlite.proxy.socket",
                    e);
        }
    }

    private static void bind(ServerSocketChannel socket, SocketAddress address) throws IOException {
        try {
            socket.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket file nobody listens on is left over from a process that was killed. */
    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path)) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            return;
        }
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new IOException("another process listens on it");
        } catch (java.net.ConnectException e) {
            Files.delete(path);
        }
    }

    void start() {
        thread.start();
    }

    /** The TCP port, or 0 for a Unix socket. */
    int port() {
        try {
            return socket.getLocalAddress() instanceof InetSocketAddress address ? address.getPort() : 0;
        } catch (IOException e) {
            throw new LitewireException("the listener is closed", e);
        }
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                take(socket.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                log.warn("accepting a MySQL connection failed: {}", e.getMessage());
                // Out of file descriptors, most likely; trying again at once would only burn the processor.
                LockSupport.parkNanos(BREATH.toNanos());
            }
        }
    }

    private void take(SocketChannel client) {
        try {
            if (file.isEmpty()) {
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            connections.accept(client, "localhost");
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            log.warn("a MySQL connection could not be served: {}", e.toString());
            try {
                client.close();
            } catch (IOException closing) {
                log.debug("closing failed", closing);
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            log.warn("closing a MySQL listener failed: {}", e.getMessage());
        }
    }
}
