/* Exact numbers, digit by digit. Twins: ExactNumber.java and BigDecimal. */
#include "digits.h"

#include <string.h>

#define UNSIGNED_DIGITS 20

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

void digits_of_whole(number *n, int negative, uint64_t size)
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

void digits_of(number *n, sqlite3_value *value)
{
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: {
        int64_t whole = sqlite3_value_int64(value);
        digits_of_whole(n, whole < 0, whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole);
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
int digits_print(char *target, const number *n)
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
int digits_fit(const number *n, uint64_t *size)
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

void digits_answer(sqlite3_context *context, number *n)
{
    char text[MOST_DIGITS + 40];
    uint64_t size;
    strip(n);
    if (n->scale == 0 && digits_fit(n, &size) && size <= (uint64_t)INT64_MAX + (uint64_t)n->negative) {
        sqlite3_result_int64(context, n->negative ? (int64_t)(0 - size) : (int64_t)size);
        return;
    }
    int padded = n->scale == 0 && !n->negative && n->count < UNSIGNED_DIGITS;
    text[0] = '0';
    int length = digits_print(text + padded, n) + padded;
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

int digits_compare(const number *a, const number *b)
{
    if (a->negative != b->negative) {
        return a->negative ? -1 : 1;
    }
    int size = compare_size(a, b);
    return a->negative ? -size : size;
}

/* Zeros are put behind the number, so that it has this scale. */
void digits_rescale(number *n, int scale)
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

void digits_add(number *sum, number *a, number *b)
{
    int scale = a->scale > b->scale ? a->scale : b->scale;
    digits_rescale(a, scale);
    digits_rescale(b, scale);
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

void digits_multiply(number *product, const number *a, const number *b)
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
void digits_divide(number *quotient, number *rest, const number *a, const number *b)
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
void digits_round(number *n, int scale, int mode)
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
