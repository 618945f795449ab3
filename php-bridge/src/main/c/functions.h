/* The functions PHP code gets from us, and those of PHP we put a wall in front of. */
#ifndef EPHPM_FUNCTIONS_H
#define EPHPM_FUNCTIONS_H

#include "engine.h"

extern const zend_function_entry worker_functions[];

/* Puts the walls between sites around OPcache: call once, after PHP's startup. */
void functions_guard(void);
/* Removes the functions no site may call, and those named in a comma-separated list. */
void functions_disable(const char *further);

#endif
