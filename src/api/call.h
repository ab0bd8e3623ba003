/*
 * One request to /api on its way: what every handler gets and how it answers.
 *
 * A handler runs on a thread of the server, in a read session with the reader made. It returns an
 * error, which becomes a problem document (RFC 9457), or NULL after it has replied (api_send), or
 * handed the call to the writer (api_change). After that nothing of the call may be touched.
 */
#ifndef TOCSIN_API_CALL_H
#define TOCSIN_API_CALL_H

#include "api/given.h"
#include "http/query.h"
#include "http/route.h"
#include "service/app.h"
#include "store/web_session.h"
#include "json/json.h"
#include "json/write.h"

#define API_ROOT "/api"
#define API_BODY_BYTES_MAX ((size_t)1 << 20)
/* A file as it is, as large as the settings allow. */
#define API_FILE SIZE_MAX
#define API_ANSWER_BYTES_MAX ((size_t)64 << 20)

/* What a route needs; tests walk the rows. */
enum api_right {
    API_ANYONE,  /* signed in or not */
    API_SECOND,  /* a browser whose password was right and whose second step is due */
    API_SETUP,   /* a browser that is signed in, or came by a link to set an authenticator */
    API_BROWSER, /* a browser that is signed in */
    API_MEMBER,  /* whoever acts for an active member: a person, or a token of the organization */
    API_PERSON,  /* a person who acts for an active member */
    API_WHOLE, /* the same, but by no token that is narrowed to collections; and so for the next */
    API_ADMIN, /* who manages people: admins and stewards; in a browser after two steps */
    API_STEWARD, /* a steward of the steward's organization; in a browser after two steps */
};

struct api_call;

struct api_row {
    struct http_route route; /* with API_ROOT in front */
    err (*handle)(struct api_call *c);
    enum api_right right;
    size_t body_bytes_max; /* of JSON; 0: takes no body; API_FILE */
    /* The verb of the audit row; "none" for reads, "private" for what is nobody else's business. */
    const char *audit;
};

extern const struct api_row API_ROWS[];
extern const size_t API_ROW_COUNT;

/* What is wrong with one field of what was sent. */
struct api_fault {
    str field; /* a JSON pointer (RFC 6901) */
    str message;
};
struct api_faults {
    struct api_fault *items;
    size_t count;
    size_t capacity;
};

struct api_call {
    struct app *app;
    struct http_request *rq;
    const struct api_row *row;
    struct http_route_match match;
    struct http_query query;
    struct session session; /* open in the handler */
    struct identity who;
    struct reader reader;   /* org is NULL: not signed in */
    struct web_session web; /* n is 0: no browser's session; not whole: the reader is nobody */
    str secret;             /* of that session */
    bool is_bearer;         /* no browser sent this by itself */
    json body;              /* where the row takes one */
    struct json_reader json_reader;
    struct buf text; /* of the answer */
    struct json_writer writer;
    struct http_response response; /* headers gathered on the way */
    struct api_faults faults;      /* told with ERR_INVALID */
    str current;                   /* JSON; told with ERR_PRECONDITION */
    unsigned retry_seconds;        /* for an error that asks to wait */
    str content_range;             /* with ERR_RANGE: how much there is */
    str result;                    /* of a change: what was made */
    struct api_given given;        /* what the answer holds of the log */
    struct writer_job receipts;    /* the answer waits for their commit */
};

/* Handles a request for a path below /api. Ends in one http_reply, then or later. */
void api_handle(struct app *app, struct http_request *rq);
bool api_owns_path(str path);
/*
 * When only the header is there: sets the limit of the body by the row. Of a file, whoever may not
 * hand it in, or whose it is too large, is refused before it comes.
 */
void api_prepare(struct app *app, struct http_request *rq);
/* Puts a refusal of the server itself into a problem document. */
void api_refusal(struct http_request *rq, str text, struct http_response *out);

/* The right of the row, for the reader as they are now. */
err api_check_right(struct api_call *c) MUST_USE;

/* The parameter of the path; asserts that the row has it. */
str api_param(const struct api_call *c, const char *name);

/* The same words for what is hidden and for what does not exist. */
err api_not_found(struct api_call *c) MUST_USE;

/* ---- answers */

/* Begins a JSON answer; write into what it gives, then api_send. */
struct json_writer *api_body(struct api_call *c);
/*
 * Ends the call with the JSON written. What is read gets an ETag of its bytes, unless the handler
 * set one (api_etag), and ends as 304 where the client has it.
 */
void api_send(struct api_call *c, unsigned status);
/* Ends the call without a body. */
void api_send_nothing(struct api_call *c);
/* Ends the call with other bytes, in the request's arena. */
void api_send_bytes(struct api_call *c, str type, str bytes);
/* The same of what is saved as a file: also a part of it, or 304. ERR_RANGE: it was not sent. */
err api_send_download(struct api_call *c, str type, str bytes) MUST_USE;
/* So of a file's bytes, as they are, under their tag. Takes the map over where it sends it. */
err api_send_file(struct api_call *c, str type, str etag, struct file_map *map) MUST_USE;
/* Ends the call with the error; a fault of ours is logged. */
void api_fail(struct api_call *c, err e);
/* Copies an error into the request's arena and ends the call with it: for other threads. */
void api_fail_elsewhere(struct api_call *c, err e);

/* ---- changes */

struct api_change {
    /*
     * On the writer's thread, in its write session `s`: c->reader is made anew from it, the row's
     * right checked again, and the actor interned. Sets c->result (in the request's arena) to what
     * names the thing that was made. Undone as a whole if it fails. Not called again for a request
     * that is repeated with its Idempotency-Key.
     */
    err (*run)(struct arena *a, struct session *s, struct api_call *c, void *context);
    /*
     * After the commit, in a new read session: answers, with what c->result names. NULL: 204.
     */
    err (*answer)(struct api_call *c, void *context);
    void *context;
    /* What it answers with is kept nowhere, so that an Idempotency-Key could not bring it back. */
    bool shows_once;
    /*
     * Not zero: it is done in the name of this group, and what is kept of the request (its
     * Idempotency-Key, the line in the access log) names the group and nobody else (B18).
     */
    int64_t group;
};

/* Ends the read session and hands the call to the writer; `change` is copied. */
err api_change(struct api_call *c, const struct api_change *change) MUST_USE;

#endif
