/*
 * .user.ini files, as under php-fpm: directives of a directory and those above it, up to the document root. They come after
 * the site's own settings and cannot touch what those have closed.
 */
#include "user_ini.h"

#include "request.h"

#include <time.h>

/* Directories remembered; when there are more, all are forgotten and read again. */
#define DIRECTORIES 512

struct entry {
    HashTable directives;
    time_t expires;
};

static HashTable cache;
static bool ready;

static void forget(zval *value)
{
    struct entry *entry = Z_PTR_P(value);
    zend_hash_destroy(&entry->directives);
    free(entry);
}

static void forget_directive(zval *value)
{
    if (Z_TYPE_P(value) == IS_STRING) {
        zend_string_release_ex(Z_STR_P(value), 1);
    }
}

static struct entry *entry_of(const char *directory, size_t length)
{
    struct entry *entry;

    if (!ready) {
        zend_hash_init(&cache, 64, NULL, forget, 1);
        ready = true;
    }
    entry = zend_hash_str_find_ptr(&cache, directory, length);
    if (entry == NULL) {
        if (zend_hash_num_elements(&cache) >= DIRECTORIES) {
            zend_hash_clean(&cache);
        }
        entry = calloc(1, sizeof(*entry));
        zend_hash_init(&entry->directives, 8, NULL, forget_directive, 1);
        zend_hash_str_add_ptr(&cache, directory, length, entry);
    }
    return entry;
}

/* From the document root down, so that the nearest file has the last word. */
static void read_files(struct entry *entry, const char *directory, size_t length, size_t root)
{
    char path[MAXPATHLEN];

    zend_hash_clean(&entry->directives);
    for (size_t at = root; at <= length; at++) {
        if (at == length || directory[at] == '/') {
            memcpy(path, directory, at);
            path[at] = '\0';
            php_parse_user_ini_file(path, PG(user_ini_filename), &entry->directives);
        }
    }
}

void user_ini_apply(const char *script, const char *document_root)
{
    const char *slash = strrchr(script, '/');
    size_t root = document_root == NULL ? 0 : strlen(document_root);
    size_t length = slash == NULL ? 0 : (size_t)(slash - script);
    struct entry *entry;

    if (PG(user_ini_filename) == NULL || *PG(user_ini_filename) == '\0' || root == 0 || length < root
        || length >= MAXPATHLEN || strncmp(script, document_root, root) != 0) {
        return;
    }
    entry = entry_of(script, length);
    if (entry->expires <= time(NULL)) {
        read_files(entry, script, length, root);
        entry->expires = time(NULL) + PG(user_ini_cache_ttl);
    }
    if (zend_hash_num_elements(&entry->directives) > 0) {
        php_ini_activate_config(&entry->directives, PHP_INI_PERDIR, PHP_INI_STAGE_HTACCESS);
    }
}
