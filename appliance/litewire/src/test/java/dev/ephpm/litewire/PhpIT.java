package dev.ephpm.litewire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PHP's own clients, mysqli and PDO over mysqlnd, against the whole of litewire. */
final class PhpIT {
    private static final String MYSQLI = """
            mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
            $db = new mysqli('localhost', 'a', getenv('PASSWORD'), 'wp', 0, getenv('SOCKET'));
            $db->set_charset('utf8mb4');
            function failure($run) { try { $run(); return 'none'; } catch (Exception $e) { return $e->getCode() . ' ' . $e->getMessage(); } }
            function say(...$values) { echo implode(' | ', array_map(fn($v) => is_string($v) ? $v : json_encode($v), $values)), "\\n"; }
            """;

    private static final String PDO = """
            $db = new PDO('mysql:host=127.0.0.1;port=' . getenv('PORT') . ';dbname=wp;charset=utf8mb4', 'a', getenv('PASSWORD'), [PDO::ATTR_EMULATE_PREPARES => false]);
            function say(...$values) { echo implode(' | ', array_map(fn($v) => is_string($v) ? $v : json_encode($v), $values)), "\\n"; }
            """;

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(directory, MySqlEngine::new);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String run(String script) throws Exception {
        ClientPrograms.Ended ended = new ClientPrograms(directory).php(server, script);
        assertThat(ended.errors()).isEmpty();
        assertThat(ended.code()).as(ended.output()).isZero();
        return ended.output();
    }

    @Test
    void mysqliConnectsAndKnowsTheServer() throws Exception {
        assertThat(run(MYSQLI + "say($db->server_info, $db->server_version, $db->host_info, $db->ping());"))
                .isEqualTo("10.11.14-MariaDB-ephpm | 101114 | Localhost via UNIX socket | true\n");
    }

    @Test
    void everyByteOfATextSurvives() throws Exception {
        assertThat(run(MYSQLI + """
                        $db->query('CREATE TABLE posts (id INT AUTO_INCREMENT PRIMARY KEY, content LONGTEXT, raw LONGBLOB)');
                        $text = "information_schema.tables '; DROP TABLE posts; -- \\\\ \\\\\\\\ \\0 \\x1a \\r\\n \\" ` é 😀 %_";
                        $raw = ''; for ($i = 0; $i < 256; $i++) $raw .= chr($i);
                        $db->query("INSERT INTO posts (content, raw) VALUES ('" . $db->real_escape_string($text) . "', '" . $db->real_escape_string($raw) . "')");
                        $s = $db->prepare('INSERT INTO posts (content, raw) VALUES (?, ?)');
                        $s->bind_param('ss', $text, $raw); $s->execute();
                        $s = $db->prepare('INSERT INTO posts (content, raw) VALUES (?, ?)');
                        $null = null; $s->bind_param('sb', $text, $null); $s->send_long_data(1, substr($raw, 0, 100)); $s->send_long_data(1, substr($raw, 100)); $s->execute();
                        foreach ($db->query('SELECT * FROM posts') as $row) say($row['content'] === $text, $row['raw'] === $raw);
                        $r = $db->execute_query('SELECT content, raw FROM posts WHERE content = ?', [$text]);
                        say($r->num_rows, $r->fetch_row() === [$text, $raw]);
                        """)).isEqualTo("true | true\ntrue | true\ntrue | true\n3 | true\n");
    }

    @Test
    void preparedStatementsCarryMySqlsTypes() throws Exception {
        assertThat(run(MYSQLI + """
                        $db->query('CREATE TABLE t (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, d DECIMAL(12,4), f DOUBLE, t DATETIME, dd DATE, tt TIME, n TINYINT, u BIGINT UNSIGNED)');
                        $db->query("INSERT INTO t (d, f, t, dd, tt, n, u) VALUES (12.34, 0.1, '2024-02-29 23:59:58', '2024-02-29', '-01:02:03', -5, 18446744073709551615)");
                        $db->query("INSERT INTO t (t, dd) VALUES (NULL, NULL)");
                        $s = $db->prepare('SELECT * FROM t WHERE id >= ? ORDER BY id LIMIT ?');
                        say($s->field_count, $s->param_count);
                        $id = 1; $limit = 5; $s->bind_param('ii', $id, $limit); $s->execute();
                        foreach ($s->get_result() as $row) say(...array_values($row));
                        """)).isEqualTo("""
                        8 | 2
                        1 | 12.3400 | 0.1 | 2024-02-29 23:59:58 | 2024-02-29 | -01:02:03 | -5 | 18446744073709551615
                        2 | null | null | null | null | null | null | null
                        """);
    }

    @Test
    void affectedRowsAreChangedRowsUnlessAskedOtherwise() throws Exception {
        assertThat(run(MYSQLI + """
                        $db->query('CREATE TABLE t (id INT PRIMARY KEY, v INT)');
                        $db->query('INSERT INTO t VALUES (1, 1), (2, 1)');
                        $db->query('UPDATE t SET v = 1'); say($db->affected_rows, $db->info);
                        $db->query('UPDATE t SET v = 2 WHERE id = 2'); say($db->affected_rows, $db->info);
                        $db->query('INSERT INTO t VALUES (1, 5) ON DUPLICATE KEY UPDATE v = VALUES(v)'); say($db->affected_rows);
                        $db->query('REPLACE INTO t VALUES (1, 6)'); say($db->affected_rows);
                        $found = mysqli_init(); $found->real_connect('localhost', 'a', getenv('PASSWORD'), 'wp', 0, getenv('SOCKET'), MYSQLI_CLIENT_FOUND_ROWS);
                        $found->query('UPDATE t SET v = v'); say($found->affected_rows);
                        """)).isEqualTo("""
                        0 | Rows matched: 2  Changed: 0  Warnings: 0
                        1 | Rows matched: 1  Changed: 1  Warnings: 0
                        2
                        2
                        2
                        """);
    }

    @Test
    void errorsHaveMySqlsNumbersAndWords() throws Exception {
        assertThat(run(MYSQLI + """
                        $db->query("CREATE TABLE p (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(5) NOT NULL, n TINYINT, UNIQUE KEY by_name (name))");
                        $db->query("CREATE TABLE c (p INT, CONSTRAINT to_p FOREIGN KEY (p) REFERENCES p (id))");
                        $db->query("INSERT INTO p (name) VALUES ('a')");
                        foreach (["SELECT * FROM nope", "SELECT nope FROM p", "INSERT INTO p (name) VALUES ('A')", "INSERT INTO p (name) VALUES (NULL)",
                            "INSERT INTO p (name) VALUES ('toolong')", "INSERT INTO p (name, n) VALUES ('b', 300)", "INSERT INTO c VALUES (9)", "selec 1", "USE other"] as $sql)
                            say(failure(fn() => $db->query($sql)));
                        """)).isEqualTo("""
                        1146 Table 'wp.nope' doesn't exist
                        1054 Unknown column 'nope' in 'SELECT'
                        1062 Duplicate entry 'A' for key 'by_name'
                        1048 Column 'name' cannot be null
                        1406 Data too long for column 'name' at row 1
                        1264 Out of range value for column 'n' at row 1
                        1452 Cannot add or update a child row: a foreign key constraint fails (`wp`.`c`, CONSTRAINT `to_p` FOREIGN KEY (`p`) REFERENCES `p` (`id`))
                        1064 You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'selec 1' at line 1
                        1044 Access denied for user 'a'@'localhost' to database 'other'
                        """);
    }

    @Test
    void transactionsSavepointsAndChangesOfUser() throws Exception {
        assertThat(run(MYSQLI + """
                        $db->query('CREATE TABLE t (v INT)');
                        $count = fn() => $db->query('SELECT COUNT(*) FROM t')->fetch_row()[0];
                        $db->begin_transaction(); $db->query('INSERT INTO t VALUES (1)'); $db->rollback(); say($count());
                        $db->autocommit(false); $db->query('INSERT INTO t VALUES (1)'); $db->savepoint('s'); $db->query('INSERT INTO t VALUES (2)');
                        $db->query('ROLLBACK TO s'); $db->commit(); $db->autocommit(true); say($count());
                        $db->query('CREATE TEMPORARY TABLE temporary_one (v INT)');
                        $db->begin_transaction(); $db->query('INSERT INTO t VALUES (3)');
                        say($db->change_user('a', getenv('PASSWORD'), 'wp'), $count());
                        say(failure(fn() => $db->query('SELECT * FROM temporary_one')));
                        say(failure(fn() => $db->change_user('a', 'wrong', 'wp')));
                        """)).isEqualTo("""
                        0
                        1
                        true | 1
                        1146 Table 'wp.temporary_one' doesn't exist
                        1045 Access denied for user 'a'@'localhost' (using password: YES)
                        """);
    }

    @Test
    void multiQueriesAndUnbufferedResults() throws Exception {
        assertThat(run(MYSQLI + """
                        $db->multi_query("SELECT 1; SELECT 'a;b'; SELECT 3");
                        do { $r = $db->store_result(); say($r->fetch_row()[0]); } while ($db->more_results() && $db->next_result());
                        $db->query('CREATE TABLE t (v INT)'); $db->query('INSERT INTO t VALUES (1), (2), (3)');
                        $r = $db->query('SELECT v FROM t ORDER BY v', MYSQLI_USE_RESULT); while ($row = $r->fetch_row()) say($row[0]); $r->free();
                        $r = $db->query('SELECT SQL_CALC_FOUND_ROWS v FROM t LIMIT 1'); say($r->num_rows, $db->query('SELECT FOUND_ROWS()')->fetch_row()[0]);
                        """)).isEqualTo("1\na;b\n3\n1\n2\n3\n1 | 3\n");
    }

    @Test
    void pdoPreparesOnTheServerAndBindsEverythingAsText() throws Exception {
        assertThat(run(PDO + """
                        $db->exec('CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20), n INT)');
                        $s = $db->prepare('INSERT INTO t (v, n) VALUES (:v, :n)'); $s->execute(['v' => 'é', 'n' => '7']); say($db->lastInsertId(), $s->rowCount());
                        $s = $db->prepare('SELECT id, v, n FROM t WHERE n = ? LIMIT ?'); $s->execute(['7', '1']); say($s->columnCount(), ...$s->fetch(PDO::FETCH_NUM));
                        say($s->getColumnMeta(1)['name'], $s->getColumnMeta(1)['table'], $s->getColumnMeta(0)['native_type']);
                        $big = str_repeat('0123456789abcdef', 1100000); $db->exec('CREATE TABLE b (v LONGTEXT)'); $db->prepare('INSERT INTO b VALUES (?)')->execute([$big]);
                        say($db->query('SELECT v FROM b')->fetchColumn() === $big);
                        try { $db->exec("ATTACH DATABASE 'x' AS y"); } catch (PDOException $e) { say($e->errorInfo[0], $e->errorInfo[1]); }
                        """)).isEqualTo("1 | 1\n3 | 1 | é | 7\nv | t | LONG\ntrue\n42000 | 1064\n");
    }
}
