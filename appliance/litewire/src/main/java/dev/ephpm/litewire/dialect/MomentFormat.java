package dev.ephpm.litewire.dialect;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DATE_FORMAT. */
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
}
