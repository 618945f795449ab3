package dev.ephpm.litewire.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds {@code @name := value}, which makes reading a variable depend on the row. */
final class Assignments {
    private Assignments() {}

    static boolean occur(Query query) {
        return switch (query) {
            case Query.Select select ->
                select.items().stream().anyMatch(i -> in(i.value()))
                        || in(select.where())
                        || in(select.having())
                        || select.orderBy().stream().anyMatch(o -> in(o.value()))
                        || occur(select.from());
            case Query.Compound compound -> compound.parts().stream().anyMatch(Assignments::occur);
            case Query.With with -> occur(with.body());
        };
    }

    /** The same SELECT, reading the variables it assigns. */
    static Query.Select reading(Query.Select select) {
        List<Query.Item> items = select.items().stream()
                .map(i -> i.value() instanceof Expression.Assignment(String variable, Expression _)
                        ? new Query.Item(new Expression.UserVariable(variable), i.name(), i.aliased())
                        : i)
                .toList();
        return new Query.Select(
                select.distinct(),
                select.countsRows(),
                items,
                null,
                select.where(),
                select.groupBy(),
                select.rollup(),
                select.having(),
                select.orderBy(),
                select.limit());
    }

    /** Whether the select list assigns. */
    static boolean inList(Query.Select select) {
        return select.items().stream().anyMatch(i -> in(i.value()));
    }

    private static boolean occur(@Nullable Source source) {
        return switch (source) {
            case Source.Derived derived -> occur(derived.query());
            case Source.Join join -> occur(join.left()) || occur(join.right());
            case Source.Named _ -> false;
            case null -> false;
        };
    }

    private static boolean any(List<Expression> expressions) {
        return expressions.stream().anyMatch(Assignments::in);
    }

    static boolean in(@Nullable Expression expression) {
        return switch (expression) {
            case null -> false;
            case Expression.Assignment _ -> true;
            case Expression.Call call -> any(call.arguments());
            case Expression.Aggregate aggregate -> any(aggregate.arguments());
            case Expression.Unary unary -> in(unary.operand());
            case Expression.Binary binary -> in(binary.left()) || in(binary.right());
            case Expression.Case branches ->
                in(branches.operand())
                        || in(branches.otherwise())
                        || branches.whens().stream().anyMatch(w -> in(w.condition()) || in(w.result()));
            case Expression.Scalar scalar -> occur(scalar.query());
            default -> false;
        };
    }
}
