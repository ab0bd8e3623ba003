/*
 * /objects/{object}: any one thing that the reader may read, what refers to it, and who else may
 * read it (R2).
 */
#include "service/material.h"
#include "service/object_relations.h"
#include "service/object_view.h"

#include "api/briefing_parts.h"
#include "api/handlers.h"
#include "api/looks.h"
#include "service/admin_entries.h"

static void put_parts(struct json_writer *w, const char *key, const struct object_parts *parts)
{
    json_key(w, str_of(key));
    json_open_array(w);
    for (size_t i = 0; i < parts->count; i++) {
        json_open_object(w);
        json_member(w, "name", parts->items[i].name);
        json_member(w, "text", parts->items[i].text);
        json_close_object(w);
    }
    json_close_array(w);
}

static void put_ends(const struct part_to *to, const struct object_ends *ends)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("ends"));
    json_open_array(w);
    for (size_t i = 0; i < ends->count; i++) {
        const struct object_end *end = &ends->items[i];
        part_give(to, &end->entry);
        json_open_object(w);
        json_member(w, "name", end->name);
        json_member(w, "id", end->id);
        json_member_if(w, "title", end->title);
        json_close_object(w);
    }
    json_close_array(w);
}

static void put_uses(const struct part_to *to, const struct object_uses *uses)
{
    struct json_writer *w = to->w;
    if (uses->count == 0)
        return;
    json_key(w, LIT("uses"));
    json_open_array(w);
    for (size_t i = 0; i < uses->count; i++) {
        const struct object_use *one = &uses->items[i];
        part_give(to, &one->entry);
        json_open_object(w);
        json_member(w, "audience", one->audience);
        json_member(w, "use", marking_use_name(one->use));
        json_member_if(w, "text", one->text);
        json_close_object(w);
    }
    json_close_array(w);
}

/* By which material of a briefing they came, whose hosts are told how many did (R2). */
static err note_way(struct api_call *c)
{
    struct material_way way = {.object = api_param(c, "object")};
    if (!http_query_get(&c->query, LIT("material"), &way.material))
        return NULL;
    return material_way_get(c->rq->arena, &c->session, &c->reader, &way, &c->given.opened);
}

err api_get_object(struct api_call *c)
{
    struct object_view v;
    TRY(part_hide(
        c, object_view_get(c->rq->arena, &c->session, &c->reader, api_param(c, "object"), &v)));
    TRY(note_way(c));
    const struct part_to to = part_to_answer(c);
    part_give(&to, &v.entry);
    json_open_object(to.w);
    json_member(to.w, "id", v.id);
    json_member(to.w, "type", v.type);
    json_member_if(to.w, "title", v.title);
    part_label(to.w, v.label);
    json_member_if(to.w, "source", v.source);
    json_member_if(to.w, "briefing", v.briefing);
    if (v.is_answer)
        json_member_bool(to.w, "is_answer", true);
    part_time(to.w, "added", v.entry.added_us);
    json_member_bool(to.w, "is_exercise", v.is_exercise);
    json_member_bool(to.w, "may_ask_who_sees", v.may_ask);
    put_parts(to.w, "texts", &v.texts);
    put_parts(to.w, "times", &v.times);
    put_ends(&to, &v.ends);
    put_uses(&to, &v.uses);
    json_member_if(to.w, "raw", v.raw);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

static void put_other(const struct part_to *to, const struct object_relation *one)
{
    struct json_writer *w = to->w;
    part_give(to, &one->other.entry);
    json_key(w, LIT("other"));
    json_open_object(w);
    json_member(w, "id", one->other.id);
    json_member_if(w, "title", one->other.title);
    json_close_object(w);
}

static void put_relation(const struct part_to *to, const struct object_relation *one)
{
    struct json_writer *w = to->w;
    part_give(to, &one->entry);
    json_open_object(w);
    json_member(w, "id", one->id);
    json_member(w, "type", one->type);
    json_member_if(w, "title", one->title);
    json_member_if(w, "property", one->property);
    json_member_if(w, "relationship", one->verb);
    if (one->other.id.len)
        put_other(to, one);
    if (one->is_answer)
        json_member_bool(w, "is_answer", true);
    part_label(w, one->label);
    json_member_if(w, "source", one->source);
    part_time(w, "added", one->entry.added_us);
    json_member_bool(w, "is_exercise", one->is_exercise);
    json_close_object(w);
}

err api_list_relations(struct api_call *c)
{
    struct part_list list = {0};
    struct object_relations found;
    TRY(api_page_read(c, &list.page));
    const struct object_relations_query q = {.id = api_param(c, "object"),
                                             .before = (uint32_t)part_place(&list.page),
                                             .limit = list.page.limit};
    TRY(part_hide(c, object_relations_get(c->rq->arena, &c->session, &c->reader, &q, &found)));
    session_release_views(&c->session);
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_i64(to.w, "behind", (int64_t)found.behind);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < found.count; i++)
        put_relation(&to, &found.items[i]);
    list.last = found.last_number;
    list.has_more = found.has_more;
    part_list_send(c, &list);
    return NULL;
}

err api_list_viewers(struct api_call *c)
{
    struct admin_viewers viewers = {0};
    TRY(part_hide(c, object_viewers(c->rq->arena, &c->session, &c->reader, api_param(c, "object"),
                                    &viewers)));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    if (viewers.is_by_invitation)
        api_put_sectors(w, &viewers.unnamed);
    json_key(w, LIT("items"));
    json_open_array(w);
    for (size_t i = 0; i < viewers.count; i++) {
        json_open_object(w);
        json_member(w, "id", viewers.items[i].org_id);
        json_member(w, "name", viewers.items[i].name);
        json_member_if(w, "sector", viewers.items[i].sector);
        json_member_bool(w, "is_by_name", viewers.items[i].is_by_name);
        json_close_object(w);
    }
    part_list_send(c, &(struct part_list){0});
    return NULL;
}
