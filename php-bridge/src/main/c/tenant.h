/* What a worker knows of the sites it has served: settings sent once per connection and kept in numbered slots. */
#ifndef EPHPM_TENANT_H
#define EPHPM_TENANT_H

#include "engine.h"
#include "frames.h"

#define TENANT_SLOTS 64

struct tenant {
    /* Keeps the payload every pointer below points into. */
    uint8_t *block;
    /* Tells tenants apart even when one takes another's memory. */
    uint64_t serial;
    const char *name;
    uint16_t settings;
    uint16_t changeable; /* the first so many settings may be changed by scripts */
    uint16_t variables;
    uint16_t roots;
    zend_string **setting; /* name, value, name, value … persistent */
    struct variable *variable;
    struct variable *root;
};

struct variable {
    const char *name;
    size_t name_length;
    const char *value;
    size_t value_length;
};

/* Stores a TENANT frame in its slot; false when it is malformed. */
bool tenant_store(const struct frame *frame);
/* NULL when nothing was stored in that slot. */
const struct tenant *tenant_at(uint16_t slot);
/* Applies the tenant's directives until the request ends; the walls among them are out of ini_set()'s reach. */
void tenant_apply(const struct tenant *tenant);
/* NULL when the tenant's environment has no such name. */
const struct variable *tenant_variable(const struct tenant *tenant, const char *name, size_t length);
/* Whether a path without dot segments lies in one of the tenant's directories, judged by its text alone. */
bool tenant_holds(const struct tenant *tenant, const char *path, size_t length);

#endif
