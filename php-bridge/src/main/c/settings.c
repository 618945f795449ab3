#include "settings.h"

#include "frames.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool read_all(int from, void *into, size_t length)
{
    uint8_t *at = into;

    while (length > 0) {
        ssize_t got = read(from, at, length);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        at += got;
        length -= (size_t)got;
    }
    return true;
}

static char *copy_string(struct reader *reader)
{
    size_t length;
    const char *text = read_string(reader, &length);
    return strdup(text == NULL ? "" : text);
}

bool settings_parse(const uint8_t *data, size_t length, struct settings *settings)
{
    struct reader reader = {data, data + length, false};

    if (length < TOKEN_SIZE) {
        return false;
    }
    memcpy(settings->token, data, TOKEN_SIZE);
    reader.at += TOKEN_SIZE;
    settings->workers = read_u32(&reader);
    settings->max_requests = read_u32(&reader);
    settings->max_memory = read_u64(&reader);
    settings->may_execute = read_u16(&reader) != 0;
    settings->socket = copy_string(&reader);
    settings->user = copy_string(&reader);
    settings->ini = copy_string(&reader);
    settings->disable_functions = copy_string(&reader);
    return !reader.broken;
}

bool settings_read(int from, struct settings *settings)
{
    uint8_t raw[4];
    uint32_t length;
    uint8_t *data;
    bool read;

    if (!read_all(from, raw, sizeof(raw))) {
        return false;
    }
    length = (uint32_t)raw[0] | (uint32_t)raw[1] << 8 | (uint32_t)raw[2] << 16 | (uint32_t)raw[3] << 24;
    if (length > FRAME_LIMIT) {
        return false;
    }
    data = malloc(length + 1);
    read = read_all(from, data, length) && settings_parse(data, length, settings);
    explicit_bzero(data, length);
    free(data);
    return read;
}
