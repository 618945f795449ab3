package dev.ephpm.litewire.dialect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an expression is made of. Queries inside of it are not looked into. */
final class ExpressionParts {
    private ExpressionParts() {}

    static List<Expression> of(Expression expression) {
        return switch (expression) {
            case Expression.Aggregate aggregate -> aggregate.arguments();
            case Expression.Call call -> call.arguments();
            case Expression.Unary unary -> List.of(unary.operand());
            case Expression.Binary binary -> List.of(binary.left(), binary.right());
            case Expression.Like like -> present(like.subject(), like.pattern(), like.escape());
            case Expression.Regexp regexp -> List.of(regexp.subject(), regexp.pattern());
            case Expression.InList in -> joined(in.subject(), in.items());
            case Expression.InQuery in -> List.of(in.subject());
            case Expression.Quantified quantified -> List.of(quantified.subject());
            case Expression.Between between -> List.of(between.subject(), between.low(), between.high());
            case Expression.Is is -> List.of(is.subject());
            case Expression.Case branches -> branches(branches);
            case Expression.Cast cast -> List.of(cast.value());
            case Expression.ConvertUsing convert -> List.of(convert.value());
            case Expression.Collate collate -> List.of(collate.value());
            case Expression.Interval interval -> List.of(interval.value());
            case Expression.Row row -> row.items();
            case Expression.Assignment assignment -> List.of(assignment.value());
            case Expression.Match match -> match.columns();
            default -> List.of();
        };
    }

    private static List<Expression> branches(Expression.Case branches) {
        List<Expression> parts = new ArrayList<>(present(branches.operand(), branches.otherwise()));
        for (Expression.Case.When when : branches.whens()) {
            parts.add(when.condition());
            parts.add(when.result());
        }
        return parts;
    }

    private static List<Expression> joined(Expression first, List<Expression> others) {
        List<Expression> joined = new ArrayList<>(others);
        joined.addFirst(first);
        return joined;
    }

    private static List<Expression> present(@Nullable Expression... expressions) {
        List<Expression> present = new ArrayList<>();
        for (Expression expression : expressions) {
            if (expression != null) {
                present.add(expression);
            }
        }
        return present;
    }
}
