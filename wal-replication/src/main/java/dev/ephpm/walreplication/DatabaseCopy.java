package dev.ephpm.walreplication;

import java.nio.file.Path;

/** Copies a database while others read and write it. Called by one thread. */
@FunctionalInterface
public interface DatabaseCopy {
    /**
     * Makes {@code target} a copy of {@code database} as of one moment, its write-ahead log included. The copy is complete in
     * one file and on the disk when the call returns. A target left by an interrupted call is replaced.
     *
     * @throws ReplicationException with {@link ReplicationException.Code#FILES} if that did not succeed
     */
    void copy(Path database, Path target);
}
