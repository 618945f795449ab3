package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Date and time functions. */
final class MomentBodies {
    /** Days from MySQL's day 0 to 1970-01-01. */
    private static final long EPOCH_DAYS = 719_528;

    private static final long DAYS_OF_FIRST_YEAR = 366;

    private static final long LAST_DAY = 3_652_424;
    private static final long LAST_HOUR = 838;
    private static final long MICROS = 1_000_000;
    private static final int LONGEST_DATE = 10;

    private MomentBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_moment_number", a -> momentNumber(a.text(0)));
        functions.add("mysql_compared_moment", a -> Truncation.comparedMoment(a.text(0)));
        functions.add("mysql_compared_time", a -> Truncation.comparedTime(a.text(0)));
        functions.add("mysql_time_micros", a -> timeMicros(a.text(0)));
        twins(functions);
        functions.add("mysql_read_part", a -> part(a.text(0), a.text(1)));
        functions.add(
                "mysql_read_date",
                a -> Truncation.moment(a.text(0)).map(Moment::dateText).orElse(null));
        functions.add("mysql_read_datetime", a -> datetime(a.text(0), (int) a.whole(1)));
        functions.add(
                "mysql_read_time",
                a -> Truncation.clock(a.text(0))
                        .map(c -> c.text((int) a.whole(1)))
                        .orElse(null));
        functions.add(
                "mysql_read_date_format",
                a -> Truncation.moment(a.text(0))
                        .map(m -> MomentFormat.format(m, a.text(1)))
                        .orElse(null));
        functions.add("mysql_time_format", a -> timeFormat(a.text(0), a.text(1)));
        functions.add("mysql_str_to_date", a -> MomentFormat.parse(a.text(0), a.text(1)));
        functions.add("mysql_read_date_add", a -> MomentSum.add(a.text(0), a.text(1), a.text(2), a.whole(3) != 0));
        functions.add(
                "mysql_negated", a -> a.text(0).startsWith("-") ? a.text(0).substring(1) : "-" + a.text(0));
        functions.add("mysql_add_time", a -> addTime(a.text(0), a.text(1), a.whole(2)));
        functions.add("mysql_timediff", a -> timeDifference(a.text(0), a.text(1)));
        functions.add("mysql_datediff", a -> days(a.text(0), a.text(1)));
        functions.add("mysql_timestampdiff", a -> difference(a.text(0), a.text(1), a.text(2)));
        functions.add(
                "mysql_last_day",
                a -> ofDate(a.text(0), d -> d.withDayOfMonth(d.lengthOfMonth()).toString()));
        functions.add(
                "mysql_day_name",
                a -> ofDate(a.text(0), d -> d.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        functions.add(
                "mysql_month_name",
                a -> ofDate(a.text(0), d -> d.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        functions.add("mysql_week", a -> ofDate(a.text(0), d -> (long) Weeks.week(d, (int) a.whole(1))));
        functions.add("mysql_yearweek", a -> ofDate(a.text(0), d -> (long) Weeks.yearWeek(d, (int) a.whole(1))));
        functions.add("mysql_from_days", a -> fromDays(a.whole(0)));
        functions.add("mysql_sec_to_time", a -> secondsToTime(a.real(0)));
        functions.add(
                "mysql_time_to_sec",
                a -> Truncation.clock(a.text(0)).map(MomentBodies::seconds).orElse(null));
        functions.add("mysql_makedate", a -> makeDate(a.whole(0), a.whole(1)));
        functions.add("mysql_maketime", a -> makeTime(a.whole(0), a.whole(1), a.real(2)));
        functions.add("mysql_period_add", a -> a.whole(0) == 0 ? 0L : period(months(a.whole(0)) + a.whole(1)));
        functions.add("mysql_period_diff", a -> months(a.whole(0)) - months(a.whole(1)));
        functions.add("mysql_unix_timestamp", a -> unixTimestamp(a.text(0), a.text(1)));
        functions.add("mysql_unix_timestamp_exact", a -> exactUnixTimestamp(a.text(0), a.text(1)));
        functions.add("mysql_from_unixtime", a -> fromUnixTime(a.real(0), a.text(1)));
        functions.add("mysql_convert_tz", a -> convertZone(a.text(0), a.text(1), a.text(2), a.text(3)));
    }

    /** The extension has these in C: quick, and NULL for what is not well-formed, which the reading functions then look at. */
    private static void twins(SqlFunctions functions) {
        functions.add("mysql_part", a -> quickPart(a.text(0), a.text(1)));
        functions.add(
                "mysql_date", a -> Moment.parse(a.text(0)).map(Moment::dateText).orElse(null));
        functions.add(
                "mysql_datetime",
                a -> Moment.parse(a.text(0))
                        .map(m -> m.datetimeText((int) a.whole(1)))
                        .orElse(null));
        functions.add(
                "mysql_time",
                a -> Clock.parseStrictly(a.text(0))
                        .map(c -> c.text((int) a.whole(1)))
                        .orElse(null));
        functions.add(
                "mysql_date_format",
                a -> Moment.parse(a.text(0))
                        .map(m -> MomentFormat.format(m, a.text(1)))
                        .orElse(null));
        functions.add("mysql_date_add", a -> MomentSum.addQuickly(a.text(0), a.text(1), a.text(2)));
    }

    private static @Nullable Object quickPart(String unit, String text) {
        Optional<Clock> clock = isPartOfClock(unit) ? Clock.parseStrictly(text) : Optional.empty();
        if (clock.isPresent()) {
            return clockPart(unit, Math.abs(clock.get().micros()));
        }
        return Moment.parse(text).map(m -> quickPart(unit, m)).orElse(null);
    }

    private static @Nullable Long quickPart(String unit, Moment moment) {
        return isPartOfDate(unit)
                ? momentPart(unit, moment)
                : moment.calendar().map(t -> calendarPart(unit, t)).orElse(null);
    }

    /** Times compare by their length, which their text does not show when it is negative or long. */
    private static @Nullable Long timeMicros(String text) {
        return Clock.parse(text).map(Clock::micros).orElse(null);
    }

    private static <T> @Nullable T ofDate(String text, Function<LocalDate, T> function) {
        return Truncation.calendar(text)
                .map(t -> function.apply(t.toLocalDate()))
                .orElse(null);
    }

    /** A moment as a number: 20240229131415.25, a negative time as a negative one. */
    private static Object momentNumber(String text) {
        boolean dated = text.indexOf('-', 1) > 0;
        Optional<Moment> moment = dated ? Moment.parse(text) : Optional.empty();
        String whole = moment.map(m -> text.length() <= LONGEST_DATE ? m.dateText() : m.datetimeText(-1))
                .orElse(text);
        boolean negative = !dated && whole.startsWith("-");
        String digits = whole.replaceAll("[-: ]", "");
        return Conversion.number(new BigDecimal(negative ? "-" + digits : digits));
    }

    private static @Nullable String datetime(String text, int decimals) {
        return Truncation.moment(text).map(m -> m.datetimeText(decimals)).orElse(null);
    }

    private static @Nullable Object part(String unit, String text) {
        if (isPartOfClock(unit)) {
            return Truncation.clock(text)
                    .map(c -> clockPart(unit, Math.abs(c.micros())))
                    .orElse(null);
        }
        return isPartOfDate(unit)
                ? Truncation.moment(text).map(m -> momentPart(unit, m)).orElse(null)
                : Truncation.calendar(text).map(t -> calendarPart(unit, t)).orElse(null);
    }

    private static boolean isPartOfClock(String unit) {
        return switch (unit) {
            case "HOUR", "MINUTE", "SECOND", "MICROSECOND", "HOUR_MINUTE", "HOUR_SECOND", "MINUTE_SECOND" -> true;
            default -> false;
        };
    }

    /** Parts that dates with zeros have, too. */
    private static boolean isPartOfDate(String unit) {
        return switch (unit) {
            case "YEAR",
                    "MONTH",
                    "DAY",
                    "DAYOFMONTH",
                    "QUARTER",
                    "YEAR_MONTH",
                    "DAY_HOUR",
                    "DAY_MINUTE",
                    "DAY_SECOND" -> true;
            default -> false;
        };
    }

    /** With as many decimals as there are. */
    private static Object seconds(Clock clock) {
        long micros = clock.micros();
        return micros % MICROS == 0 ? (Object) (micros / MICROS) : (Object) ((double) micros / MICROS);
    }

    private static long clockPart(String unit, long micros) {
        long seconds = micros / MICROS;
        return switch (unit) {
            case "HOUR" -> seconds / 3600;
            case "MINUTE" -> seconds / 60 % 60;
            case "SECOND" -> seconds % 60;
            case "MICROSECOND" -> micros % MICROS;
            case "HOUR_MINUTE" -> seconds / 3600 * 100 + seconds / 60 % 60;
            case "MINUTE_SECOND" -> seconds / 60 % 60 * 100 + seconds % 60;
            default -> (seconds / 3600 * 100 + seconds / 60 % 60) * 100 + seconds % 60;
        };
    }

    private static @Nullable Long momentPart(String unit, Moment moment) {
        return switch (unit) {
            case "YEAR" -> (long) moment.year();
            case "MONTH" -> (long) moment.month();
            case "DAY", "DAYOFMONTH" -> (long) moment.day();
            case "QUARTER" -> (moment.month() + 2L) / 3;
            case "YEAR_MONTH" -> moment.year() * 100L + moment.month();
            case "DAY_HOUR" -> moment.day() * 100L + moment.hour();
            case "DAY_MINUTE" -> (moment.day() * 100L + moment.hour()) * 100 + moment.minute();
            default -> ((moment.day() * 100L + moment.hour()) * 100 + moment.minute()) * 100 + moment.second();
        };
    }

    private static @Nullable Long calendarPart(String unit, LocalDateTime time) {
        LocalDate date = time.toLocalDate();
        return switch (unit) {
            case "DAYOFWEEK" -> date.getDayOfWeek().getValue() % 7 + 1L;
            case "WEEKDAY" -> date.getDayOfWeek().getValue() - 1L;
            case "DAYOFYEAR" -> (long) date.getDayOfYear();
            case "WEEKOFYEAR" -> (long) date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case "WEEK" -> (long) Weeks.week(date, 0);
            case "TO_DAYS" -> date.toEpochDay() + EPOCH_DAYS;
            case "TO_SECONDS" ->
                (date.toEpochDay() + EPOCH_DAYS) * 86_400 + time.toLocalTime().toSecondOfDay();
            default -> null;
        };
    }

    private static @Nullable String timeFormat(String text, String format) {
        return Truncation.clock(text)
                .map(c -> {
                    long seconds = Math.abs(c.micros()) / MICROS;
                    Moment moment = new Moment(
                            0, 0, 0, (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60), (int)
                                    (Math.abs(c.micros()) % MICROS));
                    return MomentFormat.format(moment, format);
                })
                .orElse(null);
    }

    private static @Nullable String addTime(String text, String amount, long sign) {
        Optional<Clock> added = Truncation.clock(amount);
        if (added.isEmpty()) {
            return null;
        }
        long micros = sign * added.get().micros();
        if (text.length() > 10 && text.indexOf('-', 1) > 0) {
            return Truncation.calendar(text)
                    .map(t -> MomentSum.text(Moment.of(t.plus(micros, ChronoUnit.MICROS))))
                    .orElse(null);
        }
        return Truncation.clock(text)
                .map(c -> new Clock(c.micros() + micros))
                .map(c -> c.text(c.micros() % MICROS == 0 ? 0 : 6))
                .orElse(null);
    }

    private static @Nullable String timeDifference(String left, String right) {
        boolean dated = left.indexOf('-', 1) > 0;
        if (dated != right.indexOf('-', 1) > 0) {
            return null;
        }
        Optional<Long> micros = dated
                ? calendar(left).flatMap(l -> calendar(right).map(r -> ChronoUnit.MICROS.between(r, l)))
                : Truncation.clock(left).flatMap(l -> Truncation.clock(right).map(r -> l.micros() - r.micros()));
        return micros.map(m -> new Clock(m).text(m % MICROS == 0 ? 0 : 6)).orElse(null);
    }

    private static Optional<LocalDateTime> calendar(String text) {
        return Truncation.calendar(text);
    }

    private static @Nullable Long days(String left, String right) {
        return calendar(left)
                .flatMap(l -> calendar(right).map(r -> ChronoUnit.DAYS.between(r.toLocalDate(), l.toLocalDate())))
                .orElse(null);
    }

    private static @Nullable Long difference(String unit, String from, String to) {
        return calendar(from)
                .flatMap(f -> calendar(to).map(t -> difference(unit, f, t)))
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

    private static String fromDays(long days) {
        boolean known = days >= DAYS_OF_FIRST_YEAR && days <= LAST_DAY;
        return known ? LocalDate.ofEpochDay(days - EPOCH_DAYS).toString() : Moment.ZERO.dateText();
    }

    private static String secondsToTime(double seconds) {
        double micros = Math.rint(seconds * MICROS);
        if (Math.abs(micros) > Clock.LARGEST) {
            Truncation.truncated("seconds", Doubles.text(seconds));
            return new Clock(seconds < 0 ? -Clock.LARGEST : Clock.LARGEST).text(-1);
        }
        return new Clock((long) micros).text(-1);
    }

    private static @Nullable String makeTime(long hour, long minute, double second) {
        if (minute < 0 || minute > 59 || second < 0 || second >= 60) {
            return null;
        }
        if (Math.abs(hour) > LAST_HOUR) {
            Truncation.truncated("time", hour + ":" + minute + ":" + Doubles.text(second));
            return (hour < 0 ? "-" : "") + "838:59:59";
        }
        long micros = (Math.abs(hour) * 60 + minute) * 60 * MICROS + Math.round(second * MICROS);
        return new Clock(hour < 0 ? -micros : micros).text(-1);
    }

    private static @Nullable String makeDate(long year, long dayOfYear) {
        if (dayOfYear < 1 || year < 0 || year > 9999) {
            return null;
        }
        return LocalDate.of((int) (year < 70 ? year + 2000 : year < 100 ? year + 1900 : year), 1, 1)
                .plusDays(dayOfYear - 1)
                .toString();
    }

    private static long months(long period) {
        long year = period / 100;
        return (year < 70 ? year + 2000 : year < 100 ? year + 1900 : year) * 12 + period % 100 - 1;
    }

    private static long period(long months) {
        return months / 12 * 100 + months % 12 + 1;
    }

    private static Object unixTimestamp(String text, String zone) {
        return instant(text, zone).map(i -> Math.max(0, i.getEpochSecond())).orElse(0L);
    }

    /** With fractions of a second: 16 digits, as many as a double holds. */
    private static Object exactUnixTimestamp(String text, String zone) {
        return instant(text, zone)
                .map(i -> Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, i)) / (double) MICROS)
                .orElse(0.0);
    }

    private static Optional<Instant> instant(String text, String zone) {
        return calendar(text).map(t -> t.atZone(ZoneId.of(zone)).toInstant());
    }

    private static @Nullable String fromUnixTime(double seconds, String zone) {
        if (seconds < 0) {
            return null;
        }
        Instant instant = Instant.EPOCH.plus((long) (seconds * MICROS), ChronoUnit.MICROS);
        return MomentSum.text(Moment.of(LocalDateTime.ofInstant(instant, ZoneId.of(zone))));
    }

    private static @Nullable String convertZone(String text, String from, String to, String sessionZone) {
        try {
            ZoneId source = ZoneId.of(from.equalsIgnoreCase("SYSTEM") ? sessionZone : from);
            ZoneId target = ZoneId.of(to.equalsIgnoreCase("SYSTEM") ? sessionZone : to);
            return calendar(text)
                    .map(t -> t.atZone(source).withZoneSameInstant(target).toLocalDateTime())
                    .map(t -> MomentSum.text(Moment.of(t)))
                    .orElse(null);
        } catch (DateTimeException e) {
            // Zones MySQL does not know make the answer NULL.
            return null;
        }
    }
}
