package dev.ephpm.litewire;

import java.util.Optional;

/**
 * One line of SHOW PROCESSLIST.
 *
 * @param command {@code Sleep} or {@code Query}
 * @param seconds since the command began
 * @param statement text of the running statement
 */
public record ConnectionInfo(
        long id,
        String user,
        String host,
        Optional<String> database,
        String command,
        long seconds,
        Optional<String> statement) {}
