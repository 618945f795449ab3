package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.dialect.Reading.Fields;
import dev.ephpm.litewire.dialect.Reading.Form;

/** Reads a time of day or a length of time as MariaDB does: {@code [D ]H:M[:S[.f]]}, {@code HHMMSS[.f]} or a date with time. */
final class ClockReader {
    /** What the text is looked at as, besides a time. */
    enum Sort {
        /** A date with time when it is long enough for both. */
        TIME,
        /** For EXTRACT of hours and less: a date, too. */
        INTERVAL,
        /** For EXTRACT of days: a date without separators, too; a length of many days. */
        DAYS
    }

    static final long LARGEST_INTERVAL_HOURS = 87_649_415;
    private static final int LONGEST_TIME = 12;
    private static final long LARGEST_NUMBER = 1_000_000_000_000_000L;

    private final String text;
    private final Sort sort;
    private int at;
    private boolean cut;
    private long micros;

    private ClockReader(String text, Sort sort) {
        this.text = text.stripTrailing();
        this.sort = sort;
    }

    static Reading read(String text, Sort sort) {
        return new ClockReader(text, sort).read();
    }

    private Reading read() {
        while (isBlank(at)) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        if (at == text.length()) {
            return Reading.NOTHING;
        }
        String body = text.substring(at);
        if (mayBeMoment(body, sort)) {
            Reading moment = MomentReader.readForTime(body, sort == Sort.TIME);
            boolean complete = moment.form() != Form.DATE || sort != Sort.TIME || lastDigit(body) >= LONGEST_TIME - 1;
            if (moment.form() != Form.NOTHING && complete) {
                return negative ? Reading.WRONG : moment;
            }
            if (sort == Sort.DAYS && body.length() < LONGEST_TIME) {
                return moment;
            }
        }
        return clock(negative);
    }

    private static boolean mayBeMoment(String body, Sort sort) {
        if (body.length() >= LONGEST_TIME) {
            return true;
        }
        if (sort == Sort.TIME) {
            return false;
        }
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == 'T') {
                return true;
            }
            if (c == ' ' || c == ':') {
                return false;
            }
            if (Characters.isPunctuation(c)) {
                return separatesAgain(body, i + 1);
            }
            if (!Characters.isDigit(c) && i < lastDigit(body)) {
                return false;
            }
        }
        return sort == Sort.DAYS;
    }

    private static boolean separatesAgain(String body, int from) {
        for (int i = from; i + 1 < body.length(); i++) {
            if ("-/.".indexOf(body.charAt(i)) >= 0 && Characters.isDigit(body.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    private static int lastDigit(String body) {
        int last = body.length() - 1;
        while (last >= 0 && !Characters.isDigit(body.charAt(last))) {
            last--;
        }
        return last;
    }

    private boolean isBlank(int index) {
        return index < text.length() && Characters.isBlank(text.charAt(index));
    }

    private boolean isDigit(int index) {
        return index < text.length() && Characters.isDigit(text.charAt(index));
    }

    private long number() {
        long number = 0;
        for (; isDigit(at); at++) {
            number = Math.min(LARGEST_NUMBER, number * 10 + (text.charAt(at) - '0'));
        }
        return number;
    }

    private boolean colon() {
        if (at < text.length() && text.charAt(at) == ':' && isDigit(at + 1)) {
            at++;
            return true;
        }
        return false;
    }

    private Reading clock(boolean negative) {
        if (!isDigit(at)) {
            return Reading.NOTHING;
        }
        long[] parts = new long[4];
        long first = number();
        int end = at;
        while (isBlank(at)) {
            at++;
        }
        if (at > end && isDigit(at) && at + 1 < text.length()) {
            parts[0] = first;
            remaining(parts, 1);
        } else if (at == end && colon()) {
            parts[1] = first;
            remaining(parts, 2);
        } else {
            at = end;
            parts[1] = first / 10_000;
            parts[2] = first / 100 % 100;
            parts[3] = first % 100;
        }
        fraction();
        return checked(parts, negative);
    }

    private void remaining(long[] parts, int from) {
        int part = from;
        do {
            parts[part++] = number();
        } while (part < parts.length && colon());
    }

    private void fraction() {
        if (at == text.length() || text.charAt(at) != '.') {
            return;
        }
        int from = ++at;
        while (isDigit(at)) {
            at++;
        }
        micros = Clock.fraction(text.substring(from, at));
        cut = at - from > 6;
    }

    private Reading checked(long[] parts, boolean negative) {
        boolean endless = sort != Sort.TIME && parts[0] * 24 + parts[1] > LARGEST_INTERVAL_HOURS;
        if (endless || isExponent() || parts[2] > 59 || parts[3] > 59) {
            return Reading.NOTHING;
        }
        while (isBlank(at)) {
            at++;
        }
        Fields fields = new Fields(
                0, 0, 0, Math.min(parts[0] * 24 + parts[1], LARGEST_INTERVAL_HOURS), parts[2], parts[3], micros);
        return new Reading(Form.TIME, negative, fields, cut || at < text.length());
    }

    private boolean isExponent() {
        boolean letter = at < text.length() && "eE".indexOf(text.charAt(at)) >= 0;
        boolean signed = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0;
        return letter && isDigit(at + (signed ? 2 : 1));
    }
}
