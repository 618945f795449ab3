package dev.ephpm.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as people write them. */
final class Units {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(?:([kmgt])(?:i?b)?|b)?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)?");

    private Units() {}

    /** {@code 64MB}, {@code 64MiB}, {@code 64M} and {@code 67108864} are the same size. */
    static DataSize parseSize(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("units are B, KB, MB, GB and TB");
        }
        int power = matcher.group(2) == null ? 0 : 1 + "kmgt".indexOf(matcher.group(2));
        try {
            return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large", e);
        }
    }

    /** A number without a unit is seconds. */
    static Duration parseDuration(String text) {
        Matcher matcher = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("units are ms, s, m, h and d");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    static String show(DataSize size) {
        long bytes = size.bytes();
        String[] units = {"TB", "GB", "MB", "KB"};
        for (int index = 0; index < units.length; index++) {
            long unit = 1L << (10 * (units.length - index));
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + units[index];
            }
        }
        return bytes + "B";
    }

    static String show(Duration duration) {
        long milliseconds = duration.toMillis();
        if (milliseconds % 1000 != 0) {
            return milliseconds + "ms";
        }
        long seconds = milliseconds / 1000;
        if (seconds >= 86_400 && seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        return seconds + "s";
    }
}
