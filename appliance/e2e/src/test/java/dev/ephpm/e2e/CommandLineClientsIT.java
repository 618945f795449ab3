package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MySQL's own command-line clients work, and a dump moves a site to real MariaDB and back. */
class CommandLineClientsIT {
    private static final String HOST = "dumped.test";
    private static final String CONTENT = """
            CREATE TABLE authors (id INT UNSIGNED NOT NULL AUTO_INCREMENT, name VARCHAR(100) NOT NULL DEFAULT '', born DATE DEFAULT NULL,
              rating DECIMAL(6,3) NOT NULL DEFAULT 0.000, kind ENUM('alive','dead') NOT NULL DEFAULT 'alive', tags SET('a','b','c') DEFAULT NULL,
              photo LONGBLOB, created DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', PRIMARY KEY (id), UNIQUE KEY name (name), KEY born (born, rating))
              ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='people who write';
            CREATE TABLE books (id BIGINT NOT NULL AUTO_INCREMENT, author_id INT UNSIGNED NOT NULL, title TEXT NOT NULL COMMENT 'as printed', price DOUBLE DEFAULT NULL,
              PRIMARY KEY (id), KEY author (author_id), KEY title (title(20)), CONSTRAINT written_by FOREIGN KEY (author_id) REFERENCES authors (id) ON DELETE CASCADE)
              ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
            INSERT INTO authors (name, born, rating, kind, tags, photo) VALUES
              ('Ünsal \\'Q\\' \\\\ Ö', '1970-02-28', 12.345, 'dead', 'a,c', 0x00FF10275C), ('日本 😀', NULL, -0.001, 'alive', '', ''), ('', '1999-12-31', 999.999, 'alive', NULL, NULL);
            INSERT INTO books (author_id, title, price) VALUES (1, 'one\\n\\ttwo', 1.5), (2, '', NULL), (2, 'NULL', 1e100), (1, REPEAT('long ', 12000), -0.25);
            DELETE FROM books WHERE id = 2;
            """;

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .site(HOST, site -> site.file("index.html", "page"))
            .site("loaded.test", site -> site.file("index.html", "page"));

    @Test
    void clientsConnectOverTcpAndSocket() {
        Database database = appliance.database(HOST);
        for (String program : List.of("mariadb", "mysql")) {
            assertThat(database.client(program, "-N", "-e", "SELECT 1 + 1", database.name())
                            .run()
                            .expectSuccess()
                            .output())
                    .isEqualTo("2\n");
            assertThat(database.localClient(program, "-N", "-e", "SELECT DATABASE()", database.name())
                            .run()
                            .expectSuccess()
                            .output()
                            .strip())
                    .isEqualTo(database.name());
        }
        assertThat(database.client("mariadb", "-t", "-e", "SELECT 'a' AS `column`, NULL AS n")
                        .run()
                        .expectSuccess()
                        .output())
                .contains("| column | n    |", "| a      | NULL |");
        assertThat(database.client("mariadb", "-e", "status")
                        .run()
                        .expectSuccess()
                        .output())
                .contains("Server version:");
    }

    @Test
    void adminClientPings() {
        Database database = appliance.database(HOST);
        for (String program : List.of("mysqladmin", "mariadb-admin")) {
            assertThat(database.client(program, "ping").run().expectSuccess().output())
                    .contains("is alive");
            assertThat(database.localClient(program, "ping")
                            .run()
                            .expectSuccess()
                            .output())
                    .contains("is alive");
            assertThat(database.client(program, "status").run().expectSuccess().output())
                    .contains("Uptime");
            assertThat(database.client(program, "version").run().expectSuccess().output())
                    .contains("Server version");
        }
    }

    @Test
    void dumpLoadsIntoRealMariaDbAndBack() {
        Database site = appliance.database(HOST);
        site.query(CONTENT);
        String dump = dump(site);
        assertThat(dump).contains("CREATE TABLE `authors`", "CONSTRAINT `written_by`", "Dump completed");
        try (MariaDbServer server = MariaDbServer.start("taken_over")) {
            Database real = server.database();
            load(real, dump);
            for (String table : List.of("authors", "books")) {
                assertThat(real.query("SELECT * FROM " + table + " ORDER BY id"))
                        .isEqualTo(site.query("SELECT * FROM " + table + " ORDER BY id"));
                assertThat(real.query("SHOW CREATE TABLE " + table))
                        .isEqualTo(site.query("SHOW CREATE TABLE " + table));
            }
            String back = dump(real);
            assertThat(statements(back)).isEqualTo(statements(dump));
            Database loaded = appliance.database("loaded.test");
            load(loaded, back);
            assertThat(statements(dump(loaded))).isEqualTo(statements(dump));
        }
    }

    @Test
    void dumpLoadsASecondTimeOverItself() {
        Database loaded = appliance.database("loaded.test");
        load(loaded, "DROP TABLE IF EXISTS books; DROP TABLE IF EXISTS authors;" + CONTENT);
        String first = dump(loaded);
        load(loaded, first);
        assertThat(statements(dump(loaded))).isEqualTo(statements(first));
    }

    private static String dump(Database database) {
        return database.client("mysqldump", "--single-transaction", "--default-character-set=utf8mb4", database.name())
                .run()
                .expectSuccess()
                .output();
    }

    private static void load(Database database, String dump) {
        database.client("mariadb", "--default-character-set=utf8mb4", database.name())
                .input(dump)
                .run()
                .expectSuccess();
    }

    /** A dump without what names the server, the database and the hour. */
    private static List<String> statements(String dump) {
        return dump.lines().filter(line -> !line.startsWith("--")).toList();
    }
}
