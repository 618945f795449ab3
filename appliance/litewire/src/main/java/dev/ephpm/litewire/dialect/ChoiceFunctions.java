package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions that choose or join their arguments, whose type depends on all of them. */
final class ChoiceFunctions {
    private final Translation translation;

    ChoiceFunctions(Translation translation) {
        this.translation = translation;
    }

    Optional<Fragment> translate(String name, List<Fragment> arguments) {
        int count = arguments.size();
        return switch (name) {
            case "IF" -> count == 3 ? Optional.of(choose(arguments)) : Optional.empty();
            case "IFNULL", "NVL" -> count == 2 ? Optional.of(coalesce(arguments)) : Optional.empty();
            case "COALESCE" -> count > 0 ? Optional.of(coalesce(arguments)) : Optional.empty();
            case "NVL2" -> count == 3 ? Optional.of(ifNotNull(arguments)) : Optional.empty();
            case "NULLIF" -> count == 2 ? Optional.of(nullIf(arguments)) : Optional.empty();
            case "ISNULL" ->
                count == 1
                        ? Optional.of(Fragment.of("(" + arguments.getFirst().sql() + " IS NULL)", Type.FLAG.notNull()))
                        : Optional.empty();
            case "MOD" ->
                count == 2
                        ? Optional.of(translation.arithmetic().binary("%", arguments.getFirst(), arguments.get(1)))
                        : Optional.empty();
            case "GREATEST" -> count > 1 ? Optional.of(extreme("max", arguments)) : Optional.empty();
            case "LEAST" -> count > 1 ? Optional.of(extreme("min", arguments)) : Optional.empty();
            case "CONCAT" -> count > 0 ? Optional.of(concat(arguments)) : Optional.empty();
            case "CONCAT_WS" -> count > 1 ? Optional.of(concatWithSeparator(arguments)) : Optional.empty();
            case "FIELD" -> count > 1 ? Optional.of(field(arguments)) : Optional.empty();
            case "ELT" -> count > 1 ? Optional.of(elt(arguments)) : Optional.empty();
            case "INTERVAL" -> count > 1 ? Optional.of(interval(arguments)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private String as(Fragment value, Type type) {
        return translation.functions().as(value, type);
    }

    /** Numbers among texts are as long as they are written. */
    private static Type common(List<Fragment> values) {
        Type type = values.stream().map(Fragment::type).reduce(Type::common).orElse(Type.NULL);
        if (type.family() != Type.Family.TEXT) {
            return type;
        }
        long length = values.stream()
                .mapToLong(v ->
                        v.type().family() == Type.Family.NULL ? 0 : v.type().characters())
                .max()
                .orElse(0);
        return length == 0 ? type.withLength(0).withDecimals(0) : type.withLength(length);
    }

    private Fragment choose(List<Fragment> arguments) {
        return ifThen(translation.forms().condition(arguments.getFirst()), arguments);
    }

    private Fragment ifNotNull(List<Fragment> arguments) {
        return ifThen("(" + arguments.getFirst().sql() + " IS NOT NULL)", arguments);
    }

    /** Beside a literal NULL the other keeps its length. */
    private static Type ofEither(Fragment first, Fragment second) {
        if (first.type().family() == Type.Family.NULL) {
            return Types.ofPassed(second).withDigits();
        }
        return second.type().family() == Type.Family.NULL
                ? Types.ofPassed(first).withDigits()
                : common(List.of(first, second));
    }

    private Fragment ifThen(String condition, List<Fragment> arguments) {
        Type type = ofEither(arguments.get(1), arguments.get(2));
        return Fragment.of(
                "iif(" + condition + ", " + as(arguments.get(1), type) + ", " + as(arguments.get(2), type) + ")",
                type.withNullable(arguments.stream().anyMatch(a -> a.type().nullable())));
    }

    private Fragment coalesce(List<Fragment> arguments) {
        boolean nullable = arguments.stream().allMatch(a -> a.type().nullable());
        Type type = withoutCharacters(common(arguments).withNullable(nullable));
        List<String> values = arguments.stream().map(a -> as(a, type)).toList();
        return Fragment.of(
                values.size() == 1 ? values.getFirst() : "coalesce(" + String.join(", ", values) + ")", type);
    }

    private static Type withoutCharacters(Type type) {
        return type.family() == Type.Family.TEXT && type.length() == 0 ? type.withDecimals(0) : type;
    }

    private Fragment nullIf(List<Fragment> arguments) {
        Fragment value = arguments.getFirst();
        String same =
                translation.comparisons().compare("=", value, arguments.get(1)).sql();
        return Fragment.of(
                "iif(" + same + ", NULL, " + value.sql() + ")",
                Types.ofPassed(value).withDigits());
    }

    private Fragment extreme(String function, List<Fragment> arguments) {
        Type type = extremeType(arguments);
        if (type.family() == Type.Family.TIME) {
            return Fragment.of(translation.comparisons().extremeTime(function, arguments, type.decimals()), type);
        }
        List<String> values = new ArrayList<>();
        for (Fragment argument : arguments) {
            values.add(
                    type.family() == Type.Family.BINARY
                            ? translation.forms().bytes(argument)
                            : type.isTemporal()
                                    ? translation.comparisons().asMoment(argument, type)
                                    : as(argument, type));
        }
        boolean wide = type.family() != Type.Family.DOUBLE
                && type.isNumber()
                && arguments.stream().anyMatch(Forms::isWide);
        if (wide && !translation.forms().isPlain()) {
            String name = function.equals("max") ? "mysql_greatest(" : "mysql_least(";
            return Fragment.of(name + String.join(", ", values) + ")", type);
        }
        boolean unicode = type.isText() && !type.binaryText();
        if (unicode) {
            values.set(0, values.getFirst() + translation.collating().text(type));
        }
        String sql = function + "(" + String.join(", ", values) + ")";
        return Fragment.of(type.isTemporal() ? whenKnown(arguments, sql) : sql, type);
    }

    /** Beside NULL a literal is not read, and not warned of. */
    private static String whenKnown(List<Fragment> arguments, String sql) {
        List<String> missing = arguments.stream()
                .filter(a -> !a.isSlot() && a.type().nullable())
                .map(a -> a.sql() + " IS NULL")
                .toList();
        boolean reads = arguments.stream().anyMatch(Fragment::isSlot);
        return reads && !missing.isEmpty() ? "iif(" + String.join(" OR ", missing) + ", NULL, " + sql + ")" : sql;
    }

    /** Moments among others make the others moments; text among numbers becomes a number. */
    private static Type extremeType(List<Fragment> arguments) {
        boolean nullable = arguments.stream().anyMatch(a -> a.type().nullable());
        Type plain = common(arguments);
        if (arguments.stream().anyMatch(a -> a.type().isTemporal())) {
            return MomentTypes.extreme(arguments)
                    .withNullable(nullable
                            || !arguments.stream().allMatch(a -> a.type().isTemporal()));
        }
        boolean numbers = arguments.stream().anyMatch(a -> a.type().isNumber());
        if (arguments.stream().allMatch(a -> a.type().wire() == ColumnType.FLOAT)) {
            return plain;
        }
        boolean exact =
                arguments.stream().allMatch(a -> a.type().isNumber() && a.type().family() != Type.Family.DOUBLE);
        if (!numbers || exact) {
            return withoutCharacters(plain);
        }
        int decimals = arguments.stream()
                .mapToInt(a -> NumberTypes.fixed(NumberTypes.of(a)))
                .max()
                .orElse(0);
        return NumberTypes.real(decimals).withNullable(nullable);
    }

    private Fragment concat(List<Fragment> arguments) {
        List<String> parts = arguments.stream().map(translation.forms()::text).toList();
        return ofJoined("(" + String.join(" || ", parts) + ")", joined(arguments, 0));
    }

    private static Type joined(List<Fragment> arguments, long separators) {
        long length = arguments.stream().mapToLong(a -> a.type().characters()).sum() + separators;
        return TextTypes.of(arguments, TextTypes.built(length));
    }

    /** SQLite's concat_ws skips NULL as MySQL's does. */
    private Fragment concatWithSeparator(List<Fragment> arguments) {
        List<String> parts = arguments.stream().map(translation.forms()::text).toList();
        Fragment separator = arguments.getFirst();
        long separators = separator.type().characters() * (arguments.size() - 2L);
        Type type = joined(arguments.subList(1, arguments.size()), separators);
        return ofJoined("concat_ws(" + String.join(", ", parts) + ")", type);
    }

    /** SQLite joins bytes to text; what MySQL calls bytes must be stored and read as such. */
    private static Fragment ofJoined(String sql, Type type) {
        return Fragment.of(type.family() == Type.Family.BINARY ? "CAST(" + sql + " AS BLOB)" : sql, type);
    }

    private Fragment field(List<Fragment> arguments) {
        String sql = translation.comparisons().position(arguments);
        return Fragment.of(sql, Type.integer(3).notNull());
    }

    private Fragment elt(List<Fragment> arguments) {
        StringBuilder sql =
                new StringBuilder("(CASE ").append(translation.forms().integer(arguments.getFirst()));
        long length = 0;
        for (int i = 1; i < arguments.size(); i++) {
            sql.append(" WHEN ")
                    .append(i)
                    .append(" THEN ")
                    .append(translation.forms().text(arguments.get(i)));
            length = Math.max(length, arguments.get(i).type().characters());
        }
        return Fragment.of(sql.append(" END)").toString(), Type.text(length));
    }

    /** INTERVAL(n, a, b, …): how many of the ascending bounds n has reached. */
    private Fragment interval(List<Fragment> arguments) {
        String value = translation.forms().number(arguments.getFirst());
        StringBuilder sql = new StringBuilder("(CASE WHEN " + value + " IS NULL THEN -1");
        for (int i = 1; i < arguments.size(); i++) {
            sql.append(" WHEN ")
                    .append(value)
                    .append(" < ")
                    .append(translation.forms().number(arguments.get(i)))
                    .append(" THEN ")
                    .append(i - 1);
        }
        return Fragment.of(
                sql.append(" ELSE ")
                        .append(arguments.size() - 1)
                        .append(" END)")
                        .toString(),
                Type.integer(2).notNull());
    }
}
