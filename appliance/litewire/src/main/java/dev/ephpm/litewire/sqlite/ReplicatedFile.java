package dev.ephpm.litewire.sqlite;

import java.nio.file.Path;

/**
 * A site's database that this node reads from a file and writes through a server.
 *
 * @param file the copy on this node's disk, which only the server's process writes
 * @param writer the writable copy, in the site's home region
 * @param gate asked before the file is read
 */
public record ReplicatedFile(Path file, RemoteDatabase writer, ReadGate gate) {}
