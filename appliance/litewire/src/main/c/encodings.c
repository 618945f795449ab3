/* Hexadecimal, checksums, addresses. Twin: EncodingBodies.java. */
#include "functions.h"

#include <math.h>

static void hex_of_number(sqlite3_context *context, uint64_t number)
{
    char printed[24];
    sqlite3_snprintf(sizeof printed, printed, "%llX", number);
    sqlite3_result_text(context, printed, -1, SQLITE_TRANSIENT);
}

/* As Math.round: half up, limited to 64 bits. */
static int64_t rounded(double value)
{
    double whole = floor(value + 0.5);
    if (fabs(value) < 1e15) {
        whole = floor(value);
        whole += value - whole >= 0.5 ? 1 : 0;
    }
    return whole >= 9223372036854775807.0 ? INT64_MAX : whole <= -9223372036854775808.0 ? INT64_MIN : (int64_t)whole;
}

/* As 64 bits with or without a sign; all of them where it has no place in those. */
static uint64_t bits_of(double number)
{
    if (number <= -0x1p63 || number >= 0x1p64) {
        return UINT64_MAX;
    }
    return number >= 0x1p63 ? (uint64_t)number : (uint64_t)rounded(number);
}

/* Numbers in hexadecimal, text and bytes byte by byte. */
static void hex(sqlite3_context *context, int count, sqlite3_value **a)
{
    static const char digits[] = "0123456789ABCDEF";
    (void)count;
    switch (sqlite3_value_type(a[0])) {
    case SQLITE_INTEGER:
        hex_of_number(context, (uint64_t)sqlite3_value_int64(a[0]));
        return;
    case SQLITE_FLOAT:
        hex_of_number(context, bits_of(sqlite3_value_double(a[0])));
        return;
    default:
        break;
    }
    const uint8_t *bytes = sqlite3_value_blob(a[0]);
    size_t length = bytes ? (size_t)sqlite3_value_bytes(a[0]) : 0;
    char *result = sqlite3_malloc64(length * 2 + 1);
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        result[2 * i] = digits[bytes[i] >> 4];
        result[2 * i + 1] = digits[bytes[i] & 15];
    }
    sqlite3_result_text64(context, result, length * 2, sqlite3_free, SQLITE_UTF8);
}

/* One character for every byte, U+0000 to U+00FF, so that functions that count characters count bytes. */
static void text_of_bytes(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    const uint8_t *bytes = sqlite3_value_blob(a[0]);
    size_t length = bytes ? (size_t)sqlite3_value_bytes(a[0]) : 0;
    uint8_t *result = sqlite3_malloc64(length * 2 + 1);
    size_t size = 0;
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] >= 0x80) {
            result[size++] = (uint8_t)(0xc0 | bytes[i] >> 6);
            result[size++] = bytes[i] & 0xbf;
        } else {
            result[size++] = bytes[i];
        }
    }
    sqlite3_result_text64(context, (char *)result, size, sqlite3_free, SQLITE_UTF8);
}

/* The way back; characters above U+00FF do not come here. */
static void bytes_of_text(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    uint8_t *result = sqlite3_malloc64(t.length + 1);
    size_t size = 0;
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    while (t.length > 0) {
        size_t step = character_length(t);
        result[size++] = step == 1 ? t.bytes[0] : step == 2 && t.bytes[0] < 0xc4
                ? (uint8_t)(t.bytes[0] << 6 | (t.bytes[1] & 0x3f)) : '?';
        t.bytes += step;
        t.length -= step;
    }
    sqlite3_result_blob64(context, result, size, sqlite3_free);
}

static int hex_value(uint8_t c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL when it is not hexadecimal. */
static void unhex(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    size_t odd = t.length % 2;
    size_t length = (t.length + odd) / 2;
    uint8_t *result = sqlite3_malloc64(length + 1);
    if (!result) {
        sqlite3_result_error_nomem(context);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        int high = odd && i == 0 ? 0 : hex_value(t.bytes[2 * i - odd]);
        int low = hex_value(t.bytes[2 * i + 1 - odd]);
        if (high < 0 || low < 0) {
            sqlite3_free(result);
            return;
        }
        result[i] = (uint8_t)(high << 4 | low);
    }
    sqlite3_result_blob64(context, result, length, sqlite3_free);
}

static void crc32(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    const uint8_t *bytes = sqlite3_value_blob(a[0]);
    size_t length = bytes ? (size_t)sqlite3_value_bytes(a[0]) : 0;
    uint32_t sum = 0xffffffff;
    for (size_t i = 0; i < length; i++) {
        sum ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
        }
    }
    sqlite3_result_int64(context, (int64_t)(sum ^ 0xffffffff));
}

static void ascii(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    const uint8_t *bytes = sqlite3_value_blob(a[0]);
    sqlite3_result_int(context, bytes && sqlite3_value_bytes(a[0]) > 0 ? bytes[0] : 0);
}

/* Four numbers of up to three digits, or NULL. */
/* Fewer than four numbers: the last one stands in the last byte, the first ones in the first. */
static void inet_aton(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    text t = text_of(a[0]);
    uint64_t address = 0;
    uint64_t number = 0;
    int points = 0;
    for (size_t at = 0; at < t.length; at++) {
        if (t.bytes[at] >= '0' && t.bytes[at] <= '9') {
            number = number * 10 + t.bytes[at] - '0';
        } else if (t.bytes[at] == '.') {
            points++;
            address = (address << 8) + number;
            number = 0;
        } else {
            return;
        }
        if (number > 255) {
            return;
        }
    }
    if (t.length == 0 || t.bytes[t.length - 1] == '.') {
        return;
    }
    address <<= points == 1 ? 16 : points == 2 ? 8 : 0;
    sqlite3_result_int64(context, (int64_t)((address << 8) + number));
}

static void inet_ntoa(sqlite3_context *context, int count, sqlite3_value **a)
{
    (void)count;
    int64_t address = sqlite3_value_int64(a[0]);
    char printed[24];
    if (address < 0 || address > 0xffffffff) {
        return;
    }
    sqlite3_snprintf(sizeof printed, printed, "%d.%d.%d.%d", (int)(address >> 24), (int)(address >> 16 & 255),
                     (int)(address >> 8 & 255), (int)(address & 255));
    sqlite3_result_text(context, printed, -1, SQLITE_TRANSIENT);
}

const function encoding_functions[] = {
    {"mysql_text_of_bytes", 1, text_of_bytes},
    {"mysql_bytes_of_text", 1, bytes_of_text},
    {"mysql_hex", 1, hex},
    {"mysql_unhex", 1, unhex},
    {"mysql_crc32", 1, crc32},
    {"mysql_ascii", 1, ascii},
    {"mysql_inet_aton", 1, inet_aton},
    {"mysql_inet_ntoa", 1, inet_ntoa},
    {NULL, 0, NULL}};
