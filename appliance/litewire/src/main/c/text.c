/* Text functions that count characters. Twin: TextBodies.java. */
#include "functions.h"

#include <string.h>

#include "cases.h"

/* The rest of the text after so many characters. */
static text skip(text t, int64_t characters)
{
    while (t.length > 0 && characters-- > 0) {
        size_t step = t.bytes[0] < 0x80 ? 1 : character_length(t);
        t.bytes += step;
        t.length -= step;
    }
    return t;
}

static text head(text t, int64_t characters)
{
    text rest = skip(t, characters);
    t.length -= rest.length;
    return t;
}

/* As SUBSTRING: position 1 is the first, -1 the last character. */
static text cut(text t, int64_t from, int64_t length)
{
    static const text nothing = {(const uint8_t *)"", 0};
    int64_t start = from - 1;
    if (length <= 0 || from == 0) {
        return nothing;
    }
    if (from < 0) {
        start = character_count(t) + from;
        if (start < 0) {
            return nothing;
        }
    }
    return head(skip(t, start), length);
}

static void substring(sqlite3_context *context, int count, sqlite3_value **a)
{
    int64_t length = count > 2 ? sqlite3_value_int64(a[2]) : INT64_MAX;
    text t = cut(text_of(a[0]), sqlite3_value_int64(a[1]), length);
    result_copy(context, t.bytes, t.length);
}

static void right(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    int64_t length = sqlite3_value_int64(a[1]);
    int64_t characters = character_count(t);
    if (length <= 0) {
        result_copy(context, "", 0);
    } else {
        t = length >= characters ? t : skip(t, characters - length);
        result_copy(context, t.bytes, t.length);
    }
}

static void trim(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    text what = text_of(a[1]);
    int64_t sides = sqlite3_value_int64(a[2]);
    if (what.length > 0) {
        while ((sides & 1) && t.length >= what.length && memcmp(t.bytes, what.bytes, what.length) == 0) {
            t.bytes += what.length;
            t.length -= what.length;
        }
        while ((sides & 2) && t.length >= what.length
               && memcmp(t.bytes + t.length - what.length, what.bytes, what.length) == 0) {
            t.length -= what.length;
        }
    }
    result_copy(context, t.bytes, t.length);
}

static void pad(sqlite3_context *context, sqlite3_value **a, int left)
{
    text t = text_of(a[0]);
    int64_t length = sqlite3_value_int64(a[1]);
    text padding = text_of(a[2]);
    int64_t missing = length - character_count(t);
    if (length < 0 || length > LONGEST_RESULT) {
        return;
    }
    if (missing <= 0) {
        t = head(t, length);
        result_copy(context, t.bytes, t.length);
        return;
    }
    int64_t unit = character_count(padding);
    if (unit == 0) {
        return;
    }
    text last = head(padding, missing % unit);
    size_t filler = (size_t)(missing / unit) * padding.length + last.length;
    uint8_t *result = sqlite3_malloc64(t.length + filler + 1);
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    uint8_t *at = result;
    if (!left && t.length) {
        memcpy(at, t.bytes, t.length);
        at += t.length;
    }
    for (int64_t i = 0; i < missing / unit; i++) {
        memcpy(at, padding.bytes, padding.length);
        at += padding.length;
    }
    if (last.length) {
        memcpy(at, last.bytes, last.length);
        at += last.length;
    }
    if (left && t.length) {
        memcpy(at, t.bytes, t.length);
    }
    sqlite3_result_text64(context, (char *)result, t.length + filler, sqlite3_free, SQLITE_UTF8);
}

static void lpad(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    pad(context, a, 1);
}

static void rpad(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    pad(context, a, 0);
}

static void repeat(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    int64_t times = sqlite3_value_int64(a[1]);
    if (t.length == 0 || times <= 0) {
        result_copy(context, "", 0);
        return;
    }
    if (times > LONGEST_RESULT / utf16_length(t)) {
        return;
    }
    size_t size = t.length * (size_t)times;
    uint8_t *result = sqlite3_malloc64(size);
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (int64_t i = 0; i < times; i++) {
        memcpy(result + (size_t)i * t.length, t.bytes, t.length);
    }
    sqlite3_result_text64(context, (char *)result, size, sqlite3_free, SQLITE_UTF8);
}

static void reverse(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    size_t size = t.length;
    uint8_t *result = sqlite3_malloc64(size + 1);
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (uint8_t *at = result + size; t.length > 0;) {
        size_t step = character_length(t);
        at -= step;
        memcpy(at, t.bytes, step);
        t.bytes += step;
        t.length -= step;
    }
    sqlite3_result_text64(context, (char *)result, size, sqlite3_free, SQLITE_UTF8);
}

/* Where the separator begins next at or after an offset, or -1. */
static int64_t find(text t, text separator, int64_t from)
{
    for (int64_t at = from; at + (int64_t)separator.length <= (int64_t)t.length; at++) {
        if (memcmp(t.bytes + at, separator.bytes, separator.length) == 0) {
            return at;
        }
    }
    return -1;
}

static int64_t find_back(text t, text separator, int64_t from)
{
    int64_t last = (int64_t)t.length - (int64_t)separator.length;
    for (int64_t at = from < last ? from : last; at >= 0; at--) {
        if (memcmp(t.bytes + at, separator.bytes, separator.length) == 0) {
            return at;
        }
    }
    return -1;
}

static void substring_index(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    text separator = text_of(a[1]);
    int64_t wanted = sqlite3_value_int64(a[2]);
    int64_t width = (int64_t)separator.length;
    if (width == 0 || wanted == 0) {
        result_copy(context, "", 0);
        return;
    }
    int64_t at = wanted > 0 ? -width : (int64_t)t.length;
    for (int64_t left = wanted; left != 0; left += wanted > 0 ? -1 : 1) {
        at = wanted > 0 ? find(t, separator, at + width) : find_back(t, separator, at - 1);
        if (at < 0) {
            result_copy(context, t.bytes, t.length);
            return;
        }
    }
    if (wanted > 0) {
        result_copy(context, t.bytes, (size_t)at);
    } else {
        result_copy(context, t.bytes + at + width, t.length - (size_t)(at + width));
    }
}

static uint32_t decode(const uint8_t *at, size_t length)
{
    uint32_t character = length == 1 ? at[0] : at[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        character = character << 6 | (at[i] & 0x3fu);
    }
    return character;
}

static size_t encode(uint8_t *target, uint32_t character)
{
    if (character < 0x80) {
        target[0] = (uint8_t)character;
        return 1;
    }
    if (character < 0x800) {
        target[0] = (uint8_t)(0xc0 | character >> 6);
        target[1] = (uint8_t)(0x80 | (character & 0x3f));
        return 2;
    }
    if (character < 0x10000) {
        target[0] = (uint8_t)(0xe0 | character >> 12);
        target[1] = (uint8_t)(0x80 | (character >> 6 & 0x3f));
        target[2] = (uint8_t)(0x80 | (character & 0x3f));
        return 3;
    }
    target[0] = (uint8_t)(0xf0 | character >> 18);
    target[1] = (uint8_t)(0x80 | (character >> 12 & 0x3f));
    target[2] = (uint8_t)(0x80 | (character >> 6 & 0x3f));
    target[3] = (uint8_t)(0x80 | (character & 0x3f));
    return 4;
}

static uint32_t mapped(uint32_t character, const uint8_t *index, const uint32_t (*pages)[256])
{
    int known = character <= CASES_LAST && index[character >> 8];
    return known ? pages[index[character >> 8] - 1][character & 0xff] : character;
}

/* One character becomes one character: MySQL's ß has no capitals. No character grows by more than a byte. */
static void change_case(sqlite3_context *context, text t, const uint8_t *index, const uint32_t (*pages)[256])
{
    uint8_t *result = sqlite3_malloc64(t.length * 2 + 4);
    size_t size = 0;
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    while (t.length > 0) {
        size_t step = t.bytes[0] < 0x80 ? 1 : character_length(t);
        uint32_t character = decode(t.bytes, step);
        if (step == 1 && character >= 0x80) {
            result[size++] = t.bytes[0];
        } else {
            size += encode(result + size, mapped(character, index, pages));
        }
        t.bytes += step;
        t.length -= step;
    }
    sqlite3_result_text64(context, (char *)result, size, sqlite3_free, SQLITE_UTF8);
}

/* The character at the beginning, which is taken off; a byte that begins none is itself. */
static uint32_t next_character(text *t)
{
    size_t step = t->bytes[0] < 0x80 ? 1 : character_length(*t);
    uint32_t character = decode(t->bytes, step);
    t->bytes += step;
    t->length -= step;
    return character;
}

int same_letters(text a, text b)
{
    while (a.length > 0 && b.length > 0) {
        uint32_t one = next_character(&a);
        uint32_t other = next_character(&b);
        if (one != other) {
            one = mapped(one, upper_index, upper_pages);
            other = mapped(other, upper_index, upper_pages);
        }
        if (one != other && mapped(one, lower_index, lower_pages) != mapped(other, lower_index, lower_pages)) {
            return 0;
        }
    }
    return a.length == b.length;
}

static int is_white(uint32_t c)
{
    return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a && c != 0x2007) || c == 0x2028 || c == 0x2029 || c == 0x205f || c == 0x3000;
}

int is_blank(text t)
{
    while (t.length > 0) {
        if (!is_white(next_character(&t))) {
            return 0;
        }
    }
    return 1;
}

static void lower(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    change_case(context, text_of(a[0]), lower_index, lower_pages);
}

static void upper(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    change_case(context, text_of(a[0]), upper_index, upper_pages);
}

const function text_functions[] = {
    {"mysql_lower", 1, lower},         {"mysql_upper", 1, upper}, {"mysql_substring", 2, substring},
    {"mysql_substring", 3, substring}, {"mysql_right", 2, right}, {"mysql_trim", 3, trim},
    {"mysql_lpad", 3, lpad},           {"mysql_rpad", 3, rpad},   {"mysql_repeat", 2, repeat},
    {"mysql_reverse", 1, reverse},     {"mysql_substring_index", 3, substring_index},
    {NULL, 0, NULL}};
