/* What the parts of the extension share. See ../../../DESIGN.md. */
#ifndef LITEWIRE_H
#define LITEWIRE_H

#include <stddef.h>
#include <stdint.h>

#include <sqlite3ext.h>

/* Defined once, in litewire.c: the table of SQLite's functions inside sqlite-jdbc, which exports no symbols. */
extern const sqlite3_api_routines *sqlite3_api;

/* Only these are visible outside: the Java side finds them by name. */
#define EXPORTED __attribute__((visibility("default")))

int litewire_install_collations(sqlite3 *db);
int litewire_install_functions(sqlite3 *db);
int litewire_install_guard(sqlite3 *db);

#endif
