package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Literal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a plan's result: fixed ones are described once, those that show literals at every run. */
final class ResultShape {
    private final List<Queries.Output> outputs;
    private final int textCharset;
    private final @Nullable List<Column> fixed;

    ResultShape(List<Queries.Output> outputs, String collation) {
        this.outputs = outputs;
        this.textCharset = ResultColumns.collationId(collation);
        boolean varies =
                outputs.stream().anyMatch(o -> o.slot() >= 0 || !o.name().fixed());
        this.fixed = varies ? null : describe(List.of());
    }

    List<Column> columns(List<Literal> literals) {
        return fixed != null ? fixed : describe(literals);
    }

    /** For a single row of session values: text variables are described as long as they are. */
    List<Column> columns(List<Literal> literals, @Nullable Object[] row) {
        List<Column> columns = new ArrayList<>(columns(literals));
        for (int i = 0; i < row.length; i++) {
            if (outputs.get(i).type().equals(SystemVariableTypes.TEXT) && row[i] instanceof String text) {
                columns.set(i, columns.get(i).withLength(4L * text.codePointCount(0, text.length())));
            }
        }
        return columns;
    }

    /** As far as it is known before parameters are. */
    List<Column> expected() {
        return fixed != null ? fixed : describe(List.of());
    }

    private List<Column> describe(List<Literal> literals) {
        List<Column> columns = new ArrayList<>(outputs.size());
        for (Queries.Output output : outputs) {
            columns.add(describe(output, literals));
        }
        return List.copyOf(columns);
    }

    private Column describe(Queries.Output output, List<Literal> literals) {
        String name = output.name().text(literals);
        Origin origin = output.origin();
        if (origin != null) {
            return ResultColumns.ofColumn(
                    origin.database(), origin.tableAlias(), origin.table(), origin.column(), name, textCharset);
        }
        return ResultColumns.ofExpression(name, type(output, literals), textCharset);
    }

    private static Type type(Queries.Output output, List<Literal> literals) {
        return output.slot() >= 0 && output.slot() < literals.size()
                ? LiteralTypes.of(literals.get(output.slot()))
                : output.type();
    }

    /** Gives the values of a row their MySQL form, in place. */
    void convert(@Nullable Object[] row, List<Literal> literals) {
        for (int i = 0; i < row.length; i++) {
            Queries.Output output = outputs.get(i);
            row[i] = Values.of(row[i], type(output, literals), output.origin());
        }
    }

    int width() {
        return outputs.size();
    }
}
