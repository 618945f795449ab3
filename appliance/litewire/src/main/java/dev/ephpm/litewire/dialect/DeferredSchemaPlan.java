package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.SchemaStatements;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A prepared statement about the schema: planned anew at each run, with its parameters written into the text. */
final class DeferredSchemaPlan implements Plan {
    private final SchemaStatements statements;
    private final Dialect.Normalised statement;
    private final Dialect.Context context;
    private final Plan likely;

    private DeferredSchemaPlan(
            SchemaStatements statements, Dialect.Normalised statement, Dialect.Context context, Plan likely) {
        this.statements = statements;
        this.statement = statement;
        this.context = context;
        this.likely = likely;
    }

    static Optional<Plan> plan(SchemaStatements statements, Dialect.Normalised statement, Dialect.Context context) {
        if (statement.parameters() == 0) {
            return statements.plan(statement.original(), context);
        }
        List<Literal> blanks = java.util.Collections.nCopies(statement.parameters(), new Literal.Text(""));
        return statements
                .plan(written(statement, context, blanks), context)
                .map(p -> new DeferredSchemaPlan(statements, statement, context, p));
    }

    @Override
    public Access access() {
        return likely.access();
    }

    @Override
    public List<Column> columns() {
        return likely.columns();
    }

    @Override
    public void run(Execution execution) throws SQLException {
        int count = execution.literals().size();
        List<Literal> parameters = execution.literals().subList(count - statement.parameters(), count);
        Plan plan = statements
                .plan(written(statement, context, parameters), context)
                .orElseThrow(() -> SqlErrorCode.UNKNOWN_ERROR.with("the statement changed its kind"));
        plan.run(execution);
    }

    private static String written(Dialect.Normalised statement, Dialect.Context context, List<Literal> parameters) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        int next = 0;
        for (Token token : Lexer.tokens(statement.original(), context.mode())) {
            if (token.kind() == Token.Kind.PARAMETER) {
                text.append(statement.original(), from, token.start()).append(quoted(parameters.get(next++), context));
                from = token.end();
            }
        }
        return text.append(statement.original().substring(from)).toString();
    }

    private static String quoted(Literal literal, Dialect.Context context) {
        return switch (literal) {
            case Literal.Null _ -> "NULL";
            case Literal.Whole whole -> Long.toString(whole.value64());
            default -> {
                String text = String.valueOf(Conversion.text(literal)).replace("'", "''");
                yield "'" + (context.mode().noBackslashEscapes() ? text : text.replace("\\", "\\\\")) + "'";
            }
        };
    }
}
