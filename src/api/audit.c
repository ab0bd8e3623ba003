/*
 * The audit log, newest first, for stewards; and whether its chain is whole (R3).
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

/* Broken is an answer, too. */
err api_verify_audit(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    uint64_t rows = 0;
    session_release_views(&c->session);
    err fault = audit_verify(a, &c->session, NULL, &rows);
    if (fault && fault->code != ERR_CORRUPT)
        return fault;
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member_bool(w, "is_whole", fault == NULL);
    json_member_i64(w, "rows", (int64_t)rows);
    if (fault)
        json_member(w, "fault", error_text(a, fault));
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}
