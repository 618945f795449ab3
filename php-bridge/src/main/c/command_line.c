/*
 * PHP as a command-line interpreter: ephpm-php cli <libphp> [--user name] [-d directive=value]… [php's usual options]
 * script|-r code|- [arguments]. It is the operator's tool, so no wall stands around it but the user it becomes.
 */
#include "engine.h"
#include "frames.h"
#include "privileges.h"

#include <ctype.h>
#include <errno.h>
#include <unistd.h>

enum action { RUN_FILE, RUN_CODE, RUN_INPUT, SHOW_VERSION, SHOW_MODULES, SHOW_INFO, CHECK_SYNTAX, SHOW_USAGE };

struct invocation {
    enum action action;
    const char *subject; /* script or code */
    const char *user;
    struct bytes ini;
    int argc;
    char **argv;
};

static struct invocation invocation;

static size_t write_output(const char *data, size_t length)
{
    size_t left = length;

    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, data, left);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            php_handle_aborted_connection();
            return length - left;
        }
        data += written;
        left -= (size_t)written;
    }
    return length;
}

static int send_headers(sapi_headers_struct *headers)
{
    (void)headers;
    return SAPI_HEADER_SENT_SUCCESSFULLY;
}

static char *read_cookies(void)
{
    return NULL;
}

static void register_server_variables(zval *into)
{
    const char *script = invocation.action == RUN_FILE ? invocation.subject : "";
    static const char *const names[] = {"PHP_SELF", "SCRIPT_NAME", "SCRIPT_FILENAME", "PATH_TRANSLATED"};

    php_import_environment_variables(into);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        php_register_variable_safe(names[i], script, strlen(script), into);
    }
    php_register_variable_safe("DOCUMENT_ROOT", "", 0, into);
}

static void log_message(const char *message, int level)
{
    (void)level;
    fprintf(stderr, "%s\n", message);
}

static int startup(sapi_module_struct *module)
{
    return engine_startup(module, NULL);
}

static sapi_module_struct command_line_sapi = {
    .name = "cli",
    .pretty_name = "ephpm command line",
    .startup = startup,
    .shutdown = php_module_shutdown_wrapper,
    .ub_write = write_output,
    .sapi_error = php_error,
    .send_headers = send_headers,
    .read_cookies = read_cookies,
    .register_server_variables = register_server_variables,
    .log_message = log_message,
    .phpinfo_as_text = 1,
};

static void define_stream(const char *name, const char *path, const char *mode)
{
    php_stream *stream = php_stream_open_wrapper_ex(path, mode, 0, NULL, NULL);
    zend_constant constant;

    if (stream == NULL) {
        return;
    }
    /* The process keeps its standard streams when the script closes the constants' ones. */
    stream->flags |= PHP_STREAM_FLAG_NO_CLOSE;
    php_stream_to_zval(stream, &constant.value);
    ZEND_CONSTANT_SET_FLAGS(&constant, 0, 0);
    constant.name = zend_string_init_interned(name, strlen(name), 0);
    zend_register_constant(&constant);
}

static void show_version(void)
{
    zval *version = zend_get_constant_str(ZEND_STRL("PHP_VERSION"));
    printf("PHP %s (ephpm)\n%s", version == NULL ? PHP_VERSION : Z_STRVAL_P(version), get_zend_version());
}

static int by_name(Bucket *left, Bucket *right)
{
    return strcasecmp(((zend_module_entry *)Z_PTR(left->val))->name, ((zend_module_entry *)Z_PTR(right->val))->name);
}

static void show_modules(void)
{
    HashTable sorted;
    zend_module_entry *module;

    zend_hash_init(&sorted, 64, NULL, NULL, 0);
    zend_hash_copy(&sorted, &module_registry, NULL);
    zend_hash_sort(&sorted, by_name, 0);
    printf("[PHP Modules]\n");
    ZEND_HASH_FOREACH_PTR(&sorted, module) {
        printf("%s\n", module->name);
    } ZEND_HASH_FOREACH_END();
    zend_hash_destroy(&sorted);
}

static void open_script(zend_file_handle *file)
{
    if (invocation.action == RUN_INPUT) {
        zend_stream_init_fp(file, stdin, "Standard input code");
    } else {
        zend_stream_init_filename(file, invocation.subject);
    }
    file->primary_script = 1;
    CG(skip_shebang) = 1;
}

static void perform(void)
{
    zend_file_handle file;

    switch (invocation.action) {
    case RUN_FILE:
    case RUN_INPUT:
        open_script(&file);
        php_execute_script(&file);
        zend_destroy_file_handle(&file);
        break;
    case RUN_CODE:
        zend_eval_string_ex((char *)invocation.subject, NULL, "Command line code", 1);
        break;
    case CHECK_SYNTAX:
        open_script(&file);
        EG(exit_status) = php_lint_script(&file) == SUCCESS ? 0 : 255;
        php_printf(EG(exit_status) == 0 ? "No syntax errors detected in %s\n" : "Errors parsing %s\n", invocation.subject);
        zend_destroy_file_handle(&file);
        break;
    case SHOW_INFO:
        php_print_info(PHP_INFO_ALL & ~PHP_INFO_CREDITS);
        break;
    case SHOW_VERSION:
    case SHOW_MODULES:
    case SHOW_USAGE:
        break;
    }
}

static int run(void)
{
    int status;

    SG(options) |= SAPI_OPTION_NO_CHDIR;
    SG(server_context) = &invocation;
    SG(request_info).argc = invocation.argc;
    SG(request_info).argv = invocation.argv;
    SG(request_info).path_translated = invocation.action == RUN_FILE ? (char *)invocation.subject : NULL;
    SG(request_info).no_headers = 1;
    if (php_request_startup() == FAILURE) {
        return 1;
    }
    SG(headers_sent) = 1;
    define_stream("STDIN", "php://stdin", "rb");
    define_stream("STDOUT", "php://stdout", "wb");
    define_stream("STDERR", "php://stderr", "wb");
    zend_first_try {
        perform();
    } zend_end_try();
    status = EG(exit_status);
    php_request_shutdown(NULL);
    return status;
}

static void add_directive(const char *directive)
{
    const char *equals = strchr(directive, '=');
    const char *value = equals == NULL ? "1" : equals + 1;
    /* As the php command: what begins like a word or a quote is the ini parser's business, the rest is text. */
    bool plain = isalnum((unsigned char)*value) || *value == '"' || *value == '\'';

    bytes_add(&invocation.ini, directive, equals == NULL ? strlen(directive) : (size_t)(equals - directive));
    bytes_add(&invocation.ini, plain ? "=" : "=\"", plain ? 1 : 2);
    bytes_add(&invocation.ini, value, strlen(value));
    bytes_add(&invocation.ini, plain ? "\n" : "\"\n", plain ? 1 : 2);
}

/* What follows the options is the script's: its name first, unless the code stood in an option. */
static void leave_arguments(int at, int count, char **arguments)
{
    static char dash[] = "-";

    if (at < count && strcmp(arguments[at], "--") == 0) {
        at++;
        if (invocation.action == RUN_INPUT) {
            at--;
            arguments[at] = dash;
        }
    }
    if (invocation.action == RUN_INPUT && at < count && strcmp(arguments[at], "-") != 0) {
        invocation.action = RUN_FILE;
        invocation.subject = arguments[at];
    }
    if (invocation.action == RUN_CODE || at >= count) {
        at--;
        arguments[at] = invocation.action == RUN_FILE ? (char *)invocation.subject : dash;
    }
    invocation.argc = count - at;
    invocation.argv = arguments + at;
}

static bool take_option(const char *option, const char *value, int *taken)
{
    static const struct {
        const char *names[2];
        enum action action;
        bool with_subject;
    } actions[] = {
        {{"-v", "--version"}, SHOW_VERSION, false}, {{"-m", "--modules"}, SHOW_MODULES, false},
        {{"-i", "--info"}, SHOW_INFO, false},       {{"-h", "--help"}, SHOW_USAGE, false},
        {{"-r", "--run"}, RUN_CODE, true},          {{"-f", "--file"}, RUN_FILE, true},
        {{"-l", "--syntax-check"}, CHECK_SYNTAX, true},
    };

    for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
        if (strcmp(option, actions[i].names[0]) == 0 || strcmp(option, actions[i].names[1]) == 0) {
            invocation.action = actions[i].action;
            invocation.subject = actions[i].with_subject ? value : NULL;
            *taken = actions[i].with_subject ? 2 : 1;
            return !actions[i].with_subject || value != NULL;
        }
    }
    return false;
}

static bool parse(int count, char **arguments)
{
    int at = 3;

    invocation.action = RUN_INPUT;
    invocation.user = "";
    while (at < count && arguments[at][0] == '-' && arguments[at][1] != '\0' && strcmp(arguments[at], "--") != 0) {
        const char *value = at + 1 < count ? arguments[at + 1] : NULL;
        int taken = 2;
        if (strcmp(arguments[at], "--user") == 0 && value != NULL) {
            invocation.user = value;
        } else if (strcmp(arguments[at], "-d") == 0 && value != NULL) {
            add_directive(value);
        } else if (strncmp(arguments[at], "-d", 2) == 0 && arguments[at][2] != '\0') {
            add_directive(arguments[at] + 2);
            taken = 1;
        } else if (!take_option(arguments[at], value, &taken)) {
            fprintf(stderr, "unknown option %s, or its value is missing\n", arguments[at]);
            return false;
        }
        at += taken;
    }
    leave_arguments(at, count, arguments);
    return true;
}

static void defaults(void)
{
    static const char text[] = "display_errors=1\nlog_errors=0\nhtml_errors=0\nregister_argc_argv=1\nimplicit_flush=1\n"
                               "output_buffering=0\nmax_execution_time=0\nmax_input_time=-1\n";
    bytes_add(&invocation.ini, text, sizeof(text) - 1);
}

__attribute__((visibility("default"))) int ephpm_command_line(int count, char **arguments)
{
    char error[256];
    int status = 0;

    defaults();
    if (!parse(count, arguments)) {
        return 2;
    }
    bytes_add(&invocation.ini, "", 1);
    if (invocation.action == SHOW_USAGE) {
        printf("usage: php [-d directive=value] script|-r code|-l script|-v|-m|-i [arguments]\n");
        return 0;
    }
    if (invocation.action == RUN_FILE && access(invocation.subject, R_OK) != 0) {
        fprintf(stderr, "Could not open input file: %s (%s)\n", invocation.subject, strerror(errno));
        return 1;
    }
    if (!privileges_drop(invocation.user, error, sizeof(error))) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    zend_signal_startup();
    sapi_startup(&command_line_sapi);
    command_line_sapi.ini_entries = (char *)invocation.ini.data;
    if (command_line_sapi.startup(&command_line_sapi) == FAILURE) {
        fprintf(stderr, "PHP's own startup failed; see the messages above\n");
        return 1;
    }
    if (invocation.action == SHOW_VERSION) {
        show_version();
    } else if (invocation.action == SHOW_MODULES) {
        show_modules();
    } else {
        status = run();
    }
    fflush(stdout);
    php_module_shutdown();
    sapi_shutdown();
    return status;
}
