/*
 * MySQL's collations. Each is a table of what characters weigh, taken from MariaDB (weights.gz); texts compare by their
 * weights, one after the other. mysql_fold(text, collation) gives text that is equal exactly when the collation says so; of
 * plain ASCII text it is the same text in lower case.
 */
#include "litewire.h"

#include <string.h>

#include "collations.h"
#include "weights.h"

#define INVALID 0x110000u
#define INVALID_WEIGHT 0xfffeu
/* Weights in a folded text are characters of the private planes, out of the way of everybody's text. */
#define PRIVATE_PLANE 0xf0000u

typedef struct {
    const uint8_t *next;
    const uint8_t *end;
    const uint16_t *pool;
    uint16_t computed[1];
    int left;
} reader;

const collation_rules *litewire_rules(const char *name)
{
    for (size_t i = 0; i < sizeof weight_rules / sizeof weight_rules[0]; i++) {
        if (sqlite3_stricmp(weight_rules[i].name, name) == 0) {
            return &weight_rules[i];
        }
    }
    return NULL;
}

uint32_t litewire_character(const uint8_t **text, const uint8_t *end)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const uint8_t *at = *text;
    uint32_t first = *at;
    int length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    *text = at + 1;
    if (length == 0 || end - at < length) {
        return INVALID + first;
    }
    uint32_t character = length == 1 ? first : first & (0x7fu >> length);
    for (int i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return INVALID + first;
        }
        character = character << 6 | (at[i] & 0x3fu);
    }
    if (character < least[length] || character >= INVALID) {
        return INVALID + first;
    }
    *text = at + length;
    return character;
}

uint32_t litewire_entry(const collation_rules *rules, uint32_t character)
{
    uint32_t page = character >> 8;
    return page <= WEIGHT_LAST_PAGE ? weight_pages[rules->index[page]][character & 0xff] : rules->rest;
}

/* The next weight above 0, or 0 at the end. */
static uint32_t next_weight(const collation_rules *rules, reader *text)
{
    for (;;) {
        if (text->left > 0) {
            text->left--;
            return *text->pool++;
        }
        if (text->next >= text->end) {
            return 0;
        }
        uint32_t character = litewire_character(&text->next, text->end);
        if (character >= INVALID) {
            text->computed[0] = (uint16_t)(character - INVALID + 1);
            text->pool = text->computed;
            text->left = 1;
            return INVALID_WEIGHT;
        }
        uint32_t entry = litewire_entry(rules, character);
        if (entry & WEIGHT_EXPANSION) {
            text->pool = &weight_pool[(entry & ~WEIGHT_EXPANSION) >> 5];
            text->left = (int)(entry & 0x1f);
        } else if (entry & WEIGHT_IMPLICIT) {
            text->computed[0] = (uint16_t)((character & 0x7fff) | 0x8000);
            text->pool = text->computed;
            text->left = 1;
            return (entry & 0xffff) + (character >> 15);
        } else if (entry != 0) {
            return entry;
        }
    }
}

/* Compares what is left of the longer text with endless spaces, or with nothing. */
static int compare_rest(const collation_rules *rules, uint32_t weight, reader *rest)
{
    if (!rules->padded) {
        return weight != 0;
    }
    while (weight != 0) {
        if (weight != rules->space) {
            return weight < rules->space ? -1 : 1;
        }
        weight = next_weight(rules, rest);
    }
    return 0;
}

static int compare(void *context, int left_length, const void *left, int right_length, const void *right)
{
    const collation_rules *rules = context;
    const uint32_t *ascii = weight_pages[rules->index[0]];
    const uint8_t *a = left;
    const uint8_t *b = right;
    int common = left_length < right_length ? left_length : right_length;
    int at = 0;
    /* Most names and slugs are ASCII. */
    while (at < common && (a[at] | b[at]) < 0x80) {
        uint32_t x = ascii[a[at]];
        uint32_t y = ascii[b[at]];
        if (x != y) {
            if (x - 1 < 0xffff && y - 1 < 0xffff) {
                return x < y ? -1 : 1;
            }
            break;
        }
        at++;
    }
    reader one = {a + at, a + left_length, NULL, {0}, 0};
    reader other = {b + at, b + right_length, NULL, {0}, 0};
    for (;;) {
        uint32_t x = next_weight(rules, &one);
        uint32_t y = next_weight(rules, &other);
        if (x == 0) {
            return -compare_rest(rules, y, &other);
        }
        if (y == 0) {
            return compare_rest(rules, x, &one);
        }
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
}

/* Byte by byte, but trailing spaces do not count. */
static int compare_bin(void *unused, int left_length, const void *left, int right_length, const void *right)
{
    (void)unused;
    const uint8_t *a = left;
    const uint8_t *b = right;
    int common = left_length < right_length ? left_length : right_length;
    int order = memcmp(a, b, (size_t)common);
    if (order != 0) {
        return order;
    }
    const uint8_t *rest = left_length > common ? a : b;
    int length = left_length > common ? left_length : right_length;
    for (int i = common; i < length; i++) {
        if (rest[i] != ' ') {
            int above = rest[i] > ' ' ? 1 : -1;
            return rest == a ? above : -above;
        }
    }
    return 0;
}

/* The ASCII character that has the weight, in lower case; 0 when none has. */
static uint8_t ascii_of(const uint32_t *ascii, uint32_t weight)
{
    for (uint8_t c = 'a'; c <= 'z'; c++) {
        if (ascii[c] == weight) {
            return c;
        }
    }
    for (uint8_t c = '\t'; c < 0x7f; c++) {
        if (ascii[c] == weight && (c >= ' ' || c <= '\r')) {
            return c;
        }
    }
    return 0;
}

static size_t write_weight(uint8_t *target, const uint32_t *ascii, uint32_t weight)
{
    uint8_t plain = ascii_of(ascii, weight);
    if (plain != 0) {
        target[0] = plain;
        return 1;
    }
    uint32_t character = PRIVATE_PLANE + weight;
    target[0] = (uint8_t)(0xf0 | character >> 18);
    target[1] = (uint8_t)(0x80 | (character >> 12 & 0x3f));
    target[2] = (uint8_t)(0x80 | (character >> 6 & 0x3f));
    target[3] = (uint8_t)(0x80 | (character & 0x3f));
    return 4;
}

/* The length of the text without trailing spaces when all of it is plain, else -1. */
static int plain_length(const uint8_t *text, int length)
{
    for (int i = 0; i < length; i++) {
        if (text[i] > '~' || (text[i] < ' ' && (text[i] < '\t' || text[i] > '\r'))) {
            return -1;
        }
    }
    return length;
}

static void fold_plain(sqlite3_context *context, const collation_rules *rules, const uint8_t *text, int length)
{
    while (rules->padded && length > 0 && text[length - 1] == ' ') {
        length--;
    }
    char *key = sqlite3_malloc(length + 1);
    if (key == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (int i = 0; i < length; i++) {
        key[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + ('a' - 'A') : text[i]);
    }
    sqlite3_result_text(context, key, length, sqlite3_free);
}

static void fold_weights(sqlite3_context *context, const collation_rules *rules, const uint8_t *text, int length)
{
    const uint32_t *ascii = weight_pages[rules->index[0]];
    reader source = {text, text + length, NULL, {0}, 0};
    size_t capacity = (size_t)length * 2 + 64;
    uint8_t *key = sqlite3_malloc64(capacity);
    size_t size = 0;
    size_t kept = 0;
    uint32_t weight;
    while (key != NULL && (weight = next_weight(rules, &source)) != 0) {
        if (size + 4 > capacity) {
            capacity *= 2;
            uint8_t *grown = sqlite3_realloc64(key, capacity);
            if (grown == NULL) {
                sqlite3_free(key);
            }
            key = grown;
            if (key == NULL) {
                break;
            }
        }
        size += write_weight(key + size, ascii, weight);
        kept = rules->padded && weight == rules->space ? kept : size;
    }
    if (key == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_text64(context, (char *)key, kept, sqlite3_free, SQLITE_UTF8);
}

static void fold(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    const uint8_t *text = sqlite3_value_text(arguments[0]);
    const collation_rules *rules = litewire_rules_argument(context, arguments[1], 1);
    if (text == NULL) {
        return;
    }
    int length = sqlite3_value_bytes(arguments[0]);
    if (rules == NULL) {
        sqlite3_result_text64(context, (const char *)text, (sqlite3_uint64)length, SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (plain_length(text, length) == length && rules->plain) {
        fold_plain(context, rules, text, length);
    } else {
        fold_weights(context, rules, text, length);
    }
}

const collation_rules *litewire_rules_argument(sqlite3_context *context, sqlite3_value *name, int argument)
{
    const collation_rules *rules = sqlite3_get_auxdata(context, argument);
    const char *text = (const char *)sqlite3_value_text(name);
    if (rules == NULL && text != NULL) {
        rules = litewire_rules(text);
        sqlite3_set_auxdata(context, argument, (void *)rules, NULL);
    }
    return rules;
}

/* There are dozens of collations and a connection meets one or two. */
static void install_needed(void *unused, sqlite3 *db, int encoding, const char *name)
{
    (void)unused;
    (void)encoding;
    const collation_rules *rules = litewire_rules(name);
    if (rules != NULL) {
        sqlite3_create_collation_v2(db, name, SQLITE_UTF8, (void *)rules, compare, NULL);
    } else if (sqlite3_stricmp(name, "utf8mb4_bin") == 0) {
        sqlite3_create_collation_v2(db, name, SQLITE_UTF8, NULL, compare_bin, NULL);
    }
}

int litewire_install_collations(sqlite3 *db)
{
    int rc = sqlite3_collation_needed(db, NULL, install_needed);
    if (rc == SQLITE_OK) {
        rc = sqlite3_create_function_v2(db, "mysql_fold", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                        fold, NULL, NULL, NULL);
    }
    return rc == SQLITE_OK ? litewire_install_like(db) : rc;
}
