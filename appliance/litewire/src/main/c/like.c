/* MySQL's LIKE: characters match when they weigh the same in the collation, one by one. */
#include "collations.h"

#define NO_ESCAPE 0xffffffffu
#define LAST_CHARACTER 0x10ffffu
#define IMPLICIT 0x40000000u
#define REPLACEMENT 0xfffdu
#define FIRST_SUPPLEMENTARY 0x10000u

typedef struct {
    const collation_rules *rules;
    uint32_t escape;
    const uint8_t *subject_end;
    const uint8_t *pattern_end;
} matcher;

static int same(const collation_rules *rules, uint32_t one, uint32_t other)
{
    if (one == other) {
        return 1;
    }
    if (rules == NULL || one > LAST_CHARACTER || other > LAST_CHARACTER) {
        return 0;
    }
    uint32_t entry = litewire_entry(rules, one);
    /* Characters behind the tables of Unicode's algorithm are all equal, but not to LIKE. */
    int unknown = entry == REPLACEMENT && rules->space != ' ' && one >= FIRST_SUPPLEMENTARY;
    return entry == litewire_entry(rules, other) && (entry & 0xc0000000u) != IMPLICIT && !unknown;
}

/* Only the last % needs to be tried again. */
static int matches(const matcher *rules, const uint8_t *subject, const uint8_t *pattern)
{
    const uint8_t *retry_pattern = NULL;
    const uint8_t *retry_subject = NULL;
    while (subject < rules->subject_end) {
        const uint8_t *next = pattern;
        const uint8_t *rest = subject;
        int found = 0;
        if (pattern < rules->pattern_end) {
            uint32_t wanted = litewire_character(&next, rules->pattern_end);
            if (wanted == rules->escape && next < rules->pattern_end) {
                wanted = litewire_character(&next, rules->pattern_end);
                found = same(rules->rules, litewire_character(&rest, rules->subject_end), wanted);
            } else if (wanted == '%') {
                pattern = retry_pattern = next;
                retry_subject = subject;
                continue;
            } else {
                uint32_t character = litewire_character(&rest, rules->subject_end);
                found = wanted == '_' || same(rules->rules, character, wanted);
            }
        }
        if (found) {
            subject = rest;
            pattern = next;
        } else if (retry_pattern != NULL) {
            litewire_character(&retry_subject, rules->subject_end);
            subject = retry_subject;
            pattern = retry_pattern;
        } else {
            return 0;
        }
    }
    while (pattern < rules->pattern_end && *pattern == '%' && rules->escape != '%') {
        pattern++;
    }
    return pattern == rules->pattern_end;
}

/* mysql_like(subject, pattern, escape character or '', collation) */
static void like(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    const uint8_t *subject = sqlite3_value_text(arguments[0]);
    const uint8_t *pattern = sqlite3_value_text(arguments[1]);
    const uint8_t *escape = sqlite3_value_text(arguments[2]);
    if (subject == NULL || pattern == NULL || escape == NULL) {
        return;
    }
    matcher rules = {litewire_rules_argument(context, arguments[3], 3), NO_ESCAPE,
                     subject + sqlite3_value_bytes(arguments[0]), pattern + sqlite3_value_bytes(arguments[1])};
    int length = sqlite3_value_bytes(arguments[2]);
    if (length > 0) {
        const uint8_t *at = escape;
        rules.escape = litewire_character(&at, escape + length);
    }
    sqlite3_result_int(context, matches(&rules, subject, pattern));
}

int litewire_install_like(sqlite3 *db)
{
    return sqlite3_create_function_v2(db, "mysql_like", 4, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                      like, NULL, NULL, NULL);
}
