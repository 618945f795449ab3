package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Functions of dates and times. Values are text in MySQL's form; parts of well-formed columns are cut out of it. */
final class DateFunctions {
    private record Part(int from, int length, int digits) {}

    private static final Map<String, Part> PARTS = Map.of(
            "YEAR", new Part(1, 4, 4),
            "MONTH", new Part(6, 2, 2),
            "DAY", new Part(9, 2, 2),
            "DAYOFMONTH", new Part(9, 2, 2),
            "HOUR", new Part(12, 2, 2),
            "MINUTE", new Part(15, 2, 2),
            "SECOND", new Part(18, 2, 2));

    private static final Map<String, Integer> COMPUTED_PARTS = Map.of(
            "DAYOFWEEK", 1,
            "DAYOFYEAR", 3,
            "WEEKDAY", 1,
            "QUARTER", 1,
            "MICROSECOND", 6,
            "WEEKOFYEAR", 2,
            "TO_DAYS", 6,
            "TO_SECONDS", 12);

    private static final int FIRST_TIME_CHARACTER = 12;
    private static final String JSON = "longblob/json";

    private final Translation translation;
    private final Forms forms;

    DateFunctions(Translation translation) {
        this.translation = translation;
        this.forms = translation.forms();
    }

    Optional<Fragment> translate(String name, List<Fragment> arguments) {
        if (name.startsWith("EXTRACT_") && arguments.size() == 1) {
            return Optional.of(extract(name.substring("EXTRACT_".length()), arguments.getFirst()));
        }
        if (arguments.size() == 1 && PARTS.containsKey(name)) {
            return Optional.of(part(name, arguments.getFirst()));
        }
        if (arguments.size() == 1 && COMPUTED_PARTS.containsKey(name)) {
            return Optional.of(computedPart(name, arguments.getFirst(), COMPUTED_PARTS.getOrDefault(name, 0)));
        }
        return now(name, arguments).or(() -> conversion(name, arguments)).or(() -> calculation(name, arguments));
    }

    private Optional<Fragment> now(String name, List<Fragment> arguments) {
        if (name.equals("UNIX_TIMESTAMP")) {
            return arguments.isEmpty()
                    ? session(SessionValue.EPOCH_SECONDS, "", Type.integer(17))
                            .map(seconds -> seconds.withType(Type.integer(17)))
                    : Optional.of(unixTimestamp(arguments.getFirst()));
        }
        String digits = arguments.isEmpty() ? "" : digits(arguments.getFirst());
        int decimals = digits.matches("\\d") ? Integer.parseInt(digits) : 0;
        return switch (name) {
            case "NOW", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP", "SYSDATE" ->
                session(SessionValue.NOW, digits, Type.datetime(decimals));
            case "UTC_TIMESTAMP" -> session(SessionValue.UTC_NOW, digits, Type.datetime(decimals));
            case "CURDATE", "CURRENT_DATE" -> session(SessionValue.TODAY, "", Type.date());
            case "UTC_DATE" -> session(SessionValue.UTC_TODAY, "", Type.date());
            case "CURTIME", "CURRENT_TIME" -> session(SessionValue.CLOCK, digits, Type.time(decimals));
            case "UTC_TIME" -> session(SessionValue.UTC_CLOCK, digits, Type.time(decimals));
            default -> Optional.empty();
        };
    }

    private Fragment unixTimestamp(Fragment moment) {
        String arguments = forms.moment(moment) + ", " + zone();
        String function = MomentTypes.written(moment) == 0 ? "mysql_unix_timestamp" : "mysql_unix_timestamp_exact";
        return Fragment.of(function + "(" + arguments + ")", MomentTypes.seconds(MomentTypes.decimals(moment)));
    }

    /** The digits of {@code NOW(6)}: part of the shape where the normaliser saw it, else six of them. */
    private static String digits(Fragment argument) {
        return argument.sql().matches("[0-6]") ? argument.sql() : "6";
    }

    private Optional<Fragment> session(SessionValue what, String argument, Type type) {
        return Optional.of(Fragment.of(
                translation.compilation().parameter(new Binding.OfSession(what, argument)), type.notNull()));
    }

    private String zone() {
        return translation.compilation().parameter(new Binding.OfSession(SessionValue.TIME_ZONE, ""));
    }

    private Fragment part(String name, Fragment value) {
        Part part = PARTS.getOrDefault(name, new Part(1, 4, 4));
        boolean dated = value.type().family() == Type.Family.DATETIME
                || (value.type().family() == Type.Family.DATE && part.from() < FIRST_TIME_CHARACTER);
        Type type = Type.integer(part.digits());
        if (dated && !value.isSlot()) {
            return Fragment.of(
                    "CAST(substr(" + value.sql() + ", " + part.from() + ", " + part.length() + ") AS INTEGER)", type);
        }
        return computedPart(name, value, part.digits());
    }

    private Fragment computedPart(String name, Fragment value, int digits) {
        String operand = MomentBodies.isPartOfClock(name) ? forms.clock(value) : forms.moment(value);
        String arguments = "part(" + Sql.text(name) + ", " + operand + ")";
        // A moment is well-formed: the quick function in C has the answer.
        String sql = (isMoment(value) ? "mysql_" : "mysql_read_") + arguments;
        return Fragment.of(sql, Type.integer(digits));
    }

    private Fragment extract(String unit, Fragment value) {
        if (value.isJsonColumn()) {
            throw SqlErrorCode.ILLEGAL_TYPE.with(JSON, "extract(" + unit.toLowerCase(Locale.ROOT) + ")");
        }
        Type type = Type.integer(MomentTypes.partDigits(unit, value.type()));
        boolean timed = MomentBodies.isExtractedFromTime(unit);
        if (value.type().family() == Type.Family.TIME && !value.isSlot() && !timed) {
            return Fragment.of("iif(" + value.sql() + " IS NULL, NULL, 0)", type);
        }
        if (!timed) {
            return (PARTS.containsKey(unit) ? part(unit, value) : computedPart(unit, value, 0)).withType(type);
        }
        return Fragment.of("mysql_extract(" + Sql.text(unit) + ", " + forms.clock(value) + ")", type);
    }

    private Optional<Fragment> conversion(String name, List<Fragment> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        Fragment first = arguments.getFirst();
        return switch (name) {
            case "DATE" -> Optional.of(date(first));
            case "TIME" ->
                unary(
                        "mysql_read_time",
                        forms.clock(first) + ", " + MomentTypes.written(first),
                        MomentTypes.time(first));
            case "TIMESTAMP" ->
                Optional.of(
                        arguments.size() == 1
                                ? Fragment.of(
                                        "mysql_read_datetime(" + forms.moment(first) + ", " + MomentTypes.written(first)
                                                + ")",
                                        MomentTypes.datetime(first))
                                : Fragment.of(
                                        "mysql_timestamp(" + forms.moment(first) + ", " + forms.clock(arguments.get(1))
                                                + ")",
                                        Type.datetime(Math.max(
                                                MomentTypes.decimals(first),
                                                MomentTypes.literalDecimals(arguments.get(1))))));
            case "DATE_FORMAT" -> dateFormat(arguments);
            case "TIME_FORMAT" ->
                binary("mysql_time_format", forms.clock(first), arguments, MomentTypes.formatted(arguments.getLast()));
            case "STR_TO_DATE" -> {
                refuseJson(arguments, "str_to_date");
                yield binary(
                        "mysql_str_to_date", forms.text(first), arguments, MomentTypes.parsed(arguments.getLast()));
            }
            case "FROM_UNIXTIME" -> Optional.of(fromUnixTime(arguments));
            case "LAST_DAY" -> unary("mysql_last_day", forms.moment(first), Type.date());
            case "DAYNAME" ->
                unary("mysql_day_name", forms.calendar(first), Type.text(9).withDecimals(0));
            case "MONTHNAME" ->
                unary("mysql_month_name", forms.moment(first), Type.text(9).withDecimals(0));
            case "FROM_DAYS" -> unary("mysql_from_days", whole(first), Type.date());
            case "SEC_TO_TIME" -> unary("mysql_sec_to_time", forms.number(first), MomentTypes.ofSeconds(first));
            case "TIME_TO_SEC" ->
                unary(
                        "mysql_time_to_sec",
                        forms.clock(first) + ", " + MomentTypes.written(first),
                        MomentTypes.seconds(MomentTypes.clockDecimals(first)));
            default -> Optional.empty();
        };
    }

    private static boolean isMoment(Fragment value) {
        return value.type().isTemporal() && !value.isSlot();
    }

    private static Optional<Fragment> unary(String function, String argument, Type type) {
        return Optional.of(Fragment.of(function + "(" + argument + ")", type));
    }

    private Optional<Fragment> binary(String function, String first, List<Fragment> arguments, Type type) {
        if (arguments.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(Fragment.of(function + "(" + first + ", " + forms.text(arguments.get(1)) + ")", type));
    }

    private Optional<Fragment> difference(
            String function, List<Fragment> arguments, Function<Fragment, String> form, Type type) {
        if (arguments.size() != 2) {
            return Optional.empty();
        }
        String operands = form.apply(arguments.getFirst()) + ", " + form.apply(arguments.get(1));
        return Optional.of(Fragment.of(function + "(" + operands + ")", type));
    }

    private Fragment date(Fragment value) {
        if (value.type().family() == Type.Family.DATETIME && !value.isSlot()) {
            return Fragment.of("substr(" + value.sql() + ", 1, 10)", Type.date());
        }
        if (value.type().family() == Type.Family.DATE && !value.isSlot()) {
            return Fragment.of(value.sql(), Type.date());
        }
        return Fragment.of("mysql_read_date(" + forms.moment(value) + ")", Type.date());
    }

    private Fragment fromUnixTime(List<Fragment> arguments) {
        String moment = "mysql_from_unixtime(" + forms.number(arguments.getFirst()) + ", " + zone() + ")";
        if (arguments.size() == 1) {
            return Fragment.of(moment, MomentTypes.fromUnixTime(arguments.getFirst()));
        }
        return Fragment.of(
                "mysql_read_date_format(" + moment + ", " + forms.text(arguments.get(1)) + ")",
                MomentTypes.formatted(arguments.get(1)));
    }

    private Optional<Fragment> calculation(String name, List<Fragment> arguments) {
        return switch (name) {
            case "DATEDIFF" -> difference("mysql_datediff", arguments, forms::calendar, Type.integer(8));
            case "TIMEDIFF" ->
                difference("mysql_timediff", arguments, forms::clock, Type.time(MomentTypes.most(arguments)));
            case "ADDTIME" -> timeSum(arguments, 1);
            case "SUBTIME" -> timeSum(arguments, -1);
            case "PERIOD_ADD" -> whole("mysql_period_add", arguments, 6);
            case "PERIOD_DIFF" -> whole("mysql_period_diff", arguments, 6);
            case "MAKEDATE" -> whole("mysql_makedate", arguments, 0).map(f -> f.withType(Type.date()));
            case "MAKETIME" -> whole("mysql_maketime", arguments, 0).map(f -> f.withType(Type.time(0)));
            case "WEEK" -> week("mysql_week", arguments, 2);
            case "YEARWEEK" -> week("mysql_yearweek", arguments, 6);
            case "ADDDATE", "DATE_ADD" -> days(arguments, "");
            case "SUBDATE", "DATE_SUB" -> days(arguments, "-");
            case "CONVERT_TZ" ->
                Optional.of(Fragment.of(
                        "mysql_convert_tz(" + forms.calendar(arguments.getFirst()) + ", " + forms.text(arguments.get(1))
                                + ", " + forms.text(arguments.get(2)) + ", " + zone() + ")",
                        MomentTypes.datetime(arguments.getFirst())));
            default -> Optional.empty();
        };
    }

    /** A time has no date: its year is 0, and names of days are NULL. */
    private Optional<Fragment> dateFormat(List<Fragment> arguments) {
        Fragment first = arguments.getFirst();
        boolean time = first.type().family() == Type.Family.TIME && !first.isSlot();
        Type type = MomentTypes.formatted(arguments.getLast());
        return time
                ? binary("mysql_time_format", first.sql(), arguments, type)
                : binary("mysql_read_date_format", forms.moment(first), arguments, type);
    }

    private static void refuseJson(List<Fragment> arguments, String operation) {
        if (arguments.size() == 2 && arguments.getFirst().isJsonColumn()) {
            throw SqlErrorCode.ILLEGAL_TYPES.with(
                    JSON, MomentTypes.nameOf(arguments.get(1).type()), operation);
        }
    }

    private Optional<Fragment> timeSum(List<Fragment> arguments, int sign) {
        if (arguments.size() != 2) {
            return Optional.empty();
        }
        refuseJson(arguments, sign > 0 ? "addtime" : "subtime");
        Type type = MomentTypes.timeSum(arguments.getFirst(), arguments.get(1));
        return Optional.of(Fragment.of(
                "mysql_add_time(" + forms.clock(arguments.getFirst()) + ", " + forms.clock(arguments.get(1)) + ", "
                        + sign
                        + ", " + MomentTypes.summedDecimals(arguments.getFirst()) + ", "
                        + MomentTypes.written(arguments.get(1)) + ")",
                type));
    }

    /** As a whole number, with a warning where 64 bits are too few. */
    private String whole(Fragment value) {
        Type.Family family = value.type().family();
        boolean large = family == Type.Family.DOUBLE || (family == Type.Family.DECIMAL && Forms.isWide(value));
        return large && !value.isSlot() ? "mysql_cast_signed(" + forms.number(value) + ")" : forms.integer(value);
    }

    private Optional<Fragment> whole(String function, List<Fragment> arguments, int digits) {
        List<String> numbers = arguments.stream().map(this::whole).toList();
        boolean nullable = arguments.stream().anyMatch(a -> a.type().nullable());
        return Optional.of(Fragment.of(
                function + "(" + String.join(", ", numbers) + ")",
                Type.integer(digits).withNullable(nullable)));
    }

    private Optional<Fragment> week(String function, List<Fragment> arguments, int digits) {
        String mode = arguments.size() > 1 ? forms.integer(arguments.get(1)) : "0";
        return Optional.of(Fragment.of(
                function + "(" + forms.calendar(arguments.getFirst()) + ", " + mode + ")", Type.integer(digits)));
    }

    private Optional<Fragment> days(List<Fragment> arguments, String sign) {
        if (arguments.size() != 2) {
            return Optional.empty();
        }
        return Optional.of(plus(arguments.getFirst(), arguments.get(1), sign.isEmpty(), "DAY"));
    }

    /** DATE_ADD and its kin with {@code INTERVAL n unit}. */
    Fragment withInterval(Expression.Call call, Scope scope) {
        boolean adds = call.name().equals("DATE_ADD") || call.name().equals("ADDDATE");
        boolean subtracts = call.name().equals("DATE_SUB") || call.name().equals("SUBDATE");
        boolean shaped = call.arguments().size() == 2 && call.arguments().get(1) instanceof Expression.Interval;
        if (!shaped || !(adds || subtracts)) {
            throw new UnreadableShape(call);
        }
        Fragment moment = translation.expressions().translate(call.arguments().getFirst(), scope);
        return plus(moment, (Expression.Interval) call.arguments().get(1), adds, scope);
    }

    /** {@code moment ± INTERVAL n unit}. */
    Fragment plusInterval(Expression.Binary binary, Scope scope) {
        boolean adds = binary.operator().equals("+");
        if (adds && binary.left() instanceof Expression.Interval interval) {
            return plus(translation.expressions().translate(binary.right(), scope), interval, true, scope);
        }
        if (binary.right() instanceof Expression.Interval interval
                && (adds || binary.operator().equals("-"))) {
            return plus(translation.expressions().translate(binary.left(), scope), interval, adds, scope);
        }
        throw new UnreadableShape(binary);
    }

    private Fragment plus(Fragment moment, Expression.Interval interval, boolean adds, Scope scope) {
        Fragment amount = translation.expressions().translate(interval.value(), scope);
        return plus(moment, amount, adds, interval.unit());
    }

    private Fragment plus(Fragment moment, Fragment amount, boolean adds, String unit) {
        String counted = adds ? forms.text(amount) : "mysql_negated(" + forms.text(amount) + ")";
        boolean time = moment.type().family() == Type.Family.TIME;
        if (moment.isJsonColumn()) {
            throw SqlErrorCode.ILLEGAL_TYPES.with(JSON, "interval", "date_add_interval");
        }
        Type type = MomentTypes.sum(moment, amount, unit);
        if (time && type.family() != Type.Family.TIME) {
            return Fragment.of("mysql_time_overflow(" + moment.sql() + ")", type);
        }
        String sql = time
                ? "mysql_read_time_add(" + moment.sql() + ", " + counted + ", " + Sql.text(unit) + ")"
                : "mysql_read_date_add(" + forms.moment(moment) + ", " + counted + ", " + Sql.text(unit) + ", "
                        + MomentTypes.written(moment) + ", " + MomentTypes.intervalDecimals(amount, unit) + ")";
        return Fragment.of(sql, type);
    }

    /** TIMESTAMPDIFF and TIMESTAMPADD, whose first argument is a bare unit. */
    Fragment withUnit(Expression.Call call, Scope scope) {
        if (call.arguments().size() != 3 || !(call.arguments().getFirst() instanceof Expression.ColumnName unitName)) {
            throw SqlErrorCode.WRONG_PARAMETER_COUNT.with(call.name());
        }
        String unit = unitName.column().toUpperCase(Locale.ROOT).replace("SQL_TSI_", "");
        Fragment second = translation.expressions().translate(call.arguments().get(1), scope);
        Fragment third = translation.expressions().translate(call.arguments().get(2), scope);
        if (call.name().equals("TIMESTAMPADD")) {
            return plus(third, second, true, unit);
        }
        return Fragment.of(
                "mysql_timestampdiff(" + Sql.text(unit) + ", " + forms.calendar(second) + ", " + forms.calendar(third)
                        + ")",
                Type.integer(21));
    }
}
