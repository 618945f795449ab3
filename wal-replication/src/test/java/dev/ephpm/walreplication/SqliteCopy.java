package dev.ephpm.walreplication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQLite's backup, and reading by plain SQLite. */
final class SqliteCopy implements DatabaseCopy {
    @Override
    public void copy(Path database, Path target) {
        try {
            Files.deleteIfExists(target);
            try (Connection connection = open(database);
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("backup to '" + target + "'");
            }
        } catch (SQLException | IOException e) {
            throw new ReplicationException(
                    ReplicationException.Code.FILES, "cannot copy " + database + ": " + e.getMessage(), e);
        }
    }

    private static Connection open(Path database) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro");
    }

    /** All first columns of a query's rows, joined by commas. */
    static String read(Path database, String sql) {
        StringBuilder all = new StringBuilder();
        try (Connection connection = open(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.append(all.isEmpty() ? "" : ",").append(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(database + ": " + sql + ": " + e.getMessage(), e);
        }
        return all.toString();
    }
}
