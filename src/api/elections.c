/*
 * Elections that the steward keeps: the list, one by one, and as a sheet that is looked at first.
 */
#include "service/election.h"

#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "base/clock.h"

static void put_election(struct json_writer *w, const struct policy *p, const struct election *e)
{
    json_open_object(w);
    json_member(w, "id", e->id);
    json_member(w, "name", e->name);
    json_member(w, "jurisdiction", e->jurisdiction);
    json_key(w, LIT("place"));
    part_named_place(w, p, e->jurisdiction);
    json_member(w, "kind", e->kind);
    part_day(w, "date", e->day * US_PER_DAY);
    json_close_object(w);
}

err api_list_elections(struct api_call *c)
{
    struct elections list = {0};
    TRY(elections_list(c->rq->arena, &c->session, &list));
    struct json_writer *w = part_list_open(c);
    for (size_t i = 0; i < list.count; i++)
        put_election(w, c->session.policy, &list.items[i]);
    part_list_send(c, &(struct part_list){0});
    return NULL;
}

/* ---- one by one */

static err read_election(struct api_call *c, struct election **out)
{
    struct api_fields f = api_fields(c);
    struct election *e = NEW(c->rq->arena, struct election);
    struct election_words faults;
    const struct field_text rule = {.is_required = true, .bytes_max = 200};
    const struct election_words words = {.name = field_text(&f, "name", rule),
                                         .jurisdiction = field_text(&f, "jurisdiction", rule),
                                         .kind = field_text(&f, "kind", rule),
                                         .date = field_text(&f, "date", rule)};
    (void)election_read(c->rq->arena, &words, e, &faults);
    if (words.name.len && faults.name.len)
        field_fault(&f, LIT("name"), faults.name);
    if (words.jurisdiction.len && faults.jurisdiction.len)
        field_fault(&f, LIT("jurisdiction"), faults.jurisdiction);
    if (words.kind.len && faults.kind.len)
        field_fault(&f, LIT("kind"), faults.kind);
    if (words.date.len && faults.date.len)
        field_fault(&f, LIT("date"), faults.date);
    *out = e;
    return api_fields_check(&f);
}

static err run_put(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct election *e = context;
    TRY(part_words(c, election_put_in(a, s, e)));
    c->result = arena_copy(c->rq->arena, e->id);
    return NULL;
}

static err answer_added(struct api_call *c, void *context)
{
    struct election e;
    (void)context;
    TRY(part_words(c, elections_get(c->rq->arena, &c->session, c->result, &e)));
    put_election(api_body(c), c->session.policy, &e);
    api_send(c, 201);
    return NULL;
}

err api_add_election(struct api_call *c)
{
    struct election *e;
    TRY(read_election(c, &e));
    return api_change(c,
                      &(struct api_change){.run = run_put, .answer = answer_added, .context = e});
}

err api_edit_election(struct api_call *c)
{
    struct election *e;
    TRY(read_election(c, &e));
    e->id = arena_copy(c->rq->arena, api_param(c, "election"));
    return api_change(c, &(struct api_change){.run = run_put, .context = e});
}

static err run_remove(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    return part_words(c, election_remove_in(a, s, api_param(c, "election")));
}

err api_remove_election(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_remove});
}

/* ---- as a sheet */

static void put_line(struct json_writer *w, const struct election_line *line)
{
    json_open_object(w);
    json_member_i64(w, "line", (int64_t)line->line);
    json_member(w, "name", line->words.name);
    json_member(w, "jurisdiction", line->words.jurisdiction);
    json_member(w, "kind", line->words.kind);
    json_member(w, "date", line->words.date);
    json_member(w, "change", election_change_name(line->change));
    json_member_if(w, "fault", line->fault);
    json_close_object(w);
}

static void send_sheet(struct api_call *c, const struct election_sheet *sheet, bool is_done)
{
    struct json_writer *w =
        part_sheet_open(c, (struct part_sheet_sum){sheet->changes, sheet->faults, is_done});
    for (size_t i = 0; i < sheet->count; i++)
        put_line(w, &sheet->items[i]);
    part_sheet_send(c);
}

struct bringing {
    struct part_sheet asked;
    struct election_sheet sheet; /* as it was brought; in the request's arena */
};

static err run_bring(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct bringing *in = context;
    (void)a;
    return election_sheet_apply_in(c->rq->arena, s, in->asked.csv, &in->sheet);
}

static err answer_brought(struct api_call *c, void *context)
{
    const struct bringing *in = context;
    send_sheet(c, &in->sheet, true);
    return NULL;
}

err api_bring_elections(struct api_call *c)
{
    struct bringing *in = NEW(c->rq->arena, struct bringing);
    TRY(part_sheet_read(c, &in->asked));
    if (!in->asked.is_preview)
        return api_change(
            c, &(struct api_change){.run = run_bring, .answer = answer_brought, .context = in});
    TRY(election_sheet_read(c->rq->arena, &c->session, in->asked.csv, &in->sheet));
    send_sheet(c, &in->sheet, false);
    return NULL;
}
