package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.ConnectionInfo;
import dev.ephpm.litewire.NamedLocks;
import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.SqlPreparedStatements;
import dev.ephpm.litewire.SystemVariables;
import dev.ephpm.litewire.Transactions;
import dev.ephpm.litewire.Warnings;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A session with variables and warnings and nothing else. */
final class FakeSession implements Session {
    final Map<String, String> values =
            new TreeMap<>(Map.of("foreign_key_checks", "ON", "max_allowed_packet", "16777216"));
    final List<Warnings.Warning> noted = new ArrayList<>();
    private long foundRows;

    @Override
    public long connectionId() {
        return 7;
    }

    @Override
    public String databaseName() {
        return "wp";
    }

    @Override
    public Optional<String> currentDatabase() {
        return Optional.of("wp");
    }

    @Override
    public void useDatabase(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public String user() {
        return "wp@localhost";
    }

    @Override
    public SystemVariables variables() {
        return new SystemVariables() {
            @Override
            public ZoneId timeZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(values.get(name));
            }

            @Override
            public void set(String name, String value) {
                values.put(name, value);
            }

            @Override
            public Map<String, String> all() {
                return values;
            }

            @Override
            public SqlMode sqlMode() {
                return Statements.STRICT;
            }
        };
    }

    @Override
    public @Nullable Object userVariable(String name) {
        return null;
    }

    @Override
    public void setUserVariable(String name, @Nullable Object value) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public long lastInsertId() {
        return 0;
    }

    @Override
    public void setLastInsertId(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long foundRows() {
        return foundRows;
    }

    @Override
    public void setFoundRows(long rows) {
        foundRows = rows;
    }

    @Override
    public long rowCount() {
        return -1;
    }

    @Override
    public boolean countsFoundRows() {
        return false;
    }

    @Override
    public Warnings warnings() {
        return new Warnings() {
            @Override
            public void add(Level level, int number, String message) {
                noted.add(new Warning(level, number, message));
            }

            @Override
            public int count() {
                return noted.size();
            }

            @Override
            public List<Warning> list() {
                return noted;
            }

            @Override
            public void clear() {
                noted.clear();
            }
        };
    }

    @Override
    public Transactions transactions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public NamedLocks locks() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void kill(long connectionId, boolean queryOnly) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ConnectionInfo> connections() {
        return List.of(new ConnectionInfo(
                7, "wp", "localhost", Optional.of("wp"), "Query", 0, Optional.of("SHOW PROCESSLIST")));
    }

    @Override
    public void sleep(Duration time) {
        throw new IllegalStateException("nothing to wait for");
    }

    @Override
    public long statementMicros() {
        return 1_600_000_000_000_000L;
    }

    @Override
    public SqlPreparedStatements preparedStatements() {
        throw new UnsupportedOperationException("nobody prepares by SQL in these tests");
    }
}
