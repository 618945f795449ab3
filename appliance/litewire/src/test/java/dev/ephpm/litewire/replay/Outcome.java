package dev.ephpm.litewire.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of one statement, as replay.php prints it.
 *
 * @param id place in the corpus and number of the result, such as {@code 17.0}
 * @param warnings their number, and for checked statements each one's code behind it
 * @param rows one text per row, cells divided by a tab, NULL as {@code \N}
 */
record Outcome(
        String id,
        int errorNumber,
        String sqlState,
        String message,
        long affectedRows,
        String insertId,
        String warnings,
        String sql,
        List<ResultColumn> columns,
        List<String> rows) {
    private static final int FIXED_FIELDS = 10;

    /**
     * A column definition as the client sees it.
     *
     * @param origin database, alias of the table, table and column, divided by dots
     */
    record ResultColumn(String name, int type, int flags, long length, int charset, int decimals, String origin) {
        private static final int PARTS = 10;

        ResultColumn withFlags(int others) {
            return new ResultColumn(name, type, others, length, charset, decimals, origin);
        }

        static ResultColumn parse(String text) {
            String[] parts = text.split("\\|", PARTS);
            return new ResultColumn(
                    parts[9],
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Long.parseLong(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]),
                    String.join(".", parts[5], parts[6], parts[7], parts[8]));
        }
    }

    Outcome withColumns(List<ResultColumn> others) {
        return new Outcome(
                id, errorNumber, sqlState, message, affectedRows, insertId, warnings, sql, List.copyOf(others), rows);
    }

    static Outcome parse(String line) {
        String[] f = line.split("\t", -1);
        int count = Integer.parseInt(f[9]);
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(ResultColumn.parse(f[FIXED_FIELDS + i]));
        }
        List<String> rows = new ArrayList<>();
        for (int i = FIXED_FIELDS + count; count > 0 && i < f.length; i += count) {
            rows.add(String.join("\t", List.of(f).subList(i, i + count)));
        }
        return new Outcome(
                f[0] + "." + f[1],
                Integer.parseInt(f[2]),
                f[3],
                f[4],
                Long.parseLong(f[5]),
                f[6],
                f[7],
                f[8],
                List.copyOf(columns),
                List.copyOf(rows));
    }
}
