#include "request.h"

#include "user_ini.h"

#include <libgen.h>
#include <libintl.h>
#include <unistd.h>

#define VARIABLES_LIMIT 4096

struct request current;
void (*request_left)(void);

static struct bytes block;
static struct variable variables[VARIABLES_LIMIT];
static uint64_t last_tenant;

static bool parse(const struct frame *frame)
{
    struct reader reader;
    struct frame copy = *frame;
    size_t length;

    bytes_clear(&block);
    bytes_add(&block, frame->payload, frame->length);
    copy.payload = block.data;
    reader = reader_of(&copy);
    current.tenant = tenant_at(read_u16(&reader));
    current.variable_count = read_u16(&reader);
    current.content_length = (int64_t)read_u64(&reader);
    current.script = read_string(&reader, &length);
    current.method = read_string(&reader, &length);
    current.uri = read_string(&reader, &length);
    current.query = read_string(&reader, &length);
    current.content_type = read_string(&reader, &length);
    current.cookie = read_string(&reader, &length);
    if (current.variable_count > VARIABLES_LIMIT || current.tenant == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < current.variable_count; i++) {
        variables[i].name = read_string(&reader, &variables[i].name_length);
        variables[i].value = read_string(&reader, &variables[i].value_length);
        reader.broken |= variables[i].name == NULL || variables[i].value == NULL;
    }
    current.variables = variables;
    return !reader.broken && current.script != NULL && current.method != NULL;
}

static const char *variable_named(const char *name)
{
    for (uint32_t i = 0; i < current.variable_count; i++) {
        if (strcmp(variables[i].name, name) == 0) {
            return variables[i].value;
        }
    }
    return NULL;
}

static void describe(void)
{
    memset(&SG(request_info), 0, sizeof(SG(request_info)));
    SG(request_info).request_method = current.method;
    SG(request_info).query_string = (char *)current.query;
    SG(request_info).request_uri = (char *)current.uri;
    SG(request_info).path_translated = (char *)current.script;
    SG(request_info).content_type = current.content_type;
    SG(request_info).content_length = current.content_length < 0 ? 0 : (zend_long)current.content_length;
    php_handle_auth_data(variable_named("HTTP_AUTHORIZATION"));
}

/* Things PHP itself carries from one request to the next. */
static void forget_the_last_request(void)
{
    SG(sapi_headers).http_response_code = 200;
    PG(last_error_type) = 0;
    textdomain("messages");
    if (current.tenant != NULL && current.tenant->serial != last_tenant) {
        /* Persistent connections of another site, some of them logged in. */
        zend_hash_clean(&EG(persistent_list));
        last_tenant = current.tenant->serial;
    }
}

static void enter_directory(void)
{
    char path[MAXPATHLEN];

    snprintf(path, sizeof(path), "%s", current.script);
    if (chdir(dirname(path)) != 0) {
        (void)!chdir("/");
    }
}

static void run_script(void)
{
    zend_file_handle file;

    zend_stream_init_filename(&file, current.script);
    file.primary_script = 1;
    zend_first_try {
        php_execute_script(&file);
    } zend_end_try();
    zend_destroy_file_handle(&file);
}

/*
 * PHP switches its cache of real paths off where open_basedir is set and then walks every path from the root for every use
 * of a file: 16,000 lstat() for one page of WordPress. What it fears is a name that leads inside when it is checked and
 * outside when it is opened. Sites cannot make links (walls.c), PHP empties the cache whenever it renames or removes a file,
 * and here it lives for one request only: the next one sees what is on the disk.
 */
static void remember_real_paths(void)
{
    zend_ini_entry *size = zend_hash_str_find_ptr(EG(ini_directives), ZEND_STRL("realpath_cache_size"));

    if (size != NULL && size->on_modify != NULL) {
        size->on_modify(size, size->value, size->mh_arg1, size->mh_arg2, size->mh_arg3, ZEND_INI_STAGE_ACTIVATE);
    }
}

static bool begin(void)
{
    forget_the_last_request();
    realpath_cache_clean();
    SG(server_context) = &current;
    describe();
    if (current.tenant != NULL) {
        tenant_apply(current.tenant);
    }
    if (current.script != NULL) {
        user_ini_apply(current.script, variable_named("DOCUMENT_ROOT"));
    }
    if (php_request_startup() == FAILURE) {
        return false;
    }
    remember_real_paths();
    SG(request_info).proto_num = 1001;
    return true;
}

static void end(void)
{
    php_request_shutdown(NULL);
    if (request_left != NULL) {
        request_left();
    }
    SG(server_context) = NULL;
    memset(&SG(request_info), 0, sizeof(SG(request_info)));
}

void request_serve(struct connection *connection, const struct frame *frame, uint16_t (*ending)(void))
{
    memset(&current, 0, sizeof(current));
    current.connection = connection;
    response_begin();
    body_begin((frame->flags & REQUEST_HAS_BODY) != 0);
    if (!parse(frame)) {
        connection->lost = true;
        return;
    }
    if (begin()) {
        enter_directory();
        run_script();
    }
    end();
    response_end(END_IDLE | ending());
    memset(&current, 0, sizeof(current));
}

bool request_silently(const struct tenant *tenant, void (*work)(void *argument), void *argument)
{
    bool started;

    memset(&current, 0, sizeof(current));
    current.tenant = tenant;
    current.finished = true;
    current.method = "GET";
    current.body_ended = true;
    response_begin();
    started = begin();
    if (started) {
        zend_first_try {
            work(argument);
        } zend_end_try();
    }
    end();
    memset(&current, 0, sizeof(current));
    return started;
}
