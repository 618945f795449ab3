/* Functions of exact numbers. Twin: ExactBodies.java. */
#include "digits.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_DECIMALS 30
#define WORD 9
#define KEY_BIAS 500
#define KEY_EXPONENT_DIGITS 4
#define LARGEST_QUICK 1e14

enum { SIGNED = -1, UNSIGNED = -2 };

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static void out_of_range(sqlite3_context *context, int64_t kind)
{
    sqlite3_result_error(context,
                         kind == SIGNED ? "BIGINT value is out of range in ''" : "BIGINT UNSIGNED value is out of range in ''",
                         -1);
}

static void answer_whole(sqlite3_context *context, number *n, int64_t kind)
{
    uint64_t size;
    int good = digits_fit(n, &size);
    good &= kind == SIGNED ? size <= (uint64_t)INT64_MAX + (uint64_t)n->negative : !n->negative;
    if (good) {
        digits_answer(context, n);
    } else {
        out_of_range(context, kind);
    }
}

static void answer_as(sqlite3_context *context, number *n, int64_t kind)
{
    if (kind >= 0) {
        digits_round(n, kind > MOST_DECIMALS ? MOST_DECIMALS : (int)kind, 0);
        digits_answer(context, n);
    } else {
        digits_round(n, 0, 1);
        answer_whole(context, n, kind);
    }
}

/* Doubles are exact enough where all digits are far fewer than they have. */
static int quick_real(sqlite3_context *context, double value, int64_t kind)
{
    if (kind < 0 || kind > 12 || !(fabs(value) * powers[kind] < LARGEST_QUICK)) {
        return 0;
    }
    double nearest = rint(value * powers[kind]);
    if (fabs(value * powers[kind] - nearest) > 0.01) {
        return 0; /* Digits are to be rounded off, half up. */
    }
    int64_t whole = (int64_t)nearest;
    int64_t unit = (int64_t)powers[kind];
    if (whole % unit == 0) {
        sqlite3_result_int64(context, whole / unit);
    } else {
        sqlite3_result_double(context, (double)whole / powers[kind]);
    }
    return 1;
}

static int is_integer(sqlite3_value *value)
{
    return sqlite3_value_type(value) == SQLITE_INTEGER;
}

static int is_number(sqlite3_value *value)
{
    return is_integer(value) || sqlite3_value_type(value) == SQLITE_FLOAT;
}

/* Of decimals as short as that no digit is lost. */
static int is_quick(sqlite3_value **a)
{
    return is_number(a[0]) && is_number(a[1]) && fabs(sqlite3_value_double(a[0])) < LARGEST_QUICK
           && fabs(sqlite3_value_double(a[1])) < LARGEST_QUICK;
}

static int quick_whole(sqlite3_context *context, int overflow, int64_t result, int64_t kind)
{
    if (overflow || (kind == UNSIGNED && result < 0)) {
        return 0;
    }
    sqlite3_result_int64(context, result);
    return 1;
}

static void add_or_subtract(sqlite3_context *context, sqlite3_value **a, int sign)
{
    int64_t kind = sqlite3_value_int64(a[2]);
    if (is_integer(a[0]) && is_integer(a[1])) {
        int64_t left = sqlite3_value_int64(a[0]);
        int64_t right = sqlite3_value_int64(a[1]);
        int64_t result;
        int overflow = sign > 0 ? __builtin_add_overflow(left, right, &result) : __builtin_sub_overflow(left, right, &result);
        if (quick_whole(context, overflow, result, kind)) {
            return;
        }
    } else if (is_quick(a)
               && quick_real(context, sqlite3_value_double(a[0]) + sign * sqlite3_value_double(a[1]), kind)) {
        return;
    }
    number left;
    number right;
    number sum;
    digits_of(&left, a[0]);
    digits_of(&right, a[1]);
    right.negative = sign > 0 || right.count == 0 ? right.negative : !right.negative;
    digits_add(&sum, &left, &right);
    answer_as(context, &sum, kind);
}

static void plus(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    add_or_subtract(context, a, 1);
}

static void minus(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    add_or_subtract(context, a, -1);
}

static void times(sqlite3_context *context, int count, sqlite3_value **a)
{
    int64_t kind = sqlite3_value_int64(a[2]);
    (void)count;
    if (is_integer(a[0]) && is_integer(a[1])) {
        int64_t result;
        int overflow = __builtin_mul_overflow((int64_t)sqlite3_value_int64(a[0]), (int64_t)sqlite3_value_int64(a[1]), &result);
        if (quick_whole(context, overflow, result, kind)) {
            return;
        }
    } else if (is_quick(a) && quick_real(context, sqlite3_value_double(a[0]) * sqlite3_value_double(a[1]), kind)) {
        return;
    }
    number left;
    number right;
    number product;
    digits_of(&left, a[0]);
    digits_of(&right, a[1]);
    digits_multiply(&product, &left, &right);
    answer_as(context, &product, kind);
}

/* Both numbers with one scale, so that sizes can be divided; 0 for a divisor of zero. */
static int read_quotient(number *left, number *right, sqlite3_value **a)
{
    digits_of(left, a[0]);
    digits_of(right, a[1]);
    int scale = left->scale > right->scale ? left->scale : right->scale;
    digits_rescale(left, scale);
    digits_rescale(right, scale);
    return right->count > 0;
}

static void quotient(sqlite3_context *context, int count, sqlite3_value **a)
{
    int64_t kind = sqlite3_value_int64(a[2]);
    (void)count;
    if (is_integer(a[0]) && is_integer(a[1])) {
        int64_t left = sqlite3_value_int64(a[0]);
        int64_t right = sqlite3_value_int64(a[1]);
        if (right == 0) {
            return;
        }
        if (right != -1 && quick_whole(context, 0, left / right, kind)) {
            return;
        }
    }
    number left;
    number right;
    number whole;
    number rest;
    if (!read_quotient(&left, &right, a)) {
        return;
    }
    digits_divide(&whole, &rest, &left, &right);
    whole.negative = whole.count > 0 && left.negative != right.negative;
    answer_whole(context, &whole, kind);
}

/* Computed to whole groups of nine digits and not rounded. */
static void divide(sqlite3_context *context, int count, sqlite3_value **a)
{
    int64_t wanted = sqlite3_value_int64(a[2]);
    int digits = ((wanted < 0 ? 0 : wanted > MOST_DECIMALS ? MOST_DECIMALS : (int)wanted) + WORD - 1) / WORD * WORD;
    number left;
    number right;
    number result;
    number rest;
    (void)count;
    if (!read_quotient(&left, &right, a)) {
        return;
    }
    int shifted = 0;
    for (; shifted < digits && left.count > 0 && left.count < MOST_DIGITS; shifted++) {
        left.digits[left.count++] = 0;
    }
    digits_divide(&result, &rest, &left, &right);
    result.scale = shifted;
    result.negative = result.count > 0 && left.negative != right.negative;
    digits_answer(context, &result);
}

static void remainder_of(sqlite3_context *context, int count, sqlite3_value **a)
{
    number left;
    number right;
    number whole;
    number rest;
    (void)count;
    if (!read_quotient(&left, &right, a)) {
        return;
    }
    digits_divide(&whole, &rest, &left, &right);
    rest.scale = left.scale;
    rest.negative = rest.count > 0 && left.negative;
    digits_answer(context, &rest);
}

static void compare_numbers(sqlite3_context *context, int count, sqlite3_value **a)
{
    int result;
    (void)count;
    if (is_number(a[0]) && is_number(a[1])) {
        /* Reals stand for the shortest decimal, and SQLite's wholes for themselves. */
        double left = sqlite3_value_double(a[0]);
        double right = sqlite3_value_double(a[1]);
        if (left != right) {
            sqlite3_result_int64(context, left < right ? -1 : 1);
            return;
        }
    }
    number left;
    number right;
    digits_of(&left, a[0]);
    digits_of(&right, a[1]);
    result = digits_compare(&left, &right);
    sqlite3_result_int64(context, (result > 0) - (result < 0));
}

static void absolute(sqlite3_context *context, int count, sqlite3_value **a)
{
    number n;
    (void)count;
    digits_of(&n, a[0]);
    n.negative = 0;
    digits_answer(context, &n);
}

static void rounded(sqlite3_context *context, int count, sqlite3_value **a)
{
    int64_t scale = sqlite3_value_int64(a[1]);
    number n;
    (void)count;
    digits_of(&n, a[0]);
    digits_round(&n, scale > MOST_DECIMALS ? MOST_DECIMALS : scale < -3 * MOST_DECIMALS ? -3 * MOST_DECIMALS : (int)scale,
                 (int)sqlite3_value_int64(a[2]));
    digits_answer(context, &n);
}

static void extreme(sqlite3_context *context, int count, sqlite3_value **a, int sign)
{
    number best;
    digits_of(&best, a[0]);
    for (int i = 1; i < count; i++) {
        number next;
        digits_of(&next, a[i]);
        if (digits_compare(&next, &best) * sign > 0) {
            best = next;
        }
    }
    digits_answer(context, &best);
}

static void greatest(sqlite3_context *context, int count, sqlite3_value **a)
{
    extreme(context, count, a, 1);
}

static void least(sqlite3_context *context, int count, sqlite3_value **a)
{
    extreme(context, count, a, -1);
}

/* Text that sorts as numbers do: sign, exponent, digits; of negative numbers all are turned round. */
static void number_key(sqlite3_context *context, int count, sqlite3_value **a)
{
    char key[MOST_DIGITS + 16];
    number n;
    (void)count;
    digits_of(&n, a[0]);
    if (n.count == 0) {
        sqlite3_result_text(context, "1", 1, SQLITE_STATIC);
        return;
    }
    int length = 1 + snprintf(key + 1, 8, "%04d", n.count - n.scale + KEY_BIAS);
    while (n.count > 1 && n.digits[n.count - 1] == 0) {
        n.count--;
    }
    for (int i = 0; i < n.count; i++) {
        key[length++] = (char)('0' + n.digits[i]);
    }
    for (int i = 1; n.negative && i < length; i++) {
        key[i] = (char)('0' + '9' - key[i]);
    }
    key[0] = n.negative ? '0' : '2';
    if (n.negative) {
        key[length++] = '~';
    }
    sqlite3_result_text(context, key, length, SQLITE_TRANSIENT);
}

static void key_number(sqlite3_context *context, int count, sqlite3_value **a)
{
    text key = text_of(a[0]);
    number n = {0, 0, 0, {0}};
    int exponent = 0;
    (void)count;
    n.negative = key.length > 0 && key.bytes[0] == '0';
    size_t end = key.length - (size_t)n.negative;
    for (size_t i = 1; i < end && n.count < MOST_READ; i++) {
        int digit = n.negative ? '9' - key.bytes[i] : key.bytes[i] - '0';
        if (digit < 0 || digit > 9) {
            return;
        }
        if (i <= KEY_EXPONENT_DIGITS) {
            exponent = exponent * 10 + digit;
        } else {
            n.digits[n.count++] = (char)digit;
        }
    }
    if (exponent > KEY_BIAS + MOST_READ || exponent < KEY_BIAS - MOST_READ) {
        return;
    }
    n.scale = n.count == 0 ? 0 : n.count - (exponent - KEY_BIAS);
    for (; n.scale < 0 && n.count < MOST_DIGITS; n.scale++) {
        n.digits[n.count++] = 0;
    }
    digits_answer(context, &n);
}

static void answer_unsigned(sqlite3_context *context, uint64_t bits)
{
    number n;
    if (bits <= (uint64_t)INT64_MAX) {
        sqlite3_result_int64(context, (int64_t)bits);
        return;
    }
    digits_of_whole(&n, 0, bits);
    digits_answer(context, &n);
}

static void bits_of(sqlite3_context *context, int count, sqlite3_value **a)
{
    number n;
    uint64_t size;
    (void)count;
    if (is_integer(a[0])) {
        sqlite3_result_int64(context, sqlite3_value_int64(a[0]));
        return;
    }
    digits_of(&n, a[0]);
    digits_round(&n, 0, 0);
    int known = digits_fit(&n, &size);
    if (n.negative) {
        int small = known && size <= (uint64_t)INT64_MAX + 1;
        sqlite3_result_int64(context, small ? (int64_t)(0 - size) : INT64_MIN);
    } else if (known) {
        sqlite3_result_int64(context, (int64_t)size);
    } else {
        sqlite3_result_int64(context, -1);
    }
}

static void without_sign(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    answer_unsigned(context, (uint64_t)sqlite3_value_int64(a[0]));
}

static void shift(sqlite3_context *context, sqlite3_value **a, int left)
{
    uint64_t bits = (uint64_t)sqlite3_value_int64(a[0]);
    int64_t places = sqlite3_value_int64(a[1]);
    answer_unsigned(context, places < 0 || places > 63 ? 0 : left ? bits << places : bits >> places);
}

static void shift_left(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    shift(context, a, 1);
}

static void shift_right(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    shift(context, a, 0);
}

static void finite_real(sqlite3_context *context, int count, sqlite3_value **a)
{
    double value = sqlite3_value_double(a[0]);
    (void)count;
    if (isinf(value)) {
        sqlite3_result_error(context, "DOUBLE value is out of range in ''", -1);
    } else {
        sqlite3_result_double(context, value);
    }
}

/* With so many digits after the point. */
static void decimal_text(sqlite3_context *context, int count, sqlite3_value **a)
{
    char text[MOST_DIGITS + 40];
    int64_t decimals = sqlite3_value_int64(a[1]);
    int scale = decimals < 0 ? 0 : decimals > MOST_DECIMALS + 8 ? MOST_DECIMALS + 8 : (int)decimals;
    number n;
    (void)count;
    digits_of(&n, a[0]);
    digits_round(&n, scale, 0);
    while (n.scale < scale) {
        if (n.count > 0) {
            n.digits[n.count++] = 0;
        }
        n.scale++;
    }
    result_copy(context, text, (size_t)digits_print(text, &n));
}

const function exact_functions[] = {
    {"mysql_plus", 3, plus},
    {"mysql_minus", 3, minus},
    {"mysql_times", 3, times},
    {"mysql_divide", 3, divide},
    {"mysql_quotient", 3, quotient},
    {"mysql_remainder", 2, remainder_of},
    {"mysql_compare", 2, compare_numbers},
    {"mysql_absolute", 1, absolute},
    {"mysql_rounded", 3, rounded},
    {"mysql_greatest", -1, greatest},
    {"mysql_least", -1, least},
    {"mysql_number_key", 1, number_key},
    {"mysql_key_number", 1, key_number},
    {"mysql_bits", 1, bits_of},
    {"mysql_unsigned", 1, without_sign},
    {"mysql_shift_left", 2, shift_left},
    {"mysql_shift_right", 2, shift_right},
    {"mysql_finite", 1, finite_real},
    {"mysql_decimal_text", 2, decimal_text},
    {NULL, 0, NULL}};
