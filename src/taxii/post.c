/*
 * Adding and deleting objects, and the status of what was added (TAXII 2.1 §4.3, §5.4, §5.7). Both
 * kinds of writing are jobs of the one writer; the answer goes out after the commit (L9).
 */
#include "taxii/handlers.h"

#include "service/submit.h"
#include "store/audit.h"
#include "store/status.h"
#include "taxii/filter.h"

struct posting {
    struct taxii_call *c;
    struct submission *sub;
    struct writer_job job;
};

static err run_posting(struct arena *a, struct session *s, void *context)
{
    struct posting *p = context;
    return submission_append(a, s, p->sub);
}

/* The failure lives on the writer's side; its words move over to the request. */
static void fail_from_writer(struct taxii_call *c, err failure)
{
    struct arena *a = c->rq->arena;
    taxii_fail(c, FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure))));
}

static void answer_posting(void *context, err failure)
{
    struct posting *p = context;
    struct taxii_call *c = p->c;
    str body = {0};
    if (failure == NULL)
        body = arena_copy(c->rq->arena, p->sub->status_json);
    submission_close(p->sub);
    if (failure)
        fail_from_writer(c, failure);
    else
        taxii_reply(c, 202, body);
}

static err submit(struct taxii_call *c, struct writer_job *job)
{
    session_done(&c->session);
    if (writer_submit(c->app->writer, job))
        return NULL;
    return FAIL(c->rq->arena, ERR_BUSY, "The exchange is busy with writing; try again");
}

err taxii_post_objects(struct taxii_call *c)
{
    struct arena *a = c->rq->arena;
    const struct config *config = store_config(c->app->store);
    struct posting *p = NEW(a, struct posting);
    session_release_views(&c->session);
    TRY(http_body_unpack(c->rq));
    TRY(submission_read(a, c->rq->body, (size_t)config->body_objects_max, &p->sub));
    p->c = c;
    p->sub->org = c->who.org;
    p->sub->person = c->who.person;
    p->sub->token = c->who.token;
    p->sub->collection = c->collection->n;
    p->job = (struct writer_job){
        .org = c->who.org, .run = run_posting, .done = answer_posting, .context = p};
    err failure = submit(c, &p->job);
    if (failure)
        submission_close(p->sub);
    return failure;
}

err taxii_get_status(struct taxii_call *c)
{
    str body;
    TRY(session_rows(c->rq->arena, &c->session));
    TRY(status_get(c->rq->arena, &c->session, c->reader.gate.actor,
                   http_route_param(&c->match, LIT("status")), &body));
    taxii_reply(c, 200, body);
    return NULL;
}

struct deletion {
    struct taxii_call *c;
    struct log_withdrawal withdrawal;
    struct writer_job job;
};

static err audit_deletion(struct arena *a, struct session *s, const struct deletion *d,
                          const struct reader *r, size_t withdrawn)
{
    const struct audit_row row = {
        .actor = r->gate.actor,
        .verb = LIT("objects.withdraw"),
        .object = d->withdrawal.id,
        .outcome = LIT("ok"),
        .detail = arena_print(a, "%zu versions", withdrawn),
    };
    return audit_put(a, s, &row);
}

static err run_deletion(struct arena *a, struct session *s, void *context)
{
    struct deletion *d = context;
    struct reader reader;
    TRY(login_reader(a, s, &d->c->who, &reader));
    if (!reader_may_write_collection(&reader, d->withdrawal.collection))
        return FAIL(a, ERR_FORBIDDEN, "You may not write to this collection");
    TRY(reader_intern_actor(a, s, &reader));
    d->withdrawal.reader = &reader;
    size_t withdrawn;
    TRY(log_withdraw(a, s, &d->withdrawal, &withdrawn));
    return audit_deletion(a, s, d, &reader, withdrawn);
}

static void answer_deletion(void *context, err failure)
{
    struct deletion *d = context;
    if (failure) {
        fail_from_writer(d->c, failure);
        return;
    }
    taxii_reply(d->c, 200, LIT("{}"));
}

err taxii_delete_object(struct taxii_call *c)
{
    struct arena *a = c->rq->arena;
    struct taxii_filter filter;
    TRY(taxii_filter_read(a, &c->query, TAXII_FILTER_VERSION | TAXII_FILTER_SPEC, &filter));
    if (filter.matches_nothing)
        return FAIL(a, ERR_NOT_FOUND, "There is no such object in this collection");
    struct deletion *d = NEW(a, struct deletion);
    const struct page_query *q = &filter.query;
    d->c = c;
    d->withdrawal = (struct log_withdrawal){
        .collection = c->collection->n,
        .id = http_route_param(&c->match, LIT("object")),
        .versions_us = q->wants_all ? NULL : q->versions_us,
        .version_count = q->wants_all ? 0 : q->version_count,
        .is_first = q->wants_first && !q->wants_all,
        .is_last = q->wants_last && !q->wants_all,
        .specs = q->specs,
    };
    d->job = (struct writer_job){
        .org = c->who.org, .run = run_deletion, .done = answer_deletion, .context = d};
    return submit(c, &d->job);
}
