package dev.ephpm.litewire.statistics;

import java.util.Locale;

/** What SHOW STATUS counts statements by, {@code Com_select} and its kin. */
public enum StatementKind {
    ADMIN_COMMANDS,
    ALTER_TABLE,
    ANALYZE,
    BEGIN,
    CALL_PROCEDURE,
    CHANGE_DB,
    CHECK,
    COMMIT,
    CREATE_DB,
    CREATE_INDEX,
    CREATE_TABLE,
    CREATE_VIEW,
    DELETE,
    DO,
    DROP_DB,
    DROP_INDEX,
    DROP_TABLE,
    DROP_VIEW,
    FLUSH,
    INSERT,
    KILL,
    LOCK_TABLES,
    OPTIMIZE,
    RELEASE_SAVEPOINT,
    RENAME_TABLE,
    REPAIR,
    REPLACE,
    ROLLBACK,
    ROLLBACK_TO_SAVEPOINT,
    SAVEPOINT,
    SELECT,
    SET_OPTION,
    SHOW,
    TRUNCATE,
    UNLOCK_TABLES,
    UPDATE,
    OTHER;

    /** As SHOW STATUS names it. */
    public String variable() {
        return "Com_" + name().toLowerCase(Locale.ROOT);
    }

    /** By the first words of a text. */
    static StatementKind of(String text) {
        String[] words = text.strip().toUpperCase(Locale.ROOT).split("[^A-Z_]+", 4);
        String first = words[0].isEmpty() && words.length > 1 ? words[1] : words[0];
        return switch (first) {
            case "SELECT", "WITH", "VALUES", "TABLE" -> SELECT;
            case "INSERT" -> INSERT;
            case "UPDATE" -> UPDATE;
            case "DELETE" -> DELETE;
            case "REPLACE" -> REPLACE;
            case "SET" -> SET_OPTION;
            case "SHOW", "DESCRIBE", "DESC", "EXPLAIN" -> SHOW;
            case "BEGIN", "START" -> BEGIN;
            case "COMMIT" -> COMMIT;
            case "ROLLBACK" -> words.length > 1 && words[1].equals("TO") ? ROLLBACK_TO_SAVEPOINT : ROLLBACK;
            case "SAVEPOINT" -> SAVEPOINT;
            case "RELEASE" -> RELEASE_SAVEPOINT;
            case "USE" -> CHANGE_DB;
            case "KILL" -> KILL;
            case "DO" -> DO;
            case "TRUNCATE" -> TRUNCATE;
            case "LOCK" -> LOCK_TABLES;
            case "UNLOCK" -> UNLOCK_TABLES;
            case "FLUSH" -> FLUSH;
            case "OPTIMIZE" -> OPTIMIZE;
            case "REPAIR" -> REPAIR;
            case "ANALYZE" -> ANALYZE;
            case "CHECK" -> CHECK;
            case "RENAME" -> RENAME_TABLE;
            case "CALL" -> CALL_PROCEDURE;
            case "CREATE" -> of(text, CREATE_TABLE, CREATE_VIEW, CREATE_INDEX, CREATE_DB);
            case "DROP" -> of(text, DROP_TABLE, DROP_VIEW, DROP_INDEX, DROP_DB);
            case "ALTER" -> of(text, ALTER_TABLE, OTHER, OTHER, OTHER);
            default -> OTHER;
        };
    }

    /** The first word that names a kind of object decides: CREATE OR REPLACE VIEW, CREATE UNIQUE INDEX. */
    private static StatementKind of(
            String text, StatementKind table, StatementKind view, StatementKind index, StatementKind database) {
        for (String word : text.toUpperCase(Locale.ROOT).split("[^A-Z_]+", 8)) {
            switch (word) {
                case "TABLE", "TABLES" -> {
                    return table;
                }
                case "VIEW" -> {
                    return view;
                }
                case "INDEX" -> {
                    return index;
                }
                case "DATABASE", "SCHEMA" -> {
                    return database;
                }
                default -> {
                    // Another word before the object.
                }
            }
        }
        return OTHER;
    }
}
