/* The functions PHP code gets from us, and those of PHP we put a wall in front of. */
#ifndef EPHPM_FUNCTIONS_H
#define EPHPM_FUNCTIONS_H

#include "engine.h"

extern const zend_function_entry worker_functions[];

/* Puts the walls between sites around OPcache: call once, after PHP's startup. */
void functions_guard(void);
/* Part of it: functions that do not ask open_basedir. */
void functions_guard_paths(void);
/* Puts a handler in place of a function's; gives the former one, or NULL when there is no such function. */
zif_handler functions_replace(const char *name, zif_handler handler);
/* Removes the functions no site may call, and those named in a comma-separated list. */
void functions_disable(const char *further);

#endif
