package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.SqliteCursor;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications sent is run on a file of our own and through a real sqld: answers, warnings, errors and the data are the same. */
class RemoteWritesIT {
    private static final Pattern READS = Pattern.compile("\\W*(SELECT|SHOW|DESC|EXPLAIN)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERALS = Pattern.compile("'(?:[^'\\\\]++|\\\\.)*+'|\\b\\d+\\b", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("no such function: (mysql_\\w+)");
    private static final int MOST_STATEMENTS = 300;
    private static final int MOST_OF_A_SHAPE = 1;
    private static final Literal[] PARAMETERS =
            Collections.nCopies(30, new Literal.Text("1")).toArray(Literal[]::new);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"wordpress", "orm", "roundcube", "mediawiki"})
    void sqldStoresWhatAFileOfOursStores(String application) throws Exception {
        List<String> differences = new ArrayList<>();
        try (Sqld server = new Sqld(Files.createDirectory(directory.resolve("sqld")));
                TestSite local = new TestSite(directory);
                TestSite remote = new TestSite(SqliteConnection.remote(
                        () -> new SqldStream(server), new RemoteCalls(), _ -> {}, this::here))) {
            for (String sql : writes(application)) {
                String there = outcome(remote, sql);
                Matcher missing = MISSING.matcher(there);
                if (missing.find()) {
                    assertThat(missing.group(1)).matches(SqldIT::isOnlyInJava);
                    assertThat(missing.group(1)).as(sql).doesNotStartWith(SqldIT.READING);
                    continue;
                }
                String here = outcome(local, sql);
                if (!here.equals(there)) {
                    differences.add(sql + "\n  file: " + here + "\n  sqld: " + there);
                }
            }
            assertThat(differences).isEmpty();
            assertThat(content(remote.database())).isEqualTo(content(local.database()));
        }
    }

    /** A statement of each shape, not too many for a test. */
    private static List<String> writes(String application) {
        Map<String, Integer> shapes = new HashMap<>();
        return Corpus.statements(application).stream()
                .filter(sql -> !READS.matcher(sql).lookingAt())
                .filter(sql -> shapes.merge(LITERALS.matcher(sql).replaceAll("?"), 1, Integer::sum) <= MOST_OF_A_SHAPE)
                .limit(MOST_STATEMENTS)
                .toList();
    }

    private static String outcome(TestSite site, String sql) {
        try {
            TestSite.Answer answer = site.run(sql, PARAMETERS);
            return answer.affected + " rows, id " + answer.insertId + ", " + answer.info + " "
                    + site.session().warnings().list();
        } catch (SqlError e) {
            return e.code() + " " + e.getMessage();
        } catch (SQLException e) {
            return "SQLite: " + e.getMessage();
        }
    }

    private SqliteConnection here() throws SQLException {
        return SqliteConnection.open(
                TestLibrary.NATIVE.library(),
                new DatabaseFile(directory.resolve("here.db"), "off"),
                SqlFunctions::register);
    }

    private static List<String> content(SqliteHandle database) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (List<@Nullable Object> table :
                rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
            String name = String.valueOf(table.getFirst());
            for (List<@Nullable Object> row : rows(database, "SELECT * FROM " + Sql.name(name))) {
                lines.add(name + " " + row);
            }
        }
        rows(database, "SELECT type, name, sql FROM sqlite_schema ORDER BY name")
                .forEach(row -> lines.add(row.toString()));
        return lines;
    }

    private static List<List<@Nullable Object>> rows(SqliteHandle database, String sql) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (SqliteCursor cursor = database.query(sql, List.of())) {
            while (cursor.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 0; i < cursor.columnCount(); i++) {
                    Object value = cursor.value(i);
                    row.add(
                            value instanceof byte[] bytes
                                    ? "blob " + HexFormat.of().formatHex(bytes)
                                    : value);
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
