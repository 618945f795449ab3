package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.RawText;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/**
 * {@code mysql_group_distinct(value, key, arrival, separator)}: joins the values with different keys, of equal ones the one
 * that arrived first, in the order they are given.
 */
final class DistinctGroup extends Function.Aggregate {
    private static final int NULL_TYPE = 5;

    /** Made at the first row: the driver copies this object for every group. */
    private @Nullable Map<String, Row> kept;

    private int rows;
    private String separator = "";

    private record Row(String value, long arrival, int position) {}

    @Override
    protected void xStep() throws SQLException {
        if (kept == null) {
            kept = new HashMap<>();
        }
        int position = rows++;
        if (value_type(0) == NULL_TYPE || value_type(1) == NULL_TYPE) {
            return;
        }
        separator = text(3);
        Row row = new Row(text(0), value_long(2), position);
        kept.merge(text(1), row, (first, second) -> first.arrival() <= second.arrival() ? first : second);
    }

    @Override
    protected void xFinal() throws SQLException {
        if (kept == null || kept.isEmpty()) {
            result();
            return;
        }
        TreeMap<Integer, String> sorted = new TreeMap<>();
        kept.values().forEach(row -> sorted.put(row.position(), row.value()));
        String joined = String.join(separator, sorted.values());
        if (RawText.isRaw(joined)) {
            result(RawText.bytes(joined));
        } else {
            result(joined);
        }
    }

    private String text(int index) throws SQLException {
        byte[] bytes = Objects.requireNonNullElse(value_blob(index), new byte[0]);
        return RawText.decode(bytes, 0, bytes.length);
    }
}
