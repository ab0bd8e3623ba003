/*
 * Whom a briefing reached among the members of an organization that it was meant for (B2), and who
 * will see what is about to be said of it.
 */
#include "service/briefing_reach.h"

#include "api/briefing_parts.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/briefing_readers.h"

static void put_row(struct json_writer *w, const struct briefing_reach_row *row)
{
    json_open_object(w);
    json_key(w, LIT("organization"));
    part_organization(w, row->org);
    json_member_bool(w, "is_reached", row->is_reached);
    if (!row->is_reached)
        json_member(w, "why",
                    row->why == MISS_COUNT ? LIT("not-invited") : briefing_miss_name(row->why));
    json_member_if(w, "words", row->words);
    json_close_object(w);
}

err api_get_reached(struct api_call *c)
{
    struct briefing_reach reach;
    TRY(part_hide(c, briefing_reach_get(c->rq->arena, &c->session, &c->reader,
                                        api_param(c, "briefing"), &reach)));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member_bool(w, "is_exercise", reach.is_exercise);
    json_member_i64(w, "reached", (int64_t)reach.reached);
    json_member_i64(w, "members", (int64_t)reach.count);
    json_key(w, LIT("items"));
    json_open_array(w);
    for (size_t i = 0; i < reach.count; i++)
        put_row(w, &reach.items[i]);
    json_close_array(w);
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

/* ---- who will see it */

void part_reach_people(struct api_call *c, struct part_list *list, const struct reach *reach)
{
    struct json_writer *w = part_list_open(c);
    for (size_t i = (size_t)part_place(&list->page); i < reach->count; i++) {
        list->has_more = list->count == list->page.limit;
        if (list->has_more)
            break;
        json_open_object(w);
        json_member(w, "id", reach->items[i].person->id);
        json_member(w, "name", reach->items[i].person->name);
        json_member(w, "organization", reach->items[i].org->name);
        json_close_object(w);
        list->last = (int64_t)i + 1;
        list->count++;
    }
    part_list_send(c, list);
}

static err find_readers(struct api_call *c, struct briefing_readers *out)
{
    str of = {0};
    http_query_get(&c->query, LIT("of"), &of);
    return part_hide(c, briefing_readers_find(c->rq->arena, &c->session, &c->reader,
                                              api_param(c, "briefing"), of, out));
}

err api_get_readers(struct api_call *c)
{
    struct briefing_readers readers;
    TRY(find_readers(c, &readers));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member_i64(w, "people", (int64_t)readers.people.count);
    json_member_i64(w, "organizations", (int64_t)readers.people.organizations);
    json_member_bool(w, "has_names", readers.has_names);
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

err api_list_readers(struct api_call *c)
{
    struct briefing_readers readers;
    struct part_list list = {0};
    TRY(api_page_read(c, &list.page));
    TRY(find_readers(c, &readers));
    if (!readers.has_names)
        return api_not_found(c);
    part_reach_people(c, &list, &readers.people);
    return NULL;
}
