/*
 * What HTTP forbids in a request's head, judged on plain values. A fault is a sentence for the
 * client, NULL is none.
 */
#ifndef TOCSIN_HTTP_REQUEST_CHECK_H
#define TOCSIN_HTTP_REQUEST_CHECK_H

#include "http/server.h"

/*
 * S3: both lengths, a repeated Content-Length, Transfer-Encoding, Host or Authorization, a
 * transfer coding other than chunked, a name that is no token, control characters in a value.
 */
const char *request_check_fields(const struct http_field *fields, size_t count, bool is_http_1_0);

/*
 * S2: visible ASCII only, whole percent escapes, no encoded zero byte. The target must be a path
 * ("/…"), an absolute URL of http or https, or "*" with OPTIONS.
 */
const char *request_check_target(str target, enum http_method method);

/* Takes path and query out of a target that was checked. */
void request_split_target(str target, str *path, str *query);

enum http_method request_method(str name);

/* The first field of that name, or NULL. */
const struct http_field *request_find_field(const struct http_field *fields, size_t count,
                                            str name);

/*
 * What a trusted proxy says of the client (S1): the last address of X-Forwarded-For or the last
 * element of Forwarded. Nothing is believed if both headers are there, since a client could send
 * the one that the proxy does not set. Empty parts: not said. Both point into the fields.
 */
struct forwarded {
    str address;
    str scheme; /* "http" or "https" */
};
struct forwarded request_forwarded(const struct http_field *fields, size_t count);

#endif
