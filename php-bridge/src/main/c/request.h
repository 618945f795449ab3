/* One request from its frame to its END frame. A worker has exactly one at a time. */
#ifndef EPHPM_REQUEST_H
#define EPHPM_REQUEST_H

#include "engine.h"
#include "frames.h"
#include "tenant.h"

/* Output held back before the head goes out, so that a fatal error this early still becomes a clean 500. */
#define OUTPUT_HELD FRAME_CHUNK

struct request {
    struct connection *connection;
    const struct tenant *tenant;

    const char *script;
    const char *method;
    const char *uri;
    const char *query;
    const char *content_type;
    const char *cookie;
    int64_t content_length;
    struct variable *variables;
    uint32_t variable_count;

    bool body_ended;
    uint32_t body_used; /* bytes taken since the appliance was last asked for more */
    size_t body_at;

    bool head_ready;
    bool head_sent;
    uint16_t status;
    uint64_t content_bytes;

    bool fatal;
    bool aborted;
    bool finished; /* END is sent; whatever the script still prints is dropped */
    bool closing;  /* the script is over; no more of its body is read */
};

/* The request being served; never NULL, so that callbacks outside a request find an empty one. */
extern struct request current;

/* Serves a REQUEST frame completely, including its END or IDLE frame. Flags of the frame: what the worker adds, asked at the
   end because it depends on the memory the request has left behind. */
void request_serve(struct connection *connection, const struct frame *frame, uint16_t (*ending)(void));
/* Called after each request, NULL unless set: what an engine that shares its process puts back. */
extern void (*request_left)(void);
/* Runs code inside a PHP request that has no client. False when PHP could not start it. */
bool request_silently(const struct tenant *tenant, void (*work)(void *argument), void *argument);

/* body.c */
void body_begin(bool has_body);
size_t body_read(char *buffer, size_t wanted);

/* response.c */
void response_begin(void);
void response_head(uint16_t status, zend_llist *headers);
/* False: the client is gone. */
bool response_write(const char *data, size_t length);
bool response_flush(void);
void response_end(uint16_t flags);
void response_log(const char *message);

/* sapi.c */
extern sapi_module_struct ephpm_sapi;
bool sapi_start(char *error, size_t error_size, const char *ini);

#endif
