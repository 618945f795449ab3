package dev.ephpm.litewire.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times, which litewire keeps as text in MySQL's form, in the binary protocol's form. */
final class BinaryTime {
    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{1,4})-(\\d{1,2})-(\\d{1,2})(?:[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,6})\\d*)?)?)?.*");
    private static final Pattern TIME =
            Pattern.compile("(-?)(\\d{1,3}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,6})\\d*)?)?.*");
    private static final int HOURS_PER_DAY = 24;

    private BinaryTime() {}

    static void writeDateTime(PayloadWriter target, String text) {
        Matcher match = DATE_TIME.matcher(text);
        if (!match.matches()) {
            target.integer(0, 1);
            return;
        }
        long micros = micros(match.group(7));
        boolean time = micros != 0 || number(match.group(4)) + number(match.group(5)) + number(match.group(6)) != 0;
        boolean date = number(match.group(1)) + number(match.group(2)) + number(match.group(3)) != 0;
        int length = micros != 0 ? 11 : time ? 7 : date ? 4 : 0;
        target.integer(length, 1);
        if (length >= 4) {
            target.integer(number(match.group(1)), 2).integer(number(match.group(2)), 1);
            target.integer(number(match.group(3)), 1);
        }
        if (length >= 7) {
            target.integer(number(match.group(4)), 1).integer(number(match.group(5)), 1);
            target.integer(number(match.group(6)), 1);
        }
        if (length == 11) {
            target.integer(micros, 4);
        }
    }

    static void writeTime(PayloadWriter target, String text) {
        Matcher match = TIME.matcher(text);
        if (!match.matches()) {
            target.integer(0, 1);
            return;
        }
        int hours = number(match.group(2));
        int minutes = number(match.group(3));
        int seconds = number(match.group(4));
        long micros = micros(match.group(5));
        int length = micros != 0 ? 12 : hours + minutes + seconds != 0 ? 8 : 0;
        target.integer(length, 1);
        if (length > 0) {
            target.integer(match.group(1).isEmpty() ? 0 : 1, 1).integer(hours / HOURS_PER_DAY, 4);
            target.integer(hours % HOURS_PER_DAY, 1).integer(minutes, 1).integer(seconds, 1);
        }
        if (length == 12) {
            target.integer(micros, 4);
        }
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static long micros(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00000").substring(0, 6));
    }

    /** Reads a DATE, DATETIME or TIMESTAMP parameter as text. */
    static String readDateTime(PayloadReader source, boolean dateOnly) throws ProtocolException {
        int length = source.unsignedByte();
        PayloadReader fields = new PayloadReader(source.bytes(length));
        long year = length >= 4 ? fields.integer(2) : 0;
        long month = length >= 4 ? fields.integer(1) : 0;
        long day = length >= 4 ? fields.integer(1) : 0;
        String date = "%04d-%02d-%02d".formatted(year, month, day);
        if (dateOnly && length <= 4) {
            return date;
        }
        String time = length >= 7
                ? " %02d:%02d:%02d".formatted(fields.integer(1), fields.integer(1), fields.integer(1))
                : " 00:00:00";
        return date + time + (length >= 11 ? ".%06d".formatted(fields.integer(4)) : "");
    }

    /** Reads a TIME parameter as text. */
    static String readTime(PayloadReader source) throws ProtocolException {
        int length = source.unsignedByte();
        PayloadReader fields = new PayloadReader(source.bytes(length));
        if (length < 8) {
            return "00:00:00";
        }
        String sign = fields.integer(1) != 0 ? "-" : "";
        long hours = fields.integer(4) * HOURS_PER_DAY + fields.integer(1);
        String time = "%s%02d:%02d:%02d".formatted(sign, hours, fields.integer(1), fields.integer(1));
        return time + (length >= 12 ? ".%06d".formatted(fields.integer(4)) : "");
    }
}
