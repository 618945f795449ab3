package dev.ephpm.litewire.replay;

import java.util.List;
import java.util.SplittableRandom;

/** Expressions by chance over the columns of table {@code a} of {@link RandomStatements}. */
final class RandomExpressions {
    private static final List<String> NUMBERS = List.of("a.id", "n", "big", "d", "r", "f");
    private static final List<String> EXACT_NUMBERS = List.of("a.id", "n", "f", "d");
    private static final List<String> TEXTS = List.of("s", "t", "e");
    private static final List<String> MOMENTS = List.of("dt", "da");
    private static final List<String> LITERALS =
            List.of("'apple'", "'Apple'", "'äpfel'", "'zoe'", "'strasse'", "''", "'b'", "'B C'", "'10'", "'日本'");

    private final SplittableRandom random;

    RandomExpressions(SplittableRandom random) {
        this.random = random;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    String column() {
        return one(List.of("n", "big", "d", "s", "dt", "da", "e", "r"));
    }

    String groupKey() {
        return one(List.of("e", "s", "n % 3", "f", "YEAR(dt)", "da", "LEFT(s, 1)", "n IS NULL"));
    }

    String aggregate() {
        return switch (random.nextInt(8)) {
            case 0 -> "SUM(" + one(EXACT_NUMBERS) + ")";
            case 1 -> "AVG(" + one(EXACT_NUMBERS) + ")";
            case 2 -> "MIN(" + one(List.of("n", "s", "dt", "d", "da")) + ")";
            case 3 -> "MAX(" + one(List.of("n", "big", "dt", "r", "da")) + ")";
            case 4 -> "COUNT(DISTINCT " + column() + ")";
            case 5 -> "COUNT(" + column() + ")";
            case 6 -> "GROUP_CONCAT(id ORDER BY id)";
            default -> "SUM(IF(" + condition(0) + ", 1, 0))";
        };
    }

    String any(int depth) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> number(depth);
            case 2, 3 -> text(depth);
            case 4 -> moment(depth);
            default -> condition(depth);
        };
    }

    String number(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? String.valueOf(random.nextInt(-9, 30)) : one(NUMBERS);
        }
        return switch (random.nextInt(12)) {
            case 0 -> "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
            case 1 -> "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
            case 2 -> "(" + number(0) + " * " + random.nextInt(1, 9) + ")";
            case 3 -> "(" + one(EXACT_NUMBERS) + " DIV " + random.nextInt(1, 5) + ")";
            case 4 -> "(" + one(List.of("a.id", "n", "f")) + " % " + random.nextInt(1, 7) + ")";
            case 5 -> "ABS(" + number(depth - 1) + ")";
            case 6 -> "ROUND(" + one(EXACT_NUMBERS) + ", " + random.nextInt(0, 2) + ")";
            case 7 -> "LENGTH(" + text(depth - 1) + ")";
            case 8 -> "COALESCE(" + number(depth - 1) + ", " + random.nextInt(9) + ")";
            case 9 -> "IF(" + condition(0) + ", " + number(0) + ", " + number(0) + ")";
            case 10 -> "DATEDIFF(" + one(MOMENTS) + ", '2000-01-01')";
            default -> one(NUMBERS);
        };
    }

    String text(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? one(LITERALS) : one(TEXTS);
        }
        return switch (random.nextInt(9)) {
            case 0 -> "CONCAT(" + text(depth - 1) + ", " + text(depth - 1) + ")";
            case 1 -> "UPPER(" + text(depth - 1) + ")";
            case 2 -> "LOWER(" + text(depth - 1) + ")";
            case 3 -> "LEFT(" + text(depth - 1) + ", " + random.nextInt(4) + ")";
            case 4 -> "REPLACE(" + text(depth - 1) + ", 'p', 'q')";
            case 5 -> "COALESCE(" + text(depth - 1) + ", 'none')";
            case 6 -> "CASE WHEN " + condition(0) + " THEN " + text(0) + " ELSE " + text(0) + " END";
            case 7 -> "TRIM(" + text(depth - 1) + ")";
            default -> one(TEXTS);
        };
    }

    String moment(int depth) {
        if (depth == 0) {
            return one(MOMENTS);
        }
        return switch (random.nextInt(5)) {
            case 0 -> "DATE_ADD(" + one(MOMENTS) + ", INTERVAL " + random.nextInt(-40, 40) + " DAY)";
            case 1 -> "(" + one(MOMENTS) + " + INTERVAL " + random.nextInt(1, 30) + " MONTH)";
            case 2 -> "DATE_FORMAT(" + one(MOMENTS) + ", '%Y-%m')";
            case 3 -> "LAST_DAY(" + one(MOMENTS) + ")";
            default -> "YEAR(" + one(MOMENTS) + ")";
        };
    }

    String condition(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            String operator = random.nextBoolean() ? " AND " : " OR ";
            return "(" + condition(depth - 1) + operator + condition(depth - 1) + ")";
        }
        return switch (random.nextInt(11)) {
            case 0, 1 -> "(" + number(depth) + one(List.of(" = ", " < ", " >= ", " <> ", " <=> ")) + number(0) + ")";
            // Two columns are compared by their index, which does not fold accents.
            case 2, 3 -> "(" + text(depth) + one(List.of(" = ", " < ", " >= ", " <> ")) + one(LITERALS) + ")";
            case 4 -> "(" + one(MOMENTS) + one(List.of(" < ", " >= ")) + "'2024-03-01')";
            case 5 ->
                "(" + one(List.of("n", "s", "dt", "e", "d")) + " IS " + (random.nextBoolean() ? "" : "NOT ") + "NULL)";
            case 6 -> "(n BETWEEN " + random.nextInt(-20, 0) + " AND " + random.nextInt(20) + ")";
            case 7 -> "(s LIKE " + one(List.of("'a%'", "'%e'", "'Z__'", "'%ä%'", "'st%'")) + ")";
            case 8 -> "(n IN (1, 2, 3, -4, NULL))";
            case 9 -> "(NOT " + condition(0) + ")";
            default -> "(s IN ('apple', 'zoë', 'B'))";
        };
    }
}
