package dev.ephpm.litewire.dialect;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A session that stands still: its clock shows 2024-05-06 07:08:09.123456 UTC, nobody else is there. */
final class TestSession implements Session {
    static final long NOW_MICROS = 1_714_979_289_123_456L;

    private static final String STRICT =
            "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION";

    private final Map<String, String> variables = new TreeMap<>(Map.ofEntries(
            Map.entry("time_zone", "+00:00"),
            Map.entry("version", "10.11.19-MariaDB"),
            Map.entry("sql_mode", STRICT),
            Map.entry("autocommit", "ON"),
            Map.entry("foreign_key_checks", "ON"),
            Map.entry("character_set_client", "utf8mb4"),
            Map.entry("character_set_connection", "utf8mb4"),
            Map.entry("character_set_results", "utf8mb4"),
            Map.entry("collation_connection", "utf8mb4_unicode_ci"),
            Map.entry("tx_isolation", "REPEATABLE-READ"),
            Map.entry("wait_timeout", "28800"),
            Map.entry("max_allowed_packet", "16777216")));
    private final Map<String, @Nullable Object> userVariables = new HashMap<>();
    private final Noted warnings = new Noted();
    private final List<String> transactionLog = new ArrayList<>();
    private long lastInsertId;
    private long foundRows = 1;
    private long rowCount = -1;

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
        transactionLog.add("use " + name);
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
                return ZoneId.of(get("time_zone").orElse("+00:00"));
            }

            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(variables.get(name));
            }

            @Override
            public void set(String name, String value) {
                variables.put(name, value);
            }

            @Override
            public Map<String, String> all() {
                return variables;
            }

            @Override
            public SqlMode sqlMode() {
                String mode = variables.getOrDefault("sql_mode", "").toUpperCase(Locale.ROOT);
                return new SqlMode(
                        mode.contains("ANSI_QUOTES"),
                        mode.contains("PIPES_AS_CONCAT"),
                        mode.contains("NO_BACKSLASH_ESCAPES"),
                        mode.contains("STRICT"),
                        mode.contains("NO_ZERO_DATE"),
                        mode.contains("NO_ZERO_IN_DATE"),
                        mode.contains("ONLY_FULL_GROUP_BY"),
                        mode.contains("NO_AUTO_VALUE_ON_ZERO"),
                        mode.contains("ERROR_FOR_DIVISION_BY_ZERO"));
            }
        };
    }

    @Override
    public @Nullable Object userVariable(String name) {
        return userVariables.get(name);
    }

    @Override
    public void setUserVariable(String name, @Nullable Object value) {
        userVariables.put(name, value);
    }

    @Override
    public long lastInsertId() {
        return lastInsertId;
    }

    @Override
    public void setLastInsertId(long id) {
        lastInsertId = id;
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
        return rowCount;
    }

    void rowCount(long rows) {
        rowCount = rows;
    }

    @Override
    public boolean countsFoundRows() {
        return false;
    }

    @Override
    public Warnings warnings() {
        return warnings;
    }

    /** What statements asked of transactions and of the session, in order. */
    List<String> log() {
        return transactionLog;
    }

    @Override
    public Transactions transactions() {
        return new Transactions() {
            @Override
            public boolean active() {
                return true;
            }

            @Override
            public void begin(boolean readOnly) {
                transactionLog.add(readOnly ? "begin read only" : "begin");
            }

            @Override
            public void commit() {
                transactionLog.add("commit");
            }

            @Override
            public void rollback() {
                transactionLog.add("rollback");
            }

            @Override
            public void savepoint(String name) {
                transactionLog.add("savepoint " + name);
            }

            @Override
            public void rollbackTo(String name) {
                transactionLog.add("rollback to " + name);
            }

            @Override
            public void release(String name) {
                transactionLog.add("release " + name);
            }

            @Override
            public void reserve(String table, long id) {
                // Nothing is undone here.
            }

            @Override
            public void setAutocommit(boolean on) {
                transactionLog.add("autocommit " + on);
            }
        };
    }

    @Override
    public NamedLocks locks() {
        throw new UnsupportedOperationException("nobody locks in these tests");
    }

    @Override
    public void kill(long connectionId, boolean queryOnly) {
        transactionLog.add("kill " + connectionId + (queryOnly ? " query" : ""));
    }

    @Override
    public List<ConnectionInfo> connections() {
        return List.of();
    }

    @Override
    public void sleep(Duration time) {
        throw new IllegalStateException("nothing to wait for");
    }

    @Override
    public long statementMicros() {
        return NOW_MICROS;
    }

    /** Keeps all warnings. */
    private static final class Noted implements Warnings {
        private final List<Warning> kept = new ArrayList<>();

        @Override
        public void add(Level level, int number, String message) {
            kept.add(new Warning(level, number, message));
        }

        @Override
        public int count() {
            return kept.size();
        }

        @Override
        public List<Warning> list() {
            return kept;
        }

        @Override
        public void clear() {
            kept.clear();
        }
    }

    @Override
    public SqlPreparedStatements preparedStatements() {
        throw new UnsupportedOperationException("nobody prepares by SQL in these tests");
    }
}
