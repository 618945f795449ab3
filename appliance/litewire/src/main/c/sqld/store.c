/* mysql_store(n, value): what a column makes of a value. Twin: StoredColumn.java. */
#include "statement.h"

#include <string.h>

static const struct {
    const char *base;
    void (*store)(storing *s, sqlite3_value *value);
    const char *zero; /* what is stored when nothing is given; NULL: the number */
} kinds[] = {
    {"tinyint", store_integer, NULL},      {"smallint", store_integer, NULL},
    {"mediumint", store_integer, NULL},    {"int", store_integer, NULL},
    {"bigint", store_integer, NULL},       {"decimal", store_decimal, NULL},
    {"float", store_float, NULL},          {"double", store_double, NULL},
    {"year", store_year, NULL},            {"bit", store_bits, NULL},
    {"date", store_date, "0000-00-00"},    {"time", store_time, "00:00:00"},
    {"datetime", store_datetime, "0000-00-00 00:00:00"},
    {"timestamp", store_timestamp, "0000-00-00 00:00:00"},
    {"enum", store_enum, ""},              {"set", store_set, ""},
    {"binary", store_bytes, ""},           {"varbinary", store_bytes, ""},
    {"tinyblob", store_bytes, ""},         {"blob", store_bytes, ""},
    {"mediumblob", store_bytes, ""},       {"longblob", store_bytes, ""}};

static argument of_text(text t)
{
    return (argument){t.bytes ? t.bytes : (const uint8_t *)"", t.length, 0};
}

static argument of_word(const char *word)
{
    return (argument){(const uint8_t *)word, strlen(word), 0};
}

static argument of_number(int64_t number)
{
    return (argument){NULL, 0, number};
}

static int strict(const storing *s)
{
    return (s->column->rules & RULE_STRICT) != 0;
}

/* An error in strict mode, a warning otherwise. */
static void raise(storing *s, int is_error, const char *code, const argument *arguments, size_t count)
{
    if (is_error) {
        s->failed = 1;
        statement_fail(s->context, code, arguments, count);
    } else if (!s->silent) {
        statement_warn(s->statement, LEVEL_WARNING, code, arguments, count);
    }
}

static void raise_of_row(storing *s, const char *code)
{
    argument arguments[] = {of_text(s->column->name), of_number(statement_row(s->statement))};
    raise(s, strict(s), code, arguments, 2);
}

static void raise_of_value(storing *s, const char *code, const char *kind, text value)
{
    const column *c = s->column;
    argument arguments[] = {of_word(kind),     of_text(value),   of_text(c->database),
                            of_text(c->table), of_text(c->name), of_number(statement_row(s->statement))};
    raise(s, strict(s), code, arguments, 6);
}

void store_out_of_range(storing *s)
{
    raise_of_row(s, "OUT_OF_RANGE");
}

void store_truncated(storing *s)
{
    raise_of_row(s, "DATA_TRUNCATED");
}

void store_rounded(storing *s)
{
    argument arguments[] = {of_text(s->column->name), of_number(statement_row(s->statement))};
    if (!s->silent) {
        statement_warn(s->statement, LEVEL_NOTE, "DATA_TRUNCATED", arguments, 2);
    }
}

void store_too_long(storing *s)
{
    raise_of_row(s, strict(s) ? "DATA_TOO_LONG" : "DATA_TRUNCATED");
}

void store_too_wide(storing *s)
{
    raise_of_row(s, strict(s) ? "DATA_TOO_LONG" : "OUT_OF_RANGE");
}

void store_incorrect(storing *s, const char *kind, text value)
{
    raise_of_value(s, "INCORRECT_VALUE", kind, value);
}

void store_incorrect_moment(storing *s, const char *kind, text value)
{
    if (strict(s)) {
        raise_of_value(s, "TRUNCATED_WRONG_VALUE", kind, value);
    } else {
        store_truncated(s);
    }
}

/* The place in the list of kinds, its length for text. */
static size_t kind_of(const column *c)
{
    size_t kind = 0;
    while (kind < sizeof kinds / sizeof kinds[0]
           && (strlen(kinds[kind].base) != c->base.length || memcmp(kinds[kind].base, c->base.bytes, c->base.length) != 0)) {
        kind++;
    }
    return kind;
}

static void store_nothing(storing *s, size_t kind)
{
    const column *c = s->column;
    if (c->rules & (RULE_NULLABLE | RULE_AUTO_INCREMENT)) {
        return;
    }
    argument arguments[] = {of_text(c->name)};
    raise(s, (c->rules & (RULE_STRICT | RULE_NULL_IS_ERROR)) != 0, "COLUMN_CANNOT_BE_NULL", arguments, 1);
    if (s->failed) {
        return;
    }
    int known = kind < sizeof kinds / sizeof kinds[0];
    if (known && kinds[kind].store == store_enum && c->value_count > 0) {
        result_copy(s->context, c->values[0].bytes, c->values[0].length);
    } else if (known && kinds[kind].store == store_bytes) {
        sqlite3_result_blob64(s->context, "", 0, SQLITE_STATIC);
    } else if (known && !kinds[kind].zero) {
        sqlite3_result_int64(s->context, 0);
    } else {
        const char *zero = known ? kinds[kind].zero : "";
        result_copy(s->context, zero, strlen(zero));
    }
}

static void store_into(sqlite3_context *context, statement *running, sqlite3_value **a, int silent)
{
    storing s = {context, running, statement_column(running, sqlite3_value_int64(a[0])), silent, 0};
    if (!s.column) {
        sqlite3_result_error(context, "litewire: the statement stores into no such column", -1);
        return;
    }
    size_t kind = kind_of(s.column);
    if (sqlite3_value_type(a[1]) == SQLITE_NULL) {
        store_nothing(&s, kind);
    } else if (kind < sizeof kinds / sizeof kinds[0]) {
        kinds[kind].store(&s, a[1]);
    } else {
        store_text(&s, a[1]);
    }
}

static void store(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    (void)count;
    store_into(context, s, a, 0);
}

/* A second look at a value that has warned already. */
static void store_again(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    (void)count;
    store_into(context, s, a, 1);
}

const statement_function store_functions[] = {
    {"mysql_store", 2, 0, 1, store}, {"mysql_store_again", 2, 0, 1, store_again}, {NULL, 0, 0, 0, NULL}};
