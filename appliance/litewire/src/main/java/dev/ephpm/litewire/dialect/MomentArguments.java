package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.dialect.Reading.Fields;
import dev.ephpm.litewire.dialect.Reading.Form;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;

/** Values that functions want as dates or times: numbers are read as numbers, anything else as text; bad ones leave MariaDB's warning. */
final class MomentArguments {
    private static final String MOMENT = "datetime";
    private static final String TIME = "time";

    private MomentArguments() {}

    private static Optional<BigDecimal> number(Object value) {
        return switch (value) {
            case Long whole -> Optional.of(BigDecimal.valueOf(whole));
            case Double real when Double.isFinite(real) -> Optional.of(BigDecimal.valueOf(real));
            // The digits of a number that SQLite cannot hold.
            case byte[] digits when NumberText.isWhole(text(digits)) -> Optional.of(ExactNumber.read(digits));
            default -> Optional.empty();
        };
    }

    static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    /** A date, perhaps with a time; without a warning. */
    static Reading moment(Object value) {
        return number(value).map(NumberReader::moment).orElseGet(() -> MomentReader.read(text(value)));
    }

    /** A time, or a date with time; without a warning. */
    static Reading clock(Object value) {
        Reading read = number(value)
                .map(NumberReader::clock)
                .orElseGet(() -> ClockReader.read(text(value), ClockReader.Sort.TIME));
        if (read.form() != Form.TIME || Math.abs(read.micros()) <= Clock.LARGEST) {
            return read;
        }
        return new Reading(Form.TIME, read.negative(), new Fields(0, 0, 0, 838, 59, 59, 999_999), true);
    }

    private static Reading interval(Object value, ClockReader.Sort sort) {
        return number(value).map(NumberReader::interval).orElseGet(() -> ClockReader.read(text(value), sort));
    }

    private static Reading noted(Reading read, String wanted, Object value) {
        if (read.isNone()) {
            Truncation.incorrect(wanted, text(value));
        } else if (read.cut()) {
            Truncation.truncated(
                    switch (read.form()) {
                        case DATE -> "date";
                        case DATETIME -> MOMENT;
                        default -> TIME;
                    },
                    text(value));
        }
        return read;
    }

    /** A date or date with time; month and day may be zero. */
    static Optional<Moment> readMoment(Object value) {
        return noted(moment(value), MOMENT, value).moment();
    }

    /** A date the calendar knows. */
    static Optional<LocalDateTime> readCalendar(Object value) {
        Optional<Moment> moment = readMoment(value);
        Optional<LocalDateTime> time = moment.flatMap(Moment::calendar);
        if (moment.isPresent() && time.isEmpty()) {
            Truncation.incorrect(MOMENT, text(value));
        }
        return time;
    }

    /** A time of day or a length of time; of a date with time its time. */
    static Optional<Clock> readClock(Object value) {
        Reading read = readTimeOrMoment(value);
        return read.isNone() ? Optional.empty() : Optional.of(new Clock(read.micros()));
    }

    static Reading readTimeOrMoment(Object value) {
        return noted(clock(value), TIME, value);
    }

    /** What EXTRACT takes hours and less of, and with {@code days} days. */
    static Reading readInterval(Object value, boolean days) {
        return noted(interval(value, days ? ClockReader.Sort.DAYS : ClockReader.Sort.INTERVAL), "interval", value);
    }
}
