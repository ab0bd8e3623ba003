/*
 * Whatever changes something is a job of the one writer; the answer goes out after the commit.
 * With an Idempotency-Key, what was made is kept in the same commit, and a repeated request is
 * answered with it.
 */
#include "api/call.h"

#include "store/idempotency.h"

#define KEY_BYTES_MIN 8
#define KEY_BYTES_MAX 100

struct job {
    struct api_call *c;
    struct api_change change;
    struct writer_job job;
    bool has_key;
    struct idempotency_key key;
};

/* The browser's session may have ended meanwhile, or gone on to another step. */
static err look_at_session(struct session *s, struct api_call *c)
{
    struct web_session now = {0};
    if (c->web.n == 0)
        return NULL;
    TRY(web_session_get(c->rq->arena, s, c->secret, &now));
    bool is_same = now.n == c->web.n && now.stage == c->web.stage;
    if (!is_same && c->row->right != API_ANYONE)
        return FAIL(c->rq->arena, ERR_UNAUTHENTICATED, "This session has ended; sign in again");
    c->web = now;
    return NULL;
}

static err make_reader(struct arena *a, struct session *s, struct api_call *c)
{
    TRY(look_at_session(s, c));
    TRY(login_reader(a, s, &c->who, &c->reader));
    TRY(api_check_right(c));
    return c->who.org ? reader_intern_actor(a, s, &c->reader) : NULL;
}

static err run_change(struct arena *a, struct session *s, void *context)
{
    struct job *j = context;
    struct api_call *c = j->c;
    bool is_known = false;
    TRY(make_reader(a, s, c));
    if (j->has_key)
        TRY(idempotency_get(c->rq->arena, s, &j->key, &is_known, &c->result));
    if (is_known)
        return NULL;
    s->actor = c->reader.gate.actor;
    err failure = j->change.run(a, s, c, j->change.context);
    s->actor = 0; /* others' jobs share the session */
    TRY(failure);
    return j->has_key ? idempotency_put(a, s, &j->key, c->result) : NULL;
}

static err answer(struct job *j)
{
    struct api_call *c = j->c;
    TRY(session_read(c->rq->arena, c->app->store, &c->session));
    TRY(login_reader(c->rq->arena, &c->session, &c->who, &c->reader));
    return j->change.answer(c, j->change.context);
}

static void end_change(void *context, err failure)
{
    struct job *j = context;
    struct api_call *c = j->c;
    if (failure == NULL && j->change.answer == NULL) {
        api_send_nothing(c);
        return;
    }
    failure = failure ? failure : answer(j);
    if (failure)
        api_fail_elsewhere(c, failure);
}

static err read_key(struct api_call *c, struct job *j)
{
    str key = http_header(c->rq, LIT("Idempotency-Key"));
    if (key.len == 0)
        return NULL;
    if (key.len < KEY_BYTES_MIN || key.len > KEY_BYTES_MAX)
        return FAIL(c->rq->arena, ERR_INPUT, "An Idempotency-Key has %d to %d characters",
                    KEY_BYTES_MIN, KEY_BYTES_MAX);
    int64_t group = j->change.group;
    const struct idempotency_request request = {.org = group ? group : c->who.org,
                                                .person = group ? 0 : c->who.person,
                                                .method = c->rq->method_name,
                                                .path = c->rq->path,
                                                .key = key,
                                                .body = c->rq->body};
    idempotency_key(&c->app->store->keys, &request, &j->key);
    j->has_key = true;
    return NULL;
}

err api_change(struct api_call *c, const struct api_change *change)
{
    struct job *j = NEW(c->rq->arena, struct job);
    j->c = c;
    j->change = *change;
    int64_t whose = c->web.n ? c->web.org : c->who.org;
    j->job = (struct writer_job){.org = whose ? whose : login_stranger(c->app->login, c->rq->peer),
                                 .run = run_change,
                                 .done = end_change,
                                 .context = j};
    if (c->rq->method == HTTP_POST && c->who.person && !change->shows_once)
        TRY(read_key(c, j));
    if (change->group)
        c->rq->user = (void *)(intptr_t)change->group;
    session_done(&c->session);
    if (writer_submit(c->app->writer, &j->job))
        return NULL;
    return FAIL(c->rq->arena, ERR_BUSY, "The exchange is busy with writing; try again");
}
