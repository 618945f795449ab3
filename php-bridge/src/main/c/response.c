/* The response: held back while it is small, streamed once it is not or the script says flush(). */
#include "request.h"

/* Headers beyond this are dropped: no browser or proxy would take them either. */
#define HEAD_LIMIT (256 * 1024)

static struct bytes head;
static struct bytes output;
static struct bytes wire;
static uint16_t header_count;

void response_begin(void)
{
    bytes_clear(&head);
    bytes_clear(&output);
    header_count = 0;
}

static bool is_named(const sapi_header_struct *header, const char *name, size_t length)
{
    return header->header_len > length && header->header[length] == ':'
        && strncasecmp(header->header, name, length) == 0;
}

static bool belongs(const sapi_header_struct *header, uint16_t status)
{
    if (header->header_len == 0 || is_named(header, ZEND_STRL("Status"))) {
        return false;
    }
    return status != 304 || !is_named(header, ZEND_STRL("Content-Type"));
}

void response_head(uint16_t status, zend_llist *headers)
{
    zend_llist_position position;
    sapi_header_struct *header;

    for (header = zend_llist_get_first_ex(headers, &position); header != NULL;
         header = zend_llist_get_next_ex(headers, &position)) {
        if (is_named(header, ZEND_STRL("Status")) && status == 200) {
            /* As under CGI: header('Status: 404 Not Found') sets the status. */
            int named = atoi(header->header + sizeof("Status:") - 1);
            status = named >= 100 && named <= 999 ? (uint16_t)named : status;
        }
    }
    for (header = zend_llist_get_first_ex(headers, &position); header != NULL;
         header = zend_llist_get_next_ex(headers, &position)) {
        if (belongs(header, status) && head.length + header->header_len < HEAD_LIMIT) {
            bytes_add_string(&head, header->header, header->header_len);
            header_count++;
        }
    }
    current.status = status;
    current.head_ready = true;
}

static void add_head(uint64_t length)
{
    bytes_add_frame_header(&wire, FRAME_HEAD, 0, (uint32_t)(12 + head.length));
    bytes_add_u16(&wire, current.status);
    bytes_add_u16(&wire, header_count);
    bytes_add_u64(&wire, length);
    bytes_add(&wire, head.data, head.length);
    current.head_sent = true;
}

static bool gone(void)
{
    if (!current.aborted && connection_sees_abort(current.connection)) {
        current.aborted = true;
    }
    return current.aborted;
}

/* Sends what is held back, the head first if it is still here. */
static bool send_held(void)
{
    struct iovec parts[2];

    bytes_clear(&wire);
    if (!current.head_sent) {
        add_head(LENGTH_UNKNOWN);
    }
    if (output.length > 0) {
        bytes_add_frame_header(&wire, FRAME_CONTENT, 0, (uint32_t)output.length);
    }
    if (wire.length == 0) {
        return true;
    }
    parts[0] = (struct iovec){wire.data, wire.length};
    parts[1] = (struct iovec){output.data, output.length};
    connection_write(current.connection, parts, 2);
    bytes_clear(&output);
    return !current.connection->lost;
}

bool response_flush(void)
{
    if (current.finished || current.connection == NULL) {
        return true;
    }
    return !gone() && send_held();
}

bool response_write(const char *data, size_t length)
{
    if (current.finished || current.connection == NULL) {
        return true;
    }
    current.content_bytes += length;
    if (output.length + length <= OUTPUT_HELD) {
        bytes_add(&output, data, length);
        return true;
    }
    if (gone() || !send_held()) {
        return false;
    }
    while (length > OUTPUT_HELD) {
        uint8_t raw[FRAME_HEADER];
        struct bytes frame = {raw, 0, sizeof(raw)};
        struct iovec parts[2] = {{raw, sizeof(raw)}, {(void *)data, FRAME_CHUNK}};
        bytes_add_frame_header(&frame, FRAME_CONTENT, 0, FRAME_CHUNK);
        if (gone() || !connection_write(current.connection, parts, 2)) {
            return false;
        }
        data += FRAME_CHUNK;
        length -= FRAME_CHUNK;
    }
    bytes_add(&output, data, length);
    return true;
}

static void add_end(uint8_t type, uint16_t flags)
{
    flags |= (current.fatal ? END_FATAL : 0) | (current.aborted ? END_ABORTED : 0);
    bytes_add_frame_header(&wire, type, flags, 8);
    bytes_add_u64(&wire, current.content_bytes);
}

/* PHP itself answers 500 to a fatal error only while its own idea of "headers sent" is false; ours is the truth. */
static void settle_status(void)
{
    if (!current.head_ready) {
        current.status = 500;
    } else if (current.fatal && current.status == 200) {
        current.status = 500;
    }
}

void response_end(uint16_t flags)
{
    struct iovec parts[3];
    size_t front;
    int count = 1;

    bytes_clear(&wire);
    if (!current.finished) {
        if (!current.head_sent) {
            settle_status();
            add_head(output.length);
        }
        if (output.length > 0) {
            bytes_add_frame_header(&wire, FRAME_CONTENT, 0, (uint32_t)output.length);
        }
    }
    front = wire.length;
    add_end(current.finished ? FRAME_IDLE : FRAME_END, flags);
    parts[0] = (struct iovec){wire.data, front};
    if (!current.finished && output.length > 0) {
        parts[count++] = (struct iovec){output.data, output.length};
    }
    parts[count++] = (struct iovec){wire.data + front, wire.length - front};
    connection_write(current.connection, parts, count);
    current.finished = true;
    bytes_clear(&output);
}

void response_log(const char *message)
{
    size_t length = strlen(message);
    struct iovec part;

    if (current.connection == NULL) {
        fprintf(stderr, "%s\n", message);
        return;
    }
    length = length > FRAME_CHUNK ? FRAME_CHUNK : length;
    bytes_clear(&wire);
    bytes_add_frame_header(&wire, FRAME_LOG, 0, (uint32_t)length);
    bytes_add(&wire, message, length);
    part = (struct iovec){wire.data, wire.length};
    connection_write(current.connection, &part, 1);
}
