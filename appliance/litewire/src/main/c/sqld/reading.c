/* Conversions inside expressions: they go on with what is left and leave a warning. Twin: Truncation.java. */
#include "exact.h"
#include "statement.h"

#include <math.h>
#include <string.h>

#define SHOWN 128

/* "Truncated incorrect DOUBLE value: '5abc'" */
static void warn_truncated(statement *s, text kind, text value)
{
    size_t at = 0;
    int64_t units = 0;
    while (at < value.length) {
        text rest = {value.bytes + at, value.length - at};
        size_t step = value.bytes[at] < 0x80 ? 1 : character_length(rest);
        units += step == 4 ? 2 : 1;
        if (units > SHOWN) {
            break;
        }
        at += step;
    }
    argument arguments[] = {{kind.bytes, kind.length, 0}, {value.bytes, at, 0}};
    statement_warn(s, LEVEL_WARNING, "TRUNCATED_IN_EXPRESSION", arguments, 2);
}

static text kind_of(int count, sqlite3_value **a, const char *usual)
{
    return count > 1 ? text_of(a[1]) : (text){(const uint8_t *)usual, strlen(usual)};
}

/* mysql_number(value[, kind]): the double that text begins with. */
static void number(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    int type = sqlite3_value_type(a[0]);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        sqlite3_result_double(context, sqlite3_value_double(a[0]));
        return;
    }
    exact e;
    text t = text_of(a[0]);
    size_t end = exact_of_text(t, &e);
    if (end == 0 || !is_blank((text){t.bytes + end, t.length - end})) {
        warn_truncated(s, kind_of(count, a, "DOUBLE"), t);
    }
    sqlite3_result_double(context, exact_to_double(&e));
}

/* As Math.round. */
static int64_t nearest(double value)
{
    double whole = floor(value + 0.5);
    if (fabs(value) >= 4503599627370496.0 || value == 0.49999999999999994) {
        whole = floor(value);
    }
    return whole >= 9223372036854775808.0 ? INT64_MAX : whole <= -9223372036854775808.0 ? INT64_MIN : (int64_t)whole;
}

/* mysql_integer(value[, kind]): the whole number that text begins with; digits behind a point are cut off. */
static void integer(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    int type = sqlite3_value_type(a[0]);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        sqlite3_result_int64(context, type == SQLITE_INTEGER ? sqlite3_value_int64(a[0]) : nearest(sqlite3_value_double(a[0])));
        return;
    }
    text t = text_of(a[0]);
    size_t at = 0;
    while (at < t.length && (t.bytes[at] == ' ' || (t.bytes[at] >= '\t' && t.bytes[at] <= '\r'))) {
        at++;
    }
    int sign = at < t.length && (t.bytes[at] == '+' || t.bytes[at] == '-');
    size_t from = at + (size_t)sign;
    size_t end = from;
    __int128 whole = 0;
    for (; end < t.length && t.bytes[end] >= '0' && t.bytes[end] <= '9'; end++) {
        whole = whole > INT64_MAX ? whole : whole * 10 + (t.bytes[end] - '0');
    }
    whole = sign && t.bytes[at] == '-' ? -whole : whole;
    if (end == from || !is_blank((text){t.bytes + end, t.length - end})) {
        warn_truncated(s, kind_of(count, a, "INTEGER"), t);
    }
    sqlite3_result_int64(context, whole > INT64_MAX ? INT64_MAX : whole < INT64_MIN ? INT64_MIN : (int64_t)whole);
}

/* mysql_divisor(value[, divided]): NULL with a warning for zero, unless what is divided is nothing. */
static void divisor(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    int type = sqlite3_value_type(a[0]);
    int zero = (type == SQLITE_INTEGER && sqlite3_value_int64(a[0]) == 0)
        || (type == SQLITE_FLOAT && sqlite3_value_double(a[0]) == 0);
    if (!zero) {
        sqlite3_result_value(context, a[0]);
    } else if (count < 2 || sqlite3_value_type(a[1]) != SQLITE_NULL) {
        statement_warn(s, LEVEL_WARNING, "DIVISION_BY_ZERO", NULL, 0);
    }
}

/* mysql_cut_group(joined, bytes, separator): what GROUP_CONCAT made, cut between characters. Twin: SessionBodies.java. */
static void cut_group(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    (void)count;
    text whole = text_of(a[0]);
    text separator = text_of(a[2]);
    int64_t most = sqlite3_value_int64(a[1]);
    size_t end = most < 0 ? 0 : (uint64_t)most < whole.length ? (size_t)most : whole.length;
    while (end > 0 && end < whole.length && (whole.bytes[end] & 0xc0) == 0x80) {
        end--;
    }
    argument rows = {NULL, 0, 1};
    size_t at = 0;
    while (separator.length > 0 && at + separator.length <= end) {
        int found = memcmp(whole.bytes + at, separator.bytes, separator.length) == 0;
        rows.number += found;
        at += found ? separator.length : 1;
    }
    statement_warn(s, LEVEL_WARNING, "CUT_BY_GROUP_CONCAT", &rows, 1);
    sqlite3_result_text(context, (const char *)whole.bytes, (int)end, SQLITE_TRANSIENT);
}

const statement_function reading_functions[] = {{"mysql_number", 1, SQLITE_DETERMINISTIC, 0, number},
                                                {"mysql_number", 2, SQLITE_DETERMINISTIC, 0, number},
                                                {"mysql_integer", 1, SQLITE_DETERMINISTIC, 0, integer},
                                                {"mysql_integer", 2, SQLITE_DETERMINISTIC, 0, integer},
                                                {"mysql_divisor", 1, 0, 1, divisor},
                                                {"mysql_divisor", 2, 0, 1, divisor},
                                                {"mysql_cut_group", 3, 0, 0, cut_group},
                                                {NULL, 0, 0, 0, NULL}};
