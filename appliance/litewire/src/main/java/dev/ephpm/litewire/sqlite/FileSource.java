package dev.ephpm.litewire.sqlite;

import java.sql.SQLException;
import java.util.Optional;

/** Connections to a file that this process may write. */
public record FileSource(SqliteLibrary library, DatabaseFile file, SqliteConnection.FunctionRegistration functions)
        implements DatabaseSource {
    @Override
    public SqliteConnection reader() throws SQLException {
        return SqliteConnection.open(library, file, functions);
    }

    @Override
    public SqliteConnection writer() throws SQLException {
        return reader();
    }

    @Override
    public ReadGate gate() {
        return ReadGate.OPEN;
    }

    @Override
    public Optional<SqliteConnection> prepare(DatabasePool.Opening opening) throws SQLException {
        file.createIfAbsent();
        SqliteConnection first = writer();
        boolean kept = false;
        try {
            opening.prepare(first);
            kept = !first.inTransaction();
        } finally {
            if (!kept) {
                first.close();
            }
        }
        return kept ? Optional.of(first) : Optional.empty();
    }
}
