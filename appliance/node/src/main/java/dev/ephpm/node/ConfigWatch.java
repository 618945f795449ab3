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
    private final Runnable reload;
    private final Thread thread = new Thread(this::watch, "config-watch");

    ConfigWatch(Path file, Runnable reload) {
        this.file = file;
        this.reload = reload;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        String known = state();
        while (true) {
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
            String now = state();
            if (!now.equals(known) && !now.isEmpty()) {
                reload.run();
            }
            known = now;
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
