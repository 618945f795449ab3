package dev.ephpm.litewire.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of one statement, as replay.php prints it.
 *
 * @param id place in the corpus and number of the result, such as {@code 17.0}
 * @param rows one text per row, cells divided by a tab, NULL as {@code \N}
 */
record Outcome(
        String id,
        int errorNumber,
        String sqlState,
        String message,
        long affectedRows,
        String insertId,
        int warnings,
        String sql,
        List<ResultColumn> columns,
        List<String> rows) {
    private static final int FIXED_FIELDS = 10;

    /** Type, flags and name are compared; the rest is for reading. */
    record ResultColumn(String name, int type, int flags, long length, int charset, int decimals, String table) {
        static ResultColumn parse(String text) {
            String[] parts = text.split("\\|", 9);
            return new ResultColumn(
                    parts[8],
                    Integer.parseInt(parts[0]),
                    Integer.parseInt(parts[1]),
                    Long.parseLong(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]),
                    parts[5]);
        }
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
                Integer.parseInt(f[7]),
                f[8],
                List.copyOf(columns),
                List.copyOf(rows));
    }
}
