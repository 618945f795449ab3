/* The request's body, pulled from the appliance as PHP asks for it. */
#include "request.h"

static struct bytes chunk;

void body_begin(bool has_body)
{
    bytes_clear(&chunk);
    current.body_at = 0;
    current.body_used = 0;
    current.body_ended = !has_body;
}

static void ask_for_more(void)
{
    uint8_t raw[FRAME_HEADER + 4];
    struct bytes frame = {raw, 0, sizeof(raw)};
    struct iovec part = {raw, sizeof(raw)};

    bytes_add_frame_header(&frame, FRAME_PULL, 0, 4);
    bytes_add_u32(&frame, current.body_used);
    current.body_used = 0;
    connection_write(current.connection, &part, 1);
}

/* Waits for the next chunk; false at the end of the body. */
static bool next_chunk(void)
{
    struct frame frame;

    if (current.body_used >= BODY_WINDOW / 2) {
        ask_for_more();
    }
    while (!current.body_ended && !current.closing) {
        if (!connection_next(current.connection, &frame, true) || frame.type == FRAME_ABORT) {
            current.aborted = true;
            current.body_ended = true;
            PG(connection_status) |= PHP_CONNECTION_ABORTED;
            return false;
        }
        if (frame.type != FRAME_BODY) {
            continue;
        }
        current.body_ended = (frame.flags & BODY_LAST) != 0;
        if (frame.length > 0) {
            bytes_clear(&chunk);
            bytes_add(&chunk, frame.payload, frame.length);
            current.body_at = 0;
            current.body_used += frame.length;
            return true;
        }
    }
    return false;
}

/* PHP takes a short count for the end of the body, so this fills the buffer whenever it can. */
size_t body_read(char *buffer, size_t wanted)
{
    size_t got = 0;

    while (got < wanted) {
        size_t left = chunk.length - current.body_at;
        size_t part = left < wanted - got ? left : wanted - got;
        if (left == 0) {
            if (!next_chunk()) {
                break;
            }
            continue;
        }
        memcpy(buffer + got, chunk.data + current.body_at, part);
        current.body_at += part;
        got += part;
    }
    return got;
}
