package dev.ephpm.walreplication;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on to a port until it is silenced: from then on those connections stay open and carry nothing. New ones work. */
final class SilentRelay implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;
    private volatile int silencedUpTo;

    SilentRelay(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Everything that is connected now becomes half open. */
    void silence() {
        silencedUpTo = sockets.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket inner = listener.accept();
                Socket outer = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(inner);
                sockets.add(outer);
                int number = sockets.size();
                Thread.ofVirtual().start(() -> pass(inner, outer, number));
                Thread.ofVirtual().start(() -> pass(outer, inner, number));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to, int number) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (number > silencedUpTo) {
                    out.write(buffer, 0, length);
                }
            }
            if (number > silencedUpTo) {
                to.close();
            }
        } catch (IOException e) {
            // One of the two is gone; the other is closed at the end.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
