package dev.ephpm.litewire.dialect;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DATE_FORMAT and STR_TO_DATE. */
final class MomentFormat {
    private MomentFormat() {}

    /** Null when the format asks for a name of a month or day that is zero. */
    static @Nullable String format(Moment moment, String format) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (c != '%' || i == format.length()) {
                text.append(c);
                continue;
            }
            String part = part(moment, format.charAt(i++));
            if (part == null) {
                return null;
            }
            text.append(part);
        }
        return text.toString();
    }

    private static @Nullable String part(Moment moment, char letter) {
        int hour12 = moment.hour() % 12 == 0 ? 12 : moment.hour() % 12;
        return switch (letter) {
            case 'Y' -> padded(moment.year(), 4);
            case 'y' -> padded(moment.year() % 100, 2);
            case 'm' -> padded(moment.month(), 2);
            case 'c' -> Integer.toString(moment.month());
            case 'd' -> padded(moment.day(), 2);
            case 'e' -> Integer.toString(moment.day());
            case 'D' -> moment.day() + suffix(moment.day());
            case 'H' -> padded(moment.hour(), 2);
            case 'k' -> Integer.toString(moment.hour());
            case 'h', 'I' -> padded(hour12, 2);
            case 'l' -> Integer.toString(hour12);
            case 'i' -> padded(moment.minute(), 2);
            case 's', 'S' -> padded(moment.second(), 2);
            case 'f' -> padded(moment.micros(), 6);
            case 'p' -> moment.hour() < 12 ? "AM" : "PM";
            case 'T' -> moment.timeText(0);
            case 'r' ->
                padded(hour12, 2) + ":" + padded(moment.minute(), 2) + ":" + padded(moment.second(), 2)
                        + (moment.hour() < 12 ? " AM" : " PM");
            case 'M' -> moment.month() == 0 ? null : month(moment.month(), TextStyle.FULL);
            case 'b' -> moment.month() == 0 ? null : month(moment.month(), TextStyle.SHORT);
            default -> calendarPart(moment, letter);
        };
    }

    private static String month(int month, TextStyle style) {
        return java.time.Month.of(month).getDisplayName(style, Locale.ENGLISH);
    }

    private static @Nullable String calendarPart(Moment moment, char letter) {
        boolean needsCalendar = "Wawj".indexOf(letter) >= 0 || "UuVvXx".indexOf(letter) >= 0;
        if (!needsCalendar) {
            return String.valueOf(letter);
        }
        Optional<LocalDate> date = moment.calendar().map(java.time.LocalDateTime::toLocalDate);
        return date.map(d -> calendarPart(d, letter)).orElse(null);
    }

    private static String calendarPart(LocalDate date, char letter) {
        return switch (letter) {
            case 'W' -> date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'w' -> Integer.toString(date.getDayOfWeek().getValue() % 7);
            case 'j' -> padded(date.getDayOfYear(), 3);
            case 'U' -> padded(Weeks.week(date, 0), 2);
            case 'u' -> padded(Weeks.week(date, 1), 2);
            case 'V' -> padded(Weeks.week(date, 2), 2);
            case 'v' -> padded(Weeks.week(date, 3), 2);
            case 'X' -> padded(Weeks.yearWeek(date, 2) / 100, 4);
            default -> padded(Weeks.yearWeek(date, 3) / 100, 4);
        };
    }

    private static String padded(int number, int width) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }

    private static String suffix(int day) {
        if (day >= 11 && day <= 13) {
            return "th";
        }
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    /** What was read so far. */
    private static final class Reading {
        private int year;
        private int month;
        private int day;
        private int hour;
        private int minute;
        private int second;
        private int micros;
        private int dayOfYear;
        private boolean afternoon;
        private boolean twelve;
        private boolean dated;
        private boolean timed;
    }

    /** STR_TO_DATE: a date, a time or both, as the format has them; null when the text does not fit. */
    static @Nullable String parse(String text, String format) {
        Reading reading = new Reading();
        int at = 0;
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (Character.isWhitespace(c)) {
                at = skipBlanks(text, at);
            } else if (c != '%' || i == format.length()) {
                if (at >= text.length() || text.charAt(at) != c) {
                    return null;
                }
                at++;
            } else {
                at = read(text, skipBlanks(text, at), format.charAt(i++), reading);
                if (at < 0) {
                    return null;
                }
            }
        }
        return text(reading);
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static @Nullable String text(Reading reading) {
        int hour = reading.twelve ? reading.hour % 12 + (reading.afternoon ? 12 : 0) : reading.hour;
        int month = reading.month;
        int day = reading.day;
        if (reading.dayOfYear > 0) {
            LocalDate date = LocalDate.of(reading.year, 1, 1).plus(reading.dayOfYear - 1L, ChronoUnit.DAYS);
            month = date.getMonthValue();
            day = date.getDayOfMonth();
        }
        Optional<Moment> moment =
                Moment.of(reading.year, month, day, hour, reading.minute, reading.second, reading.micros);
        int decimals = reading.micros == 0 ? 0 : 6;
        return moment.map(m -> {
                    if (!reading.timed) {
                        return m.dateText();
                    }
                    return reading.dated ? m.datetimeText(decimals) : m.timeText(decimals);
                })
                .orElse(null);
    }

    private static int read(String text, int at, char letter, Reading reading) {
        reading.dated |= "YymcdeDMbjWa".indexOf(letter) >= 0;
        reading.timed |= "HkhIlisSfpTr".indexOf(letter) >= 0;
        return switch (letter) {
            case 'Y' -> number(text, at, 4, n -> reading.year = n);
            case 'y' -> number(text, at, 2, n -> reading.year = n < 70 ? 2000 + n : 1900 + n);
            case 'm', 'c' -> number(text, at, 2, n -> reading.month = n);
            case 'd', 'e' -> number(text, at, 2, n -> reading.day = n);
            case 'D' -> Math.min(text.length(), number(text, at, 2, n -> reading.day = n) + 2);
            case 'j' -> number(text, at, 3, n -> reading.dayOfYear = n);
            case 'H', 'k' -> number(text, at, 2, n -> reading.hour = n);
            case 'h', 'I', 'l' -> {
                reading.twelve = true;
                yield number(text, at, 2, n -> reading.hour = n);
            }
            case 'i' -> number(text, at, 2, n -> reading.minute = n);
            case 's', 'S' -> number(text, at, 2, n -> reading.second = n);
            case 'f' -> fraction(text, at, reading);
            case 'p' -> {
                reading.afternoon = text.regionMatches(true, at, "PM", 0, 2);
                yield at + 2;
            }
            case 'T' -> time(text, at, reading);
            case 'M', 'b' -> monthName(text, at, reading);
            case 'W', 'a' -> word(text, at);
            default -> -1;
        };
    }

    private static int number(String text, int at, int digits, java.util.function.IntConsumer use) {
        int end = at;
        while (end < text.length() && end - at < digits && Characters.isDigit(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            return -1;
        }
        use.accept(Integer.parseInt(text.substring(at, end)));
        return end;
    }

    private static int fraction(String text, int at, Reading reading) {
        int end = at;
        while (end < text.length() && end - at < 6 && Characters.isDigit(text.charAt(end))) {
            end++;
        }
        reading.micros = (int) Clock.fraction(text.substring(Math.min(at, end), end));
        return end == at ? -1 : end;
    }

    private static int time(String text, int at, Reading reading) {
        int end = Math.min(text.length(), at + 8);
        return Clock.parse(text.substring(Math.min(at, end), end))
                .map(clock -> {
                    long seconds = clock.micros() / 1_000_000;
                    reading.hour = (int) (seconds / 3600);
                    reading.minute = (int) (seconds / 60 % 60);
                    reading.second = (int) (seconds % 60);
                    return end;
                })
                .orElse(-1);
    }

    private static int monthName(String text, int at, Reading reading) {
        int end = word(text, at);
        String name = text.substring(Math.min(at, text.length()), Math.max(at, end));
        for (int month = 1; month <= 12; month++) {
            boolean matches =
                    name.length() >= 3 && month(month, TextStyle.FULL).regionMatches(true, 0, name, 0, name.length());
            if (matches) {
                reading.month = month;
                return end;
            }
        }
        return -1;
    }

    private static int word(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
