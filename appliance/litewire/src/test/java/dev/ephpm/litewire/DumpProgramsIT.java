package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** mariadb-dump with the options people use, mariadb-show, mariadb-check and mariadb-import against litewire. */
final class DumpProgramsIT {
    private static final String CONTENT = """
            CREATE TABLE posts (id INT NOT NULL AUTO_INCREMENT, title VARCHAR(60) NOT NULL DEFAULT 'x', body LONGBLOB, PRIMARY KEY (id), UNIQUE KEY by_title (title));
            INSERT INTO posts (title, body) VALUES ('Ünal', 'plain'), ('O''Brien', NULL);
            CREATE TABLE tags (post INT, tag VARCHAR(9), KEY (post), CONSTRAINT of_post FOREIGN KEY (post) REFERENCES posts (id));
            INSERT INTO tags VALUES (1, 'a'), (2, 'b');
            CREATE VIEW titles AS SELECT title FROM posts;
            """;

    @TempDir
    Path directory;

    private TestServer server;
    private ClientPrograms programs;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory, MySqlEngine::new);
        programs = new ClientPrograms(directory);
        assertThat(run("mariadb", CONTENT, "wp").code()).isZero();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ClientPrograms.Ended run(String program, String input, String... arguments) throws Exception {
        return programs.client(server, program, input, arguments);
    }

    private String succeed(String program, String... arguments) throws Exception {
        ClientPrograms.Ended ended = run(program, "", arguments);
        assertThat(ended.code())
                .as("%s %s: %s", program, List.of(arguments), ended.errors())
                .isZero();
        assertThat(ended.errors()).as("%s %s", program, List.of(arguments)).doesNotContain("rror");
        return ended.output();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wp",
                "--single-transaction --quick wp",
                "--lock-tables --hex-blob wp",
                "--lock-all-tables wp",
                "--skip-lock-tables --skip-opt wp",
                "--routines --triggers --events wp",
                "--databases wp",
                "--databases wp --add-drop-database",
                "--all-databases",
                "--skip-extended-insert --complete-insert wp",
                "--compatible=ansi wp",
                "--order-by-primary --tz-utc wp",
                "--dump-date --comments --flush-privileges wp",
                "--insert-ignore wp",
                "--default-character-set=latin1 --hex-blob wp",
                "--no-autocommit --disable-keys wp",
                "--flush-logs wp"
            })
    void aDumpHoldsEverything(String options) throws Exception {
        String dump = succeed("mariadb-dump", options.split(" "));

        assertThat(dump).contains("posts", "O\\'Brien", "of_post", "titles", "-- Dump completed");
    }

    @Test
    void partsOfADump() throws Exception {
        assertThat(succeed("mariadb-dump", "wp", "tags")).contains("`tags`").doesNotContain("by_title");
        assertThat(succeed("mariadb-dump", "--no-data", "wp"))
                .contains("CREATE TABLE `posts`")
                .doesNotContain("INSERT");
        assertThat(succeed("mariadb-dump", "--no-create-info", "wp"))
                .contains("INSERT")
                .doesNotContain("CREATE TABLE `posts`");
        assertThat(succeed("mariadb-dump", "--where=id=2", "wp", "posts"))
                .contains("O\\'Brien")
                .doesNotContain("Ünal");
        assertThat(succeed("mariadb-dump", "--ignore-table=wp.tags", "wp"))
                .contains("posts")
                .doesNotContain("tags");
        assertThat(succeed("mariadb-dump", "--replace", "wp")).contains("REPLACE INTO `posts`");
        String xml = succeed("mariadb-dump", "--xml", "wp");
        assertThat(xml).contains("<table_data name=\"posts\">", "<field name=\"title\">O'Brien</field>");
        assertThat(xml).contains("<field Field=\"id\" Type=\"int(11)\" Null=\"NO\" Key=\"PRI\"");
    }

    @Test
    void mysqldumpIsTheSame() throws Exception {
        assertThat(succeed("mysqldump", "--skip-dump-date", "wp"))
                .isEqualTo(succeed("mariadb-dump", "--skip-dump-date", "wp"));
    }

    @Test
    void filesOfTheServerAreRefused() throws Exception {
        Path target = Files.createDirectory(directory.resolve("tab"));
        ClientPrograms.Ended ended = run("mariadb-dump", "", "--tab=" + target, "wp", "posts");
        assertThat(ended.code()).isNotZero();
        assertThat(ended.errors()).containsAnyOf("1290", "1227", "1045");

        Path rows = Files.writeString(directory.resolve("tags.txt"), "1\tc\n");
        for (String local : List.of("--local", "--skip-lock-tables")) {
            ClientPrograms.Ended imported = run("mariadb-import", "", local, "wp", rows.toString());
            assertThat(imported.code()).isNotZero();
            assertThat(imported.errors()).contains("Error:");
        }
        assertThat(run("mariadb", "SELECT COUNT(*) FROM tags", "-N", "wp").output())
                .isEqualTo("2\n");
    }

    @Test
    void showAndCheck() throws Exception {
        assertThat(succeed("mariadb-show")).contains("| wp ");
        assertThat(succeed("mariadb-show", "wp")).contains("| posts ", "| tags ", "| titles ");
        assertThat(succeed("mariadb-show", "--count", "wp")).contains("posts");
        assertThat(succeed("mariadb-show", "wp", "posts")).contains("varchar(60)", "utf8mb4_unicode_ci");
        assertThat(succeed("mariadb-show", "--keys", "wp", "posts")).contains("by_title");
        assertThat(succeed("mariadb-show", "--status", "wp")).contains("InnoDB");
        assertThat(succeed("mysqlshow", "wp")).contains("posts");
        assertThat(succeed("mariadb-check", "wp")).contains("wp.posts", "OK");
        assertThat(succeed("mariadb-check", "--databases", "wp")).contains("OK");
        assertThat(succeed("mariadb-check", "--all-databases")).contains("wp.tags");
        assertThat(succeed("mariadb-check", "--analyze", "wp")).contains("wp.posts");
        assertThat(succeed("mariadb-check", "--optimize", "wp")).contains("wp.posts");
        assertThat(succeed("mariadb-check", "--auto-repair", "--check-upgrade", "wp"))
                .contains("OK");
    }

    @Test
    void aDumpWithManyOptionsLoadsIntoRealMariaDb() throws Exception {
        try (MariaDb real = new MariaDb(directory.resolve("mariadb"), programs)) {
            real.client("CREATE DATABASE wp");
            // The site's account has defined its views, as MariaDB's accounts do theirs.
            real.client("CREATE USER a@localhost");
            real.client("GRANT ALL ON wp.* TO a@localhost");
            assertThat(real.warnings(
                            succeed(
                                    "mariadb-dump",
                                    "--single-transaction",
                                    "--routines",
                                    "--triggers",
                                    "--events",
                                    "--hex-blob",
                                    "wp"),
                            "wp"))
                    .isEmpty();
            assertThat(real.client(
                            "SELECT title, HEX(body), tag FROM posts JOIN tags ON post = id JOIN titles USING (title) ORDER BY id",
                            "wp"))
                    .isEqualTo("title\tHEX(body)\ttag\nÜnal\t706C61696E\ta\nO'Brien\tNULL\tb\n");
        }
    }
}
