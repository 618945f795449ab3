package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Readers of a file that another process replicates, and a writer over a server. */
public record ReplicaSource(
        SqliteLibrary library,
        ReplicatedFile replicated,
        SqliteConnection.FunctionRegistration functions,
        RemoteFunctions remoteFunctions)
        implements DatabaseSource {
    @Override
    public SqliteConnection reader() throws SQLException {
        return SqliteConnection.open(library, DatabaseFile.replica(replicated.file()), functions);
    }

    @Override
    public SqliteConnection writer() throws SQLException {
        return SqliteConnection.remote(replicated.writer(), remoteFunctions, replicated.gate()::wrote, this::reader);
    }

    @Override
    public ReadGate gate() {
        return replicated.gate();
    }

    /** Once in a database's life, by whichever node is first; the catalogue's tables come to the others as data do. */
    @Override
    public Optional<SqliteConnection> prepare(DatabasePool.Opening opening) throws SQLException {
        try (SqliteConnection first = writer()) {
            boolean empty;
            try (SqliteCursor tables =
                    first.query("SELECT 1 FROM sqlite_schema WHERE name = '__lw_tables'", List.of())) {
                empty = !tables.next();
            }
            if (empty) {
                opening.prepare(first);
            }
        }
        return Optional.empty();
    }
}
