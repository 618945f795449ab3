package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replicated site's writes run in sqld, an older SQLite: with our extension it has to compute the same. */
class SqldIT {
    /** Functions that writes may still call in Java only; each line less lets more writes run in sqld. */
    private static final Set<String> ONLY_IN_JAVA = Set.of("mysql_regexp", "mysql_json_extract", "mysql_find_in_set");

    /** Those that warn of what they read. */
    static final String READING = "mysql_read_";

    private static final Pattern JAVA_FUNCTION = Pattern.compile("\\b(mysql_\\w+)\\(");

    private static final List<String> FORMS = List.of(
            "CREATE TABLE t (id int primary key auto_increment, a int, b varchar(20), c datetime, d decimal(10,2))",
            "CREATE TABLE u (id int primary key, a int, b varchar(20))",
            "INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'), (3, 'z')",
            "INSERT INTO u VALUES (1, 1, 'x'), (2, 5, 'y')",
            "UPDATE t SET a = 5 ORDER BY id DESC LIMIT 2",
            "UPDATE t SET a = a + 1, b = CONCAT(b, '!') WHERE a > 2 ORDER BY a LIMIT 1",
            "DELETE FROM t ORDER BY a, id DESC LIMIT 1",
            "DELETE FROM t WHERE b = 'nobody' LIMIT 3",
            "UPDATE t, u SET t.a = u.a, u.b = 'seen' WHERE t.id = u.id",
            "UPDATE t JOIN u USING (id) SET t.b = UPPER(u.b)",
            "DELETE t, u FROM t JOIN u ON t.id = u.id WHERE u.a = 99",
            "DELETE FROM t USING t LEFT JOIN u ON t.id = u.id WHERE u.id IS NULL AND t.a = 77",
            "REPLACE INTO u (id, a, b) VALUES (1, 2, 'again')",
            "REPLACE INTO u SELECT id, a, b FROM t",
            "INSERT IGNORE INTO u VALUES (1, 2, 'there')",
            "INSERT INTO u VALUES (1, 3, 'x') ON DUPLICATE KEY UPDATE a = a + VALUES(a), b = IF(a > 3, 'many', b)",
            "INSERT INTO t (a, b) SELECT COUNT(*), GROUP_CONCAT(b ORDER BY id DESC SEPARATOR '-') FROM u GROUP BY a",
            "INSERT INTO t (a, b) SELECT id, IFNULL(b, 'none') FROM u WHERE b LIKE 'x%' ORDER BY id LIMIT 5",
            "UPDATE t SET c = NOW(), d = ROUND(a / 3, 2), b = SUBSTRING(CONCAT_WS('-', a, b), 1, 10)",
            "UPDATE t SET c = DATE_ADD('2024-01-31', INTERVAL 1 MONTH) WHERE FIELD(a, 5, 6) > 0",
            "UPDATE t SET a = GREATEST(a, 3), b = CASE WHEN a = 1 THEN 'one' ELSE LEFT(b, 3) END",
            "UPDATE t SET a = (SELECT MAX(a) FROM u) WHERE id IN (SELECT id FROM u)",
            "DELETE FROM t WHERE id NOT IN (SELECT id FROM (SELECT id FROM t ORDER BY id LIMIT 3) AS kept)");

    @TempDir
    static Path directory;

    private static Sqld sqld;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        sqld = new Sqld(directory);
    }

    @AfterAll
    static void stop() {
        sqld.close();
    }

    @Test
    void collationsOrderTextAlike() throws Exception {
        for (String name : FunctionMatrix.COLLATIONS) {
            String sql = FunctionMatrix.comparisons(name);
            assertThat(sqld.text(sql)).as(name).isEqualTo(text(TestLibrary.NATIVE, sql));
        }
    }

    @Test
    void functionsGiveTheSameValues() throws Exception {
        for (FunctionMatrix.Case function : FunctionMatrix.all()) {
            String sql = function.sql();
            assertThat(sqld.text(sql)).as(function.name()).isEqualTo(text(TestLibrary.NATIVE, sql));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT readfile('/etc/hostname')",
                "SELECT writefile('FILE', 'text')",
                "SELECT writefile('FILE', 'text', 420, 0)",
                "SELECT name FROM fsdir('/')",
            })
    void filesOfTheMachineAreOutOfReach(String sql) throws Exception {
        Path file = directory.resolve("written");

        Optional<String> complaint = sqld.complaint(sql.replace("FILE", file.toString()));

        assertThat(complaint)
                .hasValueSatisfying(text -> assertThat(text).containsAnyOf("not authorized", "no such table: fsdir"));
        assertThat(file).doesNotExist();
    }

    @Test
    void uniqueKeysHoldInSchemasOfLitewire() throws Exception {
        Path site = Files.createTempDirectory(directory, "site");
        String table = "CREATE TABLE people (id int primary key auto_increment, name varchar(40), unique key (name))";
        try (Sqld own = new Sqld(Files.createDirectory(site.resolve("sqld")))) {
            create(own, new GeneratedWrites(site, List.of(table)));

            assertThat(own.complaint("INSERT INTO people (name) VALUES ('Bob')"))
                    .isEmpty();
            assertThat(own.complaint("INSERT INTO people (name) VALUES ('BOB')"))
                    .hasValueSatisfying(text -> assertThat(text).contains("UNIQUE constraint failed"));
        }
    }

    private static void create(Sqld server, GeneratedWrites site) throws IOException, InterruptedException {
        for (String definition : site.schema()) {
            assertThat(server.complaint(definition)).as(definition).isEmpty();
        }
    }

    /** What applications write, and forms of writing they did not happen to use. */
    @ParameterizedTest
    @ValueSource(strings = {"wordpress", "orm", "forms"})
    void sqldUnderstandsGeneratedWritesButForKnownFunctions(String application) throws Exception {
        Path site = Files.createTempDirectory(directory, application);
        List<String> mysql = application.equals("forms") ? FORMS : Corpus.statements(application);
        GeneratedWrites generated = new GeneratedWrites(site, mysql);
        List<String> complaints = new ArrayList<>();
        try (Sqld own = new Sqld(Files.createDirectory(site.resolve("sqld")))) {
            create(own, generated);
            Set<String> known = own.functions();
            assertThat(known).doesNotContainAnyElementsOf(ONLY_IN_JAVA);
            for (String sql : generated.statements()) {
                String form = JAVA_FUNCTION
                        .matcher(sql)
                        .replaceAll(call -> isOnlyInJava(call.group(1)) ? "printf(" : call.group());
                own.complaintAtPreparation(form).ifPresent(text -> complaints.add(text + ": " + sql));
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(generated.statements()).hasSizeGreaterThan(15);
        if (application.equals("forms")) {
            assertThat(generated.failed()).isEmpty();
        }
    }

    private static SqliteConnection local(TestLibrary way) throws SQLException {
        return SqliteConnection.open(
                way.library(), new DatabaseFile(directory.resolve("local.db"), "off"), (driver, _) -> {});
    }

    private static String text(TestLibrary way, String sql) throws SQLException {
        try (SqliteConnection local = local(way)) {
            return FunctionMatrix.text(local, sql);
        }
    }

    static boolean isOnlyInJava(String function) {
        return ONLY_IN_JAVA.contains(function) || function.startsWith(READING);
    }
}
