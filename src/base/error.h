/*
 * Errors: NULL is success, anything else says what went wrong in words a person can act on.
 *
 * An error lives in the arena it was made in. A function that fails leaves its out parameters
 * untouched. One table (error.c) maps each code to an HTTP status, a TAXII title, a problem type
 * (RFC 9457), an exit status and a log level.
 */
#ifndef TOCSIN_BASE_ERROR_H
#define TOCSIN_BASE_ERROR_H

#include "base/arena.h"

/* code, HTTP status, exit status, log level, problem type, title */
#define ERROR_CODES(X)                                                                     \
    X(ERR_USAGE, 400, 2, LOG_LEVEL_INFO, "usage", "Bad usage")                             \
    X(ERR_INPUT, 400, 3, LOG_LEVEL_INFO, "bad-request", "Bad Request")                     \
    X(ERR_UNAUTHENTICATED, 401, 5, LOG_LEVEL_INFO, "unauthenticated", "Unauthorized")      \
    X(ERR_FORBIDDEN, 403, 5, LOG_LEVEL_INFO, "forbidden", "Forbidden")                     \
    X(ERR_NOT_FOUND, 404, 4, LOG_LEVEL_INFO, "not-found", "Not Found")                     \
    X(ERR_METHOD, 405, 3, LOG_LEVEL_INFO, "method-not-allowed", "Method Not Allowed")      \
    X(ERR_NOT_ACCEPTABLE, 406, 3, LOG_LEVEL_INFO, "not-acceptable", "Not Acceptable")      \
    X(ERR_TIMEOUT, 408, 9, LOG_LEVEL_INFO, "timeout", "Request Timeout")                   \
    X(ERR_CONFLICT, 409, 6, LOG_LEVEL_INFO, "conflict", "Conflict")                        \
    X(ERR_PRECONDITION, 412, 6, LOG_LEVEL_INFO, "precondition", "Precondition Failed")     \
    X(ERR_TOO_LARGE, 413, 3, LOG_LEVEL_INFO, "too-large", "Request Entity Too Large")      \
    X(ERR_TARGET_TOO_LONG, 414, 3, LOG_LEVEL_INFO, "target-too-long", "URI Too Long")      \
    X(ERR_MEDIA_TYPE, 415, 3, LOG_LEVEL_INFO, "media-type", "Unsupported Media Type")      \
    X(ERR_RANGE, 416, 3, LOG_LEVEL_INFO, "range-not-satisfiable", "Range Not Satisfiable") \
    X(ERR_INVALID, 422, 3, LOG_LEVEL_INFO, "invalid", "Unprocessable Entity")              \
    X(ERR_NO_PRECONDITION, 428, 3, LOG_LEVEL_INFO, "precondition-required",                \
      "Precondition Required")                                                             \
    X(ERR_THROTTLED, 429, 9, LOG_LEVEL_WARN, "too-many-requests", "Too Many Requests")     \
    X(ERR_HEADER_TOO_LARGE, 431, 3, LOG_LEVEL_INFO, "header-too-large",                    \
      "Request Header Fields Too Large")                                                   \
    X(ERR_INTERNAL, 500, 1, LOG_LEVEL_ERROR, "internal", "Internal Server Error")          \
    X(ERR_IO, 500, 7, LOG_LEVEL_ERROR, "io", "Internal Server Error")                      \
    X(ERR_CORRUPT, 500, 8, LOG_LEVEL_ERROR, "corrupt", "Internal Server Error")            \
    X(ERR_DATA_DIR, 500, 8, LOG_LEVEL_ERROR, "data-directory", "Internal Server Error")    \
    X(ERR_BUSY, 503, 9, LOG_LEVEL_WARN, "busy", "Service Unavailable")                     \
    X(ERR_NO_SPACE, 507, 7, LOG_LEVEL_ERROR, "no-space", "Insufficient Storage")

#define ERROR_ENUM(code, status, exit, level, type, title) code,
enum err_code { ERROR_CODES(ERROR_ENUM) ERR_CODE_COUNT };
#undef ERROR_ENUM

struct error {
    enum err_code code;
    str text;                  /* a sentence without the final stop, for people */
    const struct error *cause; /* what lies underneath, or NULL */
    const char *file;
    int line;
};

typedef const struct error *err;

#define MUST_USE __attribute__((warn_unused_result))

/* Makes an error in `a`. Use FAIL and WRAP, which add file and line. */
err error_make(struct arena *a, struct error e, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* return FAIL(a, ERR_INPUT, "there is no organization %s", ...); */
#define FAIL(a, err_code_, ...)                                                              \
    error_make((a), (struct error){.code = (err_code_), .file = __FILE__, .line = __LINE__}, \
               __VA_ARGS__)

/* As FAIL with an underlying error; the code is that of the cause. */
#define WRAP(a, cause_, ...)                                                                       \
    error_make((a),                                                                                \
               (struct error){                                                                     \
                   .code = (cause_)->code, .cause = (cause_), .file = __FILE__, .line = __LINE__}, \
               __VA_ARGS__)

/* Returns a failure to the caller. */
#define TRY(call)                \
    do {                         \
        err try_error_ = (call); \
        if (try_error_)          \
            return try_error_;   \
    } while (0)

/* The whole message with its causes: "cannot import a.json: line 3: a comma is missing". */
str error_text(struct arena *a, err e);

/* The table, by code. */
unsigned error_http_status(enum err_code code);
int error_exit_status(enum err_code code);
int error_log_level(enum err_code code);
const char *error_type(enum err_code code);
const char *error_title(enum err_code code);

/* Our own mistakes; stays on in release. */
#define ASSERT(claim) ((claim) ? (void)0 : assert_failed(#claim, __FILE__, __LINE__))
_Noreturn void assert_failed(const char *claim, const char *file, int line);

/* Runs `fn(&variable)` at the end of the block: OWNED(file_close) struct file f = {0}; */
#define OWNED(fn) __attribute__((cleanup(fn)))

#endif
