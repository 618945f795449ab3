package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB's command-line clients. */
final class CommandLineIT {
    private static final String CONTENT = """
            CREATE TABLE authors (id INT UNSIGNED NOT NULL AUTO_INCREMENT, name VARCHAR(60) NOT NULL DEFAULT '', PRIMARY KEY (id), UNIQUE KEY by_name (name));
            CREATE TABLE books (id BIGINT AUTO_INCREMENT PRIMARY KEY, author INT UNSIGNED, title TEXT, price DECIMAL(10,2), published DATETIME DEFAULT '0000-00-00 00:00:00',
              cover LONGBLOB, state ENUM('new','old') NOT NULL DEFAULT 'new', KEY by_title (title(20)), CONSTRAINT written_by FOREIGN KEY (author) REFERENCES authors (id) ON DELETE CASCADE);
            INSERT INTO authors (name) VALUES ('Ünal'), ('O''Brien'), ('back\\\\slash');
            INSERT INTO books (author, title, price, published, cover, state) VALUES
              (1, 'Ein "Titel"; DROP TABLE x', 12.30, '2024-02-29 23:59:58', x'00FF80275C', 'old'), (2, NULL, NULL, '2020-01-01', NULL, 'new'), (3, '😀', 0.01, '2020-01-01', '', 'new');
            """;

    private static final String QUERY =
            "SELECT a.name, b.title, b.price, b.published, HEX(b.cover), b.state FROM books b JOIN authors a ON a.id = b.author ORDER BY b.id";

    @TempDir
    Path directory;

    private TestServer server;
    private ClientPrograms programs;

    @BeforeEach
    void start() {
        server = new TestServer(directory, MySqlEngine::new);
        programs = new ClientPrograms(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String client(String program, String input, String... arguments) throws Exception {
        ClientPrograms.Ended ended = programs.client(server, program, input, arguments);
        assertThat(ended.code()).as(ended.errors()).isZero();
        return ended.output();
    }

    @Test
    void adminPings() throws Exception {
        assertThat(client("mariadb-admin", "", "ping")).isEqualTo("mysqld is alive\n");
        assertThat(client("mariadb-admin", "", "status")).startsWith("Uptime: ");
        assertThat(client("mariadb-admin", "", "processlist")).contains("| a ");
        assertThat(client("mariadb-admin", "", "variables")).contains("10.11.14-MariaDB-ephpm");
    }

    @Test
    void theShellRunsAScriptAndShowsTables() throws Exception {
        client("mariadb", CONTENT, "wp");

        assertThat(client("mariadb", "SHOW TABLES; " + QUERY, "wp")).isEqualTo("""
                        Tables_in_wp
                        authors
                        books
                        name\ttitle\tprice\tpublished\tHEX(b.cover)\tstate
                        Ünal\tEin "Titel"; DROP TABLE x\t12.30\t2024-02-29 23:59:58\t00FF80275C\told
                        O'Brien\tNULL\tNULL\t2020-01-01 00:00:00\tNULL\tnew
                        back\\\\slash\t😀\t0.01\t2020-01-01 00:00:00\t\tnew
                        """);
    }

    @Test
    void anErrorEndsTheShellWithItsNumber() throws Exception {
        ClientPrograms.Ended ended = programs.client(server, "mariadb", "SELECT * FROM nope", "wp");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errors()).contains("ERROR 1146 (42S02) at line 1: Table 'wp.nope' doesn't exist");
    }

    @Test
    void aDumpLoadsIntoRealMariaDbAndBack() throws Exception {
        client("mariadb", CONTENT, "wp");
        String shown = client("mariadb", QUERY, "wp");
        String dump = client("mariadb-dump", "", "--single-transaction", "--hex-blob", "wp");
        try (MariaDb real = new MariaDb(directory.resolve("mariadb"), programs)) {
            real.client("CREATE DATABASE wp");
            real.client(dump, "wp");
            assertThat(real.client(QUERY, "wp")).isEqualTo(shown);
            String back = real.dump("wp");
            client("mariadb", "DROP DATABASE wp; CREATE DATABASE IF NOT EXISTS wp", "wp");
            assertThat(client("mariadb", "SHOW TABLES", "wp")).isEmpty();
            client("mariadb", back, "wp");
            assertThat(client("mariadb", QUERY, "wp")).isEqualTo(shown);
            assertThat(client("mariadb", "SHOW CREATE TABLE books", "wp"))
                    .isEqualTo(real.client("SHOW CREATE TABLE books", "wp"));
        }
    }
}
