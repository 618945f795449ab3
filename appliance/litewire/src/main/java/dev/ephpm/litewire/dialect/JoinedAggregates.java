package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;

/** Aggregates that join the values of a group to one text: GROUP_CONCAT, JSON_ARRAYAGG, JSON_OBJECTAGG. */
final class JoinedAggregates {
    /** What a result is said to be as long as, until a session says how long that is. */
    static final long LONGEST_GROUP = 1_048_576;

    /** What JSON_ARRAYAGG adds to that. */
    static final int BRACKETS = 2;

    private final Translation translation;
    private final Forms forms;

    JoinedAggregates(Translation translation) {
        this.translation = translation;
        this.forms = translation.forms();
    }

    Fragment groupConcat(Expression.Aggregate aggregate, List<Fragment> arguments, Scope scope) {
        boolean bytes = arguments.stream().anyMatch(a -> a.type().isBytes());
        List<String> parts = arguments.stream().map(this::text).toList();
        String separator = aggregate.separator() == null
                ? "','"
                : forms.text(translation.expressions().translate(aggregate.separator(), scope));
        String value = parts.size() == 1 ? parts.getFirst() : "(" + String.join(" || ", parts) + ")";
        String joined = limited(aggregate, joined(aggregate, value, separator, arguments, scope), separator);
        return Fragment.of(bytes ? "CAST(" + joined + " AS BLOB)" : joined, type(arguments, LONGEST_GROUP));
    }

    /** No longer than the session allows. */
    private String limited(Expression.Aggregate aggregate, String joined, String separator) {
        if (aggregate.over() != null) {
            return joined;
        }
        String most = translation.compilation().parameter(new Binding.OfSession(SessionValue.GROUP_LENGTH, ""));
        return "iif(octet_length(" + joined + ") > " + most + ", mysql_cut_group(" + joined + ", " + most + ", "
                + separator + "), " + joined + ")";
    }

    /** BIT comes as its digits here. */
    private String text(Fragment value) {
        return value.type().family() == Type.Family.BIT ? "CAST(" + value.sql() + " AS TEXT)" : forms.text(value);
    }

    Fragment jsonArray(Expression.Aggregate aggregate, List<Fragment> arguments, Scope scope) {
        if (arguments.size() != 1) {
            throw SqlErrorCode.WRONG_PARAMETER_COUNT.with(aggregate.name());
        }
        String value = "coalesce(" + translation.functions().json().text(arguments.getFirst()) + ", 'null')";
        String joined = "('[' || " + joined(aggregate, value, "','", arguments, scope) + " || ']')";
        return json(joined, type(arguments, LONGEST_GROUP + BRACKETS));
    }

    Fragment jsonObject(List<Fragment> arguments) {
        if (arguments.size() != 2) {
            throw SqlErrorCode.WRONG_PARAMETER_COUNT.with("JSON_OBJECTAGG");
        }
        String member = translation.functions().json().member(arguments.getFirst(), "':'", arguments.getLast());
        return json("('{' || group_concat(" + member + ", ', ') || '}')", type(arguments, LONGEST_GROUP));
    }

    private static Fragment json(String sql, Type type) {
        return Fragment.of(type.isText() ? sql : "CAST(" + sql + " AS BLOB)", type);
    }

    private static Type type(List<Fragment> arguments, long characters) {
        return TextTypes.of(arguments, characters).withWire(ColumnType.BLOB).withDecimals(0);
    }

    private String joined(
            Expression.Aggregate aggregate, String value, String separator, List<Fragment> arguments, Scope scope) {
        String orders = translation.queries().orderKeys(aggregate.orderBy(), scope);
        if (!aggregate.distinct()) {
            return "group_concat(" + value + ", " + separator + (orders.isEmpty() ? "" : " ORDER BY " + orders) + ")";
        }
        // MariaDB keeps the first of equal values and sorts afterwards; without ORDER BY it sorts by the values
        // themselves.
        List<String> keys = arguments.stream().map(this::key).toList();
        String sorted = orders.isEmpty() ? own(arguments) : orders;
        return "mysql_group_distinct(" + value + ", " + String.join(" || char(0) || ", keys) + ", mysql_arrival(), "
                + separator + " ORDER BY " + sorted + ")";
    }

    private String own(List<Fragment> arguments) {
        return String.join(
                ", ", arguments.stream().map(translation.queries()::orderKey).toList());
    }

    private String key(Fragment value) {
        String text = forms.text(value);
        boolean folds = value.type().family() == Type.Family.TEXT;
        return folds
                ? "mysql_fold(" + text + ", "
                        + Sql.text(translation.collating().name(value.type().collation())) + ")"
                : text;
    }
}
