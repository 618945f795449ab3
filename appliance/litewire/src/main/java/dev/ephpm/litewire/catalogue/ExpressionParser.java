package dev.ephpm.litewire.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an expression by precedence climbing; names get the form MariaDB prints. */
final class ExpressionParser {
    /** Nesting limit: deeper text is refused instead of exhausting the thread's stack. */
    private static final int DEEPEST_NESTING = 100;

    private static final Map<String, String> PRINTED_NAMES = Map.ofEntries(
            Map.entry("length", "octet_length"),
            Map.entry("character_length", "char_length"),
            Map.entry("upper", "ucase"),
            Map.entry("lower", "lcase"),
            Map.entry("substring", "substr"),
            Map.entry("mid", "substr"),
            Map.entry("now", "current_timestamp"),
            Map.entry("localtime", "current_timestamp"),
            Map.entry("localtimestamp", "current_timestamp"),
            Map.entry("current_date", "curdate"),
            Map.entry("current_time", "curtime"),
            Map.entry("power", "pow"),
            Map.entry("ceil", "ceiling"));

    private static final Set<String> NAMES_WITHOUT_PARENTHESES =
            Set.of("current_timestamp", "current_date", "current_time", "localtime", "localtimestamp", "utc_timestamp");

    private static final Set<String> COMPARISONS = Set.of("=", "<=>", "<>", "!=", "<", "<=", ">", ">=");

    private final TokenReader reader;
    private int depth;

    private ExpressionParser(TokenReader reader) {
        this.reader = reader;
    }

    static Expression parse(TokenReader reader) {
        return new ExpressionParser(reader).or();
    }

    private Expression or() {
        if (++depth > DEEPEST_NESTING) {
            throw reader.unexpected();
        }
        Expression left = exclusiveOr();
        while (reader.accept("or") || (!reader.mode().pipesAsConcat() && reader.acceptSymbol("||"))) {
            left = new Expression.Binary("or", truth(left), exclusiveOr());
        }
        depth--;
        return left;
    }

    private Expression exclusiveOr() {
        Expression left = and();
        while (reader.accept("xor")) {
            left = new Expression.Binary("xor", left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (reader.accept("and") || reader.acceptSymbol("&&")) {
            left = new Expression.Binary("and", truth(left), not());
        }
        return left;
    }

    private Expression not() {
        if (!reader.accept("not") && !reader.acceptSymbol("!")) {
            return comparison();
        }
        Expression operand = not();
        return switch (operand) {
            case Expression.Binary b
            when negated(b.operator()) != null ->
                new Expression.Binary(
                        b.operator().equals("=") ? "<>" : String.valueOf(negated(b.operator())), b.left(), b.right());
            case Expression.ColumnName c -> new Expression.Binary("=", c, new Expression.Numeral("0"));
            case Expression.Is is -> new Expression.Is(is.value(), is.state(), !is.negated());
            case Expression.In in -> new Expression.In(in.value(), in.members(), !in.negated());
            default -> new Expression.Unary("not", operand);
        };
    }

    private static @Nullable String negated(String comparison) {
        return switch (comparison) {
            case "=" -> "<>";
            case "<>" -> "=";
            case "<" -> ">=";
            case ">=" -> "<";
            case ">" -> "<=";
            case "<=" -> ">";
            default -> null;
        };
    }

    /** A bare column as a condition is printed as a comparison with zero. */
    private static Expression truth(Expression operand) {
        return operand instanceof Expression.ColumnName
                ? new Expression.Binary("<>", operand, new Expression.Numeral("0"))
                : operand;
    }

    private Expression comparison() {
        Expression left = sum();
        while (true) {
            Token token = reader.peek();
            if (token.kind() == Token.Kind.SYMBOL && COMPARISONS.contains(token.text())) {
                reader.next();
                String operator = token.text().equals("!=") ? "<>" : token.text();
                left = new Expression.Binary(operator, left, sum());
            } else if (reader.accept("is")) {
                boolean negated = reader.accept("not");
                String state = reader.wordAhead();
                if (!reader.acceptAny("null", "true", "false", "unknown")) {
                    throw reader.unexpected();
                }
                left = new Expression.Is(left, state.equals("unknown") ? "null" : state, negated);
            } else {
                Expression predicate = predicate(left);
                if (predicate == null) {
                    return left;
                }
                left = predicate;
            }
        }
    }

    private @Nullable Expression predicate(Expression left) {
        boolean negated = reader.at("not");
        int ahead = negated ? 1 : 0;
        Token token = reader.peek(ahead);
        if (token.kind() != Token.Kind.WORD) {
            return null;
        }
        return switch (token.text().toLowerCase(Locale.ROOT)) {
            case "between" -> {
                skip(ahead + 1);
                Expression low = sum();
                reader.expect("and");
                yield new Expression.Between(left, low, sum(), negated);
            }
            case "in" -> {
                skip(ahead + 1);
                reader.expectSymbol("(");
                List<Expression> members = list();
                if (members.size() == 1) {
                    yield new Expression.Binary(negated ? "<>" : "=", left, members.getFirst());
                }
                yield new Expression.In(left, members, negated);
            }
            case "like", "regexp", "rlike" -> {
                skip(ahead + 1);
                String operator = token.isWord("like") ? "like" : "regexp";
                yield new Expression.Like(left, operator, sum(), negated);
            }
            default -> {
                yield null;
            }
        };
    }

    private void skip(int tokens) {
        for (int i = 0; i < tokens; i++) {
            reader.next();
        }
    }

    /** Arguments up to the closing parenthesis. */
    private List<Expression> list() {
        List<Expression> members = new ArrayList<>();
        if (reader.acceptSymbol(")")) {
            return members;
        }
        do {
            members.add(or());
        } while (reader.acceptSymbol(","));
        reader.expectSymbol(")");
        return List.copyOf(members);
    }

    private Expression sum() {
        Expression left = product();
        while (true) {
            String operator = reader.peek().text();
            boolean sum = reader.peek().kind() == Token.Kind.SYMBOL
                    && Set.of("+", "-", "|", "&", "<<", ">>").contains(operator);
            boolean concatenation = reader.atSymbol("||") && reader.mode().pipesAsConcat();
            if (!sum && !concatenation) {
                return left;
            }
            reader.next();
            Expression right = product();
            left = concatenation
                    ? new Expression.Call("concat", List.of(left, right))
                    : new Expression.Binary(operator, left, right);
        }
    }

    private Expression product() {
        Expression left = unary();
        while (true) {
            String operator;
            if (reader.atSymbol("*") || reader.atSymbol("/") || reader.atSymbol("^")) {
                operator = reader.peek().text();
            } else if (reader.atSymbol("%") || reader.at("mod")) {
                operator = "MOD";
            } else if (reader.at("div")) {
                operator = "DIV";
            } else {
                return left;
            }
            reader.next();
            left = new Expression.Binary(operator, left, unary());
        }
    }

    private Expression unary() {
        if (reader.acceptSymbol("-")) {
            if (reader.peek().kind() == Token.Kind.NUMBER) {
                return new Expression.Numeral("-" + reader.next().text());
            }
            return new Expression.Unary("-", unary());
        }
        if (reader.acceptSymbol("+")) {
            return unary();
        }
        if (reader.acceptSymbol("~")) {
            return new Expression.Unary("~", unary());
        }
        Expression operand = primary();
        while (reader.atSymbol("->") || reader.atSymbol("->>")) {
            boolean unquote = reader.next().text().equals("->>");
            operand = new Expression.Call("json_extract", List.of(operand, new Expression.Text(reader.string())));
            if (unquote) {
                operand = new Expression.Call("json_unquote", List.of(operand));
            }
        }
        if (reader.accept("collate")) {
            reader.nameOrString();
        }
        return operand;
    }

    private Expression primary() {
        Token token = reader.peek();
        return switch (token.kind()) {
            case NUMBER -> {
                yield new Expression.Numeral(reader.next().text());
            }
            case STRING -> {
                yield new Expression.Text(reader.next().text());
            }
            case HEX -> {
                yield new Expression.Text(Hexadecimal.text(reader.next().text()));
            }
            case NAME -> {
                yield columnName();
            }
            case WORD -> {
                yield word();
            }
            case SYMBOL -> {
                reader.expectSymbol("(");
                Expression inner = or();
                reader.expectSymbol(")");
                yield inner;
            }
            case BITS, VARIABLE, END -> throw reader.unexpected();
        };
    }

    private Expression columnName() {
        String name = reader.name();
        while (reader.acceptSymbol(".")) {
            name = reader.name();
        }
        return new Expression.ColumnName(name);
    }

    private Expression word() {
        String word = reader.wordAhead();
        return switch (word) {
            case "null" -> {
                reader.next();
                yield new Expression.Null();
            }
            case "true", "false" -> {
                reader.next();
                yield new Expression.Numeral(word.equals("true") ? "1" : "0");
            }
            case "case" -> {
                yield caseExpression();
            }
            case "cast", "convert" -> {
                yield cast();
            }
            case "interval" -> {
                reader.next();
                Expression amount = sum();
                yield new Expression.Interval(amount, reader.name().toLowerCase(Locale.ROOT));
            }
            default -> {
                if (reader.peek(1).isSymbol("(")) {
                    skip(2);
                    yield new Expression.Call(PRINTED_NAMES.getOrDefault(word, word), list());
                }
                if (NAMES_WITHOUT_PARENTHESES.contains(word)) {
                    reader.next();
                    yield new Expression.Call(PRINTED_NAMES.getOrDefault(word, word), List.of());
                }
                yield columnName();
            }
        };
    }

    private Expression caseExpression() {
        reader.expect("case");
        Expression subject = reader.at("when") ? null : or();
        List<Expression.When> branches = new ArrayList<>();
        while (reader.accept("when")) {
            Expression condition = or();
            reader.expect("then");
            branches.add(new Expression.When(condition, or()));
        }
        Expression otherwise = reader.accept("else") ? or() : null;
        reader.expect("end");
        return new Expression.Case(subject, List.copyOf(branches), otherwise);
    }

    private Expression cast() {
        boolean convert = reader.at("convert");
        reader.next();
        reader.expectSymbol("(");
        Expression value = or();
        if (convert && reader.accept("using")) {
            reader.nameOrString();
            reader.expectSymbol(")");
            return value;
        }
        if (!reader.acceptSymbol(",")) {
            reader.expect("as");
        }
        StringBuilder type = new StringBuilder(reader.name().toLowerCase(Locale.ROOT));
        if (type.toString().equals("integer")) {
            type = new StringBuilder("signed");
        }
        if (reader.acceptSymbol("(")) {
            type.append('(').append(reader.smallNumber());
            if (reader.acceptSymbol(",")) {
                type.append(',').append(reader.smallNumber());
            }
            type.append(')');
            reader.expectSymbol(")");
        }
        reader.acceptAny("integer", "int");
        if (reader.acceptAny("charset") || reader.accept("character", "set")) {
            reader.nameOrString();
        }
        if (type.toString().startsWith("char")) {
            type.append(" charset utf8mb4");
        }
        reader.expectSymbol(")");
        return new Expression.Cast(value, type.toString());
    }
}
