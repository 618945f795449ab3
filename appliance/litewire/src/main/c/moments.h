/* Dates and times. Twins: Moment.java, Clock.java, Weeks.java. */
#ifndef LITEWIRE_MOMENTS_H
#define LITEWIRE_MOMENTS_H

#include "functions.h"

#define MICROS_PER_SECOND 1000000LL
#define MICROS_PER_DAY (86400 * MICROS_PER_SECOND)
#define LONGEST_MOMENT 48

/* A date and time as MySQL allows it: month and day may be zero. */
typedef struct {
    int year, month, day, hour, minute, second, micros;
} moment;

/* 0 for text that is no date, and for dates that do not exist. */
int moment_parse(text t, moment *m);

/* A time of up to 838 hours, in microseconds; also the time of a date. */
int clock_parse(text t, int64_t *micros);

/* The same without a limit; 1 read, 0 no time in one of its own forms, -1 a time that does not exist. */
int clock_read(text t, int64_t *micros);

/* 838:59:59.999999 */
#define LARGEST_CLOCK (((838LL * 60 + 59) * 60 + 59) * MICROS_PER_SECOND + 999999)

/* Whether the date is in the calendar: month and day are not zero. */
int moment_in_calendar(const moment *m);

int days_of_month(int year, int month);

/* Days since 1970-01-01 in the Gregorian calendar, and back. */
int64_t epoch_day(int year, int month, int day);
void from_epoch_day(int64_t day, moment *m);

/* year * 100 + week in one of MySQL's eight modes; yearly as YEARWEEK, else as WEEK counts, with weeks 0. */
int week_of(const moment *m, int mode, int yearly);

/* Write text without a terminating 0 and give its length. Decimals: 0 to 6 digits after the seconds. */
size_t moment_date(char *target, const moment *m);
size_t moment_datetime(char *target, const moment *m, int decimals);
size_t clock_text(char *target, int64_t micros, int decimals);

/* mysql_date_format(moment, format) */
void date_format(sqlite3_context *context, int count, sqlite3_value **arguments);

int text_is(text t, const char *word);

#endif
