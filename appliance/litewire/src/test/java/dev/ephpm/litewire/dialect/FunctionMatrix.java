package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The functions of the extension and the arguments to try them with. */
final class FunctionMatrix {
    private static final List<String> TEXTS = List.of(
            "''",
            "' '",
            "'a'",
            "'A '",
            "'Ab'",
            "'ÄÖß'",
            "'äöß'",
            "'é'",
            "'e\u0301'",
            "'ss'",
            "'a,b,,c'",
            "'  x y '",
            "'日本語'",
            "'😀x😀'",
            "'ﬁ'",
            "'Æ'",
            "'a_b%c'",
            "x'616263'",
            "12",
            "-3.75",
            "NULL");

    /** Rules of different kinds: of general_ci, of the Unicode tables, without padding, of one byte, of bytes. */
    static final List<String> COLLATIONS = List.of(
            "utf8mb4_general_ci",
            "utf8mb4_unicode_ci",
            "utf8mb4_unicode_520_ci",
            "utf8mb4_0900_ai_ci",
            "utf8mb4_unicode_nopad_ci",
            "latin1_swedish_ci",
            "utf8mb4_bin");

    private static final List<String> PATTERNS = List.of(
            "''", "'%'", "'a%'", "'%B'", "'_'", "'%é%'", "'A|_B%'", "'a\\_b\\%c'", "'%_%_%'", "'😀_😀'", "NULL");

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "0.0",
            "-0.0",
            "0.5",
            "1.5",
            "2.5",
            "-0.5",
            "-2.5",
            "1.005",
            "2.675",
            "0.1 + 0.2",
            "9.995",
            "99.999",
            "123456.789",
            "-123456.789",
            "1e15",
            "1e-15",
            "9.99e-16",
            "123456789012345.0",
            "999999999999999.0",
            "1.7976931348623157e308",
            "2.2250738585072014e-308",
            "1e22",
            "1.0/3",
            "2.0/3",
            "100",
            "1e100",
            "5e-7",
            "0.045",
            "1.0049999999999999",
            "0.3",
            "0.125",
            "1234.5675",
            "99999999999.995",
            "0.999",
            "0.0005",
            "-0.001",
            "12345678.9",
            "9007199254740993",
            "9223372036854775807",
            "4503599627370497.5",
            "'12abc'",
            "'x'",
            "'-3.75e1z'",
            "x'3132'",
            "NULL");

    private static final List<String> EXACT = List.of(
            "0",
            "1",
            "-1",
            "0.5",
            "-0.125",
            "2.5",
            "99.99",
            "-12345.6789",
            "123456789012.5",
            "1e15",
            "0.000001",
            "9007199254740993",
            "9223372036854775807",
            "-9223372036854775808",
            "1e20",
            "1.0/3",
            "CAST('09223372036854775808' AS BLOB)",
            "CAST('18446744073709551615' AS BLOB)",
            "CAST('-98765432109876543210.5' AS BLOB)",
            "CAST('1234567890.0123456789' AS BLOB)",
            "CAST('0.00000000012345678901234567' AS BLOB)",
            "CAST('99999999999999999999999999999999999999999999999999999999999999999' AS BLOB)",
            "NULL");

    private static final List<String> COUNTS = List.of(
            "0",
            "1",
            "2",
            "3",
            "5",
            "-1",
            "-2",
            "-5",
            "17",
            "4294967296",
            "-9223372036854775807",
            "2.7",
            "'3'",
            "NULL");

    private static final List<String> SMALL_COUNTS = List.of("0", "1", "2", "3", "9", "-1", "-2", "-3", "-9", "NULL");
    private static final List<String> SIDES = List.of("0", "1", "2", "3", "6", "9");
    private static final List<String> ADDRESSES = List.of(
            "''",
            "'127.0.0.1'",
            "'255.255.255.255'",
            "'256.1.1.1'",
            "'1.2.3'",
            "'1.2.3.4.5'",
            "'1..2.3'",
            "'01.002.3.4'",
            "'1.2.3.4 '",
            "'0001.2.3.4'",
            "' 1.2.3.4'",
            "1.5",
            "NULL");

    private static final List<String> MOMENTS = List.of(
            "''",
            "'0'",
            "'x'",
            "'2024-02-29'",
            "'2023-02-29'",
            "'2024-2-9 1:2:3'",
            "'2024-12-30 23:59:59.987654'",
            "'2024-12-30T23:59:59.5Z'",
            "'2021-01-03 00:00:00.000001'",
            "'2020-12-31'",
            "'1999-01-01 12:00'",
            "'24-1-1'",
            "'0000-00-00'",
            "'0000-00-00 00:00:00'",
            "'2024-00-10'",
            "'2024-10-00 10:11:12'",
            "'9999-12-31 23:59:59'",
            "'0001-01-01'",
            "'0000-01-01'",
            "'2024-13-01'",
            "'2024-01-32'",
            "'2024-01-01 24:00:00'",
            "'2024-01-01 10:20-05:00'",
            "'2024-01-01 10:20:30 +02:00'",
            "'2024-01-01 10-05:30'",
            "' 2024/01/02 3.4.5 '",
            "'2024é01é02'",
            "'2024-01-02\t5:06'",
            "'2024-01-02 x'",
            "'20240229'",
            "20240229",
            "20240229131415",
            "240229131415",
            "'240229'",
            "40229",
            "12345",
            "'20240229131415.5'",
            "'00000000'",
            "'10:11:12'",
            "'-10:11:12.5'",
            "'1 2:3'",
            "'2 10:11:12'",
            "'850:00:00'",
            "'10:60'",
            "'101112'",
            "'1234567'",
            "'12345678'",
            "'99'",
            "'10:11'",
            "'-5'",
            "1704067200.25",
            "x'323032342d30312d3032'",
            "NULL");

    private static final List<String> PARTS = List.of(
            "'YEAR'",
            "'MONTH'",
            "'DAY'",
            "'DAYOFMONTH'",
            "'QUARTER'",
            "'WEEK'",
            "'HOUR'",
            "'MINUTE'",
            "'SECOND'",
            "'MICROSECOND'",
            "'YEAR_MONTH'",
            "'DAY_HOUR'",
            "'DAY_MINUTE'",
            "'DAY_SECOND'",
            "'HOUR_MINUTE'",
            "'HOUR_SECOND'",
            "'MINUTE_SECOND'",
            "'DAYOFWEEK'",
            "'WEEKDAY'",
            "'DAYOFYEAR'",
            "'WEEKOFYEAR'",
            "'TO_DAYS'",
            "'TO_SECONDS'",
            "'NONE'");

    private static final List<String> FORMATS = List.of(
            "'%Y-%m-%d %H:%i:%s.%f'",
            "'%y %c %e %D %k %h %I %l %S %p %T %r'",
            "'%M %b %W %a'",
            "'%w %j %U %u %V %v %X %x'",
            "'%%|%q|%é|%'",
            "''",
            "'%Y%m'",
            "'W%v'",
            "NULL");

    private static final List<String> AMOUNTS = List.of(
            "'0'",
            "1",
            "-1",
            "31",
            "'2.5'",
            "'1 2:3'",
            "'-1:1'",
            "'1.5'",
            "''",
            "'x'",
            "100000",
            "-4000000000",
            "1e30",
            "'1 2:3:4.5'",
            "NULL");

    private static final List<String> UNITS = List.of(
            "'MICROSECOND'",
            "'SECOND'",
            "'MINUTE'",
            "'HOUR'",
            "'DAY'",
            "'WEEK'",
            "'MONTH'",
            "'QUARTER'",
            "'YEAR'",
            "'SECOND_MICROSECOND'",
            "'MINUTE_MICROSECOND'",
            "'MINUTE_SECOND'",
            "'HOUR_MICROSECOND'",
            "'HOUR_SECOND'",
            "'HOUR_MINUTE'",
            "'DAY_MICROSECOND'",
            "'DAY_SECOND'",
            "'DAY_MINUTE'",
            "'DAY_HOUR'",
            "'YEAR_MONTH'");

    private FunctionMatrix() {}

    /**
     * A function and the values of each of its arguments.
     *
     * @param arguments for each argument the SQL texts of its values
     */
    record Case(String name, List<List<String>> arguments) {
        /** A query for all results, each after its arguments, as one text in hexadecimal. */
        String sql() {
            String call = name + "(" + columns().collect(Collectors.joining(", ")) + ")";
            String shownArguments = columns().map(FunctionMatrix::shown).collect(Collectors.joining(" || ', ' || "));
            StringBuilder from = new StringBuilder();
            for (int i = 0; i < arguments.size(); i++) {
                from.append(i == 0 ? "" : ", ")
                        .append("(SELECT column1 AS v FROM (VALUES (")
                        .append(String.join("), (", arguments.get(i)))
                        .append("))) AS a")
                        .append(i);
            }
            return "SELECT hex(group_concat(line, char(10))) FROM (SELECT " + shownArguments + " || ' → ' || "
                    + shown("result") + " AS line FROM (SELECT *, " + call + " AS result FROM " + named(from)
                    + ") ORDER BY line)";
        }

        private java.util.stream.Stream<String> columns() {
            return java.util.stream.IntStream.range(0, arguments.size()).mapToObj(i -> "v" + i);
        }

        /** Gives each value list's column its own name. */
        private String named(StringBuilder from) {
            String text = from.toString();
            for (int i = 0; i < arguments.size(); i++) {
                text = text.replaceFirst("AS v FROM", "AS v" + i + " FROM");
            }
            return text;
        }
    }

    /** A value as text that also tells its type; reals with the digits that all versions of SQLite print alike. */
    private static String shown(String value) {
        return "CASE typeof(" + value + ") WHEN 'real' THEN printf('real %.14g', " + value + ") ELSE quote(" + value
                + ") END";
    }

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        List<String> collations =
                COLLATIONS.stream().map(name -> "'" + name + "'").toList();
        cases.add(new Case("mysql_fold", List.of(TEXTS, collations)));
        cases.add(new Case("mysql_like", List.of(TEXTS, PATTERNS, List.of("'\\'", "'|'", "''"), collations)));
        for (String name :
                List.of("mysql_lower", "mysql_upper", "mysql_reverse", "mysql_hex", "mysql_unhex", "mysql_crc32")) {
            cases.add(new Case(name, List.of(TEXTS)));
        }
        cases.add(new Case("mysql_ascii", List.of(TEXTS)));
        cases.add(new Case("mysql_hex", List.of(NUMBERS)));
        List<String> bytes = List.of("x''", "x'00'", "x'617fc380ff00'", "NULL");
        cases.add(new Case("mysql_text_of_bytes", List.of(bytes)));
        cases.add(new Case("mysql_bytes_of_text", List.of(List.of("''", "'a\u007f\u0080ÿ'", "'日😀Ā'", "NULL"))));
        cases.add(new Case("mysql_unhex", List.of(List.of("'4a4B'", "'abc'", "'0g'", "''", "'4Aé'", "12", "NULL"))));
        cases.add(new Case("mysql_text", List.of(NUMBERS)));
        cases.add(new Case("mysql_substring", List.of(TEXTS, COUNTS)));
        cases.add(new Case("mysql_substring", List.of(TEXTS, COUNTS, COUNTS)));
        cases.add(new Case("mysql_right", List.of(TEXTS, COUNTS)));
        cases.add(new Case("mysql_repeat", List.of(TEXTS, COUNTS)));
        cases.add(new Case("mysql_trim", List.of(TEXTS, List.of("' '", "'a'", "'é'", "'😀'", "''", "NULL"), SIDES)));
        List<String> paddings = List.of("' '", "'ab'", "'日'", "'😀x'", "''", "NULL");
        cases.add(new Case("mysql_lpad", List.of(TEXTS, COUNTS, paddings)));
        cases.add(new Case("mysql_rpad", List.of(TEXTS, COUNTS, paddings)));
        List<String> separators = List.of("','", "',,'", "'b'", "'😀'", "'日本語'", "''", "NULL");
        cases.add(new Case("mysql_substring_index", List.of(TEXTS, separators, SMALL_COUNTS)));
        cases.add(new Case("mysql_single", List.of(NUMBERS)));
        cases.addAll(exact());
        cases.add(new Case("mysql_round_real", List.of(NUMBERS, COUNTS)));
        cases.add(new Case("mysql_truncate_real", List.of(NUMBERS, COUNTS)));
        cases.add(new Case("mysql_round", List.of(NUMBERS, COUNTS)));
        cases.add(new Case("mysql_truncate", List.of(NUMBERS, COUNTS)));
        cases.add(new Case("mysql_inet_aton", List.of(ADDRESSES)));
        cases.add(new Case("mysql_inet_ntoa", List.of(COUNTS)));
        cases.add(new Case("mysql_date", List.of(MOMENTS)));
        cases.add(new Case("mysql_datetime", List.of(MOMENTS, SIDES)));
        cases.add(new Case("mysql_time", List.of(MOMENTS, SIDES)));
        cases.add(new Case("mysql_part", List.of(PARTS, MOMENTS)));
        cases.add(new Case("mysql_date_format", List.of(MOMENTS, FORMATS)));
        cases.add(new Case("mysql_date_add", List.of(MOMENTS, AMOUNTS, UNITS)));
        cases.add(new Case("mysql_time_micros", List.of(MOMENTS)));
        cases.add(new Case("mysql_calendar", List.of(MOMENTS)));
        cases.add(new Case("mysql_moment_form", List.of(MOMENTS, SIDES)));
        cases.add(new Case("mysql_negated", List.of(List.of("''", "'-1'", "'1 2:3'", "5", "-2.5", "NULL"))));
        return cases;
    }

    /** Arithmetic of numbers that SQLite cannot hold. */
    private static List<Case> exact() {
        List<Case> cases = new ArrayList<>();
        List<String> kinds = List.of("0", "2", "10", "30", "NULL");
        for (String name : List.of("mysql_plus", "mysql_minus", "mysql_times", "mysql_divide")) {
            cases.add(new Case(name, List.of(EXACT, EXACT, kinds)));
        }
        List<String> small =
                EXACT.stream().filter(v -> v.length() < 16 && !v.equals("1e20")).toList();
        List<String> never = List.of("-1");
        cases.add(new Case("mysql_plus", List.of(small, small, never)));
        cases.add(new Case(
                "mysql_quotient", List.of(small, List.of("1", "-3", "0.25", "-7.5", "99", "0", "NULL"), never)));
        cases.add(new Case("mysql_remainder", List.of(EXACT, EXACT)));
        cases.add(new Case("mysql_compare", List.of(EXACT, EXACT)));
        cases.add(new Case("mysql_greatest", List.of(EXACT, EXACT, List.of("0", "-1e20", "NULL"))));
        cases.add(new Case("mysql_least", List.of(EXACT, EXACT)));
        cases.add(new Case("mysql_rounded", List.of(EXACT, COUNTS, List.of("0", "1", "2", "3"))));
        for (String name :
                List.of("mysql_absolute", "mysql_number_key", "mysql_bits", "mysql_unsigned", "mysql_finite")) {
            cases.add(new Case(name, List.of(EXACT)));
        }
        cases.add(new Case(
                "mysql_key_number",
                List.of(List.of("'1'", "'2050212345'", "'20490999'", "'0949787654~'", "'205401'", "NULL"))));
        cases.add(new Case("mysql_shift_left", List.of(COUNTS, COUNTS)));
        cases.add(new Case("mysql_shift_right", List.of(COUNTS, COUNTS)));
        cases.add(new Case("mysql_sum", List.of(EXACT)));
        cases.add(new Case("mysql_avg", List.of(EXACT)));
        cases.add(new Case("mysql_avg", List.of(COUNTS)));
        cases.add(new Case("mysql_decimal_text", List.of(EXACT, SIDES)));
        return cases;
    }

    /** How a collation orders all pairs of texts. */
    static String comparisons(String collation) {
        String values = "(SELECT column1 AS v FROM (VALUES (" + String.join("), (", TEXTS) + ")))";
        return "SELECT hex(group_concat(line, char(10))) FROM (SELECT quote(a.v) || ' ' || quote(b.v) || ' ' ||"
                + " (CAST(a.v AS TEXT) COLLATE \"" + collation + "\" < CAST(b.v AS TEXT)) || ' ' || (CAST(a.v AS TEXT)"
                + " COLLATE \"" + collation + "\" = CAST(b.v AS TEXT)) AS line FROM " + values + " AS a, " + values
                + " AS b WHERE a.v IS NOT NULL AND b.v IS NOT NULL ORDER BY line)";
    }

    /** The text that one of these queries gives. */
    static String text(SqliteConnection connection, String sql) throws SQLException {
        try (SqliteCursor rows = connection.query(sql, List.of())) {
            return rows.next() && rows.value(0) instanceof String hexadecimal
                    ? new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.UTF_8)
                    : "";
        }
    }
}
