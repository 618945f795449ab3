/*
 * Becomes sqld after arranging what only the process itself can arrange: it ends with the thread that started it, holds the
 * lock of its data directory for as long as it lives, may open enough files, and is not told of Ctrl-C by the terminal.
 *
 * usage: sqld-launcher <lock file> <parent's process id> <owner> <open files> <program> [argument...]
 *
 * The lock file then says "<process id> <start time> <owner>". Exit codes 71 and 75 (sysexits.h) are the launcher's own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CANNOT = 71, LOCKED = 75, FIELDS_BEFORE_START_TIME = 20 };

static void fail(int code, const char *action, const char *subject)
{
    fprintf(stderr, "sqld-launcher: cannot %s %s: %s\n", action, subject, strerror(errno));
    exit(code);
}

/* Field 22 of the process's status, counted from the end of its name, which may hold anything. */
static unsigned long long start_time(void)
{
    char status[1024];
    int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? -1 : read(file, status, sizeof status - 1);
    if (length <= 0) {
        fail(CANNOT, "read", "/proc/self/stat");
    }
    close(file);
    status[length] = '\0';
    char *at = strrchr(status, ')');
    for (int field = 0; at != NULL && field < FIELDS_BEFORE_START_TIME; field++) {
        at = strchr(at + 1, ' ');
    }
    return at == NULL ? 0 : strtoull(at + 1, NULL, 10);
}

/* The descriptor stays open in sqld: the lock ends with the last process that has it, however that ends. */
static void take_lock(const char *path, const char *owner)
{
    int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
    if (file < 0) {
        fail(CANNOT, "open", path);
    }
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        fail(errno == EWOULDBLOCK ? LOCKED : CANNOT, "lock", path);
    }
    if (ftruncate(file, 0) != 0 || dprintf(file, "%ld %llu %s\n", (long)getpid(), start_time(), owner) < 0) {
        fail(CANNOT, "write", path);
    }
}

static void allow_files(rlim_t wanted)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        fail(CANNOT, "read", "the limit of open files");
    }
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        fail(CANNOT, "raise", "the limit of open files");
    }
}

int main(int count, char **arguments)
{
    if (count < 6) {
        fprintf(stderr, "usage: sqld-launcher <lock file> <parent> <owner> <open files> <program> [argument...]\n");
        return 2;
    }
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        fail(CANNOT, "arrange the end of", arguments[5]);
    }
    /* Whoever started this may have ended before the line above. */
    if (getppid() != (pid_t)atol(arguments[2])) {
        errno = ESRCH;
        fail(CANNOT, "outlive", "the process that started it");
    }
    setpgid(0, 0);
    take_lock(arguments[1], arguments[3]);
    allow_files((rlim_t)strtoull(arguments[4], NULL, 10));
    execv(arguments[5], arguments + 5);
    fail(CANNOT, "run", arguments[5]);
}
