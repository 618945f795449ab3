/* The list of functions no site may call, written as patterns so that a newer PHP's additions are caught too. */
#include "functions.h"

#include <fnmatch.h>

static const char *const forbidden[] = {
    /* run programs, become somebody else, signal others */
    "exec", "shell_exec", "system", "passthru", "popen", "proc_*", "pcntl_*", "posix_kill", "posix_set*",
    "posix_initgroups", "cli_set_process_title",
    /* load code into the process */
    "dl", "ffi_*",
    /* reset what all sites share */
    "opcache_reset", "opcache_jit_*",
    /* make names that lead out of the site */
    "symlink", "link", "chroot",
    /* memory, semaphores and queues all processes of one user share */
    "shm_*", "shmop_*", "sem_*", "msg_*", "ftok", "apcu_*", "realpath_cache_get",
};

static bool is_forbidden(const char *name)
{
    for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++) {
        if (fnmatch(forbidden[i], name, 0) == 0) {
            return true;
        }
    }
    return false;
}

/* ini_get('disable_functions') is how applications find out what they may not call. */
static void show_as_directive(const char *list, size_t length)
{
    zend_ini_entry *entry = zend_hash_str_find_ptr(EG(ini_directives), ZEND_STRL("disable_functions"));
    if (entry != NULL) {
        entry->value = zend_string_init(list, length, 1);
    }
}

void functions_disable(const char *further)
{
    size_t capacity = strlen(further) + 2;
    size_t length = 0;
    zend_string *name;
    char *list;

    ZEND_HASH_FOREACH_STR_KEY(CG(function_table), name) {
        capacity += name != NULL && is_forbidden(ZSTR_VAL(name)) ? ZSTR_LEN(name) + 1 : 0;
    } ZEND_HASH_FOREACH_END();
    list = malloc(capacity);
    ZEND_HASH_FOREACH_STR_KEY(CG(function_table), name) {
        if (name != NULL && is_forbidden(ZSTR_VAL(name))) {
            memcpy(list + length, ZSTR_VAL(name), ZSTR_LEN(name));
            length += ZSTR_LEN(name);
            list[length++] = ',';
        }
    } ZEND_HASH_FOREACH_END();
    memcpy(list + length, further, strlen(further) + 1);
    length += strlen(further);
    if (length > 0 && list[length - 1] == ',') {
        list[--length] = '\0';
    }
    show_as_directive(list, length);
    zend_disable_functions(list);
    free(list);
}
