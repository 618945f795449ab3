package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.fuzz.SeedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Statements of every kind, and some of WordPress, for fuzzing to begin with. */
public final class StatementSeeds {
    private static final int EVERY = 5;

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

    private StatementSeeds() {}

    static List<byte[]> known() {
        List<byte[]> known = new ArrayList<>();
        STATEMENTS.forEach(sql -> known.add(sql.getBytes(StandardCharsets.UTF_8)));
        List<String> recorded = Corpus.statements("wordpress");
        for (int i = 0; i < recorded.size(); i += EVERY) {
            known.add(recorded.get(i).getBytes(StandardCharsets.UTF_8));
        }
        return known;
    }

    /** Writes them into the directory it is given, for Jazzer. */
    public static void main(String[] arguments) throws IOException {
        SeedFiles.write(Path.of(arguments[0]), known());
    }
}
