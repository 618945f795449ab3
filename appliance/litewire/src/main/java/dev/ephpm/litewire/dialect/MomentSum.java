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
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int LONGEST_DATE = 10;

    private MomentSum() {}

    /** Null when the moment or the amount is none, or the sum leaves the calendar. */
    static @Nullable String add(String moment, String amount, String unit, boolean time) {
        Optional<LocalDateTime> start = time
                ? Clock.parseStrictly(moment)
                        .map(c -> LocalDateTime.of(1970, 1, 1, 0, 0).plus(c.micros(), ChronoUnit.MICROS))
                : Truncation.calendar(moment);
        if (start.isEmpty()) {
            return null;
        }
        try {
            LocalDateTime sum = plus(start.get(), amount, unit);
            if (sum.getYear() < 0 || sum.getYear() > 9999) {
                return null;
            }
            if (time) {
                long micros = ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), sum);
                return new Clock(micros).text(micros % 1_000_000 == 0 ? 0 : 6);
            }
            return isTimed(moment, unit) ? text(Moment.of(sum)) : Moment.of(sum).dateText();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** The same without a warning; what has colons and no date is a time. */
    static @Nullable String addQuickly(String moment, String amount, String unit) {
        boolean time = moment.indexOf('-', 1) < 0 && moment.indexOf(':') > 0;
        boolean readable = time
                ? Clock.parseStrictly(moment).isPresent()
                : Moment.parse(moment).flatMap(Moment::calendar).isPresent();
        return readable ? add(moment, amount, unit, time) : null;
    }

    /** A date stays a date unless hours or less are added. */
    private static boolean isTimed(String moment, String unit) {
        return moment.strip().length() > LONGEST_DATE
                || unit.contains("HOUR")
                || unit.contains("MINUTE")
                || unit.contains("SECOND");
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
