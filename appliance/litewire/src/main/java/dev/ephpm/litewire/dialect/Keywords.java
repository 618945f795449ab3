package dev.ephpm.litewire.dialect;

import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words that matter to the normaliser and to finding aliases; not MySQL's whole list. */
final class Keywords {
    /** Several times as many as words, so that one look is nearly always enough. */
    private static final int SLOTS = 1024;

    /** Clears the bit by which small letters differ from capitals. */
    private static final int CAPITAL = 0xDF;

    /** A number after them is part of what the call is, not a value. */
    private static final Set<String> CALLS_WITH_DECIMALS = Set.of("ROUND", "TRUNCATE");

    private static final Set<String> TYPES_WITH_LENGTH = Set.of(
            "CHAR",
            "CHARACTER",
            "VARCHAR",
            "NCHAR",
            "BINARY",
            "VARBINARY",
            "DECIMAL",
            "DEC",
            "NUMERIC",
            "FLOAT",
            "DOUBLE",
            "DATETIME",
            "NOW",
            "CURRENT_TIMESTAMP",
            "CURRENT_TIME",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "UTC_TIMESTAMP",
            "UTC_TIME",
            "CURTIME",
            "SYSDATE",
            "TIME",
            "SIGNED",
            "UNSIGNED",
            "INTEGER",
            "INT");

    private static final Set<String> AFTER_BY_LIST = Set.of(
            "HAVING",
            "LIMIT",
            "ORDER",
            "WITH",
            "FOR",
            "LOCK",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "SEPARATOR",
            "ROWS",
            "RANGE",
            "WINDOW",
            "INTO",
            "PROCEDURE");

    private static final Set<String> RESERVED = Set.of(
            "ALL",
            "AND",
            "ANALYZE",
            "AS",
            "ASC",
            "BETWEEN",
            "BINARY",
            "BY",
            "CASE",
            "COLLATE",
            "CROSS",
            "DESC",
            "DISTINCT",
            "DISTINCTROW",
            "DIV",
            "ELSE",
            "END",
            "ESCAPE",
            "EXCEPT",
            "EXISTS",
            "FALSE",
            "FOR",
            "FORCE",
            "FROM",
            "FULL",
            "GROUP",
            "HAVING",
            "HIGH_PRIORITY",
            "IGNORE",
            "IN",
            "INNER",
            "INTERSECT",
            "INTERVAL",
            "INTO",
            "IS",
            "JOIN",
            "LEFT",
            "LIKE",
            "LIMIT",
            "LOCK",
            "MOD",
            "NATURAL",
            "NOT",
            "NULL",
            "ON",
            "OR",
            "ORDER",
            "OUTER",
            "PROCEDURE",
            "REGEXP",
            "RIGHT",
            "RLIKE",
            "SELECT",
            "SET",
            "SOUNDS",
            "SQL_BIG_RESULT",
            "SQL_BUFFER_RESULT",
            "SQL_CACHE",
            "SQL_CALC_FOUND_ROWS",
            "SQL_NO_CACHE",
            "SQL_SMALL_RESULT",
            "STRAIGHT_JOIN",
            "THEN",
            "TRUE",
            "UNION",
            "USE",
            "USING",
            "VALUES",
            "WHEN",
            "WHERE",
            "WITH",
            "XOR",
            "UNKNOWN");

    private static final Set<String> SELECT_OPTIONS = Set.of(
            "ALL",
            "DISTINCT",
            "DISTINCTROW",
            "HIGH_PRIORITY",
            "STRAIGHT_JOIN",
            "SQL_SMALL_RESULT",
            "SQL_BIG_RESULT",
            "SQL_BUFFER_RESULT",
            "SQL_CACHE",
            "SQL_NO_CACHE",
            "SQL_CALC_FOUND_ROWS");

    /** Words that end a select list at its own depth. */
    private static final Set<String> AFTER_SELECT_LIST = Set.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "LIMIT",
            "UNION",
            "EXCEPT",
            "INTERSECT",
            "INTO",
            "FOR",
            "LOCK",
            "PROCEDURE",
            "WINDOW",
            "ON");

    private static final Set<String> TIME_UNITS = Set.of(
            "MICROSECOND",
            "SECOND",
            "MINUTE",
            "HOUR",
            "DAY",
            "WEEK",
            "MONTH",
            "QUARTER",
            "YEAR",
            "SECOND_MICROSECOND",
            "MINUTE_MICROSECOND",
            "MINUTE_SECOND",
            "HOUR_MICROSECOND",
            "HOUR_SECOND",
            "HOUR_MINUTE",
            "DAY_MICROSECOND",
            "DAY_SECOND",
            "DAY_MINUTE",
            "DAY_HOUR",
            "YEAR_MONTH");

    /** What {@link #find} finds, by {@link #slot}; the next slots are tried when one is taken. */
    private static final @Nullable String[] TABLE = table();

    private Keywords() {}

    private static @Nullable String[] table() {
        @Nullable String[] table = new @Nullable String[SLOTS];
        Stream.of(AFTER_BY_LIST, RESERVED, TYPES_WITH_LENGTH, CALLS_WITH_DECIMALS)
                .flatMap(Set::stream)
                .distinct()
                .forEach(word -> {
                    int slot = slot(word, 0, word.length());
                    while (table[slot] != null) {
                        slot = (slot + 1) % SLOTS;
                    }
                    table[slot] = word;
                });
        return table;
    }

    private static int slot(String text, int start, int end) {
        int first = text.charAt(start) & CAPITAL;
        int last = text.charAt(end - 1) & CAPITAL;
        int middle = text.charAt((start + end) >>> 1) & CAPITAL;
        return (first * 31 + last * 7 + middle * 131 + (end - start) * 61) % SLOTS;
    }

    /** The word of a text in capitals if it is one that the normaliser knows, without making a string of it. */
    static @Nullable String find(String text, int start, int end) {
        int slot = slot(text, start, end);
        String word = TABLE[slot];
        while (word != null) {
            if (word.length() == end - start && text.regionMatches(true, start, word, 0, end - start)) {
                return word;
            }
            slot = (slot + 1) % SLOTS;
            word = TABLE[slot];
        }
        return null;
    }

    static boolean endsByList(String capitals) {
        return AFTER_BY_LIST.contains(capitals);
    }

    static boolean isReserved(String capitals) {
        return RESERVED.contains(capitals);
    }

    static boolean hasLength(String capitals) {
        return TYPES_WITH_LENGTH.contains(capitals);
    }

    static boolean hasDecimals(String capitals) {
        return CALLS_WITH_DECIMALS.contains(capitals);
    }

    static boolean isSelectOption(String capitals) {
        return SELECT_OPTIONS.contains(capitals);
    }

    static boolean endsSelectList(String capitals) {
        return AFTER_SELECT_LIST.contains(capitals);
    }

    static boolean isTimeUnit(String capitals) {
        return TIME_UNITS.contains(capitals);
    }
}
