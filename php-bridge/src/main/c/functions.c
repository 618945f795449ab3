#include "functions.h"

#include "request.h"

static void (*opcache_status)(INTERNAL_FUNCTION_PARAMETERS);
static void (*opcache_with_path[3])(INTERNAL_FUNCTION_PARAMETERS);
static void (*put_environment)(INTERNAL_FUNCTION_PARAMETERS);
static zend_op_array *(*php_compile_file)(zend_file_handle *file, int type);

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_finish_request, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

/* Answers the client now; the script goes on without it. */
PHP_FUNCTION(fastcgi_finish_request)
{
    ZEND_PARSE_PARAMETERS_NONE();
    if (current.finished || current.connection == NULL) {
        RETURN_FALSE;
    }
    php_output_end_all();
    php_header();
    response_end(0);
    RETURN_TRUE;
}

const zend_function_entry worker_functions[] = {
    PHP_FE(fastcgi_finish_request, arginfo_finish_request)
    PHP_FE_END
};

/*
 * OPcache finds a cached script by its name alone and then never opens the file, so open_basedir is not asked. A name that
 * is not plainly inside the site goes through open_basedir here.
 */
static bool may_open(const char *path, size_t length)
{
    const char *scheme = strstr(path, "://");

    if (current.tenant == NULL) {
        return true;
    }
    if (scheme != NULL) {
        size_t skipped = (size_t)(scheme - path) + 3;
        if (strncasecmp(path, "file://", 7) != 0 && strncasecmp(path, "phar://", 7) != 0) {
            return true;
        }
        path += skipped;
        length -= skipped;
    }
    if (length == 0 || path[0] != '/') {
        return true;
    }
    return tenant_holds(current.tenant, path, length) || php_check_open_basedir(path) == 0;
}

static zend_op_array *guarded_compile_file(zend_file_handle *file, int type)
{
    zend_string *path = file->opened_path != NULL ? file->opened_path : file->filename;

    if (path != NULL && !may_open(ZSTR_VAL(path), ZSTR_LEN(path))) {
        zend_message_dispatcher(
            type == ZEND_REQUIRE ? ZMSG_FAILED_REQUIRE_FOPEN : ZMSG_FAILED_INCLUDE_FOPEN, ZSTR_VAL(path));
        return NULL;
    }
    return php_compile_file(file, type);
}

/* opcache_invalidate(), opcache_compile_file() and opcache_is_script_cached() of the site's own scripts only. */
static void guard_path(int which, INTERNAL_FUNCTION_PARAMETERS)
{
    zval *path = ZEND_NUM_ARGS() > 0 ? ZEND_CALL_ARG(execute_data, 1) : NULL;

    if (current.tenant != NULL && path != NULL && Z_TYPE_P(path) == IS_STRING && php_check_open_basedir(Z_STRVAL_P(path))) {
        RETURN_FALSE;
    }
    opcache_with_path[which](INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

static void guarded_invalidate(INTERNAL_FUNCTION_PARAMETERS)
{
    guard_path(0, INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

static void guarded_compile(INTERNAL_FUNCTION_PARAMETERS)
{
    guard_path(1, INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

static void guarded_is_cached(INTERNAL_FUNCTION_PARAMETERS)
{
    guard_path(2, INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

/* opcache_get_status() lists only the site's own scripts. */
static void guarded_status(INTERNAL_FUNCTION_PARAMETERS)
{
    zval *scripts;
    zend_string *path;

    opcache_status(INTERNAL_FUNCTION_PARAM_PASSTHRU);
    if (current.tenant == NULL || Z_TYPE_P(return_value) != IS_ARRAY) {
        return;
    }
    scripts = zend_hash_str_find(Z_ARRVAL_P(return_value), ZEND_STRL("scripts"));
    if (scripts == NULL || Z_TYPE_P(scripts) != IS_ARRAY) {
        return;
    }
    ZEND_HASH_FOREACH_STR_KEY(Z_ARRVAL_P(scripts), path) {
        if (path != NULL && !tenant_holds(current.tenant, ZSTR_VAL(path), ZSTR_LEN(path))) {
            zend_hash_del(Z_ARRVAL_P(scripts), path);
        }
    } ZEND_HASH_FOREACH_END();
}

/* Variables that make libc or another library load code or data from a path of the script's choosing. */
static bool steers_a_library(const char *assignment)
{
    static const char *const prefixes[] = {"LD_", "GCONV_", "LOCPATH", "NLSPATH", "OPENSSL_", "ICU_", "MALLOC_", "GLIBC_",
        "RES_OPTIONS", "HOSTALIASES", "LOCALDOMAIN", "TZDIR", "GETCONF_DIR", "FONTCONFIG_", "MAGIC", "XML_", "SGML_",
        "LIBXML", "SQLITE_", "GIO_", "P11_KIT", "KRB5", "SASL_", "CURL_HOME"};

    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        if (strncmp(assignment, prefixes[i], strlen(prefixes[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void guarded_putenv(INTERNAL_FUNCTION_PARAMETERS)
{
    zval *assignment = ZEND_NUM_ARGS() > 0 ? ZEND_CALL_ARG(execute_data, 1) : NULL;

    if (assignment != NULL && Z_TYPE_P(assignment) == IS_STRING && steers_a_library(Z_STRVAL_P(assignment))) {
        php_error_docref(NULL, E_WARNING, "Refused: this variable steers the system's libraries");
        RETURN_FALSE;
    }
    put_environment(INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

zif_handler functions_replace(const char *name, zif_handler handler)
{
    zend_function *function = zend_hash_str_find_ptr(CG(function_table), name, strlen(name));
    zif_handler former;

    if (function == NULL || function->type != ZEND_INTERNAL_FUNCTION) {
        return NULL;
    }
    former = function->internal_function.handler;
    function->internal_function.handler = handler;
    return former;
}

void functions_guard(void)
{
    functions_guard_paths();
    php_compile_file = zend_compile_file;
    zend_compile_file = guarded_compile_file;
    put_environment = functions_replace("putenv", guarded_putenv);
    opcache_status = functions_replace("opcache_get_status", guarded_status);
    opcache_with_path[0] = functions_replace("opcache_invalidate", guarded_invalidate);
    opcache_with_path[1] = functions_replace("opcache_compile_file", guarded_compile);
    opcache_with_path[2] = functions_replace("opcache_is_script_cached", guarded_is_cached);
}
