package dev.ephpm.litewire.dialect;

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

    private static final long MICROS = 1_000_000;

    private MomentBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_moment_number", a -> momentNumber(a.text(0)));
        functions.add("mysql_part", a -> part(a.text(0), a.text(1)));
        functions.add(
                "mysql_date", a -> Moment.parse(a.text(0)).map(Moment::dateText).orElse(null));
        functions.add("mysql_datetime", a -> datetime(a.text(0), (int) a.whole(1)));
        functions.add(
                "mysql_time",
                a -> Clock.parse(a.text(0)).map(c -> c.text((int) a.whole(1))).orElse(null));
        functions.add(
                "mysql_date_format",
                a -> Moment.parse(a.text(0))
                        .map(m -> MomentFormat.format(m, a.text(1)))
                        .orElse(null));
        functions.add("mysql_time_format", a -> timeFormat(a.text(0), a.text(1)));
        functions.add("mysql_str_to_date", a -> MomentFormat.parse(a.text(0), a.text(1)));
        functions.add("mysql_date_add", a -> MomentSum.add(a.text(0), a.text(1), a.text(2)));
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
        functions.add(
                "mysql_from_days",
                a -> LocalDate.ofEpochDay(a.whole(0) - EPOCH_DAYS).toString());
        functions.add("mysql_sec_to_time", a -> new Clock((long) (a.real(0) * MICROS)).text(0));
        functions.add(
                "mysql_time_to_sec",
                a -> Clock.parse(a.text(0)).map(c -> c.micros() / MICROS).orElse(null));
        functions.add("mysql_makedate", a -> makeDate(a.whole(0), a.whole(1)));
        functions.add(
                "mysql_maketime", a -> new Clock(((a.whole(0) * 60 + a.whole(1)) * 60 + a.whole(2)) * MICROS).text(0));
        functions.add("mysql_period_add", a -> period(months(a.whole(0)) + a.whole(1)));
        functions.add("mysql_period_diff", a -> months(a.whole(0)) - months(a.whole(1)));
        functions.add("mysql_unix_timestamp", a -> unixTimestamp(a.text(0), a.text(1)));
        functions.add("mysql_unix_timestamp_exact", a -> exactUnixTimestamp(a.text(0), a.text(1)));
        functions.add("mysql_from_unixtime", a -> fromUnixTime(a.real(0), a.text(1)));
        functions.add("mysql_convert_tz", a -> convertZone(a.text(0), a.text(1), a.text(2), a.text(3)));
    }

    private static <T> @Nullable T ofDate(String text, Function<LocalDate, T> function) {
        return Moment.parse(text)
                .flatMap(Moment::calendar)
                .map(t -> function.apply(t.toLocalDate()))
                .orElse(null);
    }

    private static Object momentNumber(String text) {
        Optional<Moment> moment = text.indexOf('-', 1) > 0 ? Moment.parse(text) : Optional.empty();
        String digits = moment.map(m -> text.length() <= 10 ? m.dateText() : m.datetimeText(0))
                .orElse(text)
                .replaceAll("[-: ]", "");
        return NumberText.parse(digits);
    }

    private static @Nullable String datetime(String text, int decimals) {
        return Moment.parse(text).map(m -> m.datetimeText(decimals)).orElse(null);
    }

    private static @Nullable Object part(String unit, String text) {
        if (isPartOfClock(unit)) {
            Optional<Clock> clock = Clock.parse(text);
            if (clock.isPresent()) {
                return clockPart(unit, Math.abs(clock.get().micros()));
            }
        }
        return Moment.parse(text).map(m -> momentPart(unit, m)).orElse(null);
    }

    private static boolean isPartOfClock(String unit) {
        return switch (unit) {
            case "HOUR", "MINUTE", "SECOND", "MICROSECOND", "HOUR_MINUTE", "HOUR_SECOND", "MINUTE_SECOND" -> true;
            default -> false;
        };
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
            case "DAY_SECOND" ->
                ((moment.day() * 100L + moment.hour()) * 100 + moment.minute()) * 100 + moment.second();
            default -> moment.calendar().map(t -> calendarPart(unit, t)).orElse(null);
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
        return Clock.parse(text)
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
        Optional<Clock> added = Clock.parse(amount);
        if (added.isEmpty()) {
            return null;
        }
        long micros = sign * added.get().micros();
        if (text.indexOf('-', 1) > 0) {
            return Moment.parse(text)
                    .flatMap(Moment::calendar)
                    .map(t -> MomentSum.text(Moment.of(t.plus(micros, ChronoUnit.MICROS))))
                    .orElse(null);
        }
        return Clock.parse(text)
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
                : Clock.parse(left).flatMap(l -> Clock.parse(right).map(r -> l.micros() - r.micros()));
        return micros.map(m -> new Clock(m).text(m % MICROS == 0 ? 0 : 6)).orElse(null);
    }

    private static Optional<LocalDateTime> calendar(String text) {
        return Moment.parse(text).flatMap(Moment::calendar);
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
