/* SUM and AVG of exact numbers. Twin: Aggregators.java. */
#include "digits.h"

#define AVERAGE_DECIMALS 27

/* A sum in progress: whole numbers in 128 bits, which SQLite's memory is not aligned for, and the others. */
typedef struct {
    int64_t count;
    int64_t high;
    uint64_t low;
    number rest;
} total;

static void add_whole(total *t, int64_t value, int sign)
{
    __int128 sum = (__int128)((unsigned __int128)(uint64_t)t->high << 64 | t->low) + (__int128)sign * value;
    t->high = (int64_t)(sum >> 64);
    t->low = (uint64_t)sum;
}

static void add_to_total(sqlite3_context *context, sqlite3_value *value, int sign)
{
    total *t = sqlite3_aggregate_context(context, sizeof(total));
    if (!t || sqlite3_value_type(value) == SQLITE_NULL) {
        return;
    }
    t->count += sign;
    if (sqlite3_value_type(value) == SQLITE_INTEGER) {
        add_whole(t, sqlite3_value_int64(value), sign);
        return;
    }
    number before = t->rest;
    number next;
    digits_of(&next, value);
    next.negative = next.count > 0 && (next.negative ^ (sign < 0));
    digits_add(&t->rest, &before, &next);
}

static void total_step(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    add_to_total(context, a[0], 1);
}

static void total_inverse(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    add_to_total(context, a[0], -1);
}

static void read_total(number *sum, const total *t)
{
    __int128 whole = (__int128)((unsigned __int128)(uint64_t)t->high << 64 | t->low);
    unsigned __int128 size = whole < 0 ? 0 - (unsigned __int128)whole : (unsigned __int128)whole;
    number of_wholes = {whole < 0, 0, 0, {0}};
    char reversed[48];
    int digits = 0;
    for (; size > 0; size /= 10) {
        reversed[digits++] = (char)(size % 10);
    }
    while (digits > 0) {
        of_wholes.digits[of_wholes.count++] = reversed[--digits];
    }
    number rest = t->rest;
    digits_add(sum, &of_wholes, &rest);
}

static void sum_value(sqlite3_context *context)
{
    total *t = sqlite3_aggregate_context(context, 0);
    number sum;
    if (t && t->count > 0) {
        read_total(&sum, t);
        digits_answer(context, &sum);
    }
}

static void average_value(sqlite3_context *context)
{
    total *t = sqlite3_aggregate_context(context, 0);
    number sum;
    number count;
    number average;
    number rest;
    if (!t || t->count <= 0) {
        return;
    }
    read_total(&sum, t);
    digits_of_whole(&count, 0, (uint64_t)t->count);
    digits_rescale(&count, sum.scale);
    int negative = sum.negative;
    for (int i = 0; i < AVERAGE_DECIMALS && sum.count > 0 && sum.count < MOST_DIGITS; i++) {
        sum.digits[sum.count++] = 0;
    }
    digits_divide(&average, &rest, &sum, &count);
    average.scale = AVERAGE_DECIMALS;
    average.negative = average.count > 0 && negative;
    digits_answer(context, &average);
}

const char *const exact_aggregates[] = {"mysql_sum", "mysql_avg", NULL};

int install_exact_aggregates(sqlite3 *db)
{
    int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS;
    int rc = sqlite3_create_window_function(db, "mysql_sum", 1, flags, NULL, total_step, sum_value, sum_value,
                                            total_inverse, NULL);
    return rc != SQLITE_OK ? rc
                           : sqlite3_create_window_function(db, "mysql_avg", 1, flags, NULL, total_step, average_value,
                                                            average_value, total_inverse, NULL);
}
