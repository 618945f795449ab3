package dev.ephpm.litewire.dialect;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TIME value: −838:59:59.999999 to 838:59:59.999999, in microseconds. */
record Clock(long micros) {
    private static final long LARGEST = ((838L * 60 + 59) * 60 + 59) * 1_000_000 + 999_999;
    private static final Pattern COLONS =
            Pattern.compile("\\s*(-?)(?:(\\d+)\\s+)?(\\d+):(\\d{1,2})(?::(\\d{1,2}))?(?:\\.(\\d*))?\\s*");
    private static final Pattern DIGITS = Pattern.compile("\\s*(-?)(\\d{1,7})(?:\\.(\\d*))?\\s*");

    /** Reads {@code [D ]H:M[:S[.f]]}, {@code HHMMSS[.f]}, or the time of a full date. */
    static Optional<Clock> parse(String text) {
        Matcher colons = COLONS.matcher(text);
        if (colons.matches()) {
            long days = colons.group(2) == null ? 0 : Long.parseLong(colons.group(2));
            long seconds = colons.group(5) == null ? 0 : Long.parseLong(colons.group(5));
            return of(
                    !colons.group(1).isEmpty(),
                    days * 24 + Long.parseLong(colons.group(3)),
                    Long.parseLong(colons.group(4)),
                    seconds,
                    fraction(colons.group(6)));
        }
        Matcher digits = DIGITS.matcher(text);
        if (digits.matches()) {
            long number = Long.parseLong(digits.group(2));
            return of(
                    !digits.group(1).isEmpty(),
                    number / 10_000,
                    number / 100 % 100,
                    number % 100,
                    fraction(digits.group(3)));
        }
        return Moment.parse(text).map(m -> new Clock(m.microsOfDay()));
    }

    private static Optional<Clock> of(boolean negative, long hours, long minutes, long seconds, long fraction) {
        if (minutes > 59 || seconds > 59) {
            return Optional.empty();
        }
        long micros = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction;
        long clamped = Math.min(micros, LARGEST);
        return Optional.of(new Clock(negative ? -clamped : clamped));
    }

    static long fraction(@org.jspecify.annotations.Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        return Long.parseLong((digits + "000000").substring(0, 6));
    }

    String text(int decimals) {
        long size = Math.abs(micros);
        long seconds = size / 1_000_000;
        String whole = String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d",
                micros < 0 ? "-" : "",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60);
        return whole + Moment.fractionText(size % 1_000_000, decimals);
    }
}
