package dev.ephpm.litewire.replay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what MariaDB and litewire made of the same statement. */
final class Comparison {
    /** Columns that describe the storage, not the data. */
    private static final Set<String> MASKED_COLUMNS = Set.of(
            "rows",
            "avg_row_length",
            "data_length",
            "index_length",
            "data_free",
            "create_time",
            "update_time",
            "cardinality",
            "table_rows",
            "version");

    /** Sums of sizes, which depend on how MariaDB has filled its pages. */
    private static final Pattern SIZES =
            Pattern.compile("\\bsum\\(data_length \\+ index_length\\)", Pattern.CASE_INSENSITIVE);

    private static final Pattern THIS_DAY =
            Pattern.compile("20[2-9]\\d-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?");
    private static final Pattern EPOCH = Pattern.compile("1[7-9]\\d{8}(\\.\\d+)?");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern CLOCK = Pattern.compile(
            "\\b(now|sysdate|current_timestamp|current_date|curdate|curtime|unix_timestamp|utc_timestamp|connection_id"
                    + "|uuid|rand|version)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ORDER_BY = Pattern.compile(
            "order\\s+by\\s+(?:`?\\w+`?\\.)?`?(\\w+)`?\\s*(?:asc|desc)?\\s*(?:,|limit|$)", Pattern.CASE_INSENSITIVE);

    /** Flags a client acts upon: NOT_NULL, PRI, UNIQUE, MULTIPLE, BLOB, UNSIGNED, ZEROFILL, BINARY, ENUM, AUTO_INCREMENT, SET, NUM. */
    private static final int COMPARED_FLAGS = 1 | 2 | 4 | 8 | 16 | 32 | 64 | 128 | 256 | 512 | 2048 | 32768;

    /**
     * PRI, UNIQUE, MULTIPLE and AUTO_INCREMENT, BINARY, which numbers lose in a temporary table, and NUM, which text and
     * times gain there.
     */
    private static final int KEY_FLAGS = 2 | 4 | 8 | 512 | 128 | 32768;

    /** The length of its column is that of a buffer. */
    private static final Pattern DEFINITION = Pattern.compile("^\\s*show\\s+create", Pattern.CASE_INSENSITIVE);

    private static final Pattern RANDOM_CHOICE =
            Pattern.compile("order\\s+by\\s+rand\\(\\)\\s+limit", Pattern.CASE_INSENSITIVE);

    private static final Pattern MAY_MATERIALISE = Pattern.compile(
            "\\b(distinct|group\\s+by|join|union)\\b|rand\\(\\)|\\bin\\s*\\(\\s*select\\b|\\bover\\s*\\("
                    + "|\\bfrom\\s+`?\\w+`?\\s*,",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OUTER_JOIN =
            Pattern.compile("\\b(left|right)\\s+(outer\\s+)?join\\b", Pattern.CASE_INSENSITIVE);
    private static final int NOT_NULL = 1;
    private static final int BLOB = 16;
    private static final int BLOB_TYPE = 252;

    private Comparison() {}

    static List<Difference> of(Outcome expected, Outcome actual) {
        List<Difference> differences = new ArrayList<>();
        Collector collector = new Collector(expected, differences);
        String expectedError = expected.errorNumber() + " " + expected.sqlState();
        String actualError = actual.errorNumber() + " " + actual.sqlState();
        if (!expectedError.equals(actualError)) {
            collector.add("error", expectedError + " " + expected.message(), actualError + " " + actual.message());
            return differences;
        }
        if (expected.errorNumber() != 0) {
            return differences;
        }
        if (expected.columns().isEmpty() || actual.columns().isEmpty()) {
            collector.compare("affected", expected.affectedRows(), actual.affectedRows());
        }
        collector.compare("insertId", expected.insertId(), actual.insertId());
        collector.compare("warnings", expected.warnings(), actual.warnings());
        compareColumns(expected, actual, collector);
        compareRows(expected, actual, collector);
        return differences;
    }

    private static void compareColumns(Outcome expected, Outcome actual, Collector collector) {
        String names = names(expected);
        if (!names.equals(names(actual))) {
            collector.add("columns", names, names(actual));
            return;
        }
        collector.compare("types", types(expected), types(actual));
        int compared = materialised(expected) ? COMPARED_FLAGS & ~KEY_FLAGS : COMPARED_FLAGS;
        collector.compare("flags", flags(expected, compared), flags(sureOfRows(expected, actual), compared));
        if (!materialised(expected) && !DEFINITION.matcher(expected.sql()).find()) {
            collector.compare("lengths", lengths(expected), lengths(actual));
            collector.compare("origins", origins(expected), origins(actual));
        }
    }

    /**
     * Columns of an outer join's optional table may be NULL, unless MariaDB's optimiser has looked the one row up beforehand:
     * that depends on the data.
     */
    private static Outcome sureOfRows(Outcome expected, Outcome actual) {
        if (!OUTER_JOIN.matcher(expected.sql()).find()) {
            return actual;
        }
        List<Outcome.ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < actual.columns().size(); i++) {
            columns.add(actual.columns()
                    .get(i)
                    .withFlags(actual.columns().get(i).flags()
                            | (expected.columns().get(i).flags() & NOT_NULL)));
        }
        return actual.withColumns(columns);
    }

    private static String lengths(Outcome outcome) {
        return outcome.columns().stream()
                .map(c -> c.name() + ":" + c.length() + "/" + c.decimals() + "/" + c.charset())
                .collect(Collectors.joining(", "));
    }

    private static String origins(Outcome outcome) {
        return outcome.columns().stream().map(Outcome.ResultColumn::origin).collect(Collectors.joining(", "));
    }

    private static String names(Outcome outcome) {
        return outcome.columns().stream().map(Outcome.ResultColumn::name).collect(Collectors.joining(", "));
    }

    private static String types(Outcome outcome) {
        return outcome.columns().stream().map(c -> c.name() + ":" + c.type()).collect(Collectors.joining(", "));
    }

    /** MariaDB's optimiser chose a temporary table, whose columns have no keys any more. It chooses by the data. */
    private static boolean materialised(Outcome outcome) {
        return MAY_MATERIALISE.matcher(outcome.sql()).find()
                && outcome.columns().stream().noneMatch(c -> (c.flags() & (2 | 4 | 8 | 512)) != 0);
    }

    private static String flags(Outcome outcome, int compared) {
        return outcome.columns().stream()
                .map(c -> c.name() + ":" + (c.flags() & compared & ~(isComputed(c) ? BLOB : 0)))
                .collect(Collectors.joining(", "));
    }

    /**
     * Of what is computed, GROUP_CONCAT before all, MariaDB says that it is a BLOB only where it went through a temporary table:
     * with the same data another run may do without. The type says it anyway.
     */
    private static boolean isComputed(Outcome.ResultColumn column) {
        return column.type() == BLOB_TYPE || column.origin().endsWith(".");
    }

    private static void compareRows(Outcome expected, Outcome actual, Collector collector) {
        if (RANDOM_CHOICE.matcher(expected.sql()).find()) {
            collector.compare("rows", expected.rows().size(), actual.rows().size());
            return;
        }
        List<String> expectedRows = masked(expected);
        List<String> actualRows = masked(actual);
        if (expectedRows.equals(actualRows)) {
            return;
        }
        List<String> expectedSorted = expectedRows.stream().sorted().toList();
        List<String> actualSorted = actualRows.stream().sorted().toList();
        if (!expectedSorted.equals(actualSorted)) {
            collector.add("rows", only(expectedRows, actualRows), only(actualRows, expectedRows));
            return;
        }
        Optional<Integer> sorted = sortColumn(expected);
        sorted.ifPresent(column -> collector.compare(
                "order",
                cells(expectedRows, column).toString(),
                cells(actualRows, column).toString()));
    }

    /** The result column that the last ORDER BY names first, when there is one: rows equal in it may come in any order. */
    private static Optional<Integer> sortColumn(Outcome outcome) {
        Matcher matcher = ORDER_BY.matcher(outcome.sql());
        String name = "";
        while (matcher.find()) {
            name = matcher.group(1);
        }
        for (int i = 0; i < outcome.columns().size(); i++) {
            if (outcome.columns().get(i).name().equalsIgnoreCase(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static List<String> cells(List<String> rows, int column) {
        return rows.stream().map(r -> r.split("\t", -1)[column]).toList();
    }

    private static String only(List<String> rows, List<String> others) {
        Set<String> known = new HashSet<>(others);
        List<String> own = rows.stream().filter(r -> !known.contains(r)).toList();
        return rows.size() + " rows: " + String.join(" / ", own);
    }

    private static List<String> masked(Outcome outcome) {
        boolean clock = CLOCK.matcher(outcome.sql()).find() || outcome.id().startsWith("10000");
        return outcome.rows().stream()
                .map(row -> masked(outcome, row.split("\t", -1), clock))
                .toList();
    }

    private static String masked(Outcome outcome, String[] cells, boolean clock) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            String name = outcome.columns().get(i).name().toLowerCase(Locale.ROOT);
            String cell = cells[i];
            if (MASKED_COLUMNS.contains(name)
                    || (name.equals("bytes") && SIZES.matcher(outcome.sql()).find())) {
                cell = "*";
            } else if (clock
                    && (THIS_DAY.matcher(cell).matches()
                            || EPOCH.matcher(cell).matches()
                            || UUID.matcher(cell).matches())) {
                cell = "*";
            } else if (clock && CLOCK.matcher(name).find()) {
                cell = "*";
            }
            shown.add(cell);
        }
        return String.join("\t", shown);
    }

    /** Collects differences of one statement. */
    private record Collector(Outcome expected, List<Difference> differences) {
        void add(String kind, String expectedText, String actualText) {
            differences.add(new Difference(expected.id(), kind, expected.sql(), expectedText, actualText));
        }

        void compare(String kind, Object expectedValue, Object actualValue) {
            if (!expectedValue.equals(actualValue)) {
                add(kind, expectedValue.toString(), actualValue.toString());
            }
        }
    }
}
