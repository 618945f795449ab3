package dev.ephpm.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Databases that a command run by root makes must belong to the user the node runs as, who owns its data directory. */
final class FileOwner {
    private FileOwner() {}

    /** Gives a database, and SQLite's files beside it, to the owner of the data directory. Does nothing unless run by root. */
    static void give(Path file, Path dataDirectory) {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isDirectory(dataDirectory)) {
            return;
        }
        try {
            UserPrincipal owner = Files.getOwner(dataDirectory);
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Path each = file.resolveSibling(file.getFileName() + suffix);
                if (Files.exists(each, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(each)) {
                    Files.setOwner(each, owner);
                }
            }
        } catch (IOException e) {
            throw DataDirectory.refusal("change the owner of", file, e);
        }
    }
}
