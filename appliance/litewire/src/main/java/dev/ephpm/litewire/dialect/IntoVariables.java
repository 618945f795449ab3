package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.Warnings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code SELECT … INTO @a, @b}: the clause is taken out of the statement, wherever it stands, and the row that the rest gives
 * goes into the variables.
 *
 * @param select the statement without the clause
 * @param variables names without the at sign, in lower case
 */
record IntoVariables(Dialect.Normalised select, List<String> variables) {

    /** Empty when the statement has no such clause. */
    static Optional<IntoVariables> of(Dialect.Normalised statement, SqlMode mode) {
        String shape = statement.shape();
        if (shape.indexOf('@') < 0) {
            return Optional.empty();
        }
        List<Token> tokens = Lexer.tokens(shape, mode);
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            boolean into = depth == 0 && token.isWord("INTO");
            if (into && tokens.get(i + 1).kind() == Token.Kind.USER_VARIABLE) {
                return Optional.of(cut(statement, tokens, i));
            }
        }
        return Optional.empty();
    }

    private static IntoVariables cut(Dialect.Normalised statement, List<Token> tokens, int into) {
        List<String> variables = new ArrayList<>();
        int last = into;
        do {
            Token variable = tokens.get(last + 1);
            if (variable.kind() != Token.Kind.USER_VARIABLE) {
                throw SyntaxError.at(statement.original(), 0);
            }
            variables.add(variable.text().substring(1).toLowerCase(Locale.ROOT));
            last += 2;
        } while (tokens.get(last).isSymbol(","));
        String shape = statement.shape();
        String rest = shape.substring(0, tokens.get(into).start()).stripTrailing() + " "
                + shape.substring(tokens.get(last).start());
        return new IntoVariables(
                new Dialect.Normalised(
                        rest.strip(), statement.literals(), statement.parameters(), statement.original()),
                List.copyOf(variables));
    }

    Plan plan(Plan rows) {
        if (!rows.columns().isEmpty() && rows.columns().size() != variables.size()) {
            throw SqlErrorCode.DIFFERENT_NUMBER_OF_COLUMNS.with();
        }
        return new AssigningPlan(rows, variables);
    }

    /** Runs the SELECT and keeps its row. */
    private static final class AssigningPlan implements Plan {
        private final Plan rows;
        private final List<String> variables;

        AssigningPlan(Plan rows, List<String> variables) {
            this.rows = rows;
            this.variables = variables;
        }

        @Override
        public Access access() {
            return rows.access();
        }

        @Override
        public void run(Execution execution) throws SQLException {
            OnlyRow row = new OnlyRow(execution.session(), variables);
            rows.run(new Execution(execution.session(), execution.database(), execution.literals(), row));
            if (row.count == 0) {
                SqlErrorCode nothing = SqlErrorCode.NO_DATA;
                execution
                        .session()
                        .warnings()
                        .add(
                                Warnings.Level.WARNING,
                                nothing.number(),
                                nothing.with().getMessage());
            }
            execution.sink().done(row.count, 0, "");
        }
    }

    /** Assigns the first row and refuses a second, as MariaDB does. */
    private static final class OnlyRow implements ResultSink {
        private final Session session;
        private final List<String> variables;
        private int count;

        OnlyRow(Session session, List<String> variables) {
            this.session = session;
            this.variables = variables;
        }

        @Override
        public void columns(List<Column> columns) {
            // Variables have no names or types of the result.
        }

        @Override
        public void row(@Nullable Object[] values) {
            if (count > 0) {
                throw SqlErrorCode.MORE_THAN_ONE_ROW.with();
            }
            count++;
            for (int i = 0; i < variables.size(); i++) {
                session.setUserVariable(variables.get(i), values[i]);
            }
        }

        @Override
        public void endOfRows() {
            // The plan answers itself.
        }

        @Override
        public void done(long affectedRows, long lastInsertId, String info) {
            // Only statements without rows end so.
        }
    }
}
