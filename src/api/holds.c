/*
 * /holds: what nobody may remove for now (B27).
 */
#include "service/hold.h"

#include "api/handlers.h"
#include "api/parts.h"

#define ID_BYTES_MAX 200

static err put_hold(struct json_writer *w, struct api_call *c, const struct hold *h)
{
    json_open_object(w);
    json_member(w, "id", h->id);
    json_member_if(w, "object", h->object);
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
    struct json_writer *w = part_list_open(c);
    for (size_t i = 0; i < list.count; i++)
        TRY(put_hold(w, c, &list.items[i]));
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
