/*
 * The audit log, newest first, for stewards; its heads, which every member may keep; and whether
 * its chain is whole (R3).
 */
#include "store/audit.h"

#include "api/handlers.h"
#include "api/parts.h"

static err put_row(struct json_writer *w, struct api_call *c, const struct audit_row *row)
{
    json_open_object(w);
    json_member_i64(w, "number", row->n);
    part_time(w, "time", row->time_us);
    json_member(w, "verb", row->verb);
    json_member_if(w, "object", row->object);
    json_member(w, "outcome", row->outcome);
    json_member_if(w, "detail", row->detail);
    TRY(part_actor(w, c, row->actor));
    json_close_object(w);
    return NULL;
}

err api_list_audit(struct api_call *c)
{
    struct part_list list = {0};
    struct audit_rows rows = {0};
    struct audit_query q = {.is_newest_first = true};
    TRY(api_page_read(c, &list.page));
    q.before = part_place(&list.page);
    q.limit = list.page.limit + 1; /* to know whether there are more */
    http_query_get(&c->query, LIT("verb"), &q.verb);
    http_query_get(&c->query, LIT("object"), &q.object);
    TRY(audit_list(c->rq->arena, &c->session, &q, &rows));
    struct json_writer *w = part_list_open(c);
    for (size_t i = 0; i < rows.count && i < list.page.limit; i++) {
        TRY(put_row(w, c, &rows.items[i]));
        list.last = rows.items[i].n;
    }
    list.has_more = rows.count > list.page.limit;
    part_list_send(c, &list);
    return NULL;
}

/* ---- the chain */

/* One walk at a time: it costs by the rows, and every member may ask. Broken is no failure. */
static err walk(struct api_call *c, const struct audit_head *against, uint64_t *rows, err *fault)
{
    struct arena *a = c->rq->arena;
    if (atomic_exchange(&c->app->is_walking, true))
        return FAIL(a, ERR_BUSY,
                    "Somebody else has the record checked at this moment; try again in a little "
                    "while");
    session_release_views(&c->session);
    err failure = audit_verify(a, &c->session, against, rows);
    atomic_store(&c->app->is_walking, false);
    if (failure && failure->code != ERR_CORRUPT)
        return failure;
    *fault = failure;
    return NULL;
}

static void put_outcome(struct api_call *c, err fault)
{
    json_member_bool(&c->writer, "is_whole", fault == NULL);
    if (fault)
        json_member(&c->writer, "fault", error_text(c->rq->arena, fault));
}

err api_verify_audit(struct api_call *c)
{
    uint64_t rows = 0;
    err fault;
    TRY(walk(c, NULL, &rows, &fault));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member_i64(w, "rows", (int64_t)rows);
    put_outcome(c, fault);
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

/* Nothing of the walk but whether what was kept still stands: members count no rows (O1). */
static err put_kept(struct api_call *c, str line)
{
    struct arena *a = c->rq->arena;
    struct audit_head kept;
    uint64_t rows;
    err fault = audit_head_read(a, line, &kept);
    if (fault && fault->code != ERR_CORRUPT)
        return fault;
    if (fault == NULL)
        TRY(walk(c, &kept, &rows, &fault));
    json_key(&c->writer, LIT("kept"));
    json_open_object(&c->writer);
    put_outcome(c, fault);
    json_close_object(&c->writer);
    return NULL;
}

err api_get_head(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    struct audit_head head;
    str line;
    err failure = audit_head_of_hour(a, &c->session, &head);
    if (failure) /* whoever runs the exchange finds it in the log */
        return FAIL(a, ERR_IO, "no audit head can be signed: %.*s",
                    STR_ARG(error_text(a, failure)));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member_i64(w, "number", head.n);
    part_time(w, "time", head.time_us);
    json_member(w, "hash", secret_hex(a, head.link, sizeof(head.link)));
    json_member(w, "line", audit_head_write(a, &head));
    if (http_query_get(&c->query, LIT("against"), &line))
        TRY(put_kept(c, line));
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}
