/* Reading and writing of dates and times, and the calendar. */
#include "moments.h"

#include <string.h>

static int digit_at(text t, size_t at)
{
    return at < t.length && t.bytes[at] >= '0' && t.bytes[at] <= '9';
}

static int space_at(text t, size_t at)
{
    return at < t.length && (t.bytes[at] == ' ' || (t.bytes[at] >= '\t' && t.bytes[at] <= '\r'));
}

static size_t skip_spaces(text t, size_t at)
{
    while (space_at(t, at)) {
        at++;
    }
    return at;
}

/* Reads up to so many digits; gives how many. */
static int read_number(text t, size_t *at, int most, int64_t *number)
{
    int digits = 0;
    *number = 0;
    while (digits < most && digit_at(t, *at)) {
        *number = *number < 100000000000000 ? *number * 10 + (t.bytes[*at] - '0') : *number;
        ++*at;
        digits++;
    }
    return digits;
}

/* The digits after a point as microseconds: the first six count. */
static int read_fraction(text t, size_t *at)
{
    int micros = 0;
    int digits = 0;
    for (; digit_at(t, *at); ++*at, digits++) {
        micros = digits < 6 ? micros * 10 + (t.bytes[*at] - '0') : micros;
    }
    for (; digits < 6; digits++) {
        micros *= 10;
    }
    return micros;
}

/* One character between two numbers, neither digit nor space. */
static int skip_separator(text t, size_t *at)
{
    if (*at >= t.length || digit_at(t, *at) || space_at(t, *at)) {
        return 0;
    }
    text rest = {t.bytes + *at, t.length - *at};
    *at += character_length(rest);
    return 1;
}

/* Spaces and a time zone, which does not count, up to the end. */
static int ends(text t, size_t at)
{
    at = skip_spaces(t, at);
    if (at < t.length && t.bytes[at] == 'Z') {
        at++;
    } else if (at < t.length && (t.bytes[at] == '+' || t.bytes[at] == '-')) {
        if (!digit_at(t, at + 1) || !digit_at(t, at + 2) || at + 3 >= t.length || t.bytes[at + 3] != ':'
            || !digit_at(t, at + 4) || !digit_at(t, at + 5)) {
            return 0;
        }
        at += 6;
    }
    return skip_spaces(t, at) == t.length;
}

int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

static int exists(const moment *m)
{
    return m->month <= 12 && m->day <= 31 && m->hour <= 23 && m->minute <= 59 && m->second <= 59
        && !(m->month > 0 && m->day > 0 && m->day > days_of_month(m->year, m->month));
}

/* Years of one or two digits are 1970 to 2069. */
static int full_year(int64_t year, int digits)
{
    return (int)(digits > 2 ? year : year < 70 ? 2000 + year : 1900 + year);
}

/* The time behind a date: as much of it as lets the text end there. Gives whether it does. */
static int read_time(text t, size_t at, moment *m)
{
    size_t stops[4] = {at, 0, 0, 0};
    int parts = 0;
    int64_t number;
    size_t from = at;
    while (from < t.length && (t.bytes[from] == 'T' || t.bytes[from] == ' ')) {
        from++;
    }
    if (from == at || !digit_at(t, from)) {
        from = skip_spaces(t, at);
    }
    int *fields[] = {&m->hour, &m->minute, &m->second};
    while (parts < 3 && from > at && (parts == 0 || skip_separator(t, &from)) && read_number(t, &from, 2, &number) > 0) {
        *fields[parts++] = (int)number;
        stops[parts] = from;
    }
    if (parts == 3 && from < t.length && t.bytes[from] == '.') {
        from++;
        m->micros = read_fraction(t, &from);
        if (ends(t, from)) {
            return 1;
        }
        m->micros = 0;
    }
    for (; parts >= 0; parts--) {
        if (ends(t, stops[parts])) {
            return 1;
        }
        if (parts > 0) {
            *fields[parts - 1] = 0;
        }
    }
    return 0;
}

static int parse_separated(text t, moment *m)
{
    size_t at = skip_spaces(t, 0);
    int64_t year;
    int64_t month;
    int64_t day;
    int digits = read_number(t, &at, 4, &year);
    if (digits == 0 || !skip_separator(t, &at) || read_number(t, &at, 2, &month) == 0 || !skip_separator(t, &at)
        || read_number(t, &at, 2, &day) == 0) {
        return 0;
    }
    m->year = full_year(year, digits);
    m->month = (int)month;
    m->day = (int)day;
    return read_time(t, at, m);
}

/* Text without separators: YYMMDD, YYYYMMDD, both with hhmmss; missing digits are zeros before it. */
static int parse_digits(text t, moment *m)
{
    size_t at = skip_spaces(t, 0);
    int64_t number;
    int digits = read_number(t, &at, 14, &number);
    if (digits < 5 || digit_at(t, at)) {
        return 0;
    }
    if (at < t.length && t.bytes[at] == '.') {
        at++;
        m->micros = read_fraction(t, &at);
    }
    if (skip_spaces(t, at) != t.length) {
        return 0;
    }
    int zero = number == 0;
    if (digits > 8) {
        m->second = (int)(number % 100);
        m->minute = (int)(number / 100 % 100);
        m->hour = (int)(number / 10000 % 100);
        number /= 1000000;
    }
    int long_year = digits > 12 || digits == 7 || digits == 8;
    m->day = (int)(number % 100);
    m->month = (int)(number / 100 % 100);
    m->year = zero ? 0 : full_year(number / 10000, long_year ? 4 : 2);
    return 1;
}

int moment_parse(text t, moment *m)
{
    memset(m, 0, sizeof *m);
    if (parse_separated(t, m)) {
        return exists(m);
    }
    memset(m, 0, sizeof *m);
    return parse_digits(t, m) && exists(m);
}

/* Numbers with colons or HHMMSS. */
int clock_read(text t, int64_t *micros)
{
    *micros = 0;
    size_t at = skip_spaces(t, 0);
    int negative = at < t.length && t.bytes[at] == '-';
    int64_t days = 0;
    int64_t minutes = 0;
    int64_t seconds = 0;
    int64_t hours;
    at += (size_t)negative;
    size_t from = at;
    int digits = read_number(t, &at, 64, &hours);
    size_t spaces = skip_spaces(t, at);
    if (digits > 0 && spaces > at && digit_at(t, spaces)) {
        days = hours;
        at = spaces;
        read_number(t, &at, 64, &hours);
    }
    if (digits > 0 && at < t.length && t.bytes[at] == ':') {
        at++;
        if (read_number(t, &at, 2, &minutes) == 0) {
            return 0;
        }
        if (at < t.length && t.bytes[at] == ':') {
            at++;
            if (read_number(t, &at, 2, &seconds) == 0) {
                return 0;
            }
        }
    } else {
        at = from;
        digits = read_number(t, &at, 8, &hours);
        if (digits == 0 || digits > 7) {
            return 0;
        }
        seconds = hours % 100;
        minutes = hours / 100 % 100;
        hours /= 10000;
        days = 0;
    }
    int fraction = 0;
    if (at < t.length && t.bytes[at] == '.') {
        at++;
        fraction = read_fraction(t, &at);
    }
    if (skip_spaces(t, at) != t.length) {
        return 0;
    }
    if (minutes > 59 || seconds > 59) {
        return -1;
    }
    hours = days > 1000 || hours > 1000 ? 1000 : days * 24 + hours;
    *micros = ((hours * 60 + minutes) * 60 + seconds) * MICROS_PER_SECOND + fraction;
    *micros = negative ? -*micros : *micros;
    return 1;
}

int clock_parse(text t, int64_t *micros)
{
    moment m;
    int read = clock_read(t, micros);
    *micros = *micros > LARGEST_CLOCK ? LARGEST_CLOCK : *micros < -LARGEST_CLOCK ? -LARGEST_CLOCK : *micros;
    if (read == 0 && moment_parse(t, &m)) {
        *micros = ((m.hour * 60LL + m.minute) * 60 + m.second) * MICROS_PER_SECOND + m.micros;
        return 1;
    }
    return read == 1;
}

int moment_in_calendar(const moment *m)
{
    return m->month > 0 && m->day > 0;
}

int64_t epoch_day(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void from_epoch_day(int64_t day, moment *m)
{
    int64_t z = day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    m->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    m->month = (int)(month < 10 ? month + 3 : month - 9);
    m->year = (int)(year + era * 400 + (m->month <= 2));
}

static int days_of_year(int year)
{
    return days_of_month(year, 2) + 337;
}

int week_of(const moment *m, int mode, int yearly)
{
    int flags = mode & 7;
    flags = (flags & 1) == 0 ? flags ^ 4 : flags;
    flags |= yearly ? 2 : 0;
    int monday = flags & 1;
    int first_weekday = flags & 4;
    int year = m->year;
    int64_t day = epoch_day(m->year, m->month, m->day);
    int64_t first = epoch_day(year, 1, 1);
    int weekday = (int)(((first + 3) % 7 + 7) % 7);
    weekday = monday ? weekday : (weekday + 1) % 7;
    int late = first_weekday ? weekday != 0 : weekday >= 4;
    if (m->month == 1 && m->day <= 7 - weekday && late) {
        if (!(flags & 2)) {
            return year * 100;
        }
        year--;
        int days = days_of_year(year);
        first -= days;
        weekday = (weekday + 53 * 7 - days) % 7;
        late = first_weekday ? weekday != 0 : weekday >= 4;
    }
    int64_t days = late ? day - (first + (7 - weekday)) : day - (first - weekday);
    if ((flags & 2) && days >= 52 * 7) {
        int next = (weekday + days_of_year(year)) % 7;
        if (first_weekday ? next == 0 : next < 4) {
            return (year + 1) * 100 + 1;
        }
    }
    return year * 100 + (int)(days / 7) + 1;
}

static char *put(char *target, int64_t number, int width)
{
    char digits[24];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || count < width);
    while (count > 0) {
        *target++ = digits[--count];
    }
    return target;
}

static char *put_clock(char *at, int64_t hours, int minutes, int seconds, int micros, int decimals)
{
    at = put(at, hours, 2);
    *at++ = ':';
    at = put(at, minutes, 2);
    *at++ = ':';
    at = put(at, seconds, 2);
    if (decimals > 0) {
        *at++ = '.';
        put(at, micros, 6);
        at += decimals < 6 ? decimals : 6;
    }
    return at;
}

size_t moment_date(char *target, const moment *m)
{
    char *at = put(target, m->year, 4);
    *at++ = '-';
    at = put(at, m->month, 2);
    *at++ = '-';
    at = put(at, m->day, 2);
    return (size_t)(at - target);
}

size_t moment_datetime(char *target, const moment *m, int decimals)
{
    char *at = target + moment_date(target, m);
    *at++ = ' ';
    return (size_t)(put_clock(at, m->hour, m->minute, m->second, m->micros, decimals) - target);
}

size_t clock_text(char *target, int64_t micros, int decimals)
{
    char *at = target;
    int64_t unit = 1;
    int64_t size = micros < 0 ? -micros : micros;
    for (int i = decimals < 0 ? 0 : decimals; i < 6; i++) {
        unit *= 10;
    }
    size -= size % unit;
    int64_t seconds = size / MICROS_PER_SECOND;
    if (micros < 0 && size > 0) {
        *at++ = '-';
    }
    return (size_t)(put_clock(at, seconds / 3600, (int)(seconds / 60 % 60), (int)(seconds % 60),
                              (int)(size % MICROS_PER_SECOND), decimals)
                    - target);
}

int text_is(text t, const char *word)
{
    return strlen(word) == t.length && memcmp(t.bytes, word, t.length) == 0;
}
