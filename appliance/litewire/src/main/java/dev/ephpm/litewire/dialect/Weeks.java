package dev.ephpm.litewire.dialect;

import java.time.LocalDate;

/** WEEK and YEARWEEK with MySQL's eight modes. */
final class Weeks {
    private Weeks() {}

    static int week(LocalDate date, int mode) {
        return compute(date, flags(mode)) % 100;
    }

    static int yearWeek(LocalDate date, int mode) {
        return compute(date, flags(mode) | 2);
    }

    /** Bit 0: weeks begin on Monday; bit 1: week 0 is a week of the year before; bit 2: week 1 begins with its first day. */
    private static int flags(int mode) {
        int flags = mode & 7;
        return (flags & 1) == 0 ? flags ^ 4 : flags;
    }

    /** After calc_week of MySQL's description: year * 100 + week. */
    private static int compute(LocalDate date, int flags) {
        boolean monday = (flags & 1) != 0;
        boolean weekYear = (flags & 2) != 0;
        boolean firstWeekday = (flags & 4) != 0;
        long day = date.toEpochDay();
        int year = date.getYear();
        long firstDay = LocalDate.of(year, 1, 1).toEpochDay();
        int weekday = weekday(firstDay, monday);
        boolean january = date.getMonthValue() == 1 && date.getDayOfMonth() <= 7 - weekday;
        boolean beforeFirstWeek = january && (firstWeekday ? weekday != 0 : weekday >= 4);
        if (beforeFirstWeek) {
            if (!weekYear) {
                return year * 100;
            }
            year--;
            int days = LocalDate.of(year, 1, 1).lengthOfYear();
            firstDay -= days;
            weekday = Math.floorMod(weekday + 53 * 7 - days, 7);
        }
        long days = (firstWeekday ? weekday != 0 : weekday >= 4)
                ? day - (firstDay + (7 - weekday))
                : day - (firstDay - weekday);
        if (weekYear && days >= 52 * 7) {
            int next = (weekday + LocalDate.of(year, 1, 1).lengthOfYear()) % 7;
            if (firstWeekday ? next == 0 : next < 4) {
                return (year + 1) * 100 + 1;
            }
        }
        return year * 100 + (int) (days / 7) + 1;
    }

    private static int weekday(long epochDay, boolean monday) {
        int fromMonday = (int) Math.floorMod(epochDay + 3, 7L);
        return monday ? fromMonday : (fromMonday + 1) % 7;
    }
}
