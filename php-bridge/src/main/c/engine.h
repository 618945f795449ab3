/*
 * The only file that knows PHP's headers and what differs between PHP releases. Everything else asks for the names below.
 */
#ifndef EPHPM_ENGINE_H
#define EPHPM_ENGINE_H

#include "php.h"
#include "php_globals.h"
#include "php_ini.h"
#include "php_main.h"
#include "php_output.h"
#include "php_variables.h"
#include "SAPI.h"
#include "ext/standard/basic_functions.h"
#include "ext/standard/file.h"
#include "ext/standard/head.h"
#include "ext/standard/info.h"
#include "zend_constants.h"
#include "zend_exceptions.h"
#include "zend_extensions.h"
#include "zend_ini.h"
#include "zend_list.h"
#include "zend_signal.h"
#include "zend_stream.h"

#if PHP_VERSION_ID < 80200
#error "ephpm needs the headers of PHP 8.2 or newer"
#endif

/* Fatal means: PHP ends the script after reporting it. */
#define ENGINE_FATAL_ERRORS (E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR)

typedef void (*engine_error_callback)(
    int type, zend_string *file, const uint32_t line, zend_string *message);

static inline int engine_startup(sapi_module_struct *module, zend_module_entry *own)
{
    return php_module_startup(module, own);
}

/* Structures change between minor releases only. */
static inline bool engine_is_the_one_we_were_built_for(void)
{
    zval *major = zend_get_constant_str(ZEND_STRL("PHP_MAJOR_VERSION"));
    zval *minor = zend_get_constant_str(ZEND_STRL("PHP_MINOR_VERSION"));

    return major != NULL && minor != NULL && Z_LVAL_P(major) == PHP_MAJOR_VERSION && Z_LVAL_P(minor) == PHP_MINOR_VERSION;
}

/* Makes the executor raise "Maximum execution time exceeded" at its next safe point; callable from any thread. */
static inline void engine_expire_clock(void)
{
    zend_atomic_bool_store(&EG(timed_out), true);
    zend_atomic_bool_store(&EG(vm_interrupt), true);
}

#endif
