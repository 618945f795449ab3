package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.dialect.Reading.Fields;
import dev.ephpm.litewire.dialect.Reading.Form;

/** Reads a date with or without a time as MariaDB does: any punctuation separates, or nothing, and what follows is cut off. */
final class MomentReader {
    private static final int YEAR = 0;
    private static final int HOUR = 3;
    private static final int MOST_FIELDS = 6;
    private static final int LONG_YEAR = 4;
    private static final int FULL_DIGITS = 12;
    private static final long LARGEST_NUMBER = 1_000_000_000_000L;

    private final String text;
    private final boolean asTime;
    private final boolean anyDay;
    private final long[] numbers = new long[MOST_FIELDS];
    private int at;
    private int fields;
    private boolean cut;

    private MomentReader(String text, boolean asTime, boolean anyDay) {
        this.text = text;
        this.asTime = asTime;
        this.anyDay = anyDay;
    }

    /** A date, perhaps with a time; not one of the 30th of February. */
    static Reading read(String text) {
        return new MomentReader(text, false, false).read();
    }

    /**
     * The same where a time is asked for: only a space or a T may stand before the time.
     *
     * @param anyDay whether every month has 31 days
     */
    static Reading readForTime(String text, boolean anyDay) {
        return new MomentReader(text, true, anyDay).read();
    }

    private Reading read() {
        while (at < text.length() && Characters.isBlank(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '+') {
            at++;
        }
        int start = at;
        int digits = digitsFrom(start);
        if (digits == 0) {
            return Reading.NOTHING;
        }
        int end = start + digits;
        boolean packed =
                end == text.length() || text.charAt(end) == 'T' || (text.charAt(end) == '.' && digits >= FULL_DIGITS);
        boolean longYear = packed ? digits == LONG_YEAR || digits == 8 || digits >= 14 : digits != 2;
        cut = !(packed ? packed(longYear ? LONG_YEAR : 2) : separated());
        if (fields < HOUR || (cut && packed)) {
            return Reading.NOTHING;
        }
        long micros = cut ? 0 : fraction();
        boolean goesOn = packed && at < text.length() && Characters.isPunctuation(text.charAt(at));
        return goesOn ? Reading.NOTHING : checked(micros, longYear);
    }

    private Reading checked(long micros, boolean longYear) {
        Fields read = new Fields(numbers[YEAR], numbers[1], numbers[2], numbers[HOUR], numbers[4], numbers[5], micros);
        if (!longYear && !read.isZero()) {
            read = read.withYear(read.year() + (read.year() < 70 ? 2000 : 1900));
        }
        if (!read.fitsCalendar(anyDay)) {
            return Reading.WRONG;
        }
        while (at < text.length() && Characters.isBlank(text.charAt(at))) {
            at++;
        }
        return Reading.moment(fields <= HOUR ? Form.DATE : Form.DATETIME, read, cut || at < text.length());
    }

    private int digitsFrom(int from) {
        int to = from;
        while (to < text.length() && Characters.isDigit(text.charAt(to))) {
            to++;
        }
        return to - from;
    }

    /** YYMMDD, YYYYMMDD, both with hhmmss, perhaps behind a T. */
    private boolean packed(int yearDigits) {
        for (int i = 0; i < MOST_FIELDS; i++) {
            if (i == HOUR && at < text.length() && text.charAt(at) == 'T') {
                at++;
            }
            if (!number(i == YEAR ? yearDigits : 2)) {
                return false;
            }
        }
        return true;
    }

    private boolean separated() {
        for (int i = 0; i < MOST_FIELDS; i++) {
            boolean parted = i == YEAR || (i == HOUR ? timeSeparator() : separator());
            if (!parted || !number(text.length())) {
                return false;
            }
        }
        return true;
    }

    /** The next number; true at the end of the text, too. */
    private boolean number(int mostDigits) {
        if (at == text.length()) {
            return true;
        }
        int digits = Math.min(mostDigits, digitsFrom(at));
        if (digits == 0) {
            return false;
        }
        long number = 0;
        for (int i = 0; i < digits; i++) {
            number = Math.min(LARGEST_NUMBER, number * 10 + (text.charAt(at++) - '0'));
        }
        numbers[fields++] = number;
        return true;
    }

    private boolean separator() {
        if (at == text.length()) {
            return true;
        }
        if (!Characters.isPunctuation(text.charAt(at))) {
            return false;
        }
        at++;
        return true;
    }

    private boolean timeSeparator() {
        if (at == text.length()) {
            return true;
        }
        char c = text.charAt(at);
        if (c == 'T') {
            at++;
            return true;
        }
        if (Characters.isPunctuation(c)) {
            if (asTime) {
                fields = 0;
                return false;
            }
            at++;
            return true;
        }
        int from = at;
        while (at < text.length() && Characters.isBlank(text.charAt(at))) {
            at++;
        }
        return at > from;
    }

    private long fraction() {
        if (at == text.length() || text.charAt(at) != '.') {
            return 0;
        }
        int digits = digitsFrom(at + 1);
        long micros = digits == 0 ? 0 : Clock.fraction(text.substring(at + 1, at + 1 + digits));
        at += 1 + digits;
        cut = digits > MOST_FIELDS;
        return micros;
    }
}
