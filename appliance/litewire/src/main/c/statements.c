/*
 * SQLite's statement interface for Java's foreign function calls. One call steps and describes the whole row, because each
 * crossing costs more than the work behind it.
 */
#include "litewire.h"

#include <string.h>

/* One value of a row, as Java reads it: 24 bytes. */
typedef struct {
    int64_t type;    /* SQLITE_INTEGER, FLOAT, TEXT, BLOB, NULL */
    int64_t content; /* the integer, the bits of the double, or the address of the bytes */
    int64_t length;  /* bytes behind the address */
} value;

EXPORTED int litewire_prepare(sqlite3 *db, const char *sql, int length, sqlite3_stmt **statement, int *consumed)
{
    const char *tail = sql;
    int rc = sqlite3_prepare_v3(db, sql, length, SQLITE_PREPARE_PERSISTENT, statement, &tail);
    *consumed = (int)(tail - sql);
    return rc;
}

/* Writes the column count and as many values as there is room for. */
EXPORTED int litewire_row(sqlite3_stmt *statement, int64_t *count, int capacity)
{
    value *values = (value *)(count + 1);
    int columns = sqlite3_data_count(statement);
    *count = columns;
    for (int i = 0; i < columns && i < capacity; i++) {
        value *target = &values[i];
        target->type = sqlite3_column_type(statement, i);
        target->content = 0;
        target->length = 0;
        switch (target->type) {
        case SQLITE_INTEGER:
            target->content = sqlite3_column_int64(statement, i);
            break;
        case SQLITE_FLOAT: {
            double number = sqlite3_column_double(statement, i);
            memcpy(&target->content, &number, sizeof number);
            break;
        }
        case SQLITE_TEXT:
            target->content = (int64_t)(intptr_t)sqlite3_column_text(statement, i);
            target->length = sqlite3_column_bytes(statement, i);
            break;
        case SQLITE_BLOB:
            target->content = (int64_t)(intptr_t)sqlite3_column_blob(statement, i);
            target->length = sqlite3_column_bytes(statement, i);
            break;
        default:
            break;
        }
    }
    return columns;
}

EXPORTED int litewire_step(sqlite3_stmt *statement, int64_t *count, int capacity)
{
    int rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW) {
        litewire_row(statement, count, capacity);
    }
    return rc;
}

/* Ready to be bound and run again; drops the bound values, which may be large. */
EXPORTED int litewire_reset(sqlite3_stmt *statement)
{
    int rc = sqlite3_reset(statement);
    sqlite3_clear_bindings(statement); /* Unlike most, this one does not bear NULL. */
    return rc;
}

EXPORTED int litewire_finalize(sqlite3_stmt *statement)
{
    return sqlite3_finalize(statement);
}

EXPORTED int litewire_bind_null(sqlite3_stmt *statement, int index)
{
    return sqlite3_bind_null(statement, index);
}

EXPORTED int litewire_bind_long(sqlite3_stmt *statement, int index, int64_t number)
{
    return sqlite3_bind_int64(statement, index, number);
}

EXPORTED int litewire_bind_double(sqlite3_stmt *statement, int index, double number)
{
    return sqlite3_bind_double(statement, index, number);
}

EXPORTED int litewire_bind_text(sqlite3_stmt *statement, int index, const char *text, int length)
{
    return sqlite3_bind_text(statement, index, length ? text : "", length, SQLITE_TRANSIENT);
}

EXPORTED int litewire_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length)
{
    return length ? sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT)
                  : sqlite3_bind_zeroblob(statement, index, 0);
}

EXPORTED int litewire_column_count(sqlite3_stmt *statement)
{
    return sqlite3_column_count(statement);
}

EXPORTED const char *litewire_column_name(sqlite3_stmt *statement, int index)
{
    return sqlite3_column_name(statement, index);
}

EXPORTED int litewire_parameter_count(sqlite3_stmt *statement)
{
    return sqlite3_bind_parameter_count(statement);
}

EXPORTED int64_t litewire_changes(sqlite3 *db)
{
    return sqlite3_changes64(db);
}

EXPORTED int64_t litewire_last_insert_rowid(sqlite3 *db)
{
    return sqlite3_last_insert_rowid(db);
}

EXPORTED int litewire_error_code(sqlite3 *db)
{
    return sqlite3_extended_errcode(db);
}

EXPORTED const char *litewire_error_message(sqlite3 *db)
{
    return sqlite3_errmsg(db);
}

EXPORTED int litewire_in_transaction(sqlite3 *db)
{
    return !sqlite3_get_autocommit(db);
}

EXPORTED int litewire_interrupt(sqlite3 *db)
{
    sqlite3_interrupt(db);
    return SQLITE_OK;
}

EXPORTED int litewire_busy_timeout(sqlite3 *db, int milliseconds)
{
    return sqlite3_busy_timeout(db, milliseconds);
}
