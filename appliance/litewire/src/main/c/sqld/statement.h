/*
 * What functions may know of the MySQL statement that calls them. In Java a thread-local carries it; here the connection
 * does: litewire sends it before the statement, in the same batch, and asks afterwards what there is to warn of.
 */
#ifndef LITEWIRE_STATEMENT_H
#define LITEWIRE_STATEMENT_H

#include "functions.h"

enum { LEVEL_NOTE = 0, LEVEL_WARNING = 1 };

/* Rules of a column, as StatementFacts.java sets them. */
enum {
    RULE_UNSIGNED = 1,
    RULE_NULLABLE = 2,
    RULE_AUTO_INCREMENT = 4,
    RULE_STRICT = 8,
    RULE_NULL_IS_ERROR = 16,
    RULE_ZERO_IS_VALUE = 32,
    RULE_NO_ZERO_DATE = 64,
    RULE_NO_ZERO_IN_DATE = 128
};

/* A column that receives values; twin of StoredColumn.java. */
typedef struct {
    text database, table, name, base;
    int64_t length, scale; /* as MySqlType has them: -1 when not given */
    int64_t limit;         /* characters, or bytes, that fit */
    int64_t rules;
    const text *values; /* of ENUM and SET */
    int64_t value_count;
} column;

typedef struct statement statement;

typedef struct {
    const char *name;
    int arguments; /* -1: any number */
    int flags;     /* SQLITE_DETERMINISTIC or 0 */
    int takes_null;
    void (*body)(sqlite3_context *context, statement *s, int count, sqlite3_value **arguments);
} statement_function;

extern const statement_function store_functions[];
extern const statement_function session_functions[];
extern const statement_function reading_functions[];

int install_statement_functions(sqlite3 *db);

/* NULL when there is no such column. */
const column *statement_column(const statement *s, int64_t number);
int64_t statement_row(const statement *s);

/* LAST_INSERT_ID(n) */
void statement_assign_id(statement *s, int64_t id);

/* Seconds between UTC and the session's zone, for a time that is local or in UTC. */
int64_t statement_offset(const statement *s, int64_t seconds, int local);

/*
 * An argument of a message: text, or a number when text is NULL. SqlErrorCode.java has the words; its constant is named
 * here.
 */
typedef struct {
    const uint8_t *text;
    size_t length;
    int64_t number;
} argument;

void statement_warn(statement *s, int level, const char *code, const argument *arguments, size_t count);
void statement_fail(sqlite3_context *context, const char *code, const argument *arguments, size_t count);

/* Of store.c, for the kinds of values. */
typedef struct {
    sqlite3_context *context;
    statement *statement;
    const column *column;
    int silent; /* the same value has warned before */
    int failed; /* an error has been set; the result does not matter */
} storing;

void store_out_of_range(storing *s);
void store_truncated(storing *s);
void store_rounded(storing *s);
void store_too_long(storing *s);
void store_too_wide(storing *s);
void store_incorrect(storing *s, const char *kind, text value);
void store_incorrect_moment(storing *s, const char *kind, text value);

void store_integer(storing *s, sqlite3_value *value);
void store_decimal(storing *s, sqlite3_value *value);
void store_double(storing *s, sqlite3_value *value);
void store_float(storing *s, sqlite3_value *value);
void store_year(storing *s, sqlite3_value *value);
void store_bits(storing *s, sqlite3_value *value);
void store_date(storing *s, sqlite3_value *value);
void store_time(storing *s, sqlite3_value *value);
void store_datetime(storing *s, sqlite3_value *value);
void store_timestamp(storing *s, sqlite3_value *value);
void store_text(storing *s, sqlite3_value *value);
void store_bytes(storing *s, sqlite3_value *value);
void store_enum(storing *s, sqlite3_value *value);
void store_set(storing *s, sqlite3_value *value);

/* Text of any value as MySQL prints it; for reals it is put into the buffer. */
text printed(sqlite3_value *value, char *buffer);

#endif
