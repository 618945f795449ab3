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
    static final long EPOCH_DAYS = 719_528;

    static final long DAYS_OF_FIRST_YEAR = 366;

    static final long LAST_DAY = 3_652_424;
    private static final long LAST_HOUR = 838;
    private static final double END_OF_TIME = 2_147_483_648.0;
    private static final long MICROS = 1_000_000;
    private static final int LONGEST_DATE = 10;
    private static final int LONGEST_WHOLE = 19;
    private static final int MOST_DECIMALS = 6;

    private MomentBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_moment_number", a -> momentNumber(a.text(0)));
        functions.add("mysql_round_moment", MomentRounding::rounded);
        functions.add("mysql_compared_moment", a -> comparedMoment(a.known(0), (int) a.whole(1)));
        functions.add(
                "mysql_compared_micros",
                a -> MomentArguments.readClock(a.known(0)).map(Clock::micros).orElse(0L));
        functions.add(
                "mysql_read_micros",
                a -> MomentArguments.readClock(a.known(0)).map(Clock::micros).orElse(null));
        functions.add("mysql_clock_text", a -> new Clock(a.whole(0)).text((int) a.whole(1)));
        twins(functions);
        MomentArithmetic.add(functions);
        functions.add("mysql_read_part", a -> part(a.text(0), a.known(1)));
        functions.add("mysql_extract", a -> extract(a.text(0), a.known(1)));
        functions.add(
                "mysql_read_date",
                a -> MomentArguments.readMoment(a.known(0))
                        .map(Moment::dateText)
                        .orElse(null));
        functions.add("mysql_read_datetime", a -> datetime(a.known(0), (int) a.whole(1)));
        functions.add(
                "mysql_read_time",
                a -> MomentArguments.readClock(a.known(0))
                        .map(c -> c.text((int) a.whole(1)))
                        .orElse(null));
        functions.add(
                "mysql_read_date_format",
                a -> MomentArguments.readMoment(a.known(0))
                        .map(m -> MomentFormat.format(m, a.text(1)))
                        .orElse(null));
        functions.add("mysql_time_format", a -> timeFormat(a.known(0), a.text(1)));
        functions.add("mysql_str_to_date", a -> MomentParser.parse(a.text(0), a.text(1)));
        functions.add(
                "mysql_read_date_add",
                a -> MomentSum.add(a.known(0), a.text(1), a.text(2), (int) a.whole(3), (int) a.whole(4)));
        functions.add("mysql_read_time_add", a -> MomentSum.addToTime(a.text(0), a.text(1), a.text(2)));
        functions.addTakingNull("mysql_time_overflow", _ -> MomentSum.overflow("time"));
        functions.add(
                "mysql_negated", a -> a.text(0).startsWith("-") ? a.text(0).substring(1) : "-" + a.text(0));
        functions.add("mysql_last_day", a -> lastDay(a.known(0)));
        functions.add("mysql_day_name", a -> dayName(a.known(0)));
        functions.add("mysql_month_name", a -> monthName(a.known(0)));
        functions.add("mysql_week", a -> ofDate(a.known(0), d -> (long) Weeks.week(d, (int) a.whole(1))));
        functions.add("mysql_yearweek", a -> ofDate(a.known(0), d -> (long) Weeks.yearWeek(d, (int) a.whole(1))));
        functions.add("mysql_from_days", a -> fromDays(a.whole(0)));
        functions.add("mysql_sec_to_time", a -> secondsToTime(a.real(0)));
        functions.add(
                "mysql_time_to_sec",
                a -> MomentArguments.readClock(a.known(0))
                        .map(c -> seconds(c, a.whole(1) == 0))
                        .orElse(null));
        functions.add("mysql_makedate", a -> makeDate(a.whole(0), a.whole(1)));
        functions.add("mysql_maketime", a -> makeTime(a.whole(0), a.whole(1), a.real(2)));
        functions.add("mysql_unix_timestamp", a -> unixTimestamp(a.known(0), a.text(1)));
        functions.add("mysql_unix_timestamp_exact", a -> exactUnixTimestamp(a.known(0), a.text(1)));
        functions.add("mysql_from_unixtime", a -> fromUnixTime(a.real(0), a.text(1)));
        functions.add("mysql_convert_tz", a -> convertZone(a.known(0), a.text(1), a.text(2), a.text(3)));
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
        functions.add(
                "mysql_time_micros",
                a -> Clock.parseStrictly(a.text(0)).map(Clock::micros).orElse(null));
        functions.add(
                "mysql_calendar",
                a -> Moment.parse(a.text(0))
                        .flatMap(Moment::calendar)
                        .map(_ -> a.text(0))
                        .orElse(null));
        functions.add("mysql_moment_form", a -> form(a.text(0), (int) a.whole(1)));
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

    /** A value that is compared with moments; what is none counts as zero. */
    private static String comparedMoment(Object value, int decimals) {
        return form(MomentArguments.readMoment(value).orElse(Moment.ZERO).datetimeText(MOST_DECIMALS), decimals);
    }

    /** A date with time and so many digits of a second, or with all of them where some do not fit. */
    private static String form(String moment, int decimals) {
        int end = LONGEST_WHOLE + (decimals > 0 ? Math.min(decimals, MOST_DECIMALS) + 1 : 0);
        for (int i = end; i < moment.length(); i++) {
            if (moment.charAt(i) > '0' && moment.charAt(i) <= '9') {
                return moment;
            }
        }
        if (moment.length() < LONGEST_WHOLE || end <= moment.length()) {
            return moment.substring(0, Math.min(moment.length(), end));
        }
        String full = moment.length() == LONGEST_WHOLE ? moment + "." : moment;
        return full + "0".repeat(end - full.length());
    }

    private static <T> @Nullable T ofDate(Object value, Function<LocalDate, T> function) {
        return MomentArguments.readCalendar(value)
                .map(t -> function.apply(t.toLocalDate()))
                .orElse(null);
    }

    private static @Nullable String lastDay(Object value) {
        return MomentArguments.readMoment(value)
                .filter(m -> m.month() != 0)
                .map(m -> new Moment(m.year(), m.month(), Moment.daysOfMonth(m.year(), m.month()), 0, 0, 0, 0))
                .map(Moment::dateText)
                .orElse(null);
    }

    private static @Nullable String dayName(Object value) {
        return MomentArguments.readCalendar(value)
                .map(t -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .orElse(null);
    }

    private static @Nullable String monthName(Object value) {
        return MomentArguments.readMoment(value)
                .filter(m -> m.month() != 0)
                .map(m -> java.time.Month.of(m.month()).getDisplayName(TextStyle.FULL, Locale.ENGLISH))
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
        return ExactNumber.of(new BigDecimal(negative ? "-" + digits : digits));
    }

    private static @Nullable String datetime(Object value, int decimals) {
        return MomentArguments.readMoment(value)
                .map(m -> m.datetimeText(decimals))
                .orElse(null);
    }

    private static @Nullable Object part(String unit, Object value) {
        if (isPartOfClock(unit)) {
            return MomentArguments.readClock(value)
                    .map(c -> clockPart(unit, Math.abs(c.micros())))
                    .orElse(null);
        }
        return isPartOfDate(unit)
                ? MomentArguments.readMoment(value)
                        .map(m -> momentPart(unit, m))
                        .orElse(null)
                : MomentArguments.readCalendar(value)
                        .map(t -> calendarPart(unit, t))
                        .orElse(null);
    }

    static boolean isPartOfClock(String unit) {
        return switch (unit) {
            case "HOUR", "MINUTE", "SECOND", "MICROSECOND", "HOUR_MINUTE", "HOUR_SECOND", "MINUTE_SECOND" -> true;
            default -> false;
        };
    }

    /** Parts that EXTRACT takes of a time or a length of time. */
    static boolean isExtractedFromTime(String unit) {
        return isPartOfClock(unit) || unit.startsWith("DAY") || unit.endsWith("_MICROSECOND");
    }

    private static long extract(Reading read, String unit) {
        Reading.Fields fields = read.fields();
        long day = read.isMoment() ? fields.day() : fields.hour() / 24;
        long hour = fields.hour() % 24;
        long minutes = hour * 100 + fields.minute();
        long seconds = minutes * 100 + fields.second();
        return switch (unit) {
            case "DAY" -> day;
            case "HOUR" -> hour;
            case "MINUTE" -> fields.minute();
            case "SECOND" -> fields.second();
            case "MICROSECOND" -> fields.micros();
            case "DAY_HOUR" -> day * 100 + hour;
            case "DAY_MINUTE" -> day * 10_000 + minutes;
            case "DAY_SECOND" -> day * MICROS + seconds;
            case "DAY_MICROSECOND" -> (day * MICROS + seconds) * MICROS + fields.micros();
            case "HOUR_MINUTE" -> minutes;
            case "HOUR_SECOND" -> seconds;
            case "HOUR_MICROSECOND" -> seconds * MICROS + fields.micros();
            case "MINUTE_SECOND" -> seconds % 10_000;
            case "MINUTE_MICROSECOND" -> seconds % 10_000 * MICROS + fields.micros();
            default -> fields.second() * MICROS + fields.micros();
        };
    }

    private static @Nullable Long extract(String unit, Object value) {
        boolean days = unit.startsWith("DAY") && !unit.equals("DAY_MICROSECOND");
        Reading read = MomentArguments.readInterval(value, days);
        if (read.isNone()) {
            return null;
        }
        return read.negative() ? -extract(read, unit) : extract(read, unit);
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
    private static Object seconds(Clock clock, boolean whole) {
        long micros = clock.micros();
        return whole || micros % MICROS == 0 ? (Object) (micros / MICROS) : (Object) ((double) micros / MICROS);
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

    private static @Nullable String timeFormat(Object value, String format) {
        return MomentArguments.readClock(value)
                .map(c -> {
                    long seconds = Math.abs(c.micros()) / MICROS;
                    Moment moment = new Moment(
                            0, 0, 0, (int) (seconds / 3600), (int) (seconds / 60 % 60), (int) (seconds % 60), (int)
                                    (Math.abs(c.micros()) % MICROS));
                    String formatted = MomentFormat.format(moment, format);
                    return c.micros() < 0 && formatted != null ? "-" + formatted : formatted;
                })
                .orElse(null);
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
        if (hour > LAST_HOUR || hour < -LAST_HOUR) {
            Truncation.truncated("time", hour + ":" + minute + ":" + Doubles.text(second));
            return (hour < 0 ? "-" : "") + "838:59:59";
        }
        long micros = (Math.abs(hour) * 60 + minute) * 60 * MICROS + Math.round(second * MICROS);
        return new Clock(hour < 0 ? -micros : micros).text(-1);
    }

    private static @Nullable String makeDate(long year, long dayOfYear) {
        if (dayOfYear < 1 || dayOfYear > LAST_DAY || year < 0 || year > 9999) {
            return null;
        }
        LocalDate date = LocalDate.of((int) (year < 70 ? year + 2000 : year < 100 ? year + 1900 : year), 1, 1)
                .plusDays(dayOfYear - 1);
        return date.getYear() > 9999 ? null : date.toString();
    }

    private static Object unixTimestamp(Object value, String zone) {
        return instant(value, zone).map(i -> Math.max(0, i.getEpochSecond())).orElse(0L);
    }

    /** With fractions of a second: 16 digits, as many as a double holds. */
    private static Object exactUnixTimestamp(Object value, String zone) {
        return instant(value, zone)
                .map(i -> Math.max(0, ChronoUnit.MICROS.between(Instant.EPOCH, i)) / (double) MICROS)
                .orElse(0.0);
    }

    private static Optional<Instant> instant(Object value, String zone) {
        boolean zero = MomentArguments.moment(value)
                .moment()
                .filter(m -> m.isZero() && !m.hasTimeOfDay())
                .isPresent();
        return zero
                ? Optional.empty()
                : MomentArguments.readCalendar(value)
                        .map(t -> t.atZone(ZoneId.of(zone)).toInstant());
    }

    private static @Nullable String fromUnixTime(double seconds, String zone) {
        if (seconds >= END_OF_TIME || seconds < Long.MIN_VALUE) {
            Truncation.truncated("unixtime", Doubles.text(seconds));
        }
        if (seconds < 0 || seconds >= END_OF_TIME) {
            return null;
        }
        Instant instant =
                Instant.EPOCH.plus(BigDecimal.valueOf(seconds).movePointRight(6).longValue(), ChronoUnit.MICROS);
        return MomentSum.text(Moment.of(LocalDateTime.ofInstant(instant, ZoneId.of(zone))));
    }

    private static @Nullable String convertZone(Object value, String from, String to, String sessionZone) {
        try {
            ZoneId source = ZoneId.of(from.equalsIgnoreCase("SYSTEM") ? sessionZone : from);
            ZoneId target = ZoneId.of(to.equalsIgnoreCase("SYSTEM") ? sessionZone : to);
            return MomentArguments.readCalendar(value)
                    .map(t -> t.atZone(source).withZoneSameInstant(target).toLocalDateTime())
                    .map(t -> MomentSum.text(Moment.of(t)))
                    .orElse(null);
        } catch (DateTimeException e) {
            // Zones MySQL does not know make the answer NULL.
            return null;
        }
    }
}
