/*
 * The record's bundle: gathered by the index of what names the briefing.
 */
#include "service/briefing_record.h"

#include "base/num.h"
#include "service/action.h"
#include "service/briefing_parts.h"
#include "service/material_parts.h"
#include "service/reading.h"

#define RECORD_BYTES_MAX ((size_t)64 << 20)

static const char *const TYPES[] = {
    "briefing-plan",     "briefing-join", "briefing-item", "briefing-invitation",
    "briefing-reply",    "attendance",    "question",      "note",
    "briefing-host",     "approval",      "commitment",    "correction",
    "opinion",           "absence",       "widening",      "widening-answer",
    "briefing-material",
};

struct gathering {
    struct arena *a;
    struct session *s;
    struct json_writer *w;
    struct briefing_record_totals *totals;
};

/* The same for who asks again, so that a download that broke goes on where it was. */
static str bundle_id(struct arena *a, const struct session *s, const struct reader *r,
                     const struct briefing *b)
{
    return derived_id(a, s, "bundle", b->id, r->org->id);
}

/* G3, G6: STRICT and RED never leave, be they its own or carried. */
static err put_entry(struct gathering *g, const struct log_entry *e)
{
    struct log_body body;
    if (reading_is_barred(g->s, e)) {
        g->totals->withheld++;
        return NULL;
    }
    TRY(log_body_get(g->a, g->s, e->body, &body));
    *LIST_ADD(g->a, &g->totals->given) = *e;
    json_put_raw(g->w, body.bytes);
    return NULL;
}

static err put_type(struct gathering *g, const struct reader *r, str briefing, const char *type)
{
    struct about_rows rows = {0};
    TRY(about_list(g->a, g->s, r, briefing, str_of(type), &rows));
    for (size_t i = 0; i < rows.count; i++)
        TRY(put_entry(g, &rows.items[i].entry));
    return NULL;
}

/* A file names no briefing: it is found by the material that it is of. */
static err put_files(struct gathering *g, const struct reader *r, const struct briefing *b)
{
    struct materials all = {0};
    TRY(material_list_all(g->a, g->s, r, b, &all));
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].file.id.len)
            TRY(put_entry(g, &all.items[i].file.entry));
    }
    return NULL;
}

/* An action names no briefing either: items of the agenda refer to it. */
static err put_actions(struct gathering *g, const struct reader *r, const struct briefing *b)
{
    struct actions told = {0};
    TRY(action_list_told(g->a, g->s, r, b, &told));
    for (size_t i = 0; i < told.count; i++)
        TRY(put_entry(g, &told.items[i].entry));
    return NULL;
}

static err put_all(struct gathering *g, const struct reader *r, const struct briefing *b)
{
    struct log_entry e;
    const struct policy_org *group = policy_org(g->s->policy, b->group);
    TRY(put_entry(g, &b->entry));
    ASSERT(group);
    err hidden = about_get(g->a, g->s, r, group->id, &e);
    if (hidden == NULL)
        TRY(put_entry(g, &e));
    else if (hidden->code != ERR_NOT_FOUND)
        return hidden;
    for (size_t i = 0; i < COUNT_OF(TYPES); i++)
        TRY(put_type(g, r, b->id, TYPES[i]));
    TRY(put_actions(g, r, b));
    return put_files(g, r, b);
}

err briefing_record_bundle(struct arena *a, struct session *s, const struct reader *r, str briefing,
                           str *out, struct briefing_record_totals *totals)
{
    struct briefing b;
    struct json_writer w;
    struct gathering g = {.a = a, .s = s, .w = &w, .totals = totals};
    OWNED(buf_done) struct buf text;
    *totals = (struct briefing_record_totals){0};
    buf_init(&text, RECORD_BYTES_MAX);
    json_writer_init(&w, &text);
    TRY(briefing_get(a, s, r, briefing, &b));
    json_open_object(&w);
    json_member(&w, "type", LIT("bundle"));
    json_member(&w, "id", bundle_id(a, s, r, &b));
    json_key(&w, LIT("objects"));
    json_open_array(&w);
    TRY(put_all(&g, r, &b));
    json_close_array(&w);
    json_close_object(&w);
    TRY(buf_check(a, &text));
    *out = arena_copy(a, buf_str(&text));
    return NULL;
}
