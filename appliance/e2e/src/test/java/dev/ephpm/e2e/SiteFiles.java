package dev.ephpm.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A site directory under construction. */
final class SiteFiles {
    private static final String PHP_USER = "www-data";

    private final Path directory;

    SiteFiles(Path directory) {
        this.directory = directory;
        create(directory);
    }

    Path directory() {
        return directory;
    }

    SiteFiles file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    SiteFiles file(String path, byte[] content) {
        Path file = directory.resolve(path);
        create(parentOf(file));
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
        return this;
    }

    /** Copies scripts of {@code src/test/resources/php} into the docroot, under the same names. */
    SiteFiles scripts(String... names) {
        for (String name : names) {
            file(name, resource("/php/" + name));
        }
        return this;
    }

    static byte[] resource(String name) {
        try (InputStream stream = SiteFiles.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new AssertionError("no test resource " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read test resource " + name, e);
        }
    }

    /** A directory PHP may write to, as a site owner would arrange it. */
    SiteFiles writable(String path) {
        Path writable = directory.resolve(path).normalize();
        create(writable);
        giveToPhp(writable);
        return this;
    }

    /** Makes PHP's user the owner of a directory and of everything below it, when the tests run as root. */
    static void giveToPhp(Path path) {
        if (isRoot()) {
            Command.of("chown", "-R", PHP_USER, path.toString()).run().expectSuccess();
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Path parentOf(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new AssertionError(file + " has no parent");
        }
        return parent;
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + directory, e);
        }
    }
}
