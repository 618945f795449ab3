package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQLite in memory without any of the product's extensions: what the catalogue stores must work there. */
final class MemoryDatabase implements SqliteHandle, AutoCloseable {
    private final Connection connection;

    MemoryDatabase() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @Override
    public SqliteCursor query(String sql, List<@Nullable Object> parameters) throws SQLException {
        PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery();
        return new SqliteCursor() {
            @Override
            public boolean next() throws SQLException {
                return rows.next();
            }

            @Override
            public int columnCount() throws SQLException {
                return rows.getMetaData().getColumnCount();
            }

            @Override
            public String columnName(int index) throws SQLException {
                return rows.getMetaData().getColumnLabel(index + 1);
            }

            @Override
            public @Nullable Object value(int index) throws SQLException {
                Object value = rows.getObject(index + 1);
                return value instanceof Integer number ? Long.valueOf(number) : value;
            }

            @Override
            public void close() throws SQLException {
                statement.close();
            }
        };
    }

    @Override
    public long update(String sql, List<@Nullable Object> parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, List<@Nullable Object> parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        return statement;
    }

    @Override
    public long lastInsertRowid() throws SQLException {
        return Rows.number(this, "SELECT last_insert_rowid()");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
