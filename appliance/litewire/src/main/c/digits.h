/*
 * Exact numbers. What SQLite cannot hold is kept as bytes, its digits: decimals of more than 15 digits, and whole numbers above
 * 2^63-1 with 20 digits.
 */
#ifndef LITEWIRE_DIGITS_H
#define LITEWIRE_DIGITS_H

#include "functions.h"

#define MOST_DIGITS 1400 /* The product of two doubles written out. */
#define MOST_READ 640
#define MOST_REAL_DIGITS 15
#define LONGEST_PRINTED (MOST_DIGITS + 40)

/* The digits are a whole number, most significant first and without zeros before it, to be divided by 10^scale (>= 0). */
typedef struct {
    int negative;
    int count;
    int scale;
    char digits[MOST_DIGITS];
} number;

void digits_of_whole(number *n, int negative, uint64_t size);

/* A real stands for its shortest decimal, bytes and text for the digits they begin with. */
void digits_of(number *n, sqlite3_value *value);

/* The plain form, as Java's toPlainString; gives its length. */
int digits_print(char *target, const number *n);

/* Whether the whole number has 64 bits at most. */
int digits_fit(const number *n, uint64_t *size);

/* The function's result, in the form equal numbers share. */
void digits_answer(sqlite3_context *context, number *n);

int digits_compare(const number *a, const number *b);

/* Zeros are put behind the number, so that it has this scale. */
void digits_rescale(number *n, int scale);

/* Operands may be rescaled. */
void digits_add(number *sum, number *a, number *b);
void digits_multiply(number *product, const number *a, const number *b);

/* The whole part of a / b, of sizes with one scale, and what remains. */
void digits_divide(number *quotient, number *rest, const number *a, const number *b);

/* 0 rounds half up, 1 cuts off, 2 rounds down, 3 up. */
void digits_round(number *n, int scale, int mode);

#endif
