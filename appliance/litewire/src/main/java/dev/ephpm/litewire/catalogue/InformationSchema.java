package dev.ephpm.litewire.catalogue;

import java.util.Optional;

/** The tables of information_schema as SQLite table expressions, for the dialect to put into a FROM clause. */
public interface InformationSchema {
    /**
     * A parenthesised SQLite SELECT whose columns are those of the information_schema table (any case), or empty when there
     * is no such table (the caller answers 1109).
     */
    Optional<String> expression(String table, String databaseName);

    /** The table's columns with their MySQL types, for result metadata. */
    Optional<Table> describe(String table);
}
