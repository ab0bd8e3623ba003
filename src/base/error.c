/*
 * Errors and the one table that says what each code means on every surface.
 */
#include "base/error.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>

struct code_row {
    unsigned http_status;
    int exit_status;
    int log_level;
    const char *type;
    const char *title;
};

#define ERROR_ROW(code, status, exit, level, type, title) \
    [code] = {status, exit, level, type, title},
static const struct code_row CODES[ERR_CODE_COUNT] = {ERROR_CODES(ERROR_ROW)};
#undef ERROR_ROW

err error_make(struct arena *a, struct error e, const char *format, ...)
{
    struct error *made = NEW(a, struct error);
    *made = e;
    va_list args;
    va_start(args, format);
    made->text = arena_vprint(a, format, args);
    va_end(args);
    return made;
}

str error_text(struct arena *a, err e)
{
    str text = e->text;
    for (err cause = e->cause; cause; cause = cause->cause)
        text = arena_join(a, text, LIT(": "), cause->text);
    return text;
}

unsigned error_http_status(enum err_code code)
{
    return CODES[code].http_status;
}

int error_exit_status(enum err_code code)
{
    return CODES[code].exit_status;
}

int error_log_level(enum err_code code)
{
    return CODES[code].log_level;
}

const char *error_type(enum err_code code)
{
    return CODES[code].type;
}

const char *error_title(enum err_code code)
{
    return CODES[code].title;
}

void assert_failed(const char *claim, const char *file, int line)
{
    fprintf(stderr, "tocsin: %s:%d: this must hold and does not: %s\n", file, line, claim);
    abort();
}
