package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * sqlite-jdbc alone, for machines that cannot load the extension. Java compares texts; in the authorizer's place stand the
 * screen of {@link StatementScreen} and SQLite's own limits.
 */
final class DriverLibrary implements SqliteLibrary {
    private static final int LARGEST_VALUE = 256 * 1024 * 1024;

    @Override
    public String description() {
        return "sqlite-jdbc without litewire.so";
    }

    @Override
    public FileConnection connect(DatabaseFile file) throws SQLException {
        SQLiteConfig settings = file.settings();
        settings.enableLoadExtension(false);
        SQLiteConnection driver = (SQLiteConnection) settings.createConnection("jdbc:sqlite:" + file.path());
        try {
            guard(driver);
            Collations.register(driver);
            return new DriverConnection(driver);
        } catch (SQLException | RuntimeException e) {
            Closing.after(e, driver);
            throw e;
        }
    }

    private static void guard(SQLiteConnection driver) throws SQLException {
        driver.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
        driver.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LARGEST_VALUE);
        driver.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
        try (Statement statement = driver.createStatement()) {
            statement.execute("PRAGMA trusted_schema = 0");
            statement.execute("PRAGMA cell_size_check = 1");
        }
    }
}
