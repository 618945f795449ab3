/* Dates and times on their way into a column. Twins: StoredMoments.java, SessionTime.java. */
#include "moments.h"
#include "statement.h"

#include <string.h>

#define LONGEST_DATE 10
#define FIRST_LONG_NUMBER 8

static int is_zero(const moment *m)
{
    return m->year == 0 && m->month == 0 && m->day == 0;
}

static int has_zero_part(const moment *m)
{
    return !is_zero(m) && !moment_in_calendar(m);
}

static int moment_of(storing *s, sqlite3_value *value, text t, moment *m)
{
    int64_t rules = s->column->rules;
    memset(m, 0, sizeof *m);
    int zero = sqlite3_value_type(value) == SQLITE_INTEGER && sqlite3_value_int64(value) == 0;
    if (!zero && !moment_parse(t, m)) {
        return 0;
    }
    int forbidden = (is_zero(m) && (rules & RULE_NO_ZERO_DATE)) || (has_zero_part(m) && (rules & RULE_NO_ZERO_IN_DATE));
    return !(forbidden && (rules & RULE_STRICT));
}

void store_date(storing *s, sqlite3_value *value)
{
    char buffer[LONGEST_NUMBER_TEXT];
    char result[LONGEST_MOMENT];
    moment m;
    text t = printed(value, buffer);
    if (!moment_of(s, value, t, &m)) {
        store_incorrect_moment(s, "date", t);
        memset(&m, 0, sizeof m);
    } else if (m.hour || m.minute || m.second || m.micros) {
        store_rounded(s);
    }
    if (!s->failed) {
        result_copy(s->context, result, moment_date(result, &m));
    }
}

/* The moment for a DATETIME or TIMESTAMP; 0 when that was an error. */
static int datetime_of(storing *s, sqlite3_value *value, moment *m)
{
    char buffer[LONGEST_NUMBER_TEXT];
    text t = printed(value, buffer);
    if (!moment_of(s, value, t, m)) {
        store_incorrect_moment(s, "datetime", t);
        memset(m, 0, sizeof *m);
    }
    return !s->failed;
}

static void result_datetime(storing *s, const moment *m)
{
    char result[LONGEST_MOMENT];
    result_copy(s->context, result, moment_datetime(result, m, (int)s->column->scale));
}

void store_datetime(storing *s, sqlite3_value *value)
{
    moment m;
    if (datetime_of(s, value, &m)) {
        result_datetime(s, &m);
    }
}

/* The time in another zone. */
static void convert(const statement *s, moment *m, int to_utc)
{
    int64_t seconds = epoch_day(m->year, m->month, m->day) * 86400 + (m->hour * 60LL + m->minute) * 60 + m->second;
    int64_t offset = statement_offset(s, seconds, to_utc);
    seconds += to_utc ? -offset : offset;
    int64_t day = seconds / 86400 - (seconds % 86400 < 0);
    int64_t of_day = seconds - day * 86400;
    from_epoch_day(day, m);
    m->hour = (int)(of_day / 3600);
    m->minute = (int)(of_day / 60 % 60);
    m->second = (int)(of_day % 60);
}

void store_timestamp(storing *s, sqlite3_value *value)
{
    moment m;
    if (!datetime_of(s, value, &m)) {
        return;
    }
    if (moment_in_calendar(&m)) {
        convert(s->statement, &m, 1);
    }
    result_datetime(s, &m);
}

/* Nothing but at least eight digits, with spaces around. */
static int is_long_number(text t)
{
    size_t digits = 0;
    size_t others = 0;
    while (t.length > 0 && (t.bytes[0] == ' ' || (t.bytes[0] >= '\t' && t.bytes[0] <= '\r'))) {
        t.bytes++;
        t.length--;
    }
    for (size_t i = 0; i < t.length; i++) {
        int digit = t.bytes[i] >= '0' && t.bytes[i] <= '9';
        int space = t.bytes[i] == ' ' || (t.bytes[i] >= '\t' && t.bytes[i] <= '\r');
        others += !digit && !space;
        others += digit && i > digits;
        digits += (size_t)digit;
    }
    return digits >= FIRST_LONG_NUMBER && others == 0;
}

/* As Clock.parse: only what is a time as a whole and in range. */
static int stored_clock(text t, int64_t *micros)
{
    moment m;
    int with_colon = memchr(t.bytes, ':', t.length) != NULL;
    int read = clock_read(t, micros);
    int dated = (utf16_length(t) > LONGEST_DATE || is_long_number(t)) && !(with_colon && read != 0);
    if (dated && moment_parse(t, &m)) {
        *micros = ((m.hour * 60LL + m.minute) * 60 + m.second) * MICROS_PER_SECOND + m.micros;
        return 1;
    }
    return read == 1 && *micros <= LARGEST_CLOCK && *micros >= -LARGEST_CLOCK;
}

void store_time(storing *s, sqlite3_value *value)
{
    char buffer[LONGEST_NUMBER_TEXT];
    char result[LONGEST_MOMENT];
    int64_t micros;
    text t = printed(value, buffer);
    if (!stored_clock(t, &micros)) {
        store_incorrect_moment(s, "time", t);
        if (!s->failed) {
            result_copy(s->context, "00:00:00", 8);
        }
        return;
    }
    result_copy(s->context, result, clock_text(result, micros, (int)s->column->scale));
}

/* mysql_local_time(stored): a TIMESTAMP as the session sees it; zero dates stay as they are. */
static void local_time(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    (void)count;
    char result[LONGEST_MOMENT];
    moment m;
    text t = text_of(a[0]);
    if (!moment_parse(t, &m) || !moment_in_calendar(&m)) {
        result_copy(context, t.bytes, t.length);
        return;
    }
    const uint8_t *point = memchr(t.bytes, '.', t.length);
    convert(s, &m, 0);
    result_copy(context, result, moment_datetime(result, &m, point ? (int)(t.bytes + t.length - point - 1) : 0));
}

/* mysql_last_insert_id(n): what the client gets as the statement's insert id. */
static void last_insert_id(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    (void)count;
    statement_assign_id(s, sqlite3_value_int64(a[0]));
    sqlite3_result_value(context, a[0]);
}

/* mysql_several_rows(): a scalar subquery had more than one. */
static void several_rows(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    (void)s;
    (void)count;
    (void)a;
    statement_fail(context, "SUBQUERY_ROWS", NULL, 0);
}

const statement_function session_functions[] = {{"mysql_local_time", 1, 0, 0, local_time},
                                                {"mysql_last_insert_id", 1, 0, 1, last_insert_id},
                                                {"mysql_several_rows", -1, 0, 1, several_rows},
                                                {NULL, 0, 0, 0, NULL}};
