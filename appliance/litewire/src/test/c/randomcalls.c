/*
 * Calls every function of the extension with random values, to be built and run with AddressSanitizer and
 * UndefinedBehaviorSanitizer: randomcalls <extension> <calls>. Ends with a report and status 1 at the first fault.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ARGUMENTS 4
#define LONGEST_TEXT 40

static uint64_t state = 20250101;

static uint32_t random_below(uint32_t limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % limit;
}

static const char *const words[] = {
    "utf8mb4_general_ci", "utf8mb4_unicode_ci", "utf8mb4_0900_ai_ci", "latin1_swedish_ci", "YEAR", "MICROSECOND", "DAY_MINUTE", "WEEK", "WEEKOFYEAR", "2024-02-29 13:14:15.123456", "-838:59:59", "0000-00-00", "9999-12-31",
    "%Y-%M-%D %x %v %f", "127.0.0.1", "Z", "+05:30", ",", "a,b,c", "\xc3\x84\xc3\x9f", "\xf0\x9f\x98\x80", "1e308", "-", "."};

static void bind_random(sqlite3_stmt *statement, int index)
{
    static const int64_t numbers[] = {0, 1, -1, 2, 10, INT64_MAX, INT64_MIN, 0x7fffffff, -0x7fffffff - 1LL};
    static const double reals[] = {0.5, -2.5, 1e308, -1e-308, 1e15, 9.995, 4294967296.5};
    static const char bytes[] = "0123456789-:. T+,%\0\xff\xc3\xf0\x9f\xe2ZabYmdHisf\t";
    char text[4 * LONGEST_TEXT];
    int length = 0;
    switch (random_below(6)) {
    case 0:
        sqlite3_bind_int64(statement, index, numbers[random_below(sizeof numbers / sizeof numbers[0])]);
        return;
    case 1:
        sqlite3_bind_int64(statement, index, (int64_t)random_below(100) - 50);
        return;
    case 2:
        sqlite3_bind_double(statement, index, reals[random_below(sizeof reals / sizeof reals[0])]);
        return;
    case 3: {
        const char *word = words[random_below(sizeof words / sizeof words[0])];
        length = (int)random_below((uint32_t)strlen(word) + 1);
        length = random_below(2) ? (int)strlen(word) : length;
        sqlite3_bind_text(statement, index, word, length, SQLITE_TRANSIENT);
        return;
    }
    default:
        for (int left = (int)random_below(LONGEST_TEXT); left > 0; left--) {
            text[length++] = random_below(3) ? bytes[random_below(sizeof bytes - 1)] : (char)random_below(256);
        }
        if (random_below(4)) {
            sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
        } else {
            sqlite3_bind_blob(statement, index, text, length, SQLITE_TRANSIENT);
        }
    }
}

static void call(sqlite3 *db, const char *name, int arguments, long calls)
{
    char sql[200] = "SELECT ";
    strcat(strcat(sql, name), "(");
    for (int i = 0; i < arguments; i++) {
        strcat(sql, i ? ", ?" : "?");
    }
    strcat(sql, ")");
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
        exit(2);
    }
    for (long i = 0; i < calls; i++) {
        for (int argument = 1; argument <= arguments; argument++) {
            bind_random(statement, argument);
        }
        if (sqlite3_step(statement) == SQLITE_ROW) {
            (void)sqlite3_column_blob(statement, 0);
        }
        sqlite3_reset(statement);
    }
    sqlite3_finalize(statement);
}

int main(int count, char **arguments)
{
    sqlite3 *db;
    sqlite3_stmt *functions;
    char *error = NULL;
    int tried = 0;
    if (count != 3 || sqlite3_open(":memory:", &db) != SQLITE_OK) {
        return 2;
    }
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    if (sqlite3_load_extension(db, arguments[1], "sqlite3_extension_init", &error) != SQLITE_OK) {
        fprintf(stderr, "%s\n", error);
        return 2;
    }
    const char *ours = "SELECT name, narg FROM pragma_function_list WHERE name LIKE 'mysql\\_%' ESCAPE '\\'";
    if (sqlite3_prepare_v2(db, ours, -1, &functions, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s\n", sqlite3_errmsg(db));
        return 2;
    }
    while (sqlite3_step(functions) == SQLITE_ROW) {
        int given = sqlite3_column_int(functions, 1);
        call(db, (const char *)sqlite3_column_text(functions, 0), given < 0 ? MOST_ARGUMENTS : given, atol(arguments[2]));
        tried++;
    }
    sqlite3_finalize(functions);
    sqlite3_close(db);
    printf("%d functions\n", tried);
    return tried > 20 ? 0 : 2;
}
