/*
 * Arithmetic with exact numbers. What SQLite cannot hold is kept as bytes, its digits: decimals of more than 15 digits, and
 * whole numbers above 2^63-1 with 20 digits. Twins: ExactNumber.java, ExactBodies.java.
 */
#include "functions.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 1400 /* The product of two doubles written out. */
#define MOST_READ 640
#define MOST_REAL_DIGITS 15
#define UNSIGNED_DIGITS 20
#define MOST_DECIMALS 30
#define WORD 9
#define KEY_BIAS 500
#define KEY_EXPONENT_DIGITS 4
#define LARGEST_QUICK 1e14

enum { SIGNED = -1, UNSIGNED = -2 };

/* The digits are a whole number, most significant first and without zeros before it, to be divided by 10^scale (>= 0). */
typedef struct {
    int negative;
    int count;
    int scale;
    char digits[MOST_DIGITS];
} number;

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static void without_first_zeros(number *n)
{
    int zeros = 0;
    while (zeros < n->count && n->digits[zeros] == 0) {
        zeros++;
    }
    n->count -= zeros;
    memmove(n->digits, n->digits + zeros, (size_t)n->count);
    if (n->count == 0) {
        n->negative = 0;
    }
}

static void read_whole(number *n, int negative, uint64_t size)
{
    char reversed[24];
    int count = 0;
    for (; size > 0; size /= 10) {
        reversed[count++] = (char)(size % 10);
    }
    n->negative = negative;
    n->scale = 0;
    n->count = 0;
    while (count > 0) {
        n->digits[n->count++] = reversed[--count];
    }
}

static void read_real(number *n, double value)
{
    decimal d = shortest(value);
    n->negative = d.negative && d.count > 0;
    n->count = 0;
    for (int i = 0; i < d.count; i++) {
        n->digits[n->count++] = (char)(d.digits[i] - '0');
    }
    n->scale = d.count == 0 ? 0 : d.count - d.exponent;
    for (; n->scale < 0 && n->count < MOST_READ; n->scale++) {
        n->digits[n->count++] = 0;
    }
}

static void read_text(number *n, text t)
{
    size_t at = 0;
    int point = 0;
    while (at < t.length && (t.bytes[at] == ' ' || (t.bytes[at] >= '\t' && t.bytes[at] <= '\r'))) {
        at++;
    }
    n->negative = at < t.length && t.bytes[at] == '-';
    n->count = 0;
    n->scale = 0;
    at += at < t.length && (t.bytes[at] == '-' || t.bytes[at] == '+');
    for (; at < t.length && n->count < MOST_READ && n->scale < MOST_READ; at++) {
        if (t.bytes[at] == '.' && !point) {
            point = 1;
        } else if (t.bytes[at] >= '0' && t.bytes[at] <= '9') {
            if (n->count > 0 || t.bytes[at] != '0') {
                n->digits[n->count++] = (char)(t.bytes[at] - '0');
            }
            n->scale += point;
        } else {
            break;
        }
    }
    n->negative &= n->count > 0;
}

static void read_number(number *n, sqlite3_value *value)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: {
        int64_t whole = sqlite3_value_int64(value);
        read_whole(n, whole < 0, whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole);
        break;
    }
    case SQLITE_FLOAT:
        read_real(n, sqlite3_value_double(value));
        break;
    default:
        read_text(n, text_of(value));
    }
}

static void strip(number *n)
{
    while (n->scale > 0 && n->count > 0 && n->digits[n->count - 1] == 0) {
        n->count--;
        n->scale--;
    }
    if (n->count == 0) {
        n->scale = 0;
        n->negative = 0;
    }
}

/* The plain form, as Java's toPlainString. */
static int print(char *target, const number *n)
{
    char *at = target;
    if (n->negative) {
        *at++ = '-';
    }
    if (n->count <= n->scale) {
        *at++ = '0';
    }
    for (int i = 0; i < n->count - n->scale; i++) {
        *at++ = (char)('0' + n->digits[i]);
    }
    if (n->scale > 0) {
        *at++ = '.';
        for (int i = n->count; i < n->scale; i++) {
            *at++ = '0';
        }
        for (int i = n->count > n->scale ? n->count - n->scale : 0; i < n->count; i++) {
            *at++ = (char)('0' + n->digits[i]);
        }
    }
    return (int)(at - target);
}

/* Whether the whole number has 64 bits at most. */
static int fits(const number *n, uint64_t *size)
{
    *size = 0;
    if (n->count > UNSIGNED_DIGITS) {
        return 0;
    }
    for (int i = 0; i < n->count; i++) {
        if (__builtin_mul_overflow(*size, 10, size) || __builtin_add_overflow(*size, (uint64_t)n->digits[i], size)) {
            return 0;
        }
    }
    return 1;
}

static void answer(sqlite3_context *context, number *n)
{
    char text[MOST_DIGITS + 40];
    uint64_t size;
    strip(n);
    if (n->scale == 0 && fits(n, &size) && size <= (uint64_t)INT64_MAX + (uint64_t)n->negative) {
        sqlite3_result_int64(context, n->negative ? (int64_t)(0 - size) : (int64_t)size);
        return;
    }
    int padded = n->scale == 0 && !n->negative && n->count < UNSIGNED_DIGITS;
    text[0] = '0';
    int length = print(text + padded, n) + padded;
    if (n->scale > 0 && n->count <= MOST_REAL_DIGITS) {
        text[length] = 0;
        sqlite3_result_double(context, to_double(text));
        return;
    }
    sqlite3_result_blob(context, text, length, SQLITE_TRANSIENT);
}

static int compare_size(const number *a, const number *b)
{
    int whole = (a->count - a->scale) - (b->count - b->scale);
    if (a->count == 0 || b->count == 0) {
        return (a->count > 0) - (b->count > 0);
    }
    if (whole != 0) {
        return whole;
    }
    for (int i = 0; i < a->count || i < b->count; i++) {
        int difference = (i < a->count ? a->digits[i] : 0) - (i < b->count ? b->digits[i] : 0);
        if (difference != 0) {
            return difference;
        }
    }
    return 0;
}

static int compare(const number *a, const number *b)
{
    if (a->negative != b->negative) {
        return a->negative ? -1 : 1;
    }
    int size = compare_size(a, b);
    return a->negative ? -size : size;
}

/* Zeros are put behind the number, so that it has this scale. */
static void rescale(number *n, int scale)
{
    while (n->scale < scale && n->count < MOST_DIGITS) {
        n->digits[n->count++] = 0;
        n->scale++;
    }
    without_first_zeros(n);
}

/* The sum, or the difference, of sizes; in a difference a is not smaller. Both have one scale. */
static void add_sizes(number *sum, const number *a, const number *b, int sign)
{
    int count = (a->count > b->count ? a->count : b->count) + 1;
    int carry = 0;
    sum->count = count;
    sum->scale = a->scale;
    for (int i = 1; i <= count; i++) {
        int left = i <= a->count ? a->digits[a->count - i] : 0;
        int right = i <= b->count ? b->digits[b->count - i] : 0;
        int digit = left + sign * right + carry;
        carry = digit > 9 ? 1 : digit < 0 ? -1 : 0;
        sum->digits[count - i] = (char)(digit - 10 * carry);
    }
    without_first_zeros(sum);
}

static void add(number *sum, number *a, number *b)
{
    int scale = a->scale > b->scale ? a->scale : b->scale;
    rescale(a, scale);
    rescale(b, scale);
    sum->scale = scale;
    if (a->negative == b->negative) {
        sum->negative = a->negative;
        add_sizes(sum, a, b, 1);
    } else if (compare_size(a, b) >= 0) {
        sum->negative = a->negative;
        add_sizes(sum, a, b, -1);
    } else {
        sum->negative = b->negative;
        add_sizes(sum, b, a, -1);
    }
}

static void multiply(number *product, const number *a, const number *b)
{
    static const number zero;
    int count = a->count + b->count;
    if (a->count == 0 || b->count == 0 || count > MOST_DIGITS) {
        *product = zero;
        return;
    }
    int sums[MOST_DIGITS];
    memset(sums, 0, sizeof(int) * (size_t)count);
    for (int i = 0; i < a->count; i++) {
        for (int j = 0; j < b->count; j++) {
            sums[i + j + 1] += a->digits[i] * b->digits[j];
        }
    }
    for (int i = count - 1; i > 0; i--) {
        sums[i - 1] += sums[i] / 10;
        product->digits[i] = (char)(sums[i] % 10);
    }
    product->digits[0] = (char)sums[0];
    product->count = count;
    product->scale = a->scale + b->scale;
    product->negative = a->negative != b->negative;
    without_first_zeros(product);
}

/* The whole part of a / b, of sizes with one scale, and what remains. */
static void divide_sizes(number *quotient, number *rest, const number *a, const number *b)
{
    quotient->count = 0;
    quotient->scale = 0;
    rest->count = 0;
    rest->scale = a->scale;
    rest->negative = 0;
    for (int i = 0; i < a->count; i++) {
        char digit = 0;
        rest->digits[rest->count++] = a->digits[i];
        without_first_zeros(rest);
        while (rest->count > b->count
               || (rest->count == b->count && memcmp(rest->digits, b->digits, (size_t)b->count) >= 0)) {
            number before = *rest;
            add_sizes(rest, &before, b, -1);
            digit++;
        }
        quotient->digits[quotient->count++] = digit;
    }
    without_first_zeros(quotient);
}

/* 0 rounds half up, 1 cuts off, 2 rounds down, 3 up. */
static void round_off(number *n, int scale, int mode)
{
    if (scale >= n->scale) {
        return;
    }
    int kept = n->count - (n->scale - scale);
    int up = 0;
    for (int i = kept > 0 ? kept : 0; i < n->count; i++) {
        up |= n->digits[i] != 0;
    }
    up = mode == 0   ? kept >= 0 && kept < n->count && n->digits[kept] >= 5
         : mode == 1 ? 0
                     : up && n->negative == (mode == 2);
    n->count = kept > 0 ? kept : 0;
    n->scale = scale;
    if (up) {
        int at = n->count - 1;
        while (at >= 0 && n->digits[at] == 9) {
            n->digits[at--] = 0;
        }
        if (at >= 0) {
            n->digits[at]++;
        } else {
            memmove(n->digits + 1, n->digits, (size_t)n->count);
            n->digits[0] = 1;
            n->count++;
        }
    }
    for (; n->scale < 0; n->scale++) {
        n->digits[n->count++] = 0;
    }
    without_first_zeros(n);
}

static void out_of_range(sqlite3_context *context, int64_t kind)
{
    sqlite3_result_error(context,
                         kind == SIGNED ? "BIGINT value is out of range in ''" : "BIGINT UNSIGNED value is out of range in ''",
                         -1);
}

static void answer_whole(sqlite3_context *context, number *n, int64_t kind)
{
    uint64_t size;
    int good = fits(n, &size);
    good &= kind == SIGNED ? size <= (uint64_t)INT64_MAX + (uint64_t)n->negative : !n->negative;
    if (good) {
        answer(context, n);
    } else {
        out_of_range(context, kind);
    }
}

static void answer_as(sqlite3_context *context, number *n, int64_t kind)
{
    if (kind >= 0) {
        round_off(n, kind > MOST_DECIMALS ? MOST_DECIMALS : (int)kind, 0);
        answer(context, n);
    } else {
        round_off(n, 0, 1);
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
    read_number(&left, a[0]);
    read_number(&right, a[1]);
    right.negative = sign > 0 || right.count == 0 ? right.negative : !right.negative;
    add(&sum, &left, &right);
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
    read_number(&left, a[0]);
    read_number(&right, a[1]);
    multiply(&product, &left, &right);
    answer_as(context, &product, kind);
}

/* Both numbers with one scale, so that sizes can be divided; 0 for a divisor of zero. */
static int read_quotient(number *left, number *right, sqlite3_value **a)
{
    read_number(left, a[0]);
    read_number(right, a[1]);
    int scale = left->scale > right->scale ? left->scale : right->scale;
    rescale(left, scale);
    rescale(right, scale);
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
    divide_sizes(&whole, &rest, &left, &right);
    whole.negative = whole.count > 0 && left.negative != right.negative;
    answer_whole(context, &whole, kind);
}

/* Computed to whole groups of nine digits and not rounded. */
static void divide(sqlite3_context *context, int count, sqlite3_value **a)
{
    int digits = ((int)sqlite3_value_int64(a[2]) + WORD - 1) / WORD * WORD;
    number left;
    number right;
    number result;
    number rest;
    (void)count;
    if (!read_quotient(&left, &right, a)) {
        return;
    }
    for (int i = 0; i < digits && left.count > 0 && left.count < MOST_DIGITS; i++) {
        left.digits[left.count++] = 0;
    }
    divide_sizes(&result, &rest, &left, &right);
    result.scale = digits;
    result.negative = result.count > 0 && left.negative != right.negative;
    answer(context, &result);
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
    divide_sizes(&whole, &rest, &left, &right);
    rest.scale = left.scale;
    rest.negative = rest.count > 0 && left.negative;
    answer(context, &rest);
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
    read_number(&left, a[0]);
    read_number(&right, a[1]);
    result = compare(&left, &right);
    sqlite3_result_int64(context, (result > 0) - (result < 0));
}

static void absolute(sqlite3_context *context, int count, sqlite3_value **a)
{
    number n;
    (void)count;
    read_number(&n, a[0]);
    n.negative = 0;
    answer(context, &n);
}

static void rounded(sqlite3_context *context, int count, sqlite3_value **a)
{
    int64_t scale = sqlite3_value_int64(a[1]);
    number n;
    (void)count;
    read_number(&n, a[0]);
    round_off(&n, scale > MOST_DECIMALS ? MOST_DECIMALS : scale < -3 * MOST_DECIMALS ? -3 * MOST_DECIMALS : (int)scale,
                 (int)sqlite3_value_int64(a[2]));
    answer(context, &n);
}

static void extreme(sqlite3_context *context, int count, sqlite3_value **a, int sign)
{
    number best;
    read_number(&best, a[0]);
    for (int i = 1; i < count; i++) {
        number next;
        read_number(&next, a[i]);
        if (compare(&next, &best) * sign > 0) {
            best = next;
        }
    }
    answer(context, &best);
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
    read_number(&n, a[0]);
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
        if (i <= KEY_EXPONENT_DIGITS) {
            exponent = exponent * 10 + digit;
        } else {
            n.digits[n.count++] = (char)digit;
        }
    }
    n.scale = n.count == 0 ? 0 : n.count - (exponent - KEY_BIAS);
    for (; n.scale < 0 && n.count < MOST_READ; n.scale++) {
        n.digits[n.count++] = 0;
    }
    answer(context, &n);
}

static void answer_unsigned(sqlite3_context *context, uint64_t bits)
{
    number n;
    if (bits <= (uint64_t)INT64_MAX) {
        sqlite3_result_int64(context, (int64_t)bits);
        return;
    }
    read_whole(&n, 0, bits);
    answer(context, &n);
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
    read_number(&n, a[0]);
    round_off(&n, 0, 0);
    int known = fits(&n, &size);
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
    read_number(&n, a[0]);
    round_off(&n, scale, 0);
    while (n.scale < scale) {
        if (n.count > 0) {
            n.digits[n.count++] = 0;
        }
        n.scale++;
    }
    result_copy(context, text, (size_t)print(text, &n));
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
