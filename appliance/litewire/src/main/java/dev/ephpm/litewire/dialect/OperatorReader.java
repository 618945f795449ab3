package dev.ephpm.litewire.dialect;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLAllExpr;
import com.alibaba.druid.sql.ast.expr.SQLAnyExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExpr;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOpExprGroup;
import com.alibaba.druid.sql.ast.expr.SQLBinaryOperator;
import com.alibaba.druid.sql.ast.expr.SQLBooleanExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLNullExpr;
import com.alibaba.druid.sql.ast.expr.SQLSomeExpr;
import com.alibaba.druid.sql.ast.expr.SQLUnaryExpr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Druid's operators into ours. */
final class OperatorReader {
    private final ExpressionReader expressions;
    private final QueryReader queries;
    private final boolean pipesAsConcat;

    OperatorReader(ExpressionReader expressions, QueryReader queries, boolean pipesAsConcat) {
        this.expressions = expressions;
        this.queries = queries;
        this.pipesAsConcat = pipesAsConcat;
    }

    Expression unary(SQLUnaryExpr unary) {
        Expression operand = expressions.read(unary.getExpr());
        return switch (unary.getOperator()) {
            case Plus -> operand;
            case Negative -> new Expression.Unary("-", operand);
            case Not, NOT -> new Expression.Unary("NOT", operand);
            case Compl -> new Expression.Unary("~", operand);
            case BINARY -> new Expression.Unary("BINARY", operand);
            default -> throw new UnreadableShape(unary);
        };
    }

    Expression group(SQLBinaryOpExprGroup group) {
        List<SQLExpr> items = group.getItems();
        Expression all = expressions.read(items.getFirst());
        for (SQLExpr item : items.subList(1, items.size())) {
            all = new Expression.Binary(text(group.getOperator()), all, expressions.read(item));
        }
        return all;
    }

    Expression binary(SQLBinaryOpExpr binary) {
        SQLBinaryOperator operator = binary.getOperator();
        return switch (operator) {
            case Escape -> escape(binary);
            case Like, NotLike -> like(binary, null);
            case RegExp, RLike, NotRegExp, NotRLike ->
                new Expression.Regexp(
                        left(binary),
                        right(binary),
                        operator == SQLBinaryOperator.NotRegExp || operator == SQLBinaryOperator.NotRLike);
            case Is, IsNot -> is(binary, operator == SQLBinaryOperator.IsNot);
            case COLLATE -> new Expression.Collate(left(binary), Names.last(binary.getRight()));
            case SoudsLike ->
                new Expression.Binary(
                        "=",
                        new Expression.Call("SOUNDEX", List.of(left(binary))),
                        new Expression.Call("SOUNDEX", List.of(right(binary))));
            case SubGt -> new Expression.Call("JSON_EXTRACT", List.of(left(binary), right(binary)));
            case SubGtGt ->
                new Expression.Call(
                        "JSON_UNQUOTE",
                        List.of(new Expression.Call("JSON_EXTRACT", List.of(left(binary), right(binary)))));
            case Assignment -> assignment(binary);
            case BitwiseXor ->
                pipesAsConcat
                        ? new Expression.Call("CONCAT", List.of(left(binary), right(binary)))
                        : new Expression.Binary("^", left(binary), right(binary));
            default -> comparison(binary);
        };
    }

    private Expression left(SQLBinaryOpExpr binary) {
        return expressions.read(binary.getLeft());
    }

    private Expression right(SQLBinaryOpExpr binary) {
        return expressions.read(binary.getRight());
    }

    private Expression escape(SQLBinaryOpExpr binary) {
        if (binary.getLeft() instanceof SQLBinaryOpExpr like
                && (like.getOperator() == SQLBinaryOperator.Like || like.getOperator() == SQLBinaryOperator.NotLike)) {
            return like(like, right(binary));
        }
        throw new UnreadableShape(binary);
    }

    private Expression like(SQLBinaryOpExpr like, @Nullable Expression escape) {
        return new Expression.Like(left(like), right(like), escape, like.getOperator() == SQLBinaryOperator.NotLike);
    }

    private Expression is(SQLBinaryOpExpr binary, boolean negated) {
        SQLExpr what = binary.getRight();
        String name = switch (what) {
            case SQLNullExpr _ -> "NULL";
            case SQLBooleanExpr flag -> Boolean.TRUE.equals(flag.getValue()) ? "TRUE" : "FALSE";
            case SQLIdentifierExpr word when word.getName().equalsIgnoreCase("unknown") -> "NULL";
            default -> throw new UnreadableShape(what);
        };
        return new Expression.Is(left(binary), name, negated);
    }

    private Expression assignment(SQLBinaryOpExpr binary) {
        if (left(binary) instanceof Expression.UserVariable(String name)) {
            return new Expression.Assignment(name, right(binary));
        }
        throw new UnreadableShape(binary);
    }

    private Expression comparison(SQLBinaryOpExpr binary) {
        String operator = text(binary.getOperator());
        return switch (binary.getRight()) {
            case SQLAnyExpr any ->
                new Expression.Quantified(operator, left(binary), false, queries.read(any.getSubQuery()));
            case SQLSomeExpr some ->
                new Expression.Quantified(operator, left(binary), false, queries.read(some.getSubQuery()));
            case SQLAllExpr all ->
                new Expression.Quantified(operator, left(binary), true, queries.read(all.getSubQuery()));
            default -> new Expression.Binary(operator, left(binary), right(binary));
        };
    }

    private static String text(SQLBinaryOperator operator) {
        return switch (operator) {
            case BooleanAnd -> "AND";
            case BooleanOr -> "OR";
            case BooleanXor -> "XOR";
            case Equality -> "=";
            case NotEqual, LessThanOrGreater -> "<>";
            case LessThan -> "<";
            case LessThanOrEqual -> "<=";
            case GreaterThan -> ">";
            case GreaterThanOrEqual -> ">=";
            case LessThanOrEqualOrGreaterThan -> "<=>";
            case Add -> "+";
            case Subtract -> "-";
            case Multiply -> "*";
            case Divide -> "/";
            case DIV -> "DIV";
            case Modulus, Mod -> "%";
            case BitwiseAnd -> "&";
            case BitwiseOr -> "|";
            case BitwiseXor -> "^";
            case LeftShift -> "<<";
            case RightShift -> ">>";
            default -> throw new UnreadableShape(operator);
        };
    }
}
