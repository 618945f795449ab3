package dev.ephpm.litewire.replay;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands between an application and a MariaDB of its own and writes down what the application asks, as a corpus for
 * {@code ReplayIT}. Needs nothing but the JDK and MariaDB; ends when it is told to (Ctrl-C).
 */
final class Recorder implements AutoCloseable {
    private static final int LONGEST_PART = 0xFFFFFF;
    private static final int HEADER = 4;
    private static final int LAST_WORDS_SECONDS = 10;

    private final ServerSocket listening;
    private final int serverPort;
    private final CorpusWriter corpus;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Recorder(int port, int serverPort, CorpusWriter corpus) throws IOException {
        this.listening = new ServerSocket(port, 64, InetAddress.getLoopbackAddress());
        this.serverPort = serverPort;
        this.corpus = corpus;
        threads.execute(this::accept);
    }

    /** Arguments: name of the application, its database, file to write, port to listen on (0 or none: any). */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 3 || arguments.length > 4) {
            System.err.println("usage: Recorder APPLICATION DATABASE FILE.jsonl.gz [PORT]");
            System.exit(2);
        }
        String database = arguments[1];
        PrivateMariaDb maria = new PrivateMariaDb();
        maria.create(database);
        CorpusWriter corpus = new CorpusWriter(Path.of(arguments[2]), arguments[0], database);
        int port = arguments.length == 4 ? Integer.parseInt(arguments[3]) : 0;
        Recorder recorder = new Recorder(port, maria.port(), corpus);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (maria;
                    corpus;
                    recorder) {
                stopped.countDown();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        System.out.printf(
                "recording: host 127.0.0.1, port %d, user %s, password %s, database %s (MariaDB itself: port %d)%n",
                recorder.port(), PrivateMariaDb.USER, PrivateMariaDb.PASSWORD, database, maria.port());
        stopped.await();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        for (int number = 1; ; number++) {
            try {
                Socket client = listening.accept();
                RecordedConnection connection = new RecordedConnection(number, corpus);
                threads.execute(() -> follow(client, connection));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void follow(Socket client, RecordedConnection connection) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> answers(server, client, connection));
            relay(client, server, connection::fromClient);
        } catch (IOException e) {
            // One side has gone.
        } finally {
            connection.ended();
        }
    }

    private static void answers(Socket server, Socket client, RecordedConnection connection) {
        try (client) {
            relay(server, client, (payload, sequence) -> connection.fromServer(payload));
        } catch (IOException e) {
            // One side has gone.
        }
    }

    /** Someone who may look at a payload, and change it as long as it keeps its length, before it is passed on. */
    @FunctionalInterface
    private interface Onlooker {
        void see(byte[] payload, int sequence);
    }

    private static void relay(Socket from, Socket to, Onlooker onlooker) throws IOException {
        InputStream in = new BufferedInputStream(from.getInputStream(), 1 << 16);
        OutputStream out = to.getOutputStream();
        while (true) {
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            int first = -1;
            int length;
            do {
                byte[] header = in.readNBytes(HEADER);
                if (header.length < HEADER) {
                    throw new EOFException();
                }
                length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
                first = first < 0 ? header[3] & 0xff : first;
                payload.write(in.readNBytes(length));
            } while (length == LONGEST_PART);
            byte[] bytes = payload.toByteArray();
            try {
                onlooker.see(bytes, first);
            } catch (RuntimeException e) {
                System.err.println("recorder: " + e);
                throw e;
            }
            write(out, bytes, first);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private static void write(OutputStream out, byte[] payload, int first) throws IOException {
        int from = 0;
        int sequence = first;
        while (true) {
            int length = Math.min(payload.length - from, LONGEST_PART);
            byte[] packet = new byte[HEADER + length];
            packet[0] = (byte) length;
            packet[1] = (byte) (length >> 8);
            packet[2] = (byte) (length >> 16);
            packet[3] = (byte) sequence++;
            System.arraycopy(payload, from, packet, HEADER, length);
            out.write(packet);
            from += length;
            if (length < LONGEST_PART) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("recorder: a connection does not end; its last line is missing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
