package dev.ephpm.sites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells one state of a file or directory from the next: identity, time and size. The creation time tells a directory
 * from its successor in the same inode.
 */
record Stamp(String key, FileTime modified, FileTime created, long size) {
    private static final FileTime NEVER = FileTime.fromMillis(0);

    /** Nothing there, or nothing that can be looked at. */
    static final Stamp ABSENT = new Stamp("", NEVER, NEVER, -1);

    /** Follows symbolic links. */
    static Stamp of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(
                    String.valueOf(attributes.fileKey()),
                    attributes.lastModifiedTime(),
                    attributes.creationTime(),
                    attributes.size());
        } catch (IOException e) {
            return ABSENT;
        }
    }

    /** The same file or directory, whatever has happened inside. */
    boolean isSame(Stamp other) {
        return key.equals(other.key) && created.equals(other.created);
    }
}
