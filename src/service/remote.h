/*
 * A TAXII 2.1 server of others, as pull and push use it: finding API root and collection, requests
 * that are tried again where that helps, refusals in the server's own words.
 *
 * Credentials go to the origin of the URL that the operator gave, and nowhere else: an API root
 * that the server says lives elsewhere is looked for under its path at that origin.
 */
#ifndef TOCSIN_SERVICE_REMOTE_H
#define TOCSIN_SERVICE_REMOTE_H

#include "http/client.h"
#include "service/watch.h"
#include "json/json.h"

struct remote_options {
    str url;        /* of an API root, of the server, or of its discovery */
    str collection; /* id, alias or title */
    struct http_client_options http;
    struct watch watch;
    /* Words for people: that the server asks to wait, and the like; may be NULL. */
    void (*on_note)(void *context, str words);
    void *note_context;
};

struct remote {
    struct remote_options options;
    struct http_client *client;
    str root;       /* URL of the API root, with the final slash */
    str collection; /* id at the server */
    bool may_read;
    bool may_write;
    uint64_t body_bytes_max; /* max_content_length; 0: not said */
    bool has_answered;       /* at least once: what fails later is tried again */
    unsigned lost_answers;   /* requests tried again that the server may have heard before */
};

/*
 * Connects and finds the collection; texts are in `a`. ERR_NOT_FOUND, ERR_UNAUTHENTICATED,
 * ERR_FORBIDDEN, or what http_fetch says.
 */
err remote_open(struct arena *a, const struct remote_options *options, struct remote *out) MUST_USE;
/* Accepts a zeroed one. */
void remote_close(struct remote *r);

/* A request, tried again after 429, 502, 503, 504 and timeouts; Retry-After is honoured. */
err remote_fetch(struct arena *a, struct remote *r, const struct http_call *call,
                 struct http_result *out) MUST_USE;

/* GET of a URL, as TAXII. */
err remote_get(struct arena *a, struct remote *r, str url, struct http_result *out) MUST_USE;

/* An error for any status but 2xx, in the server's words as far as it has any. */
err remote_check(struct arena *a, const struct http_result *result, str url) MUST_USE;

/* The URL of something in the collection: "objects/". */
str remote_url(struct arena *a, const struct remote *r, const char *what);

/* Adds "?name=value" or "&name=value", percent-encoded. */
void remote_put_query(struct buf *url, const char *name, str value);

/* Waits, a second at a time, so that a stop is heard. */
err remote_wait(struct arena *a, const struct remote *r, unsigned seconds) MUST_USE;

#endif
