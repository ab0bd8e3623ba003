/*
 * /new: what came in, the newest first, page by page.
 */
#include "api/fresh.h"

#include "api/handlers.h"
#include "api/parts.h"

static void put_part(const struct part_to *to, const struct fresh_thing *one)
{
    struct json_writer *w = to->w;
    part_give(to, &one->briefing.entry);
    json_key(w, LIT("part_of"));
    json_open_object(w);
    json_member(w, "briefing", one->briefing.id);
    json_member(w, "title", one->briefing.title);
    json_member_bool(w, "is_answer", one->is_answer);
    json_member_bool(w, "is_to_mine", one->is_to_mine);
    json_close_object(w);
}

void api_put_fresh(const struct part_to *to, const struct fresh_thing *one)
{
    struct json_writer *w = to->w;
    part_give(to, &one->entry);
    json_open_object(w);
    json_member(w, "id", one->id);
    json_member(w, "type", one->type);
    json_member(w, "title", one->title);
    json_member_if(w, "words", one->words);
    part_label(w, one->label);
    json_member_if(w, "source", one->source);
    part_time(w, "added", one->added_us);
    json_member_bool(w, "is_exercise", one->is_exercise);
    if (one->briefing.id.len)
        put_part(to, one);
    json_close_object(w);
}

err api_list_new(struct api_call *c)
{
    struct fresh_list found;
    struct part_list list = {0};
    TRY(api_page_read(c, &list.page));
    TRY(fresh_read(
        c->rq->arena, &c->session, &c->reader,
        &(struct fresh_query){.before = (uint32_t)part_place(&list.page), .limit = list.page.limit},
        &found));
    session_release_views(&c->session);
    (void)part_list_open(c);
    const struct part_to to = {&c->writer, c->rq->arena, &c->session, &c->reader, &c->given};
    for (size_t i = 0; i < found.count; i++)
        api_put_fresh(&to, &found.items[i]);
    list.has_more = found.next != 0;
    list.last = found.next;
    part_list_send(c, &list);
    return NULL;
}
