package dev.ephpm.litewire.dialect;

import java.util.Set;

/** The words that matter to the normaliser and to finding aliases; not MySQL's whole list. */
final class Keywords {
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

    private Keywords() {}

    static boolean endsByList(String capitals) {
        return AFTER_BY_LIST.contains(capitals);
    }

    static boolean isReserved(String capitals) {
        return RESERVED.contains(capitals);
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
