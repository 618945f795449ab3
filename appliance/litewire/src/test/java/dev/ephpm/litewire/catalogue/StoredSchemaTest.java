package dev.ephpm.litewire.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.SqlError;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SQLite has in its file after statements about the schema: rows survive, plain tools can read it. */
class StoredSchemaTest {
    private Statements statements;

    @BeforeEach
    void open() throws SQLException {
        statements = new Statements();
    }

    @AfterEach
    void close() throws SQLException {
        statements.close();
    }

    @Test
    void rebuildingKeepsEveryRowAndTheSequence() throws SQLException {
        statements.run(
                "CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, n VARCHAR(20), v VARCHAR(10), KEY (n))");
        statements.store("INSERT INTO t (n, v) VALUES ('a', '1'), ('b', '2'), ('c', NULL)");
        statements.store("DELETE FROM t WHERE id = 3");
        statements.run("ALTER TABLE t MODIFY v INT, ADD w VARCHAR(5) NOT NULL FIRST");
        assertThat(statements.stored("SELECT w, id, n, v, typeof(v) FROM t"))
                .containsExactly("|1|a|1|integer", "|2|b|2|integer");
        statements.store("INSERT INTO t (w, n) VALUES ('', 'd')");
        assertThat(statements.stored("SELECT max(id) FROM t")).containsExactly("4");
        assertThat(statements.stored("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 't'"))
                .containsExactly("t__n");
    }

    @Test
    void rebuildingAParentLeavesTheChildrenAlone() throws SQLException {
        statements.run("CREATE TABLE p (id INT PRIMARY KEY, x VARCHAR(5))");
        statements.run("CREATE TABLE c (p INT, FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE)");
        statements.store("INSERT INTO p VALUES (1, 'a')");
        statements.store("INSERT INTO c VALUES (1)");
        statements.run("ALTER TABLE p MODIFY x INT FIRST");
        assertThat(statements.stored("SELECT count(*) FROM c")).containsExactly("1");
        assertThatThrownBy(() -> statements.store("INSERT INTO c VALUES (2)")).hasMessageContaining("FOREIGN KEY");
        statements.run("ALTER TABLE p CHANGE id pid INT");
        assertThatThrownBy(() -> statements.store("INSERT INTO c VALUES (2)")).hasMessageContaining("FOREIGN KEY");
        assertThat(statements.definition("c")).contains("REFERENCES `p` (`pid`)");
    }

    @Test
    void appendingAColumnDoesNotTouchTheRows() throws SQLException {
        statements.run("CREATE TABLE t (a INT)");
        statements.store("INSERT INTO t VALUES (1)");
        String before = statements
                .stored("SELECT rootpage FROM sqlite_master WHERE name = 't'")
                .getFirst();
        statements.run("ALTER TABLE t ADD b INT NOT NULL DEFAULT 7");
        assertThat(statements.stored("SELECT a, b FROM t")).containsExactly("1|7");
        assertThat(statements.stored("SELECT rootpage FROM sqlite_master WHERE name = 't'"))
                .containsExactly(before);
    }

    @Test
    void idsAreNeverUsedAgain() throws SQLException {
        statements.run(
                "CREATE TABLE t (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, PRIMARY KEY (id)) AUTO_INCREMENT = 10");
        statements.store("INSERT INTO t DEFAULT VALUES");
        statements.store("DELETE FROM t");
        statements.store("INSERT INTO t DEFAULT VALUES");
        assertThat(statements.stored("SELECT id FROM t")).containsExactly("11");
        assertThat(statements.definition("t")).contains("AUTO_INCREMENT=12");
        statements.run("TRUNCATE t");
        statements.store("INSERT INTO t DEFAULT VALUES");
        assertThat(statements.stored("SELECT id FROM t")).containsExactly("1");
    }

    @Test
    void anAutoIncrementColumnMayBePartOfAKeyOnly() throws SQLException {
        statements.run(
                "CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT, g INT NOT NULL, PRIMARY KEY (g, id), KEY (id))");
        statements.store("INSERT INTO t (g) VALUES (1), (1), (2)");
        statements.store("INSERT INTO t (g, id) VALUES (3, 10)");
        statements.store("INSERT INTO t (g) VALUES (4)");
        assertThat(statements.stored("SELECT g, id FROM t ORDER BY rowid"))
                .containsExactly("1|1", "1|2", "2|3", "3|10", "4|11");
        statements.run("RENAME TABLE t TO u");
        statements.store("INSERT INTO u (g) VALUES (5)");
        assertThat(statements.stored("SELECT max(id) FROM u")).containsExactly("12");
    }

    @Test
    void aUniquePrefixIsUnique() throws SQLException {
        statements.run("CREATE TABLE t (a TEXT, UNIQUE KEY k (a(3)))");
        statements.store("INSERT INTO t VALUES ('abcd')");
        assertThatThrownBy(() -> statements.store("INSERT INTO t VALUES ('ABCx')"))
                .hasMessageContaining("t__k");
    }

    @Test
    void addingAUniqueKeyNamesTheDuplicate() throws SQLException {
        statements.run("CREATE TABLE t (a INT, b INT)");
        statements.store("INSERT INTO t VALUES (1, 2), (1, 2), (NULL, 3), (NULL, 3)");
        assertThatThrownBy(() -> statements.run("ALTER TABLE t ADD UNIQUE KEY k (a, b)"))
                .isInstanceOf(SqlError.class)
                .hasMessage("Duplicate entry '1-2' for key 'k'");
    }

    @Test
    void checksAndJsonAreEnforcedBySqlite() throws SQLException {
        statements.run("CREATE TABLE t (j JSON, n INT CHECK (n > 0), CONSTRAINT small CHECK (n < 10 and n <> 5))");
        statements.store("INSERT INTO t VALUES ('{\"a\": 1}', 1), (NULL, NULL)");
        assertThatThrownBy(() -> statements.store("INSERT INTO t (j) VALUES ('{')"))
                .hasMessageContaining("j");
        assertThatThrownBy(() -> statements.store("INSERT INTO t (n) VALUES (0)"))
                .hasMessageContaining("n");
        assertThatThrownBy(() -> statements.store("INSERT INTO t (n) VALUES (5)"))
                .hasMessageContaining("small");
    }

    @Test
    void generatedColumnsAreComputedBySqlite() throws SQLException {
        statements.run(
                "CREATE TABLE t (a VARCHAR(9), b VARCHAR(9) AS (concat(upper(a), '!')) STORED, c INT AS (length(a)))");
        statements.store("INSERT INTO t (a) VALUES ('xé')");
        assertThat(statements.stored("SELECT a, b, c FROM t")).containsExactly("xé|Xé!|3");
    }

    @Test
    void tablesOfOtherProgramsAreDescribed() throws SQLException {
        statements.store(
                "CREATE TABLE plain (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT 'x', price REAL, raw BLOB)");
        statements.store("CREATE UNIQUE INDEX by_name ON plain (name)");
        assertThat(statements.rows("DESCRIBE plain"))
                .containsExactly(
                        "id|bigint(20)|NO|PRI|NULL|auto_increment",
                        "name|longtext|NO|UNI|x|",
                        "price|double|YES||NULL|",
                        "raw|longblob|YES||NULL|");
        Catalogue.install(statements.database);
        assertThat(statements.stored("SELECT name FROM __lw_columns WHERE table_name = 'plain'"))
                .containsExactly("id", "name", "price", "raw");
    }

    @Test
    void columnsAddedByOtherProgramsAppear() throws SQLException {
        statements.run("CREATE TABLE t (a VARCHAR(9) COMMENT 'kept')");
        statements.store("ALTER TABLE t ADD COLUMN b INTEGER");
        assertThat(statements.rows("SHOW FULL COLUMNS FROM t"))
                .containsExactly(
                        "a|varchar(9)|utf8mb4_unicode_ci|YES||NULL||select,insert,update,references|kept",
                        "b|bigint(20)|NULL|YES||NULL||select,insert,update,references|");
    }

    @Test
    void everyChangeOfTheCatalogueChangesTheVersion() throws SQLException {
        statements.run("CREATE TABLE t (a INT)");
        long version = Catalogue.version(statements.database);
        statements.run("ALTER TABLE t MODIFY a INT COMMENT 'new'");
        assertThat(Catalogue.version(statements.database)).isGreaterThan(version);
    }

    @Test
    void aFailedStatementChangesNothing() throws SQLException {
        statements.run("CREATE TABLE t (a INT)");
        assertThatThrownBy(() -> statements.run("ALTER TABLE t ADD b INT, DROP nope"))
                .isInstanceOf(SqlError.class);
        assertThat(statements.rows("SHOW COLUMNS FROM t")).hasSize(1);
        assertThat(statements.stored("PRAGMA foreign_keys")).containsExactly("1");
    }

    @Test
    void theCatalogueIsHiddenAndReserved() throws SQLException {
        assertThat(statements.rows("SHOW TABLES")).isEmpty();
        assertThatThrownBy(() -> statements.run("CREATE TABLE __lw_x (a INT)"))
                .hasMessageContaining("Incorrect table name");
        assertThatThrownBy(() -> statements.run("SHOW CREATE TABLE __lw_tables"))
                .hasMessageContaining("doesn't exist");
        assertThatThrownBy(() -> statements.run("DROP TABLE __lw_tables")).hasMessageContaining("Unknown table");
    }

    @Test
    void droppingTheDatabaseEmptiesIt() throws SQLException {
        statements.run("CREATE TABLE a (id INT PRIMARY KEY)");
        statements.run("CREATE TABLE b (a INT, FOREIGN KEY (a) REFERENCES a (id))");
        statements.run("DROP DATABASE wp");
        assertThat(statements.rows("SHOW TABLES")).isEmpty();
        statements.run("CREATE DATABASE wp");
        assertThatThrownBy(() -> statements.run("CREATE DATABASE wp")).hasMessageContaining("database exists");
        assertThatThrownBy(() -> statements.run("CREATE DATABASE other")).hasMessageContaining("Access denied");
    }

    @Test
    void aDumpOfTheFileLoadsIntoPlainSqlite() throws SQLException {
        statements.run(
                "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, n VARCHAR(20) COLLATE utf8mb4_unicode_520_ci,"
                        + " d DATETIME DEFAULT CURRENT_TIMESTAMP, j JSON, e ENUM('a','b') DEFAULT 'a', UNIQUE KEY (n(5)))");
        try (MemoryDatabase other = new MemoryDatabase()) {
            for (String sql :
                    statements.stored("SELECT sql FROM sqlite_master WHERE tbl_name IN ('t', '__lw_spellings')"
                            + " AND sql IS NOT NULL")) {
                other.update(sql, List.of());
            }
            other.update("INSERT INTO t (n) VALUES ('x'), ('é')", List.of());
            assertThat(Rows.number(
                            other, "SELECT count(*) FROM __lw_spellings WHERE spelling = 'é' AND folded IS NULL"))
                    .as("noted, to be folded when litewire next writes")
                    .isEqualTo(1);
            assertThat(Rows.number(other, "SELECT count(*) FROM t WHERE n = 'X' AND e = 'a' AND d LIKE '20%'"))
                    .isEqualTo(1);
        }
    }
}
