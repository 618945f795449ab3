package dev.ephpm.litewire.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.LitewireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.Function;

@ParameterizedClass
@EnumSource(TestLibrary.class)
final class SqliteConnectionTest {
    private static final int SOME = 5;

    private final TestLibrary way;

    @TempDir
    Path directory;

    private SqliteConnection connection;

    SqliteConnectionTest(TestLibrary way) {
        this.way = way;
    }

    @BeforeEach
    void open() throws SQLException {
        DatabaseFile file = new DatabaseFile(directory.resolve("a.db"), "normal");
        connection = SqliteConnection.open(
                way.library(), file, (driver, _) -> Function.create(driver, "twice", new Twice()));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void keepsEveryKindOfValueExactly() throws SQLException {
        connection.execute("CREATE TABLE t(a, b, c, d, e)");
        byte[] blob = {0, 1, -1};
        connection.update(
                "INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5)",
                Arrays.asList(null, Long.MIN_VALUE, 0.1, "nul\0 and \uD83D\uDE00", blob));

        List<@Nullable Object> row = firstRow("SELECT * FROM t");

        assertThat(row).containsExactly(null, Long.MIN_VALUE, 0.1, "nul\0 and \uD83D\uDE00", blob);
    }

    @Test
    void keepsBytesThatAreNotUtf8() throws SQLException {
        byte[] bytes = {'a', (byte) 0xff, 0, (byte) 0xc3, 'b'};

        List<@Nullable Object> row = firstRow("SELECT ?1", List.of(RawText.decode(bytes, 0, bytes.length)));

        assertThat(row).containsExactly((Object) bytes);
    }

    @Test
    void emptyTextAndEmptyBlobAreNotNull() throws SQLException {
        assertThat(firstRow("SELECT typeof(?1), typeof(?2), ?1, ?2", List.of("", new byte[0])))
                .containsExactly("text", "blob", "", new byte[0]);
    }

    @Test
    void callsFunctionsWrittenInJava() throws SQLException {
        assertThat(firstRow("SELECT twice('é')")).containsExactly("éé");
    }

    @Test
    void sameTextMayRunInsideItself() throws SQLException {
        String sql = "SELECT value FROM generate(1)".replace("generate(1)", "(SELECT 1 AS value UNION ALL SELECT 2)");
        List<Object> seen = new ArrayList<>();
        try (SqliteCursor outer = connection.query(sql, List.of())) {
            while (outer.next()) {
                seen.add(outer.value(0));
                try (SqliteCursor inner = connection.query(sql, List.of())) {
                    assertThat(inner.next()).isTrue();
                    assertThat(inner.value(0)).isEqualTo(1L);
                }
            }
        }
        assertThat(seen).containsExactly(1L, 2L);
    }

    @Test
    void seesColumnsAddedAfterAStatementWasPrepared() throws SQLException {
        connection.execute("CREATE TABLE t(a)");
        connection.execute("INSERT INTO t VALUES(1)");
        assertThat(firstRow("SELECT * FROM t")).containsExactly(1L);

        connection.execute("ALTER TABLE t ADD COLUMN b DEFAULT 'new'");

        assertThat(firstRow("SELECT * FROM t")).containsExactly(1L, "new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ";", "-- nothing", "/* nothing */", "SELECT 1; SELECT 2", "SELECT 1; ATTACH 'x' AS y"})
    void refusesWhatIsNotExactlyOneStatement(String sql) {
        assertThatThrownBy(() -> connection.query(sql, List.of())).isInstanceOf(SqliteException.class);
        assertThatThrownBy(() -> connection.update(sql, List.of())).isInstanceOf(SqliteException.class);
    }

    @Test
    void forgetsTheOldestStatementsPastTheLimit() throws SQLException {
        for (int i = 0; i < 1000; i++) {
            assertThat(firstRow("SELECT " + i)).containsExactly((long) i);
        }
        assertThat(firstRow("SELECT 0")).containsExactly(0L);
    }

    @Test
    void valuesAreThereOnlyWhileTheirRowIs() throws SQLException {
        SqliteCursor cursor = connection.query("SELECT 'text'", List.of());
        assertThatThrownBy(() -> cursor.value(0)).isInstanceOf(IllegalStateException.class);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.value(0)).isEqualTo("text");
        assertThatThrownBy(() -> cursor.value(1)).isInstanceOf(IllegalStateException.class);
        assertThat(cursor.next()).isFalse();
        assertThatThrownBy(() -> cursor.value(0)).isInstanceOf(IllegalStateException.class);
        connection.endStatements();
        assertThatThrownBy(cursor::columnCount).isInstanceOf(IllegalStateException.class);
        cursor.close();
        assertThat(firstRow("SELECT 'text'")).containsExactly("text");
    }

    @Test
    void closesWhileACursorIsOpen() throws SQLException {
        SqliteCursor cursor = connection.query("SELECT 1 UNION ALL SELECT 2", List.of());
        assertThat(cursor.next()).isTrue();

        connection.close();

        assertThat(Files.exists(directory.resolve("a.db-wal"))).isFalse();
    }

    @Test
    void interruptEndsARunningStatement() throws Exception {
        String endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        Thread interrupter = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                connection.interrupt();
                Thread.onSpinWait();
            }
        });
        try {
            assertThatThrownBy(() -> firstRow(endless))
                    .isInstanceOfSatisfying(
                            SqliteException.class,
                            e -> assertThat(e.primaryCode()).isEqualTo(ResultCode.INTERRUPT));
        } finally {
            interrupter.interrupt();
            interrupter.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH 'other.db' AS other",
                "/**/ATTACH 'other.db' AS other",
                "EXPLAIN ATTACH 'other.db' AS other",
                "DETACH main",
                "VACUUM INTO 'other.db'",
                "PRAGMA writable_schema = 1",
                "PRAGMA main.writable_schema = 1",
                "PRAGMA journal_mode = DELETE",
                "PRAGMA temp_store_directory = '/'",
                "PRAGMA trusted_schema = 0",
                "PRAGMA database_list",
                "SELECT load_extension('other.so')",
                "SELECT * FROM pragma_database_list",
                "SELECT * FROM \"pragma_database_list\"",
                "SELECT * FROM main.[pragma_database_list]",
                "PRAGMA\nmain . writable_schema(1)",
                "PRAGMA user_version = 7",
                "-- harmless\nVACUUM INTO 'other.db'",
                "CREATE VIRTUAL TABLE v USING dbstat",
                "CREATE VIRTUAL TABLE IF NOT EXISTS main.v USING dbstat(main)",
            })
    void refusesWhatReachesOutsideTheFile(String sql) {
        assertThatThrownBy(() -> firstRow(sql)).isInstanceOf(SqliteException.class);
        assertThat(directory.resolve("other.db")).doesNotExist();
    }

    @Test
    void comparesLikeMySqlsCollation() throws SQLException {
        assertThat(firstRow("SELECT 'é' = 'E' COLLATE utf8mb4_unicode_ci, 'a ' = 'A' COLLATE utf8mb4_unicode_ci,"
                        + " 'Straße' = 'STRASSE' COLLATE utf8mb4_unicode_ci, '_' < 'a' COLLATE utf8mb4_unicode_ci,"
                        + " 'z' < 'ä' COLLATE utf8mb4_unicode_ci, 'Æ' = 'ae' COLLATE utf8mb4_unicode_ci,"
                        + " 'a ' = 'a' COLLATE utf8mb4_bin, 'a' = 'A' COLLATE utf8mb4_bin"))
                .containsExactly(1L, 1L, 1L, 1L, 0L, 0L, 1L, 0L);
    }

    @Test
    void collationKeysAreEqualExactlyWhenTheCollationSaysSo() throws SQLException {
        String[] texts = {
            "", " ", "a", "A  ", "á", "ß", "ss", "SS ", "日本", "\uD83D\uDE00", "\t", "a\u0300", "à", "ﬁ", "fi", "Ø"
        };
        for (String left : texts) {
            for (String right : texts) {
                List<@Nullable Object> row = firstRow(
                        "SELECT ?1 = ?2 COLLATE utf8mb4_unicode_ci, mysql_fold(?1, 'utf8mb4_unicode_ci') = mysql_fold(?2, 'utf8mb4_unicode_ci')",
                        List.of(left, right));
                assertThat(row.get(0)).as("%s = %s", left, right).isEqualTo(row.get(1));
            }
        }
    }

    @Test
    void javaSaysTheSameOfEveryCollation() throws SQLException {
        String[] texts = {
            "",
            " ",
            "a",
            "A  ",
            "á",
            "ß",
            "ss",
            "日本",
            "\uD83D\uDE00",
            "\uD83D\uDE01",
            "\t",
            "a\n",
            "a\u0300",
            "à",
            "ﬁ",
            "Ø",
            "_a",
            "a_",
            "10",
            "가",
            "Ж",
            "ё",
            "\u200b",
            "ı",
            "I",
            "y",
            "㌀",
            "\uFFFD"
        };
        for (String name : CollationNames.tables()) {
            CollationRules rules = CollationRules.of(name);
            for (int i = 0; i < texts.length; i++) {
                for (int j = 0; j < SOME; j++) {
                    String left = texts[i];
                    String right = texts[(i + j) % texts.length];
                    List<@Nullable Object> row = firstRow(
                            "SELECT (?1 < ?2 COLLATE " + name + "), (?1 = ?2 COLLATE " + name + "), mysql_fold(?1, ?3),"
                                    + " mysql_like(?1, ?2, '\\', ?3)",
                            List.of(left, right, name));
                    int order = rules.compare(left, right);
                    assertThat(row)
                            .as("%s: %s and %s", name, left, right)
                            .containsExactly(
                                    order < 0 ? 1L : 0L,
                                    order == 0 ? 1L : 0L,
                                    rules.fold(left),
                                    rules.like(left, right, '\\') ? 1L : 0L);
                }
            }
        }
    }

    @Test
    void takesTheDriverAloneWhenTheExtensionCannotBeLoaded() throws IOException {
        Files.writeString(directory.resolve(NativeLibrary.FILE_NAME), "not a library");

        assertThat(SqliteLibrary.load(directory)).isInstanceOf(DriverLibrary.class);
        assertThatThrownBy(() -> new NativeLibrary(directory))
                .isInstanceOf(LitewireException.class)
                .hasMessageContaining("litewire.so cannot be loaded");
        assertThatThrownBy(() -> new NativeLibrary(directory.resolve("none")))
                .isInstanceOf(LitewireException.class)
                .hasMessageContaining("litewire.so is missing");
    }

    @Test
    void knowsWhetherATransactionIsOpen() throws SQLException {
        connection.execute("CREATE TABLE t(a UNIQUE ON CONFLICT ROLLBACK)");
        assertThat(connection.inTransaction()).isFalse();
        connection.execute("BEGIN");
        assertThat(connection.inTransaction()).isTrue();
        connection.execute("INSERT INTO t VALUES(1)");
        assertThat(connection.lastInsertRowid()).isEqualTo(1);

        assertThatThrownBy(() -> connection.execute("INSERT INTO t VALUES(1)"))
                .isInstanceOfSatisfying(SqliteException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(ResultCode.CONSTRAINT_UNIQUE);
                    assertThat(e.getMessage()).isEqualTo("UNIQUE constraint failed: t.a");
                });

        assertThat(connection.inTransaction()).isFalse();
        assertThat(firstRow("SELECT count(*) FROM t")).containsExactly(0L);
    }

    @Test
    void aStatementThatFailedRunsAgain() throws SQLException {
        connection.execute("CREATE TABLE t(a)");
        String sql = "SELECT abs(a) FROM t";
        connection.execute("INSERT INTO t VALUES(" + Long.MIN_VALUE + ")");
        assertThatThrownBy(() -> firstRow(sql))
                .isInstanceOf(SqliteException.class)
                .hasMessage("integer overflow");
        connection.execute("UPDATE t SET a = -1");

        assertThat(firstRow(sql)).containsExactly(1L);
    }

    @Test
    void runsStatementsOfSeveralParts() throws SQLException {
        connection.execute("CREATE TABLE t(a, [odd; name], \"pragma\") -- ; the end");
        connection.execute("CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET a = ';'; SELECT 1; END");
        connection.execute("INSERT INTO t(a) VALUES('attach; it''s')");

        assertThat(firstRow("/* ; */ SELECT a FROM t")).containsExactly(";");
        assertThat(firstRow("EXPLAIN QUERY PLAN SELECT 1")).hasSize(4);
        assertThat(firstRow("PRAGMA table_info('t')")).contains("a");
        assertThat(firstRow("SELECT name FROM pragma_table_info('t')")).containsExactly("a");
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(a)");
    }

    @Test
    void rejectsAFileThatIsNotADatabase() throws Exception {
        Path file = directory.resolve("text.db");
        Files.write(
                file, "this is certainly not a database, only text\n".repeat(99).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(
                        () -> SqliteConnection.open(way.library(), new DatabaseFile(file, "normal"), (driver, _) -> {}))
                .hasMessageContaining("not a database");
    }

    private List<@Nullable Object> firstRow(String sql) throws SQLException {
        return firstRow(sql, List.of());
    }

    private List<@Nullable Object> firstRow(String sql, List<@Nullable Object> parameters) throws SQLException {
        try (SqliteCursor cursor = connection.query(sql, parameters)) {
            assertThat(cursor.next()).isTrue();
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < cursor.columnCount(); i++) {
                values.add(cursor.value(i));
            }
            return values;
        }
    }

    private static final class Twice extends Function {
        @Override
        protected void xFunc() throws SQLException {
            result(value_text(0) + value_text(0));
        }
    }
}
