package dev.ephpm.litewire.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts others in the place of some expressions, but not inside of aggregates and subqueries, which look at single rows. */
final class Substitution {
    private final Replacement replacement;

    /** What stands for an expression from now on; null when its parts are to be looked at. */
    interface Replacement {
        @Nullable
        Expression of(Expression expression);
    }

    Substitution(Replacement replacement) {
        this.replacement = replacement;
    }

    Expression in(Expression expression) {
        Expression replaced = replacement.of(expression);
        return replaced == null ? inParts(expression) : replaced;
    }

    @Nullable
    Expression inOptional(@Nullable Expression expression) {
        return expression == null ? null : in(expression);
    }

    private List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(this::in).toList();
    }

    private Expression inParts(Expression expression) {
        return switch (expression) {
            case Expression.Call(String name, List<Expression> arguments, String written) ->
                new Expression.Call(name, all(arguments), written);
            case Expression.Unary(String operator, Expression operand) -> new Expression.Unary(operator, in(operand));
            case Expression.Binary(String operator, Expression left, Expression right) ->
                new Expression.Binary(operator, in(left), in(right));
            case Expression.Like like ->
                new Expression.Like(in(like.subject()), in(like.pattern()), inOptional(like.escape()), like.negated());
            case Expression.Regexp regexp ->
                new Expression.Regexp(in(regexp.subject()), in(regexp.pattern()), regexp.negated());
            case Expression.InList list -> new Expression.InList(in(list.subject()), all(list.items()), list.negated());
            case Expression.InQuery query ->
                new Expression.InQuery(in(query.subject()), query.query(), query.negated());
            case Expression.Between between ->
                new Expression.Between(in(between.subject()), in(between.low()), in(between.high()), between.negated());
            case Expression.Is is -> new Expression.Is(in(is.subject()), is.what(), is.negated());
            case Expression.Case branches ->
                new Expression.Case(
                        inOptional(branches.operand()),
                        branches.whens().stream()
                                .map(w -> new Expression.Case.When(in(w.condition()), in(w.result())))
                                .toList(),
                        inOptional(branches.otherwise()));
            case Expression.Cast cast ->
                new Expression.Cast(in(cast.value()), cast.type(), cast.length(), cast.scale());
            case Expression.ConvertUsing(Expression value, String charset) ->
                new Expression.ConvertUsing(in(value), charset);
            case Expression.Collate(Expression value, String collation) -> new Expression.Collate(in(value), collation);
            case Expression.Interval(Expression value, String unit) -> new Expression.Interval(in(value), unit);
            case Expression.Row(List<Expression> items) -> new Expression.Row(all(items));
            case Expression.Assignment(String variable, Expression value) ->
                new Expression.Assignment(variable, in(value));
            default -> expression;
        };
    }
}
