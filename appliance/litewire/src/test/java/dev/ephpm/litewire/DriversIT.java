package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MySQL's and MariaDB's Java drivers against the whole of litewire. */
final class DriversIT {
    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(directory, MySqlEngine::new);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Connection connect(String address) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "a");
        properties.setProperty("password", TestServer.PASSWORD);
        return DriverManager.getConnection(address.replace("PORT", Integer.toString(server.port())), properties);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mariadb://127.0.0.1:PORT/wp",
                "jdbc:mariadb://127.0.0.1:PORT/wp?useServerPrepStmts=true",
                "jdbc:mysql://127.0.0.1:PORT/wp?sslMode=DISABLED",
                "jdbc:mysql://127.0.0.1:PORT/wp?sslMode=DISABLED&useServerPrepStmts=true",
            })
    void valuesGoBothWaysWithTheirTypes(String address) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id BIGINT AUTO_INCREMENT PRIMARY KEY, s VARCHAR(50), d DECIMAL(10,2),"
                    + " f DOUBLE, t DATETIME, b BLOB, n INT, UNIQUE KEY by_s (s))");
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO t (s, d, f, t, b, n) VALUES (?, ?, ?, ?, ?, ?)", Statement.RETURN_GENERATED_KEYS)) {
                for (int i = 1; i <= 5; i++) {
                    insert.setString(1, "é \uD83D\uDE00 '" + i);
                    insert.setBigDecimal(2, new BigDecimal("12.30"));
                    insert.setDouble(3, 0.1);
                    insert.setTimestamp(4, Timestamp.valueOf("2024-02-29 23:59:58"));
                    insert.setBytes(5, new byte[] {0, -1, '\'', '\\'});
                    insert.setNull(6, java.sql.Types.INTEGER);
                    assertThat(insert.executeUpdate()).isEqualTo(1);
                    try (ResultSet keys = insert.getGeneratedKeys()) {
                        assertThat(keys.next()).isTrue();
                        assertThat(keys.getLong(1)).isEqualTo(i);
                    }
                }
            }
            assertRows(connection);
            assertThatThrownBy(() -> statement.execute("INSERT INTO t (s) VALUES ('é \uD83D\uDE00 ''1')"))
                    .isInstanceOf(SQLIntegrityConstraintViolationException.class)
                    .hasMessageContaining("for key 'by_s'");
        }
    }

    private static void assertRows(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT * FROM t WHERE id >= ? AND s LIKE ? ORDER BY id")) {
            select.setLong(1, 1);
            select.setString(2, "É%");
            try (ResultSet rows = select.executeQuery()) {
                for (int i = 1; i <= 5; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong("id")).isEqualTo(i);
                    assertThat(rows.getString("s")).isEqualTo("é \uD83D\uDE00 '" + i);
                    assertThat(rows.getBigDecimal("d")).isEqualTo("12.30");
                    assertThat(rows.getDouble("f")).isEqualTo(0.1);
                    assertThat(rows.getTimestamp("t").toLocalDateTime())
                            .isEqualTo(LocalDateTime.of(2024, 2, 29, 23, 59, 58));
                    assertThat(rows.getBytes("b")).containsExactly(0, -1, '\'', '\\');
                    assertThat(rows.getObject("n")).isNull();
                }
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mariadb://127.0.0.1:PORT/wp", "jdbc:mysql://127.0.0.1:PORT/wp?sslMode=DISABLED"})
    void transactionsAndMetadata(String address) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE parents (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL)");
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO parents VALUES (1, 'x')");
            connection.rollback();
            statement.executeUpdate("INSERT INTO parents VALUES (2, 'y')");
            connection.commit();
            connection.setAutoCommit(true);
            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*), MAX(id) FROM parents")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
                assertThat(rows.getInt(2)).isEqualTo(2);
            }
            assertThat(connection.isValid(5)).isTrue();
            try (ResultSet tables = connection.getMetaData().getTables("wp", null, "%", new String[] {"TABLE"})) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString("TABLE_NAME")).isEqualTo("parents");
            }
        }
    }

    @Test
    void deepNestingIsAnErrorAndNotTheEnd() throws SQLException {
        try (Connection connection = connect("jdbc:mariadb://127.0.0.1:PORT/wp");
                Statement statement = connection.createStatement()) {
            String[][] shapes = {
                {"(", "1", ")"},
                {"(SELECT ", "1", ")"},
                {"ABS(", "1", ")"},
                {"NOT ", "1", ""},
                {"1 + ", "1", ""},
                {"CASE WHEN 1 THEN ", "1", " END"}
            };
            for (String[] shape : shapes) {
                for (int depth : new int[] {100, 400, 900, 3000, 30_000}) {
                    tryToRun(statement, "SELECT " + shape[0].repeat(depth) + shape[1] + shape[2].repeat(depth));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    private static void tryToRun(Statement statement, String sql) {
        try (ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows).isNotNull();
        } catch (SQLException e) {
            assertThat(e.getErrorCode())
                    .as("%s: %s", sql.length() + sql.substring(0, 20), e.getMessage())
                    .isIn(1064, 1105, 1436);
        }
    }
}
