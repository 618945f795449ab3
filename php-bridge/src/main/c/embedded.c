/*
 * PHP inside the appliance's own process, on one thread of the JVM. It speaks the same frames through the same socket as a
 * forked worker; what differs is what a shared process cannot bear: timers on the CPU time of everybody, signal handlers,
 * the working directory.
 */
#include "functions.h"
#include "request.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#define VISIBLE __attribute__((visibility("default")))

static struct settings settings;
static bool started;
static int home = -1;

/* The time limit of the running script: wall clock, kept by a thread of its own. */
static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    zend_long seconds; /* 0: no limit */
    struct timespec due;
} limit = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void expire(void)
{
    EG(timeout_seconds) = limit.seconds;
    limit.seconds = 0;
    engine_expire_clock();
}

static void *keep_time(void *unused)
{
    pthread_mutex_lock(&limit.lock);
    for (;;) {
        if (limit.seconds == 0) {
            pthread_cond_wait(&limit.changed, &limit.lock);
        } else if (pthread_cond_timedwait(&limit.changed, &limit.lock, &limit.due) == ETIMEDOUT && limit.seconds > 0) {
            expire();
        }
    }
    return unused;
}

static void set_limit(zend_long seconds)
{
    pthread_mutex_lock(&limit.lock);
    limit.seconds = seconds;
    clock_gettime(CLOCK_MONOTONIC, &limit.due);
    limit.due.tv_sec += seconds;
    pthread_cond_signal(&limit.changed);
    pthread_mutex_unlock(&limit.lock);
}

/* In place of PHP's own, which would arm a timer that counts the CPU time of all threads. */
static ZEND_INI_MH(change_time_limit)
{
    set_limit(stage == PHP_INI_STAGE_DEACTIVATE ? 0 : ZEND_STRTOL(ZSTR_VAL(new_value), NULL, 10));
    return SUCCESS;
}

static ZEND_INI_MH(keep_as_it_is)
{
    return FAILURE;
}

typedef ZEND_INI_MH((*directive_handler));

static void take_over(const char *directive, directive_handler on_modify)
{
    zend_ini_entry *entry = zend_hash_str_find_ptr(EG(ini_directives), directive, strlen(directive));
    if (entry != NULL) {
        entry->on_modify = on_modify;
    }
}

static void leave_request(void)
{
    set_limit(0);
    EG(timeout_seconds) = 0;
    (void)!fchdir(home);
}

static bool start_clock(void)
{
    pthread_condattr_t attributes;
    pthread_t thread;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&limit.changed, &attributes);
    return pthread_create(&thread, NULL, keep_time, NULL) == 0 && pthread_detach(thread) == 0;
}

static bool start_php(char *error, size_t error_size)
{
    home = open(".", O_PATH | O_CLOEXEC);
    /* What PHP goes back to after a script has changed it; the JVM has read its own already. */
    setlocale(LC_ALL, "C");
    if (!sapi_start(error, error_size, settings.ini)) {
        return false;
    }
    /* getenv() falls back to the process, whose variables may hold the appliance's secrets. */
    clearenv();
    functions_guard();
    functions_disable(settings.disable_functions);
    SIGG(reset) = 0;
    EG(timeout_seconds) = 0;
    take_over("max_execution_time", change_time_limit);
    take_over("max_input_time", keep_as_it_is);
    request_left = leave_request;
    if (!start_clock()) {
        snprintf(error, error_size, "cannot start a thread to keep time");
        return false;
    }
    return true;
}

/* Starts PHP, once in a process; later calls take the new socket and token only. 0, or −1 and a sentence in error. Call it
   on the thread that will serve. */
VISIBLE int ephpm_embedded_start(const uint8_t *block, size_t length, char *error, size_t error_size)
{
    if (!settings_parse(block, length, &settings)) {
        snprintf(error, error_size, "the settings for PHP are malformed");
        return -1;
    }
    if (!started && !start_php(error, error_size)) {
        return -1;
    }
    started = true;
    return 0;
}

/* Connects and serves until the connection ends. 0, or −1 when there is nobody to connect to. */
VISIBLE int ephpm_embedded_serve(void)
{
    int socket = worker_connect(&settings, 0);

    if (socket < 0) {
        return -1;
    }
    worker_serve(&settings, socket);
    return 0;
}

/* From any thread: ends the running script with "Maximum execution time exceeded" at its next safe point. */
VISIBLE void ephpm_embedded_interrupt(void)
{
    pthread_mutex_lock(&limit.lock);
    if (SG(server_context) != NULL) {
        expire();
    }
    pthread_mutex_unlock(&limit.lock);
}
