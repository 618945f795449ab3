package dev.ephpm.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** The temporary directory of one run: configurations, logs, sites and data of both stacks. Removed at the end. */
final class Workspace implements AutoCloseable {
    private final Path directory;
    private final boolean keep;

    Workspace(boolean keep) throws IOException {
        this.directory = Files.createTempDirectory("ephpm-bench");
        this.keep = keep;
        // The servers give up root and must still reach their files.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path directory(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    /** Gives a tree to the account that PHP or MariaDB runs as, when there is root to give away. */
    static void give(Path tree, String account) {
        if (Machine.isRoot()) {
            Command.run("chown", "-R", account + ":" + account, tree.toString());
        }
    }

    static void copy(Path source, Path target) {
        Command.run("cp", "-r", source.toString(), target.toString());
    }

    @Override
    public void close() throws IOException {
        if (keep) {
            System.out.println("kept: " + directory);
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.sorted(Comparator.reverseOrder()).forEach(Workspace::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
