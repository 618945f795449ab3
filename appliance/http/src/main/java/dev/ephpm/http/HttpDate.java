package dev.ephpm.http;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Dates as HTTP writes them (RFC 9110 §5.6.7). */
final class HttpDate {
    private static final DateTimeFormatter PREFERRED = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final List<DateTimeFormatter> ACCEPTED = List.of(PREFERRED, RFC_850, ASCTIME);

    private HttpDate() {}

    static String format(Instant instant) {
        return PREFERRED.format(instant);
    }

    /** Seconds since 1970; empty when the text is no date, which makes a condition void. */
    static OptionalLong parse(String text) {
        String trimmed = text.trim();
        for (DateTimeFormatter format : ACCEPTED) {
            ParsePosition position = new ParsePosition(0);
            TemporalAccessor parsed = format.parseUnresolved(trimmed, position);
            if (parsed != null && position.getErrorIndex() < 0 && position.getIndex() == trimmed.length()) {
                return seconds(format, trimmed);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong seconds(DateTimeFormatter format, String text) {
        try {
            return OptionalLong.of(Instant.from(format.parse(text)).getEpochSecond());
        } catch (DateTimeException impossibleDate) {
            return OptionalLong.empty();
        }
    }
}
