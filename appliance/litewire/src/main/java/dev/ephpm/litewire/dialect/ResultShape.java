package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.DescribedColumns;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.sqlite.RowFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a plan's result: fixed ones are described once, those that show literals at every run. */
final class ResultShape {
    private final List<Queries.Output> outputs;
    private final @Nullable ExactTypes exactTypes;
    private final int textCharset;
    private final @Nullable Described fixed;

    /**
     * The columns of one run, and what the values in them are.
     *
     * @param format how SQLite's side may encode the rows; known for columns that are the same at every run
     */
    record Described(
            List<Column> columns,
            List<Queries.Output> outputs,
            @Nullable RowFormat format) {
        /** Gives the values of a row their MySQL form, in place. */
        void convert(@Nullable Object[] row) {
            for (int i = 0; i < row.length; i++) {
                Queries.Output output = outputs.get(i);
                row[i] = Values.of(row[i], output.type(), output.origin());
            }
        }

        int width() {
            return outputs.size();
        }
    }

    ResultShape(List<Queries.Output> outputs, @Nullable ExactTypes exactTypes, String collation) {
        this.outputs = outputs;
        this.exactTypes = exactTypes;
        this.textCharset = ResultColumns.collationId(collation);
        boolean varies = exactTypes != null
                || outputs.stream().anyMatch(o -> isGroup(o.type()))
                || outputs.stream().anyMatch(o -> o.slot() >= 0 || !o.name().fixed());
        this.fixed = varies ? null : forever(describe(outputs, List.of(), JoinedAggregates.LONGEST_GROUP));
    }

    private static boolean isGroup(Type type) {
        boolean group = type.length() == JoinedAggregates.LONGEST_GROUP
                || type.length() == JoinedAggregates.LONGEST_GROUP + JoinedAggregates.BRACKETS;
        return group && type.decimals() == 0;
    }

    Described described(Execution execution) {
        if (fixed != null) {
            return fixed;
        }
        List<Literal> literals = execution.literals();
        List<Queries.Output> known = exactTypes == null ? outputs : exactTypes.outputs(literals);
        return describe(known, literals, longestGroup(execution.session()));
    }

    private static long longestGroup(Session session) {
        return session.variables()
                .get("group_concat_max_len")
                .map(Long::parseLong)
                .orElse(JoinedAggregates.LONGEST_GROUP);
    }

    /** GROUP_CONCAT gives as many bytes as the session allows, and MariaDB takes each for a character, twice. */
    private static long groupLength(Type type, long longestGroup) {
        long brackets = type.length() - JoinedAggregates.LONGEST_GROUP;
        return type.isText() ? 16 * longestGroup + 4 * brackets : longestGroup + brackets;
    }

    /** For a single row of session values: text variables are described as long as they are. */
    List<Column> columns(Execution execution, @Nullable Object[] row) {
        List<Column> columns = new ArrayList<>(described(execution).columns());
        for (int i = 0; i < row.length; i++) {
            if (outputs.get(i).type().notNull().equals(SystemVariableTypes.FLAG.notNull())) {
                columns.set(i, columns.get(i).withLength(1));
            } else if (outputs.get(i).type().equals(SystemVariableTypes.TEXT) && row[i] instanceof String text) {
                columns.set(i, columns.get(i).withLength(4L * text.codePointCount(0, text.length())));
            }
        }
        return columns;
    }

    /** As far as it is known before parameters are. */
    List<Column> expected() {
        return fixed != null
                ? fixed.columns()
                : describe(outputs, List.of(), JoinedAggregates.LONGEST_GROUP).columns();
    }

    private static Described forever(Described described) {
        return new Described(
                new DescribedColumns(described.columns()),
                described.outputs(),
                RowForms.of(described.columns(), described.outputs()));
    }

    private Described describe(List<Queries.Output> described, List<Literal> literals, long longestGroup) {
        List<Column> columns = new ArrayList<>(described.size());
        List<Queries.Output> exact = new ArrayList<>(described.size());
        for (Queries.Output output : described) {
            Queries.Output typed = output.withType(type(output, literals));
            exact.add(typed);
            Column column = describe(typed, literals);
            columns.add(
                    isGroup(typed.type())
                            ? column.asBlob().withLength(groupLength(typed.type(), longestGroup))
                            : column);
        }
        return new Described(List.copyOf(columns), exact, null);
    }

    private Column describe(Queries.Output output, List<Literal> literals) {
        String name = output.name().text(literals);
        Origin origin = output.origin();
        if (origin != null) {
            Column column = ResultColumns.ofColumn(
                    origin.database(), origin.tableAlias(), origin.table(), origin.column(), name, textCharset);
            return origin.optional() ? column.asNullable() : column;
        }
        return ResultColumns.ofExpression(name, output.type(), textCharset);
    }

    private static Type type(Queries.Output output, List<Literal> literals) {
        return output.slot() >= 0 && output.slot() < literals.size()
                ? LiteralTypes.of(literals, output.slot())
                : output.type();
    }

    int width() {
        return outputs.size();
    }
}
