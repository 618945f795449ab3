package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Aggregate and window functions. */
final class Aggregates {
    private static final int SUM_DIGITS = 22;
    private static final int AVERAGE_DECIMALS = 4;
    private static final int SPREAD_PLACES = 6;
    private static final int RANK_DECIMALS = 10;

    private final Translation translation;
    private final Forms forms;
    private final JoinedAggregates joined;

    Aggregates(Translation translation) {
        this.translation = translation;
        this.forms = translation.forms();
        this.joined = new JoinedAggregates(translation);
    }

    Fragment translate(Expression.Aggregate aggregate, Scope scope) {
        if (scope.clause().equals("WHERE") && aggregate.over() == null) {
            throw SqlErrorCode.INVALID_GROUP_FUNCTION.with();
        }
        if (aggregate.over() == null) {
            Fragment plain = of(aggregate, "", scope);
            return plain.withType(plain.type().withDigits());
        }
        return of(aggregate, " OVER (" + window(aggregate.over(), scope) + ")", scope);
    }

    private String window(Expression.Window window, Scope scope) {
        List<String> parts = new ArrayList<>();
        if (!window.partitionBy().isEmpty()) {
            List<String> keys = translation.expressions().translateAll(window.partitionBy(), scope).stream()
                    .map(translation.queries()::orderKey)
                    .toList();
            parts.add("PARTITION BY " + String.join(", ", keys));
        }
        if (!window.orderBy().isEmpty()) {
            parts.add("ORDER BY " + translation.queries().orderKeys(window.orderBy(), scope));
        }
        if (window.frame() != null) {
            parts.add(frame(window.frame(), scope));
        }
        return String.join(" ", parts);
    }

    private String frame(Expression.Frame frame, Scope scope) {
        String begin = bound(frame.begin(), scope);
        return frame.end() == null
                ? frame.unit() + " " + begin
                : frame.unit() + " BETWEEN " + begin + " AND " + bound(frame.end(), scope);
    }

    private String bound(Expression.Bound bound, Scope scope) {
        return bound.offset() == null
                ? bound.words()
                : forms.number(translation.expressions().translate(bound.offset(), scope)) + " " + bound.words();
    }

    /** @param over what follows the call itself: its window */
    private Fragment of(Expression.Aggregate aggregate, String over, Scope scope) {
        if (aggregate.name().equals("COUNT")) {
            return count(aggregate, over, scope);
        }
        List<Fragment> arguments = translation.expressions().translateAll(aggregate.arguments(), scope);
        String distinct = aggregate.distinct() ? "DISTINCT " : "";
        return switch (aggregate.name()) {
            case "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE" ->
                Fragment.of(
                        call(aggregate.name(), arguments, over),
                        Type.integer(21).notNull());
            case "PERCENT_RANK", "CUME_DIST" ->
                Fragment.of(call(aggregate.name(), arguments, over), NumberTypes.real(RANK_DECIMALS));
            case "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTH_VALUE" ->
                Fragment.of(call(aggregate.name(), arguments, over), Types.ofPassed(arguments.getFirst()));
            case "JSON_OBJECTAGG" -> windowed(joined.jsonObject(arguments), over);
            case "JSON_ARRAYAGG" -> windowed(joined.jsonArray(aggregate, arguments, scope), over);
            case "GROUP_CONCAT" -> windowed(joined.groupConcat(aggregate, arguments, scope), over);
            default -> ofOne(aggregate.name(), distinct, only(aggregate, arguments), over);
        };
    }

    private static Fragment only(Expression.Aggregate aggregate, List<Fragment> arguments) {
        if (arguments.size() != 1) {
            throw SqlErrorCode.WRONG_PARAMETER_COUNT.with(aggregate.name());
        }
        return arguments.getFirst();
    }

    private static String call(String name, List<Fragment> arguments, String over) {
        List<String> values = arguments.stream().map(Fragment::sql).toList();
        return "(" + name.toLowerCase(java.util.Locale.ROOT) + "(" + String.join(", ", values) + ")" + over + ")";
    }

    private Fragment ofOne(String name, String distinct, Fragment value, String over) {
        return switch (name) {
            case "SUM" -> Fragment.of(total("sum", distinct, value) + over, sum(value));
            case "AVG" -> Fragment.of(total("avg", distinct, value) + over, average(value));
            case "MIN", "MAX" -> extreme(name, value, over);
            case "ANY_VALUE" -> Fragment.of("min(" + value.sql() + ")" + over, value.type());
            case "BIT_OR", "BIT_AND", "BIT_XOR" ->
                Fragment.of(
                        "mysql_unsigned(mysql_" + name.toLowerCase(java.util.Locale.ROOT) + "(" + aggregatedBits(value)
                                + ")" + over + ")",
                        Type.integer(21).asUnsigned().notNull());
            case "STD", "STDDEV", "STDDEV_POP" -> spread("mysql_std_pop", value, over);
            case "STDDEV_SAMP" -> spread("mysql_std_samp", value, over);
            case "VARIANCE", "VAR_POP" -> spread("mysql_var_pop", value, over);
            case "VAR_SAMP" -> spread("mysql_var_samp", value, over);
            default -> throw new UnreadableShape(name);
        };
    }

    private static Fragment windowed(Fragment aggregate, String over) {
        return Fragment.of(aggregate.sql() + over, aggregate.type());
    }

    /** SQLite sums reals, and whole numbers of 64 bits. */
    private String total(String function, String distinct, Fragment value) {
        boolean exact = NumberTypes.of(value).family() != Type.Family.DOUBLE
                && (Forms.isWide(value) || Forms.isLarge(value))
                && !forms.isPlain();
        // MariaDB converts the values of DISTINCT as it stores them, and does not warn.
        boolean before = forms.quiet(!distinct.isEmpty());
        String number = forms.number(value);
        forms.quiet(before);
        return (exact ? "mysql_" : "") + function + "(" + distinct + number + ")";
    }

    private String aggregatedBits(Fragment value) {
        return switch (value.type().family()) {
            case DOUBLE -> "mysql_cast_signed(" + forms.number(value) + ")";
            case TEXT, JSON, BINARY -> value.isEnumerated() ? forms.bits64(value) : forms.integer(value);
            default -> forms.bits64(value);
        };
    }

    private Fragment spread(String function, Fragment value, String over) {
        Type number = NumberTypes.of(value);
        int enumerated = value.isEnumerated() ? 1 : 0;
        Type type = number.family() == Type.Family.DOUBLE
                ? NumberTypes.real(number.decimals() + AVERAGE_DECIMALS)
                : Type.real()
                        .withLength(2L * number.precision() + SPREAD_PLACES + enumerated)
                        .withDecimals(number.scale() + AVERAGE_DECIMALS);
        return Fragment.of(function + "(" + forms.real(value) + ")" + over, type);
    }

    private static Type sum(Fragment value) {
        Type type = NumberTypes.of(value);
        return type.family() == Type.Family.DOUBLE
                ? NumberTypes.real(type.decimals())
                : Type.decimal(type.precision() + SUM_DIGITS, type.scale());
    }

    private static Type average(Fragment value) {
        Type type = NumberTypes.of(value);
        if (type.family() == Type.Family.DOUBLE) {
            Type real = NumberTypes.real(type.decimals() + AVERAGE_DECIMALS);
            long length = (value.type().bytes() + AVERAGE_DECIMALS) & 0xffff_ffffL;
            return real.withLength(Math.min(real.length(), length));
        }
        return Type.decimal(type.precision() + AVERAGE_DECIMALS, type.scale() + AVERAGE_DECIMALS);
    }

    private Fragment extreme(String name, Fragment value, String over) {
        String function = name.toLowerCase(java.util.Locale.ROOT);
        if (value.type().family() == Type.Family.DECIMAL && Forms.isWide(value) && !forms.isPlain()) {
            String key = function + "(mysql_number_key(" + value.sql() + "))" + over;
            return Fragment.of("mysql_key_number(" + key + ")", Types.ofPassed(value));
        }
        String sql = function + "(" + value.sql() + translation.collating().text(value) + ")" + over;
        Type type = Types.ofPassed(value);
        boolean real = type.family() == Type.Family.DOUBLE && over.isEmpty();
        return Fragment.of(
                sql, real ? type.withLength(NumberTypes.real(type.decimals()).length()) : type);
    }

    private Fragment count(Expression.Aggregate aggregate, String over, Scope scope) {
        Type type = Type.integer(21).notNull();
        if (aggregate.arguments().isEmpty() || aggregate.arguments().getFirst() instanceof Expression.AllColumns) {
            return Fragment.of("count(*)" + over, type);
        }
        List<Fragment> values = translation.expressions().translateAll(aggregate.arguments(), scope);
        if (values.size() == 1) {
            return Fragment.of(
                    "count("
                            + (aggregate.distinct()
                                    ? distinct(values.getFirst())
                                    : values.getFirst().sql()) + ")" + over,
                    type);
        }
        List<String> parts = values.stream().map(v -> "quote(" + v.sql() + ")").toList();
        String anyNull = String.join(
                " OR ", values.stream().map(v -> v.sql() + " IS NULL").toList());
        return Fragment.of(
                "count(DISTINCT CASE WHEN " + anyNull + " THEN NULL ELSE " + String.join(" || ',' || ", parts) + " END)"
                        + over,
                type);
    }

    private String distinct(Fragment value) {
        return "DISTINCT " + value.sql() + translation.collating().text(value);
    }
}
