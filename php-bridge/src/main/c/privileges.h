/* What a worker gives up before it runs anybody's code. */
#ifndef EPHPM_PRIVILEGES_H
#define EPHPM_PRIVILEGES_H

#include <stdbool.h>
#include <stddef.h>

/* Whether privileges_drop() will find its user. */
bool privileges_check(const char *user, char *error, size_t error_size);
/* Becomes the user for good. Nothing happens without a name or when not root. False: error says why. */
bool privileges_drop(const char *user, char *error, size_t error_size);
/* Refuses new programs and processes, tracing and links, whatever PHP code finds to call. Threads stay allowed. */
bool privileges_confine(bool may_execute);

#endif
