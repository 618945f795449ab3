package dev.ephpm.litewire.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Quoting of names and strings, in MySQL's and in SQLite's way. */
final class Quoting {
    private Quoting() {}

    /** A MySQL name between back ticks. */
    static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A string as SHOW CREATE TABLE prints it. */
    static String string(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\0' -> text.append("\\0");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\\' -> text.append("\\\\");
                case '\'' -> text.append("''");
                default -> text.append(c);
            }
        }
        return text.append('\'').toString();
    }

    /** A name for SQLite. */
    static String stored(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** A string for SQLite, which knows no escapes. */
    static String storedString(String value) {
        if (value.indexOf('\0') >= 0) {
            return "CAST(x'" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)) + "' AS TEXT)";
        }
        return "'" + value.replace("'", "''") + "'";
    }

    /** A string's bytes as a SQLite blob. */
    static String storedBytes(String value) {
        return "x'" + HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)) + "'";
    }
}
