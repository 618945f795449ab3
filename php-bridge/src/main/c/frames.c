#include "frames.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define INPUT_CAPACITY (FRAME_LIMIT + 4 * FRAME_CHUNK)
#define INPUT_FIRST (128 * 1024)

static void *must(void *memory)
{
    if (memory == NULL) {
        static const char message[] = "ephpm-php: out of memory for a frame\n";
        (void)!write(2, message, sizeof(message) - 1);
        abort();
    }
    return memory;
}

void bytes_clear(struct bytes *bytes)
{
    bytes->length = 0;
}

uint8_t *bytes_reserve(struct bytes *bytes, size_t more)
{
    if (bytes->length + more > bytes->capacity) {
        size_t capacity = bytes->capacity == 0 ? 4096 : bytes->capacity;
        while (capacity < bytes->length + more) {
            capacity *= 2;
        }
        bytes->data = must(realloc(bytes->data, capacity));
        bytes->capacity = capacity;
    }
    return bytes->data + bytes->length;
}

void bytes_add(struct bytes *bytes, const void *data, size_t length)
{
    memcpy(bytes_reserve(bytes, length), data, length);
    bytes->length += length;
}

void bytes_add_u16(struct bytes *bytes, uint16_t value)
{
    uint8_t raw[2] = {value & 0xff, value >> 8};
    bytes_add(bytes, raw, sizeof(raw));
}

void bytes_add_u32(struct bytes *bytes, uint32_t value)
{
    bytes_add_u16(bytes, value & 0xffff);
    bytes_add_u16(bytes, value >> 16);
}

void bytes_add_u64(struct bytes *bytes, uint64_t value)
{
    bytes_add_u32(bytes, (uint32_t)value);
    bytes_add_u32(bytes, (uint32_t)(value >> 32));
}

void bytes_add_string(struct bytes *bytes, const char *data, size_t length)
{
    bytes_add_u32(bytes, (uint32_t)length);
    bytes_add(bytes, data, length);
}

void bytes_add_frame_header(struct bytes *bytes, uint8_t type, uint16_t flags, uint32_t length)
{
    uint8_t raw[2] = {FRAME_VERSION, type};
    bytes_add_u32(bytes, length);
    bytes_add(bytes, raw, sizeof(raw));
    bytes_add_u16(bytes, flags);
}

struct reader reader_of(const struct frame *frame)
{
    struct reader reader = {frame->payload, frame->payload + frame->length, false};
    return reader;
}

static const uint8_t *take(struct reader *reader, size_t length)
{
    const uint8_t *at = reader->at;
    if (reader->broken || (size_t)(reader->end - at) < length) {
        reader->broken = true;
        return NULL;
    }
    reader->at += length;
    return at;
}

uint16_t read_u16(struct reader *reader)
{
    const uint8_t *at = take(reader, 2);
    return at == NULL ? 0 : (uint16_t)(at[0] | at[1] << 8);
}

uint32_t read_u32(struct reader *reader)
{
    uint32_t low = read_u16(reader);
    return low | (uint32_t)read_u16(reader) << 16;
}

uint64_t read_u64(struct reader *reader)
{
    uint64_t low = read_u32(reader);
    return low | (uint64_t)read_u32(reader) << 32;
}

const char *read_string(struct reader *reader, size_t *length)
{
    uint32_t size = read_u32(reader);
    const uint8_t *at;

    *length = 0;
    if (size == STRING_ABSENT) {
        return NULL;
    }
    at = take(reader, (size_t)size + 1);
    if (at == NULL || at[size] != '\0') {
        reader->broken = true;
        return NULL;
    }
    *length = size;
    return (const char *)at;
}

void connection_open(struct connection *connection, int socket)
{
    memset(connection, 0, sizeof(*connection));
    connection->socket = socket;
    connection->capacity = INPUT_FIRST;
    connection->input = must(malloc(INPUT_FIRST));
}

void connection_close(struct connection *connection)
{
    close(connection->socket);
    free(connection->input);
    connection->input = NULL;
    connection->lost = true;
}

static void make_room(struct connection *connection)
{
    if (connection->start == connection->end) {
        connection->start = connection->end = 0;
    } else if (connection->start > 0 && connection->end == connection->capacity) {
        memmove(connection->input, connection->input + connection->start, connection->end - connection->start);
        connection->end -= connection->start;
        connection->start = 0;
    }
    if (connection->end == connection->capacity && connection->capacity < INPUT_CAPACITY) {
        connection->capacity = connection->capacity * 2 > INPUT_CAPACITY ? INPUT_CAPACITY : connection->capacity * 2;
        connection->input = must(realloc(connection->input, connection->capacity));
    }
}

/* Reads once. False: nothing there, buffer full, or lost. */
static bool receive(struct connection *connection, bool wait)
{
    make_room(connection);
    if (connection->end == connection->capacity) {
        return false;
    }
    for (;;) {
        ssize_t got = recv(connection->socket, connection->input + connection->end,
            connection->capacity - connection->end, wait ? 0 : MSG_DONTWAIT);
        if (got > 0) {
            connection->end += (size_t)got;
            return true;
        }
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
            connection->lost = true;
        }
        return false;
    }
}

/* Looks at the frame starting at an offset. False: not whole yet, or a broken header, which loses the connection. */
static bool frame_at(struct connection *connection, size_t offset, struct frame *frame)
{
    const uint8_t *at = connection->input + offset;
    uint32_t length;

    if (connection->end - offset < FRAME_HEADER) {
        return false;
    }
    length = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
    if (at[4] != FRAME_VERSION || length > FRAME_LIMIT) {
        connection->lost = true;
        return false;
    }
    if (connection->end - offset - FRAME_HEADER < length) {
        return false;
    }
    frame->type = at[5];
    frame->flags = (uint16_t)(at[6] | at[7] << 8);
    frame->payload = at + FRAME_HEADER;
    frame->length = length;
    return true;
}

bool connection_next(struct connection *connection, struct frame *frame, bool wait)
{
    while (!frame_at(connection, connection->start, frame)) {
        if (connection->lost || !receive(connection, wait)) {
            return false;
        }
    }
    connection->start += FRAME_HEADER + frame->length;
    return true;
}

bool connection_sees_abort(struct connection *connection)
{
    struct frame frame;
    size_t offset;

    while (receive(connection, false)) {
    }
    offset = connection->start;
    while (frame_at(connection, offset, &frame)) {
        if (frame.type == FRAME_ABORT) {
            return true;
        }
        offset += FRAME_HEADER + frame.length;
    }
    return connection->lost;
}

bool connection_write(struct connection *connection, struct iovec *parts, int count)
{
    while (count > 0 && !connection->lost) {
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = (size_t)count};
        ssize_t sent = sendmsg(connection->socket, &message, MSG_NOSIGNAL);
        if (sent < 0) {
            connection->lost = errno != EINTR;
            continue;
        }
        while (count > 0 && (size_t)sent >= parts->iov_len) {
            sent -= (ssize_t)parts->iov_len;
            parts++;
            count--;
        }
        if (count > 0) {
            parts->iov_base = (uint8_t *)parts->iov_base + sent;
            parts->iov_len -= (size_t)sent;
        }
    }
    return !connection->lost;
}
