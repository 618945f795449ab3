package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections, logins and sessions, seen through MariaDB's Java client. */
final class ServerIT {
    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(directory, PlainEngine::new);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersASelect() throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1, 'é' AS e, NULL")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.getString("e")).isEqualTo("é");
            assertThat(rows.getString(3)).isNull();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void refusesAWrongPasswordAndCreatesNothing() {
        assertThatThrownBy(() -> server.connect("a", "wrong", ""))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
        assertThat(server.file("a")).doesNotExist();
    }
}
