/*
 * /objects/{object}/has-seen, /objects/{object}/looks and /looks: who has been given a thing, who
 * asked that, and whose word it takes (R2).
 */
#include "api/looks.h"

#include "api/handlers.h"
#include "service/exercise.h"

/* ---- counts */

void api_put_sectors(struct json_writer *w, const struct admin_sectors *sectors)
{
    json_key(w, LIT("sectors"));
    json_open_array(w);
    for (size_t i = 0; i < sectors->count; i++) {
        json_open_object(w);
        json_member(w, "sector", sectors->items[i].sector);
        json_member_i64(w, "count", (int64_t)sectors->items[i].count);
        json_close_object(w);
    }
    json_close_array(w);
}

/* What was told is told again to a request that is repeated. */
static str write_counts(struct arena *a, const struct admin_seen *seen)
{
    OWNED(buf_done) struct buf text;
    struct json_writer w;
    buf_init(&text, API_ANSWER_BYTES_MAX);
    json_writer_init(&w, &text);
    json_open_object(&w);
    api_put_sectors(&w, &seen->sectors);
    json_close_object(&w);
    return arena_copy(a, buf_str(&text));
}

static err run_count(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct admin_seen seen;
    (void)context;
    TRY(part_hide(c, look_count(a, s, &c->reader, api_param(c, "object"), &seen)));
    c->result = write_counts(c->rq->arena, &seen);
    return NULL;
}

static err answer_counts(struct api_call *c, void *context)
{
    (void)context;
    api_send_bytes(c, LIT("application/json"), c->result);
    return NULL;
}

err api_count_seen(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_count, .answer = answer_counts});
}

/* ---- a look */

static void put_names(struct json_writer *w, const struct admin_seen *names)
{
    json_key(w, LIT("names"));
    json_open_array(w);
    for (size_t i = 0; i < names->name_count; i++) {
        json_open_object(w);
        json_member(w, "id", names->names[i].org_id);
        json_member(w, "name", names->names[i].name);
        json_member_if(w, "person", names->names[i].person);
        json_close_object(w);
    }
    json_close_array(w);
}

void api_put_look(const struct part_to *to, const struct look_view *view)
{
    struct json_writer *w = to->w;
    const struct look *look = &view->look;
    part_give(to, &view->entry);
    json_open_object(w);
    json_member(w, "id", look->id);
    json_member(w, "state", look_state_name(look->state));
    json_member(w, "object", look->object);
    if (view->entry.number) {
        json_member(w, "title", view->title);
        part_label(w, view->label);
        json_member_bool(w, "is_exercise", exercise_holds(to->s, &view->entry));
    }
    part_time(w, "asked", look->asked_us);
    json_member_if(w, "asked_by", view->asker);
    json_member_if(w, "source", view->source);
    json_member_bool(w, "is_own", view->is_own);
    json_member_if(w, "reason", look->reason);
    if (look->state == LOOK_WAITS) {
        part_time(w, "due", look->due_us);
        json_member_bool(w, "is_alone", look->is_alone);
    }
    if (look->decided_us)
        part_time(w, "decided", look->decided_us);
    json_member_if(w, "decided_by", view->decider);
    if (view->names.names)
        put_names(w, &view->names);
    json_close_object(w);
}

/* ---- names */

static err answer_looks(struct api_call *c, void *context)
{
    str rule;
    struct look_views views = {0};
    struct arena *a = c->rq->arena;
    str object = api_param(c, "object");
    (void)context;
    TRY(part_hide(c, look_may_name(a, &c->session, &c->reader, object, &rule)));
    TRY(looks_of(a, &c->session, &c->reader, object, &views));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_bool(to.w, "may_name", rule.len == 0);
    json_member_if(to.w, "rule", rule);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < views.count; i++)
        api_put_look(&to, &views.items[i]);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

err api_list_looks_of(struct api_call *c)
{
    return answer_looks(c, NULL);
}

static err run_ask(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, look_ask(a, s, &c->reader, context));
}

err api_ask_names(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct look_request *request = NEW(c->rq->arena, struct look_request);
    request->object = api_param(c, "object");
    request->reason = field_text(&f, "reason",
                                 (struct field_text){.is_required = true,
                                                     .may_have_lines = true,
                                                     .bytes_max = LOOK_REASON_BYTES_MAX});
    request->public_url = c->app->public_url;
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_ask, .answer = answer_looks, .context = request});
}

/* ---- the second person */

static err run_decide(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, look_decide(a, s, &c->reader, context));
}

err api_decide_look(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct look_word *word = NEW(c->rq->arena, struct look_word);
    word->look = api_param(c, "look");
    word->agrees = field_flag(&f, "agrees", false);
    word->is_strong = c->web.n == 0 || c->web.is_strong;
    if (!field_is_there(&f, "agrees"))
        field_fault(&f, LIT("agrees"), LIT("Say whether the names may be told"));
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run_decide, .context = word});
}

/* ---- whose receipts they are */

err api_list_looks(struct api_call *c)
{
    struct part_list list = {0};
    struct look_views views = {0};
    TRY(api_page_read(c, &list.page));
    const struct look_page page = {.before = part_place(&list.page), .limit = list.page.limit + 1};
    TRY(looks_at_ours(c->rq->arena, &c->session, &c->reader, &page, &views));
    list.has_more = views.count > list.page.limit;
    list.count = list.has_more ? list.page.limit : views.count;
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < list.count; i++)
        api_put_look(&to, &views.items[i]);
    list.last = list.count ? views.items[list.count - 1].look.n : 0;
    part_list_send(c, &list);
    return NULL;
}
