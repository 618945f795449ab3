package dev.ephpm.litewire.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.OfflineDatabase;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DumpImportTest {
    private static final Path NATIVE = Path.of(System.getProperty("litewire.native"));
    private static final int SMALL_BATCH = 4096;
    private static final String OLD = "CREATE TABLE kept (a INT); INSERT INTO kept VALUES (7);"
            + "CREATE TABLE posts (id INT PRIMARY KEY, title TEXT); INSERT INTO posts VALUES (1, 'old');";
    private static final String NEW = """
            DROP TABLE IF EXISTS `posts`;
            CREATE TABLE `posts` (`id` int(11) NOT NULL AUTO_INCREMENT, `title` varchar(99) NOT NULL, PRIMARY KEY (`id`), UNIQUE KEY `by_title` (`title`)) ENGINE=InnoDB AUTO_INCREMENT=900;
            INSERT INTO `posts` VALUES (1,'new'),(5,'neu');
            """;

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private long failAfterRows = Long.MAX_VALUE;

    private Path site() {
        return directory.resolve("site.db");
    }

    private final class Listener implements ImportListener {
        @Override
        public void begun(String message) {
            said.add(message);
        }

        @Override
        public void progress(long bytesRead, long rows) {
            if (rows >= failAfterRows) {
                throw new IllegalStateException("interrupted");
            }
        }

        @Override
        public void indexing(String table) {
            said.add("indexing " + table);
        }

        @Override
        public void replacing(int tables) {
            said.add("replacing " + tables);
        }
    }

    private DumpImport open(Optional<String> wanted, boolean strict, boolean dryRun) {
        return DumpImport.open(
                new DumpImport.Settings(site(), "shop", "normal", NATIVE, wanted, strict, dryRun),
                new Listener(),
                SMALL_BATCH);
    }

    private DumpImport.Result run(Path dump) {
        try (DumpImport running = open(Optional.empty(), false, false)) {
            return running.run(dump);
        }
    }

    private DumpImport.Result run(String dump) throws IOException {
        return run(Files.writeString(directory.resolve("dump.sql"), dump));
    }

    private OfflineDatabase openSite() {
        return new OfflineDatabase(new DatabaseFile(site(), "normal"), "shop", SqliteLibrary.load(NATIVE));
    }

    private void make(String statements) {
        try (OfflineDatabase database = openSite()) {
            for (String statement : statements.split(";")) {
                database.execute(statement);
            }
            database.commit();
        }
    }

    private List<List<Object>> query(String sql) {
        List<List<Object>> rows = new ArrayList<>();
        try (OfflineDatabase database = openSite()) {
            database.query(sql, new RowSink(row -> rows.add(Arrays.asList(row.clone()))));
        }
        return rows;
    }

    private List<List<Object>> posts() {
        return query("SELECT id, title FROM posts ORDER BY id");
    }

    @Test
    void tablesOfTheDumpReplaceThoseOfTheSiteAndOthersStay() throws IOException {
        make(OLD);

        DumpImport.Result result = run(NEW);

        assertThat(result.rows()).isEqualTo(2);
        assertThat(result.tables()).containsExactly("posts");
        assertThat(result.replaced()).containsExactly("posts");
        assertThat(posts()).containsExactly(List.of(1L, "new"), List.of(5L, "neu"));
        assertThat(query("SELECT a FROM kept")).containsExactly(List.of(7L));
        make("INSERT INTO posts (title) VALUES ('next')");
        assertThat(query("SELECT id FROM posts WHERE title = 'next'")).containsExactly(List.of(900L));
        assertThat(query("SHOW CREATE TABLE posts").getFirst().get(1).toString())
                .contains("UNIQUE KEY `by_title`");
        assertThatThrownBy(() -> make("INSERT INTO posts (title) VALUES ('NEXT')"))
                .hasMessageContaining("Duplicate");
        assertThat(Files.exists(ImportFile.beside(site()))).isFalse();
    }

    @Test
    void anOpenSessionSeesTheOldTablesAndThenTheNewOnes() throws IOException {
        make(OLD);
        try (OfflineDatabase session = openSite()) {
            List<Object> seen = new ArrayList<>();
            session.query("SELECT title FROM posts", new RowSink(row -> seen.add(row[0])));
            run(NEW);
            session.query("SELECT title FROM posts", new RowSink(row -> seen.add(row[0])));
            session.commit();
            session.query("SELECT title FROM posts", new RowSink(row -> seen.add(row[0])));

            assertThat(seen).containsExactly("old", "old", "new", "neu");
        }
    }

    @Test
    void aFaultyDumpChangesNothingAndSaysWhere() throws IOException {
        make(OLD);

        assertThatThrownBy(() -> run(NEW + "INSERT INTO posts VALUES\n(6,'x'),\n(7);\n"))
                .hasMessageContaining("line 6: INSERT INTO posts VALUES …")
                .hasMessageContaining("ERROR 1136 (21S01): Column count doesn't match value count at row 1");
        assertThatThrownBy(() -> run(NEW + "\nBOGUS;\n"))
                .hasMessageContaining("line 5: BOGUS")
                .hasMessageContaining("1064");
        assertThatThrownBy(() -> run(NEW + "INSERT INTO posts VALUES (6,'NEW');"))
                .hasMessageContaining("the keys of table posts")
                .hasMessageContaining("ERROR 1062");
        assertThatThrownBy(() -> run(NEW + "INSERT INTO nowhere VALUES (6);"))
                .hasMessageContaining("ERROR 1146")
                .hasMessageContaining("dump it with its structure");
        assertThat(posts()).containsExactly(List.of(1L, "old"));
    }

    /** Many rows in large statements and in small ones, with something to execute between them. */
    private static String large() {
        StringBuilder dump = new StringBuilder(NEW);
        dump.append(
                "SET NAMES latin1;\nCREATE TABLE l (id INT PRIMARY KEY, t VARCHAR(40), KEY (t));\nINSERT INTO l VALUES ");
        for (int i = 1; i <= 2000; i++) {
            dump.append(i == 1 ? "" : ",")
                    .append("(")
                    .append(i)
                    .append(",'\u00e4 ")
                    .append(i)
                    .append("')");
        }
        dump.append(";\nALTER TABLE l ADD COLUMN n INT NOT NULL DEFAULT 3;\nSET @n = 5;\n");
        for (int i = 2001; i <= 4000; i++) {
            dump.append("INSERT INTO l VALUES (")
                    .append(i)
                    .append(",'")
                    .append(i)
                    .append("',9);\n");
        }
        dump.append("UPDATE l SET n = n + @n WHERE id = 2500;\n");
        return dump.toString();
    }

    @Test
    void anInterruptedImportGoesOn() throws IOException {
        make(OLD);
        Path dump = Files.writeString(directory.resolve("large.sql"), large(), StandardCharsets.ISO_8859_1);
        for (long after : new long[] {1, 700, 1500, 2002, 2600, 4002}) {
            failAfterRows = after;
            assertThatThrownBy(() -> run(dump)).hasMessage("interrupted");
            assertThat(posts()).containsExactly(List.of(1L, "old"));
        }
        failAfterRows = Long.MAX_VALUE;

        DumpImport.Result result = run(dump);

        assertThat(said).contains("importing " + dump);
        assertThat(said.stream().filter(s -> s.startsWith("going on"))).hasSizeGreaterThanOrEqualTo(5);
        assertThat(said).noneMatch(s -> s.startsWith("starting anew"));
        assertThat(result.rows()).isEqualTo(4002);
        assertThat(query("SELECT COUNT(*), MIN(id), MAX(id), SUM(n) FROM l")
                        .getFirst()
                        .toString())
                .isEqualTo("[4000, 1, 4000, " + (2000 * 3 + 2000 * 9 + 5) + "]");
        assertThat(query("SELECT t FROM l WHERE id = 1200")).containsExactly(List.of("ä 1200"));
        assertThat(posts()).hasSize(2);
    }

    @Test
    void anotherDumpStartsAnew() throws IOException {
        failAfterRows = 2500;
        Path dump = Files.writeString(directory.resolve("dump.sql"), large());
        assertThatThrownBy(() -> run(dump)).hasMessage("interrupted");
        failAfterRows = Long.MAX_VALUE;

        DumpImport.Result result = run(NEW);

        assertThat(said).contains("starting anew: the dump is not the one that was interrupted");
        assertThat(result.tables()).containsExactly("posts");
        assertThat(posts()).hasSize(2);
    }

    @Test
    void whatSitesCannotHaveIsListed() throws IOException {
        String dump = NEW + """
                DELIMITER ;;
                /*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `t1` BEFORE INSERT ON `posts` FOR EACH ROW BEGIN SET NEW.title = 'x;'; END */;;
                CREATE DEFINER=`root`@`localhost` PROCEDURE `p`() BEGIN SELECT 1; END ;;
                DELIMITER ;
                CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM posts;
                SET @@SESSION.SQL_LOG_BIN= 0;
                GRANT ALL ON *.* TO x;
                DROP TRIGGER IF EXISTS t1;
                /*!50001 CREATE ALGORITHM=UNDEFINED */
                /*!50013 DEFINER=`root`@`%` SQL SECURITY DEFINER */
                /*!50001 VIEW `v` AS select `posts`.`id` AS `id` from `posts` where `posts`.`id` > 1 */;
                """;

        DumpImport.Result result = run(dump);

        assertThat(result.omissions().stream().map(o -> o.kind() + " " + o.name()))
                .contains("trigger t1", "procedure p", "event e", "GRANT ALL");
        assertThat(query("SELECT id FROM v")).containsExactly(List.of(5L));
        try (DumpImport strict = open(Optional.empty(), true, false)) {
            assertThatThrownBy(() -> strict.run(directory.resolve("dump.sql")))
                    .hasMessageContaining("trigger t1 (line 5)");
        }
    }

    @Test
    void rowsAloneFillEmptyTablesOnly() throws IOException {
        make(OLD);

        assertThatThrownBy(() -> run("INSERT INTO posts VALUES (2,'b');"))
                .hasMessageContaining("the site's table posts has rows already");
        make("DELETE FROM posts");
        run("INSERT INTO posts VALUES (2,'b');");
        assertThat(posts()).containsExactly(List.of(2L, "b"));
        run("TRUNCATE TABLE posts; INSERT INTO posts VALUES (3,'c');");
        assertThat(posts()).containsExactly(List.of(3L, "c"));
        assertThat(query("SELECT a FROM kept")).hasSize(1);
    }

    @Test
    void aDumpOfAnotherNameIsTakenAndOfSeveralOneIsChosen() throws IOException {
        String two = "CREATE DATABASE `a`; USE `a`;" + NEW + "INSERT INTO `a`.`posts` VALUES (6,'six');";
        run(two);
        assertThat(posts()).hasSize(3);

        Path dump = Files.writeString(
                directory.resolve("dump.sql"), two + "CREATE DATABASE b;\nUSE b;\nCREATE TABLE c (i INT);");
        assertThatThrownBy(() -> run(dump))
                .hasMessageContaining("several databases, a and b")
                .hasMessageContaining("--database");
        try (DumpImport chosen = open(Optional.of("b"), false, false)) {
            assertThat(chosen.run(dump).tables()).containsExactly("c");
        }
    }

    @Test
    void dropDatabaseLeavesNothingElse() throws IOException {
        make(OLD);

        DumpImport.Result result = run("DROP DATABASE IF EXISTS x; CREATE DATABASE x; USE x;" + NEW);

        assertThat(result.replaced()).containsExactly("kept", "posts");
        assertThat(query("SHOW TABLES")).containsExactly(List.of("posts"));
    }

    @Test
    void packedDumpsAreUnpackedAndDamagedOnesRefused() throws IOException {
        Path packed = directory.resolve("dump.sql");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(large().getBytes(StandardCharsets.ISO_8859_1));
        }
        run(packed);
        assertThat(posts()).hasSize(2);

        byte[] bytes = Files.readAllBytes(packed);
        Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes, bytes.length - 100));
        assertThatThrownBy(() -> run(cut)).hasMessageContaining("was not copied completely");
        Path zip = Files.write(directory.resolve("x.zip"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0});
        assertThatThrownBy(() -> run(zip)).hasMessageContaining("ZIP archive");
        assertThatThrownBy(() -> run(directory)).hasMessageContaining("it is a directory");
        assertThatThrownBy(() -> run(directory.resolve("absent"))).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> run("")).hasMessageContaining("there is no table in the dump");
    }

    @Test
    void standardInputAndDryRun() {
        make(OLD);
        byte[] dump = NEW.getBytes(StandardCharsets.UTF_8);
        try (DumpImport dry = open(Optional.empty(), false, true)) {
            assertThat(dry.run("standard input", new ByteArrayInputStream(dump)).rows())
                    .isEqualTo(2);
        }
        assertThat(posts()).containsExactly(List.of(1L, "old"));
        assertThat(Files.exists(ImportFile.beside(site()))).isFalse();
        try (DumpImport real = open(Optional.empty(), false, false)) {
            var _ = real.run("standard input", new ByteArrayInputStream(dump));
        }
        assertThat(posts()).hasSize(2);
    }

    @Test
    void oneImportAtATime() {
        try (DumpImport _ = open(Optional.empty(), false, false)) {
            assertThatThrownBy(() -> open(Optional.empty(), false, false))
                    .hasMessageContaining("another import of this site is running");
        }
    }

    @Test
    void conflictsAreSolvedAsTheStatementSays() throws IOException {
        run(NEW + """
                INSERT IGNORE INTO posts VALUES (1,'ignored'),(6,'six');
                REPLACE INTO posts VALUES (5,'five'),(7,'seven');
                INSERT INTO posts VALUES (6,'x'),(8,'eight') ON DUPLICATE KEY UPDATE title = CONCAT(title, '!');
                INSERT INTO posts VALUES (9, CONCAT('ni', 'ne'));
                """);

        assertThat(posts().stream().map(row -> row.getLast()))
                .containsExactly("new", "five", "six!", "seven", "eight", "nine");
    }

    @Test
    void keysOfOtherTextWorkAfterwards() throws IOException {
        run("""
                CREATE TABLE words (id INT PRIMARY KEY, w VARCHAR(40) COLLATE utf8mb4_unicode_ci, UNIQUE KEY (w));
                INSERT INTO words VALUES (1,'résumé'),(2,'Привет'),(3,'plain');
                REPLACE INTO words VALUES (4,'RESUME');
                """);

        assertThat(query("SELECT id FROM words WHERE w = 'Resume'")).containsExactly(List.of(4L));
        assertThat(query("SELECT id FROM words WHERE w = 'ПРИВЕТ'")).containsExactly(List.of(2L));
        assertThatThrownBy(() -> make("INSERT INTO words VALUES (9, 'привет')"))
                .hasMessageContaining("Duplicate entry");
    }

    @Test
    void referencesAreCheckedUnlessTheDumpSaysOtherwise() throws IOException {
        String tables =
                "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (p INT, FOREIGN KEY (p) REFERENCES p (id));";

        assertThatThrownBy(() -> run(tables + "INSERT INTO c VALUES (1);")).hasMessageContaining("ERROR 1452");
        run(tables + "INSERT INTO c VALUES (1); INSERT INTO p VALUES (1);");
        run("SET FOREIGN_KEY_CHECKS = 0; " + tables + "INSERT INTO c VALUES (2);");
        assertThat(query("SELECT p FROM c")).containsExactly(List.of(2L));
    }
}
