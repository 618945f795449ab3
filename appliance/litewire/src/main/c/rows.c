/*
 * Encodes rows as packets of MySQL's protocol, as many per call as the buffer takes, because a crossing between Java and C for
 * every value costs more than the row. It knows values that are stored as their column's type wants them; a row with any other
 * value is left to Java.
 */
#include "litewire.h"

#include <string.h>

/* Forms of a column, as RowFormat.java numbers them. */
enum {
    FORM_JAVA = 0,       /* only NULL is known here */
    FORM_WHOLE = 1,      /* whole number as digits */
    FORM_UNSIGNED = 2,   /* the same, its 64 bits without a sign */
    FORM_BYTES = 3,      /* text or bytes as they are, whole numbers as digits */
    FORM_BINARY_1 = 4,   /* whole number in 1, 2, 4 or 8 bytes */
    FORM_BINARY_2 = 5,
    FORM_BINARY_4 = 6,
    FORM_BINARY_8 = 7,
    FORM_BINARY_REAL = 8,   /* floating point number in 8 bytes */
    FORM_BINARY_MOMENT = 9, /* date, or date and time */
    FORM_DECIMAL = 16       /* this and above: decimal number with form - 16 digits after the point */
};

/* Why a call ended; in the lowest 8 bits of its result. Above them 24 bits with the rows and 32 with the bytes written. */
enum { ENDED_ALL = 0, ENDED_ROOM = 1, ENDED_JAVA = 2, ENDED_ERROR = 3 };

#define HEADER_BYTES 4
#define LONGEST_DIGITS 24
#define NULL_MARK 0xFB
#define LARGEST_EXACT 1e15 /* Whole numbers up to here have one decimal form as floating point numbers. */

/* Where the next byte goes; NULL target: a value that Java must encode; full: no room. */
typedef struct {
    unsigned char *target;
    unsigned char *end;
    int java;
    int full;
} writer;

static unsigned char *reserve(writer *w, int64_t bytes)
{
    unsigned char *at = w->target;
    if (w->end - at < bytes) {
        w->full = 1;
        return NULL;
    }
    w->target += bytes;
    return at;
}

static void put_bytes(writer *w, const void *bytes, int64_t length)
{
    int width = length <= 250 ? 0 : length <= 0xFFFF ? 2 : length <= 0xFFFFFF ? 3 : 8;
    unsigned char *at = reserve(w, 1 + width + length);
    if (!at) {
        return;
    }
    *at++ = (unsigned char)(width == 0 ? length : width == 2 ? 0xFC : width == 3 ? 0xFD : 0xFE);
    for (int i = 0; i < width; i++) {
        *at++ = (unsigned char)(length >> (8 * i));
    }
    if (length > 0) {
        memcpy(at, bytes, (size_t)length);
    }
}

/* Writes the digits to the end of the buffer and gives their first. */
static char *digits(char *end, uint64_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return end;
}

static uint64_t magnitude(int64_t number)
{
    return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

static void put_whole(writer *w, int64_t number, int with_sign)
{
    char text[LONGEST_DIGITS];
    char *end = text + sizeof text;
    char *first = digits(end, with_sign ? magnitude(number) : (uint64_t)number);
    if (with_sign && number < 0) {
        *--first = '-';
    }
    put_bytes(w, first, end - first);
}

/* Prints scaled / 10^scale. */
static void put_scaled(writer *w, int64_t scaled, int scale)
{
    char text[2 * LONGEST_DIGITS];
    char *end = text + sizeof text;
    char *first = digits(end, magnitude(scaled));
    while (end - first <= scale) {
        *--first = '0';
    }
    if (scale > 0) {
        int whole = (int)(end - first) - scale;
        memmove(first - 1, first, (size_t)whole);
        first--;
        first[whole] = '.';
    }
    if (scaled < 0) {
        *--first = '-';
    }
    put_bytes(w, first, end - first);
}

static void put_decimal(writer *w, sqlite3_stmt *statement, int column, int scale)
{
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    double number = sqlite3_column_double(statement, column);
    double scaled;
    if (scale >= (int)(sizeof powers / sizeof *powers)) {
        w->java = 1;
        return;
    }
    scaled = number * powers[scale];
    if (!(scaled > -LARGEST_EXACT && scaled < LARGEST_EXACT)) {
        w->java = 1;
        return;
    }
    scaled = __builtin_rint(scaled);
    /* Below 16 digits one decimal number at most reads back as this floating point number. */
    if (scaled / powers[scale] != number || (scaled == 0 && __builtin_signbit(number))) {
        w->java = 1;
        return;
    }
    put_scaled(w, (int64_t)scaled, scale);
}

static void put_fixed(writer *w, uint64_t number, int width)
{
    unsigned char *at = reserve(w, width);
    for (int i = 0; at && i < width; i++) {
        at[i] = (unsigned char)(number >> (8 * i));
    }
}

/* Two digits, or a value above 99 when they are none. */
static unsigned pair(const unsigned char *text)
{
    unsigned tens = (unsigned)text[0] - '0';
    unsigned ones = (unsigned)text[1] - '0';
    return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

/* YYYY-MM-DD or YYYY-MM-DD hh:mm:ss, which is how they are stored; other forms are Java's. */
static void put_moment(writer *w, const unsigned char *text, int length)
{
    unsigned part[7] = {0, 0, 0, 0, 0, 0, 0};
    unsigned char *at;
    int bytes;
    int right = (length == 10 || length == 19) && text[4] == '-' && text[7] == '-';
    if (right && length == 19) {
        right = (text[10] == ' ' || text[10] == 'T') && text[13] == ':' && text[16] == ':';
    }
    for (int i = 0; right && i < (length == 19 ? 7 : 4); i++) {
        static const int places[] = {0, 2, 5, 8, 11, 14, 17};
        part[i] = pair(text + places[i]);
        right = part[i] <= 99;
    }
    if (!right) {
        w->java = 1;
        return;
    }
    bytes = part[4] | part[5] | part[6] ? 7 : part[0] | part[1] | part[2] | part[3] ? 4 : 0;
    at = reserve(w, 1 + bytes);
    if (!at) {
        return;
    }
    *at++ = (unsigned char)bytes;
    if (bytes >= 4) {
        unsigned year = part[0] * 100 + part[1];
        *at++ = (unsigned char)year;
        *at++ = (unsigned char)(year >> 8);
        *at++ = (unsigned char)part[2];
        *at++ = (unsigned char)part[3];
    }
    if (bytes == 7) {
        *at++ = (unsigned char)part[4];
        *at++ = (unsigned char)part[5];
        *at++ = (unsigned char)part[6];
    }
}

static void put_integer(writer *w, int form, int64_t number)
{
    switch (form) {
    case FORM_WHOLE:
    case FORM_BYTES:
        put_whole(w, number, 1);
        break;
    case FORM_UNSIGNED:
        put_whole(w, number, 0);
        break;
    case FORM_BINARY_1:
    case FORM_BINARY_2:
    case FORM_BINARY_4:
    case FORM_BINARY_8:
        put_fixed(w, (uint64_t)number, 1 << (form - FORM_BINARY_1));
        break;
    default:
        w->java = 1;
    }
}

static void put_value(writer *w, sqlite3_stmt *statement, int column, int form, int type)
{
    const void *bytes;
    if (type == SQLITE_INTEGER && form < FORM_DECIMAL) {
        put_integer(w, form, sqlite3_column_int64(statement, column));
    } else if (form >= FORM_DECIMAL && (type == SQLITE_INTEGER || type == SQLITE_FLOAT)) {
        put_decimal(w, statement, column, form - FORM_DECIMAL);
    } else if (type == SQLITE_FLOAT && form == FORM_BINARY_REAL) {
        double number = sqlite3_column_double(statement, column);
        uint64_t bits;
        memcpy(&bits, &number, sizeof bits);
        put_fixed(w, bits, 8);
    } else if ((type == SQLITE_TEXT || type == SQLITE_BLOB) && form == FORM_BYTES) {
        bytes = type == SQLITE_TEXT ? (const void *)sqlite3_column_text(statement, column)
                                    : sqlite3_column_blob(statement, column);
        put_bytes(w, bytes, sqlite3_column_bytes(statement, column));
    } else if (type == SQLITE_TEXT && form == FORM_BINARY_MOMENT) {
        bytes = sqlite3_column_text(statement, column);
        put_moment(w, bytes, sqlite3_column_bytes(statement, column));
    } else {
        w->java = 1;
    }
}

static void put_text_row(writer *w, sqlite3_stmt *statement, const unsigned char *forms, int columns)
{
    for (int i = 0; i < columns && !w->full && !w->java; i++) {
        int type = sqlite3_column_type(statement, i);
        if (type == SQLITE_NULL) {
            unsigned char *at = reserve(w, 1);
            if (at) {
                *at = NULL_MARK;
            }
        } else {
            put_value(w, statement, i, forms[i], type);
        }
    }
}

/* Begins with a zero and a bit per column, set for NULL, counted from the third bit. */
static void put_binary_row(writer *w, sqlite3_stmt *statement, const unsigned char *forms, int columns)
{
    int bitmap = (columns + 9) / 8;
    unsigned char *nulls = reserve(w, 1 + bitmap);
    if (!nulls) {
        return;
    }
    memset(nulls, 0, (size_t)(1 + bitmap));
    for (int i = 0; i < columns && !w->full && !w->java; i++) {
        int type = sqlite3_column_type(statement, i);
        if (type == SQLITE_NULL) {
            nulls[1 + (i + 2) / 8] |= (unsigned char)(1 << (i + 2) % 8);
        } else {
            put_value(w, statement, i, forms[i], type);
        }
    }
}

/*
 * Encodes the row the statement stands on and those after it. With skip it first leaves the row it stands on. The packets are
 * numbered from sequence on. A row that is not written whole leaves nothing behind, and the statement stands on it.
 */
EXPORTED int64_t litewire_encode(sqlite3_stmt *statement, const unsigned char *forms, int columns, int is_binary, int skip,
                                 unsigned char *target, int room, int sequence)
{
    writer w = {target, target + room, 0, 0};
    int64_t rows = 0;
    int ended = ENDED_ALL;
    int rc = skip ? sqlite3_step(statement) : SQLITE_ROW;
    while (rc == SQLITE_ROW) {
        unsigned char *begin = w.target;
        unsigned char *header = reserve(&w, HEADER_BYTES);
        int64_t length;
        if (header && is_binary) {
            put_binary_row(&w, statement, forms, columns);
        } else if (header) {
            put_text_row(&w, statement, forms, columns);
        }
        if (sqlite3_data_count(statement) != columns) {
            w.java = 1;
        }
        if (w.java || w.full) {
            w.target = begin;
            ended = w.java ? ENDED_JAVA : ENDED_ROOM;
            break;
        }
        length = w.target - header - HEADER_BYTES;
        header[0] = (unsigned char)length;
        header[1] = (unsigned char)(length >> 8);
        header[2] = (unsigned char)(length >> 16);
        header[3] = (unsigned char)(sequence + rows);
        rows++;
        rc = sqlite3_step(statement);
    }
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        ended = ENDED_ERROR;
    }
    return ended | rows << 8 | (int64_t)(w.target - target) << 32;
}
