/*
 * The table of TAXII 2.1 and the way of a request through it: media type, credentials, route,
 * collection, right, handler.
 */
#include "taxii/handlers.h"

#include "http/accept.h"
#include "stix/object.h"

#include <stdlib.h>

#define ROOT "/exchange/"
#define COLLECTION ROOT "collections/{collection}/"
#define OBJECT COLLECTION "objects/{object}/"

/* So many bytes are not asked whose they are before they are here. */
#define SMALL_BODY_BYTES 16384

/* In the order of the standard: §4.1 to §5.8. */
const struct taxii_row TAXII_ROWS[] = {
    {{HTTP_GET, "/taxii2/"}, taxii_get_discovery, TAXII_RIGHT_NONE, false, "none"},
    {{HTTP_GET, ROOT}, taxii_get_root, TAXII_RIGHT_READER, false, "none"},
    {{HTTP_GET, ROOT "status/{status}/"}, taxii_get_status, TAXII_RIGHT_POSTER, false, "none"},
    {{HTTP_GET, ROOT "collections/"}, taxii_get_collections, TAXII_RIGHT_READER, false, "none"},
    {{HTTP_GET, COLLECTION}, taxii_get_collection, TAXII_RIGHT_ANY, false, "none"},
    {{HTTP_GET, COLLECTION "manifest/"}, taxii_get_manifest, TAXII_RIGHT_READ, true, "listed"},
    {{HTTP_GET, COLLECTION "objects/"}, taxii_get_objects, TAXII_RIGHT_READ, true, "obtained"},
    {{HTTP_POST, COLLECTION "objects/"},
     taxii_post_objects,
     TAXII_RIGHT_WRITE,
     true,
     "objects.post"},
    {{HTTP_GET, OBJECT}, taxii_get_object, TAXII_RIGHT_READ, true, "obtained"},
    {{HTTP_DELETE, OBJECT}, taxii_delete_object, TAXII_RIGHT_BOTH, true, "objects.withdraw"},
    {{HTTP_GET, OBJECT "versions/"}, taxii_get_versions, TAXII_RIGHT_READ, true, "listed"},
};
const size_t TAXII_ROW_COUNT = sizeof(TAXII_ROWS) / sizeof(TAXII_ROWS[0]);

bool taxii_owns_path(str path)
{
    return str_starts(path, LIT("/taxii2/")) || str_eq(path, LIT("/taxii2")) ||
           str_starts(path, LIT(ROOT)) || str_eq(path, LIT("/exchange"));
}

static const str OFFERS[] = {LIT_INIT(TAXII_MEDIA_TYPE), LIT_INIT(STIX_MEDIA_TYPE_21),
                             LIT_INIT(STIX_MEDIA_TYPE_20)};

/* Also for the type of TAXII 2.0, so that its clients hear which version is spoken here (S9). */
bool taxii_is_wanted(const struct http_request *rq)
{
    static const str ALSO[] = {LIT_INIT("text/html"), LIT_INIT(TAXII_MEDIA_TYPE)};
    str accept = http_header(rq, LIT("Accept"));
    if (str_find(accept, LIT("taxii")) >= accept.len)
        return false;
    return http_accept_choose(accept, ALSO, 2) != 0;
}

/* TAXII's own type; or STIX's, which odd clients ask for, unless they speak of TAXII's too. */
static bool is_acceptable(str accept, bool gives_stix)
{
    if (http_accept_choose(accept, OFFERS, 1) >= 0)
        return true;
    bool names_taxii = str_find(accept, LIT("taxii")) < accept.len;
    return gives_stix && !names_taxii && http_accept_choose(accept, OFFERS + 1, 2) >= 0;
}

static err check_accept(struct taxii_call *c, const struct taxii_row *row)
{
    if (is_acceptable(http_header(c->rq, LIT("Accept")), row && row->gives_stix))
        return NULL;
    return FAIL(c->rq->arena, ERR_NOT_ACCEPTABLE,
                "This exchange speaks TAXII 2.1; ask with Accept: " TAXII_MEDIA_TYPE);
}

static err check_content_type(struct taxii_call *c)
{
    str type = http_header(c->rq, LIT("Content-Type"));
    if (c->row->route.method != HTTP_POST || http_content_type_is(type, OFFERS[0]))
        return NULL;
    return FAIL(c->rq->arena, ERR_MEDIA_TYPE,
                "Objects are posted as Content-Type: " TAXII_MEDIA_TYPE);
}

/* Finds the row. A missing final slash is forgiven; §3.1 wants it, clients forget it. */
static err find_row(struct taxii_call *c)
{
    static const struct http_routes ROUTES = {TAXII_ROWS, sizeof(TAXII_ROWS[0]),
                                              sizeof(TAXII_ROWS) / sizeof(TAXII_ROWS[0])};
    TRY(http_route_find(c->rq->arena, ROUTES, c->rq->method, c->rq->path, &c->match));
    c->row = &TAXII_ROWS[c->match.index];
    return NULL;
}

static bool has_public_collection(const struct session *s)
{
    for (size_t i = 0; i < s->policy->collection_count; i++) {
        if (s->policy->collections[i].is_public)
            return true;
    }
    return false;
}

static err unauthenticated(struct arena *a)
{
    return FAIL(a, ERR_UNAUTHENTICATED, TAXII_SIGN_IN_WORDS);
}

static err no_collection(struct taxii_call *c)
{
    if (c->reader.org == NULL)
        return unauthenticated(c->rq->arena);
    return FAIL(c->rq->arena, ERR_NOT_FOUND, "There is no such collection");
}

/* A collection without any right is an unknown one (G2). */
static err find_collection(struct taxii_call *c)
{
    str key = http_route_param(&c->match, LIT("collection"));
    c->collection = policy_collection_by_key(c->session.policy, key);
    if (c->collection == NULL)
        return no_collection(c);
    c->may_read = reader_may_read_collection(&c->reader, c->collection->n);
    c->may_write = reader_may_write_collection(&c->reader, c->collection->n);
    return c->may_read || c->may_write ? NULL : no_collection(c);
}

static err check_right(struct taxii_call *c)
{
    struct arena *a = c->rq->arena;
    bool is_anonymous = c->reader.org == NULL;
    enum taxii_right right = c->row->right;
    if (right == TAXII_RIGHT_NONE)
        return NULL;
    if (is_anonymous && (right == TAXII_RIGHT_POSTER || !has_public_collection(&c->session)))
        return unauthenticated(a);
    if (right == TAXII_RIGHT_READER || right == TAXII_RIGHT_POSTER)
        return NULL;
    TRY(find_collection(c));
    bool needs_read = right == TAXII_RIGHT_READ || right == TAXII_RIGHT_BOTH;
    bool needs_write = right == TAXII_RIGHT_WRITE || right == TAXII_RIGHT_BOTH;
    if ((needs_write && !c->may_write && is_anonymous))
        return unauthenticated(a);
    if (needs_read && !c->may_read)
        return FAIL(a, ERR_FORBIDDEN, "You may write to this collection but not read it");
    if (needs_write && !c->may_write)
        return FAIL(a, ERR_FORBIDDEN, "You may read this collection but not write to it");
    return NULL;
}

static err hold_body(struct app *app, struct http_request *rq, int64_t org)
{
    if (http_body_pay(rq, login_payer(app->login, rq->peer, org)))
        return NULL;
    return FAIL(rq->arena, ERR_THROTTLED, HTTP_PAYER_WORDS);
}

/* Once, also for a call that begins again. */
static err take_quota(struct taxii_call *c)
{
    bool is_counted = c->is_counted;
    c->is_counted = true;
    if (is_counted || c->who.org == 0 || quota_take(c->app->quota, c->who.org, &c->retry_seconds))
        return NULL;
    return FAIL(c->rq->arena, ERR_THROTTLED, "Your organization has asked too often this minute");
}

static err run(struct taxii_call *c)
{
    struct arena *a = c->rq->arena;
    err unknown = find_row(c);
    TRY(check_accept(c, unknown ? NULL : c->row));
    TRY(login_reader(a, &c->session, &c->who, &c->reader));
    c->rq->user = (void *)(intptr_t)c->who.org; /* for the access log */
    TRY(take_quota(c));
    if (c->who.org && c->rq->has_body)
        TRY(hold_body(c->app, c->rq, c->who.org));
    if (unknown)
        return c->reader.org == NULL ? unauthenticated(a) : unknown;
    TRY(check_right(c));
    TRY(check_content_type(c));
    TRY(http_query_read(a, c->rq->query, &c->query));
    return c->row->handle(c);
}

/* A glance that wants rows of a moment that is over begins again, with rows from the start. */
static err run_anew(struct taxii_call *c)
{
    session_done(&c->session);
    TRY(session_read(c->rq->arena, c->app->store, &c->session));
    return run(c);
}

static void run_and_reply(struct taxii_call *c)
{
    err failure = run(c);
    if (failure && c->session.is_outdated)
        failure = run_anew(c);
    if (failure)
        taxii_fail(c, failure);
}

static struct credentials credentials_of(struct http_request *rq)
{
    return (struct credentials){.authorization = http_header(rq, LIT("Authorization")),
                                .fingerprint = rq->fingerprint,
                                .peer = rq->peer};
}

/* On the login's thread: the password has been hashed. */
static void go_on(void *context, err failure, const struct identity *who)
{
    struct taxii_call *c = context;
    struct arena *a = c->rq->arena;
    if (failure == NULL) {
        c->who = *who;
        failure = session_read(a, c->app->store, &c->session);
    } else {
        failure = FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
        struct credentials credentials = credentials_of(c->rq);
        c->retry_seconds = login_retry_seconds(c->app->login, &credentials);
    }
    if (failure)
        taxii_fail(c, failure);
    else
        run_and_reply(c);
}

static err sign_in(struct taxii_call *c, struct credentials *credentials, bool *is_later)
{
    struct arena *a = c->rq->arena;
    TRY(session_glance(a, c->app->store, &c->session));
    err e = login_now(a, &c->session, c->app->login, credentials, &c->who, is_later);
    if (e)
        c->retry_seconds = login_retry_seconds(c->app->login, credentials);
    return e;
}

void taxii_handle(struct app *app, struct http_request *rq)
{
    struct arena *a = rq->arena;
    struct taxii_call *c = NEW(a, struct taxii_call);
    c->app = app;
    c->rq = rq;
    struct credentials *credentials = NEW(a, struct credentials);
    *credentials = credentials_of(rq);
    bool is_later = false;
    err failure = sign_in(c, credentials, &is_later);
    if (failure == NULL && is_later) {
        session_done(&c->session);
        failure = login_later(a, app->login, credentials, go_on, c);
        if (failure == NULL)
            return;
    }
    if (failure)
        taxii_fail(c, failure);
    else
        run_and_reply(c);
}

static bool is_small_body(const struct http_request *rq)
{
    return rq->has_length && rq->content_length <= SMALL_BODY_BYTES;
}

static bool has_credentials(const struct http_request *rq)
{
    return rq->fingerprint || http_header(rq, LIT("Authorization")).len;
}

static err hold_large_body(struct app *app, struct http_request *rq)
{
    struct arena *a = rq->arena;
    OWNED(session_done) struct session s = {0};
    const struct credentials credentials = credentials_of(rq);
    struct identity who = {0};
    bool is_later;
    TRY(session_read(a, app->store, &s));
    TRY(login_now(a, &s, app->login, &credentials, &who, &is_later));
    return hold_body(app, rq, who.org);
}

void taxii_admit_body(struct app *app, struct http_request *rq)
{
    err failure = NULL;
    rq->unpacks_late = true; /* once it is known who sends it, and that they may */
    if (!has_credentials(rq))
        failure = unauthenticated(rq->arena);
    else if (!is_small_body(rq))
        failure = hold_large_body(app, rq);
    if (failure == NULL)
        return;
    struct http_response response;
    taxii_error_response(rq->arena, failure, rq->request_id, 0, &response);
    http_reply(rq, &response);
}
