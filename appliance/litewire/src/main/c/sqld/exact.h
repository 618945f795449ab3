/* Numbers with all their decimal digits, as BigDecimal has them in StoredNumbers.java. */
#ifndef LITEWIRE_EXACT_H
#define LITEWIRE_EXACT_H

#include "functions.h"

/* More digits decide nothing: no column has as many, and a double is settled by 767 and whether more follow. */
#define EXACT_DIGITS 800

/* 0.d1d2… × 10^point. Zero has no digits and no sign; the last digit is not 0. */
typedef struct {
    int negative;
    int count;
    int rest; /* digits that are not 0 follow those kept */
    int64_t point;
    char digits[EXACT_DIGITS + 1];
} exact;

/* The number the text begins with; gives where it ends, 0 when there is none. */
size_t exact_of_text(text t, exact *e);
void exact_of_integer(int64_t value, exact *e);
void exact_of_real(double value, exact *e);

/* Rounds half up behind so many decimals; gives whether that changed the number. */
int exact_round(exact *e, int64_t decimals);

/* Cuts off what is behind the point. */
void exact_truncate(exact *e);

/* Whether it is a whole number of at most 38 digits, and which. */
int exact_whole(const exact *e, __int128 *whole);

double exact_to_double(const exact *e);

#endif
