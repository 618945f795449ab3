package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A short run of {@link StatementFuzz} with the same input every time; {@code make fuzz} is the long one. */
final class StatementFuzzTest {
    private static final Logger log = LoggerFactory.getLogger(StatementFuzzTest.class);
    private static final long TIME = TimeUnit.SECONDS.toNanos(10);
    private static final int LEAST = 500;

    /** What begins and ends things, what litewire itself uses as marks, and what SQLite would do harm with. */
    private static final List<String> WORDS = List.of(
            "'" + CheckedHandle.CANARY + "'",
            "\"" + CheckedHandle.CANARY + "\"",
            "'",
            "\"",
            "`",
            "\\",
            "\\'",
            ";",
            "--",
            "-- \n",
            "#",
            "/*",
            "*/",
            "/*!",
            "/*+",
            "(",
            ")",
            ",",
            ".",
            "?",
            "?i",
            "?t",
            "'s0'",
            "1000000000",
            "1000000001",
            "4611686018427387904",
            "18446744073709551616",
            "1e999",
            "-",
            ":=",
            "@a",
            "@@sql_mode",
            "~0",
            "`~0`",
            "\uE000",
            "\uE0000\uE001",
            "\0",
            "\uFFFF",
            "é",
            "😀",
            "0x",
            "x'",
            "b'1",
            "_utf8mb4",
            "N'a'",
            "NULL",
            "\\N",
            " ATTACH ",
            " DATABASE ",
            " PRAGMA ",
            " VACUUM INTO ",
            "load_extension(",
            "sqlite_master",
            "__lw_tables",
            " SELECT ",
            " FROM ",
            " WHERE ",
            " UNION ",
            " IN (",
            " LIKE ",
            " REGEXP ",
            " BETWEEN ",
            " CASE WHEN ",
            " END ",
            " AS ",
            " ORDER BY ",
            " GROUP BY ",
            " HAVING ",
            " LIMIT ",
            " OFFSET ",
            " INTERVAL ",
            " COLLATE ",
            " CAST(",
            " CONVERT(",
            "GROUP_CONCAT(",
            "ROUND(",
            "JSON_EXTRACT(",
            "DATE_FORMAT(",
            "REPEAT(",
            "CONCAT(",
            " INTO ",
            " VALUES ",
            " ON DUPLICATE KEY UPDATE ",
            " DEFAULT ",
            " WITH RECURSIVE ",
            " OVER (",
            "people",
            "wp_options",
            "id",
            "*");

    private static final List<String> STATEMENTS = List.of(
            "SELECT p.id, UPPER(name) AS 'n', score + 1 FROM people p WHERE born > '1999-01-01' AND name LIKE 'A%' ORDER BY 2"
                    + " LIMIT 1, 5",
            "INSERT INTO people (name, score) VALUES ('" + CheckedHandle.CANARY
                    + "', 1), (?, 2) ON DUPLICATE KEY UPDATE" + " name = VALUES(name), score = score + 1",
            "UPDATE people SET note = CONCAT(note, 'x'), data = '{\"a\": 1}' WHERE id IN (1, 2, 3) ORDER BY id LIMIT 2",
            "DELETE p.* FROM people p JOIN wp_options o ON o.option_id = p.id WHERE o.option_name = 'a'",
            "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n",
            "SELECT kind, COUNT(*), GROUP_CONCAT(DISTINCT name ORDER BY id SEPARATOR '; ') FROM people GROUP BY kind WITH"
                    + " ROLLUP HAVING COUNT(*) > 0",
            "CREATE TABLE x (a INT DEFAULT 5, b VARCHAR(10) DEFAULT 'q''q' COMMENT 'c', CHECK (a > 0), KEY (b(3)))",
            "ALTER TABLE people ADD COLUMN z INT NOT NULL DEFAULT 1 AFTER id, DROP INDEX name",
            "CREATE OR REPLACE VIEW v AS SELECT id, name FROM people WHERE score > 0",
            "SELECT DATE_FORMAT(born, '%Y %M'), born + INTERVAL 1 DAY, CAST('5' AS DECIMAL(5,2)), ROUND(1.255, 2) FROM people",
            "SET @a = 1, sql_mode = 'ANSI', NAMES utf8mb4",
            "SHOW FULL COLUMNS FROM people LIKE 'n%'; SHOW TABLES; EXPLAIN SELECT * FROM people",
            "SELECT * FROM information_schema.columns WHERE table_name = 'people'",
            "SELECT name REGEXP '^(a|b)+$', MATCH (note) AGAINST ('x' IN BOOLEAN MODE), ROW_NUMBER() OVER (ORDER BY id) FROM"
                    + " people");

    @Test
    void nothingButPlansReachesSqlite() {
        List<byte[]> known = new ArrayList<>();
        STATEMENTS.forEach(sql -> known.add(sql.getBytes(StandardCharsets.UTF_8)));
        List<String> recorded = Corpus.statements("wordpress");
        for (int i = 0; i < recorded.size(); i += 5) {
            known.add(recorded.get(i).getBytes(StandardCharsets.UTF_8));
        }
        Mutations mutations = new Mutations(20_261_120, known, WORDS);
        StatementFuzz fuzz = new StatementFuzz();
        long end = System.nanoTime() + TIME;
        int inputs = 0;
        while (System.nanoTime() < end) {
            fuzz.one(mutations.next());
            inputs++;
        }
        log.info("{} inputs, {}", inputs, fuzz.report());
        assertThat(inputs).isGreaterThan(LEAST);
    }
}
