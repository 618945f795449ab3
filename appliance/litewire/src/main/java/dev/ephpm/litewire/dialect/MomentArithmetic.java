package dev.ephpm.litewire.dialect;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sums and differences of dates and times. */
final class MomentArithmetic {
    private static final long MICROS = 1_000_000;
    private static final long MICROS_OF_DAY = 86_400 * MICROS;
    private static final int AS_MANY_AS_THERE_ARE = -1;
    private static final int MOST_DECIMALS = 6;
    private static final long LAST_PERIOD = 999_912;

    private MomentArithmetic() {}

    static void add(SqlFunctions functions) {
        functions.add(
                "mysql_add_time", a -> addTime(a.known(0), a.known(1), a.whole(2), (int) a.whole(3), (int) a.whole(4)));
        functions.add("mysql_timestamp", a -> timestamp(a.known(0), a.known(1)));
        functions.add("mysql_timediff", a -> timeDifference(a.known(0), a.known(1)));
        functions.add("mysql_datediff", a -> days(a.known(0), a.known(1)));
        functions.add("mysql_timestampdiff", a -> difference(a.text(0), a.known(1), a.known(2)));
        functions.add("mysql_period_add", a -> a.whole(0) == 0 ? 0L : period(months(a.whole(0)) + a.whole(1)));
        functions.add("mysql_period_diff", a -> months(a.whole(0)) - months(a.whole(1)));
    }

    /** Microseconds since the day before 0000-01-01; a month may be 0. */
    private static long micros(Reading read) {
        return read.isMoment() ? dayNumber(read.fields()) * MICROS_OF_DAY + read.micros() : read.micros();
    }

    private static long dayNumber(Reading.Fields date) {
        if (date.year() == 0 && date.month() == 0) {
            return 0;
        }
        long year = date.month() <= 2 ? date.year() - 1 : date.year();
        long days = 365 * date.year() + 31 * (date.month() - 1) + date.day();
        long shorter = date.month() <= 2 ? 0 : (date.month() * 4 + 23) / 10;
        return days - shorter + Math.floorDiv(year, 4L) - (Math.floorDiv(year, 100L) + 1) * 3 / 4;
    }

    /** The answer has as many decimals as the types have; below 0 as many as come out. */
    private static @Nullable String addTime(
            Object value, Object amount, long sign, int valueDecimals, int amountDecimals) {
        Reading read = MomentArguments.readTimeOrMoment(value);
        if (read.isNone()) {
            return null;
        }
        Reading added = MomentArguments.readTimeOrMoment(amount);
        if (added.isNone() || added.isMoment()) {
            return null;
        }
        long sum = micros(read) + sign * added.micros();
        int brought = amountDecimals < 0 ? MomentTypes.fraction(MomentArguments.text(amount)) : amountDecimals;
        int decimals = valueDecimals < 0 ? AS_MANY_AS_THERE_ARE : Math.max(valueDecimals, brought);
        return read.isMoment() ? moment(sum, decimals) : time(sum).text(decimals);
    }

    private static @Nullable String timestamp(Object value, Object amount) {
        Optional<Moment> moment = MomentArguments.readMoment(value);
        if (moment.isEmpty()) {
            return null;
        }
        Reading added = MomentArguments.readTimeOrMoment(amount);
        if (added.isNone() || added.isMoment()) {
            return null;
        }
        Moment m = moment.get();
        Reading.Fields date = new Reading.Fields(m.year(), m.month(), m.day(), 0, 0, 0, 0);
        return moment(dayNumber(date) * MICROS_OF_DAY + m.microsOfDay() + added.micros(), AS_MANY_AS_THERE_ARE);
    }

    /** Null outside of the calendar. */
    private static @Nullable String moment(long micros, int decimals) {
        long day = Math.floorDiv(micros, MICROS_OF_DAY);
        if (day < MomentBodies.DAYS_OF_FIRST_YEAR || day > MomentBodies.LAST_DAY) {
            return null;
        }
        LocalDateTime time = LocalDateTime.of(1970, 1, 1, 0, 0)
                .plusDays(day - MomentBodies.EPOCH_DAYS)
                .plus(Math.floorMod(micros, MICROS_OF_DAY), ChronoUnit.MICROS);
        return Moment.of(time).datetimeText(decimals);
    }

    private static Clock time(long micros) {
        if (Math.abs(micros) <= Clock.LARGEST) {
            return new Clock(micros);
        }
        long hours = Math.abs(micros) / MICROS / 3600;
        Truncation.truncated(
                "time",
                (micros < 0 ? "-" : "")
                        + hours
                        + new Clock(Math.abs(micros) % (3600 * MICROS))
                                .text(MOST_DECIMALS)
                                .substring(2));
        return new Clock(micros < 0 ? -Clock.LARGEST : Clock.LARGEST);
    }

    private static @Nullable String timeDifference(Object left, Object right) {
        Reading first = MomentArguments.readTimeOrMoment(left);
        if (first.isNone()) {
            return null;
        }
        Reading second = MomentArguments.readTimeOrMoment(right);
        if (second.isNone() || first.isMoment() != second.isMoment()) {
            return null;
        }
        return time(micros(first) - micros(second)).text(AS_MANY_AS_THERE_ARE);
    }

    private static @Nullable Long days(Object left, Object right) {
        return MomentArguments.readCalendar(left)
                .flatMap(l -> MomentArguments.readCalendar(right)
                        .map(r -> ChronoUnit.DAYS.between(r.toLocalDate(), l.toLocalDate())))
                .orElse(null);
    }

    private static @Nullable Long difference(String unit, Object from, Object to) {
        return MomentArguments.readCalendar(from)
                .flatMap(f -> MomentArguments.readCalendar(to).map(t -> difference(unit, f, t)))
                .orElse(null);
    }

    private static @Nullable Long difference(String unit, LocalDateTime from, LocalDateTime to) {
        return switch (unit) {
            case "MICROSECOND" -> ChronoUnit.MICROS.between(from, to);
            case "SECOND" -> ChronoUnit.SECONDS.between(from, to);
            case "MINUTE" -> ChronoUnit.MINUTES.between(from, to);
            case "HOUR" -> ChronoUnit.HOURS.between(from, to);
            case "DAY" -> ChronoUnit.DAYS.between(from, to);
            case "WEEK" -> ChronoUnit.WEEKS.between(from, to);
            case "MONTH" -> ChronoUnit.MONTHS.between(from, to);
            case "QUARTER" -> ChronoUnit.MONTHS.between(from, to) / 3;
            case "YEAR" -> ChronoUnit.YEARS.between(from, to);
            default -> null;
        };
    }

    /** What is no period is month 0. */
    private static long months(long period) {
        if (period <= 0 || period > LAST_PERIOD) {
            return 0;
        }
        return fullYear(period / 100) * 12 + period % 100 - 1;
    }

    private static long period(long months) {
        return months == 0 ? 0 : fullYear(months / 12) * 100 + months % 12 + 1;
    }

    private static long fullYear(long year) {
        return year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
    }
}
