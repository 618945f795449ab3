package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small results of the catalogue's own queries, read completely. */
final class Rows {
    private Rows() {}

    static List<Row> all(SqliteHandle handle, String sql, @Nullable Object... parameters) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (SqliteCursor cursor = handle.query(sql, list(parameters))) {
            while (cursor.next()) {
                @Nullable Object[] values = new @Nullable Object[cursor.columnCount()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = cursor.value(i);
                }
                rows.add(new Row(list(values)));
            }
        }
        return rows;
    }

    /** The first value of the first row as a number, 0 when there is none. */
    static long number(SqliteHandle handle, String sql, @Nullable Object... parameters) throws SQLException {
        List<Row> rows = all(handle, sql, parameters);
        return rows.isEmpty() ? 0 : rows.getFirst().number(0);
    }

    static List<@Nullable Object> list(@Nullable Object... values) {
        List<@Nullable Object> list = new ArrayList<>(values.length);
        for (Object value : values) {
            list.add(value);
        }
        return list;
    }

    /** One row. */
    record Row(List<@Nullable Object> values) {
        /** The value as text, empty for NULL. */
        String text(int index) {
            Object value = values.get(index);
            return value == null ? "" : value.toString();
        }

        boolean isNull(int index) {
            return values.get(index) == null;
        }

        /** The value as a number, 0 for anything else. */
        long number(int index) {
            return values.get(index) instanceof Number n ? n.longValue() : 0;
        }
    }
}
