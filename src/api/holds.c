/*
 * /holds: what nobody may remove for now (B27).
 */
#include "service/hold.h"

#include "api/briefing_parts.h"
#include "api/handlers.h"
#include "service/object_view.h"

#define ID_BYTES_MAX 200

/*
 * What the thing is called, under its label, where the reader may read it. One that is hidden and
 * one that is not there are told alike: by the id that the hold was placed with.
 */
static err put_object(const struct part_to *to, str id)
{
    struct log_entry entry;
    str title;
    if (id.len == 0)
        return NULL;
    json_member(to->w, "object", id);
    TRY(object_title_get(to->a, to->s, to->r, id, &entry, &title));
    if (title.len == 0)
        return NULL;
    part_give(to, &entry);
    json_member(to->w, "title", title);
    part_label(to->w, audience_get(to->s->store->audiences, entry.clause)->clauses[0].label);
    return NULL;
}

static err put_hold(const struct part_to *to, struct api_call *c, const struct hold *h)
{
    struct json_writer *w = to->w;
    json_open_object(w);
    json_member(w, "id", h->id);
    TRY(put_object(to, h->object));
    json_member(w, "reason", h->reason);
    part_time(w, "placed", h->placed_us);
    TRY(part_actor(w, c, h->placed_by));
    if (h->released_us)
        part_time(w, "released", h->released_us);
    json_close_object(w);
    return NULL;
}

static err answer_list(struct api_call *c, void *context)
{
    struct holds list = {0};
    (void)context;
    TRY(holds_list(c->rq->arena, &c->session, &list));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < list.count; i++)
        TRY(put_hold(&to, c, &list.items[i]));
    part_list_send(c, &(struct part_list){0});
    return NULL;
}

err api_list_holds(struct api_call *c)
{
    return answer_list(c, NULL);
}

static err run_place(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str id;
    struct hold_order *order = context;
    order->by = c->reader.gate.actor;
    err failure = hold_place_in(a, s, order, &id);
    if (failure && failure->code == ERR_INVALID) /* a reason that is missing was found before */
        *LIST_ADD(c->rq->arena, &c->faults) =
            (struct api_fault){LIT("/object"), arena_copy(c->rq->arena, failure->text)};
    return failure;
}

err api_place_hold(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct hold_order *order = NEW(c->rq->arena, struct hold_order);
    order->object = field_text(&f, "object", (struct field_text){.bytes_max = ID_BYTES_MAX});
    order->reason = field_text(&f, "reason",
                               (struct field_text){.is_required = true,
                                                   .may_have_lines = true,
                                                   .bytes_max = HOLD_REASON_BYTES_MAX});
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_place, .answer = answer_list, .context = order});
}

static err run_release(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return part_words(c, hold_release_in(a, s, api_param(c, "hold"), c->reader.gate.actor));
}

err api_release_hold(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_release});
}
