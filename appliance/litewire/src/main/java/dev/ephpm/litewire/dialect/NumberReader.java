package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.dialect.Reading.Fields;
import dev.ephpm.litewire.dialect.Reading.Form;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads numbers as dates (20240229, 20240229131415) and times (131415) as MariaDB does. */
final class NumberReader {
    private static final long DATE_TIME = 1_000_000;
    private static final long LAST_MOMENT = 99_991_231_235_959L;
    private static final long LARGEST_DIGITS = 9_999_999;
    private static final long LARGEST_INTERVAL = 999_999_999_999L;
    private static final long LARGEST_HOURS = 839;
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private NumberReader() {}

    static Reading moment(BigDecimal number) {
        return moment(number, false);
    }

    private static Reading moment(BigDecimal number, boolean anyDay) {
        if (number.signum() < 0 || number.compareTo(BigDecimal.valueOf(LAST_MOMENT + 1)) >= 0) {
            return Reading.NOTHING;
        }
        long whole = number.longValue();
        long full = full(whole);
        if (full < 0) {
            return Reading.NOTHING;
        }
        long day = full / DATE_TIME;
        long time = full % DATE_TIME;
        Fields fields = new Fields(
                day / 10_000, day / 100 % 100, day % 100, time / 10_000, time / 100 % 100, time % 100, micros(number));
        boolean dated = whole != 0 && whole != full && whole <= 99_991_231;
        boolean cut = dated && fields.micros() != 0;
        Fields kept = cut ? new Fields(fields.year(), fields.month(), fields.day(), 0, 0, 0, 0) : fields;
        return kept.fitsCalendar(anyDay)
                ? Reading.moment(dated ? Form.DATE : Form.DATETIME, kept, cut)
                : Reading.NOTHING;
    }

    /** As YYYYMMDDhhmmss; −1 for numbers that are no date. */
    private static long full(long number) {
        if (number == 0 || number >= 10_000_101_000_000L) {
            return number;
        }
        if (number < 101) {
            return -1;
        }
        if (number <= 991_231) {
            return number <= 691_231
                    ? (number + 20_000_000) * DATE_TIME
                    : number < 700_101 ? -1 : (number + 19_000_000) * DATE_TIME;
        }
        if (number <= 99_991_231) {
            if (number < 10_000_101) {
                return -1;
            }
            return number * DATE_TIME;
        }
        if (number < 101_000_000) {
            return -1;
        }
        if (number <= 691_231_235_959L) {
            return number + 20_000_000_000_000L;
        }
        return number < 700_101_000_000L ? -1 : number <= 991_231_235_959L ? number + 19_000_000_000_000L : number;
    }

    private static long micros(BigDecimal number) {
        return number.remainder(BigDecimal.ONE)
                .multiply(MICROS)
                .setScale(0, RoundingMode.DOWN)
                .longValue();
    }

    /** A time of day or a length of time; what is too long for one is a date with time. */
    static Reading clock(BigDecimal number) {
        return clock(number, LARGEST_DIGITS, LARGEST_HOURS);
    }

    /** The same for EXTRACT, which knows longer times. */
    static Reading interval(BigDecimal number) {
        Reading interval = clock(number, LARGEST_INTERVAL, Long.MAX_VALUE);
        boolean endless = interval.form() == Form.TIME && interval.fields().hour() > ClockReader.LARGEST_INTERVAL_HOURS;
        return endless ? Reading.NOTHING : interval;
    }

    private static Reading clock(BigDecimal number, long largest, long largestHours) {
        BigDecimal size = number.abs();
        boolean negative = number.signum() < 0;
        boolean dated = !negative && size.compareTo(BigDecimal.valueOf(largest + 1)) >= 0;
        if (dated && size.compareTo(BigDecimal.valueOf(LAST_MOMENT + 1)) < 0) {
            return moment(number, true);
        }
        long whole = size.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
        long hours = Math.min(whole / 10_000, largestHours);
        Fields fields = new Fields(0, 0, 0, hours, whole / 100 % 100, whole % 100, micros(size));
        boolean unreadable = fields.minute() > 59 || fields.second() > 59;
        return unreadable ? Reading.NOTHING : new Reading(Form.TIME, negative, fields, false);
    }
}
