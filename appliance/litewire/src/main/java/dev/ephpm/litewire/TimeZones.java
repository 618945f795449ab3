package dev.ephpm.litewire;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of {@code time_zone}: SYSTEM, an offset between -12:59 and +14:00, or a name of the tz database. */
final class TimeZones {
    static final String SYSTEM = "SYSTEM";

    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,2}):(\\d{2})");
    private static final int LONGEST_MINUTES_EAST = 14 * 60;
    private static final int LONGEST_MINUTES_WEST = 13 * 60 - 1;

    private TimeZones() {}

    /** As the variable shows it. Throws 1298. */
    static String normalise(String value) {
        if (value.equalsIgnoreCase(SYSTEM)) {
            return SYSTEM;
        }
        Matcher offset = OFFSET.matcher(value);
        if (offset.matches()) {
            int minutes = minutes(offset);
            boolean known = minutes <= LONGEST_MINUTES_EAST && minutes >= -LONGEST_MINUTES_WEST;
            if (known && Integer.parseInt(offset.group(3)) < 60) {
                return "%s%02d:%s".formatted(offset.group(1), Integer.parseInt(offset.group(2)), offset.group(3));
            }
            throw SqlErrorCode.UNKNOWN_TIME_ZONE.with(value);
        }
        return ZoneId.getAvailableZoneIds().stream()
                .filter(value::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> SqlErrorCode.UNKNOWN_TIME_ZONE.with(value));
    }

    private static int minutes(Matcher offset) {
        int minutes = Integer.parseInt(offset.group(2)) * 60 + Integer.parseInt(offset.group(3));
        return offset.group(1).equals("-") ? -minutes : minutes;
    }

    /** The zone of a value that {@link #normalise} gave. */
    static ZoneId of(String value) {
        if (value.toUpperCase(Locale.ROOT).equals(SYSTEM)) {
            return ZoneId.systemDefault();
        }
        Matcher offset = OFFSET.matcher(value);
        try {
            return offset.matches() ? ZoneOffset.ofTotalSeconds(minutes(offset) * 60) : ZoneId.of(value);
        } catch (DateTimeException e) {
            throw SqlErrorCode.UNKNOWN_TIME_ZONE.with(value);
        }
    }
}
