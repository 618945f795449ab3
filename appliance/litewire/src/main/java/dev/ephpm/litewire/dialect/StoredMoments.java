package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.catalogue.MySqlType;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;

/** Dates and times on their way into a column. */
final class StoredMoments {
    private static final int MICROS_DIGITS = 6;

    private StoredMoments() {}

    private static String text(Object value) {
        return switch (value) {
            case Double real -> Doubles.text(real);
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            default -> value.toString();
        };
    }

    private static Optional<Moment> moment(Object value, StoredColumn.Problems problems) {
        String text = text(value);
        boolean zero = value instanceof Long whole && whole == 0;
        Optional<Moment> parsed = zero ? Optional.of(Moment.ZERO) : Moment.parse(text);
        return parsed.filter(m -> isAllowed(m, problems));
    }

    private static boolean isAllowed(Moment moment, StoredColumn.Problems problems) {
        boolean forbidden = (moment.isZero() && problems.mode().noZeroDate())
                || (moment.hasZeroPart() && problems.mode().noZeroInDate());
        return !(forbidden && problems.strict());
    }

    static Object date(Object value, StoredColumn.Problems problems) {
        Optional<Moment> moment = moment(value, problems);
        if (moment.isEmpty()) {
            problems.incorrectMoment("date", text(value));
            return "0000-00-00";
        }
        if (moment.get().hasTimeOfDay()) {
            problems.rounded();
        }
        return moment.get().dateText();
    }

    static String datetime(Object value, MySqlType type, StoredColumn.Problems problems) {
        Optional<Moment> moment = moment(value, problems);
        if (moment.isEmpty()) {
            problems.incorrectMoment("datetime", text(value));
            return Moment.ZERO.datetimeText(type.scale());
        }
        return rounded(moment.get(), type.scale()).datetimeText(type.scale());
    }

    /** MariaDB cuts fractions off; it rounds only under TIME_ROUND_FRACTIONAL. */
    private static Moment rounded(Moment moment, int decimals) {
        int unit = (int) Math.pow(10, MICROS_DIGITS - decimals);
        int micros = moment.micros() / unit * unit;
        return new Moment(
                moment.year(), moment.month(), moment.day(), moment.hour(), moment.minute(), moment.second(), micros);
    }

    static Object time(Object value, MySqlType type, StoredColumn.Problems problems) {
        String text = text(value);
        Optional<Clock> clock = Clock.parse(text);
        if (clock.isEmpty()) {
            problems.incorrectMoment("time", text);
            return "00:00:00";
        }
        return clock.get().text(type.scale());
    }

    /** The session's time with the fraction a column keeps. */
    static String now(LocalDateTime time, int decimals) {
        return Moment.of(time).datetimeText(decimals);
    }
}
