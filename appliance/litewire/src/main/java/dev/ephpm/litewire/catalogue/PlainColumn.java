package dev.ephpm.litewire.catalogue;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column as SQLite declares it.
 *
 * @param primary its place in the primary key from 1, 0 when it is not part of it
 * @param defaultValue MySQL text of the default, null when there is none
 */
record PlainColumn(
        String name, String type, boolean notNull, @Nullable String defaultValue, int primary) {
    static PlainColumn of(Rows.Row row) {
        return new PlainColumn(
                row.text(2), row.text(3), row.number(4) == 1, row.isNull(5) ? null : defaultText(row.text(5)), (int)
                        row.number(6));
    }

    private static @Nullable String defaultText(String text) {
        if (text.equalsIgnoreCase("CURRENT_TIMESTAMP")) {
            return "current_timestamp()";
        }
        boolean literal = text.matches("-?\\d+(\\.\\d+)?") || text.matches("'[^'\\\\]*'") || text.equals("NULL");
        return literal ? text : null;
    }

    /** The MySQL type that describes the declared one best, by SQLite's rules of affinity. */
    MySqlType mysqlType() {
        String declared = type.toUpperCase(Locale.ROOT);
        if (declared.contains("INT")) {
            return number("bigint", 20);
        }
        if (declared.contains("DATETIME") || declared.contains("TIMESTAMP")) {
            return number("datetime", -1);
        }
        if (declared.equals("DATE")) {
            return number("date", -1);
        }
        if (declared.contains("CHAR") || declared.contains("CLOB") || declared.contains("TEXT")) {
            int open = declared.indexOf('(');
            String length = open < 0 ? "" : declared.substring(open + 1).replaceAll("\\D.*", "");
            boolean sized = !length.isEmpty() && length.length() < 5;
            return new MySqlType(
                    sized ? "varchar" : "longtext",
                    sized ? Integer.parseInt(length) : -1,
                    0,
                    false,
                    false,
                    List.of(),
                    "utf8mb4",
                    Catalogue.DEFAULT_COLLATION);
        }
        if (declared.isEmpty() || declared.contains("BLOB")) {
            return number("longblob", -1);
        }
        if (declared.contains("REAL") || declared.contains("FLOA") || declared.contains("DOUB")) {
            return number("double", -1);
        }
        return new MySqlType("decimal", 65, 10, false, false, List.of(), "", "");
    }

    private static MySqlType number(String base, int length) {
        return new MySqlType(base, length, 0, false, false, List.of(), "", "");
    }
}
