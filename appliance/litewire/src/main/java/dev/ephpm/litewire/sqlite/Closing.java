package dev.ephpm.litewire.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** Closing what a failure has left open. */
final class Closing {
    private Closing() {}

    static void after(Exception reason, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
