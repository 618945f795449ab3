package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestLibrary.class)
class DialectTest {
    private final TestLibrary way;

    @TempDir
    Path directory;

    private TestSite site;

    DialectTest(TestLibrary way) {
        this.way = way;
    }

    @BeforeEach
    void open() throws SQLException {
        site = new TestSite(directory, way);
        site.run("CREATE TABLE people (id int primary key auto_increment, name varchar(40) not null, born date,"
                + " note text, unique key name (name))");
        site.run(
                "INSERT INTO people (name, born) VALUES ('Zoë', '1990-02-03'), ('admin', NULL), ('Bob', '1980-01-01')");
    }

    @AfterEach
    void close() throws SQLException {
        site.close();
    }

    @Test
    void textIsComparedWithoutCaseAndAccents() throws SQLException {
        assertThat(site.value("SELECT id FROM people WHERE name = 'ADMIN'")).isEqualTo("2");
        assertThat(site.value("SELECT id FROM people WHERE name = 'ZOË'")).isEqualTo("1");
        assertThat(site.value("SELECT id FROM people WHERE note IS NULL AND name LIKE 'zoe%'"))
                .isEqualTo("1");
        assertThat(site.value("SELECT id FROM people WHERE name = ?", new Literal.Text("zOË")))
                .isEqualTo("1");
        assertThat(site.run("SELECT id FROM people WHERE BINARY name = 'ADMIN'").rows)
                .isEmpty();
    }

    @Test
    void aPostFullOfSqlComesBackByteForByte() throws SQLException {
        String text = "information_schema.tables '; DROP TABLE people; -- \\ \" ` \u0000 😀 ?1 {t1} \uE0000\uE001";
        site.run("UPDATE people SET note = ? WHERE id = 1", new Literal.Text(text));
        String quoted = text.replace("\\", "\\\\").replace("'", "\\'").replace("\0", "\\0");
        assertThat(site.value("SELECT count(*) FROM people WHERE note = '" + quoted + "'"))
                .isEqualTo("1");
        assertThat(site.value("SELECT note FROM people WHERE id = 1"))
                .isEqualTo(text.replace("\\", "\\\\").replace("\0", "\\0"));
    }

    @Test
    void oneStatementHasOneTime() throws SQLException {
        assertThat(site.run("SELECT NOW(), CURDATE(), UTC_TIMESTAMP(6), UNIX_TIMESTAMP()")
                        .rows
                        .getFirst())
                .containsExactly("2024-05-06 07:08:09", "2024-05-06", "2024-05-06 07:08:09.123456", "1714979289");
        site.run("SET time_zone = '+02:00'");
        assertThat(site.value("SELECT NOW()")).isEqualTo("2024-05-06 09:08:09");
    }

    @Test
    void idsAreNotUsedAgain() throws SQLException {
        site.run("DELETE FROM people WHERE id = 3");
        assertThat(site.run("INSERT INTO people (name) VALUES ('Eve')").insertId)
                .isEqualTo(4);
        assertThat(site.run("INSERT INTO people (id, name) VALUES (0, 'Mallory')").insertId)
                .isEqualTo(5);
        site.run("SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'");
        site.run("INSERT INTO people (id, name) VALUES (0, 'Nobody')");
        assertThat(site.value("SELECT name FROM people WHERE id = 0")).isEqualTo("Nobody");
    }

    @Test
    void aStatementOfSeveralRowsFailsAsAWhole() throws SQLException {
        assertThatThrownBy(() -> site.run("INSERT INTO people (name) VALUES ('new'), ('BOB')"))
                .isInstanceOf(SqlError.class)
                .hasMessage("Duplicate entry 'BOB' for key 'name'");
        assertThat(site.value("SELECT count(*) FROM people")).isEqualTo("3");
    }

    @Test
    void newTextWithAccentsMayNotDifferInThemOnly() throws SQLException {
        assertThatThrownBy(() -> site.run("INSERT INTO people (name) VALUES ('ZOÉ')"))
                .hasMessage("Duplicate entry 'ZOÉ' for key 'name'");
        assertThatThrownBy(() -> site.run("INSERT INTO people (name) VALUES ('Bób')"))
                .hasMessage("Duplicate entry 'Bób' for key 'name'");
        assertThat(site.run("INSERT IGNORE INTO people (name) VALUES ('zoé')").affected)
                .isZero();
        site.run("INSERT INTO people (name) VALUES ('zoé') ON DUPLICATE KEY UPDATE note = 'again'");
        assertThat(site.value("SELECT note FROM people WHERE id = 1")).isEqualTo("again");
        assertThat(site.run("REPLACE INTO people (name) VALUES ('Zoé')").affected)
                .isEqualTo(2);
        assertThat(site.value("SELECT count(*) FROM people")).isEqualTo("3");
    }

    @Test
    void plainTextMayNotRepeatTextWithAccents() throws SQLException {
        assertThatThrownBy(() -> site.run("INSERT INTO people (name) VALUES ('Zoe')"))
                .hasMessage("Duplicate entry 'Zoe' for key 'name'");
        assertThat(site.value("SELECT id FROM people WHERE name = 'zoe'")).isEqualTo("1");
        assertThatThrownBy(() -> site.run("UPDATE people SET name = 'ZOE' WHERE id = 2"))
                .hasMessage("Duplicate entry 'ZOE' for key 'name'");
    }

    @Test
    void foundRowsCountsWhatTheLimitCutOff() throws SQLException {
        site.run("SELECT SQL_CALC_FOUND_ROWS id FROM people ORDER BY id LIMIT 1, 1");
        assertThat(site.value("SELECT FOUND_ROWS()")).isEqualTo("3");
        site.run("SELECT SQL_CALC_FOUND_ROWS id FROM people LIMIT 5, 5");
        assertThat(site.value("SELECT FOUND_ROWS()")).isEqualTo("3");
    }

    @Test
    void markersAreConvertedLikeLiterals() throws SQLException {
        Literal one = new Literal.Text("1");
        assertThat(site.run("SELECT id FROM people ORDER BY id LIMIT ? OFFSET ?", one, one).rows)
                .containsExactly(List.of("2"));
        assertThat(site.value("SELECT name FROM people WHERE id = ?", one)).isEqualTo("Zoë");
        assertThat(site.value("SELECT id FROM people WHERE born = ?", new Literal.Text("1990-2-3")))
                .isEqualTo("1");
        assertThat(site.plan("SELECT id, ? FROM people WHERE id = ?").columns()).hasSize(2);
    }

    @Test
    void userVariablesMayChangeWithinAStatement() throws SQLException {
        site.run("SET @n = 0");
        assertThat(site.run("SELECT @n := @n + 1, name FROM people ORDER BY id").rows)
                .extracting(List::getFirst)
                .containsExactly("1", "2", "3");
    }

    @Test
    void updateCanHandOutANumber() throws SQLException {
        TestSite.Answer answer = site.run("UPDATE people SET id = LAST_INSERT_ID(id + 100) WHERE name = 'Bob'");
        assertThat(answer.insertId).isEqualTo(103);
        assertThat(site.value("SELECT LAST_INSERT_ID()")).isEqualTo("103");
    }

    @Test
    void plansAskForWhatTheyNeed() throws SQLException {
        assertThat(site.plan("SELECT @@sql_mode, DATABASE(), 'x'").access()).isEqualTo(Plan.Access.SESSION);
        assertThat(site.plan("SELECT id FROM people").access()).isEqualTo(Plan.Access.READ);
        assertThat(site.plan("SELECT id FROM people FOR UPDATE").access()).isEqualTo(Plan.Access.WRITE);
        assertThat(site.plan("DELETE FROM people").access()).isEqualTo(Plan.Access.WRITE);
        assertThat(site.plan("SET autocommit = 0").access()).isEqualTo(Plan.Access.TRANSACTION);
        assertThat(site.plan("SET @a = 1, sql_mode = ''").access()).isEqualTo(Plan.Access.SESSION);
        assertThat(site.plan("CREATE TABLE t (a int)").access()).isEqualTo(Plan.Access.SCHEMA);
        assertThat(site.plan("SELECT SLEEP(1), GET_LOCK('a', 1)").access()).isEqualTo(Plan.Access.COMPUTATION);
        assertThat(site.plan("SELECT (SELECT COUNT(*) FROM people)").access()).isEqualTo(Plan.Access.READ);
    }

    @Test
    void whatIsMariaDbsLanguageButNotOursIs1235() {
        for (String sql : List.of(
                "ANALYZE FORMAT=JSON SELECT 1",
                "BEGIN NOT ATOMIC SELECT 1; END",
                "SELECT id FROM people LIMIT ROWS EXAMINED 5",
                "SELECT id FROM people INTERSECT ALL SELECT id FROM people",
                "SHOW PROFILE FOR QUERY 1",
                "ALTER TABLE people REMOVE PARTITIONING")) {
            assertThatThrownBy(() -> site.plan(sql))
                    .as(sql)
                    .isInstanceOfSatisfying(
                            SqlError.class,
                            e -> assertThat(e.code()).as(sql).isEqualTo(SqlErrorCode.NOT_SUPPORTED_YET));
        }
        for (String sql : List.of("SELEC 1", "SELECT FROM people", "ROWS EXAMINE", "SHOW PROFIL")) {
            assertThatThrownBy(() -> site.plan(sql))
                    .as(sql)
                    .isInstanceOfSatisfying(
                            SqlError.class, e -> assertThat(e.code()).as(sql).isEqualTo(SqlErrorCode.PARSE_ERROR));
        }
    }

    @Test
    void anOldWayToNameTablesToDeleteFromWorks() throws SQLException {
        var _ = site.run("DELETE p.* FROM people p WHERE p.name = 'Bob'");
        assertThat(site.value("SELECT COUNT(*) FROM people WHERE name = 'Bob'")).isEqualTo("0");
    }

    @Test
    void numbersAsLargeAsASlotsAreNumbers() throws SQLException {
        assertThat(site.value("SELECT ROUND(1.5, 1000000000) IS NULL")).isEqualTo("0");
        assertThat(site.value("SELECT 'x', 1000000000 FROM people ORDER BY 1000000001"))
                .isNotNull();
    }

    @Test
    void sessionStatementsReachTheSession() throws SQLException {
        for (String sql : List.of(
                "BEGIN",
                "START TRANSACTION READ ONLY",
                "SAVEPOINT `a`",
                "ROLLBACK TO SAVEPOINT a",
                "RELEASE SAVEPOINT a",
                "COMMIT ",
                "COMMIT AND CHAIN",
                "ROLLBACK WORK",
                "SET AUTOCOMMIT=0",
                "use `wp`",
                "KILL QUERY 12")) {
            site.run(sql);
        }
        assertThat(site.session().log())
                .filteredOn(entry -> !entry.startsWith("reserve "))
                .containsExactly(
                        "begin",
                        "begin read only",
                        "savepoint a",
                        "rollback to a",
                        "release a",
                        "commit",
                        "commit",
                        "begin",
                        "rollback",
                        "autocommit false",
                        "use wp",
                        "kill 12 query");
    }

    @Test
    void setKeepsNamesAndExpressions() throws SQLException {
        site.run("SET NAMES 'utf8mb4' COLLATE 'utf8mb4_unicode_520_ci', @x = 1 + 2, @y := 'a'");
        assertThat(site.value("SELECT @@collation_connection")).isEqualTo("utf8mb4_unicode_520_ci");
        assertThat(site.run("SELECT @x, @y").rows.getFirst()).containsExactly("3", "a");
        site.run("SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')");
        assertThat(site.value("SELECT \"name\" FROM people WHERE id = 2")).isEqualTo("admin");
        site.run("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
        assertThat(site.value("SELECT @@tx_isolation")).isEqualTo("READ-COMMITTED");
        assertThatThrownBy(() -> site.run("SET GLOBAL wait_timeout = 1")).hasMessageContaining("SUPER");
        assertThatThrownBy(() -> site.run("SET nonsense = 1")).hasMessage("Unknown system variable 'nonsense'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH DATABASE 'x' AS y",
                "PRAGMA foreign_keys = 0",
                "VACUUM INTO 'x'",
                "EXPLAIN ATTACH 'x'",
                "SELECT LOAD_FILE('x')",
                "SELECT 1 INTO OUTFILE 'x'",
                "SELECT 1 INTO DUMPFILE 'x'",
                "LOAD DATA INFILE 'x' INTO TABLE people",
                "CREATE TRIGGER t BEFORE INSERT ON people FOR EACH ROW SET @a = 1",
                "CREATE PROCEDURE p() SELECT 1",
                "SELECT load_extension('x')",
                "SELECT readfile('x')",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM pragma_table_list",
                "SELECT * FROM __lw_tables",
                "INSERT INTO sqlite_sequence VALUES ('x', 1)",
                "BENCHMARK",
                "",
            })
    void whatReachesOutsideOrIsNotMySqlIsRefused(String sql) {
        assertThatThrownBy(() -> site.run(sql)).isInstanceOf(SqlError.class);
    }

    @Test
    void explainTellsOfIndexes() throws SQLException {
        List<String> row =
                site.run("EXPLAIN SELECT * FROM people WHERE name = 'x'").rows.getFirst();
        assertThat(row.get(2)).isEqualTo("people");
        assertThat(row.get(3)).isEqualTo("ref");
        assertThat(site.run("EXPLAIN SELECT * FROM people WHERE id = 1")
                        .rows
                        .getFirst()
                        .get(3))
                .isEqualTo("const");
    }

    @Test
    void lookupsByTextUseTheIndexOfTheColumn() throws SQLException {
        assertThat(site.run("EXPLAIN SELECT * FROM people WHERE name IN ('a', 'b')")
                        .rows
                        .getFirst()
                        .get(3))
                .isEqualTo("ref");
    }
}
