/* Frames between the appliance and a PHP worker; the byte tables are in DESIGN.md. All numbers are little endian. */
#ifndef EPHPM_FRAMES_H
#define EPHPM_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#define FRAME_VERSION 1
#define FRAME_HEADER 8
/* No frame of either direction carries more; body chunks stay at FRAME_CHUNK. */
#define FRAME_LIMIT (1024 * 1024)
#define FRAME_CHUNK (64 * 1024)
/* Request body bytes the appliance may send before it is asked for more. */
#define BODY_WINDOW (64 * 1024)
#define STRING_ABSENT 0xffffffffu
#define LENGTH_UNKNOWN UINT64_MAX

enum frame_to_worker {
    FRAME_TENANT = 1,
    FRAME_REQUEST = 2,
    FRAME_BODY = 3,
    FRAME_ABORT = 4,
    FRAME_INVALIDATE = 5,
    FRAME_COMPILE = 6
};

enum frame_from_worker {
    FRAME_HELLO = 65,
    FRAME_PULL = 66,
    FRAME_HEAD = 67,
    FRAME_CONTENT = 68,
    FRAME_END = 69,
    FRAME_IDLE = 70,
    FRAME_LOG = 71,
    FRAME_RESULT = 72
};

/* Flags of FRAME_BODY and FRAME_REQUEST. */
#define BODY_LAST 1
#define REQUEST_HAS_BODY 1

/* Flags of FRAME_END and FRAME_IDLE. */
#define END_FATAL 1
#define END_ABORTED 2
#define END_IDLE 4
#define END_LEAVING 8

struct frame {
    uint8_t type;
    uint16_t flags;
    const uint8_t *payload;
    uint32_t length;
};

/* Bytes being written; grows, never shrinks, freed with the process. */
struct bytes {
    uint8_t *data;
    size_t length;
    size_t capacity;
};

void bytes_clear(struct bytes *bytes);
uint8_t *bytes_reserve(struct bytes *bytes, size_t more);
void bytes_add(struct bytes *bytes, const void *data, size_t length);
void bytes_add_u16(struct bytes *bytes, uint16_t value);
void bytes_add_u32(struct bytes *bytes, uint32_t value);
void bytes_add_u64(struct bytes *bytes, uint64_t value);
void bytes_add_string(struct bytes *bytes, const char *data, size_t length);
void bytes_add_frame_header(struct bytes *bytes, uint8_t type, uint16_t flags, uint32_t length);

/* Bytes being read. A read past the end sets broken and gives zeros, so callers check once, at the end. */
struct reader {
    const uint8_t *at;
    const uint8_t *end;
    bool broken;
};

struct reader reader_of(const struct frame *frame);
uint16_t read_u16(struct reader *reader);
uint32_t read_u32(struct reader *reader);
uint64_t read_u64(struct reader *reader);
/* A string with its closing NUL, inside the frame; NULL when absent. */
const char *read_string(struct reader *reader, size_t *length);

/* The worker's end of its connection. */
struct connection {
    int socket;
    bool lost;
    uint8_t *input;
    size_t capacity;
    size_t start;
    size_t end;
};

void connection_open(struct connection *connection, int socket);
void connection_close(struct connection *connection);
/* Takes the next frame; waits for it if wait is set. False: none there, or the connection is lost. The payload stays valid
   until the next call. */
bool connection_next(struct connection *connection, struct frame *frame, bool wait);
/* True when an ABORT frame is among the bytes that have arrived; reads what is there, takes nothing. */
bool connection_sees_abort(struct connection *connection);
/* Writes everything or marks the connection lost. */
bool connection_write(struct connection *connection, struct iovec *parts, int count);

#endif
