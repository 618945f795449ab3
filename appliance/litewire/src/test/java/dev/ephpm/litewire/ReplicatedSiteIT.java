package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ephpm.litewire.dialect.Sqld;
import dev.ephpm.litewire.dialect.SqldStream;
import dev.ephpm.litewire.sqlite.ReadGate;
import dev.ephpm.litewire.sqlite.RemoteException;
import dev.ephpm.litewire.sqlite.ReplicatedFile;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MySQL client on a site whose data sqld writes: reads come from its file, writes go over Hrana. */
class ReplicatedSiteIT {
    private static final int WRITERS = 8;
    private static final int WRITES = 20;
    private static final int READ_ONLY = 1290;

    @TempDir
    Path directory;

    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicLong frame = new AtomicLong(-1);
    private final AtomicLong generation = new AtomicLong();
    private Sqld sqld;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        sqld = new Sqld(Files.createDirectory(directory.resolve("sqld")));
        Sqld running = sqld;
        ReplicatedFile replicated = new ReplicatedFile(
                sqld.file(),
                () -> {
                    streams.incrementAndGet();
                    return new SqldStream(running);
                },
                new Gate());
        server = TestServer.replicated(
                TestLibrary.NATIVE,
                directory,
                site -> site.equals("a.test") ? Optional.of(replicated) : Optional.empty());
        try (Connection connection = server.connect("")) {
            execute(
                    connection,
                    "CREATE TABLE t (id int primary key auto_increment, n tinyint, s varchar(5), unique key (s))");
        }
    }

    private final class Gate implements ReadGate {
        @Override
        public long pass() throws SQLException {
            if (generation.get() < 0) {
                throw new RemoteException(RemoteException.Kind.UNREACHABLE, "the replica is being made anew");
            }
            return generation.get();
        }

        @Override
        public void wrote(long number) {
            frame.set(number);
        }
    }

    @AfterEach
    void stop() {
        server.close();
        sqld.close();
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static SQLException failure(Connection connection, String sql) {
        return catchThrowableOfType(SQLException.class, () -> execute(connection, sql));
    }

    @Test
    void whatIsWrittenIsReadFromTheFileAtOnce() throws SQLException {
        try (Connection connection = server.connect("")) {
            for (int i = 1; i <= WRITES; i++) {
                assertThat(execute(connection, "INSERT INTO t (n, s) VALUES (" + i + ", 's" + i + "')"))
                        .isEqualTo(1);
                assertThat(value(connection, "SELECT MAX(n) FROM t")).isEqualTo(String.valueOf(i));
            }
            assertThat(value(connection, "SELECT LAST_INSERT_ID()")).isEqualTo(String.valueOf(WRITES));
            assertThat(execute(connection, "UPDATE t SET n = n + 1 WHERE n > 10"))
                    .isEqualTo(10);
            assertThat(frame.get()).isPositive();
        }
    }

    @Test
    void aTransactionSeesItsOwnWritesAndNobodyElseDoesUntilItCommits() throws SQLException {
        try (Connection writing = server.connect("");
                Connection reading = server.connect("")) {
            execute(writing, "START TRANSACTION");
            execute(writing, "INSERT INTO t (n) VALUES (1)");
            execute(writing, "SAVEPOINT a");
            execute(writing, "INSERT INTO t (n) VALUES (2)");
            assertThat(value(writing, "SELECT COUNT(*) FROM t")).isEqualTo("2");
            assertThat(value(reading, "SELECT COUNT(*) FROM t")).isEqualTo("0");
            execute(writing, "ROLLBACK TO a");
            execute(writing, "COMMIT");
            assertThat(value(reading, "SELECT COUNT(*) FROM t")).isEqualTo("1");

            execute(writing, "START TRANSACTION");
            execute(writing, "DELETE FROM t");
            execute(writing, "ROLLBACK");
            assertThat(value(reading, "SELECT COUNT(*) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void errorsAndWarningsOfConversionsComeThrough() throws SQLException {
        try (Connection connection = server.connect("")) {
            execute(connection, "INSERT INTO t (n, s) VALUES (100, 'abc')");

            SQLException outOfRange = failure(connection, "UPDATE t SET n = n + 100");
            assertThat(outOfRange.getErrorCode()).isEqualTo(1264);
            assertThat(outOfRange.getMessage()).contains("Out of range value for column 'n' at row 1");
            assertThat(failure(connection, "UPDATE t SET s = CONCAT(s, 'defg')").getErrorCode())
                    .isEqualTo(1406);
            SQLException duplicate = failure(connection, "INSERT INTO t (s) VALUES ('ABC')");
            assertThat(duplicate.getErrorCode()).isEqualTo(1062);
            assertThat(duplicate.getMessage()).contains("Duplicate entry 'ABC' for key 's'");

            execute(connection, "SET sql_mode = ''");
            assertThat(execute(connection, "UPDATE t SET n = n + 100, s = CONCAT(s, 'defg')"))
                    .isEqualTo(1);
            assertThat(value(connection, "SHOW COUNT(*) WARNINGS")).isEqualTo("2");
            assertThat(value(connection, "SELECT CONCAT(n, s) FROM t")).isEqualTo("127abcde");
        }
    }

    @Test
    void writersOfManyConnectionsTakeTurns() throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                all.add(clients.submit(() -> {
                    try (Connection connection = server.connect("")) {
                        for (int write = 0; write < WRITES; write++) {
                            execute(connection, "INSERT INTO t (n) VALUES (1)");
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        try (Connection connection = server.connect("")) {
            assertThat(value(connection, "SELECT COUNT(*) FROM t")).isEqualTo(String.valueOf(WRITERS * WRITES));
        }
    }

    @Test
    void theFileItselfIsNeverWrittenByUs() throws SQLException {
        try (Connection connection = server.connect("")) {
            int before = streams.get();
            for (int i = 0; i < WRITES; i++) {
                assertThat(value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("0");
            }
            assertThat(streams.get()).isEqualTo(before);
            assertThat(directory.resolve("a.db")).doesNotExist();
        }
    }

    @Test
    void withoutItsServerASiteIsReadOnly() throws SQLException {
        try (Connection connection = server.connect("")) {
            execute(connection, "INSERT INTO t (n) VALUES (1)");
            sqld.close();

            assertThat(failure(connection, "INSERT INTO t (n) VALUES (2)").getErrorCode())
                    .isEqualTo(READ_ONLY);
            assertThat(value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("1");
            execute(connection, "START TRANSACTION");
            assertThat(failure(connection, "DELETE FROM t").getErrorCode()).isEqualTo(READ_ONLY);
            execute(connection, "ROLLBACK");
            assertThat(value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void aNewFileIsOpenedAnewAndAClosedGateStopsReads() throws SQLException {
        try (Connection connection = server.connect("")) {
            assertThat(value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("0");
            generation.set(-1);
            SQLException closed =
                    catchThrowableOfType(SQLException.class, () -> value(connection, "SELECT COUNT(*) FROM t"));
            assertThat(closed.getErrorCode()).isEqualTo(READ_ONLY);
            generation.set(2);
            assertThat(value(connection, "SELECT COUNT(*) FROM t")).isEqualTo("0");
        }
    }
}
