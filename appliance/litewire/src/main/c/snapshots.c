/*
 * Snapshots that outlive their statement. A connection keeps its read transaction when a statement ends and uses it for the
 * next one as long as nobody has committed since: that saves BEGIN, COMMIT, the look at the schema version and two system
 * calls for the lock. Whether somebody has is written in the first bytes of the write-ahead log's index, which all
 * connections of all processes share: a commit is over only when they have changed.
 */
#include "litewire.h"

#include <stdlib.h>
#include <string.h>

/* SQLite's WalIndexHdr in 32-bit words, and the word in it that counts the frames of the log. */
#define HEADER_WORDS 12
#define FRAMES_WORD 4
#define REGION_BYTES 32768

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *begin;
    sqlite3_stmt *commit;
    sqlite3_stmt *version;
    const volatile uint32_t *header; /* In shared memory; NULL until the log is in use. */
    uint32_t seen[HEADER_WORDS];     /* The header as it was when the snapshot was taken. */
    int known;                       /* Whether seen belongs to the snapshot. */
    int64_t schema;
} snapshot;

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK ? statement : NULL;
}

static int run(sqlite3_stmt *statement)
{
    sqlite3_step(statement);
    return sqlite3_reset(statement);
}

EXPORTED int litewire_snapshot_close(snapshot *s)
{
    sqlite3_finalize(s->begin);
    sqlite3_finalize(s->commit);
    sqlite3_finalize(s->version);
    free(s);
    return SQLITE_OK;
}

/* To be closed before the connection is. NULL when memory is short. */
EXPORTED snapshot *litewire_snapshot_open(sqlite3 *db)
{
    snapshot *s = calloc(1, sizeof *s);
    if (!s) {
        return NULL;
    }
    s->db = db;
    s->begin = prepare(db, "BEGIN");
    s->commit = prepare(db, "COMMIT");
    s->version = prepare(db, "PRAGMA schema_version");
    if (!s->begin || !s->commit || !s->version) {
        litewire_snapshot_close(s);
        return NULL;
    }
    return s;
}

/* Only a file in WAL mode has the index; asking for it would make it. */
static int uses_log(sqlite3 *db)
{
    sqlite3_stmt *mode = prepare(db, "PRAGMA journal_mode");
    int answer = mode && sqlite3_step(mode) == SQLITE_ROW
        && sqlite3_stricmp((const char *)sqlite3_column_text(mode, 0), "wal") == 0;
    sqlite3_finalize(mode);
    return answer;
}

/* SQLite has mapped the index when it read; the mapping stays until the connection is closed. */
static void find_header(snapshot *s)
{
    sqlite3_file *file = NULL;
    void volatile *region = NULL;
    if (s->header || !uses_log(s->db)
        || sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file
        || !file->pMethods || file->pMethods->iVersion < 2 || !file->pMethods->xShmMap) {
        return;
    }
    if (file->pMethods->xShmMap(file, 0, REGION_BYTES, 0, &region) == SQLITE_OK) {
        s->header = region;
    }
}

static void read_header(const snapshot *s, uint32_t *words)
{
    for (int i = 0; i < HEADER_WORDS; i++) {
        words[i] = __atomic_load_n(&s->header[i], __ATOMIC_ACQUIRE);
    }
}

/* A header that is just being written differs, too. */
static int newest(const snapshot *s)
{
    uint32_t now[HEADER_WORDS];
    if (!s->known) {
        return 0;
    }
    read_header(s, now);
    return memcmp(now, s->seen, sizeof now) == 0;
}

/* Ends the snapshot, if there is one. */
EXPORTED int litewire_snapshot_end(snapshot *s)
{
    s->known = 0;
    return sqlite3_get_autocommit(s->db) ? SQLITE_OK : run(s->commit);
}

static int take(snapshot *s)
{
    int rc = run(s->begin);
    if (rc != SQLITE_OK) {
        return rc;
    }
    rc = sqlite3_step(s->version);
    s->schema = rc == SQLITE_ROW ? sqlite3_column_int64(s->version, 0) : 0;
    return sqlite3_reset(s->version);
}

/*
 * A snapshot of the newest state: the one there is, or a new one. Gives the schema version in it, or an error code below
 * zero.
 */
EXPORTED int64_t litewire_snapshot_begin(snapshot *s)
{
    uint32_t before[HEADER_WORDS];
    int comparable;
    int rc;
    if (!sqlite3_get_autocommit(s->db)) {
        if (newest(s)) {
            return s->schema;
        }
        rc = litewire_snapshot_end(s);
        if (rc != SQLITE_OK) {
            return -(int64_t)rc;
        }
    }
    s->known = 0;
    comparable = s->header != NULL;
    if (comparable) {
        read_header(s, before);
    }
    rc = take(s);
    if (rc != SQLITE_OK) {
        return -(int64_t)rc;
    }
    if (!comparable) {
        find_header(s);
        return s->schema;
    }
    read_header(s, s->seen);
    /* When somebody committed meanwhile it is not known which of the two states was taken. */
    s->known = memcmp(before, s->seen, sizeof before) == 0;
    return s->schema;
}

/* Frames in the write-ahead log. To be called outside a transaction. */
EXPORTED int64_t litewire_snapshot_frames(snapshot *s)
{
    find_header(s);
    return s->header ? (int64_t)__atomic_load_n(&s->header[FRAMES_WORD], __ATOMIC_ACQUIRE) : 0;
}
