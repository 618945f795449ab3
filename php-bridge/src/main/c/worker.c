#include "worker.h"

#include "cache.h"
#include "request.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* How often the resident size is looked at; a request that used much memory is looked at in any case. */
#define LOOK_EVERY 16
#define MUCH_MEMORY (16 * 1024 * 1024)

static const struct settings *limits;
static uint32_t served;
static int statm = -1;
static bool leaving;

int worker_connect(const struct settings *settings, uint32_t slot)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct bytes hello = {0};
    int end = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const char *version = PHP_VERSION;
    zval *running = zend_get_constant_str(ZEND_STRL("PHP_VERSION"));
    ssize_t sent;

    if (running != NULL && Z_TYPE_P(running) == IS_STRING) {
        version = Z_STRVAL_P(running);
    }
    snprintf(address.sun_path, sizeof(address.sun_path), "%s", settings->socket);
    if (end < 0 || connect(end, (struct sockaddr *)&address, sizeof(address)) != 0) {
        return -1;
    }
    bytes_add_frame_header(&hello, FRAME_HELLO, 0, (uint32_t)(TOKEN_SIZE + 12 + strlen(version)));
    bytes_add(&hello, settings->token, TOKEN_SIZE);
    bytes_add_u32(&hello, (uint32_t)getpid());
    bytes_add_u32(&hello, slot);
    bytes_add_string(&hello, version, strlen(version));
    sent = send(end, hello.data, hello.length, MSG_NOSIGNAL);
    explicit_bzero(hello.data, hello.length);
    free(hello.data);
    return sent == (ssize_t)hello.length ? end : -1;
}

/* Resident bytes that are this process's alone: OPcache's shared pages belong to nobody. */
static uint64_t private_bytes(void)
{
    char text[128];
    unsigned long size, resident, shared;
    ssize_t got = statm < 0 ? -1 : pread(statm, text, sizeof(text) - 1, 0);

    if (got <= 0) {
        return 0;
    }
    text[got] = '\0';
    if (sscanf(text, "%lu %lu %lu", &size, &resident, &shared) != 3 || resident < shared) {
        return 0;
    }
    return (uint64_t)(resident - shared) * (uint64_t)sysconf(_SC_PAGESIZE);
}

static uint16_t ending(void)
{
    bool look = served % LOOK_EVERY == 0 || zend_memory_peak_usage(true) > MUCH_MEMORY;

    served++;
    if (limits->max_requests > 0 && served >= limits->max_requests) {
        leaving = true;
    }
    if (look && limits->max_memory > 0 && private_bytes() > limits->max_memory) {
        leaving = true;
    }
    return leaving ? END_LEAVING : 0;
}

static void handle(struct connection *connection, const struct frame *frame)
{
    switch (frame->type) {
    case FRAME_TENANT:
        connection->lost = connection->lost || !tenant_store(frame);
        break;
    case FRAME_REQUEST:
        request_serve(connection, frame, ending);
        break;
    case FRAME_INVALIDATE:
        cache_invalidate(connection, frame);
        break;
    case FRAME_COMPILE:
        cache_compile(connection, frame);
        break;
    default:
        /* The rest of a body nobody read, or an abort that came too late. */
        break;
    }
}

void worker_serve(const struct settings *settings, int socket)
{
    struct connection connection;
    struct frame frame;

    limits = settings;
    leaving = false;
    served = 0;
    statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    connection_open(&connection, socket);
    while (!leaving && connection_next(&connection, &frame, true)) {
        handle(&connection, &frame);
    }
    connection_close(&connection);
    close(statm);
}
