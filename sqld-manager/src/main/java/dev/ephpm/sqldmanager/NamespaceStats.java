package dev.ephpm.sqldmanager;

import java.util.OptionalLong;

/**
 * What sqld counts for a namespace.
 *
 * @param replicationIndex the newest frame: of the log on a primary, of the copy on a replica; absent while there is none
 */
public record NamespaceStats(OptionalLong replicationIndex) {}
