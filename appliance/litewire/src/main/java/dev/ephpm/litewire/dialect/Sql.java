package dev.ephpm.litewire.dialect;

/** Writing SQLite text. */
final class Sql {
    private Sql() {}

    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String text(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }
}
