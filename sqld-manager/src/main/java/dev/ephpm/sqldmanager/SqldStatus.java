package dev.ephpm.sqldmanager;

import java.util.OptionalLong;

/**
 * A process as an operator sees it.
 *
 * @param name {@code primary} or {@code replica-<region>}
 * @param starts how often it has become ready
 * @param lastEnd how the last one ended; empty if none has
 */
public record SqldStatus(String name, SqldState state, OptionalLong pid, int starts, String lastEnd) {}
