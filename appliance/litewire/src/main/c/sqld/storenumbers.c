/* Numbers on their way into a column. Twin: StoredNumbers.java. */
#define _GNU_SOURCE
#include "exact.h"
#include "statement.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 1901
#define LAST_YEAR 2155
#define SINGLE_DIGITS 7
#define UNSIGNED_DIGITS 20
#define MOST_REAL_DIGITS 15

/* The number a value is or begins with; 0 when that was an error. */
static int number_of(storing *s, sqlite3_value *value, const char *kind, exact *e)
{
    int type = sqlite3_value_type(value);
    if (type == SQLITE_INTEGER) {
        exact_of_integer(sqlite3_value_int64(value), e);
        return 1;
    }
    if (type == SQLITE_FLOAT) {
        exact_of_real(sqlite3_value_double(value), e);
        return 1;
    }
    text t = text_of(value);
    size_t end = exact_of_text(t, e);
    text rest = {t.bytes + end, t.length - end};
    if (end == 0) {
        store_incorrect(s, kind, t);
    } else if (!is_blank(rest)) {
        store_truncated(s);
    }
    return !s->failed;
}

/* Digits for what SQLite cannot hold, see ../exact.c. At most 65 digits: columns have no more. */
static void result_digits(sqlite3_context *context, const exact *e)
{
    char text[EXACT_DIGITS + 8];
    char *at = text;
    int scale = e->count > e->point ? (int)(e->count - e->point) : 0;
    if (e->negative) {
        *at++ = '-';
    }
    if (e->point <= 0 || (scale == 0 && !e->negative && e->point < UNSIGNED_DIGITS)) {
        *at++ = '0';
    }
    for (int i = 0; i < e->point; i++) {
        *at++ = i < e->count ? e->digits[i] : '0';
    }
    if (scale > 0) {
        *at++ = '.';
        for (int64_t i = e->point; i < e->count; i++) {
            *at++ = i < 0 ? '0' : e->digits[i];
        }
    }
    sqlite3_result_blob(context, text, (int)(at - text), SQLITE_TRANSIENT);
}

static void result_number(sqlite3_context *context, const exact *e)
{
    __int128 whole;
    if (exact_whole(e, &whole) && whole >= INT64_MIN && whole <= INT64_MAX) {
        sqlite3_result_int64(context, (int64_t)whole);
    } else if (e->count > e->point && e->count <= MOST_REAL_DIGITS) {
        sqlite3_result_double(context, exact_to_double(e));
    } else {
        result_digits(context, e);
    }
}

static int bits_of(const column *c)
{
    switch (c->base.bytes[0]) {
    case 't':
        return 8;
    case 's':
        return 16;
    case 'm':
        return 24;
    case 'i':
        return 32;
    default:
        return 64;
    }
}

/* Twenty digits, so that they sort as numbers do. */
static const char *digits_of(uint64_t number, char *digits)
{
    for (int i = UNSIGNED_DIGITS - 1; i >= 0; i--) {
        digits[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return digits;
}

void store_integer(storing *s, sqlite3_value *value)
{
    char digits[UNSIGNED_DIGITS];
    exact e;
    __int128 number;
    int is_unsigned = (s->column->rules & RULE_UNSIGNED) != 0;
    int bits = bits_of(s->column);
    __int128 low = is_unsigned ? 0 : -((__int128)1 << (bits - 1));
    __int128 high = ((__int128)1 << (is_unsigned ? bits : bits - 1)) - 1;
    if (!number_of(s, value, "integer", &e)) {
        return;
    }
    exact_round(&e, 0);
    if (!exact_whole(&e, &number)) {
        number = e.negative ? low - 1 : high + 1;
    }
    __int128 stored = number < low ? low : number > high ? high : number;
    if (stored != number) {
        store_out_of_range(s);
    }
    if (s->failed) {
        return;
    }
    int next = (s->column->rules & RULE_AUTO_INCREMENT) && !(s->column->rules & RULE_ZERO_IS_VALUE) && stored == 0;
    if (stored > INT64_MAX) {
        sqlite3_result_blob(s->context, digits_of((uint64_t)stored, digits), UNSIGNED_DIGITS, SQLITE_TRANSIENT);
    } else if (!next) {
        sqlite3_result_int64(s->context, (int64_t)stored);
    }
}

void store_decimal(storing *s, sqlite3_value *value)
{
    exact e;
    const column *c = s->column;
    int64_t digits = c->length < 0 ? 10 : c->length;
    int64_t before_point = digits - c->scale;
    if (!number_of(s, value, "decimal", &e)) {
        return;
    }
    if (exact_round(&e, c->scale)) {
        store_rounded(s);
    }
    if ((c->rules & RULE_UNSIGNED) && e.negative) {
        store_out_of_range(s);
        exact_of_integer(0, &e);
    } else if (e.count > 0 && e.point > before_point) {
        store_out_of_range(s);
        e.count = digits < EXACT_DIGITS ? (int)digits : EXACT_DIGITS;
        e.count = e.count < 0 ? 0 : e.count;
        e.point = before_point;
        e.rest = 0;
        memset(e.digits, '9', (size_t)e.count);
    }
    if (!s->failed) {
        result_number(s->context, &e);
    }
}

/* 0 when that was an error. */
static int real_of(storing *s, sqlite3_value *value, double *real)
{
    exact e;
    const column *c = s->column;
    if (sqlite3_value_type(value) == SQLITE_FLOAT) {
        *real = sqlite3_value_double(value);
    } else if (number_of(s, value, "double", &e)) {
        *real = exact_to_double(&e);
    } else {
        return 0;
    }
    if (isinf(*real)) {
        store_out_of_range(s);
        *real = copysign(DBL_MAX, *real);
    }
    if ((c->rules & RULE_UNSIGNED) && *real < 0) {
        store_out_of_range(s);
        *real = 0;
    } else if (c->length > 0) {
        *real = round_number(*real, c->scale);
    }
    return !s->failed;
}

void store_double(storing *s, sqlite3_value *value)
{
    double real;
    if (real_of(s, value, &real)) {
        sqlite3_result_double(s->context, real);
    }
}

/* The fewest digits that give the float again, as Float.toString; then at most seven, half even. */
static double short_decimal(float value)
{
    char printed[40];
    exact e;
    for (int digits = 2; digits <= 9; digits++) {
        snprintf(printed, sizeof printed, "%.*e", digits - 1, (double)value);
        /* The process may print in another locale. */
        char *comma = strchr(printed, ',');
        if (comma) {
            *comma = '.';
        }
        if ((float)to_double(printed) == value) {
            break;
        }
    }
    text t = {(const uint8_t *)printed, strlen(printed)};
    exact_of_text(t, &e);
    if (e.count > SINGLE_DIGITS) {
        int tie = e.count == SINGLE_DIGITS + 1 && e.digits[SINGLE_DIGITS] == '5';
        int even = (e.digits[SINGLE_DIGITS - 1] - '0') % 2 == 0;
        if (tie && even) {
            e.count = SINGLE_DIGITS;
        } else {
            exact_round(&e, SINGLE_DIGITS - e.point);
        }
    }
    return exact_to_double(&e);
}

void store_float(storing *s, sqlite3_value *value)
{
    double real;
    if (!real_of(s, value, &real)) {
        return;
    }
    float nearest = (float)real;
    if (isinf(nearest)) {
        store_out_of_range(s);
        if (!s->failed) {
            sqlite3_result_double(s->context, copysign((double)FLT_MAX, real));
        }
        return;
    }
    sqlite3_result_double(s->context, nearest == 0 ? 0 : short_decimal(nearest));
}

void store_year(storing *s, sqlite3_value *value)
{
    exact e;
    __int128 whole;
    int type = sqlite3_value_type(value);
    if (!number_of(s, value, "integer", &e)) {
        return;
    }
    exact_truncate(&e);
    int64_t year = exact_whole(&e, &whole) && whole >= -1 && whole <= 10000 ? (int64_t)whole : e.negative ? -1 : 10000;
    if (year == 0) {
        text t = text_of(value);
        int written = type == SQLITE_TEXT || type == SQLITE_BLOB;
        int first = written && utf16_length(t) != 4 && exact_of_text(t, &e) > 0;
        sqlite3_result_int64(s->context, first ? 2000 : 0);
        return;
    }
    year = year < 0 || year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
    if (year < FIRST_YEAR || year > LAST_YEAR) {
        store_out_of_range(s);
        year = 0;
    }
    if (!s->failed) {
        sqlite3_result_int64(s->context, year);
    }
}

static int bit_length(unsigned __int128 number)
{
    int length = 0;
    for (; number > 0; number >>= 1) {
        length++;
    }
    return length;
}

void store_bits(storing *s, sqlite3_value *value)
{
    int64_t width = s->column->length > 1 ? s->column->length : 1;
    __int128 number = 0;
    int64_t length;
    int type = sqlite3_value_type(value);
    if (type == SQLITE_BLOB || type == SQLITE_TEXT) {
        const uint8_t *bytes = type == SQLITE_BLOB ? sqlite3_value_blob(value) : sqlite3_value_text(value);
        int size = bytes ? sqlite3_value_bytes(value) : 0;
        while (size > 0 && bytes[0] == 0) {
            bytes++;
            size--;
        }
        for (int i = 0; i < size && i < 9; i++) {
            number = number << 8 | bytes[i];
        }
        length = size > 8 ? 128 : bit_length((unsigned __int128)number);
    } else {
        exact e;
        if (!number_of(s, value, "integer", &e)) {
            return;
        }
        exact_truncate(&e);
        int known = exact_whole(&e, &number);
        length = known ? bit_length((unsigned __int128)(number < 0 ? ~number : number)) : 128;
    }
    if (length > width) {
        store_too_wide(s);
        number = width >= 64 ? -1 : ((__int128)1 << width) - 1;
    }
    if (!s->failed) {
        sqlite3_result_int64(s->context, (int64_t)number);
    }
}
