package dev.ephpm.litewire.replay;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Single statements over JDBC. */
final class Sql {
    static final int DEADLOCK = 1213;
    static final int LOCK_WAIT = 1205;
    static final int DUPLICATE = 1062;

    private Sql() {}

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new AssertionError(sql + " gave no row");
            }
            return rows.getLong(1);
        }
    }

    /** The number of the error a statement is answered with; 0 when there is none. */
    static int error(Connection connection, String sql) {
        try {
            execute(connection, sql);
            return 0;
        } catch (SQLException e) {
            return e.getErrorCode();
        }
    }
}
