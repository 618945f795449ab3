package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Expressions into SQLite text. */
final class Expressions {
    /** What a literal whose value is not known yet may have. */
    private static final int MOST_SECOND_DECIMALS = 6;

    /** What MariaDB says of an IN that it runs as a query of its own. */
    private static final Type FOUND = Type.integer(21).withWire(ColumnType.LONG);

    private final Translation translation;
    private final Compilation compilation;
    private final Forms forms;

    Expressions(Translation translation) {
        this.translation = translation;
        this.compilation = translation.compilation();
        this.forms = translation.forms();
    }

    List<Fragment> translateAll(List<Expression> list, Scope scope) {
        List<Fragment> fragments = new ArrayList<>(list.size());
        for (Expression expression : list) {
            fragments.add(translate(expression, scope));
        }
        return fragments;
    }

    /** An expression used as a condition. */
    String condition(Expression expression, Scope scope) {
        return forms.condition(operand(expression, scope));
    }

    /** What a condition is made of: MATCH as a condition is found by its index, as a value row by row. */
    private Fragment operand(Expression expression, Scope scope) {
        return expression instanceof Expression.Match match
                ? Fragment.of(translation.fullText().condition(match, scope), Type.FLAG.notNull())
                : translate(expression, scope);
    }

    /** The same; of several tables without warnings, since SQLite may ask for other rows than MariaDB does. */
    String joinCondition(Expression expression, Scope scope) {
        boolean before = forms.quiet(scope.relations().size() > 1);
        try {
            return condition(expression, scope);
        } finally {
            forms.quiet(before);
        }
    }

    Fragment translate(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Slot(int index) -> compilation.slot(index);
            case Expression.Inline(long value) ->
                Fragment.of(
                        Long.toString(value),
                        Type.integer(Long.toString(value).length()).notNull());
            case Expression.NullValue _ -> Fragment.of("NULL", Type.NULL);
            case Expression.Flag(boolean value) -> Fragment.of(value ? "1" : "0", Type.WORD.notNull());
            case Expression.ColumnName name -> scope.resolve(name);
            case Expression.Unary unary -> unary(unary, scope);
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.Like like -> like(like, scope);
            case Expression.Regexp regexp -> regexp(regexp, scope);
            case Expression.InList in -> inList(in, scope);
            case Expression.InQuery in -> inQuery(in, scope);
            case Expression.Between between ->
                translation
                        .comparisons()
                        .between(
                                translate(between.subject(), scope),
                                translate(between.low(), scope),
                                translate(between.high(), scope),
                                between.negated(),
                                scope.clause().equals("SELECT"));
            case Expression.Is is -> is(is, scope);
            case Expression.Case branches -> branches(branches, scope);
            case Expression.Row row -> row(row, scope);
            case Expression.Call call -> translation.functions().translate(call, scope);
            case Expression.Aggregate aggregate -> translation.aggregates().translate(aggregate, scope);
            default -> translateRarer(expression, scope);
        };
    }

    private Fragment translateRarer(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Exists(Query query, boolean negated) ->
                Fragment.of(
                        (negated ? "(NOT EXISTS (" : "(EXISTS (")
                                + translation.queries().subquery(query, scope).sql() + "))",
                        Type.FLAG.notNull());
            case Expression.Scalar(Query query) -> scalar(query, scope);
            case Expression.Quantified quantified -> quantified(quantified, scope);
            case Expression.Cast cast -> translation.functions().casts().cast(cast, scope);
            case Expression.ConvertUsing(Expression value, String charset) ->
                translation.functions().casts().convert(translate(value, scope), charset);
            case Expression.Collate(Expression value, String collation) -> collate(translate(value, scope), collation);
            case Expression.UserVariable(String name) -> userVariable(name);
            case Expression.SystemVariable variable -> systemVariable(variable);
            case Expression.Assignment(String name, Expression value) -> assignment(name, translate(value, scope));
            case Expression.Temporal(String type, int slot) -> temporal(type, slot);
            case Expression.Match match -> translation.fullText().rank(match, scope);
            default -> throw new UnreadableShape(expression);
        };
    }

    private Fragment unary(Expression.Unary unary, Scope scope) {
        Fragment operand =
                unary.operator().equals("NOT") ? operand(unary.operand(), scope) : translate(unary.operand(), scope);
        return switch (unary.operator()) {
            case "NOT" ->
                Fragment.of(
                        "(NOT " + forms.condition(operand) + ")",
                        Type.FLAG.withNullable(operand.type().nullable()));
            case "-" -> translation.arithmetic().negate(operand);
            case "~" -> translation.arithmetic().complement(operand);
            case "BINARY" -> translation.functions().casts().binary(operand, -1);
            default -> throw new UnreadableShape(unary);
        };
    }

    private Fragment collate(Fragment value, String collation) {
        Type type =
                value.type().isText() ? value.type() : Type.text(value.type().characters());
        TextCollation wanted = TextCollation.of(collation, TextCollation.Strength.EXPLICIT);
        translation.collating().requireValid(wanted, value);
        return new Fragment(
                forms.text(value), type.withCollation(wanted).withNullable(true).withWire(null), value.origin(), -1);
    }

    private Fragment binary(Expression.Binary binary, Scope scope) {
        return switch (binary.operator()) {
            case "AND", "OR", "XOR" -> junction(binary, scope);
            case "=", "<>", "<", "<=", ">", ">=", "<=>" -> comparison(binary, scope);
            default -> calculation(binary, scope);
        };
    }

    private Fragment junction(Expression.Binary binary, Scope scope) {
        Fragment left = operand(binary.left(), scope);
        Fragment right = operand(binary.right(), scope);
        String first = forms.condition(left);
        String second = forms.condition(right);
        String sql = binary.operator().equals("XOR")
                ? "((" + first + " <> 0) <> (" + second + " <> 0))"
                : "(" + first + " " + binary.operator() + " " + second + ")";
        boolean nullable = left.type().nullable() || right.type().nullable();
        return Fragment.of(sql, Type.FLAG.withNullable(nullable));
    }

    private static Fragment logic(String sql) {
        return Fragment.of(sql, Type.FLAG);
    }

    private Fragment comparison(Expression.Binary binary, Scope scope) {
        if (binary.left() instanceof Expression.Row left && binary.right() instanceof Expression.Row right) {
            return rows(binary.operator(), left, right, scope);
        }
        return translation
                .comparisons()
                .compare(binary.operator(), translate(binary.left(), scope), translate(binary.right(), scope));
    }

    /** Rows are equal when all their parts are; greater and smaller are left to SQLite. */
    private Fragment rows(String operator, Expression.Row left, Expression.Row right, Scope scope) {
        if (left.items().size() != right.items().size()) {
            throw SqlErrorCode.OPERAND_COLUMNS.with(left.items().size());
        }
        if (!operator.equals("=") && !operator.equals("<=>") && !operator.equals("<>")) {
            boolean nullable = Stream.concat(left.items().stream(), right.items().stream())
                    .anyMatch(i -> translate(i, scope).type().nullable());
            String sql = "(" + translate(left, scope).sql() + " " + operator + " "
                    + translate(right, scope).sql() + ")";
            return Fragment.of(sql, Type.FLAG.withNullable(nullable));
        }
        List<String> parts = new ArrayList<>();
        boolean nullable = false;
        for (int i = 0; i < left.items().size(); i++) {
            Expression.Binary part = new Expression.Binary(
                    operator, left.items().get(i), right.items().get(i));
            Fragment compared = comparison(part, scope);
            parts.add(compared.sql());
            nullable |= compared.type().nullable();
        }
        String sql = "(" + String.join(operator.equals("<>") ? " OR " : " AND ", parts) + ")";
        return Fragment.of(sql, Type.FLAG.withNullable(nullable));
    }

    private Fragment row(Expression.Row row, Scope scope) {
        List<String> items =
                translateAll(row.items(), scope).stream().map(Fragment::sql).toList();
        return Fragment.of("(" + String.join(", ", items) + ")", Type.UNKNOWN);
    }

    private Fragment calculation(Expression.Binary binary, Scope scope) {
        boolean interval =
                binary.left() instanceof Expression.Interval || binary.right() instanceof Expression.Interval;
        if (interval) {
            return translation.functions().dates().plusInterval(binary, scope);
        }
        return translation
                .arithmetic()
                .binary(binary.operator(), translate(binary.left(), scope), translate(binary.right(), scope));
    }

    private Fragment like(Expression.Like like, Scope scope) {
        Fragment subject = translate(like.subject(), scope);
        Fragment pattern = translate(like.pattern(), scope);
        String escape = like.escape() == null ? "'\\'" : forms.text(translate(like.escape(), scope));
        String collation = translation.collating().agreed("like", subject, pattern);
        String call = "mysql_like(" + forms.text(subject) + ", " + forms.text(pattern) + ", " + escape + ", "
                + Sql.text(collation) + ")";
        boolean nullable = subject.type().nullable() || pattern.type().nullable();
        return Fragment.of(like.negated() ? "(NOT " + call + ")" : call, Type.FLAG.withNullable(nullable));
    }

    private Fragment regexp(Expression.Regexp regexp, Scope scope) {
        Fragment subject = translate(regexp.subject(), scope);
        Fragment pattern = translate(regexp.pattern(), scope);
        boolean binary = subject.type().binaryText() || pattern.type().binaryText();
        String call =
                "mysql_regexp(" + forms.text(subject) + ", " + forms.text(pattern) + ", " + (binary ? 1 : 0) + ")";
        boolean nullable = subject.type().nullable() || pattern.type().nullable();
        return Fragment.of(regexp.negated() ? "(NOT " + call + ")" : call, Type.FLAG.withNullable(nullable));
    }

    private Fragment inList(Expression.InList in, Scope scope) {
        if (in.items().isEmpty()) {
            throw new UnreadableShape(in);
        }
        if (in.subject() instanceof Expression.Row subject) {
            return rowInList(subject, in, scope);
        }
        return translation
                .comparisons()
                .in(translate(in.subject(), scope), translateAll(in.items(), scope), in.negated());
    }

    private Fragment rowInList(Expression.Row subject, Expression.InList in, Scope scope) {
        List<String> matches = new ArrayList<>();
        for (Expression item : in.items()) {
            if (!(item instanceof Expression.Row row)) {
                throw SqlErrorCode.OPERAND_COLUMNS.with(subject.items().size());
            }
            matches.add(rows("=", subject, row, scope).sql());
        }
        return logic((in.negated() ? "(NOT (" : "((") + String.join(" OR ", matches) + "))");
    }

    private Fragment inQuery(Expression.InQuery in, Scope scope) {
        Queries.Translated query = translation.queries().subquery(in.query(), scope);
        int columns = in.subject() instanceof Expression.Row row ? row.items().size() : 1;
        if (query.outputs().size() != columns) {
            throw SqlErrorCode.OPERAND_COLUMNS.with(columns);
        }
        Fragment subject = translate(in.subject(), scope);
        String found = columns == 1
                ? translation
                        .comparisons()
                        .inQuery(subject, query.sql(), query.outputs().getFirst())
                : subject.sql() + " IN (" + query.sql() + ")";
        return in.negated() ? logic("(NOT (" + found + "))") : Fragment.of("(" + found + ")", FOUND);
    }

    private Fragment scalar(Query query, Scope scope) {
        Queries.Translated translated = translation.queries().subquery(query, scope);
        if (translated.outputs().size() != 1) {
            throw SqlErrorCode.OPERAND_COLUMNS.with(1);
        }
        Type only = translated.outputs().getFirst().type();
        boolean always = query instanceof Query.Select select
                && select.from() == null
                && select.where() == null
                && select.having() == null
                && select.limit() == null;
        Type type = always ? only : only.withNullable(true);
        boolean single = query instanceof Query.Select select && Aggregation.makesOneRow(select);
        return Fragment.of("(" + (single ? translated.sql() : onlyRow(translated)) + ")", type);
    }

    /** SQLite would take the first of several rows; MySQL says 1242. */
    private static String onlyRow(Queries.Translated query) {
        String rows = query.limited() == null ? "SELECT * FROM (" + query.sql() + ") LIMIT 2" : query.sql();
        return "WITH \"~\"(\"~\") AS (" + rows
                + ") SELECT CASE WHEN count(*) > 1 THEN mysql_several_rows() ELSE max(\"~\") END FROM \"~\"";
    }

    /** {@code x > ALL (q)} holds unless some row of q refutes it. */
    private Fragment quantified(Expression.Quantified quantified, Scope scope) {
        Queries.Translated query = translation.queries().subquery(quantified.query(), scope);
        Fragment subject = translate(quantified.subject(), scope);
        if (quantified.operator().equals("=") && !quantified.all()) {
            String found = translation
                    .comparisons()
                    .inQuery(subject, query.sql(), query.outputs().getFirst());
            return Fragment.of("(" + found + ")", FOUND);
        }
        Queries.Output column = query.outputs().getFirst();
        Fragment value = Fragment.of("\"q\".\"v\"", column.type());
        String comparison = translation
                .comparisons()
                .compare(quantified.operator(), subject, value)
                .sql();
        String rows = "WITH \"q\"(\"v\") AS (" + query.sql() + ") SELECT 1 FROM \"q\" WHERE ";
        String sql = quantified.all()
                ? "(NOT EXISTS (" + rows + "NOT " + comparison + "))"
                : "(EXISTS (" + rows + comparison + "))";
        boolean compares =
                !quantified.operator().equals("=") && !quantified.operator().equals("<>");
        return Fragment.of(sql, Type.FLAG.withNullable(!compares));
    }

    private Fragment is(Expression.Is is, Scope scope) {
        Fragment subject = translate(is.subject(), scope);
        String not = is.negated() ? "NOT " : "";
        if (is.what().equals("NULL")) {
            return isNull(subject, is.negated());
        }
        String sql = "(" + forms.condition(subject) + " IS " + not + is.what() + ")";
        return Fragment.of(sql, Type.FLAG.notNull());
    }

    /** ODBC's heritage: a zero date in a NOT NULL column IS NULL. */
    private static Fragment isNull(Fragment subject, boolean negated) {
        boolean zeroDate = subject.origin() != null
                && !subject.type().nullable()
                && !negated
                && (subject.type().family() == Type.Family.DATE
                        || subject.type().family() == Type.Family.DATETIME);
        String plain = "(" + subject.sql() + " IS " + (negated ? "NOT " : "") + "NULL)";
        String sql = zeroDate ? "(" + plain + " OR " + subject.sql() + " LIKE '0000-00-00%')" : plain;
        return Fragment.of(sql, Type.FLAG.notNull());
    }

    private Fragment branches(Expression.Case branches, Scope scope) {
        StringBuilder sql = new StringBuilder("(CASE");
        Fragment operand = branches.operand() == null ? null : translate(branches.operand(), scope);
        List<Fragment> results = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        boolean anyNullable = false;
        for (Expression.Case.When when : branches.whens()) {
            Fragment condition = translate(when.condition(), scope);
            anyNullable |= condition.type().nullable();
            conditions.add(
                    operand == null
                            ? forms.condition(condition)
                            : translation.comparisons().equalInRow(operand, condition));
            results.add(translate(when.result(), scope));
        }
        Fragment otherwise =
                branches.otherwise() == null ? Fragment.of("NULL", Type.NULL) : translate(branches.otherwise(), scope);
        results.add(otherwise);
        boolean unknown = Stream.concat(Stream.ofNullable(operand), results.stream())
                .anyMatch(f -> f.type().nullable());
        Type type = results.stream().map(Fragment::type).reduce(Type::common).orElse(Type.NULL);
        boolean nullable = unknown || anyNullable;
        for (int i = 0; i < conditions.size(); i++) {
            sql.append(" WHEN ")
                    .append(conditions.get(i))
                    .append(" THEN ")
                    .append(translation.functions().as(results.get(i), type));
        }
        sql.append(" ELSE ").append(translation.functions().as(otherwise, type)).append(" END)");
        return Fragment.of(sql.toString(), type.withNullable(nullable));
    }

    private Fragment userVariable(String name) {
        Type type = compilation
                .assignedType(name)
                .orElseGet(() ->
                        VariableTypes.of(compilation.context().userVariables().apply(name)));
        return Fragment.of(
                compilation.assignsVariables()
                        ? "mysql_variable(" + Sql.text(name) + ")"
                        : compilation.parameter(new Binding.OfSession(SessionValue.USER_VARIABLE, name)),
                type);
    }

    private Fragment assignment(String name, Fragment value) {
        compilation.assigned(name, value.type());
        return Fragment.of("mysql_assign(" + Sql.text(name) + ", " + value.sql() + ")", value.type());
    }

    private Fragment systemVariable(Expression.SystemVariable variable) {
        Type type = SystemVariableTypes.of(variable.name());
        return Fragment.of(
                compilation.parameter(new Binding.OfSession(SessionValue.SYSTEM_VARIABLE, variable.name())), type);
    }

    private Fragment temporal(String type, int slot) {
        return switch (type) {
            case "DATE" ->
                Fragment.of(
                        compilation.slot(slot, Conversion.DATE_LITERAL),
                        Type.date().notNull());
            case "TIME" ->
                Fragment.of(
                        compilation.slot(slot, Conversion.TIME_LITERAL),
                        Type.time(decimals(slot)).notNull());
            default ->
                Fragment.of(
                        compilation.slot(slot, Conversion.TIMESTAMP_LITERAL),
                        Type.datetime(decimals(slot)).notNull());
        };
    }

    private int decimals(int slot) {
        Literal literal = compilation.literal(slot);
        if (literal == null) {
            return MOST_SECOND_DECIMALS;
        }
        return literal instanceof Literal.Text text ? MomentTypes.fraction(text.text()) : 0;
    }
}
