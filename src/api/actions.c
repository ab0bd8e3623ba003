/*
 * "What we did" (B23): telling it, who will see it, and what others told.
 */
#include "service/action.h"

#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "base/clock.h"
#include "service/exercise.h"
#include "service/reach.h"

#define DEED_WORDS                                                                       \
    "removed, labelled, limited, blocked, seized, charged, patched, warned, corrected, " \
    "other"
#define TOLD_LABELS "clear, green, amber, amber+strict"

/* ---- who will see it */

static err find_reach(struct api_call *c, struct reach *out)
{
    enum tlp label;
    str word;
    if (http_query_get(&c->query, LIT("label"), &word) == 0 || !tlp_read(word, &label) ||
        label == TLP_RED)
        return FAIL(c->rq->arena, ERR_INPUT, "label is one of: %s", TOLD_LABELS);
    return reach_find(c->rq->arena, &c->session, &c->reader, label, out);
}

static void put_sectors(struct json_writer *w, const char *key, const size_t *by_sector)
{
    json_key(w, str_of(key));
    json_open_array(w);
    for (unsigned i = 0; i < SECTOR_COUNT; i++) {
        if (by_sector[i] == 0)
            continue;
        json_open_object(w);
        json_member(w, "sector", sector_name(i));
        json_member_i64(w, "people", (int64_t)by_sector[i]);
        json_close_object(w);
    }
    json_close_array(w);
}

err api_get_reach(struct api_call *c)
{
    struct reach reach;
    TRY(find_reach(c, &reach));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    json_member_i64(w, "people", (int64_t)reach.count);
    json_member_i64(w, "organizations", (int64_t)reach.organizations);
    put_sectors(w, "sectors", reach.by_sector);
    json_member_i64(w, "missed", (int64_t)reach.missed);
    put_sectors(w, "missed_sectors", reach.missed_by_sector);
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}

err api_list_reach(struct api_call *c)
{
    struct reach reach;
    struct part_list list = {0};
    TRY(api_page_read(c, &list.page));
    TRY(find_reach(c, &reach));
    part_reach_people(c, &list, &reach);
    return NULL;
}

/* ---- telling */

static void read_deed(struct api_fields *f, struct action *out)
{
    str word = field_text(
        f, "deed", (struct field_text){.is_required = true, .bytes_max = 20, .words = DEED_WORDS});
    int64_t count = field_number(
        f, "count", (struct field_number){.most = INT64_C(1000000000000), .absent = -1});
    str what = field_text(f, "what", (struct field_text){.bytes_max = 80});
    for (unsigned i = 0; i < DEED_COUNT; i++) {
        if (str_eq(word, action_deed_name((enum action_deed)i)))
            out->deeds[i] = (struct action_count){true, count, what};
    }
}

static err read_deeds(struct api_fields *f, struct action *out)
{
    json list = field_value(f, "deeds", JSON_ARRAY, true);
    for (unsigned i = 0; i < DEED_COUNT; i++)
        out->deeds[i].count = -1;
    if (json_count(list) == 0 || json_count(list) > DEED_COUNT) {
        field_fault(f, LIT("deeds"), LIT("Say what you did: at least one of the ten"));
        return NULL;
    }
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        struct api_fields own =
            api_fields_of(f->c, w.value, field_pointer_at(f, LIT("deeds"), w.index));
        read_deed(&own, out);
        TRY(api_fields_check(&own));
    }
    return NULL;
}

static void read_texts(struct api_fields *f, struct action *out)
{
    static const struct field_text LINES = {.may_have_lines = true, .bytes_max = 8000};
    struct field_text happened = LINES;
    happened.is_required = true;
    out->happened = field_text(f, "happened", happened);
    out->advice = field_text(f, "advice", LINES);
    out->concerns = field_text(f, "concerns", (struct field_text){.bytes_max = 800});
    str label =
        field_text(f, "label",
                   (struct field_text){.is_required = true, .bytes_max = 20, .words = TOLD_LABELS});
    if (label.len)
        (void)tlp_read(label, &out->label);
    str taken = field_text(f, "taken", (struct field_text){.is_required = true, .bytes_max = 10});
    if (taken.len && !clock_read_date(taken, &out->taken_us))
        field_fault(f, LIT("taken"), LIT("A day is such as 2018-08-21"));
}

static err run_tell(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str id;
    TRY(part_hide(c, action_tell(a, s, &c->reader, context, &id)));
    c->result = arena_copy(c->rq->arena, id);
    return NULL;
}

static void put_action(const struct part_to *to, const struct action *action)
{
    struct json_writer *w = to->w;
    const struct policy_org *source = policy_org(to->s->policy, action->entry.contributor);
    part_give(to, &action->entry);
    json_open_object(w);
    json_member(w, "id", action->id);
    json_member(w, "title", action->title);
    json_key(w, LIT("deeds"));
    json_open_array(w);
    for (unsigned i = 0; i < DEED_COUNT; i++) {
        if (action->deeds[i].is_done)
            json_put_string(w, action_deed_name((enum action_deed)i));
    }
    json_close_array(w);
    part_day(w, "taken", action->taken_us);
    json_member_if(w, "concerns", action->concerns);
    json_member(w, "happened", action->happened);
    json_member_if(w, "advice", action->advice);
    part_label(w, action->label);
    if (source)
        json_member(w, "source", source->name);
    json_member_bool(w, "is_own", source == to->r->org);
    part_time(w, "added", action->entry.added_us);
    json_member_bool(w, "is_exercise", exercise_holds(to->s, &action->entry));
    json_close_object(w);
}

static err answer_told(struct api_call *c, void *context)
{
    struct action action;
    (void)context;
    TRY(part_hide(c, action_get(c->rq->arena, &c->session, &c->reader, c->result, &action)));
    const struct part_to to = part_to_answer(c);
    put_action(&to, &action);
    api_send(c, 201);
    return NULL;
}

err api_tell_action(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct action_input *in = NEW(c->rq->arena, struct action_input);
    TRY(read_deeds(&f, &in->action));
    read_texts(&f, &in->action);
    in->people = (size_t)field_number(&f, "people",
                                      (struct field_number){.most = 10000000, .is_required = true});
    in->briefing = field_text(&f, "briefing", (struct field_text){.bytes_max = 100});
    TRY(api_fields_check(&f));
    return api_change(c,
                      &(struct api_change){.run = run_tell, .answer = answer_told, .context = in});
}

/* ---- what was told */

err api_list_actions(struct api_call *c)
{
    struct actions actions;
    struct part_list list = {0};
    TRY(api_page_read(c, &list.page));
    TRY(action_list(c->rq->arena, &c->session, &c->reader, (uint32_t)part_place(&list.page),
                    list.page.limit, &actions));
    session_release_views(&c->session);
    (void)part_list_open(c);
    const struct part_to to = {&c->writer, c->rq->arena, &c->session, &c->reader, &c->given};
    for (size_t i = 0; i < actions.count; i++)
        put_action(&to, &actions.items[i]);
    list.last = actions.next;
    list.has_more = actions.next != 0;
    part_list_send(c, &list);
    return NULL;
}
