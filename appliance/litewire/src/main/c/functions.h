/* SQL functions in C. Each has a twin in Java (package dialect) that computes the same; FunctionsTest compares them. */
#ifndef LITEWIRE_FUNCTIONS_H
#define LITEWIRE_FUNCTIONS_H

#include "litewire.h"

/* MySQL answers NULL for results above max_allowed_packet. */
#define LONGEST_RESULT 16777216

/* A function of its arguments alone that is NULL when one of them is; it is not called then. */
typedef struct {
    const char *name;
    int arguments; /* -1: any number */
    void (*body)(sqlite3_context *context, int count, sqlite3_value **arguments);
} function;

extern const function text_functions[];
extern const function number_functions[];
extern const function exact_functions[];

/* SUM and AVG of exact numbers; their names end with NULL. */
extern const char *const exact_aggregates[];
int install_exact_aggregates(sqlite3 *db);

extern const function moment_functions[];
extern const function encoding_functions[];

/* UTF-8 that belongs to an argument. */
typedef struct {
    const uint8_t *bytes;
    size_t length;
} text;

text text_of(sqlite3_value *value);

/* Bytes of the character at the beginning; a byte that begins none counts as one character. */
size_t character_length(text t);

/* Characters of the text, and how many UTF-16 units they take in Java. */
int64_t character_count(text t);
int64_t utf16_length(text t);

/* Whether the texts are equal but for small and capital letters, as Java's equalsIgnoreCase has it. */
int same_letters(text a, text b);

/* Nothing but white space, as Java's isBlank has it. */
int is_blank(text t);

void result_copy(sqlite3_context *context, const void *bytes, size_t length);

/* A number with its shortest exact digits: 0.d1d2… × 10^exponent. Zero has no digits. */
typedef struct {
    int negative;
    int count;
    int exponent;
    char digits[32];
} decimal;

decimal shortest(double value);

/* Room for what print writes. */
#define LONGEST_NUMBER_TEXT 64

/* Writes the number as MySQL prints doubles, without a terminating 0; gives the length. */
size_t print_number(char *target, double value);

/* Half up, in decimal digits. */
double round_number(double value, int64_t decimals);

/* As printed in the C locale; the process may have another one. */
double to_double(const char *number);

/* The double at the beginning of the text, 0 when there is none. */
double leading_double(text t);

#endif
