package dev.ephpm.litewire.dialect;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A DATE or DATETIME value as MySQL allows it: month and day may be zero, February may not have 30 days. */
record Moment(int year, int month, int day, int hour, int minute, int second, int micros) {
    static final Moment ZERO = new Moment(0, 0, 0, 0, 0, 0, 0);

    private static final Pattern SEPARATED = Pattern.compile("\\s*(\\d{1,4})[^\\d\\s](\\d{1,2})[^\\d\\s](\\d{1,2})"
            + "(?:(?:[T ]+|\\s+)(\\d{1,2})(?:[^\\d\\s](\\d{1,2})(?:[^\\d\\s](\\d{1,2})(?:\\.(\\d*))?)?)?)?"
            + "\\s*(Z|[+-]\\d{2}:\\d{2})?\\s*");
    private static final Pattern ZEROS = Pattern.compile("\\s*0+(?:\\.0*)?\\s*");
    private static final Pattern DIGITS = Pattern.compile("\\s*(\\d{5,14})(?:\\.(\\d*))?\\s*");

    /** Empty for text that is no date, and for dates that do not exist. */
    static Optional<Moment> parse(String text) {
        Matcher separated = SEPARATED.matcher(text);
        if (separated.matches()) {
            return of(separated);
        }
        Matcher digits = DIGITS.matcher(text);
        return digits.matches() ? ofDigits(digits.group(1), (int) Clock.fraction(digits.group(2))) : Optional.empty();
    }

    /** The same; a bare zero is the zero date. */
    static Optional<Moment> read(String text) {
        return ZEROS.matcher(text).matches() ? Optional.of(ZERO) : parse(text);
    }

    /** The date that text begins with, whatever follows. */
    static Optional<Moment> parseBeginning(String text) {
        Matcher separated = SEPARATED.matcher(text);
        return separated.lookingAt() ? of(separated) : Optional.empty();
    }

    private static Optional<Moment> of(Matcher separated) {
        return of(
                year(separated.group(1)),
                number(separated, 2),
                number(separated, 3),
                number(separated, 4),
                number(separated, 5),
                number(separated, 6),
                (int) Clock.fraction(separated.group(7)));
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    /** Years of one or two digits are 1970 to 2069. */
    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        if (digits.length() > 2) {
            return year;
        }
        return year < 70 ? 2000 + year : 1900 + year;
    }

    private static Optional<Moment> ofDigits(String digits, int micros) {
        boolean withTime = digits.length() > 8;
        String padded = padded(digits, withTime ? (digits.length() > 12 ? 14 : 12) : (digits.length() > 6 ? 8 : 6));
        boolean longYear = padded.length() == 14 || padded.length() == 8;
        int yearDigits = longYear ? 4 : 2;
        int year = year(padded.substring(0, yearDigits));
        boolean zero = padded.chars().allMatch(c -> c == '0');
        int at = yearDigits;
        return of(
                zero ? 0 : year,
                pair(padded, at),
                pair(padded, at + 2),
                withTime ? pair(padded, at + 4) : 0,
                withTime ? pair(padded, at + 6) : 0,
                withTime ? pair(padded, at + 8) : 0,
                micros);
    }

    private static String padded(String digits, int length) {
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }

    private static int pair(String digits, int at) {
        return Integer.parseInt(digits.substring(at, at + 2));
    }

    static Optional<Moment> of(int year, int month, int day, int hour, int minute, int second, int micros) {
        boolean inRange = month <= 12 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
        if (!inRange || (month > 0 && day > 0 && day > daysOfMonth(year, month))) {
            return Optional.empty();
        }
        return Optional.of(new Moment(year, month, day, hour, minute, second, micros));
    }

    static int daysOfMonth(int year, int month) {
        return LocalDate.of(year, month, 1).lengthOfMonth();
    }

    static Moment of(LocalDateTime time) {
        return new Moment(
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond(),
                time.getNano() / 1000);
    }

    /** Empty for dates with a zero in them, which no calendar knows. */
    Optional<LocalDateTime> calendar() {
        if (month == 0 || day == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(year, month, day, hour, minute, second, micros * 1000));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean hasTimeOfDay() {
        return microsOfDay() != 0;
    }

    long microsOfDay() {
        return ((hour * 60L + minute) * 60 + second) * 1_000_000 + micros;
    }

    boolean isZero() {
        return year == 0 && month == 0 && day == 0;
    }

    /** Whether month or day is zero though the date is not. */
    boolean hasZeroPart() {
        return !isZero() && (month == 0 || day == 0);
    }

    String dateText() {
        return String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
    }

    String timeText(int decimals) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", hour, minute, second) + fractionText(micros, decimals);
    }

    String datetimeText(int decimals) {
        return dateText() + " " + timeText(decimals);
    }

    /** @param decimals below zero: six when there is a fraction, else none */
    static String fractionText(long micros, int decimals) {
        if (decimals < 0 && micros != 0) {
            return fractionText(micros, 6);
        }
        return decimals <= 0
                ? ""
                : "." + String.format(Locale.ROOT, "%06d", micros).substring(0, Math.min(decimals, 6));
    }
}
