package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What generated columns may be computed from. */
final class GeneratedRules {
    private GeneratedRules() {}

    /** Throws 1901 for expressions MariaDB refuses and for those that SQLite cannot compute by itself. */
    static void check(List<TableColumn> columns) {
        for (TableColumn column : columns) {
            column.generated().ifPresent(generated -> check(column, generated, columns));
        }
    }

    private static void check(TableColumn column, String generated, List<TableColumn> columns) {
        String text = generated.substring(0, generated.lastIndexOf(')') + 1);
        Expression expression = ExpressionParser.parse(new TokenReader(text, StoredTable.DEFINITION_MODE));
        Optional<Expression> refused = generated.endsWith("STORED")
                ? calls(expression)
                        .filter(call -> readsPaddedText(call, columns))
                        .findFirst()
                : Optional.empty();
        if (refused.isEmpty() && StoredExpression.of(expression).isEmpty()) {
            refused = Optional.of(expression);
        }
        refused.ifPresent(e -> {
            throw SqlErrorCode.BAD_GENERATED_EXPRESSION.with(
                    ExpressionText.of(e), "GENERATED ALWAYS AS", Quoting.name(column.name()));
        });
    }

    /** CHAR depends on PAD_CHAR_TO_FULL_LENGTH, so that MariaDB stores nothing computed from it. */
    private static boolean readsPaddedText(Expression call, List<TableColumn> columns) {
        return call instanceof Expression.Call c
                && c.arguments().stream()
                        .anyMatch(a -> a instanceof Expression.ColumnName name
                                && columns.stream()
                                        .anyMatch(t -> t.name().equalsIgnoreCase(name.name())
                                                && t.type().base().equals("char")));
    }

    private static Stream<Expression> calls(Expression expression) {
        return switch (expression) {
            case Expression.Call call ->
                Stream.concat(Stream.of(call), call.arguments().stream().flatMap(GeneratedRules::calls));
            case Expression.Binary b -> Stream.concat(calls(b.left()), calls(b.right()));
            case Expression.Unary u -> calls(u.operand());
            case Expression.Cast cast -> calls(cast.value());
            default -> Stream.empty();
        };
    }
}
