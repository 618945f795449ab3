package dev.ephpm.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/** Calls for a reload when the configuration file was edited; a half-written file is refused and read again when it is whole. */
final class ConfigWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Path file;
    private final Thread thread = new Thread(this::watch, "config-watch");

    private String known;
    private volatile Runnable reload = () -> {};

    /** Remembers the file as it is now: make one before the file is read, so that no edit falls in between. */
    ConfigWatch(Path file) {
        this.file = file;
        this.known = state();
        thread.setDaemon(true);
    }

    /** Begins to look. */
    void start(Runnable onEdit) {
        reload = onEdit;
        thread.start();
    }

    private void watch() {
        while (true) {
            String now = state();
            if (!now.equals(known) && !now.isEmpty()) {
                reload.run();
            }
            known = now;
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Empty while there is no file, as in the middle of an editor's replacing it. */
    private String state() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
