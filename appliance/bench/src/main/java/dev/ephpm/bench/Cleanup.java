package dev.ephpm.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, last first, once: at the end, after a failure, and on Ctrl-C. */
final class Cleanup implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Cleanup() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "cleanup"));
    }

    synchronized <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failure) {
                System.err.println("bench: could not clean up: " + failure);
            }
        }
    }
}
