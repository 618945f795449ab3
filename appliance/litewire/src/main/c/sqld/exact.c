/* Numbers with all their decimal digits. Twins: NumberText.java and BigDecimal. */
#include "exact.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* As NumberText.java: larger exponents are as good as this one. */
#define LARGEST_EXPONENT 1000

static int digit(text t, size_t at)
{
    return at < t.length && t.bytes[at] >= '0' && t.bytes[at] <= '9';
}

static void normalise(exact *e)
{
    while (e->count > 0 && e->digits[e->count - 1] == '0' && !e->rest) {
        e->count--;
    }
    if (e->count == 0) {
        e->negative = 0;
        e->point = 0;
    }
}

static void add_digit(exact *e, char c, int before_point)
{
    if (e->count == 0 && c == '0') {
        e->point -= !before_point;
        return;
    }
    e->point += before_point;
    if (e->count < EXACT_DIGITS) {
        e->digits[e->count++] = c;
    } else {
        e->rest |= c != '0';
    }
}

static size_t read_exponent(text t, size_t at, int64_t *exponent)
{
    *exponent = 0;
    if (at >= t.length || (t.bytes[at] != 'e' && t.bytes[at] != 'E')) {
        return at;
    }
    int sign = at + 1 < t.length && (t.bytes[at + 1] == '+' || t.bytes[at + 1] == '-');
    size_t end = at + 1 + (size_t)sign;
    if (!digit(t, end)) {
        return at;
    }
    for (; digit(t, end); end++) {
        *exponent = *exponent > LARGEST_EXPONENT ? *exponent : *exponent * 10 + (t.bytes[end] - '0');
    }
    *exponent = *exponent > LARGEST_EXPONENT ? LARGEST_EXPONENT : *exponent;
    *exponent = sign && t.bytes[at + 1] == '-' ? -*exponent : *exponent;
    return end;
}

size_t exact_of_text(text t, exact *e)
{
    size_t at = 0;
    int digits = 0;
    int64_t exponent;
    memset(e, 0, offsetof(exact, digits));
    while (at < t.length && (t.bytes[at] == ' ' || (t.bytes[at] >= '\t' && t.bytes[at] <= '\r'))) {
        at++;
    }
    if (at < t.length && (t.bytes[at] == '+' || t.bytes[at] == '-')) {
        e->negative = t.bytes[at++] == '-';
    }
    for (; digit(t, at); at++) {
        add_digit(e, (char)t.bytes[at], 1);
        digits = 1;
    }
    if (at < t.length && t.bytes[at] == '.' && (digits || digit(t, at + 1))) {
        for (at++; digit(t, at); at++) {
            add_digit(e, (char)t.bytes[at], 0);
            digits = 1;
        }
    }
    if (!digits) {
        normalise(e);
        return 0;
    }
    at = read_exponent(t, at, &exponent);
    e->point += exponent;
    normalise(e);
    return at;
}

void exact_of_integer(int64_t value, exact *e)
{
    memset(e, 0, offsetof(exact, digits));
    int length = snprintf(e->digits, sizeof e->digits, "%llu",
                          value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value);
    e->negative = value < 0;
    e->count = value == 0 ? 0 : length;
    e->point = e->count;
    normalise(e);
}

void exact_of_real(double value, exact *e)
{
    decimal d = shortest(value);
    memset(e, 0, offsetof(exact, digits));
    e->negative = d.negative;
    e->count = d.count;
    e->point = d.exponent;
    memcpy(e->digits, d.digits, (size_t)d.count);
    normalise(e);
}

int exact_round(exact *e, int64_t decimals)
{
    int64_t kept = e->point + decimals;
    if (e->count == 0 || kept >= e->count) {
        return 0;
    }
    int up = kept >= 0 && e->digits[kept] >= '5';
    int at = kept > 0 ? (int)kept : 0;
    e->count = at;
    e->rest = 0;
    while (up && at > 0 && e->digits[at - 1] == '9') {
        e->digits[--at] = '0';
    }
    if (up && at > 0) {
        e->digits[at - 1]++;
    } else if (up) {
        e->digits[0] = '1';
        e->count = 1;
        e->point++;
    }
    normalise(e);
    return 1;
}

void exact_truncate(exact *e)
{
    if (e->point < e->count) {
        e->count = e->point > 0 ? (int)e->point : 0;
        e->rest = 0;
    }
    normalise(e);
}

int exact_whole(const exact *e, __int128 *whole)
{
    *whole = 0;
    if (e->rest || e->count > e->point || e->point > 38) {
        return e->count == 0;
    }
    for (int i = 0; i < e->point; i++) {
        *whole = *whole * 10 + (i < e->count ? e->digits[i] - '0' : 0);
    }
    *whole = e->negative ? -*whole : *whole;
    return 1;
}

double exact_to_double(const exact *e)
{
    char number[EXACT_DIGITS + 60];
    if (e->count == 0) {
        return 0;
    }
    snprintf(number, sizeof number, "%s0.%.*s%se%lld", e->negative ? "-" : "", e->count, e->digits, e->rest ? "1" : "",
             (long long)e->point);
    return to_double(number);
}
