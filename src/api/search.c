/*
 * /search: what the reader may read that has all of the words asked for.
 */
#include "service/search.h"

#include "api/briefing_parts.h"
#include "api/handlers.h"
#include "api/parts.h"

#define TYPES_MAX 20

static void put_hit(const struct part_to *to, const struct search_hit *hit)
{
    struct json_writer *w = to->w;
    part_give(to, &hit->entry);
    json_open_object(w);
    json_member(w, "id", hit->id);
    json_member(w, "type", hit->type);
    json_member(w, "title", hit->title);
    json_member_if(w, "words", hit->words);
    json_member_if(w, "briefing", hit->briefing);
    if (hit->is_answer)
        json_member_bool(w, "is_answer", true);
    part_label(w, hit->label);
    json_member_if(w, "source", hit->source);
    part_time(w, "added", hit->added_us);
    json_member_bool(w, "is_exercise", hit->is_exercise);
    json_close_object(w);
}

static err read_types(struct api_call *c, struct search_query *q)
{
    str *types = NEW_ARRAY(c->rq->arena, TYPES_MAX, str);
    for (size_t i = 0; i < c->query.count; i++) {
        if (!str_eq(c->query.items[i].name, LIT("type")))
            continue;
        if (q->type_count == TYPES_MAX)
            return FAIL(c->rq->arena, ERR_INPUT, "Ask for up to %d types at once", TYPES_MAX);
        types[q->type_count++] = c->query.items[i].value;
    }
    q->types = q->type_count ? types : NULL;
    return NULL;
}

err api_search(struct api_call *c)
{
    struct part_list list = {0};
    struct search_query q = {0};
    struct search_hits hits;
    TRY(api_page_read(c, &list.page));
    TRY(read_types(c, &q));
    q.before = (uint32_t)part_place(&list.page);
    q.limit = list.page.limit;
    http_query_get(&c->query, LIT("q"), &q.text);
    TRY(search_hits(c->rq->arena, &c->session, &c->reader, &q, &hits));
    session_release_views(&c->session);
    const struct part_to to = part_to_answer(c);
    struct json_writer *w = to.w;
    json_open_object(w);
    json_member_i64(w, "behind", (int64_t)hits.behind);
    json_key(w, LIT("items"));
    json_open_array(w);
    for (size_t i = 0; i < hits.count; i++)
        put_hit(&to, &hits.items[i]);
    list.last = hits.last_number;
    list.has_more = hits.has_more;
    part_list_send(c, &list);
    return NULL;
}
