/* The server interface PHP sees: named after php-fpm, whose place we take, because OPcache goes by the name. */
#include "functions.h"
#include "request.h"

static engine_error_callback report_error;

static size_t write_output(const char *data, size_t length)
{
    if (!response_write(data, length)) {
        current.aborted = true;
        php_handle_aborted_connection();
    }
    return length;
}

static void flush_output(void *context)
{
    if (context == NULL || current.connection == NULL) {
        return;
    }
    sapi_send_headers();
    if (!response_flush()) {
        current.aborted = true;
        php_handle_aborted_connection();
    }
}

static int send_headers(sapi_headers_struct *headers)
{
    if (current.connection != NULL && !current.head_ready) {
        int status = headers->http_response_code;
        response_head(status >= 100 && status <= 999 ? (uint16_t)status : 500, &headers->headers);
    }
    return SAPI_HEADER_SENT_SUCCESSFULLY;
}

static const struct variable *request_variable(const char *name, size_t length)
{
    for (uint32_t i = 0; i < current.variable_count; i++) {
        const struct variable *variable = &current.variables[i];
        if (variable->name_length == length && memcmp(variable->name, name, length) == 0) {
            return variable;
        }
    }
    return current.tenant == NULL ? NULL : tenant_variable(current.tenant, name, length);
}

static char *get_environment(const char *name, size_t length)
{
    const struct variable *variable = request_variable(name, length);
    return variable == NULL ? NULL : (char *)variable->value;
}

static char *read_cookies(void)
{
    return (char *)current.cookie;
}

static void register_filtered(const struct variable *variable, zval *into, int kind)
{
    char *value = (char *)variable->value;
    size_t length = variable->value_length;

    if (sapi_module.input_filter(kind, variable->name, &value, length, &length)) {
        php_register_variable_safe(variable->name, value, length, into);
    }
}

static void register_plain(const struct variable *variable, zval *into, int kind)
{
    (void)kind;
    php_register_variable_safe(variable->name, variable->value, variable->value_length, into);
}

static void register_all(zval *into, int kind, void (*register_one)(const struct variable *, zval *, int))
{
    for (int i = 0; current.tenant != NULL && i < current.tenant->variables; i++) {
        register_one(&current.tenant->variable[i], into, kind);
    }
    for (uint32_t i = 0; i < current.variable_count; i++) {
        register_one(&current.variables[i], into, kind);
    }
}

static void register_server_variables(zval *into)
{
    register_all(into, PARSE_SERVER, register_filtered);
    if (zend_hash_str_find(Z_ARRVAL_P(into), ZEND_STRL("PHP_SELF")) == NULL) {
        const struct variable *name = request_variable(ZEND_STRL("SCRIPT_NAME"));
        if (name != NULL) {
            struct variable self = {"PHP_SELF", sizeof("PHP_SELF") - 1, name->value, name->value_length};
            register_filtered(&self, into, PARSE_SERVER);
        }
    }
}

/* $_ENV: the site's and the request's variables, never those of the process. */
static void import_environment(zval *into)
{
    register_all(into, PARSE_ENV, register_filtered);
}

/* The same for getenv() without a name, which no input filter touches. */
static void load_environment(zval *into)
{
    register_all(into, PARSE_ENV, register_plain);
}

static void log_message(const char *message, int level)
{
    (void)level;
    response_log(message);
}

/* error_cb is the one place every fatal passes, also one that a shutdown function's warning would cover up later. */
static void note_error(int type, zend_string *file, const uint32_t line, zend_string *message)
{
    if (type & ENGINE_FATAL_ERRORS) {
        current.fatal = true;
    }
    report_error(type, file, line, message);
}

/* By now the script and its shutdown functions are over; what is left of its body stays where it is. */
static PHP_RSHUTDOWN_FUNCTION(ephpm)
{
    current.closing = true;
    return SUCCESS;
}

static zend_module_entry ephpm_module = {
    STANDARD_MODULE_HEADER,
    "ephpm",
    NULL,
    NULL,
    NULL,
    NULL,
    PHP_RSHUTDOWN(ephpm),
    NULL,
    "0.1.0",
    STANDARD_MODULE_PROPERTIES
};

static int startup(sapi_module_struct *module)
{
    return engine_startup(module, &ephpm_module);
}

sapi_module_struct ephpm_sapi = {
    .name = "fpm-fcgi",
    .pretty_name = "ephpm",
    .startup = startup,
    .shutdown = php_module_shutdown_wrapper,
    .ub_write = write_output,
    .flush = flush_output,
    .getenv = get_environment,
    .sapi_error = php_error,
    .send_headers = send_headers,
    .read_post = body_read,
    .read_cookies = read_cookies,
    .register_server_variables = register_server_variables,
    .log_message = log_message,
};

bool sapi_start(char *error, size_t error_size, const char *ini)
{
    zend_signal_startup();
    sapi_startup(&ephpm_sapi);
    ephpm_sapi.ini_entries = (char *)ini;
    ephpm_sapi.additional_functions = worker_functions;
    if (ephpm_sapi.startup(&ephpm_sapi) == FAILURE) {
        snprintf(error, error_size, "PHP's own startup failed; see the messages above");
        return false;
    }
    if (!engine_is_the_one_we_were_built_for()) {
        snprintf(error, error_size, "this build of the PHP bridge is for PHP %d.%d, the libphp found is another: rebuild it, or "
            "set php.library", PHP_MAJOR_VERSION, PHP_MINOR_VERSION);
        return false;
    }
    /* The script's directory is entered once per request, by us. */
    SG(options) |= SAPI_OPTION_NO_CHDIR;
    php_import_environment_variables = import_environment;
    php_load_environment_variables = load_environment;
    report_error = zend_error_cb;
    zend_error_cb = note_error;
    return true;
}
