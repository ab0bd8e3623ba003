/*
 * /objects/{object}/sightings: who met a thing; /sightings: what others met of what one shared.
 */
#include "service/met.h"

#include "api/briefing_parts.h"
#include "api/handlers.h"

/* Members `first_seen` and `last_seen`, where any sighting says when. */
static void put_when(struct json_writer *w, int64_t first_us, int64_t last_us)
{
    if (last_us == 0)
        return;
    part_time(w, "first_seen", first_us);
    part_time(w, "last_seen", last_us);
}

/* Members of Met; the sightings that it was read from are given with it. */
static void put_met(const struct part_to *to, const struct met *met)
{
    struct json_writer *w = to->w;
    for (size_t i = 0; i < met->sightings.count; i++)
        part_give(to, &met->sightings.items[i]);
    json_member_i64(w, "times", (int64_t)met->times);
    put_when(w, met->first_us, met->last_us);
    json_member_bool(w, "has_older", met->has_more);
    json_key(w, LIT("by"));
    json_open_array(w);
    for (size_t i = 0; i < met->count; i++) {
        const struct met_by *by = &met->items[i];
        json_open_object(w);
        json_member_if(w, "source", by->source);
        json_member_i64(w, "sightings", (int64_t)by->sightings);
        json_member_i64(w, "times", (int64_t)by->times);
        put_when(w, by->first_us, by->last_us);
        part_label(w, by->label);
        json_close_object(w);
    }
    json_close_array(w);
}

err api_get_met(struct api_call *c)
{
    const struct met_query q = {api_param(c, "object"), MET_SIGHTINGS_MAX};
    struct met met;
    TRY(part_hide(c, met_read(c->rq->arena, &c->session, &c->reader, &q, &met)));
    session_release_views(&c->session);
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    put_met(&to, &met);
    json_member_i64(to.w, "behind", (int64_t)met.behind);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

static void put_thing(const struct part_to *to, const struct met_thing *thing)
{
    struct json_writer *w = to->w;
    part_give(to, &thing->entry);
    json_open_object(w);
    json_member(w, "id", thing->id);
    json_member(w, "type", thing->type);
    json_member(w, "title", thing->title);
    part_label(w, thing->label);
    json_member_bool(w, "is_exercise", thing->is_exercise);
    put_met(to, &thing->met);
    json_close_object(w);
}

err api_list_met(struct api_call *c)
{
    struct part_list list = {0};
    struct met_things found;
    TRY(api_page_read(c, &list.page));
    const struct met_things_query q = {.before = (uint32_t)part_place(&list.page),
                                       .limit = list.page.limit};
    TRY(met_things_read(c->rq->arena, &c->session, &c->reader, &q, &found));
    session_release_views(&c->session);
    (void)part_list_open(c);
    const struct part_to to = {&c->writer, c->rq->arena, &c->session, &c->reader, &c->given};
    for (size_t i = 0; i < found.count; i++)
        put_thing(&to, &found.items[i]);
    list.has_more = found.next != 0;
    list.last = found.next;
    part_list_send(c, &list);
    return NULL;
}
