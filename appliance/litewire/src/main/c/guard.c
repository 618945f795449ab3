/*
 * Keeps a connection inside its one file. Tenants' SQL never reaches SQLite as they wrote it; this is the second lock, for
 * the day the first one has a hole.
 */
#include "litewire.h"

#include <string.h>

/* A value may not be larger than this, whatever a function builds. */
#define LARGEST_VALUE (256 * 1024 * 1024)

static int one_of(const char *const *names, const char *name)
{
    for (; *names; names++) {
        if (name && sqlite3_stricmp(*names, name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Pragmas that only describe the schema or check the file. */
static const char *const describing_pragmas[] = {
    "collation_list", "compile_options", "data_version", "foreign_key_check", "foreign_key_list", "function_list",
    "index_info", "index_list", "index_xinfo", "integrity_check", "optimize", "quick_check", "table_info", "table_list",
    "table_xinfo", NULL};

/* Pragmas of one connection and one transaction that litewire itself sets. */
static const char *const setting_pragmas[] = {
    "defer_foreign_keys", "foreign_keys", "legacy_alter_table", "recursive_triggers", "reverse_unordered_selects",
    "shrink_memory", "wal_checkpoint", NULL};

/* Readable, never writable. */
static const char *const readable_pragmas[] = {
    "auto_vacuum", "cache_size", "encoding", "freelist_count", "journal_mode", "page_count", "page_size",
    "schema_version", "synchronous", "user_version", "wal_autocheckpoint", NULL};

static const char *const forbidden_functions[] = {
    "edit", "fsdir", "fts3_tokenizer", "load_extension", "readfile", "writefile", NULL};

static const char *const allowed_modules[] = {"fts4", "fts5", "fts5vocab", NULL};

static int pragma_allowed(const char *name, const char *argument)
{
    if (one_of(describing_pragmas, name) || one_of(setting_pragmas, name)) {
        return SQLITE_OK;
    }
    return one_of(readable_pragmas, name) && argument == NULL ? SQLITE_OK : SQLITE_DENY;
}

static int authorize(void *unused, int action, const char *first, const char *second, const char *schema,
                     const char *trigger)
{
    (void)unused;
    (void)schema;
    (void)trigger;
    switch (action) {
    case SQLITE_ATTACH: /* Also VACUUM and VACUUM INTO, which attach their target. */
    case SQLITE_DETACH:
        return SQLITE_DENY;
    case SQLITE_PRAGMA:
        return pragma_allowed(first, second);
    case SQLITE_FUNCTION:
        return one_of(forbidden_functions, second) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_CREATE_VTABLE:
        return one_of(allowed_modules, second) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_OK;
    }
}

int litewire_install_guard(sqlite3 *db)
{
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LARGEST_VALUE);
    sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
    int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    }
    return rc == SQLITE_OK ? sqlite3_set_authorizer(db, authorize, NULL) : rc;
}
