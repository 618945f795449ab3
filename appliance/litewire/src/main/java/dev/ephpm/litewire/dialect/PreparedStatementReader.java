package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlPreparedStatements;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** PREPARE, EXECUTE, EXECUTE IMMEDIATE and DEALLOCATE PREPARE. */
final class PreparedStatementReader {
    private final TokenReader tokens;

    PreparedStatementReader(TokenReader tokens) {
        this.tokens = tokens;
    }

    /** {@code name FROM expression}. */
    Plan prepare() {
        String name = tokens.identifier();
        tokens.expect("FROM");
        String text = tokens.expression();
        tokens.end();
        return new Running((statements, execution) -> {
            statements.prepare(name, textOf(statements.compute(text).getFirst()));
            execution.sink().done(0, 0, "Statement prepared");
        });
    }

    /** {@code name [USING expressions]} or {@code IMMEDIATE expression [USING expressions]}. */
    Plan execute() {
        if (tokens.accept("IMMEDIATE")) {
            String text = tokens.expressionBefore("USING");
            String values = using();
            return new Running((statements, execution) -> statements.executeOnce(
                    textOf(statements.compute(text).getFirst()), literals(statements, values), execution.sink()));
        }
        String name = tokens.identifier();
        String values = using();
        return new Running(
                (statements, execution) -> statements.execute(name, literals(statements, values), execution.sink()));
    }

    /** {@code PREPARE name}. */
    Plan deallocate() {
        tokens.expect("PREPARE");
        String name = tokens.identifier();
        tokens.end();
        return new Running((statements, execution) -> {
            statements.deallocate(name);
            execution.sink().done(0, 0, "");
        });
    }

    private String using() {
        String values = "";
        if (tokens.accept("USING")) {
            values = tokens.rest();
            if (values.isBlank()) {
                throw tokens.error();
            }
            return values;
        }
        tokens.end();
        return values;
    }

    /** NULL is a statement without text. */
    private static String textOf(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case byte[] bytes -> Objects.requireNonNull(Conversion.text(new Literal.Binary(bytes)));
            default -> value.toString();
        };
    }

    private static List<Literal> literals(SqlPreparedStatements statements, String expressions) {
        return expressions.isEmpty()
                ? List.of()
                : statements.compute(expressions).stream()
                        .map(LiteralTypes::literal)
                        .toList();
    }

    private interface Action {
        void run(SqlPreparedStatements statements, Execution execution);
    }

    /** The statement that is run looks for its own connection, so this one has none. */
    private static final class Running implements Plan {
        private final Action action;

        Running(Action action) {
            this.action = action;
        }

        @Override
        public Access access() {
            return Access.SESSION;
        }

        @Override
        public void run(Execution execution) {
            action.run(execution.session().preparedStatements(), execution);
        }
    }
}
