package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.sqlite.WeightsOfMariaDb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same questions about text to MariaDB and to litewire, through the same client. */
final class CollationsIT {
    /** Text in which collations differ: case, accents, ß, ligatures, padding, punctuation, control characters, emoji. */
    private static final List<String> TEXTS = List.of(
            "", " ", "  ", "a", "A", "á", "Á", "ä", "a ", "A  ", "ab", "a b", "a_b", "a-b", "_", "_a", "a_", "-", "!",
            "~", "0", "9", "z", "Z", "ss", "ß", "s", "straße", "strasse", "strase", "STRASSE", "æ", "ae", "œ", "oe",
            "ø", "o", "ñ", "n", "ç", "c", "ı", "i", "I", "İ", "ł", "l", "đ", "d", "résumé", "resume", "Resume",
            "RÉSUMÉ", "a\\t", "a\\n", "\\t", "e\u0301", "é", "ﬁ", "fi", "²", "2", "①", "ж", "Ж", "ё", "е", "й", "и",
            "σ", "ς", "Σ", "ά", "α", "א", "ب", "日", "日本", "月", "가", "ก", "か", "が", "カ", "😀", "😁", "a😀", "\u200b",
            "a\u200b", "€", "%", "a%", "'", "\\\\", "[", "]", "^", "`", "{", "}", "|", "ǆ", "dž", "Å", "å", "aa", "ll",
            "ch", "ü", "ue", "u", "y", "þ", "th");

    private static final int MOST_SHOWN = 20;

    @TempDir
    static Path directory;

    private static TestServer litewire;
    private static MariaDb mariaDb;
    private static ClientPrograms programs;

    @BeforeAll
    static void start() throws Exception {
        programs = new ClientPrograms(directory);
        litewire = new TestServer(directory, MySqlEngine::new);
        mariaDb = new MariaDb(directory.resolve("mariadb"), programs);
        mariaDb.client("CREATE DATABASE wp COLLATE utf8mb4_unicode_ci");
    }

    @AfterAll
    static void stop() {
        mariaDb.close();
        litewire.close();
    }

    /** What both say, errors and all, must be one text. */
    private static void compare(String script) throws Exception {
        compare(script, script);
    }

    private static void compare(String ours, String theirs) throws Exception {
        ClientPrograms.Ended expected = mariaDb.attempt("mariadb", theirs, "--force", "-N", "wp");
        ClientPrograms.Ended actual = programs.client(litewire, "mariadb", ours, "--force", "-N", "wp");
        assertThat(differences(expected.errors(), actual.errors())).isEmpty();
        assertThat(differences(expected.output(), actual.output())).isEmpty();
    }

    private static List<String> differences(String expected, String actual) {
        List<String> wanted = expected.lines().toList();
        List<String> given = actual.lines().toList();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(wanted.size(), given.size()); i++) {
            String want = i < wanted.size() ? wanted.get(i) : "nothing";
            String got = i < given.size() ? given.get(i) : "nothing";
            if (!want.equals(got) && differences.size() < MOST_SHOWN) {
                differences.add("line " + (i + 1) + ": " + want + " | " + got);
            }
        }
        return differences;
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf8mb4_general_ci", "utf8mb4_unicode_ci", "utf8mb4_unicode_520_ci"})
    void uniqueKeysTakeTheSameTextsForEqual(String collation) throws Exception {
        StringBuilder script = new StringBuilder(table(collation, ""));
        for (String text : TEXTS) {
            script.append("INSERT INTO u (v) VALUES ('")
                    .append(text.replace("'", "\\'"))
                    .append("');\n");
        }
        script.append("SELECT v FROM u ORDER BY v, HEX(v);\n")
                .append("SELECT COUNT(*) FROM u JOIN t ON u.v = t.v; SELECT COUNT(*) FROM t JOIN u ON u.v = t.v;\n")
                .append("SELECT t.id FROM t WHERE t.v IN (SELECT v FROM u WHERE v <> 'a') ORDER BY 1;\n")
                .append(
                        "SELECT HEX(v) FROM u WHERE v = 'Resume'; SELECT HEX(v) FROM u WHERE v IN ('STRASSE', 'É') ORDER BY 1;\n")
                .append("REPLACE INTO u (v) VALUES ('RÉSUMÉ'), ('Ж'); SELECT v FROM u ORDER BY v, HEX(v);\n")
                .append("INSERT INTO u (v) VALUES ('Ä') ON DUPLICATE KEY UPDATE v = 'zoë';\n")
                .append("UPDATE u SET v = 'ZOÉ ' WHERE v = 'ж'; UPDATE u SET v = 'Zoé' WHERE v = 'zoe';\n")
                .append("SELECT v FROM u ORDER BY v, HEX(v); DELETE FROM u;\n")
                .append("INSERT IGNORE INTO u (v) SELECT v FROM t ORDER BY id; SELECT COUNT(*) FROM u;\n")
                .append("INSERT INTO u (v) SELECT 'RÉsume'; REPLACE INTO u (v) SELECT 'RÉsume';\n")
                .append("SELECT v FROM u ORDER BY v, HEX(v);\n")
                .append(
                        "CREATE TABLE q SELECT v FROM t WHERE id IN (4, 6); ALTER TABLE q ADD UNIQUE KEY vv (v(2)); DROP TABLE q;\n")
                .append("CREATE TABLE p (a varchar(9) COLLATE ")
                .append(collation)
                .append(", b varchar(9) COLLATE ")
                .append(collation)
                .append(", UNIQUE KEY ab (a(2), b));\n")
                .append("INSERT INTO p VALUES ('éaa', 'x'), ('eab', 'y'); INSERT INTO p VALUES ('EÁ', 'X');\n")
                .append("INSERT IGNORE INTO p VALUES ('ÉÀ', 'Y'), ('ÉB', 'Y'); UPDATE p SET b = 'Ÿ' WHERE b = 'x';\n")
                .append("SELECT * FROM p ORDER BY a, b; DROP TABLE p;\n");
        compare(script.toString());
    }

    private static String table(String collation, String key) {
        String charset = collation.substring(0, collation.indexOf('_'));
        String rows =
                TEXTS.stream().map(t -> "('" + t.replace("'", "\\'") + "')").collect(Collectors.joining(","));
        return "SET NAMES utf8mb4; SET sql_mode = ''; DROP TABLE IF EXISTS t, u; CREATE TABLE t (id int AUTO_INCREMENT"
                + " PRIMARY KEY, v varchar(40) CHARACTER SET " + charset + " COLLATE " + collation + key + ");"
                + "CREATE TABLE u (id int AUTO_INCREMENT PRIMARY KEY, v varchar(40) CHARACTER SET " + charset
                + " COLLATE " + collation + ", UNIQUE KEY v (v));"
                + "INSERT IGNORE INTO t (v) VALUES " + rows + ";\n"
                // What the character set does not have becomes ?, which is another matter.
                + "DELETE FROM t WHERE v LIKE '%?%';\n";
    }

    @ParameterizedTest
    @CsvSource({
        "utf8mb4_unicode_ci, utf8mb4_unicode_ci",
        "utf8mb4_general_ci, utf8mb4_general_ci",
        "utf8mb4_unicode_520_ci, utf8mb4_unicode_520_ci",
        "utf8mb4_0900_ai_ci, utf8mb4_uca1400_nopad_ai_ci",
        "utf8mb4_czech_ci, utf8mb4_czech_ci",
        "latin1_swedish_ci, latin1_swedish_ci",
        "cp1251_general_ci, cp1251_general_ci",
    })
    void charactersWeighWhatTheyWeighInMariaDb(String ours, String theirs) {
        WeightsOfMariaDb weights = new WeightsOfMariaDb(sql -> mariaDb.client(sql, "-N", "--raw", "wp"));
        assertThat(weights.differences(ours, theirs)).isEmpty();
    }

    @Test
    void collationsThatDoNotAgreeAreRefusedWithTheSameWords() throws Exception {
        compare("""
                SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci;
                CREATE TABLE mix (g varchar(9) COLLATE utf8mb4_general_ci, u varchar(9) COLLATE utf8mb4_unicode_ci,
                  b varchar(9) COLLATE utf8mb4_bin, l varchar(9) CHARACTER SET latin1, y varbinary(9));
                INSERT INTO mix VALUES ('ß', 's', 'S', 'ß', 'ß');
                SELECT g = u FROM mix;
                SELECT g < u FROM mix;
                SELECT g LIKE u FROM mix;
                SELECT g IN (u, 'x') FROM mix;
                SELECT g = b, u = b, g = l, l = 's', g = 's', u = 'ß' FROM mix;
                SELECT g = u COLLATE utf8mb4_general_ci, g COLLATE utf8mb4_unicode_ci = u FROM mix;
                SELECT g COLLATE utf8mb4_bin = u COLLATE utf8mb4_unicode_ci FROM mix;
                SELECT 'a' COLLATE utf8mb4_bin = 'A', 'a' COLLATE utf8mb4_general_ci = 'A', 'ß' COLLATE utf8mb4_general_ci = 's';
                SELECT l COLLATE utf8mb4_bin FROM mix;
                SELECT CONCAT(g, u) = 'x' FROM mix;
                SELECT g = y, b = y FROM mix;
                SELECT COUNT(*) FROM mix WHERE g = 'S' COLLATE utf8mb4_bin;
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "utf8mb4_general_ci",
                "utf8mb4_unicode_ci",
                "utf8mb4_unicode_520_ci",
                "utf8mb4_0900_ai_ci",
                "utf8mb4_bin",
                "utf8mb4_unicode_nopad_ci",
                "utf8mb4_swedish_ci",
                "utf8mb4_german2_ci",
            })
    void everyPairOfTextsComparesAsInMariaDb(String collation) throws Exception {
        // The index of a _bin column tells trailing spaces apart.
        boolean binary = collation.endsWith("_bin");
        for (String key : binary ? List.of("") : List.of("", ", KEY v (v)")) {
            String script = table(collation, key)
                    + "SELECT a.id, b.id, QUOTE(a.v), QUOTE(b.v), a.v = b.v, a.v < b.v, a.v <=> b.v, a.v LIKE b.v FROM t a JOIN t b ORDER BY 1, 2;\n"
                    + "SELECT MIN(id), COUNT(*) FROM t GROUP BY v ORDER BY 1;\n"
                    + "SELECT id FROM t ORDER BY v, id; SELECT id FROM t ORDER BY v DESC, id;\n"
                    + "SELECT COUNT(DISTINCT v) FROM t; SELECT COUNT(*) FROM (SELECT DISTINCT v FROM t) d;\n"
                    + "SELECT COUNT(*) FROM t WHERE v = (SELECT MIN(v) FROM t);\n"
                    + "SELECT COUNT(*) FROM t WHERE v = (SELECT MAX(v) FROM t);\n"
                    + "SELECT id FROM t WHERE v IN ('RESUME', 'Strasse', 'é') ORDER BY id;\n"
                    + "SELECT id FROM t WHERE v BETWEEN 'a' AND 'b' ORDER BY id;\n";
            compare(script, script.replace("utf8mb4_0900_ai_ci", "utf8mb4_uca1400_nopad_ai_ci"));
        }
    }

    @Test
    void fullTextSearchFindsTheSameRows() throws Exception {
        StringBuilder script = new StringBuilder("""
                SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci;
                CREATE TABLE ft (id int PRIMARY KEY, a text, b text, FULLTEXT KEY ab (a, b)) ENGINE=InnoDB;
                INSERT INTO ft VALUES (1,'The quick brown fox','jumps'),(2,'A lazy dog','sleeps on the sofa'),
                  (3,'quick dogs and quick cats','run'),(4,'Résumé writing','is an art'),(5,'foo_bar baz','foo-bar'),
                  (6,'nothing here','to do'),(7,'Быстрая лиса','прыгает'),(8,NULL,'ünïcode words');
                """);
        List<String> natural = List.of(
                "quick fox", "RESUME", "foo_bar", "foo-bar", "the on a", "лиса", "unicode", "", "sofa (lazy)", "do");
        List<String> logical = List.of(
                "+the +fox",
                "+on +sofa",
                "+zz +sofa",
                "quick -fox",
                "-fox",
                "qui* dog*",
                "\"lazy dog\"",
                "+quick ~fox",
                "+quick +(fox dogs)",
                "+quick >fox <dogs",
                "\"quick brown\"",
                "+quick +brown",
                "+ЛИСА",
                "fox sofa",
                "");
        for (String end :
                List.of("", "UPDATE ft SET a = 'quick red fox' WHERE id = 6; DELETE FROM ft WHERE id = 1;\n")) {
            script.append(end);
            for (String words : natural) {
                script.append("SELECT id FROM ft WHERE MATCH (a, b) AGAINST ('" + words + "') ORDER BY id;\n");
                script.append("SELECT id, MATCH (a, b) AGAINST ('" + words + "') > 0 FROM ft ORDER BY id;\n");
            }
            for (String words : logical) {
                String match = "MATCH (a, b) AGAINST ('" + words + "' IN BOOLEAN MODE)";
                script.append("SELECT id FROM ft WHERE " + match + " ORDER BY id;\n");
                script.append("SELECT id FROM ft WHERE id > 1 AND NOT " + match + " ORDER BY id;\n");
            }
        }
        script.append("REPLACE INTO ft VALUES (2, 'another cat', ''); REPLACE INTO ft SELECT 3, 'a cat', 'sofa';\n");
        script.append("SELECT id FROM ft WHERE MATCH (a, b) AGAINST ('cat cats sofa dogs') ORDER BY id;\n");
        script.append("SELECT id FROM ft WHERE MATCH (b) AGAINST ('quick');\n");
        script.append("ALTER TABLE ft ADD FULLTEXT KEY b (b); SELECT id FROM ft WHERE MATCH (b) AGAINST ('words');\n");
        script.append("ALTER TABLE ft DROP KEY ab; SELECT id FROM ft WHERE MATCH (a, b) AGAINST ('quick');\n");
        script.append("SELECT id FROM ft WHERE MATCH (b) AGAINST ('sofa words') ORDER BY id; DROP TABLE ft;\n");
        compare(script.toString());
    }
}
