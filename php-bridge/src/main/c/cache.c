#include "cache.h"

#include "request.h"

struct invalidation {
    const char *directory;
    size_t length;
    uint32_t count;
};

struct compilation {
    struct reader *paths;
    uint32_t count;
    uint32_t failures;
    struct bytes report;
};

static bool call(const char *function, zval *result, uint32_t count, zval *arguments)
{
    zval name;
    bool called;

    ZVAL_STRING(&name, function);
    called = call_user_function(NULL, NULL, &name, result, count, arguments) == SUCCESS;
    zval_ptr_dtor(&name);
    return called;
}

static void invalidate_one(zend_string *path)
{
    zval arguments[2], result;

    ZVAL_STR_COPY(&arguments[0], path);
    ZVAL_TRUE(&arguments[1]);
    if (call("opcache_invalidate", &result, 2, arguments)) {
        zval_ptr_dtor(&result);
    }
    zval_ptr_dtor(&arguments[0]);
}

static bool is_below(const struct invalidation *work, zend_string *path)
{
    return ZSTR_LEN(path) > work->length && memcmp(ZSTR_VAL(path), work->directory, work->length) == 0
        && ZSTR_VAL(path)[work->length] == '/';
}

static void invalidate(void *argument)
{
    struct invalidation *work = argument;
    zval with_scripts, status, *scripts;
    zend_string *path;

    ZVAL_TRUE(&with_scripts);
    if (!call("opcache_get_status", &status, 1, &with_scripts)) {
        return;
    }
    scripts = Z_TYPE(status) == IS_ARRAY ? zend_hash_str_find(Z_ARRVAL(status), ZEND_STRL("scripts")) : NULL;
    if (scripts != NULL && Z_TYPE_P(scripts) == IS_ARRAY) {
        ZEND_HASH_FOREACH_STR_KEY(Z_ARRVAL_P(scripts), path) {
            if (path != NULL && is_below(work, path)) {
                invalidate_one(path);
                work->count++;
            }
        } ZEND_HASH_FOREACH_END();
    }
    zval_ptr_dtor(&status);
}

static void answer(struct connection *connection, uint32_t count, const struct bytes *report)
{
    struct bytes wire = {0};
    struct iovec part;

    bytes_add_frame_header(&wire, FRAME_RESULT, 0, (uint32_t)(4 + report->length));
    bytes_add_u32(&wire, count);
    bytes_add(&wire, report->data, report->length);
    part = (struct iovec){wire.data, wire.length};
    connection_write(connection, &part, 1);
    free(wire.data);
}

void cache_invalidate(struct connection *connection, const struct frame *frame)
{
    struct reader reader = reader_of(frame);
    struct invalidation work = {0};
    struct bytes nothing = {(uint8_t *)"", 0, 0};

    work.directory = read_string(&reader, &work.length);
    if (work.directory == NULL) {
        connection->lost = true;
        return;
    }
    request_silently(NULL, invalidate, &work);
    answer(connection, work.count, &nothing);
}

static void report(struct compilation *work, const char *path)
{
    const char *reason = "OPcache refused it";
    zend_string *message = NULL;

    if (EG(exception) != NULL) {
        zval copy;
        zval *text = zend_read_property(EG(exception)->ce, EG(exception), ZEND_STRL("message"), 1, &copy);
        message = zval_get_string(text);
        reason = ZSTR_VAL(message);
        zend_clear_exception();
    } else if (PG(last_error_message) != NULL) {
        reason = ZSTR_VAL(PG(last_error_message));
    }
    if (work->report.length + strlen(path) + strlen(reason) < FRAME_CHUNK) {
        bytes_add(&work->report, path, strlen(path));
        bytes_add(&work->report, ": ", 2);
        bytes_add(&work->report, reason, strlen(reason));
        bytes_add(&work->report, "\n", 1);
    }
    work->failures++;
    if (message != NULL) {
        zend_string_release(message);
    }
}

static void compile_one(struct compilation *work, const char *path)
{
    zval argument, result;
    bool compiled = false;

    ZVAL_STRING(&argument, path);
    ZVAL_FALSE(&result);
    zend_try {
        compiled = call("opcache_compile_file", &result, 1, &argument) && Z_TYPE(result) == IS_TRUE;
    } zend_end_try();
    if (!compiled || EG(exception) != NULL) {
        report(work, path);
    }
    zval_ptr_dtor(&argument);
}

static void compile_all(void *argument)
{
    struct compilation *work = argument;
    size_t length;

    for (uint32_t i = 0; i < work->count; i++) {
        const char *path = read_string(work->paths, &length);
        if (path == NULL) {
            return;
        }
        compile_one(work, path);
    }
}

void cache_compile(struct connection *connection, const struct frame *frame)
{
    uint8_t *copy = malloc(frame->length + 1);
    struct reader reader = {copy, copy + frame->length, false};
    struct compilation work = {.paths = &reader};
    const struct tenant *tenant;

    memcpy(copy, frame->payload, frame->length);
    tenant = tenant_at(read_u16(&reader));
    work.count = read_u32(&reader);
    bytes_reserve(&work.report, 1);
    if (tenant == NULL) {
        connection->lost = true;
    } else {
        request_silently(tenant, compile_all, &work);
        answer(connection, work.failures, &work.report);
    }
    free(work.report.data);
    free(copy);
}
