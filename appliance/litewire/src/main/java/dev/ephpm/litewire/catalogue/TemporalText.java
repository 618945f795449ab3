package dev.ephpm.litewire.catalogue;

import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times of DEFAULT clauses in MySQL's canonical form. */
final class TemporalText {
    private static final Pattern DATE_TIME = Pattern.compile(
            "(\\d{4}|\\d{2})[^\\d\\s](\\d{1,2})[^\\d\\s](\\d{1,2})(?:[T\\s]+(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?(\\.\\d*)?)?");
    private static final Pattern DIGITS = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:(\\d{2})(\\d{2})(\\d{2}))?()");
    private static final Pattern TIME = Pattern.compile("(-?)(\\d{1,3}):(\\d{1,2})(?::(\\d{1,2}))?(\\.\\d*)?");
    private static final Pattern TIME_DIGITS = Pattern.compile("(-?)(\\d{1,3}?)??(\\d{1,2}?)??(\\d{1,2})(\\.\\d*)?");

    private TemporalText() {}

    /** Empty when the text is no date or time. */
    static Optional<String> of(String base, int digits, String written) {
        String text = written.strip();
        return base.equals("time") ? time(text, digits) : dateTime(base, digits, text);
    }

    private static Optional<String> dateTime(String base, int digits, String text) {
        if (text.equals("0")) {
            String zero = "0000-00-00";
            return Optional.of(base.equals("date") ? zero : zero + " 00:00:00" + fraction(null, digits));
        }
        Matcher m = DATE_TIME.matcher(text);
        if (!m.matches()) {
            m = DIGITS.matcher(text);
            if (!m.matches()) {
                return Optional.empty();
            }
        }
        int year = number(m.group(1));
        if (m.group(1).length() == 2) {
            year += year < 70 ? 2000 : 1900;
        }
        int month = number(m.group(2));
        int day = number(m.group(3));
        if (month > 12
                || day > 31
                || (month > 0 && day > YearMonth.of(year, month).lengthOfMonth())) {
            return Optional.empty();
        }
        String date = String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
        if (base.equals("date")) {
            return Optional.of(date);
        }
        int hour = number(m.group(4));
        int minute = number(m.group(5));
        int second = number(m.group(6));
        if (hour > 23 || minute > 59 || second > 59) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT, "%s %02d:%02d:%02d%s", date, hour, minute, second, fraction(m.group(7), digits)));
    }

    private static Optional<String> time(String text, int digits) {
        Matcher m = TIME.matcher(text);
        if (m.matches()) {
            return clock(m.group(1), number(m.group(2)), number(m.group(3)), number(m.group(4)), m.group(5), digits);
        }
        Matcher d = TIME_DIGITS.matcher(text);
        if (!d.matches() || !text.replaceAll("\\D.*", "").chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        String[] parts = text.replace("-", "").split("\\.", 2);
        int value = number(parts[0]);
        return clock(d.group(1), value / 10_000, value / 100 % 100, value % 100, d.group(5), digits);
    }

    private static Optional<String> clock(
            String sign, int hour, int minute, int second, @Nullable String fraction, int digits) {
        if (hour > 838 || minute > 59 || second > 59) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT, "%s%02d:%02d:%02d%s", sign, hour, minute, second, fraction(fraction, digits)));
    }

    private static int number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static String fraction(@Nullable String written, int digits) {
        if (digits == 0) {
            return "";
        }
        String given = written == null || written.isEmpty() ? "" : written.substring(1);
        return "." + (given + "000000").substring(0, digits);
    }
}
