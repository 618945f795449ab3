#include "tenant.h"

static struct tenant *slots[TENANT_SLOTS];
static uint64_t serials;

static void forget(struct tenant *tenant)
{
    for (int i = 0; i < 2 * tenant->settings; i++) {
        if (tenant->setting[i] != NULL) {
            zend_string_release_ex(tenant->setting[i], 1);
        }
    }
    free(tenant->setting);
    free(tenant->variable);
    free(tenant->root);
    free(tenant->block);
    free(tenant);
}

static zend_string *persistent(struct reader *reader)
{
    size_t length;
    const char *text = read_string(reader, &length);
    zend_string *string;

    if (text == NULL) {
        reader->broken = true;
        return NULL;
    }
    string = zend_string_init(text, length, 1);
    zend_string_hash_val(string);
    return string;
}

static void read_variables(struct reader *reader, struct variable *variables, int count, bool with_value)
{
    for (int i = 0; i < count && !reader->broken; i++) {
        variables[i].name = read_string(reader, &variables[i].name_length);
        if (with_value) {
            variables[i].value = read_string(reader, &variables[i].value_length);
        }
        reader->broken |= variables[i].name == NULL || (with_value && variables[i].value == NULL);
    }
}

static struct tenant *parse(struct reader *reader)
{
    struct tenant *tenant = calloc(1, sizeof(*tenant));
    size_t length;

    tenant->settings = read_u16(reader);
    tenant->changeable = read_u16(reader);
    tenant->variables = read_u16(reader);
    tenant->roots = read_u16(reader);
    tenant->name = read_string(reader, &length);
    tenant->setting = calloc(2 * (size_t)tenant->settings + 1, sizeof(zend_string *));
    tenant->variable = calloc((size_t)tenant->variables + 1, sizeof(struct variable));
    tenant->root = calloc((size_t)tenant->roots + 1, sizeof(struct variable));
    for (int i = 0; i < 2 * tenant->settings && !reader->broken; i++) {
        tenant->setting[i] = persistent(reader);
    }
    read_variables(reader, tenant->variable, tenant->variables, true);
    read_variables(reader, tenant->root, tenant->roots, false);
    reader->broken |= tenant->name == NULL;
    return tenant;
}

bool tenant_store(const struct frame *frame)
{
    uint8_t *block = malloc(frame->length);
    struct reader reader = {block, block + frame->length, false};
    struct tenant *tenant;
    uint16_t slot;

    memcpy(block, frame->payload, frame->length);
    slot = read_u16(&reader);
    tenant = parse(&reader);
    tenant->block = block;
    tenant->serial = ++serials;
    if (reader.broken || slot >= TENANT_SLOTS) {
        forget(tenant);
        return false;
    }
    if (slots[slot] != NULL) {
        forget(slots[slot]);
    }
    slots[slot] = tenant;
    return true;
}

const struct tenant *tenant_at(uint16_t slot)
{
    return slot < TENANT_SLOTS ? slots[slot] : NULL;
}

/* A directive that is what it should be already and stays open to scripts costs nothing; some cost system calls. */
static bool is_set(const struct tenant *tenant, int i)
{
    zend_ini_entry *entry;

    if (i >= tenant->changeable) {
        return false;
    }
    entry = zend_hash_find_ptr(EG(ini_directives), tenant->setting[2 * i]);
    return entry == NULL || (entry->value != NULL && zend_string_equals(entry->value, tenant->setting[2 * i + 1]));
}

void tenant_apply(const struct tenant *tenant)
{
    for (int i = 0; i < tenant->settings; i++) {
        if (is_set(tenant, i)) {
            continue;
        }
        /* At this stage a directive set with the system's right is closed to ini_set(). */
        int right = i < tenant->changeable ? ZEND_INI_PERDIR : ZEND_INI_SYSTEM;
        zend_alter_ini_entry_ex(
            tenant->setting[2 * i], tenant->setting[2 * i + 1], right, PHP_INI_STAGE_ACTIVATE, true);
    }
}

const struct variable *tenant_variable(const struct tenant *tenant, const char *name, size_t length)
{
    for (int i = 0; i < tenant->variables; i++) {
        const struct variable *variable = &tenant->variable[i];
        if (variable->name_length == length && memcmp(variable->name, name, length) == 0) {
            return variable;
        }
    }
    return NULL;
}

static bool has_dot_segment(const char *path, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++) {
        if (path[i] == '/' && path[i + 1] == '.') {
            size_t next = path[i + 2] == '.' ? i + 3 : i + 2;
            if (next >= length || path[next] == '/') {
                return true;
            }
        }
    }
    return false;
}

bool tenant_holds(const struct tenant *tenant, const char *path, size_t length)
{
    if (has_dot_segment(path, length)) {
        return false;
    }
    for (int i = 0; i < tenant->roots; i++) {
        const struct variable *root = &tenant->root[i];
        if (length > root->name_length && memcmp(path, root->name, root->name_length) == 0
            && path[root->name_length] == '/') {
            return true;
        }
    }
    return false;
}
