/*
 * One TAXII request on its way: what every handler gets and how it answers.
 *
 * A handler runs on a thread of the server, in a read session with the reader made. It returns an
 * error, which becomes a TAXII error message (TAXII 2.1 §3.6.1), or NULL after it has replied or
 * handed the call over to the writer; the reply ends the session, and nothing of the call may be
 * touched afterwards.
 */
#ifndef TOCSIN_TAXII_EXCHANGE_H
#define TOCSIN_TAXII_EXCHANGE_H

#include "http/query.h"
#include "http/route.h"
#include "service/app.h"

#define TAXII_MEDIA_TYPE "application/taxii+json;version=2.1"
#define STIX_MEDIA_TYPE_21 "application/stix+json;version=2.1"
#define STIX_MEDIA_TYPE_20 "application/stix+json;version=2.0"

#define TAXII_SIGN_IN_WORDS \
    "Sign in with a token (Authorization: Bearer) or with e-mail address and password (Basic)"

struct taxii_row;

struct taxii_call {
    struct app *app;
    struct http_request *rq;
    const struct taxii_row *row;
    struct http_route_match match;
    struct http_query query;
    struct session session; /* open until the handler has returned */
    struct reader reader;
    struct identity who;
    const struct policy_collection *collection; /* of the path; NULL where there is none */
    bool may_read;                              /* the collection */
    bool may_write;
    bool is_counted;        /* against the quota of its organization */
    unsigned retry_seconds; /* for an error that asks to wait */
};

/* What a route needs; tests walk the rows. */
enum taxii_right {
    TAXII_RIGHT_NONE,   /* anyone */
    TAXII_RIGHT_READER, /* whoever may read anything: members, or anyone where something is public
                         */
    TAXII_RIGHT_READ,   /* read on the collection */
    TAXII_RIGHT_WRITE,  /* write on the collection */
    TAXII_RIGHT_BOTH,
    TAXII_RIGHT_ANY,    /* some right on the collection */
    TAXII_RIGHT_POSTER, /* checked by the handler: who posted */
};

struct taxii_row {
    struct http_route route;
    err (*handle)(struct taxii_call *c);
    enum taxii_right right;
    bool gives_stix;   /* a STIX media type is acceptable too: odd clients ask for it */
    const char *audit; /* the verb of the audit row; for reads, what receipts keep */
};

extern const struct taxii_row TAXII_ROWS[];
extern const size_t TAXII_ROW_COUNT;

/*
 * Handles a request for a TAXII path, or one that accepts only TAXII's media type (S9). Ends in one
 * http_reply, then or later.
 */
void taxii_handle(struct app *app, struct http_request *rq);
/* True for the paths that are TAXII's. */
bool taxii_owns_path(str path);
/* True if the client asks for TAXII's media types alone. */
bool taxii_is_wanted(const struct http_request *rq);

/*
 * Before a body is read: who sends no credentials, or wrong ones with a large body, need not send
 * it (§1.6.8); a large one is held in the name of its organization from here on (S7).
 */
void taxii_admit_body(struct app *app, struct http_request *rq);
/* "Not Found" for 404. */
str taxii_status_title(unsigned status);

/* Ends the session and answers with the error; a fault of ours is logged. */
void taxii_fail(struct taxii_call *c, err e);

/* Answers with a JSON body (in the request's arena). */
void taxii_reply(struct taxii_call *c, unsigned status, str body);
/* As taxii_reply, with more headers set already; what holds RED is kept nowhere (G3). */
void taxii_reply_with(struct taxii_call *c, struct http_response *response, bool has_red);

/* Answers 200 with a body that has all its headers, those of taxii_add_private too. */
void taxii_reply_shared(struct taxii_call *c, struct http_body *body);
/* O3: what may not be cached outside of the client; what holds RED, not even there (G3). */
void taxii_add_private(struct http_body *body, bool has_red);

/* The TAXII error message for an error. */
str taxii_error_body(struct arena *a, unsigned status, str title, str description, str request_id);

/* The response to an error, with what belongs to its status (WWW-Authenticate, Retry-After). */
void taxii_error_response(struct arena *a, err e, str request_id, unsigned retry_seconds,
                          struct http_response *out);

#endif
