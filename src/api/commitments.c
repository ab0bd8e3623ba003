/*
 * /briefings/{briefing}/commitments: what was promised, and what became of it (B22).
 */
#include "service/commitment.h"

#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"

#define ID_BYTES_MAX 100

static err put_one(const struct part_to *to, const struct briefing *b, const struct commitment *one)
{
    struct json_writer *w = to->w;
    const struct policy_org *org = policy_org_by_id(to->s->policy, one->organization);
    part_give(to, &one->entry);
    json_open_object(w);
    json_member(w, "id", one->id);
    json_member(w, "content", one->content);
    json_member(w, "organization", org ? org->name : LIT("An organization that is gone"));
    if (one->person.len) {
        json_key(w, LIT("person"));
        part_person(to, one->person, (str){0});
    }
    if (one->due_us)
        part_day(w, "due", one->due_us);
    json_member(w, "status", commitment_word_name(one->word));
    json_member_bool(w, "is_late", one->is_late);
    json_member_bool(w, "may_settle", one->may_settle);
    if (!str_eq(one->briefing, b->id)) {
        struct briefing from;
        TRY(briefing_get(to->a, to->s, to->r, one->briefing, &from));
        json_key(w, LIT("from"));
        json_open_object(w);
        json_member(w, "id", from.id);
        json_member(w, "title", from.title);
        part_time(w, "start", from.when.start_us);
        json_close_object(w);
    }
    json_close_object(w);
    return NULL;
}

static err answer_list(struct api_call *c, void *context)
{
    struct briefing b;
    struct commitments list = {0};
    struct arena *a = c->rq->arena;
    (void)context;
    TRY(part_hide(c, briefing_get(a, &c->session, &c->reader, api_param(c, "briefing"), &b)));
    TRY(commitments_list(a, &c->session, &c->reader, &b, &list));
    struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < list.count; i++)
        TRY(put_one(&to, &b, &list.items[i]));
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

err api_list_commitments(struct api_call *c)
{
    return answer_list(c, NULL);
}

static int64_t read_due(struct api_fields *f)
{
    int64_t day_us = 0;
    str text = field_text(f, "due", (struct field_text){.bytes_max = 10});
    if (text.len && !clock_read_date(text, &day_us))
        field_fault(f, LIT("due"), LIT("This is a day such as 2018-09-01"));
    return day_us;
}

static err run_add(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, commitment_add(a, s, &c->reader, api_param(c, "briefing"), context));
}

err api_add_commitment(struct api_call *c)
{
    static const struct field_text ID = {.bytes_max = ID_BYTES_MAX};
    struct api_fields f = api_fields(c);
    struct commitment *promise = NEW(c->rq->arena, struct commitment);
    promise->content = field_text(&f, "content",
                                  (struct field_text){.is_required = true,
                                                      .may_have_lines = true,
                                                      .bytes_max = COMMITMENT_BYTES_MAX});
    promise->organization = field_text(
        &f, "organization", (struct field_text){.is_required = true, .bytes_max = ID_BYTES_MAX});
    promise->person = field_text(&f, "person", ID);
    promise->due_us = read_due(&f);
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_add, .answer = answer_list, .context = promise});
}

static err run_settle(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, commitment_settle(a, s, &c->reader, api_param(c, "commitment"), context));
}

err api_settle_commitment(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct commitment_change *change = NEW(c->rq->arena, struct commitment_change);
    str status = field_text(&f, "status",
                            (struct field_text){.bytes_max = 20, .words = "open, done, dropped"});
    change->has_word = commitment_word_read(status, &change->word);
    change->has_due = field_is_there(&f, "due");
    change->due_us = read_due(&f);
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_settle, .answer = answer_list, .context = change});
}
