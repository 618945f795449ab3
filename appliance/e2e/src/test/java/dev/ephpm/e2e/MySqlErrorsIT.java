package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types, collations and refusals are MySQL's, down to number, SQLSTATE and wording. */
class MySqlErrorsIT {
    private static final String HOST = "errors.test";

    @RegisterExtension
    static final Appliance appliance = new Appliance().site(HOST, site -> site.file("index.html", "page"));

    @BeforeAll
    static void createTables() {
        db().query("CREATE TABLE parent (id INT PRIMARY KEY) ENGINE=InnoDB;"
                + "CREATE TABLE child (id INT PRIMARY KEY AUTO_INCREMENT, parent_id INT,"
                + " CONSTRAINT fk_parent FOREIGN KEY (parent_id) REFERENCES parent (id)) ENGINE=InnoDB;"
                + "CREATE TABLE person (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(5) NOT NULL, age TINYINT,"
                + " UNIQUE KEY by_name (name)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;"
                + "INSERT INTO person (name, age) VALUES ('anna', 1);");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM missing | 1146 | 42S02 | Table 'errors_test.missing' doesn't exist",
                "INSERT INTO missing VALUES (1) | 1146 | 42S02 | Table 'errors_test.missing' doesn't exist",
                "INSERT INTO person (name) VALUES ('anna') | 1062 | 23000 | Duplicate entry 'anna' for key 'by_name'",
                "INSERT INTO person (name) VALUES ('ANNA') | 1062 | 23000 | Duplicate entry 'ANNA' for key 'by_name'",
                "INSERT INTO person (id, name) VALUES (1, 'x') | 1062 | 23000 | Duplicate entry '1' for key 'PRIMARY'",
                "SELECT missing FROM person | 1054 | 42S22 | Unknown column 'missing' in",
                "SELECT id FROM person WHERE missing = 1 | 1054 | 42S22 | Unknown column 'missing' in",
                "SELECT id FROM person ORDER BY missing | 1054 | 42S22 | Unknown column 'missing' in",
                "INSERT INTO person (nosuch) VALUES (1) | 1054 | 42S22 | Unknown column 'nosuch' in",
                "SELEC 1 | 1064 | 42000 | You have an error in your SQL syntax",
                "SELECT FROM WHERE | 1064 | 42000 | You have an error in your SQL syntax",
                "INSERT INTO child (parent_id) VALUES (99) | 1452 | 23000 | Cannot add or update a child row: a foreign key constraint fails",
                "INSERT INTO person (name) VALUES (NULL) | 1048 | 23000 | Column 'name' cannot be null",
                "UPDATE person SET name = NULL | 1048 | 23000 | Column 'name' cannot be null",
                "INSERT INTO person (name, age) VALUES ('b', 300) | 1264 | 22003 | Out of range value for column 'age' at row 1",
                "INSERT INTO person (name) VALUES ('toolong') | 1406 | 22001 | Data too long for column 'name' at row 1",
                "INSERT INTO person (age) VALUES (1) | 1364 | HY000 | Field 'name' doesn't have a default value",
                "CREATE TABLE person (a INT) | 1050 | 42S01 | Table 'person' already exists",
                "DROP TABLE missing | 1051 | 42S02 | Unknown table 'errors_test.missing'",
                "INSERT INTO person VALUES (1) | 1136 | 21S01 | Column count doesn't match value count at row 1",
                "SELECT NO_SUCH_FUNCTION(1) | 1305 | 42000 | FUNCTION errors_test.NO_SUCH_FUNCTION does not exist",
                "ALTER TABLE person DROP COLUMN missing | 1091 | 42000 | Can't DROP",
                "ALTER TABLE person ADD COLUMN age INT | 1060 | 42S21 | Duplicate column name 'age'",
                "ALTER TABLE person ADD KEY by_name (name) | 1061 | 42000 | Duplicate key name 'by_name'",
                "SELECT id FROM parent JOIN child ON parent.id = child.parent_id | 1052 | 23000 | is ambiguous",
                "USE missing | 1049 | 42000 | Unknown database 'missing'",
            })
    void refusalIsMySqls(String sql, int number, String state, String message) {
        Database.Failure failure = db().failure(sql);
        assertThat(failure.number()).isIn(number, number == 1049 ? 1044 : number);
        if (failure.number() == number) {
            assertThat(failure.state()).isEqualTo(state);
            assertThat(failure.message()).contains(message);
        }
    }

    @Test
    void failedStatementChangesNothing() {
        db().failure("INSERT INTO person (name) VALUES ('one'), ('two'), ('anna')");
        assertThat(db().query("SELECT name FROM person WHERE name IN ('one', 'two')"))
                .isEmpty();
    }

    @Test
    void namesCompareWithoutCase() {
        db().query(
                        "CREATE TABLE users (user_login VARCHAR(60), bin VARCHAR(10) COLLATE utf8mb4_bin) COLLATE utf8mb4_unicode_520_ci;"
                                + "INSERT INTO users VALUES ('admin', 'admin')");
        assertThat(db().query("SELECT user_login FROM users WHERE user_login = 'ADMIN'"))
                .containsExactly("admin");
        assertThat(db().query("SELECT user_login FROM users WHERE user_login LIKE 'AD%'"))
                .containsExactly("admin");
        assertThat(db().query("SELECT user_login FROM users WHERE user_login IN ('Admin')"))
                .containsExactly("admin");
        assertThat(db().query("SELECT user_login FROM users WHERE bin = 'ADMIN'"))
                .isEmpty();
        assertThat(db().query("SELECT user_login FROM users WHERE BINARY user_login = 'ADMIN'"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'é' = 'e' COLLATE utf8mb4_unicode_ci, 1",
                "'É' = 'e' COLLATE utf8mb4_unicode_ci, 1",
                "'é' = 'e' COLLATE utf8mb4_bin, 0",
                "'ß' = 'ss' COLLATE utf8mb4_unicode_ci, 1",
                "'ä' = 'a' COLLATE utf8mb4_general_ci, 1",
                "'a' = 'a ' COLLATE utf8mb4_unicode_ci, 1",
                "'a' = 'B' COLLATE utf8mb4_unicode_ci, 0",
                "'a' < 'B' COLLATE utf8mb4_unicode_ci, 1",
                "'Z' < 'a' COLLATE utf8mb4_bin, 1",
                "_utf8mb4 'é' LIKE 'E' COLLATE utf8mb4_unicode_ci, 1",
            })
    void textComparesAsTheCollationSays(String expression, String expected) {
        assertThat(db().value("SET NAMES utf8mb4; SELECT " + expression)).isEqualTo(expected);
    }

    @Test
    void uniqueKeyAndGroupFollowTheCollation() {
        db().query(
                        "CREATE TABLE words (w VARCHAR(20), UNIQUE KEY w (w)) COLLATE utf8mb4_unicode_ci; INSERT INTO words VALUES ('a'), ('resume')");
        assertThat(db().failure("INSERT INTO words VALUES ('A')").number()).isEqualTo(1062);
        assertThat(db().query("SELECT w FROM words WHERE w = 'RÉSUMÉ'")).containsExactly("resume");
        assertThat(db().failure("INSERT INTO words VALUES ('Résumé')").number()).isEqualTo(1062);
        db().query(
                        "CREATE TABLE loose (w VARCHAR(20)) COLLATE utf8mb4_unicode_ci; INSERT INTO loose VALUES ('a'), ('A'), ('á'), ('b')");
        assertThat(db().query("SELECT COUNT(*) FROM loose GROUP BY w ORDER BY 1"))
                .containsExactly("1", "3");
        assertThat(db().value("SELECT COUNT(DISTINCT w) FROM loose")).isEqualTo("2");
    }

    @Test
    void idsAreNeverReused() {
        db().query("CREATE TABLE ids (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v INT);"
                + "INSERT INTO ids (v) VALUES (1), (2), (3); DELETE FROM ids WHERE id = 3");
        assertThat(db().value("INSERT INTO ids (v) VALUES (4); SELECT LAST_INSERT_ID()"))
                .isEqualTo("4");
        db().query("DELETE FROM ids");
        assertThat(db().value("INSERT INTO ids (v) VALUES (5); SELECT LAST_INSERT_ID()"))
                .isEqualTo("5");
        db().query("INSERT INTO ids (id, v) VALUES (100, 1)");
        assertThat(db().value("INSERT INTO ids (v) VALUES (6); SELECT LAST_INSERT_ID()"))
                .isEqualTo("101");
        assertThat(db().value("TRUNCATE TABLE ids; INSERT INTO ids (v) VALUES (7); SELECT LAST_INSERT_ID()"))
                .isEqualTo("1");
    }

    @Test
    void decimalsAddExactly() {
        assertThat(db().value("SELECT 0.1 + 0.2")).isEqualTo("0.3");
        assertThat(db().value("SELECT 0.1 + 0.2 = 0.3")).isEqualTo("1");
        db().query(
                        "CREATE TABLE money (m DECIMAL(20,2)); INSERT INTO money VALUES (0.10), (0.20), (99999999999999999.70)");
        assertThat(db().value("SELECT SUM(m) FROM money")).isEqualTo("100000000000000000.00");
        assertThat(db().value("SELECT m * 3 FROM money ORDER BY m LIMIT 1")).isEqualTo("0.30");
        assertThat(db().query("SELECT m FROM money WHERE m = 0.1")).containsExactly("0.10");
        assertThat(db().value("SELECT CAST('1.005' AS DECIMAL(10,2))")).isEqualTo("1.01");
    }

    @Test
    void datesBehave() {
        db().query(
                        "SET sql_mode = ''; CREATE TABLE dates (d DATE, t DATETIME DEFAULT '0000-00-00 00:00:00', s TIMESTAMP NULL);"
                                + "INSERT INTO dates (d) VALUES ('2024-02-29'), ('0000-00-00'), ('2024-1-5')");
        assertThat(db().query("SELECT d, t, s FROM dates ORDER BY d"))
                .containsExactly(
                        "0000-00-00\t0000-00-00 00:00:00\tNULL",
                        "2024-01-05\t0000-00-00 00:00:00\tNULL",
                        "2024-02-29\t0000-00-00 00:00:00\tNULL");
        assertThat(db().value("SELECT DATE_ADD('2024-01-31', INTERVAL 1 MONTH)"))
                .isEqualTo("2024-02-29");
        assertThat(db().value("SELECT DATEDIFF('2024-03-01', '2024-02-01')")).isEqualTo("29");
        assertThat(db().value("SELECT DATE_FORMAT('2024-02-05 15:04:09', '%Y/%m/%e %H-%i-%s %W')"))
                .isEqualTo("2024/02/5 15-04-09 Monday");
        assertThat(db().failure("SET sql_mode = 'STRICT_ALL_TABLES'; INSERT INTO dates (d) VALUES ('2023-02-30')")
                        .number())
                .isEqualTo(1292);
        assertThat(db().value("SELECT YEAR(d) + MONTH(d) + DAY(d) FROM dates WHERE d = '2024-02-29'"))
                .isEqualTo("2055");
    }

    @Test
    void enumsAndSetsBehave() {
        db().query("CREATE TABLE choices (e ENUM('small','large') DEFAULT 'small', s SET('a','b','c'));"
                + "INSERT INTO choices (s) VALUES ('c,a'); INSERT INTO choices VALUES ('LARGE', '')");
        assertThat(db().query("SELECT e, s, e + 0, s + 0 FROM choices ORDER BY e"))
                .containsExactly("small\ta,c\t1\t5", "large\t\t2\t0");
        assertThat(db().value("SELECT COUNT(*) FROM choices WHERE FIND_IN_SET('c', s)"))
                .isEqualTo("1");
        assertThat(db().failure("INSERT INTO choices (e) VALUES ('huge')").number())
                .isEqualTo(1265);
        assertThat(db().failure("INSERT INTO choices (s) VALUES ('z')").number())
                .isEqualTo(1265);
        assertThat(db().value("SHOW CREATE TABLE choices")).startsWith("choices");
    }

    @Test
    void warningsTellWhatWasCut() {
        List<String> rows =
                db().query("SET sql_mode = ''; INSERT INTO person (name, age) VALUES ('toolong', 300); SHOW WARNINGS");
        assertThat(rows)
                .anyMatch(row -> row.startsWith("Warning\t1265"))
                .anyMatch(row -> row.startsWith("Warning\t1264"));
        assertThat(db().query("SELECT name, age FROM person WHERE name = 'toolo'"))
                .containsExactly("toolo\t127");
    }

    private static Database db() {
        return appliance.database(HOST);
    }
}
