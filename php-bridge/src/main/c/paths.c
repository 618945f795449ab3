/* Functions of PHP that take a path and do not ask open_basedir about it. */
#include "functions.h"

#include "request.h"

#define CURL_OPTIONS 4

static zif_handler curl_option;
static zif_handler curl_options;
static zif_handler stream_server;
static zif_handler socket_bind;
static zend_long path_options[CURL_OPTIONS];

static bool is_refused(zval *path)
{
    return current.tenant != NULL && path != NULL && Z_TYPE_P(path) == IS_STRING && Z_STRLEN_P(path) > 0
        && php_check_open_basedir(Z_STRVAL_P(path)) != 0;
}

/* The file curl would write, or the key it would use, belongs to somebody else. */
static bool is_refused_option(zend_long option, zval *value)
{
    for (int i = 0; i < CURL_OPTIONS; i++) {
        if (path_options[i] != 0 && path_options[i] == option) {
            return is_refused(value);
        }
    }
    return false;
}

static zval *argument(zend_execute_data *execute_data, uint32_t number)
{
    return ZEND_NUM_ARGS() >= number ? ZEND_CALL_ARG(execute_data, number) : NULL;
}

static void guarded_curl_option(INTERNAL_FUNCTION_PARAMETERS)
{
    zval *option = argument(execute_data, 2);

    if (option != NULL && Z_TYPE_P(option) == IS_LONG && is_refused_option(Z_LVAL_P(option), argument(execute_data, 3))) {
        RETURN_FALSE;
    }
    curl_option(INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

static void guarded_curl_options(INTERNAL_FUNCTION_PARAMETERS)
{
    zval *options = argument(execute_data, 2);
    zend_ulong option;
    zval *value;

    if (options != NULL && Z_TYPE_P(options) == IS_ARRAY) {
        ZEND_HASH_FOREACH_NUM_KEY_VAL(Z_ARRVAL_P(options), option, value) {
            ZVAL_DEREF(value);
            if (is_refused_option((zend_long)option, value)) {
                RETURN_FALSE;
            }
        } ZEND_HASH_FOREACH_END();
    }
    curl_options(INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

/* A Unix socket to listen on is a file too. */
static void guarded_stream_server(INTERNAL_FUNCTION_PARAMETERS)
{
    zval *address = argument(execute_data, 1);

    if (current.tenant != NULL && address != NULL && Z_TYPE_P(address) == IS_STRING
        && (strncasecmp(Z_STRVAL_P(address), "unix://", 7) == 0 || strncasecmp(Z_STRVAL_P(address), "udg://", 6) == 0)
        && php_check_open_basedir(strstr(Z_STRVAL_P(address), "://") + 3) != 0) {
        RETURN_FALSE;
    }
    stream_server(INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

static void guarded_socket_bind(INTERNAL_FUNCTION_PARAMETERS)
{
    zval *address = argument(execute_data, 2);

    if (address != NULL && Z_TYPE_P(address) == IS_STRING && Z_STRVAL_P(address)[0] == '/' && is_refused(address)) {
        RETURN_FALSE;
    }
    socket_bind(INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

static zend_long constant(const char *name)
{
    zval *value = zend_get_constant_str(name, strlen(name));
    return value != NULL && Z_TYPE_P(value) == IS_LONG ? Z_LVAL_P(value) : 0;
}

void functions_guard_paths(void)
{
    static const char *const names[CURL_OPTIONS] = {
        "CURLOPT_HSTS", "CURLOPT_ALTSVC", "CURLOPT_SSLKEY", "CURLOPT_PROXY_SSLKEY"};

    for (int i = 0; i < CURL_OPTIONS; i++) {
        path_options[i] = constant(names[i]);
    }
    curl_option = functions_replace("curl_setopt", guarded_curl_option);
    curl_options = functions_replace("curl_setopt_array", guarded_curl_options);
    stream_server = functions_replace("stream_socket_server", guarded_stream_server);
    socket_bind = functions_replace("socket_bind", guarded_socket_bind);
}
