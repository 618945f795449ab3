/*
 * Entry point for sqld, which loads the extension into each of its connections (option -e). The same collations and functions
 * as on other nodes, so that a replicated site computes the same; no authorizer, because sqld sets its own. sqld brings
 * functions that read and write files of the machine: they are closed.
 */
#include "statement.h"

const sqlite3_api_routines *sqlite3_api;

static void closed(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    (void)arguments;
    sqlite3_result_error(context, "not authorized", -1);
    sqlite3_result_error_code(context, SQLITE_AUTH);
}

static int close_function(sqlite3 *db, const char *name, int arguments)
{
    return sqlite3_create_function_v2(db, name, arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL, closed, NULL, NULL, NULL);
}

/* mysql_legacy_alter_table(on): sqld refuses the pragma, without which ALTER rewrites what refers to a table made anew. */
static void legacy_alter_table(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    int on = sqlite3_value_int(arguments[0]) != 0;
    int now = 0;
    int rc = sqlite3_db_config(sqlite3_context_db_handle(context), SQLITE_DBCONFIG_LEGACY_ALTER_TABLE, on, &now);
    if (rc != SQLITE_OK) {
        sqlite3_result_error_code(context, rc);
        return;
    }
    sqlite3_result_int(context, now);
}

EXPORTED int sqlite3_extension_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    (void)error;
    sqlite3_api = api;
    int rc = litewire_install_collations(db);
    if (rc == SQLITE_OK) {
        rc = litewire_install_functions(db);
    }
    if (rc == SQLITE_OK) {
        rc = install_statement_functions(db);
    }
    if (rc == SQLITE_OK) {
        /* sqld does not let it be set later. Without it INSERT OR REPLACE would delete rows unseen by the triggers of
           full-text indexes. */
        rc = sqlite3_exec(db, "PRAGMA recursive_triggers = 1", NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK) {
        rc = close_function(db, "readfile", 1);
    }
    if (rc == SQLITE_OK) {
        rc = close_function(db, "writefile", -1);
    }
    if (rc == SQLITE_OK) {
        rc = sqlite3_create_function_v2(db, "mysql_legacy_alter_table", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                        legacy_alter_table, NULL, NULL, NULL);
    }
    /* A module without methods is one that does not exist. */
    return rc == SQLITE_OK ? sqlite3_create_module_v2(db, "fsdir", NULL, NULL, NULL) : rc;
}
