/* Text, bytes, ENUM and SET on their way into a column. Twin: StoredTexts.java. */
#include "exact.h"
#include "statement.h"

#include <stdio.h>
#include <string.h>

#define QUOTED_BYTES 6

text printed(sqlite3_value *value, char *buffer)
{
    if (sqlite3_value_type(value) == SQLITE_FLOAT) {
        return (text){(const uint8_t *)buffer, print_number(buffer, sqlite3_value_double(value))};
    }
    if (sqlite3_value_type(value) == SQLITE_BLOB) {
        const uint8_t *bytes = sqlite3_value_blob(value);
        return (text){bytes ? bytes : (const uint8_t *)"", bytes ? (size_t)sqlite3_value_bytes(value) : 0};
    }
    return text_of(value);
}

static int is_utf8(text t)
{
    while (t.length > 0) {
        uint8_t first = t.bytes[0];
        size_t step = first < 0x80 ? 1 : character_length(t);
        if (first >= 0x80
            && (step == 1 || (first == 0xe0 && t.bytes[1] < 0xa0) || (first == 0xed && t.bytes[1] > 0x9f)
                || (first == 0xf0 && t.bytes[1] < 0x90) || (first == 0xf4 && t.bytes[1] > 0x8f))) {
            return 0;
        }
        t.bytes += step;
        t.length -= step;
    }
    return 1;
}

/* Bytes that are no text; 0 when that was an error. */
static int accept_bytes(storing *s, text t)
{
    char quoted[4 * QUOTED_BYTES + 4] = "";
    size_t length = 0;
    for (size_t i = 0; i < t.length && i < QUOTED_BYTES; i++) {
        length += (size_t)sprintf(quoted + length, "\\x%02X", t.bytes[i]);
    }
    if (t.length > QUOTED_BYTES) {
        length += (size_t)sprintf(quoted + length, "...");
    }
    store_incorrect(s, "string", (text){(const uint8_t *)quoted, length});
    return !s->failed;
}

/* How much of the text fits, in bytes: characters, or bytes of whole characters. */
static size_t fitting(text t, int64_t limit, int by_bytes)
{
    size_t at = 0;
    while (at < t.length && limit > 0) {
        text rest = {t.bytes + at, t.length - at};
        size_t step = t.bytes[at] < 0x80 ? 1 : character_length(rest);
        limit -= by_bytes ? (int64_t)step : 1;
        if (limit < 0) {
            break;
        }
        at += step;
    }
    return at;
}

static int ends_with_text(text base)
{
    return base.length >= 4 && memcmp(base.bytes + base.length - 4, "text", 4) == 0;
}

void store_text(storing *s, sqlite3_value *value)
{
    char buffer[LONGEST_NUMBER_TEXT];
    text t = printed(value, buffer);
    if (sqlite3_value_type(value) == SQLITE_BLOB && !is_utf8(t)) {
        if (accept_bytes(s, t)) {
            sqlite3_result_value(s->context, value);
        }
        return;
    }
    size_t kept = (uint64_t)t.length <= (uint64_t)s->column->limit
        ? t.length
        : fitting(t, s->column->limit, ends_with_text(s->column->base));
    if (!is_blank((text){t.bytes + kept, t.length - kept})) {
        store_too_long(s);
    }
    if (s->failed) {
        return;
    }
    int padded = s->column->base.length == 4 && memcmp(s->column->base.bytes, "char", 4) == 0;
    while (padded && kept > 0 && t.bytes[kept - 1] == ' ') {
        kept--;
    }
    result_copy(s->context, t.bytes, kept);
}

void store_bytes(storing *s, sqlite3_value *value)
{
    char buffer[LONGEST_NUMBER_TEXT];
    text t = printed(value, buffer);
    int64_t limit = s->column->limit;
    int filled = s->column->base.length == 6 && memcmp(s->column->base.bytes, "binary", 6) == 0;
    if ((int64_t)t.length > limit) {
        store_too_long(s);
        t.length = (size_t)limit;
    }
    if (s->failed) {
        return;
    }
    if (!filled || (int64_t)t.length == limit) {
        sqlite3_result_blob64(s->context, t.length ? (const void *)t.bytes : "", t.length, SQLITE_TRANSIENT);
        return;
    }
    uint8_t *result = limit <= LONGEST_RESULT ? sqlite3_malloc64((sqlite3_uint64)limit + 1) : NULL;
    if (!result) {
        sqlite3_result_error_nomem(s->context);
        return;
    }
    memcpy(result, t.bytes, t.length);
    memset(result + t.length, 0, (size_t)limit - t.length);
    sqlite3_result_blob64(s->context, result, (sqlite3_uint64)limit, sqlite3_free);
}

/* Without white space at the end, as Java's stripTrailing. */
static text without_trailing(text t)
{
    while (t.length > 0) {
        size_t from = t.length - 1;
        while (from > 0 && (t.bytes[from] & 0xc0) == 0x80) {
            from--;
        }
        if (!is_blank((text){t.bytes + from, t.length - from})) {
            break;
        }
        t.length = from;
    }
    return t;
}

/* The text of a value for ENUM and SET; 0 when that was an error. */
static int choice(storing *s, sqlite3_value *value, char *buffer, text *t)
{
    *t = printed(value, buffer);
    return sqlite3_value_type(value) != SQLITE_BLOB || is_utf8(*t) || accept_bytes(s, *t);
}

static void result_member(storing *s, int64_t index)
{
    if (index >= 1 && index <= s->column->value_count) {
        result_copy(s->context, s->column->values[index - 1].bytes, s->column->values[index - 1].length);
        return;
    }
    store_truncated(s);
    if (!s->failed) {
        result_copy(s->context, "", 0);
    }
}

/* The number that short text is, 0 when it is none. */
static int64_t index_in(text t)
{
    exact e;
    __int128 whole;
    size_t end = utf16_length(t) < 6 ? exact_of_text(t, &e) : 0;
    if (end == 0 || !is_blank((text){t.bytes + end, t.length - end})) {
        return 0;
    }
    exact_truncate(&e);
    return exact_whole(&e, &whole) && whole > 0 && whole <= INT32_MAX ? (int64_t)whole : 0;
}

void store_enum(storing *s, sqlite3_value *value)
{
    char buffer[LONGEST_NUMBER_TEXT];
    text t;
    if (sqlite3_value_type(value) == SQLITE_INTEGER) {
        result_member(s, sqlite3_value_int64(value));
        return;
    }
    if (!choice(s, value, buffer, &t)) {
        return;
    }
    t = without_trailing(t);
    for (int64_t i = 0; i < s->column->value_count; i++) {
        if (same_letters(s->column->values[i], t)) {
            result_member(s, i + 1);
            return;
        }
    }
    result_member(s, index_in(t));
}

/* The parts of a list; 0 behind the last. */
static int next_part(text *list, text *part)
{
    if (list->length == 0) {
        return 0;
    }
    const uint8_t *comma = memchr(list->bytes, ',', list->length);
    size_t length = comma ? (size_t)(comma - list->bytes) : list->length;
    *part = without_trailing((text){list->bytes, length});
    length += comma != NULL;
    list->bytes += length;
    list->length -= length;
    return 1;
}

static int contains(text list, text member)
{
    text part;
    while (next_part(&list, &part)) {
        if (part.length > 0 && same_letters(member, part)) {
            return 1;
        }
    }
    return 0;
}

static int all_are_members(const column *c, text list)
{
    text part;
    while (next_part(&list, &part)) {
        int found = part.length == 0;
        for (int64_t i = 0; !found && i < c->value_count; i++) {
            found = same_letters(c->values[i], part);
        }
        if (!found) {
            return 0;
        }
    }
    return 1;
}

static void append_member(sqlite3_str *set, text member)
{
    if (sqlite3_str_length(set) > 0) {
        sqlite3_str_append(set, ",", 1);
    }
    sqlite3_str_append(set, (const char *)member.bytes, (int)member.length);
}

void store_set(storing *s, sqlite3_value *value)
{
    char buffer[LONGEST_NUMBER_TEXT];
    const column *c = s->column;
    int by_bits = sqlite3_value_type(value) == SQLITE_INTEGER;
    uint64_t bits = by_bits ? (uint64_t)sqlite3_value_int64(value) : 0;
    text t = {NULL, 0};
    if (!by_bits && !choice(s, value, buffer, &t)) {
        return;
    }
    if (!by_bits && !all_are_members(c, t)) {
        store_truncated(s);
    }
    if (s->failed) {
        return;
    }
    sqlite3_str *set = sqlite3_str_new(NULL);
    for (int64_t i = 0; i < c->value_count; i++) {
        if (by_bits ? i < 64 && (bits >> i & 1) : contains(t, c->values[i])) {
            append_member(set, c->values[i]);
        }
    }
    int length = sqlite3_str_length(set);
    char *result = sqlite3_str_finish(set);
    result_copy(s->context, result ? result : "", (size_t)length);
    sqlite3_free(result);
}
