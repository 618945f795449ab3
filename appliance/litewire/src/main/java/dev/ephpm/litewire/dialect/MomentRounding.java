package dev.ephpm.litewire.dialect;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ROUND, TRUNCATE, FLOOR and CEIL of moments: their fractions of a second. */
final class MomentRounding {
    private static final int MOST_DECIMALS = 6;

    private MomentRounding() {}

    /** A moment or time, the digits it is to have, and 0 to round half up, 1 to cut off, 2 to round down, 3 up. */
    static @Nullable String rounded(Arguments a) {
        String text = a.text(0);
        int decimals = Math.clamp(a.whole(1), 0, MOST_DECIMALS);
        int mode = (int) a.whole(2);
        boolean dated = text.indexOf('-', 1) > 0;
        return dated ? moment(text, decimals, mode) : time(text, decimals, mode);
    }

    private static @Nullable String moment(String text, int decimals, int mode) {
        Optional<Moment> read = Moment.parse(text);
        if (read.isEmpty()) {
            return null;
        }
        Moment moment = read.get();
        Optional<LocalDateTime> calendar = moment.calendar();
        if (calendar.isEmpty()) {
            return moment.datetimeText(decimals);
        }
        long micros = moment.micros();
        LocalDateTime whole = calendar.get().truncatedTo(ChronoUnit.SECONDS);
        return Moment.of(whole.plus(rounded(micros, decimals, mode), ChronoUnit.MICROS))
                .datetimeText(decimals);
    }

    private static @Nullable String time(String text, int decimals, int mode) {
        return Clock.parse(text)
                .map(c -> new Clock(rounded(c.micros(), decimals, mode)).text(decimals))
                .orElse(null);
    }

    private static long rounded(long micros, int decimals, int mode) {
        RoundingMode rounding = switch (mode) {
            case 0 -> RoundingMode.HALF_UP;
            case 1 -> RoundingMode.DOWN;
            case 2 -> RoundingMode.FLOOR;
            default -> RoundingMode.CEILING;
        };
        return new BigDecimal(micros)
                .setScale(decimals - MOST_DECIMALS, rounding)
                .longValue();
    }
}
