/* What the appliance asks of OPcache on behalf of deploys. */
#ifndef EPHPM_CACHE_H
#define EPHPM_CACHE_H

#include "frames.h"

/* Forgets every cached script below a directory, for all workers; answers RESULT with their number. */
void cache_invalidate(struct connection *connection, const struct frame *frame);
/* Compiles scripts in order; answers RESULT with the number that failed and a line for each. */
void cache_compile(struct connection *connection, const struct frame *frame);

#endif
