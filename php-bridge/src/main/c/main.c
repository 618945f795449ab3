/*
 * The executable: finds libphp, makes its symbols global (PHP's extensions expect them there), then hands over to
 * libephpm_php.so. It is not linked with PHP, so that one build runs with whichever libphp of that release is configured.
 */
#include <dlfcn.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Recursion in PHP code is recursion in C for many functions: 60,000 levels need more than the usual 8 MiB. Pages are
   committed when touched. */
#define STACK_WANTED (256UL * 1024 * 1024)

#ifndef EPHPM_LIBPHP
#error "the Makefile names the library of the PHP it builds against"
#endif

static int fail(const char *format, const char *detail)
{
    fprintf(stderr, format, detail);
    fputc('\n', stderr);
    return 1;
}

/* The kernel lays out memory for the stack at exec, so a larger limit takes effect there. */
static void enlarge_stack(char **arguments)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= STACK_WANTED
        || limit.rlim_cur == limit.rlim_max) {
        return;
    }
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > STACK_WANTED ? STACK_WANTED : limit.rlim_max;
    if (setrlimit(RLIMIT_STACK, &limit) == 0) {
        execv("/proc/self/exe", arguments);
    }
}

static void *open_php(const char *configured)
{
    static const char *const candidates[] = {EPHPM_LIBPHP, "libphp.so"};
    void *library = NULL;

    if (configured[0] != '\0') {
        return dlopen(configured, RTLD_NOW | RTLD_GLOBAL);
    }
    for (size_t i = 0; library == NULL && i < sizeof(candidates) / sizeof(candidates[0]); i++) {
        library = dlopen(candidates[i], RTLD_NOW | RTLD_GLOBAL);
    }
    return library;
}

static void *open_bridge(void)
{
    char own[PATH_MAX], path[PATH_MAX + 32];
    ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);

    if (length < 0) {
        return NULL;
    }
    own[length] = '\0';
    snprintf(path, sizeof(path), "%s/libephpm_php.so", dirname(own));
    return dlopen(path, RTLD_NOW);
}

int main(int count, char **arguments)
{
    void *bridge;
    int (*entry)(int, char **);

    if (count < 3) {
        return fail("usage: %s workers|cli <libphp or ''> [arguments]", arguments[0]);
    }
    enlarge_stack(arguments);
    /* Executed through /proc/self/exe the process would be called "exe". */
    prctl(PR_SET_NAME, "ephpm-php", 0, 0, 0);
    if (open_php(arguments[2]) == NULL) {
        return fail("cannot load PHP: %s. Install libphp8.2-embed, or set php.library to the path of a libphp.so", dlerror());
    }
    bridge = open_bridge();
    if (bridge == NULL) {
        return fail("cannot load ephpm's PHP bridge: %s. Rebuild it against the PHP that is installed", dlerror());
    }
    *(void **)&entry = dlsym(bridge, strcmp(arguments[1], "cli") == 0 ? "ephpm_command_line" : "ephpm_launch");
    return entry == NULL ? fail("ephpm's PHP bridge is incomplete: %s", dlerror()) : entry(count, arguments);
}
