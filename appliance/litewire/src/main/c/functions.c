/* Registers the SQL functions and tells Java which there are. */
#include "functions.h"

#include <string.h>

static const function *const groups[] = {text_functions, number_functions, exact_functions, moment_functions, encoding_functions};

#define GROUPS (sizeof groups / sizeof groups[0])

static void call(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const function *called = sqlite3_user_data(context);
    for (int i = 0; i < count; i++) {
        if (sqlite3_value_type(arguments[i]) == SQLITE_NULL) {
            return;
        }
    }
    called->body(context, count, arguments);
}

int litewire_install_functions(sqlite3 *db)
{
    int rc = SQLITE_OK;
    for (size_t group = 0; group < GROUPS; group++) {
        for (const function *f = groups[group]; rc == SQLITE_OK && f->name; f++) {
            rc = sqlite3_create_function_v2(db, f->name, f->arguments,
                                            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, (void *)f, call, NULL,
                                            NULL, NULL);
        }
    }
    return rc == SQLITE_OK ? install_exact_aggregates(db) : rc;
}

/* Name by number, NULL behind the last. Functions with several numbers of arguments come several times. */
EXPORTED const char *litewire_function_name(int64_t number)
{
    for (size_t group = 0; group < GROUPS; group++) {
        for (const function *f = groups[group]; f->name; f++) {
            if (number-- == 0) {
                return f->name;
            }
        }
    }
    for (const char *const *name = exact_aggregates; *name; name++) {
        if (number-- == 0) {
            return *name;
        }
    }
    return NULL;
}

text text_of(sqlite3_value *value)
{
    const uint8_t *bytes = sqlite3_value_text(value);
    text t = {bytes ? bytes : (const uint8_t *)"", bytes ? (size_t)sqlite3_value_bytes(value) : 0};
    return t;
}

size_t character_length(text t)
{
    uint8_t first = t.bytes[0];
    size_t length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 1;
    if (length > t.length) {
        return 1;
    }
    for (size_t i = 1; i < length; i++) {
        if ((t.bytes[i] & 0xc0) != 0x80) {
            return 1;
        }
    }
    return length;
}

int64_t character_count(text t)
{
    int64_t count = 0;
    while (t.length > 0) {
        size_t step = t.bytes[0] < 0x80 ? 1 : character_length(t);
        t.bytes += step;
        t.length -= step;
        count++;
    }
    return count;
}

int64_t utf16_length(text t)
{
    int64_t count = 0;
    while (t.length > 0) {
        size_t step = t.bytes[0] < 0x80 ? 1 : character_length(t);
        t.bytes += step;
        t.length -= step;
        count += step == 4 ? 2 : 1;
    }
    return count;
}

void result_copy(sqlite3_context *context, const void *bytes, size_t length)
{
    sqlite3_result_text64(context, length ? bytes : "", length, SQLITE_TRANSIENT, SQLITE_UTF8);
}
