package dev.ephpm.litewire.sqlite;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQLite's errors as sqld passes them on. */
final class RemoteErrors {
    private static final Pattern WRAPPED =
            Pattern.compile("(?:SQLite error: |SQL input error: )(.*?)(?: \\(at offset \\d+\\))?", Pattern.DOTALL);

    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("SQLITE_BUSY", ResultCode.BUSY),
            Map.entry("SQLITE_LOCKED", ResultCode.LOCKED),
            Map.entry("SQLITE_NOMEM", ResultCode.NO_MEMORY),
            Map.entry("SQLITE_READONLY", ResultCode.READ_ONLY),
            Map.entry("SQLITE_INTERRUPT", ResultCode.INTERRUPT),
            Map.entry("SQLITE_IOERR", ResultCode.IO_ERROR),
            Map.entry("SQLITE_CORRUPT", ResultCode.CORRUPT),
            Map.entry("SQLITE_FULL", ResultCode.FULL),
            Map.entry("SQLITE_CANTOPEN", ResultCode.CANNOT_OPEN),
            Map.entry("SQLITE_TOOBIG", ResultCode.TOO_BIG),
            Map.entry("SQLITE_CONSTRAINT", ResultCode.CONSTRAINT),
            Map.entry("SQLITE_MISMATCH", ResultCode.MISMATCH),
            Map.entry("SQLITE_AUTH", ResultCode.AUTHORIZATION),
            Map.entry("SQLITE_NOTADB", ResultCode.NOT_A_DATABASE),
            Map.entry("TRANSACTION_BUSY", ResultCode.BUSY),
            Map.entry("SQLITE_BUSY_SNAPSHOT", ResultCode.BUSY_SNAPSHOT),
            Map.entry("SQLITE_CONSTRAINT_CHECK", ResultCode.CONSTRAINT_CHECK),
            Map.entry("SQLITE_CONSTRAINT_FOREIGNKEY", ResultCode.CONSTRAINT_FOREIGN_KEY),
            Map.entry("SQLITE_CONSTRAINT_NOTNULL", ResultCode.CONSTRAINT_NOT_NULL),
            Map.entry("SQLITE_CONSTRAINT_PRIMARYKEY", ResultCode.CONSTRAINT_PRIMARY_KEY),
            Map.entry("SQLITE_CONSTRAINT_TRIGGER", ResultCode.CONSTRAINT_TRIGGER),
            Map.entry("SQLITE_CONSTRAINT_UNIQUE", ResultCode.CONSTRAINT_UNIQUE),
            Map.entry("SQLITE_CONSTRAINT_ROWID", ResultCode.CONSTRAINT_ROWID));

    /** sqld names constraints by their general code; the message tells which one it was. */
    private static final Map<String, Integer> CONSTRAINTS = Map.of(
            "UNIQUE constraint failed", ResultCode.CONSTRAINT_UNIQUE,
            "NOT NULL constraint failed", ResultCode.CONSTRAINT_NOT_NULL,
            "CHECK constraint failed", ResultCode.CONSTRAINT_CHECK,
            "FOREIGN KEY constraint failed", ResultCode.CONSTRAINT_FOREIGN_KEY);

    private RemoteErrors() {}

    static String message(String message) {
        Matcher matcher = WRAPPED.matcher(message);
        return matcher.matches() ? matcher.group(1) : message;
    }

    static int code(String name, String message) {
        int code = CODES.getOrDefault(name, ResultCode.ERROR);
        if (code != ResultCode.CONSTRAINT) {
            return code;
        }
        String text = message(message);
        return CONSTRAINTS.entrySet().stream()
                .filter(entry -> text.startsWith(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(code);
    }
}
