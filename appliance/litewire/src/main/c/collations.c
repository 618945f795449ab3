/*
 * MySQL's comparison rules: utf8mb4_ci ignores case, accents and trailing spaces; utf8mb4_bin ignores trailing spaces only.
 * utf8mb4_ci_key(text) gives text that is equal exactly when utf8mb4_ci says so, and sorts like it under BINARY.
 */
#include "litewire.h"

#include <string.h>

#include "folding.h"

#define SPACE_WEIGHT 0x06
#define LONGEST_CHARACTER 4

/*
 * Order of ASCII in the Unicode collation tables: white space, punctuation, symbols, digits, letters. Letters and digits
 * keep their codes, so a key stays readable. 0 is ignored.
 */
static const uint8_t ascii_weights[128] = {
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x01, 0x02, 0x03, 0x04, 0x05, 0,    0,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    0x06, 0x0c, 0x10, 0x1b, 0x26, 0x1c, 0x1a, 0x0f, 0x11, 0x12, 0x18, 0x20, 0x09, 0x08, 0x0e, 0x19,
    '0',  '1',  '2',  '3',  '4',  '5',  '6',  '7',  '8',  '9',  0x0b, 0x0a, 0x21, 0x22, 0x23, 0x0d,
    0x17, 'a',  'b',  'c',  'd',  'e',  'f',  'g',  'h',  'i',  'j',  'k',  'l',  'm',  'n',  'o',
    'p',  'q',  'r',  's',  't',  'u',  'v',  'w',  'x',  'y',  'z',  0x13, 0x1d, 0x14, 0x1f, 0x07,
    0x1e, 'a',  'b',  'c',  'd',  'e',  'f',  'g',  'h',  'i',  'j',  'k',  'l',  'm',  'n',  'o',
    'p',  'q',  'r',  's',  't',  'u',  'v',  'w',  'x',  'y',  'z',  0x15, 0x24, 0x16, 0x25, 0};

typedef struct {
    const uint8_t *next;
    const uint8_t *end;
    const uint32_t *expansion;
    int expansion_left;
} reader;

/* Reads one character; a byte that is not UTF-8 stands for itself above all characters. */
static uint32_t read_character(reader *text)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const uint8_t *at = text->next;
    uint32_t first = *at;
    int length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
    if (length == 0 || text->end - at < length) {
        text->next++;
        return 0x110000 + first;
    }
    uint32_t character = length == 1 ? first : first & (0x7fu >> length);
    for (int i = 1; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            text->next++;
            return 0x110000 + first;
        }
        character = character << 6 | (at[i] & 0x3fu);
    }
    if (character < least[length]) {
        text->next++;
        return 0x110000 + first;
    }
    text->next += length;
    return character;
}

static uint32_t weight_of(uint32_t character)
{
    return character < 0x80 ? ascii_weights[character] : character;
}

/* The next weight above 0, or 0 at the end. */
static uint32_t next_weight(reader *text)
{
    for (;;) {
        uint32_t weight;
        if (text->expansion_left > 0) {
            text->expansion_left--;
            weight = weight_of(*text->expansion++);
        } else if (text->next >= text->end) {
            return 0;
        } else {
            uint32_t character = read_character(text);
            uint32_t entry = character;
            if (character >= 0x80 && character <= FOLDING_LAST && folding_index[character >> 8]) {
                entry = folding_pages[folding_index[character >> 8] - 1][character & 0xff];
            }
            if (entry & FOLDING_EXPANSION) {
                text->expansion = &folding_expansions[(entry & ~FOLDING_EXPANSION) >> 4];
                text->expansion_left = (int)(entry & 0xf);
                continue;
            }
            weight = weight_of(entry);
        }
        if (weight != 0) {
            return weight;
        }
    }
}

/* Compares what is left of the longer text with endless spaces. */
static int compare_padded(uint32_t weight, reader *rest)
{
    while (weight != 0) {
        if (weight != SPACE_WEIGHT) {
            return weight < SPACE_WEIGHT ? -1 : 1;
        }
        weight = next_weight(rest);
    }
    return 0;
}

static int compare_ci(void *unused, int left_length, const void *left, int right_length, const void *right)
{
    (void)unused;
    const uint8_t *a = left;
    const uint8_t *b = right;
    int common = left_length < right_length ? left_length : right_length;
    int at = 0;
    /* Most names and slugs begin alike and are ASCII. */
    while (at < common && a[at] < 0x80 && b[at] < 0x80 && ascii_weights[a[at]] == ascii_weights[b[at]]) {
        at++;
    }
    reader one = {a + at, a + left_length, NULL, 0};
    reader other = {b + at, b + right_length, NULL, 0};
    for (;;) {
        uint32_t x = next_weight(&one);
        uint32_t y = next_weight(&other);
        if (x == 0) {
            return -compare_padded(y, &other);
        }
        if (y == 0) {
            return compare_padded(x, &one);
        }
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
}

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

static size_t write_weight(uint8_t *target, uint32_t weight)
{
    if (weight < 0x80) {
        target[0] = (uint8_t)weight;
        return 1;
    }
    if (weight < 0x800) {
        target[0] = (uint8_t)(0xc0 | weight >> 6);
        target[1] = (uint8_t)(0x80 | (weight & 0x3f));
        return 2;
    }
    if (weight < 0x10000) {
        target[0] = (uint8_t)(0xe0 | weight >> 12);
        target[1] = (uint8_t)(0x80 | (weight >> 6 & 0x3f));
        target[2] = (uint8_t)(0x80 | (weight & 0x3f));
        return 3;
    }
    target[0] = (uint8_t)(0xf0 | weight >> 18);
    target[1] = (uint8_t)(0x80 | (weight >> 12 & 0x3f));
    target[2] = (uint8_t)(0x80 | (weight >> 6 & 0x3f));
    target[3] = (uint8_t)(0x80 | (weight & 0x3f));
    return 4;
}

static void key_ci(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    const uint8_t *text = sqlite3_value_text(arguments[0]);
    if (text == NULL) {
        return;
    }
    size_t length = (size_t)sqlite3_value_bytes(arguments[0]);
    reader source = {text, text + length, NULL, 0};
    size_t capacity = length + 64;
    uint8_t *key = sqlite3_malloc64(capacity);
    size_t size = 0;
    size_t kept = 0;
    uint32_t weight;
    while (key != NULL && (weight = next_weight(&source)) != 0) {
        if (size + LONGEST_CHARACTER > capacity) {
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
        size += write_weight(key + size, weight);
        kept = weight == SPACE_WEIGHT ? kept : size;
    }
    if (key == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_text64(context, (char *)key, kept, sqlite3_free, SQLITE_UTF8);
}

int litewire_install_collations(sqlite3 *db)
{
    int rc = sqlite3_create_collation_v2(db, "utf8mb4_ci", SQLITE_UTF8, NULL, compare_ci, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_create_collation_v2(db, "utf8mb4_bin", SQLITE_UTF8, NULL, compare_bin, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_create_function_v2(db, "utf8mb4_ci_key", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                        NULL, key_ci, NULL, NULL, NULL);
    }
    return rc;
}
