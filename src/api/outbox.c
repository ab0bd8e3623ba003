/*
 * What the exchange has mailed or would have mailed (B15). For stewards; on a demo exchange, which
 * mails nothing, also for the hosts of what a message is about.
 */
#include "store/outbox.h"

#include "api/handlers.h"
#include "api/page.h"
#include "api/parts.h"
#include "service/briefing.h"
#include "service/mail.h"

static bool is_steward(const struct api_call *c)
{
    return c->reader.org->is_steward && (c->reader.gate.roles & 1u << ROLE_STEWARD);
}

/* The same words for a message that is not theirs and for one that is not there. */
static err check_shown(struct api_call *c, str briefing, bool *out)
{
    struct briefing b;
    *out = is_steward(c);
    if (*out || !c->app->store->is_demo)
        return NULL;
    err hidden = briefing_get_hosted(c->rq->arena, &c->session, &c->reader, briefing, &b);
    *out = hidden == NULL;
    return hidden && hidden->code != ERR_NOT_FOUND ? hidden : NULL;
}

static void put_members(struct json_writer *w, const struct outbox_message *m)
{
    json_member(w, "id", m->id);
    json_member(w, "kind", m->kind);
    json_member(w, "to", m->recipient);
    json_member(w, "subject", m->subject);
    part_time(w, "created", m->created_us);
    json_member(w, "state", outbox_state_name(m->state));
    json_member_i64(w, "tries", m->tries);
    json_member_if(w, "failure", m->failure);
}

struct outbox_page {
    struct outbox_messages shown;
    int64_t last; /* number of the last one looked at */
    bool has_more;
};

/* Looks further where messages are passed over, so that a page is full unless it is the last. */
static err gather(struct api_call *c, size_t limit, int64_t before, struct outbox_page *out)
{
    out->last = before;
    do {
        struct outbox_messages some;
        TRY(outbox_list(c->rq->arena, &c->session, out->last, limit + 1, &some));
        out->has_more = some.count > limit;
        for (size_t i = 0; i < some.count && i < limit; i++) {
            bool is_shown;
            TRY(check_shown(c, some.items[i].briefing, &is_shown));
            if (is_shown && out->shown.count == limit) {
                out->has_more = true;
                return NULL;
            }
            if (is_shown)
                *LIST_ADD(c->rq->arena, &out->shown) = some.items[i];
            out->last = some.items[i].n;
        }
    } while (out->has_more && out->shown.count < limit);
    return NULL;
}

err api_list_outbox(struct api_call *c)
{
    struct api_page page;
    struct outbox_page found = {0};
    int64_t before = 0;
    TRY(api_page_read(c, &page));
    if (!is_steward(c) && !c->app->store->is_demo)
        return api_not_found(c);
    if (page.place.len && !str_to_i64(page.place, &before))
        return FAIL(c->rq->arena, ERR_INPUT, "This cursor is none of this list");
    TRY(gather(c, page.limit, before, &found));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_key(w, LIT("items"));
    json_open_array(w);
    for (size_t i = 0; i < found.shown.count; i++) {
        json_open_object(w);
        put_members(w, &found.shown.items[i]);
        json_close_object(w);
    }
    json_close_array(w);
    if (found.has_more)
        api_page_next(c, w, arena_print(c->rq->arena, "%lld", (long long)found.last));
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

/* On an exchange that mails, nobody but the recipient is given the link to answer by. */
static str shown_body(const struct api_call *c, const struct outbox_message *m)
{
    bool is_open = c->app->store->is_demo && m->secret.len;
    return mail_body(c->rq->arena, m, is_open ? m->secret : LIT("…"));
}

err api_get_message(struct api_call *c)
{
    struct outbox_message m;
    bool is_shown;
    err absent = outbox_get(c->rq->arena, &c->session, api_param(c, "message"), &m);
    if (absent && absent->code == ERR_NOT_FOUND)
        return api_not_found(c);
    TRY(absent);
    TRY(check_shown(c, m.briefing, &is_shown));
    if (!is_shown)
        return api_not_found(c);
    struct json_writer *w = api_body(c);
    json_open_object(w);
    put_members(w, &m);
    json_member(w, "text", shown_body(c, &m));
    json_member_if(w, "calendar", m.calendar);
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}
