package dev.ephpm.litewire.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.StringJoiner;

/**
 * Statements by chance over a small schema with keys, NULLs and letters of several languages; the same for the same seed.
 * Results are either ordered by all that is shown or compared as sets of rows.
 */
final class RandomStatements {
    private static final List<String> TEXTS =
            List.of("apple", "Apple", "Äpfel", "zoë", "Zoe", "straße", "", "b", "B c", "10", "7up", "日本");
    private static final List<String> DATES =
            List.of("2024-02-29 13:14:15", "1999-12-31 23:59:59", "2024-03-01 00:00:00", "2001-01-01 00:00:01");

    private final SplittableRandom random;
    private final RandomExpressions expressions;

    /** Given by us: which ids a refused row spends is tested elsewhere. */
    private int nextId = 1;

    RandomStatements(long seed) {
        random = new SplittableRandom(seed);
        expressions = new RandomExpressions(random);
    }

    /** Tables and their rows. */
    List<String> setup() {
        List<String> statements = new ArrayList<>();
        statements.add(
                "CREATE TABLE a (id INT PRIMARY KEY AUTO_INCREMENT, n INT, big BIGINT, d DECIMAL(10,2), r DOUBLE,"
                        + " s VARCHAR(20), t TEXT, dt DATETIME, da DATE, e ENUM('x','y','z'), f TINYINT(1) NOT NULL DEFAULT 0,"
                        + " KEY n (n), KEY s (s), KEY dt (dt))");
        statements.add(
                "CREATE TABLE b (id INT PRIMARY KEY AUTO_INCREMENT, a_id INT, k INT, v VARCHAR(20) NOT NULL DEFAULT '',"
                        + " UNIQUE KEY k (k), KEY a_id (a_id, v))");
        for (int i = 0; i < 40; i++) {
            statements.add("INSERT INTO a (n, big, d, r, s, t, dt, da, e, f) VALUES (" + rowOfA() + ")");
        }
        for (int i = 0; i < 60; i++) {
            statements.add("INSERT INTO b (id, a_id, k, v) VALUES (" + nextId++ + ", " + orNull(random.nextInt(45))
                    + ", " + i + ", " + quoted(TEXTS) + ")");
        }
        return statements;
    }

    private String rowOfA() {
        StringJoiner row = new StringJoiner(", ");
        row.add(orNull(random.nextInt(-20, 20)));
        row.add(orNull(random.nextLong(-5_000_000_000L, 5_000_000_000L)));
        row.add(orNull(random.nextInt(-9999, 9999) + "." + random.nextInt(10, 99)));
        row.add(orNull(random.nextInt(-100, 100) / 4.0));
        row.add(random.nextInt(6) == 0 ? "NULL" : quoted(TEXTS));
        row.add(random.nextInt(6) == 0 ? "NULL" : quoted(TEXTS));
        String moment = quoted(DATES);
        row.add(random.nextInt(6) == 0 ? "NULL" : moment);
        row.add(random.nextInt(6) == 0 ? "NULL" : moment.substring(0, 11) + "'");
        row.add(random.nextInt(6) == 0 ? "NULL" : quoted(List.of("x", "y", "z")));
        row.add(String.valueOf(random.nextInt(2)));
        return row.toString();
    }

    private String orNull(Object value) {
        return random.nextInt(6) == 0 ? "NULL" : String.valueOf(value);
    }

    private String quoted(List<String> texts) {
        return "'" + texts.get(random.nextInt(texts.size())) + "'";
    }

    String next() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> plain();
            case 3, 4 -> join();
            case 5, 6, 7 -> grouped();
            case 8 -> union();
            case 9, 10 -> nested();
            case 11, 12 -> windowed();
            case 13 -> withTable();
            case 14 -> limited();
            case 15, 16 -> update();
            case 17 -> insert();
            case 18 -> upsert();
            default -> delete();
        };
    }

    private String plain() {
        // Which of several equal texts is shown is by chance, so only numbers are made distinct.
        return random.nextInt(4) == 0
                ? "SELECT DISTINCT " + expressions.number(2) + " AS c1, e AS c2 FROM a WHERE "
                        + expressions.condition(2)
                : "SELECT " + expressions.any(2) + " AS c1, " + expressions.any(2) + " AS c2 FROM a WHERE "
                        + expressions.condition(2);
    }

    private String limited() {
        return "SELECT id, " + expressions.any(2) + " FROM a WHERE " + expressions.condition(1) + " ORDER BY "
                + expressions.column() + (random.nextBoolean() ? " DESC" : "") + ", id LIMIT " + random.nextInt(1, 9)
                + (random.nextBoolean() ? " OFFSET " + random.nextInt(5) : "");
    }

    private String join() {
        String kind = random.nextBoolean() ? "JOIN" : "LEFT JOIN";
        return "SELECT a.id, b.id, b.v, " + expressions.any(1) + " FROM a " + kind + " b ON a.id = b.a_id"
                + (random.nextBoolean() ? " AND b.k > " + random.nextInt(60) : "") + " WHERE "
                + expressions.condition(1);
    }

    private String grouped() {
        String key = expressions.groupKey();
        String having = random.nextBoolean() ? " HAVING " + expressions.aggregate() + " IS NOT NULL" : "";
        // Which of several equal texts stands for their group is by chance.
        boolean text = key.contains("s") && !key.contains("IS");
        return "SELECT " + (text ? "" : key + " AS g, ") + "COUNT(*), " + expressions.aggregate() + ", "
                + expressions.aggregate() + " FROM a WHERE " + expressions.condition(1) + " GROUP BY " + key + having;
    }

    private String union() {
        return random.nextBoolean()
                ? "SELECT n AS c1, s AS c2 FROM a WHERE " + expressions.condition(1)
                        + " UNION ALL SELECT k, v FROM b WHERE k < " + random.nextInt(60)
                : "SELECT n AS c1, f AS c2 FROM a WHERE " + expressions.condition(1)
                        + " UNION SELECT k, k % 2 FROM b WHERE k < " + random.nextInt(60);
    }

    private String nested() {
        return switch (random.nextInt(4)) {
            case 0 ->
                "SELECT id, s FROM a WHERE id " + (random.nextBoolean() ? "" : "NOT ")
                        + "IN (SELECT a_id FROM b WHERE a_id IS NOT NULL AND k < " + random.nextInt(60) + ")";
            case 1 ->
                "SELECT id FROM a WHERE " + (random.nextBoolean() ? "" : "NOT ")
                        + "EXISTS (SELECT 1 FROM b WHERE b.a_id = a.id AND b.v <> '')";
            case 2 ->
                "SELECT id, (SELECT MAX(k) FROM b WHERE b.a_id = a.id) AS m FROM a WHERE " + expressions.condition(1);
            default ->
                "SELECT q.g, SUM(q.c) FROM (SELECT e AS g, COUNT(*) AS c FROM a WHERE " + expressions.condition(1)
                        + " GROUP BY e) q GROUP BY q.g";
        };
    }

    private String windowed() {
        String function = switch (random.nextInt(6)) {
            case 0 -> "ROW_NUMBER()";
            case 1 -> "RANK()";
            case 2 -> "SUM(n)";
            case 3 -> "COUNT(s)";
            case 4 -> "LAG(n)";
            default -> "FIRST_VALUE(s)";
        };
        return "SELECT id, " + function + " OVER (PARTITION BY " + expressions.groupKey()
                + " ORDER BY id) AS w FROM a WHERE " + expressions.condition(1);
    }

    private String withTable() {
        return "WITH q AS (SELECT id, n, s FROM a WHERE " + expressions.condition(1)
                + ") SELECT q.id, q.n + 1, b.v FROM q JOIN b ON b.a_id = q.id";
    }

    private String update() {
        String assignment = switch (random.nextInt(5)) {
            case 0 -> "n = " + random.nextInt(-20, 20);
            case 1 -> "n = n + 1";
            case 2 -> "s = " + quoted(TEXTS);
            case 3 -> "d = ROUND(d / 3, 2)";
            default -> "f = 1 - f, t = CONCAT(LEFT(COALESCE(t, ''), 5), id)";
        };
        return "UPDATE a SET " + assignment + " WHERE " + expressions.condition(1);
    }

    private String insert() {
        return random.nextBoolean()
                ? "INSERT INTO a (n, big, d, r, s, t, dt, da, e, f) VALUES (" + rowOfA() + ")"
                : "INSERT IGNORE INTO b (id, a_id, k, v) VALUES (" + nextId++ + ", " + random.nextInt(45) + ", "
                        + random.nextInt(80) + ", " + quoted(TEXTS) + "), (" + nextId++ + ", 1, " + random.nextInt(80)
                        + ", 'two')";
    }

    private String upsert() {
        String values =
                "(" + nextId++ + ", " + random.nextInt(45) + ", " + random.nextInt(80) + ", " + quoted(TEXTS) + ")";
        return random.nextBoolean()
                ? "REPLACE INTO b (id, a_id, k, v) VALUES " + values
                : "INSERT INTO b (id, a_id, k, v) VALUES " + values
                        + " ON DUPLICATE KEY UPDATE v = CONCAT(LEFT(v, 8), VALUES(v)), a_id = a_id + 1";
    }

    private String delete() {
        return random.nextBoolean()
                ? "DELETE FROM a WHERE " + expressions.condition(1) + " ORDER BY id LIMIT 1"
                : "DELETE FROM b WHERE k = " + random.nextInt(80);
    }
}
