package dev.ephpm.litewire.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * A connection to two files at once, {@code main} and {@code other}. Guarded connections cannot have that; this one is for
 * statements of our own alone. One thread.
 */
public final class TwoFiles implements AutoCloseable {
    private final SQLiteConnection driver;

    /** @param busyMillis how long to wait for locks of other processes */
    public TwoFiles(DatabaseFile main, Path other, int busyMillis) throws SQLException {
        SQLiteConfig settings = main.settings();
        settings.setBusyTimeout(busyMillis);
        settings.enforceForeignKeys(false);
        driver = (SQLiteConnection) settings.createConnection("jdbc:sqlite:" + main.path());
        try {
            execute("ATTACH ?1 AS other", other.toString());
        } catch (SQLException e) {
            driver.close();
            throw e;
        }
    }

    /** Runs a statement; gives the number of rows it changed. */
    public long execute(String sql, @Nullable Object... parameters) throws SQLException {
        if (parameters.length == 0) {
            // Text from a schema may hold question marks.
            try (Statement statement = driver.createStatement()) {
                return statement.executeLargeUpdate(sql);
            }
        }
        try (PreparedStatement statement = driver.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeLargeUpdate();
        }
    }

    /** All rows of a small result; values as text, NULL as empty text. */
    public List<List<String>> rows(String sql, @Nullable Object... parameters) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (PreparedStatement statement = driver.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        String value = result.getString(i);
                        row.add(value == null ? "" : value);
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    @Override
    public void close() throws SQLException {
        driver.close();
    }
}
