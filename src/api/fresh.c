/*
 * /new: what came in, the newest first, page by page; all of it, or what is asked for.
 */
#include "api/fresh.h"

#include "api/handlers.h"
#include "api/parts.h"
#include "base/clock.h"
#include "store/visits.h"

#define DAY_US (INT64_C(24) * 60 * 60 * US_PER_SECOND)

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
    json_member_if(w, "question", one->question);
    if (one->asked.number)
        part_give(to, &one->asked);
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

/* ---- what is asked for */

struct asked {
    struct fresh_query q;
    enum tlp label;
};

static void add_fault(struct api_call *c, const char *name, const char *message)
{
    struct arena *a = c->rq->arena;
    *LIST_ADD(a, &c->faults) = (struct api_fault){arena_print(a, "/%s", name), str_of(message)};
}

/* False where it is absent, empty (as a form sends it), or there twice. */
static bool read_word(struct api_call *c, const char *name, str *out)
{
    *out = (str){0};
    if (http_query_get(&c->query, str_of(name), out) > 1) {
        add_fault(c, name, "Ask for one at a time");
        return false;
    }
    return out->len > 0;
}

static void read_kind(struct api_call *c, struct fresh_query *q)
{
    str word;
    if (!read_word(c, "kind", &word))
        return;
    q->kind = word;
    if (!fresh_has_kind(word))
        add_fault(c, "kind", "It is one of: " FRESH_KINDS);
}

/* Who is not there, or shared nothing that the reader may read, is no fault, and alike. */
static void read_source(struct api_call *c, struct fresh_query *q)
{
    str word;
    if (!read_word(c, "organization", &word))
        return;
    q->source = word;
    if (!stix_id_is_usable(word) || !str_eq(stix_id_type(word), LIT("identity")))
        add_fault(c, "organization",
                  "It is the id of an organization, identity-- and a UUID, as "
                  "GET /api/organizations tells it");
}

static void read_label(struct api_call *c, struct asked *asked)
{
    str word;
    if (!read_word(c, "label", &word))
        return;
    asked->q.label = &asked->label;
    if (!tlp_read(word, &asked->label))
        add_fault(c, "label", "It is one of: " PART_LABELS);
}

/* The same words for a collection that is closed to the reader and for none at all (O1). */
static void read_collection(struct api_call *c, struct fresh_query *q)
{
    str word;
    if (!read_word(c, "collection", &word))
        return;
    const struct policy_collection *in = policy_collection_by_key(c->session.policy, word);
    if (in && reader_may_read_collection(&c->reader, in->n))
        q->collection = in->n;
    else
        add_fault(c, "collection",
                  "You read no collection of this id or alias; GET /api/collections tells "
                  "which you do");
}

static err read_since(struct api_call *c, struct fresh_query *q)
{
    str word;
    struct visit visit;
    const struct session *s = &c->session;
    if (!read_word(c, "since", &word))
        return NULL;
    if (str_eq(word, LIT("last-visit"))) {
        TRY(visits_get(c->rq->arena, &c->session, c->reader.person->n, c->reader.org->n, &visit));
        q->since_us = visit.since_us;
    } else if (str_eq(word, LIT("24h"))) {
        q->since_us = s->now_us - DAY_US;
    } else if (str_eq(word, LIT("7d"))) {
        q->since_us = s->now_us - 7 * DAY_US;
    } else {
        add_fault(c, "since", "It is one of: last-visit, 24h, 7d; without it: all");
    }
    return NULL;
}

/* All that is wrong is told at once. */
static err read_asked(struct api_call *c, struct asked *out)
{
    *out = (struct asked){0};
    read_kind(c, &out->q);
    read_source(c, &out->q);
    read_label(c, out);
    read_collection(c, &out->q);
    TRY(read_since(c, &out->q));
    return c->faults.count ? FAIL(c->rq->arena, ERR_INVALID, "What is asked for is not understood")
                           : NULL;
}

err api_list_new(struct api_call *c)
{
    struct fresh_list found;
    struct part_list list = {0};
    struct asked asked;
    TRY(api_page_read(c, &list.page));
    TRY(read_asked(c, &asked));
    asked.q.before = (uint32_t)part_place(&list.page);
    asked.q.limit = list.page.limit;
    TRY(fresh_read(c->rq->arena, &c->session, &c->reader, &asked.q, &found));
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
