package dev.ephpm.litewire.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of a statement's shape. */
sealed interface Expression {
    /** A literal or bound parameter, by its place in {@link dev.ephpm.litewire.Execution#literals()}. */
    record Slot(int index) implements Expression {}

    /** A whole number that belongs to the shape: a position in ORDER BY, the length of a type. */
    record Inline(long value) implements Expression {}

    record NullValue() implements Expression {}

    record Flag(boolean value) implements Expression {}

    /** DEFAULT among the values of an INSERT or UPDATE. */
    record DefaultValue() implements Expression {}

    record ColumnName(@Nullable String table, String column) implements Expression {
        /** As errors name it. */
        String written() {
            return table == null ? column : table + "." + column;
        }
    }

    /** {@code *} or {@code t.*}. */
    record AllColumns(@Nullable String table) implements Expression {}

    /** {@code @name}, lower case without the sign. */
    record UserVariable(String name) implements Expression {}

    /** {@code @@name}; scope is empty, session or global. */
    record SystemVariable(String scope, String name) implements Expression {}

    /** {@code @name := value}. */
    record Assignment(String variable, Expression value) implements Expression {}

    record Unary(String operator, Expression operand) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    record Like(
            Expression subject,
            Expression pattern,
            @Nullable Expression escape,
            boolean negated) implements Expression {}

    record Regexp(Expression subject, Expression pattern, boolean negated) implements Expression {}

    record InList(Expression subject, List<Expression> items, boolean negated) implements Expression {}

    record InQuery(Expression subject, Query query, boolean negated) implements Expression {}

    record Exists(Query query, boolean negated) implements Expression {}

    record Scalar(Query query) implements Expression {}

    /** {@code subject operator ANY|ALL (query)}. */
    record Quantified(String operator, Expression subject, boolean all, Query query) implements Expression {}

    record Between(Expression subject, Expression low, Expression high, boolean negated) implements Expression {}

    /** {@code IS [NOT] NULL|TRUE|FALSE}; UNKNOWN is NULL. */
    record Is(Expression subject, String what, boolean negated) implements Expression {}

    record Case(
            @Nullable Expression operand,
            List<When> whens,
            @Nullable Expression otherwise) implements Expression {
        /** One branch. */
        record When(Expression condition, Expression result) {}
    }

    /** CAST and CONVERT(x, type); length and scale are −1 when not given. */
    record Cast(Expression value, String type, int length, int scale) implements Expression {}

    /** {@code CONVERT(x USING charset)}. */
    record ConvertUsing(Expression value, String charset) implements Expression {}

    record Collate(Expression value, String collation) implements Expression {}

    record Interval(Expression value, String unit) implements Expression {}

    record Row(List<Expression> items) implements Expression {}

    /** A function; the name is in capitals, and once more as written. */
    record Call(String name, List<Expression> arguments, String written) implements Expression {
        Call(String name, List<Expression> arguments) {
            this(name, arguments, name);
        }
    }

    /** An aggregate or window function; the name is in capitals. */
    record Aggregate(
            String name,
            List<Expression> arguments,
            boolean distinct,
            List<Query.Order> orderBy,
            @Nullable Expression separator,
            @Nullable Window over)
            implements Expression {}

    /** {@code OVER (…)}. */
    record Window(
            List<Expression> partitionBy,
            List<Query.Order> orderBy,
            @Nullable Frame frame) {}

    /** {@code ROWS|RANGE BETWEEN begin AND end}; without an end the current row is it. */
    record Frame(String unit, Bound begin, @Nullable Bound end) {}

    /** {@code UNBOUNDED PRECEDING}, or a number of rows {@code PRECEDING}. */
    record Bound(@Nullable Expression offset, String words) {}

    record Match(List<Expression> columns, Expression against, boolean booleanMode) implements Expression {}

    /** {@code DATE '…'}, {@code TIME '…'}, {@code TIMESTAMP '…'}. */
    record Temporal(String type, int slot) implements Expression {}
}
