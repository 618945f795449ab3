package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PHP at its database: what it is told, what it stores, and sixteen writers at once. */
class MySqlFromPhpIT {
    private static final String HOST = "stored.test";
    private static final int WRITERS = 16;
    private static final int SECONDS = 10;

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("php.workers", WRITERS)
            .set("php.max_execution_time", 60)
            .set("php.memory_limit", "256MB")
            .site(
                    HOST,
                    site -> site.scripts("bytes.php", "writer.php")
                            .file(
                                    "env.php",
                                    "<?php foreach (explode(',', $_GET['names']) as $n) { echo $n, '=', getenv($n), \"\\n\"; }")
                            .file("connect.php", """
                            <?php
                            mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
                            $db = match ($_GET['by']) {
                                'tcp' => new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT')),
                                'socket' => new mysqli('localhost', getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), 0, getenv('DB_SOCKET')),
                                'default-socket' => new mysqli('localhost', getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME')),
                                'persistent' => new mysqli('p:' . getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT')),
                                'pdo-socket' => new PDO('mysql:host=localhost;dbname=' . getenv('DB_NAME'), getenv('DB_USER'), getenv('DB_PASSWORD')),
                                'url' => (function () {
                                    $url = parse_url(getenv('DATABASE_URL'));
                                    return new mysqli($url['host'], rawurldecode($url['user']), rawurldecode($url['pass']), ltrim($url['path'], '/'), $url['port']);
                                })(),
                            };
                            $result = $db->query('SELECT DATABASE()');
                            echo $result instanceof PDOStatement ? $result->fetchColumn() : $result->fetch_row()[0];
                            """));

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "socket", "default-socket", "persistent", "pdo-socket", "url"})
    void phpConnectsAsItIsTold(String by) {
        for (int i = 0; i < 4; i++) {
            assertThat(appliance.page(HOST, "/connect.php?by=" + by))
                    .isEqualTo(appliance.database(HOST).name());
        }
    }

    @Test
    void environmentAndCommandLineNameTheSameDatabase() {
        Database database = appliance.database(HOST);
        String environment = appliance.page(
                HOST,
                "/env.php?names=DB_HOST,DB_PORT,DB_NAME,DB_DATABASE,DB_USER,DB_USERNAME,DB_PASSWORD,DB_SOCKET,DATABASE_URL,DB_CONNECTION");
        assertThat(environment)
                .containsPattern("DB_HOST=(localhost|127\\.0\\.0\\.1)\n")
                .contains("DB_PORT=" + database.port())
                .contains("DB_NAME=" + database.name())
                .contains("DB_DATABASE=" + database.name())
                .contains("DB_USER=" + database.user())
                .contains("DB_USERNAME=" + database.user())
                .contains("DB_PASSWORD=" + database.password())
                .contains("DB_SOCKET=" + database.socket())
                .contains("DATABASE_URL=mysql://")
                .contains("DB_CONNECTION=mysql");
        assertThat(database.password().length()).isGreaterThanOrEqualTo(16);
    }

    @Test
    void textsThatLookLikeSqlAndEveryByteAreReadBackUnchanged() {
        assertThat(appliance.page(HOST, "/bytes.php")).isEqualTo("all the same");
    }

    @Test
    void databaseFileIsReadableByOrdinaryTools() {
        Database database = appliance.database(HOST);
        database.query("CREATE TABLE IF NOT EXISTS plain (id INT PRIMARY KEY, t VARCHAR(20) COLLATE utf8mb4_unicode_ci,"
                + " KEY by_t (t)); REPLACE INTO plain VALUES (1, 'Grün'), (2, 'blau')");
        String file = appliance.siteDirectory(HOST).resolve("ephpm.db").toString();
        Command.Result rows = Command.of("sqlite3", "-readonly", file, "SELECT id, t FROM plain ORDER BY t DESC, id")
                .run()
                .expectSuccess();
        assertThat(rows.output().lines()).contains("1|Grün", "2|blau");
        assertThat(Command.of("sqlite3", "-readonly", file, "PRAGMA integrity_check")
                        .run()
                        .expectSuccess()
                        .output()
                        .strip())
                .isEqualTo("ok");
        assertThat(Command.of("sqlite3", "-readonly", file, ".dump plain")
                        .run()
                        .expectSuccess()
                        .output())
                .contains("Grün");
    }

    @Test
    void sixteenWritersCommitInEverySecondAndNothingIsLost() {
        Database database = appliance.database(HOST);
        database.query(
                "CREATE TABLE written (id BIGINT AUTO_INCREMENT PRIMARY KEY, writer INT NOT NULL, n INT NOT NULL, UNIQUE KEY once (writer, n)) ENGINE=InnoDB;"
                        + "CREATE TABLE counters (writer INT PRIMARY KEY, n INT NOT NULL) ENGINE=InnoDB");
        for (int i = 0; i < WRITERS; i++) {
            database.query("INSERT INTO counters VALUES (" + i + ", 0)");
        }
        double until = System.currentTimeMillis() / 1000.0 + SECONDS;
        long total = 0;
        Map<Long, Integer> seconds = new TreeMap<>();
        List<String> answers = write(until);
        List<Integer> perWriter = new ArrayList<>();
        for (String answer : answers) {
            String[] words = answer.split(" ");
            int count = Integer.parseInt(words[0]);
            perWriter.add(count);
            total += count;
            for (int i = 1; i < words.length; i++) {
                String[] pair = words[i].split(":");
                seconds.merge(Long.parseLong(pair[0]), Integer.parseInt(pair[1]), Integer::sum);
            }
        }
        assertThat(database.value("SELECT COUNT(*) FROM written")).isEqualTo(String.valueOf(total));
        assertThat(database.value("SELECT COUNT(DISTINCT id) FROM written")).isEqualTo(String.valueOf(total));
        long counted = perWriter.stream().mapToLong(n -> (n + 2) / 3).sum();
        assertThat(database.value("SELECT SUM(n) FROM counters")).isEqualTo(String.valueOf(counted));
        long first = seconds.keySet().iterator().next();
        for (long second = first; second < first + SECONDS - 1; second++) {
            assertThat(seconds).as("commits in second %d", second - first).containsKey(second);
        }
        assertThat(perWriter).as("no writer starves").allMatch(count -> count > 5);
    }

    private static List<String> write(double until) {
        List<CompletableFuture<String>> writers = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < WRITERS; i++) {
                String target = "/writer.php?writer=" + i + "&until=" + until;
                writers.add(CompletableFuture.supplyAsync(() -> appliance.page(HOST, target), clients));
            }
            return writers.stream()
                    .map(writer -> writer.orTimeout(
                                    Duration.ofSeconds(SECONDS + 10).toMillis(),
                                    java.util.concurrent.TimeUnit.MILLISECONDS)
                            .join())
                    .toList();
        }
    }
}
