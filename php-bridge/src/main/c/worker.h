#ifndef EPHPM_WORKER_H
#define EPHPM_WORKER_H

#include "settings.h"

/* Connects to the appliance and greets it with the token. −1: error in errno. */
int worker_connect(const struct settings *settings, uint32_t slot);
/* Serves until the connection ends or the worker has had its share of requests or memory. */
void worker_serve(const struct settings *settings, int socket);

#endif
