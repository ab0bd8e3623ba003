/*
 * /briefings/{briefing}/reached: for an association, whom of its members a briefing reached (B2).
 */
#include "service/briefing_reach.h"

#include "api/briefing_parts.h"
#include "api/handlers.h"
#include "api/parts.h"

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
