package dev.ephpm.litewire.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of a CHECK, a generated column or a computed default. */
sealed interface Expression {
    /** A number as written. */
    record Numeral(String text) implements Expression {}

    record Text(String value) implements Expression {}

    record Null() implements Expression {}

    record ColumnName(String name) implements Expression {}

    /** A function; the name is lower case and the one MariaDB prints. */
    record Call(String function, List<Expression> arguments) implements Expression {}

    /** {@code -x}, {@code ~x}, {@code not x}. */
    record Unary(String operator, Expression operand) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    record In(Expression value, List<Expression> members, boolean negated) implements Expression {}

    record Between(Expression value, Expression low, Expression high, boolean negated) implements Expression {}

    /** {@code is [not] null | true | false}. */
    record Is(Expression value, String state, boolean negated) implements Expression {}

    record Like(Expression value, String operator, Expression pattern, boolean negated) implements Expression {}

    record Case(
            @Nullable Expression subject,
            List<When> branches,
            @Nullable Expression otherwise) implements Expression {}

    record When(Expression condition, Expression result) {}

    /** The type is in MariaDB's printed form. */
    record Cast(Expression value, String type) implements Expression {}

    /** {@code interval n unit} as operand of a date addition. */
    record Interval(Expression amount, String unit) implements Expression {}
}
