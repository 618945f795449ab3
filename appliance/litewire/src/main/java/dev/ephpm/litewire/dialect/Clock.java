package dev.ephpm.litewire.dialect;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TIME value: −838:59:59.999999 to 838:59:59.999999, in microseconds. */
record Clock(long micros) {
    static final long LARGEST = ((838L * 60 + 59) * 60 + 59) * 1_000_000 + 999_999;
    private static final long LARGEST_WITHOUT_FRACTION = LARGEST - 999_999;
    private static final long LARGEST_DIGITS = 8_385_959;
    private static final int DATE_LENGTH = 10;
    private static final Pattern MANY_DIGITS = Pattern.compile("\\s*\\d{8,}\\s*");
    private static final Pattern SEVEN_DIGITS = Pattern.compile("\\s*(-?)(\\d{1,7})(?:\\.(\\d*))?\\s*");
    private static final Pattern COLONS =
            Pattern.compile("\\s*(-?)(?:(\\d+)\\s+)?(\\d+):(\\d{1,2})(?::(\\d{1,2}))?(?:\\.(\\d*))?\\s*");
    private static final Pattern DIGITS = Pattern.compile("\\s*(-?)(\\d{1,18})(?:\\.(\\d*))?\\s*");

    /** What text begins with, and whether nothing was left over or out of range. */
    record Beginning(Clock clock, boolean whole) {}

    /** Reads {@code [D ]H:M[:S[.f]]}, {@code HHMMSS[.f]}, or the time of a full date. */
    static Optional<Clock> parse(String text) {
        return parseBeginning(text).filter(Beginning::whole).map(Beginning::clock);
    }

    static Optional<Beginning> parseBeginning(String text) {
        Matcher colons = COLONS.matcher(text);
        boolean dated =
                (text.length() > DATE_LENGTH || MANY_DIGITS.matcher(text).matches()) && !colons.matches();
        Optional<Moment> moment = dated ? Moment.parse(text) : Optional.empty();
        if (moment.isPresent()) {
            return moment.map(m -> new Beginning(new Clock(m.microsOfDay()), true));
        }
        if (colons.lookingAt()) {
            long days = colons.group(2) == null ? 0 : Long.parseLong(colons.group(2));
            long seconds = colons.group(5) == null ? 0 : Long.parseLong(colons.group(5));
            return of(
                    !colons.group(1).isEmpty(),
                    days * 24 + Long.parseLong(colons.group(3)),
                    Long.parseLong(colons.group(4)),
                    seconds,
                    fraction(colons.group(6)),
                    colons.end() == text.length());
        }
        Matcher digits = DIGITS.matcher(text);
        if (!digits.lookingAt()) {
            return Optional.empty();
        }
        long number = Long.parseLong(digits.group(2));
        if (number > LARGEST_DIGITS) {
            return Optional.of(new Beginning(
                    new Clock(digits.group(1).isEmpty() ? LARGEST_WITHOUT_FRACTION : -LARGEST_WITHOUT_FRACTION),
                    false));
        }
        return of(
                !digits.group(1).isEmpty(),
                number / 10_000,
                number / 100 % 100,
                number % 100,
                fraction(digits.group(3)),
                digits.end() == text.length());
    }

    private static Optional<Beginning> of(
            boolean negative, long hours, long minutes, long seconds, long fraction, boolean whole) {
        if (minutes > 59 || seconds > 59) {
            return Optional.empty();
        }
        long micros = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction;
        long clamped = Math.min(micros, LARGEST_WITHOUT_FRACTION);
        boolean fits = micros <= LARGEST;
        long kept = fits ? micros : clamped;
        return Optional.of(new Beginning(new Clock(negative ? -kept : kept), whole && fits));
    }

    /** Only what is well-formed as a whole, as the extension's function in C reads it. */
    static Optional<Clock> parseStrictly(String text) {
        Matcher colons = COLONS.matcher(text);
        if (colons.matches()) {
            long days = colons.group(2) == null ? 0 : Long.parseLong(colons.group(2));
            long seconds = colons.group(5) == null ? 0 : Long.parseLong(colons.group(5));
            return strict(
                    !colons.group(1).isEmpty(),
                    days * 24 + Long.parseLong(colons.group(3)),
                    Long.parseLong(colons.group(4)),
                    seconds,
                    fraction(colons.group(6)));
        }
        Matcher digits = SEVEN_DIGITS.matcher(text);
        if (digits.matches()) {
            long number = Long.parseLong(digits.group(2));
            return strict(
                    !digits.group(1).isEmpty(),
                    number / 10_000,
                    number / 100 % 100,
                    number % 100,
                    fraction(digits.group(3)));
        }
        return Moment.parse(text).map(m -> new Clock(m.microsOfDay()));
    }

    private static Optional<Clock> strict(boolean negative, long hours, long minutes, long seconds, long fraction) {
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
        long unit = decimals < 0 ? 1 : (long) Math.pow(10, 6 - Math.min(decimals, 6));
        long size = Math.abs(micros) / unit * unit;
        long seconds = size / 1_000_000;
        String whole = String.format(
                Locale.ROOT,
                "%s%02d:%02d:%02d",
                micros < 0 && size > 0 ? "-" : "",
                seconds / 3600,
                seconds / 60 % 60,
                seconds % 60);
        return whole + Moment.fractionText(size % 1_000_000, decimals);
    }
}
