/* What the appliance tells a launcher over its standard input: nothing secret ever stands in an argument or a variable. */
#ifndef EPHPM_SETTINGS_H
#define EPHPM_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOKEN_SIZE 32

struct settings {
    char *socket;
    uint8_t token[TOKEN_SIZE];
    uint32_t workers;
    uint32_t max_requests;   /* 0 = no limit */
    uint64_t max_memory;     /* bytes private to a worker */
    char *user;              /* empty: keep the user we are */
    char *ini;               /* directives, one per line */
    char *disable_functions; /* comma separated, on top of the built-in list */
    bool may_execute;        /* the operator has named a program for mail() */
};

/* Reads one block, u32 length first; false when it is cut short or malformed. */
bool settings_read(int from, struct settings *settings);
/* The same from memory, without the length. */
bool settings_parse(const uint8_t *data, size_t length, struct settings *settings);

#endif
