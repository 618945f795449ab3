package dev.ephpm.litewire.dialect;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** STR_TO_DATE: text as a format describes it. The text may end before the format does; the rest is zero. */
final class MomentParser {
    private static final int WRONG_VALUE_FOR_FUNCTION = 1411;
    private static final int NOTHING = -1;
    private static final int DAYS_OF_WEEK = 7;
    private static final String DATED = "abcDdejMmUuVvWwXxYy";
    private static final String TIMED = "fHIhiklprSsT";

    private final String text;
    private final String format;
    private int at;
    private int year;
    private int month;
    private int day;
    private int hour;
    private int minute;
    private int second;
    private int micros;
    private int dayOfYear;
    private int weekday = NOTHING;
    private int week = NOTHING;
    private int weekYear = NOTHING;
    private boolean sundayFirst;
    private boolean strictWeek;
    private boolean twelve;
    private boolean afternoon;

    private MomentParser(String text, String format) {
        this.text = text;
        this.format = format;
    }

    /** A date, a time or both, as the format has them; null and a warning when the text does not fit. */
    static @Nullable String parse(String text, String format) {
        MomentParser parser = new MomentParser(text, format);
        if (!parser.matches() || !parser.completes()) {
            Truncation.warn(
                    WRONG_VALUE_FOR_FUNCTION, "Incorrect datetime value: '" + text + "' for function str_to_date");
            return null;
        }
        return parser.answer();
    }

    /** Whether a format asks for a day, month, year or week. */
    static boolean isDated(String format) {
        return contains(format, DATED);
    }

    static boolean isTimed(String format) {
        return contains(format, TIMED);
    }

    static boolean hasFraction(String format) {
        return contains(format, "f");
    }

    private static boolean contains(String format, String specifiers) {
        for (int i = 0; i + 1 < format.length(); i++) {
            if (format.charAt(i) == '%' && specifiers.indexOf(format.charAt(++i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private boolean matches() {
        return matches(format);
    }

    private boolean matches(String part) {
        int i = 0;
        while (i < part.length() && at < text.length()) {
            char c = part.charAt(i++);
            boolean fits;
            if (c == '%' && i < part.length()) {
                skipBlanks();
                fits = at == text.length() || field(part.charAt(i++));
            } else {
                fits = Characters.isBlank(c) || literal(c);
            }
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && Characters.isBlank(text.charAt(at))) {
            at++;
        }
    }

    private boolean literal(char c) {
        skipBlanks();
        return at == text.length() || text.charAt(at++) == c;
    }

    private boolean field(char letter) {
        return switch (letter) {
            case 'Y' -> fullYear();
            case 'y' -> number(2, n -> year = n < 70 ? 2000 + n : 1900 + n);
            case 'm', 'c' -> number(2, n -> month = n);
            case 'd', 'e' -> number(2, n -> day = n);
            case 'D' -> {
                boolean read = number(2, n -> day = n);
                at = Math.min(text.length(), at + 2);
                yield read;
            }
            case 'j' -> number(3, n -> dayOfYear = n);
            case 'H', 'k' -> number(2, n -> hour = n);
            case 'h', 'I', 'l' -> {
                twelve = true;
                yield number(2, n -> hour = n) && hour >= 1 && hour <= 12;
            }
            case 'i' -> number(2, n -> minute = n);
            case 's', 'S' -> number(2, n -> second = n);
            case 'f' -> fraction();
            case 'p' -> half();
            case 'T' -> matches("%H:%i:%S");
            case 'r' -> matches("%I:%i:%S %p");
            case 'M' -> name(12, n -> month = n, n -> monthName(n, TextStyle.FULL));
            case 'b' -> name(12, n -> month = n, n -> monthName(n, TextStyle.SHORT));
            case 'W' -> name(DAYS_OF_WEEK, n -> weekday = n, n -> dayName(n, TextStyle.FULL));
            case 'a' -> name(DAYS_OF_WEEK, n -> weekday = n, n -> dayName(n, TextStyle.SHORT));
            case 'w' -> number(1, n -> weekday = n == 0 ? DAYS_OF_WEEK : n) && weekday <= DAYS_OF_WEEK;
            case 'U', 'V' -> week(true, letter == 'V');
            case 'u', 'v' -> week(false, letter == 'v');
            case 'X', 'x' -> number(4, n -> weekYear = n);
            case '.' -> skip(Characters::isPunctuation);
            case '@' -> skip(Character::isLetter);
            case '#' -> skip(Characters::isDigit);
            default -> false;
        };
    }

    private interface Use {
        void of(int number);
    }

    private boolean number(int digits, Use use) {
        int from = at;
        boolean signed = text.charAt(at) == '+';
        int start = signed ? at + 1 : at;
        int end = start;
        while (end < text.length() && end - from < digits && Characters.isDigit(text.charAt(end))) {
            end++;
        }
        if (end == start) {
            return false;
        }
        at = end;
        use.of(Integer.parseInt(text.substring(start, end)));
        return true;
    }

    private boolean fullYear() {
        int from = at;
        return number(4, n -> year = at - from <= 2 ? (n < 70 ? 2000 + n : 1900 + n) : n);
    }

    private boolean fraction() {
        int from = at;
        boolean read = number(6, n -> micros = n);
        for (int digits = at - from; read && digits < 6; digits++) {
            micros *= 10;
        }
        return read;
    }

    private boolean half() {
        afternoon = text.regionMatches(true, at, "PM", 0, 2);
        boolean known = twelve && (afternoon || text.regionMatches(true, at, "AM", 0, 2));
        at += 2;
        return known;
    }

    private boolean week(boolean fromSunday, boolean strict) {
        sundayFirst = fromSunday;
        strictWeek = strict;
        return number(2, n -> week = n) && week <= 53 && !(strict && week == 0);
    }

    private boolean name(int count, Use use, Function<Integer, String> names) {
        for (int i = 1; i <= count; i++) {
            String name = names.apply(i);
            if (text.regionMatches(true, at, name, 0, name.length())) {
                at += name.length();
                use.of(i);
                return true;
            }
        }
        return false;
    }

    private static String monthName(int number, TextStyle style) {
        return java.time.Month.of(number).getDisplayName(style, Locale.ENGLISH);
    }

    private static String dayName(int number, TextStyle style) {
        return java.time.DayOfWeek.of(number).getDisplayName(style, Locale.ENGLISH);
    }

    private interface Kind {
        boolean has(char c);
    }

    private boolean skip(Kind kind) {
        while (at < text.length() && kind.has(text.charAt(at))) {
            at++;
        }
        return true;
    }

    /** The day that a number of a day or week means; false for what no day has. */
    private boolean completes() {
        if (twelve) {
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        if (dayOfYear > 0) {
            set(LocalDate.of(year, 1, 1).plusDays(dayOfYear - 1L));
        }
        if (week >= 0 && weekday >= 0) {
            if (strictWeek == (weekYear < 0)) {
                return false;
            }
            set(dayOfWeek());
        }
        return month <= 12 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
    }

    private void set(LocalDate date) {
        year = date.getYear();
        month = date.getMonthValue();
        day = date.getDayOfMonth();
    }

    private LocalDate dayOfWeek() {
        LocalDate first = LocalDate.of(strictWeek ? weekYear : year, 1, 1);
        int fromMonday = first.getDayOfWeek().getValue() - 1;
        int firstWeekday = sundayFirst ? (fromMonday + 1) % DAYS_OF_WEEK : fromMonday;
        long days = sundayFirst
                ? (firstWeekday == 0 ? 0 : DAYS_OF_WEEK)
                        - firstWeekday
                        + (week - 1L) * DAYS_OF_WEEK
                        + weekday % DAYS_OF_WEEK
                : (firstWeekday <= 3 ? 0 : DAYS_OF_WEEK) - firstWeekday + (week - 1L) * DAYS_OF_WEEK + weekday - 1;
        return first.plus(days, ChronoUnit.DAYS);
    }

    private String answer() {
        boolean timed = isTimed(format);
        boolean dated = isDated(format) || !timed;
        String kind = !timed ? "date" : dated && isDated(format) ? "datetime" : "time";
        if (!text.substring(Math.min(at, text.length())).isBlank()) {
            Truncation.truncated(kind, text);
        }
        Moment moment = new Moment(year, month, day, hour, minute, second, micros);
        return switch (kind) {
            case "date" -> moment.dateText();
            case "datetime" -> moment.datetimeText(-1);
            default -> new Clock(day * 86_400_000_000L + moment.microsOfDay()).text(-1);
        };
    }
}
