package dev.ephpm.litewire.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writer over a server that does what the test says. */
class RemoteConnectionTest {
    private final Server server = new Server();
    private final Functions functions = new Functions();
    private final List<Long> frames = new ArrayList<>();
    private SqliteConnection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = SqliteConnection.remote(() -> server, functions, frames::add, () -> {
            throw new IllegalStateException("nothing is computed here");
        });
    }

    @Test
    void beginTravelsWithTheFirstStatement() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        assertThat(connection.inTransaction()).isTrue();
        assertThat(server.batches).isEmpty();

        assertThat(connection.update("INSERT INTO t VALUES (?1)", List.of(5L))).isEqualTo(1);
        connection.execute("COMMIT");

        assertThat(server.batches)
                .containsExactly(List.of("BEGIN IMMEDIATE", "INSERT INTO t VALUES (?1)"), List.of("COMMIT"));
        assertThat(connection.lastInsertRowid()).isEqualTo(7);
        assertThat(frames).containsExactly(3L);
        assertThat(connection.inTransaction()).isFalse();
    }

    @Test
    void aTransactionWithoutStatementsCostsNothing() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        connection.execute("ROLLBACK");

        assertThat(server.batches).isEmpty();
        assertThat(connection.inTransaction()).isFalse();
    }

    @Test
    void goingBackToASavepointDoesNotEndTheTransaction() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        connection.execute("SAVEPOINT a");
        connection.execute("ROLLBACK TO a");

        assertThat(connection.inTransaction()).isTrue();
    }

    @Test
    void savepointsTravelWithTheNextStatementAndTheSchemaIsAskedForOnce() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        assertThat(connection.schemaVersion()).isEqualTo(4);
        connection.execute("SAVEPOINT a");
        assertThat(connection.schemaVersion()).isEqualTo(4);
        connection.execute("INSERT INTO t VALUES (1)");
        connection.execute("RELEASE a");
        connection.execute("COMMIT");
        assertThat(connection.schemaVersion()).isEqualTo(4);

        assertThat(server.batches)
                .containsExactly(
                        List.of("BEGIN IMMEDIATE", "PRAGMA schema_version"),
                        List.of("SAVEPOINT a", "INSERT INTO t VALUES (1)"),
                        List.of("RELEASE a", "COMMIT"),
                        List.of("PRAGMA schema_version"));
    }

    @Test
    void aChangeOfTheSchemaIsSeen() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        assertThat(connection.schemaVersion()).isEqualTo(4);
        connection.execute("CREATE TABLE u(a)");
        server.schemaVersion = 5;
        assertThat(connection.schemaVersion()).isEqualTo(5);
    }

    @Test
    void savepointsAreNotCollectedWithoutEnd() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        for (int i = 0; i < 60; i++) {
            connection.execute("SAVEPOINT a");
        }
        assertThat(server.batches)
                .hasSize(1)
                .first()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(51);
    }

    @Test
    void aStatementThatAsksGetsItsFactsAndLeavesItsWarnings() throws SQLException {
        functions.facts = new byte[] {1, 2};
        connection.update("UPDATE t SET a = mysql_store(0, a)", List.of());

        assertThat(server.batches)
                .hasSize(2)
                .last()
                .isEqualTo(List.of(
                        "SELECT mysql_statement(?1)", "UPDATE t SET a = mysql_store(0, a)", "SELECT mysql_warnings()"));
        assertThat(functions.left).containsExactly((byte) 9);
    }

    @Test
    void aBrokenConstraintKeepsTheTransactionAndTellsItsKind() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        server.failure = RemoteException.refused("SQLite error: UNIQUE constraint failed: t.a", "SQLITE_CONSTRAINT");

        RemoteException failure = failure("INSERT INTO t VALUES (1)");

        assertThat(failure.getMessage()).isEqualTo("UNIQUE constraint failed: t.a");
        assertThat(failure.getErrorCode()).isEqualTo(ResultCode.CONSTRAINT_UNIQUE);
        assertThat(functions.message).isEqualTo("UNIQUE constraint failed: t.a");
        assertThat(connection.inTransaction()).isTrue();
        assertThat(connection.usable()).isTrue();
    }

    @Test
    void anErrorThatMayHaveUndoneTheTransactionIsFollowedByAQuestion() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        server.failure = RemoteException.refused("SQLite error: database or disk is full", "SQLITE_FULL");
        server.inTransaction = false;

        assertThat(failure("INSERT INTO t VALUES (1)").getErrorCode()).isEqualTo(ResultCode.FULL);
        assertThat(connection.inTransaction()).isFalse();
    }

    @Test
    void whatIsLostBeforeCommitWasNeverThere() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        server.failure = new RemoteException(RemoteException.Kind.UNKNOWN, "no answer");

        assertThat(failure("INSERT INTO t VALUES (1)").kind()).isEqualTo(RemoteException.Kind.UNREACHABLE);
        assertThat(connection.inTransaction()).isFalse();
        assertThat(connection.usable()).isFalse();
    }

    @Test
    void aCommitWithoutAnswerIsUnknown() throws SQLException {
        connection.execute("BEGIN IMMEDIATE");
        connection.execute("INSERT INTO t VALUES (1)");
        server.failure = new RemoteException(RemoteException.Kind.UNKNOWN, "no answer");

        assertThat(failure("COMMIT").kind()).isEqualTo(RemoteException.Kind.UNKNOWN);
        assertThat(connection.usable()).isFalse();
    }

    @Test
    void aSingleStatementWithoutAnswerIsUnknown() {
        server.failure = new RemoteException(RemoteException.Kind.UNKNOWN, "no answer");

        assertThat(failure("INSERT INTO t VALUES (1)").kind()).isEqualTo(RemoteException.Kind.UNKNOWN);
    }

    @Test
    void statementsOfTheMachineNeverLeave() {
        SqliteException refused =
                catchThrowableOfType(SqliteException.class, () -> connection.execute("ATTACH 'x' AS y"));

        assertThat(refused.primaryCode()).isEqualTo(ResultCode.AUTHORIZATION);
        assertThat(server.batches).isEmpty();
    }

    private RemoteException failure(String sql) {
        return catchThrowableOfType(RemoteException.class, () -> connection.execute(sql));
    }

    private static final class Functions implements RemoteFunctions {
        private byte[] facts = {};
        private byte[] left = {};
        private String message = "";

        @Override
        public byte[] facts(String sql) {
            return sql.contains("mysql_store(") ? facts : new byte[0];
        }

        @Override
        public RemoteStep computed(RemoteStep statement, Set<String> present, SqliteConnection.Local here) {
            return statement;
        }

        @Override
        public void took(byte[] result) {
            left = result;
        }

        @Override
        public void failed(String text) {
            message = text;
        }
    }

    private static final class Server implements RemoteStream {
        private final List<List<String>> batches = new ArrayList<>();
        private @Nullable RemoteException failure;
        private boolean inTransaction = true;
        private long schemaVersion = 4;

        @Override
        public List<RemoteResult> run(List<RemoteStep> steps) throws RemoteException {
            batches.add(steps.stream().map(RemoteStep::sql).toList());
            if (failure != null) {
                throw failure;
            }
            return steps.stream().map(this::result).toList();
        }

        private RemoteResult result(RemoteStep step) {
            List<@Nullable Object[]> rows = new ArrayList<>();
            if (step.sql().equals("SELECT mysql_warnings()")) {
                rows.add(new Object[] {new byte[] {9}});
            }
            if (step.sql().equals("PRAGMA schema_version")) {
                rows.add(new Object[] {schemaVersion});
            }
            return new RemoteResult(List.of("a"), rows, 1, 7, 3);
        }

        @Override
        public boolean inTransaction() {
            return inTransaction;
        }

        @Override
        public void cancel() {
            // Nothing takes long here.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
