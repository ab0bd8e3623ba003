/*
 * The HTTP client: one connection's worth of requests to others, for pull and push.
 *
 * TLS is always verified: against the system's authorities, a file of the operator's, or one
 * pinned certificate. Redirects are followed within the same origin only, so that credentials go
 * nowhere else. Proxies are taken from the environment, as the system's other tools do.
 */
#ifndef TOCSIN_HTTP_CLIENT_H
#define TOCSIN_HTTP_CLIENT_H

#include "http/server.h"

struct http_client_options {
    str ca_file;                  /* PEM; empty: the system's authorities */
    str pinned_fingerprint;       /* SHA-256 of the server's certificate in hexadecimal; or empty */
    str certificate_file;         /* client certificate, PEM; or empty */
    str key_file;                 /* its key, PEM */
    str bearer;                   /* a token; or */
    str user;                     /* a name */
    str password;                 /* and its password */
    unsigned connect_seconds_max; /* zero: 10 */
    unsigned total_seconds_max;   /* zero: 300 */
    unsigned redirects_max;       /* zero: none are followed */
    size_t response_bytes_max;    /* zero: 256 MiB, after unpacking */
};

/* One kept connection; used by one thread at a time. */
struct http_client;

/* The options' texts are copied. ERR_INPUT: a fingerprint that is not 64 hexadecimal digits. */
err http_client_open(struct arena *a, const struct http_client_options *options,
                     struct http_client **out) MUST_USE;
/* Accepts a pointer to NULL; for OWNED. */
void http_client_close(struct http_client **client);

struct http_call {
    enum http_method method;
    str url;                         /* http:// or https://, nothing else */
    const struct http_field *fields; /* Accept, Content-Type … */
    size_t field_count;
    str body;
};

struct http_result {
    unsigned status;
    struct http_field *fields; /* of the last answer, names as sent */
    size_t field_count;
    str body;
};

/*
 * Makes one request; any status is a success here. ERR_IO: no connection, in words that name the
 * host; ERR_TIMEOUT; ERR_TOO_LARGE: past response_bytes_max; ERR_FORBIDDEN: the certificate is not
 * trusted, or a redirect leads elsewhere; ERR_INPUT: the URL cannot be used.
 */
err http_fetch(struct arena *a, struct http_client *client, const struct http_call *call,
               struct http_result *out) MUST_USE;

/* A header of the result, in any letter case; empty if absent. */
str http_result_field(const struct http_result *result, str name);

#endif
