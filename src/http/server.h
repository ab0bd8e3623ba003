/*
 * The HTTP server: TLS, limits, and requests handed to the application as plain values.
 *
 * A pool of epoll threads reads requests. What HTTP itself forbids (two lengths, repeated hosts,
 * names that are no tokens, targets that are too long, headers that come too slowly, bodies past
 * the limit) is refused here, in words that the application's `on_refusal` puts into its own form.
 * Everything else becomes a `struct http_request` and ends in exactly one http_reply.
 *
 * Handlers never block a thread of the pool: what takes time is handed to another thread, which
 * calls http_reply later; the connection is suspended meanwhile.
 */
#ifndef TOCSIN_HTTP_SERVER_H
#define TOCSIN_HTTP_SERVER_H

#include "base/config.h"
#include "base/error.h"
#include "base/file.h"
#include "http/range.h"

/* Targets (path and query as sent) longer than this get 414. */
#define HTTP_TARGET_BYTES_MAX 6144
#define HTTP_REPLY_FIELDS_MAX 24
#define HTTP_REQUEST_ID_BYTES 16
#define HTTP_FINGERPRINT_BYTES 32

enum http_method {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_METHOD_OTHER,
};

/* "GET"; "" for HTTP_METHOD_OTHER. */
str http_method_name(enum http_method method);

struct http_server;
struct http_body;

/*
 * One request. It and everything it points to live until its answer has been sent and logged;
 * `arena` too, for the application's own use. It belongs to one thread at a time: to the one that
 * calls the handler, then to the one it was handed to.
 */
struct http_request {
    struct arena *arena;
    struct http_server *server;
    enum http_method method;
    str method_name;         /* as sent */
    str target;              /* as sent: path and query, still encoded */
    str path;                /* as sent, without the query, still encoded */
    str query;               /* as sent, without the question mark */
    str body;                /* in on_request only; already unpacked if it came as gzip … */
    bool unpacks_late;       /* … unless on_header set this: then by http_body_unpack */
    str peer;                /* address of the client, "192.0.2.7" or "2001:db8::7", without port */
    str scheme;              /* "http" or "https", as the client sees it */
    bool is_by_proxy;        /* it came from the proxy that was named */
    str request_id;          /* ours, 16 hexadecimal digits, in every answer as X-Request-Id */
    bool has_length;         /* a Content-Length was sent */
    uint64_t content_length; /* that length */
    bool has_body;           /* some body follows: a length above zero, or chunks */
    uint64_t body_bytes_max; /* the configured limit; on_header may change it */
    uint64_t inflated_bytes_max;      /* of a gzip body; the same limit at first */
    const unsigned char *fingerprint; /* SHA-256 of the client's certificate (DER), or NULL */
    void *user;                       /* the application's own */
};

/* One name and value of a header. */
struct http_field {
    str name;
    str value;
};

/*
 * An answer. Texts and `body` live as long as the request (in its arena), or are static.
 * Content-Length, Date, Connection and X-Request-Id are added by the server.
 */
struct http_response {
    unsigned status;
    struct http_field fields[HTTP_REPLY_FIELDS_MAX];
    size_t field_count;
    str body;                 /* used if `shared` is NULL */
    struct http_body *shared; /* the answer takes over one reference */
    struct http_range part;   /* of these bytes what is sent; no length: all */
    bool is_last;             /* close the connection afterwards */
};

/* Adds a header; asserts that there is room. */
void http_response_add(struct http_response *response, str name, str value);

/*
 * Bytes that many answers share without copies: a cached page. Made with one reference; the last
 * unref calls `release(bytes.at)` (NULL: nothing to release). References may be taken and dropped
 * by any thread.
 */
struct http_body *http_body_new(str bytes, void (*release)(void *at));
/* Of a file, which is read as it is sent and closed with the last reference. Takes the map over. */
struct http_body *http_body_of_file(struct file_map *map);
/*
 * Before the first answer: a header that goes with these bytes in every one, copied. What stands
 * here costs an answer next to nothing, since whole answers are used again.
 */
void http_body_add(struct http_body *body, str name, str value);
struct http_body *http_body_ref(struct http_body *body);
/* Accepts NULL. */
void http_body_unref(struct http_body *body);
str http_body_bytes(const struct http_body *body);

/* What became of a request, for the access log. */
struct http_access {
    const struct http_request *request; /* method and path are empty if there never was a line */
    unsigned status;                    /* zero: cut off before an answer was made */
    uint64_t body_bytes;                /* of the answer */
    int64_t duration_us;                /* from the request line to the end of the answer */
    bool is_complete;                   /* false: the connection ended before the answer did */
};

/* What the application gives; all but on_bound are called from several threads at once. */
struct http_application {
    void *context;
    /*
     * The socket is bound, so that `port` is known, and nothing was answered yet: on the thread of
     * http_server_start. `is_loopback`: nobody but this machine reaches it. Optional.
     */
    void (*on_bound)(void *context, unsigned port, bool is_loopback);
    /*
     * The header is complete, no body was read yet. May end the request with http_reply (401, 404,
     * 413, 415 …), may change rq->body_bytes_max, must not block. Optional.
     */
    void (*on_header)(void *context, struct http_request *rq);
    /* The request is whole. Ends in one http_reply, now or later from any thread. Required. */
    void (*on_request)(void *context, struct http_request *rq);
    /*
     * Puts a refusal of the server itself (400, 408, 413, 414, 415, 429, 431, 503 …) into the
     * application's form: fields and body of `out`, whose status is set already. Parts of `rq` may
     * be empty. Optional: without it the answer is `text` as text/plain.
     */
    void (*on_refusal)(void *context, struct http_request *rq, str text, struct http_response *out);
    /* After each answer, or the end of the connection before one. Optional. */
    void (*on_access)(void *context, const struct http_access *access);
};

struct http_server_options {
    str listen;           /* "127.0.0.1:8080", "[::1]:0", "0.0.0.0:443"; port 0: any free one */
    str certificate_file; /* PEM, leaf first; empty: no TLS */
    str key_file;         /* PEM */
    bool is_self_signed;  /* makes a certificate for a trial instead */
    /*
     * Ask clients for a certificate. With `client_ca_file` (PEM) only certificates that chain up to
     * it count; without it any does, and the application decides by the fingerprint alone.
     */
    bool wants_client_certificate;
    str client_ca_file;
    str behind_proxy;            /* address of the proxy whose forwarding headers are believed */
    const struct config *config; /* the limits; read at the start only */
    struct http_application application;
};

/*
 * Opens the socket and starts the threads. ERR_USAGE: plain HTTP on an address that is not
 * loopback, without a proxy (S1); a bad address; a certificate that does not load. The options'
 * texts are copied. What the operator should know (few descriptors allowed, S4) is logged by the
 * caller: see http_server_warning.
 */
err http_server_start(struct arena *a, const struct http_server_options *options,
                      struct http_server **out) MUST_USE;

/* Empty, or a sentence for the operator: what the system did not allow. */
str http_server_warning(const struct http_server *server);

unsigned http_server_port(const struct http_server *server);

/* SHA-256 of the server's certificate; false without TLS. */
bool http_server_fingerprint(const struct http_server *server,
                             unsigned char out[HTTP_FINGERPRINT_BYTES]);

/* Reads certificate and key again; on failure the old ones stay in use. For SIGHUP (S8). */
err http_server_reload_certificates(struct arena *a, struct http_server *server) MUST_USE;

/*
 * Stops accepting, lets what runs finish for `seconds_max`, ends all threads and gives everything
 * back. ERR_TIMEOUT: some handler had not replied by then; the server then stays allocated, since
 * that handler still holds its request. For SIGTERM (S8).
 */
err http_server_stop(struct arena *a, struct http_server *server, unsigned seconds_max) MUST_USE;

/* Connections open, and requests between their line and the end of their answer. */
struct http_server_counts {
    uint64_t connections;
    uint64_t requests;
    uint64_t body_bytes;   /* of all bodies under way */
    uint64_t answer_bytes; /* that answers on their way out hold */
};
struct http_server_counts http_server_counts(const struct http_server *server);

/* The value of a header, trimmed; empty if absent. Names in any letter case. */
str http_header(const struct http_request *rq, str name);
/* As http_header, and tells an absent header from an empty one. */
bool http_header_get(const struct http_request *rq, str name, str *value);

/* Ends the request. From any thread; afterwards the caller no longer touches `rq`. */
void http_reply(struct http_request *rq, const struct http_response *response);

/*
 * Says in whose name the body is held until the answer is out (S7): a number above zero and below
 * HTTP_PAYERS, of the application's choice. From on_header, where a body is expected, or from
 * on_request. False: that payer's bodies are too many, and the caller refuses the request with 429;
 * so does the server where they become too many as they come.
 */
#define HTTP_PAYERS 8192u
#define HTTP_PAYER_WORDS \
    "too many request bodies of yours are under way; wait until some are answered"
bool http_body_pay(struct http_request *rq, unsigned payer) MUST_USE;

/*
 * Says in whose name the answer is held until it is out, `shared` or else what is in the request's
 * arena; before http_reply. ERR_THROTTLED, ERR_BUSY: answers to that payer, or all answers, hold so
 * much memory that the caller refuses the request instead. Small ones are never too many.
 */
err http_answer_pay(struct http_request *rq, struct http_body *shared, unsigned payer) MUST_USE;

/*
 * Unpacks a body that came as gzip and was left packed (`unpacks_late`), once; a few bytes may be
 * worth `inflated_bytes_max`, which not everybody is worth. ERR_INPUT: it is damaged.
 * ERR_TOO_LARGE, ERR_BUSY, ERR_THROTTLED: it is more than there is room for.
 */
err http_body_unpack(struct http_request *rq) MUST_USE;

/* Ends the request with a refusal in the application's form (its on_refusal). */
void http_refuse(struct http_request *rq, unsigned status, str text);

#endif
