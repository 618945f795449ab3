/* Facts of a statement, its warnings and its errors. Twins: RunningStatement.java; StatementFacts.java writes and reads. */
#include "statement.h"

#include <stdio.h>
#include <string.h>

#define LONGEST_FACTS (4 * 1024 * 1024)
#define MOST_WARNINGS 64
#define LONGEST_WARNINGS 65536
#define LONGEST_MESSAGE_ARGUMENT 1024

typedef struct {
    int64_t at, offset;
} transition;

struct statement {
    uint8_t *facts;
    column *columns;
    text *values;
    transition *transitions;
    int64_t column_count, transition_count;
    int64_t first_offset, row, assigned_id, warning_count;
    int assigned;
    int kept;
    size_t used;
    char *warnings; /* LONGEST_WARNINGS bytes as soon as there is one */
};

static void forget(statement *s)
{
    sqlite3_free(s->facts);
    sqlite3_free(s->columns);
    sqlite3_free(s->values);
    sqlite3_free(s->transitions);
    sqlite3_free(s->warnings);
    s->warnings = NULL;
    s->facts = NULL;
    s->columns = NULL;
    s->values = NULL;
    s->transitions = NULL;
    s->column_count = s->transition_count = s->first_offset = s->assigned_id = s->warning_count = 0;
    s->row = 1;
    s->assigned = s->kept = 0;
    s->used = 0;
}

/* Fields are <length>:<bytes>. 0 at the end or when there is none. */
static int next_field(text *rest, text *field)
{
    size_t length = 0;
    size_t at = 0;
    while (at < rest->length && at < 9 && rest->bytes[at] >= '0' && rest->bytes[at] <= '9') {
        length = length * 10 + (rest->bytes[at++] - '0');
    }
    if (at == 0 || at >= rest->length || rest->bytes[at] != ':' || length > rest->length - at - 1) {
        return 0;
    }
    field->bytes = rest->bytes + at + 1;
    field->length = length;
    rest->bytes += at + 1 + length;
    rest->length -= at + 1 + length;
    return 1;
}

static int next_number(text *rest, int64_t *number)
{
    text field;
    if (!next_field(rest, &field) || field.length == 0 || field.length > 18) {
        return 0;
    }
    int negative = field.bytes[0] == '-';
    *number = 0;
    for (size_t i = (size_t)negative; i < field.length; i++) {
        if (field.bytes[i] < '0' || field.bytes[i] > '9') {
            return 0;
        }
        *number = *number * 10 + (field.bytes[i] - '0');
    }
    *number = negative ? -*number : *number;
    return 1;
}

/* A count of things that take a field each at least, so that no more is allocated than was sent. */
static int next_count(text *rest, int64_t *count)
{
    return next_number(rest, count) && *count >= 0 && (size_t)*count <= rest->length;
}

static int read_zone(statement *s, text *rest)
{
    if (!next_number(rest, &s->first_offset) || !next_count(rest, &s->transition_count)) {
        return 0;
    }
    s->transitions = sqlite3_malloc64((sqlite3_uint64)(s->transition_count + 1) * sizeof *s->transitions);
    for (int64_t i = 0; s->transitions && i < s->transition_count; i++) {
        if (!next_number(rest, &s->transitions[i].at) || !next_number(rest, &s->transitions[i].offset)) {
            return 0;
        }
    }
    return s->transitions != NULL;
}

static int read_column(column *c, text *rest)
{
    return next_field(rest, &c->database) && next_field(rest, &c->table) && next_field(rest, &c->name)
        && next_field(rest, &c->base) && next_number(rest, &c->length) && next_number(rest, &c->scale)
        && next_number(rest, &c->limit) && next_number(rest, &c->rules) && next_count(rest, &c->value_count);
}

static int read_columns(statement *s, text *rest)
{
    int64_t values;
    if (!next_count(rest, &s->column_count) || !next_count(rest, &values)) {
        return 0;
    }
    s->columns = sqlite3_malloc64((sqlite3_uint64)(s->column_count + 1) * sizeof *s->columns);
    s->values = sqlite3_malloc64((sqlite3_uint64)(values + 1) * sizeof *s->values);
    if (!s->columns || !s->values) {
        return 0;
    }
    int64_t used = 0;
    for (int64_t i = 0; i < s->column_count; i++) {
        column *c = &s->columns[i];
        if (!read_column(c, rest) || c->value_count > values - used) {
            return 0;
        }
        c->values = s->values + used;
        for (int64_t v = 0; v < c->value_count; v++) {
            if (!next_field(rest, &s->values[used++])) {
                return 0;
            }
        }
    }
    return 1;
}

/* mysql_statement(facts): begins a statement. */
static void begin(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    (void)count;
    forget(s);
    size_t length = (size_t)sqlite3_value_bytes(a[0]);
    const void *given = sqlite3_value_blob(a[0]);
    s->facts = length <= LONGEST_FACTS ? sqlite3_malloc64(length + 1) : NULL;
    if (!s->facts) {
        sqlite3_result_error_toobig(context);
        return;
    }
    memcpy(s->facts, given ? given : "", given ? length : 0);
    text rest = {s->facts, given ? length : 0};
    if (!next_number(&rest, &s->row) || !read_zone(s, &rest) || !read_columns(s, &rest)) {
        forget(s);
        sqlite3_result_error(context, "litewire: a statement's facts cannot be read", -1);
    }
}

/* mysql_warnings(): how many, what LAST_INSERT_ID(n) assigned, and the first of them; forgets the statement. */
static void end(sqlite3_context *context, statement *s, int count, sqlite3_value **a)
{
    (void)count;
    (void)a;
    char *result = sqlite3_malloc64(s->used + 100);
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    char numbers[2][24];
    int lengths[2] = {snprintf(numbers[0], sizeof numbers[0], "%lld", (long long)s->warning_count),
                      s->assigned ? snprintf(numbers[1], sizeof numbers[1], "%lld", (long long)s->assigned_id) : 0};
    size_t size = 0;
    for (int i = 0; i < 2; i++) {
        size += (size_t)sprintf(result + size, "%d:%.*s", lengths[i], lengths[i], numbers[i]);
    }
    if (s->used > 0) {
        memcpy(result + size, s->warnings, s->used);
    }
    sqlite3_result_blob64(context, result, size + s->used, sqlite3_free);
    forget(s);
}

const column *statement_column(const statement *s, int64_t number)
{
    return number >= 0 && number < s->column_count ? &s->columns[number] : NULL;
}

int64_t statement_row(const statement *s)
{
    return s->row;
}

void statement_assign_id(statement *s, int64_t id)
{
    s->assigned_id = id;
    s->assigned = 1;
}

/*
 * As Java's ZonedDateTime: where a local time comes twice the first is meant, and one that does not exist is as much later
 * as the clock was put forward.
 */
int64_t statement_offset(const statement *s, int64_t seconds, int local)
{
    int64_t offset = s->first_offset;
    for (int64_t i = 0; i < s->transition_count; i++) {
        const transition *t = &s->transitions[i];
        int64_t later = offset > t->offset ? offset : t->offset;
        if (seconds < t->at + (local ? later : 0)) {
            break;
        }
        offset = t->offset;
    }
    return offset;
}

/* Appends a field; gives where it ends, or the limit when there is no room. */
static size_t put_field(char *target, size_t at, size_t limit, char kind, const char *bytes, size_t length)
{
    char head[24];
    size_t width = (size_t)snprintf(head, sizeof head, "%zu:", length + 1);
    if (at >= limit || width + 1 + length > limit - at) {
        return limit;
    }
    memcpy(target + at, head, width);
    target[at + width] = kind;
    memcpy(target + at + width + 1, bytes, length);
    return at + width + 1 + length;
}

/* SQLite's messages are text that ends at a 0: what is no text is shown as Java shows it. */
static size_t put_text(char *target, size_t at, size_t limit, text t)
{
    char shown[LONGEST_MESSAGE_ARGUMENT + 4];
    size_t length = 0;
    while (t.length > 0 && length < LONGEST_MESSAGE_ARGUMENT) {
        size_t step = t.bytes[0] < 0x80 ? 1 : character_length(t);
        int wrong = t.bytes[0] == 0 || (step == 1 && t.bytes[0] >= 0x80);
        memcpy(shown + length, wrong ? "\xef\xbf\xbd" : (const char *)t.bytes, wrong ? 3 : step);
        length += wrong ? 3 : step;
        t.bytes += step;
        t.length -= step;
    }
    return put_field(target, at, limit, 's', shown, length);
}

/* <code> <count> <arguments>, each a field; the first character of an argument tells text from number. */
static size_t put_message(char *target, size_t at, size_t limit, const char *code, const argument *arguments, size_t count)
{
    char number[24];
    at = put_field(target, at, limit, 'c', code, strlen(code));
    at = put_field(target, at, limit, 'n', number, (size_t)snprintf(number, sizeof number, "%zu", count));
    for (size_t i = 0; i < count; i++) {
        const argument *a = &arguments[i];
        if (a->text) {
            at = put_text(target, at, limit, (text){a->text, a->length});
        } else {
            int length = snprintf(number, sizeof number, "%lld", (long long)a->number);
            at = put_field(target, at, limit, 'i', number, (size_t)length);
        }
    }
    return at;
}

void statement_warn(statement *s, int level, const char *code, const argument *arguments, size_t count)
{
    s->warning_count++;
    s->warnings = s->warnings ? s->warnings : sqlite3_malloc64(LONGEST_WARNINGS);
    if (s->kept == MOST_WARNINGS || !s->warnings) {
        return;
    }
    size_t limit = LONGEST_WARNINGS;
    size_t at = put_field(s->warnings, s->used, limit, level == LEVEL_NOTE ? 'N' : 'W', "", 0);
    at = put_message(s->warnings, at, limit, code, arguments, count);
    if (at < limit) {
        s->used = at;
        s->kept++;
    }
}

void statement_fail(sqlite3_context *context, const char *code, const argument *arguments, size_t count)
{
    char message[8 * LONGEST_MESSAGE_ARGUMENT] = "litewire:";
    size_t at = put_message(message, strlen(message), sizeof message, code, arguments, count);
    sqlite3_result_error(context, message, (int)(at < sizeof message ? at : strlen("litewire:")));
}

static const statement_function own_functions[] = {
    {"mysql_statement", 1, 0, 1, begin}, {"mysql_warnings", 0, 0, 1, end}, {NULL, 0, 0, 0, NULL}};

static const statement_function *const groups[] = {own_functions, store_functions, session_functions,
                                                 reading_functions};

typedef struct {
    statement *statement;
    const statement_function *function;
} bound;

static void call(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const bound *called = sqlite3_user_data(context);
    for (int i = 0; i < count && !called->function->takes_null; i++) {
        if (sqlite3_value_type(arguments[i]) == SQLITE_NULL) {
            return;
        }
    }
    called->function->body(context, called->statement, count, arguments);
}

/* The last function to go takes the state with it: it is the only one that SQLite destroys with this. */
static void release(void *given)
{
    statement *s = ((bound *)given)->statement;
    forget(s);
    sqlite3_free(s);
    sqlite3_free(given);
}

int install_statement_functions(sqlite3 *db)
{
    statement *s = sqlite3_malloc64(sizeof *s);
    if (!s) {
        return SQLITE_NOMEM;
    }
    memset(s, 0, sizeof *s);
    s->row = 1;
    int rc = SQLITE_OK;
    for (size_t group = 0; group < sizeof groups / sizeof groups[0]; group++) {
        for (const statement_function *f = groups[group]; rc == SQLITE_OK && f->name; f++) {
            bound *b = sqlite3_malloc64(sizeof *b);
            if (!b) {
                return SQLITE_NOMEM;
            }
            b->statement = s;
            b->function = f;
            rc = sqlite3_create_function_v2(db, f->name, f->arguments, SQLITE_UTF8 | f->flags, b, call, NULL, NULL,
                                            f->body == begin ? release : sqlite3_free);
        }
    }
    return rc;
}
