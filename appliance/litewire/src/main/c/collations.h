/* The tables of MySQL's collations and how characters are looked up in them. See collations.c. */
#ifndef COLLATIONS_H
#define COLLATIONS_H

#include "litewire.h"

typedef struct {
    const char *name;
    const uint16_t *index; /* page of each 256 characters */
    uint32_t rest;         /* entry of the characters behind the last page */
    int padded;            /* trailing spaces do not count */
    uint32_t space;
    int plain; /* ASCII text is equal exactly when it is in lower case */
} collation_rules;

/* The collation of the name, or NULL. */
const collation_rules *litewire_rules(const char *name);

/* The collation a function's argument names, looked up once per statement; NULL compares characters as they are. */
const collation_rules *litewire_rules_argument(sqlite3_context *context, sqlite3_value *name, int argument);

/* Reads one character and moves on; a byte that is not UTF-8 stands for itself above all characters. */
uint32_t litewire_character(const uint8_t **text, const uint8_t *end);

/* What a character weighs: equal entries are equal weights, but for implicit ones, which belong to the character. */
uint32_t litewire_entry(const collation_rules *rules, uint32_t character);

int litewire_install_like(sqlite3 *db);

#endif
