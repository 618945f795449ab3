/*
 * Starts PHP once, then keeps a number of workers alive. Talks to the appliance in lines: commands on standard input,
 * events on standard output. When its input ends the appliance is gone, and so are the launcher and its workers.
 */
#include "functions.h"
#include "privileges.h"
#include "request.h"
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORKERS_LIMIT 1024
/* A worker that lived shorter than this waits before its slot is filled again. */
#define SHORT_LIFE_MS 100
#define LONGEST_PAUSE_MS 250
#define LINE_LIMIT 256

struct slot {
    pid_t pid;
    int64_t started;
    int64_t due; /* 0: running */
    int short_lives;
};

static struct settings settings;
static struct slot slots[WORKERS_LIMIT];
static sigset_t child_signals;
static int child_events;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void die(const char *problem)
{
    fprintf(stderr, "%s\n", problem);
    fflush(stderr);
    _exit(1);
}

/* The launcher's own files do not stay open in a worker: its input would let PHP code give orders. PHP's do: OPcache locks
   by one of them. */
static void close_the_launchers_files(void)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    if (dup2(nothing, 0) < 0 || dup2(nothing, 1) < 0 || dup2(nothing, 2) < 0) {
        _exit(1);
    }
    close(nothing);
    close(child_events);
}

/* When memory runs out the kernel takes a worker rather than the appliance. */
static void volunteer(void)
{
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

    if (file >= 0) {
        (void)!write(file, "300", 3);
        close(file);
    }
}

static void protect(pid_t launcher)
{
    char error[256];
    struct rlimit no_core = {0, 0};

    setrlimit(RLIMIT_CORE, &no_core);
    volunteer();
    if (!privileges_drop(settings.user, error, sizeof(error))) {
        die(error);
    }
    if (!privileges_confine(settings.may_execute)) {
        die("the kernel refuses to confine PHP workers (no_new_privs or seccomp)");
    }
    /* Changing user clears this, so it comes last; the parent may have gone in between. */
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != launcher) {
        _exit(0);
    }
}

static void become_worker(uint32_t number, pid_t launcher)
{
    int socket;

    sigprocmask(SIG_UNBLOCK, &child_signals, NULL);
    socket = worker_connect(&settings, number);
    if (socket < 0) {
        _exit(0);
    }
    explicit_bzero(settings.token, sizeof(settings.token));
    protect(launcher);
    close_the_launchers_files();
    umask(0022);
    worker_serve(&settings, socket);
    _exit(0);
}

static void fill(uint32_t number)
{
    pid_t launcher = getpid();
    pid_t pid = fork();

    if (pid == 0) {
        become_worker(number, launcher);
    }
    slots[number].started = now_ms();
    if (pid < 0) {
        slots[number].due = slots[number].started + LONGEST_PAUSE_MS;
        fprintf(stderr, "cannot fork a PHP worker: %s\n", strerror(errno));
        return;
    }
    slots[number].pid = pid;
    slots[number].due = 0;
}

static void schedule(uint32_t number)
{
    struct slot *slot = &slots[number];
    int64_t now = now_ms();
    int64_t pause = 0;

    if (now - slot->started >= SHORT_LIFE_MS) {
        slot->short_lives = 0;
    } else if (++slot->short_lives > 3) {
        pause = slot->short_lives > 8 ? LONGEST_PAUSE_MS : (int64_t)1 << slot->short_lives;
    }
    slot->pid = 0;
    if (pause == 0) {
        fill(number);
    } else {
        slot->due = now + (pause > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : pause);
    }
}

static void reap(void)
{
    struct signalfd_siginfo info;
    int status;
    pid_t pid;

    (void)!read(child_events, &info, sizeof(info));
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (uint32_t i = 0; i < settings.workers; i++) {
            if (slots[i].pid == pid) {
                printf("ended %u %d %d\n", i, (int)pid, WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status));
                fflush(stdout);
                schedule(i);
                break;
            }
        }
    }
}

static void obey(const char *line)
{
    unsigned number;
    int pid;

    if (sscanf(line, "interrupt %u %d", &number, &pid) == 2 && number < settings.workers && slots[number].pid == pid) {
        /* What PHP's own clock would send: "Maximum execution time exceeded", also out of a sleep. */
        kill(pid, SIGPROF);
    } else if (sscanf(line, "kill %u %d", &number, &pid) == 2 && number < settings.workers && slots[number].pid == pid) {
        kill(pid, SIGKILL);
    }
}

/* False at the end of input. */
static bool read_commands(void)
{
    static char line[LINE_LIMIT];
    static size_t length;
    char buffer[1024];
    ssize_t got = read(0, buffer, sizeof(buffer));

    if (got < 0 && errno == EINTR) {
        return true;
    }
    for (ssize_t i = 0; i < got; i++) {
        if (buffer[i] == '\n') {
            line[length] = '\0';
            obey(line);
            length = 0;
        } else if (length < sizeof(line) - 1) {
            line[length++] = buffer[i];
        }
    }
    return got > 0;
}

static int fill_what_is_due(void)
{
    int64_t now = now_ms();
    int64_t wait = -1;

    for (uint32_t i = 0; i < settings.workers; i++) {
        if (slots[i].due > 0 && slots[i].due <= now) {
            fill(i);
        }
        if (slots[i].due > 0 && (wait < 0 || slots[i].due - now < wait)) {
            wait = slots[i].due > now ? slots[i].due - now : 1;
        }
    }
    return (int)wait;
}

static void supervise(void)
{
    struct pollfd events[2] = {{.fd = 0, .events = POLLIN}, {.fd = child_events, .events = POLLIN}};

    for (uint32_t i = 0; i < settings.workers; i++) {
        fill(i);
    }
    for (;;) {
        if (poll(events, 2, fill_what_is_due()) < 0 && errno != EINTR) {
            break;
        }
        if (events[1].revents != 0) {
            reap();
        }
        if (events[0].revents != 0 && !read_commands()) {
            break;
        }
        events[0].revents = events[1].revents = 0;
    }
    for (uint32_t i = 0; i < settings.workers; i++) {
        if (slots[i].pid > 0) {
            kill(slots[i].pid, SIGKILL);
        }
    }
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
    }
}

/* Threads that extensions start would else reserve as much stack as we do. */
static void keep_thread_stacks_small(void)
{
    pthread_attr_t attributes;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 2 * 1024 * 1024);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

/* A terminal, or systemd, sends these to every process at once, while the appliance still waits for running requests. It
   closes our input when it is done, and that ends us and the workers. */
static void leave_ending_to_the_appliance(void)
{
    static const int signals[] = {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT};

    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        signal(signals[i], SIG_IGN);
    }
}

__attribute__((visibility("default"))) int ephpm_launch(int count, char **arguments)
{
    char error[512];

    (void)count;
    (void)arguments;
    if (!settings_read(0, &settings) || settings.workers == 0 || settings.workers > WORKERS_LIMIT) {
        die("ephpm-php workers: is started by the appliance, which sends it settings on standard input");
    }
    if (!privileges_check(settings.user, error, sizeof(error))) {
        die(error);
    }
    keep_thread_stacks_small();
    leave_ending_to_the_appliance();
    if (!sapi_start(error, sizeof(error), settings.ini)) {
        die(error);
    }
    /* getenv() falls back to the process: nothing of it is a site's business. */
    clearenv();
    functions_guard();
    functions_disable(settings.disable_functions);
    /* PHP would set its signal handlers anew at each request; the scripts cannot have changed them. */
    SIGG(reset) = 0;
    sigemptyset(&child_signals);
    sigaddset(&child_signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_signals, NULL);
    child_events = signalfd(-1, &child_signals, SFD_CLOEXEC | SFD_NONBLOCK);
    printf("ready\n");
    fflush(stdout);
    supervise();
    _exit(0);
}
