package dev.ephpm.litewire;

import dev.ephpm.litewire.dialect.Dialect;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a transaction did since it became the writer, so that it can be done again. Statements that need not give the same
 * answer twice, too many or too long ones make it impossible to repeat.
 */
final class TransactionLog {
    static final int MOST_STEPS = 1000;
    static final int MOST_CHARACTERS = 4 << 20;

    /** A shape that holds one of these: variables, and functions of state that a repetition would not find again. */
    private static final Pattern UNREPEATABLE = Pattern.compile(
            "@|\\b(rand|random_bytes|uuid|uuid_short|last_insert_id|row_count|found_rows|get_lock|release_lock"
                    + "|release_all_locks|is_free_lock|is_used_lock|sleep)\\b",
            Pattern.CASE_INSENSITIVE);

    private final List<Step> steps = new ArrayList<>();
    private int characters;
    private boolean repeatable = true;

    /** Something that is done again. */
    sealed interface Step {
        /**
         * @param statementMicros what NOW() said, in microseconds since the epoch
         * @param fingerprint of the answer
         */
        record Statement(
                Dialect.Normalised text, SqlMode mode, List<Literal> parameters, long statementMicros, long fingerprint)
                implements Step {}

        /** SAVEPOINT, ROLLBACK TO, RELEASE. */
        record Savepoint(String sql) implements Step {}
    }

    /** Runs a statement again. */
    @FunctionalInterface
    interface Repetition {
        /** The fingerprint of the answer. */
        long run(Step.Statement statement, SqliteConnection connection) throws SQLException;
    }

    void add(Step step) {
        if (!repeatable) {
            return;
        }
        if (step instanceof Step.Statement statement) {
            characters += statement.text().original().length()
                    + statement.parameters().stream()
                            .mapToInt(TransactionLog::size)
                            .sum();
            if (UNREPEATABLE.matcher(statement.text().shape()).find()) {
                giveUp();
                return;
            }
        }
        steps.add(step);
        if (steps.size() > MOST_STEPS || characters > MOST_CHARACTERS) {
            giveUp();
        }
    }

    private static int size(Literal literal) {
        return switch (literal) {
            case Literal.Text text -> text.text().length();
            case Literal.Binary binary -> binary.bytes().length;
            default -> Long.BYTES;
        };
    }

    /** To be told of statements that touch no table: a changed setting may change what a repetition does. */
    void addOutside(String shape) {
        if (!steps.isEmpty() && shape.stripLeading().toLowerCase(Locale.ROOT).startsWith("set")) {
            giveUp();
        }
    }

    /** Something was done that is not in the log. */
    void giveUp() {
        repeatable = false;
        steps.clear();
    }

    boolean repeatable() {
        return repeatable;
    }

    void clear() {
        steps.clear();
        characters = 0;
        repeatable = true;
    }

    /** Does everything again; false as soon as something comes out differently. */
    boolean repeat(SqliteConnection connection, Repetition repetition) throws SQLException {
        for (Step step : steps) {
            switch (step) {
                case Step.Savepoint(String sql) -> connection.execute(sql);
                case Step.Statement statement -> {
                    if (repetition.run(statement, connection) != statement.fingerprint()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
