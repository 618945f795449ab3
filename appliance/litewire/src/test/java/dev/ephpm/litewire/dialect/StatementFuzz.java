package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.MySqlEngine;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.catalogue.Catalogue;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Takes any bytes as MySQL text through lexer, normaliser, parser, translator and SQLite. Nothing but {@link SqlError} and
 * SQLite's own errors may come out, within a time, and SQLite may see only what plans make.
 */
public final class StatementFuzz {
    private static final SqlMode MODE = new SqlMode(false, false, false, true, false, false, false, false, true);
    private static final SqlMode OTHER_MODE = new SqlMode(true, true, true, false, true, true, false, true, false);
    private static final long INTERRUPTED_MILLIS = 2000;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long MOST_BYTES = 256L * 1024 * 1024;
    private static final int ROWS = 5;

    /** After so many changes the site begins anew, because statements have made and dropped tables. */
    private static final int MOST_CHANGES = 100;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50), born DATE, score DECIMAL(8,2),"
                    + " kind ENUM('a','b'), note TEXT, data JSON, UNIQUE KEY name (name))",
            "CREATE TABLE wp_posts (ID BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, post_author BIGINT DEFAULT 0, post_date"
                    + " DATETIME, post_content LONGTEXT, post_title TEXT, post_status VARCHAR(20), post_name"
                    + " VARCHAR(200), post_type VARCHAR(20), KEY post_name (post_name(191)))",
            "CREATE TABLE wp_options (option_id BIGINT AUTO_INCREMENT PRIMARY KEY, option_name VARCHAR(191) UNIQUE,"
                    + " option_value LONGTEXT, autoload VARCHAR(20))",
            "INSERT INTO people (name, born, score, kind, note) VALUES ('Ann', '2000-01-02', 1.5, 'a', 'x'),"
                    + " ('Bob', NULL, -2, 'b', 'é')");

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fuzz-watch").factory());
    private final TestSession session = new TestSession();
    private MySqlEngine engine = new MySqlEngine();
    private Path directory;
    private SqliteConnection database;
    private int changes;
    private long planned;
    private long ran;

    public StatementFuzz() {
        try {
            directory = Files.createTempDirectory("statement-fuzz");
            database = open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For Jazzer, which keeps the object of the first call. */
    public static void fuzzerTestOneInput(byte[] input) {
        Kept.FUZZ.one(input);
    }

    private static final class Kept {
        static final StatementFuzz FUZZ = new StatementFuzz();
    }

    private SqliteConnection open() throws SQLException {
        engine = new MySqlEngine();
        changes = 0;
        SqliteConnection opened = SqliteConnection.open(
                TestLibrary.NATIVE.library(),
                new DatabaseFile(directory.resolve(System.nanoTime() + ".db"), "off"),
                SqlFunctions::register);
        Catalogue.install(opened);
        database = opened;
        for (String sql : TABLES) {
            run(sql, MODE);
        }
        return opened;
    }

    /** How many statements were understood, and how many of them ran to their end. */
    public String report() {
        return planned + " plans, " + ran + " runs";
    }

    public void one(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        long start = System.nanoTime();
        // What is loaded and instrumented at the first time does not count.
        if (bytes(text) > MOST_BYTES) {
            long again = bytes(text);
            if (again > MOST_BYTES) {
                throw new AssertionError("took " + again + " bytes: " + text);
            }
        }
        if (System.nanoTime() - start > LONGEST_NANOS) {
            throw new AssertionError("took too long: " + text);
        }
    }

    private long bytes(String text) {
        long before = allocated();
        Future<?> interrupt = watch.schedule(() -> database.interrupt(), INTERRUPTED_MILLIS, TimeUnit.MILLISECONDS);
        try {
            run(text);
        } finally {
            interrupt.cancel(false);
        }
        return allocated() - before;
    }

    private void run(String text) {
        try {
            SqlMode mode = text.length() % 5 == 0 ? OTHER_MODE : MODE;
            for (String statement : engine.dialect().split(text, mode)) {
                run(statement, mode);
            }
            if (changes > MOST_CHANGES) {
                database.close();
                var _ = open();
            }
        } catch (SqlError e) {
            // An answer.
        } catch (SQLException e) {
            throw new AssertionError("the site could not be made anew after " + text, e);
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private void run(String sql, SqlMode mode) throws SQLException {
        Plan plan;
        List<Literal> literals;
        try {
            Dialect.Normalised statement = engine.dialect().normalise(sql, mode);
            Dialect.Context context = new Dialect.Context(
                    Catalogue.load(database),
                    mode,
                    "wp",
                    false,
                    "utf8mb4_unicode_ci",
                    false,
                    "wp@localhost",
                    _ -> null);
            plan = engine.dialect().plan(statement, context);
            literals = new ArrayList<>(statement.literals());
            for (int i = 0; i < statement.parameters(); i++) {
                literals.add(new Literal.Text(CheckedHandle.CANARY));
            }
        } catch (SqlError e) {
            return;
        }
        planned++;
        try {
            run(plan, literals);
            ran++;
        } catch (SqlError | SQLException e) {
            // An answer.
        }
    }

    private void run(Plan plan, List<Literal> literals) throws SQLException {
        boolean changesSchema = plan.access() == Plan.Access.SCHEMA;
        boolean transaction = plan.access() == Plan.Access.WRITE || plan.access() == Plan.Access.READ;
        changes += changesSchema ? 1 : 0;
        session.warnings().clear();
        if (transaction) {
            database.execute(plan.access() == Plan.Access.WRITE ? "BEGIN IMMEDIATE" : "BEGIN");
        }
        try {
            plan.run(new Execution(session, new CheckedHandle(database, changesSchema), literals, new FewRows()));
        } finally {
            database.endStatements();
            if (database.inTransaction()) {
                database.execute("ROLLBACK");
            }
        }
    }

    /** Ends a result that has enough rows, as a client that leaves does. */
    private static final class FewRows implements dev.ephpm.litewire.ResultSink {
        private int rows;

        @Override
        public void columns(List<dev.ephpm.litewire.Column> columns) {
            // Nobody looks.
        }

        @Override
        public void row(@org.jspecify.annotations.Nullable Object[] values) {
            rows++;
            if (rows > ROWS) {
                throw dev.ephpm.litewire.SqlErrorCode.QUERY_INTERRUPTED.with();
            }
        }

        @Override
        public void endOfRows() {
            // Nobody looks.
        }

        @Override
        public void done(long affectedRows, long lastInsertId, String info) {
            // Nobody looks.
        }
    }
}
