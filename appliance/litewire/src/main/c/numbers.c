/* Number functions. Twins: NumberBodies.java, Doubles.java. */
#define _GNU_SOURCE
#include "functions.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DECIMALS 30
#define LONGEST_NUMBER 400

/* Made once; threads that race make two and one is lost. NULL when memory is short: then the process's locale counts. */
static locale_t plain_locale(void)
{
    static locale_t made;
    locale_t known = __atomic_load_n(&made, __ATOMIC_ACQUIRE);
    if (!known) {
        known = newlocale(LC_ALL_MASK, "C", (locale_t)0);
        __atomic_store_n(&made, known, __ATOMIC_RELEASE);
    }
    return known;
}

double to_double(const char *number)
{
    locale_t before = uselocale(plain_locale());
    double value = strtod(number, NULL);
    uselocale(before);
    return value;
}

/* Powers of ten that a double holds exactly. */
static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

/*
 * Numbers with few digits, without printing: a decimal of up to fifteen digits that gives the value again is the shortest
 * one, but for zeros at its end. 0 when it has more digits.
 */
static int few_digits(double size, decimal *d)
{
    for (int decimals = 0; decimals <= 6; decimals++) {
        double whole = rint(size * powers[decimals]);
        if (whole >= 1e15) {
            return 0;
        }
        if (whole >= 1 && whole / powers[decimals] == size) {
            char reversed[20];
            int count = 0;
            for (int64_t rest = (int64_t)whole; rest > 0; rest /= 10) {
                reversed[count++] = (char)('0' + rest % 10);
            }
            d->exponent = count - decimals;
            while (count > 0) {
                d->digits[d->count++] = reversed[--count];
            }
            return 1;
        }
    }
    return 0;
}

static void without_last_zeros(decimal *d)
{
    while (d->count > 1 && d->digits[d->count - 1] == '0') {
        d->count--;
    }
}

/* As Double.toString: the fewest digits that give the value again, of those with two digits at least the nearest. */
decimal shortest(double value)
{
    decimal d = {value < 0, 0, 0, ""};
    char printed[40];
    if (value == 0 || !isfinite(value)) {
        return d;
    }
    if (few_digits(fabs(value), &d)) {
        without_last_zeros(&d);
        return d;
    }
    locale_t before = uselocale(plain_locale());
    /* Fifteen digits always come back; when fewer do, the rest of the fifteen are zeros. Not so near the smallest numbers. */
    for (int digits = fabs(value) < 1e-300 ? 2 : 15; digits <= 17; digits++) {
        snprintf(printed, sizeof printed, "%.*e", digits - 1, fabs(value));
        if (digits == 17 || strtod(printed, NULL) == fabs(value)) {
            break;
        }
    }
    uselocale(before);
    const char *exponent = strchr(printed, 'e');
    for (const char *c = printed; c < exponent; c++) {
        if (*c != '.') {
            d.digits[d.count++] = *c;
        }
    }
    without_last_zeros(&d);
    d.exponent = atoi(exponent + 1) + 1;
    return d;
}

/* As MySQL prints doubles: plain up to 15 places, then with an exponent. */
size_t print_number(char *target, double value)
{
    decimal d = shortest(value);
    double size = fabs(value);
    char *at = target;
    if (d.count == 0) {
        *at++ = '0';
        return 1;
    }
    if (d.negative) {
        *at++ = '-';
    }
    if (size >= 1e-15 && size < 1e15) {
        if (d.exponent <= 0) {
            *at++ = '0';
            *at++ = '.';
            for (int i = d.exponent; i < 0; i++) {
                *at++ = '0';
            }
        }
        for (int i = 0; i < d.count || i < d.exponent; i++) {
            if (i == d.exponent && i > 0) {
                *at++ = '.';
            }
            *at++ = i < d.count ? d.digits[i] : '0';
        }
        return (size_t)(at - target);
    }
    *at++ = d.digits[0];
    if (d.count > 1) {
        *at++ = '.';
        memcpy(at, d.digits + 1, (size_t)d.count - 1);
        at += d.count - 1;
    }
    return (size_t)(at - target) + (size_t)sprintf(at, "e%d", d.exponent - 1);
}

static void number_text(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    if (sqlite3_value_type(a[0]) == SQLITE_FLOAT) {
        char printed[LONGEST_NUMBER_TEXT];
        result_copy(context, printed, print_number(printed, sqlite3_value_double(a[0])));
    } else {
        text t = text_of(a[0]);
        result_copy(context, t.bytes, t.length);
    }
}

/*
 * Where the value is not near the border between two results, binary and decimal digits agree about it. The quotient of two
 * exact numbers is the double nearest to the decimal. 0 when it is near.
 */
static int far_from_border(double value, int64_t decimals, int half_up, double *result)
{
    if (decimals < 0 || decimals > 12 || !(fabs(value) * powers[decimals] < 1e11)) {
        return 0;
    }
    double shifted = fabs(value) * powers[decimals];
    double whole = floor(shifted);
    double rest = shifted - whole;
    double distance = half_up ? fabs(rest - 0.5) : rest < 0.5 ? rest : 1 - rest;
    if (distance < 0.001) {
        return 0;
    }
    whole += half_up && rest > 0.5 ? 1 : 0;
    *result = whole == 0 ? 0 : copysign(whole / powers[decimals], value);
    return 1;
}

static double rounded(double value, int64_t decimals, int half_up)
{
    double quick;
    if (far_from_border(value, decimals, half_up, &quick)) {
        return quick;
    }
    decimal d = shortest(value);
    int scale = (int)(decimals < -MOST_DECIMALS ? -MOST_DECIMALS : decimals > MOST_DECIMALS ? MOST_DECIMALS : decimals);
    int kept = d.exponent + scale;
    char number[64];
    if (d.count == 0) {
        return isfinite(value) ? 0 : value;
    }
    if (kept >= d.count) {
        return value;
    }
    int up = half_up && kept >= 0 && d.digits[kept] >= '5';
    int at = kept > 0 ? kept : 0;
    d.count = at;
    while (up && at > 0 && d.digits[at - 1] == '9') {
        d.digits[--at] = '0';
    }
    if (up && at > 0) {
        d.digits[at - 1]++;
    }
    snprintf(number, sizeof number, "%s%s%.*se%d", d.negative ? "-" : "", up && at == 0 ? "1" : "0", d.count, d.digits,
             -scale);
    double result = to_double(number);
    return result == 0 ? 0 : result;
}

double round_number(double value, int64_t decimals)
{
    return rounded(value, decimals, 1);
}

static void round_half_up(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    sqlite3_result_double(context, rounded(sqlite3_value_double(a[0]), sqlite3_value_int64(a[1]), 1));
}

static void truncate_number(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    sqlite3_result_double(context, rounded(sqlite3_value_double(a[0]), sqlite3_value_int64(a[1]), 0));
}

/* FLOAT has 24 bits. */
static void single_precision(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    sqlite3_result_double(context, (double)(float)sqlite3_value_double(a[0]));
}

/* In binary, as MariaDB does with reals: 2.5 becomes 2. */
static double round_real(double value, int64_t decimals, int cuts)
{
    double power = pow(10, (double)(decimals < -400 || decimals > 400 ? 400 : decimals < 0 ? -decimals : decimals));
    double shifted = decimals < 0 ? value / power : value * power;
    if (isinf(power) || isinf(shifted)) {
        return decimals < 0 ? 0 : value;
    }
    double whole = !cuts ? rint(shifted) : shifted < 0 ? ceil(shifted) : floor(shifted);
    double result = decimals < 0 ? whole * power : whole / power;
    return result == 0 ? 0 : result;
}

static void round_half_even(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    sqlite3_result_double(context, round_real(sqlite3_value_double(a[0]), sqlite3_value_int64(a[1]), 0));
}

static void truncate_real(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    sqlite3_result_double(context, round_real(sqlite3_value_double(a[0]), sqlite3_value_int64(a[1]), 1));
}

static int is_digit(text t, size_t at)
{
    return at < t.length && t.bytes[at] >= '0' && t.bytes[at] <= '9';
}

static size_t digits_end(text t, size_t at)
{
    while (is_digit(t, at)) {
        at++;
    }
    return at;
}

double leading_double(text t)
{
    char number[LONGEST_NUMBER];
    size_t start = 0;
    while (start < t.length && (t.bytes[start] == ' ' || (t.bytes[start] >= '\t' && t.bytes[start] <= '\r'))) {
        start++;
    }
    size_t at = start < t.length && (t.bytes[start] == '+' || t.bytes[start] == '-') ? start + 1 : start;
    size_t end = digits_end(t, at);
    int digits = end > at;
    if (end < t.length && t.bytes[end] == '.' && (digits || is_digit(t, end + 1))) {
        digits |= is_digit(t, end + 1);
        end = digits_end(t, end + 1);
    }
    if (!digits) {
        return 0;
    }
    if (end < t.length && (t.bytes[end] == 'e' || t.bytes[end] == 'E')) {
        size_t sign = end + 1 < t.length && (t.bytes[end + 1] == '+' || t.bytes[end + 1] == '-') ? 2 : 1;
        end = is_digit(t, end + sign) ? digits_end(t, end + sign) : end;
    }
    size_t length = end - start < sizeof number - 1 ? end - start : sizeof number - 1;
    memcpy(number, t.bytes + start, length);
    number[length] = 0;
    return to_double(number);
}

const function number_functions[] = {
    {"mysql_text", 1, number_text},
    {"mysql_single", 1, single_precision},
    {"mysql_round_real", 2, round_half_even},
    {"mysql_truncate_real", 2, truncate_real},
    {"mysql_round", 2, round_half_up},
    {"mysql_truncate", 2, truncate_number},
    {NULL, 0, NULL}};
