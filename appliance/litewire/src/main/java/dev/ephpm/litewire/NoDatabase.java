package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Given to plans that have said they touch no table. */
final class NoDatabase implements SqliteHandle {
    static final NoDatabase INSTANCE = new NoDatabase();

    private NoDatabase() {}

    @Override
    public SqliteCursor query(String sql, List<@Nullable Object> parameters) {
        throw refused(sql);
    }

    @Override
    public long update(String sql, List<@Nullable Object> parameters) {
        throw refused(sql);
    }

    @Override
    public long lastInsertRowid() {
        throw refused("last_insert_rowid()");
    }

    private static IllegalStateException refused(String sql) {
        return new IllegalStateException("a plan that asked for no database used it: " + sql);
    }
}
