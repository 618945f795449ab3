package dev.ephpm.litewire.dialect;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A moment plus an interval. */
final class MomentSum {
    private static final int LONGEST_DATE = 10;
    private static final int OVERFLOW = 1441;
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private MomentSum() {}

    /** Warns that a sum is none, which is NULL. */
    static @Nullable String overflow(String kind) {
        Truncation.warn(OVERFLOW, "Datetime function: " + kind + " field overflow");
        return null;
    }

    /** A time plus an interval of days or less; NULL when it becomes too long. */
    static @Nullable String addToTime(String time, String amount, String unit) {
        LocalDateTime start = LocalDateTime.of(1970, 1, 1, 0, 0);
        Optional<Clock> clock = Clock.parseStrictly(time);
        if (clock.isEmpty()) {
            return null;
        }
        Optional<LocalDateTime> sum = sum(start.plus(clock.get().micros(), ChronoUnit.MICROS), amount, unit);
        long micros = sum.map(s -> ChronoUnit.MICROS.between(start, s)).orElse(Long.MAX_VALUE);
        return Math.abs(micros) > Clock.LARGEST ? overflow("time") : new Clock(micros).text(-1);
    }

    /**
     * A date plus an interval, as text; NULL when the moment or the amount is none, or the sum leaves the calendar.
     *
     * @param decimals of a second that the value brings, below 0 those that its text has
     * @param more decimals that the interval brings
     */
    static @Nullable String add(Object moment, String amount, String unit, int decimals, int more) {
        Optional<LocalDateTime> start = MomentArguments.readCalendar(moment);
        if (start.isEmpty()) {
            return null;
        }
        Optional<Moment> sum = sum(start.get(), amount, unit).map(Moment::of);
        boolean counted = !unit.contains("YEAR") && !unit.contains("MONTH") && !unit.equals("QUARTER");
        if (sum.isEmpty() || (counted && sum.get().year() == 0)) {
            return overflow("datetime");
        }
        boolean timed = MomentArguments.moment(moment).form() == Reading.Form.DATETIME || isTimed(unit);
        int brought = decimals < 0 ? MomentTypes.fraction(MomentArguments.text(moment)) : decimals;
        return timed
                ? sum.get().datetimeText(Math.max(brought, more))
                : sum.get().dateText();
    }

    /** Empty outside of the calendar. */
    private static Optional<LocalDateTime> sum(LocalDateTime start, String amount, String unit) {
        try {
            LocalDateTime sum = plus(start, amount, unit);
            return sum.getYear() < 0 || sum.getYear() > 9999 ? Optional.empty() : Optional.of(sum);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** The same without a warning; what has colons and no date is a time. */
    static @Nullable String addQuickly(String moment, String amount, String unit) {
        if (moment.indexOf('-', 1) < 0 && moment.indexOf(':') > 0) {
            LocalDateTime start = LocalDateTime.of(1970, 1, 1, 0, 0);
            return Clock.parseStrictly(moment)
                    .flatMap(c -> sum(start.plus(c.micros(), ChronoUnit.MICROS), amount, unit))
                    .map(s -> new Clock(ChronoUnit.MICROS.between(start, s)).text(-1))
                    .orElse(null);
        }
        boolean timed = moment.strip().length() > LONGEST_DATE || isTimed(unit);
        return Moment.parse(moment)
                .flatMap(Moment::calendar)
                .flatMap(t -> sum(t, amount, unit))
                .map(s -> timed ? text(Moment.of(s)) : Moment.of(s).dateText())
                .orElse(null);
    }

    /** A date stays a date unless hours or less are added. */
    private static boolean isTimed(String unit) {
        return unit.contains("HOUR") || unit.contains("MINUTE") || unit.contains("SECOND");
    }

    static String text(Moment moment) {
        return moment.datetimeText(moment.micros() == 0 ? 0 : 6);
    }

    private static LocalDateTime plus(LocalDateTime start, String amount, String unit) {
        if (unit.indexOf('_') > 0) {
            return plusSeveral(start, amount, unit);
        }
        double exact = NumberText.exact(amount).doubleValue();
        long whole = Math.round(exact);
        return switch (unit) {
            case "MICROSECOND" -> start.plus(whole, ChronoUnit.MICROS);
            case "SECOND" -> start.plus(Math.round(exact * 1_000_000), ChronoUnit.MICROS);
            case "MINUTE" -> start.plusMinutes(whole);
            case "HOUR" -> start.plusHours(whole);
            case "DAY" -> start.plusDays(whole);
            case "WEEK" -> start.plusWeeks(whole);
            case "MONTH" -> start.plusMonths(whole);
            case "QUARTER" -> start.plusMonths(3 * whole);
            case "YEAR" -> start.plusYears(whole);
            default -> throw new DateTimeException(unit);
        };
    }

    /** {@code '1 2:3'} DAY_MINUTE: the numbers from the right fill the units from the smallest. */
    private static LocalDateTime plusSeveral(LocalDateTime start, String amount, String unit) {
        List<Long> numbers = new ArrayList<>();
        Matcher digits = DIGITS.matcher(amount);
        while (digits.find()) {
            numbers.add(Long.parseLong(digits.group()));
        }
        List<ChronoUnit> units = units(unit);
        long sign = amount.strip().startsWith("-") ? -1 : 1;
        LocalDateTime sum = start;
        for (int i = 1; i <= Math.min(numbers.size(), units.size()); i++) {
            long number = numbers.get(numbers.size() - i);
            sum = sum.plus(sign * number, units.get(units.size() - i));
        }
        return sum;
    }

    private static List<ChronoUnit> units(String unit) {
        if (unit.equals("YEAR_MONTH")) {
            return List.of(ChronoUnit.YEARS, ChronoUnit.MONTHS);
        }
        List<ChronoUnit> all =
                List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MICROS);
        List<String> names = List.of("DAY", "HOUR", "MINUTE", "SECOND", "MICROSECOND");
        int separator = unit.indexOf('_');
        return all.subList(
                names.indexOf(unit.substring(0, separator)), names.indexOf(unit.substring(separator + 1)) + 1);
    }
}
