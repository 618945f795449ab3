/*
 * Entry point of the extension. SQLite calls sqlite3_litewire_init when load_extension opens the library on a new
 * connection; it installs the collations and the guard and remembers the connection for the thread that is opening it.
 */
#include "litewire.h"

const sqlite3_api_routines *sqlite3_api;

static _Thread_local sqlite3 *opened;

/* The connection the calling thread loaded the extension into last. Java asks at once, on the same thread. */
EXPORTED sqlite3 *litewire_opened(void)
{
    sqlite3 *db = opened;
    opened = NULL;
    return db;
}

EXPORTED int sqlite3_litewire_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    (void)error;
    sqlite3_api = api;
    int rc = litewire_install_collations(db);
    if (rc == SQLITE_OK) {
        rc = litewire_install_functions(db);
    }
    if (rc == SQLITE_OK) {
        rc = litewire_install_guard(db);
    }
    opened = rc == SQLITE_OK ? db : NULL;
    return rc;
}
