/* DATE_FORMAT. Twin: MomentFormat.java. */
#include "moments.h"

#include <string.h>

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
static const char *const days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

static const char *suffix(int day)
{
    int last = day >= 11 && day <= 13 ? 0 : day % 10;
    return last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th";
}

/* What needs a date of the calendar. 0 when there is none. */
static int append_calendar(sqlite3_str *out, const moment *m, char letter)
{
    if (!moment_in_calendar(m)) {
        return 0;
    }
    int64_t day = epoch_day(m->year, m->month, m->day);
    int weekday = (int)(((day + 4) % 7 + 7) % 7);
    switch (letter) {
    case 'W':
        sqlite3_str_appendall(out, days[weekday]);
        break;
    case 'a':
        sqlite3_str_append(out, days[weekday], 3);
        break;
    case 'w':
        sqlite3_str_appendf(out, "%d", weekday);
        break;
    case 'j':
        sqlite3_str_appendf(out, "%03d", (int)(day - epoch_day(m->year, 1, 1) + 1));
        break;
    case 'U':
        sqlite3_str_appendf(out, "%02d", week_of(m, 0, 0) % 100);
        break;
    case 'u':
        sqlite3_str_appendf(out, "%02d", week_of(m, 1, 0) % 100);
        break;
    case 'V':
        sqlite3_str_appendf(out, "%02d", week_of(m, 2, 0) % 100);
        break;
    case 'v':
        sqlite3_str_appendf(out, "%02d", week_of(m, 3, 0) % 100);
        break;
    case 'X':
        sqlite3_str_appendf(out, "%04d", week_of(m, 2, 1) / 100);
        break;
    default:
        sqlite3_str_appendf(out, "%04d", week_of(m, 3, 1) / 100);
        break;
    }
    return 1;
}

/* 0 when the format asks for a name of a month or day that is zero. */
static int append(sqlite3_str *out, const moment *m, char letter)
{
    int hour12 = m->hour % 12 == 0 ? 12 : m->hour % 12;
    const char *half = m->hour < 12 ? "AM" : "PM";
    switch (letter) {
    case 'Y':
        sqlite3_str_appendf(out, "%04d", m->year);
        return 1;
    case 'y':
        sqlite3_str_appendf(out, "%02d", m->year % 100);
        return 1;
    case 'm':
        sqlite3_str_appendf(out, "%02d", m->month);
        return 1;
    case 'c':
        sqlite3_str_appendf(out, "%d", m->month);
        return 1;
    case 'd':
        sqlite3_str_appendf(out, "%02d", m->day);
        return 1;
    case 'e':
        sqlite3_str_appendf(out, "%d", m->day);
        return 1;
    case 'D':
        sqlite3_str_appendf(out, "%d%s", m->day, suffix(m->day));
        return 1;
    case 'H':
        sqlite3_str_appendf(out, "%02d", m->hour);
        return 1;
    case 'k':
        sqlite3_str_appendf(out, "%d", m->hour);
        return 1;
    case 'h':
    case 'I':
        sqlite3_str_appendf(out, "%02d", hour12);
        return 1;
    case 'l':
        sqlite3_str_appendf(out, "%d", hour12);
        return 1;
    case 'i':
        sqlite3_str_appendf(out, "%02d", m->minute);
        return 1;
    case 's':
    case 'S':
        sqlite3_str_appendf(out, "%02d", m->second);
        return 1;
    case 'f':
        sqlite3_str_appendf(out, "%06d", m->micros);
        return 1;
    case 'p':
        sqlite3_str_appendall(out, half);
        return 1;
    case 'T':
        sqlite3_str_appendf(out, "%02d:%02d:%02d", m->hour, m->minute, m->second);
        return 1;
    case 'r':
        sqlite3_str_appendf(out, "%02d:%02d:%02d %s", hour12, m->minute, m->second, half);
        return 1;
    case 'M':
    case 'b':
        if (m->month == 0) {
            return 0;
        }
        sqlite3_str_append(out, months[m->month - 1], letter == 'b' ? 3 : (int)strlen(months[m->month - 1]));
        return 1;
    default:
        if (strchr("WawjUuVvXx", letter) && letter) {
            return append_calendar(out, m, letter);
        }
        sqlite3_str_appendchar(out, 1, letter);
        return 1;
    }
}

void date_format(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text format = text_of(a[1]);
    moment m;
    if (!moment_parse(text_of(a[0]), &m)) {
        return;
    }
    sqlite3_str *out = sqlite3_str_new(sqlite3_context_db_handle(context));
    int known = 1;
    for (size_t i = 0; known && i < format.length; i++) {
        if (format.bytes[i] == '%' && i + 1 < format.length) {
            known = append(out, &m, (char)format.bytes[++i]);
        } else {
            sqlite3_str_appendchar(out, 1, (char)format.bytes[i]);
        }
    }
    int failed = sqlite3_str_errcode(out);
    int length = sqlite3_str_length(out);
    char *result = sqlite3_str_finish(out);
    if (failed) {
        sqlite3_result_error_nomem(context);
    } else if (known) {
        result_copy(context, result ? result : "", (size_t)length);
    }
    sqlite3_free(result);
}
