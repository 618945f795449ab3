#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pwd.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool stays(const char *user)
{
    return user[0] == '\0' || geteuid() != 0;
}

bool privileges_check(const char *user, char *error, size_t error_size)
{
    if (stays(user) || getpwnam(user) != NULL) {
        return true;
    }
    snprintf(error, error_size, "there is no system user '%s': create it or set php.user", user);
    return false;
}

bool privileges_drop(const char *user, char *error, size_t error_size)
{
    struct passwd *entry;

    if (stays(user)) {
        return true;
    }
    if (!privileges_check(user, error, error_size)) {
        return false;
    }
    entry = getpwnam(user);
    if (initgroups(user, entry->pw_gid) != 0 || setgid(entry->pw_gid) != 0 || setuid(entry->pw_uid) != 0) {
        snprintf(error, error_size, "cannot become user '%s': %s", user, strerror(errno));
        return false;
    }
    if (entry->pw_uid != 0 && setuid(0) == 0) {
        snprintf(error, error_size, "user '%s' could become root again", user);
        return false;
    }
    return true;
}

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "ephpm-php is written for x86-64 and arm64"
#endif

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define REFUSE ANSWER(SECCOMP_RET_ERRNO | EPERM)
#define REFUSE_CALL(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), REFUSE

/* x86-64 has a second set of numbers for the same calls. */
#if defined(__x86_64__)
#define REFUSE_SECOND_SET , BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), REFUSE
#else
#define REFUSE_SECOND_SET
#endif

#ifdef SYS_fork
#define REFUSE_OLD_CALLS REFUSE_CALL(SYS_fork), REFUSE_CALL(SYS_vfork), REFUSE_CALL(SYS_symlink), REFUSE_CALL(SYS_link)
#else
#define REFUSE_OLD_CALLS REFUSE_CALL(SYS_symlinkat)
#endif

#define REFUSE_ALWAYS                                                                                              \
    REFUSE_CALL(SYS_ptrace), REFUSE_CALL(SYS_process_vm_readv), REFUSE_CALL(SYS_process_vm_writev),                \
        REFUSE_CALL(SYS_symlinkat), REFUSE_CALL(SYS_linkat), REFUSE_CALL(SYS_unshare), REFUSE_CALL(SYS_setns),     \
        REFUSE_CALL(SYS_bpf), REFUSE_CALL(SYS_keyctl), REFUSE_CALL(SYS_io_uring_setup), REFUSE_CALL(SYS_userfaultfd)

#define BEGIN                                                                                                      \
    LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0), ANSWER(SECCOMP_RET_KILL_PROCESS),     \
        LOAD(nr) REFUSE_SECOND_SET

/* clone() is how threads are made, and curl makes some; a clone without CLONE_THREAD is a process. clone3() hides its flags
   in memory, so it "does not exist" and libc falls back to clone(). */
#define REFUSE_PROCESSES                                                                                           \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1), ANSWER(SECCOMP_RET_ERRNO | ENOSYS),                     \
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4), LOAD(args[0]),                                       \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0), REFUSE, ANSWER(SECCOMP_RET_ALLOW)

static bool install(struct sock_filter *filter, size_t size)
{
    struct sock_fprog program = {.len = (unsigned short)(size / sizeof(struct sock_filter)), .filter = filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool privileges_confine(bool may_execute)
{
    struct sock_filter strict[] = {BEGIN, REFUSE_ALWAYS, REFUSE_OLD_CALLS, REFUSE_CALL(SYS_execve),
        REFUSE_CALL(SYS_execveat), REFUSE_PROCESSES, ANSWER(SECCOMP_RET_ALLOW)};
    struct sock_filter with_mail[] = {BEGIN, REFUSE_ALWAYS, ANSWER(SECCOMP_RET_ALLOW)};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return false;
    }
    return may_execute ? install(with_mail, sizeof(with_mail)) : install(strict, sizeof(strict));
}
