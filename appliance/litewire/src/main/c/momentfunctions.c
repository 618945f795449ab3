/* Parts, forms and sums of dates and times. Twins: MomentBodies.java, MomentFormat.java, MomentSum.java. */
#include "moments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Days from MySQL's day 0 to 1970-01-01. */
#define EPOCH_DAYS 719528

/* Characters of a date with time without digits of a second. */
#define LONGEST_WHOLE 19

static void date(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    char printed[LONGEST_MOMENT];
    moment m;
    if (moment_parse(text_of(a[0]), &m)) {
        result_copy(context, printed, moment_date(printed, &m));
    }
}

static void datetime(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    char printed[LONGEST_MOMENT];
    moment m;
    if (moment_parse(text_of(a[0]), &m)) {
        result_copy(context, printed, moment_datetime(printed, &m, sqlite3_value_int(a[1])));
    }
}

static void time_of(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    char printed[LONGEST_MOMENT];
    int64_t micros;
    if (clock_parse(text_of(a[0]), &micros)) {
        result_copy(context, printed, clock_text(printed, micros, sqlite3_value_int(a[1])));
    }
}

/* 1 when the unit is part of a time; its value then. */
static int clock_part(text unit, int64_t micros, int64_t *part)
{
    int64_t seconds = micros / MICROS_PER_SECOND;
    int64_t hour = seconds / 3600;
    int64_t minute = seconds / 60 % 60;
    int64_t second = seconds % 60;
    const struct {
        const char *name;
        int64_t value;
    } parts[] = {{"HOUR", hour},
                 {"MINUTE", minute},
                 {"SECOND", second},
                 {"MICROSECOND", micros % MICROS_PER_SECOND},
                 {"HOUR_MINUTE", hour * 100 + minute},
                 {"MINUTE_SECOND", minute * 100 + second},
                 {"HOUR_SECOND", (hour * 100 + minute) * 100 + second}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (text_is(unit, parts[i].name)) {
            *part = parts[i].value;
            return 1;
        }
    }
    return 0;
}

static int date_part(text unit, const moment *m, int64_t *part)
{
    const struct {
        const char *name;
        int64_t value;
    } parts[] = {{"YEAR", m->year},
                 {"MONTH", m->month},
                 {"DAY", m->day},
                 {"DAYOFMONTH", m->day},
                 {"QUARTER", (m->month + 2) / 3},
                 {"YEAR_MONTH", m->year * 100 + m->month},
                 {"DAY_HOUR", m->day * 100 + m->hour},
                 {"DAY_MINUTE", (m->day * 100 + m->hour) * 100 + m->minute},
                 {"DAY_SECOND", ((m->day * 100 + m->hour) * 100 + m->minute) * 100 + m->second}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (text_is(unit, parts[i].name)) {
            *part = parts[i].value;
            return 1;
        }
    }
    return 0;
}

static int calendar_part(text unit, const moment *m, int64_t *part)
{
    if (!moment_in_calendar(m)) {
        return 0;
    }
    int64_t day = epoch_day(m->year, m->month, m->day);
    const struct {
        const char *name;
        int64_t value;
    } parts[] = {{"DAYOFWEEK", ((day + 4) % 7 + 7) % 7 + 1},
                 {"WEEKDAY", ((day + 3) % 7 + 7) % 7},
                 {"DAYOFYEAR", day - epoch_day(m->year, 1, 1) + 1},
                 {"WEEKOFYEAR", (week_of(m, 3, 0) % 100 + 100) % 100}, /* The first days of year 0 are of week 52 of year -1. */
                 {"WEEK", week_of(m, 0, 0) % 100},
                 {"TO_DAYS", day + EPOCH_DAYS},
                 {"TO_SECONDS", (day + EPOCH_DAYS) * 86400 + (m->hour * 60 + m->minute) * 60 + m->second}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (text_is(unit, parts[i].name)) {
            *part = parts[i].value;
            return 1;
        }
    }
    return 0;
}

static void part(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text unit = text_of(a[0]);
    text t = text_of(a[1]);
    int64_t number;
    int64_t micros;
    moment m;
    if (clock_part(unit, 0, &number)) {
        if (clock_parse(t, &micros)) {
            clock_part(unit, micros < 0 ? -micros : micros, &number);
            sqlite3_result_int64(context, number);
        }
    } else if (moment_parse(t, &m) && (date_part(unit, &m, &number) || calendar_part(unit, &m, &number))) {
        sqlite3_result_int64(context, number);
    }
}

/* Whether the character comes behind the first one. */
static int contains_later(text t, char wanted)
{
    return t.length > 1 && memchr(t.bytes + 1, wanted, t.length - 1) != NULL;
}

static int64_t add_months(moment *m, __int128 months)
{
    __int128 all = (__int128)m->year * 12 + m->month - 1 + months;
    if (all < 0 || all >= 10000 * 12) {
        return 0;
    }
    m->year = (int)(all / 12);
    m->month = (int)(all % 12) + 1;
    int last = days_of_month(m->year, m->month);
    m->day = m->day > last ? last : m->day;
    return 1;
}

static int add_micros(moment *m, __int128 micros)
{
    int64_t of_day = ((m->hour * 60LL + m->minute) * 60 + m->second) * MICROS_PER_SECOND + m->micros;
    __int128 all = (__int128)epoch_day(m->year, m->month, m->day) * MICROS_PER_DAY + of_day + micros;
    __int128 day = all / MICROS_PER_DAY - (all % MICROS_PER_DAY < 0);
    if (day < epoch_day(0, 1, 1) || day > epoch_day(9999, 12, 31)) {
        return 0;
    }
    int64_t rest = (int64_t)(all - day * MICROS_PER_DAY);
    from_epoch_day((int64_t)day, m);
    m->micros = (int)(rest % MICROS_PER_SECOND);
    rest /= MICROS_PER_SECOND;
    m->second = (int)(rest % 60);
    m->minute = (int)(rest / 60 % 60);
    m->hour = (int)(rest / 3600);
    return 1;
}

/* As Math.round: half up. */
static __int128 nearest(double value)
{
    double whole = floor(value);
    whole += value - whole >= 0.5 ? 1 : 0;
    return whole > 9e18 ? INT64_MAX : whole < -9e18 ? INT64_MIN : (__int128)(int64_t)whole;
}

static const struct {
    const char *name;
    int64_t micros; /* of one unit, or 0 */
    int months;
} units[] = {{"MICROSECOND", 1, 0},
             {"SECOND", MICROS_PER_SECOND, 0},
             {"MINUTE", 60 * MICROS_PER_SECOND, 0},
             {"HOUR", 3600 * MICROS_PER_SECOND, 0},
             {"DAY", MICROS_PER_DAY, 0},
             {"WEEK", 7 * MICROS_PER_DAY, 0},
             {"MONTH", 0, 1},
             {"QUARTER", 0, 3},
             {"YEAR", 0, 12}};

static int unit_of(text name)
{
    for (int i = 0; i < (int)(sizeof units / sizeof units[0]); i++) {
        if (text_is(name, units[i].name)) {
            return i;
        }
    }
    return -1;
}

static int add_unit(moment *m, int unit, __int128 number)
{
    return units[unit].months ? (int)add_months(m, number * units[unit].months)
                              : add_micros(m, number * units[unit].micros);
}

/* '1 2:3' DAY_MINUTE: the numbers from the right fill the units from the smallest. */
static int add_several(moment *m, text amount, text unit, size_t separator)
{
    text largest = {unit.bytes, separator};
    text smallest = {unit.bytes + separator + 1, unit.length - separator - 1};
    int step = unit_of(smallest);
    int top = unit_of(largest);
    size_t at = 0;
    int sign = 1;
    if (step < 0 || top < 0) {
        return 0;
    }
    while (at < amount.length && (amount.bytes[at] == ' ' || (amount.bytes[at] >= '\t' && amount.bytes[at] <= '\r'))) {
        at++;
    }
    sign = at < amount.length && amount.bytes[at] == '-' ? -1 : 1;
    for (size_t end = amount.length; end > 0 && step <= top; end--) {
        size_t from = end;
        __int128 number = 0;
        __int128 place = 1;
        while (from > 0 && amount.bytes[from - 1] >= '0' && amount.bytes[from - 1] <= '9') {
            number += place * (amount.bytes[--from] - '0');
            place *= place < (__int128)1000000000000000000 ? 10 : 1;
        }
        if (from < end) {
            if (!add_unit(m, step, sign * number)) {
                return 0;
            }
            step += units[step].months ? 2 : 1;
            end = from + 1;
        }
    }
    return 1;
}

static int add(moment *m, text amount, text unit)
{
    const uint8_t *separator = memchr(unit.bytes, '_', unit.length);
    int single = unit_of(unit);
    if (separator) {
        return add_several(m, amount, unit, (size_t)(separator - unit.bytes));
    }
    double exact = leading_double(amount);
    if (single == 1) {
        return add_micros(m, nearest(exact * MICROS_PER_SECOND));
    }
    return single >= 0 && add_unit(m, single, nearest(exact));
}

static int has_time(text t, text unit)
{
    static const char *const parts[] = {"HOUR", "MINUTE", "SECOND"};
    while (t.length > 0 && t.bytes[0] <= ' ') {
        t.bytes++;
        t.length--;
    }
    while (t.length > 0 && t.bytes[t.length - 1] <= ' ') {
        t.length--;
    }
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(parts[i]);
        for (size_t at = 0; at + length <= unit.length; at++) {
            if (memcmp(unit.bytes + at, parts[i], length) == 0) {
                return 1;
            }
        }
    }
    return utf16_length(t) > 10;
}

static void date_add(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    text unit = text_of(a[2]);
    char printed[LONGEST_MOMENT];
    moment m = {1970, 1, 1, 0, 0, 0, 0};
    int is_time = !contains_later(t, '-') && contains_later(t, ':');
    int64_t micros = 0;
    int known = is_time ? clock_parse(t, &micros) && add_micros(&m, micros) : moment_parse(t, &m) && moment_in_calendar(&m);
    if (!known || !add(&m, text_of(a[1]), unit)) {
        return;
    }
    if (is_time) {
        micros = epoch_day(m.year, m.month, m.day) * MICROS_PER_DAY
            + ((m.hour * 60LL + m.minute) * 60 + m.second) * MICROS_PER_SECOND + m.micros;
        result_copy(context, printed, clock_text(printed, micros, micros % MICROS_PER_SECOND ? 6 : 0));
    } else if (has_time(t, unit)) {
        result_copy(context, printed, moment_datetime(printed, &m, m.micros ? 6 : 0));
    } else {
        result_copy(context, printed, moment_date(printed, &m));
    }
}

/* The same text when it is a day of the calendar. */
static void calendar(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    moment m;
    text t = text_of(a[0]);
    if (moment_parse(t, &m) && moment_in_calendar(&m)) {
        result_copy(context, t.bytes, t.length);
    }
}

static void time_micros(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    int64_t micros;
    if (clock_parse(text_of(a[0]), &micros)) {
        sqlite3_result_int64(context, micros);
    }
}

/* A date with time and so many digits of a second, or with all of them where some do not fit. */
static void moment_form(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    int decimals = sqlite3_value_int(a[1]);
    size_t end = LONGEST_WHOLE + (decimals > 0 ? (size_t)(decimals < 6 ? decimals : 6) + 1 : 0);
    char printed[LONGEST_MOMENT];
    for (size_t i = end; i < t.length; i++) {
        if (t.bytes[i] > '0' && t.bytes[i] <= '9') {
            end = t.length;
        }
    }
    if (t.length < LONGEST_WHOLE || end <= t.length) {
        result_copy(context, t.bytes, t.length < end ? t.length : end);
        return;
    }
    memcpy(printed, t.bytes, t.length);
    for (size_t i = t.length; i < end; i++) {
        printed[i] = i == LONGEST_WHOLE ? '.' : '0';
    }
    result_copy(context, printed, end);
}

static void negated(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    if (t.length > 0 && t.bytes[0] == '-') {
        result_copy(context, t.bytes + 1, t.length - 1);
        return;
    }
    char *result = sqlite3_malloc64(t.length + 2);
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    result[0] = '-';
    memcpy(result + 1, t.bytes, t.length);
    sqlite3_result_text64(context, result, t.length + 1, sqlite3_free, SQLITE_UTF8);
}

const function moment_functions[] = {
    {"mysql_date", 1, date},     {"mysql_datetime", 2, datetime}, {"mysql_time", 2, time_of},
    {"mysql_part", 2, part},     {"mysql_date_add", 3, date_add}, {"mysql_negated", 1, negated},
    {"mysql_date_format", 2, date_format}, {"mysql_time_micros", 1, time_micros},
    {"mysql_moment_form", 2, moment_form}, {"mysql_calendar", 1, calendar},
    {NULL, 0, NULL}};
