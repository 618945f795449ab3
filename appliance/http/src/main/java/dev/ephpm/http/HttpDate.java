package dev.ephpm.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Dates as HTTP writes them (RFC 9110 §5.6.7). */
final class HttpDate {
    private static final DateTimeFormatter PREFERRED = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(java.time.temporal.ChronoField.YEAR, 2, 2, 1970)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final List<DateTimeFormatter> ACCEPTED = List.of(PREFERRED, RFC_850, ASCTIME);

    private HttpDate() {}

    static String format(Instant instant) {
        return PREFERRED.format(instant);
    }

    /** Seconds since 1970; empty when the text is no date, which makes a condition void. */
    static OptionalLong parse(String text) {
        for (DateTimeFormatter format : ACCEPTED) {
            try {
                return OptionalLong.of(Instant.from(format.parse(text.trim())).getEpochSecond());
            } catch (DateTimeException otherForm) {
                continue;
            }
        }
        return OptionalLong.empty();
    }
}
