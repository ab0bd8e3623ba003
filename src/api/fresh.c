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

/* Of each question; together they stay below HTTP_QUERY_PAIRS_MAX. */
#define ASKED_MAX 20

/* The values of one parameter, which may stand there several times. */
struct asked_words {
    const char *name;
    str *items;
    size_t count;
    size_t capacity;
};

static void add_fault(struct api_call *c, str field, str message)
{
    *LIST_ADD(c->rq->arena, &c->faults) = (struct api_fault){field, message};
}

/* Of several values it says which, counted from 0. */
static void add_word_fault(struct api_call *c, const struct asked_words *words, size_t i,
                           const char *message)
{
    str field = words->count > 1 ? arena_print(c->rq->arena, "/%s/%zu", words->name, i)
                                 : arena_print(c->rq->arena, "/%s", words->name);
    add_fault(c, field, str_of(message));
}

/* Those that are empty, as a form sends them, are none; of too many it gives none. */
static struct asked_words read_words(struct api_call *c, const char *name)
{
    struct arena *a = c->rq->arena;
    struct asked_words words = {.name = name};
    for (size_t i = 0; i < c->query.count; i++) {
        const struct http_pair *pair = &c->query.items[i];
        if (str_eq(pair->name, str_of(name)) && pair->value.len)
            *LIST_ADD(a, &words) = pair->value;
    }
    if (words.count <= ASKED_MAX)
        return words;
    add_fault(c, arena_print(a, "/%s", name),
              arena_print(a, "Ask for at most %d of them at a time", ASKED_MAX));
    return (struct asked_words){.name = name};
}

static void read_kinds(struct api_call *c, struct fresh_query *q)
{
    struct asked_words words = read_words(c, "kind");
    for (size_t i = 0; i < words.count; i++) {
        if (!fresh_has_kind(words.items[i]))
            add_word_fault(c, &words, i, "It is one of: " FRESH_KINDS);
    }
    q->kinds = words.items;
    q->kind_count = words.count;
}

/* Who is not there, or shared nothing that the reader may read, is no fault, and alike. */
static void read_sources(struct api_call *c, struct fresh_query *q)
{
    struct asked_words words = read_words(c, "organization");
    for (size_t i = 0; i < words.count; i++) {
        str id = words.items[i];
        if (!stix_id_is_usable(id) || !str_eq(stix_id_type(id), LIT("identity")))
            add_word_fault(c, &words, i,
                           "It is the id of an organization, identity-- and a UUID, as "
                           "GET /api/organizations tells it");
    }
    q->sources = words.items;
    q->source_count = words.count;
}

static void read_labels(struct api_call *c, struct fresh_query *q)
{
    struct asked_words words = read_words(c, "label");
    for (size_t i = 0; i < words.count; i++) {
        enum tlp label = TLP_CLEAR;
        if (tlp_read(words.items[i], &label))
            q->labels |= 1U << label;
        else
            add_word_fault(c, &words, i, "It is one of: " PART_LABELS);
    }
}

/* The same words for a collection that is closed to the reader and for none at all (O1). */
static void read_collections(struct api_call *c, struct fresh_query *q)
{
    struct asked_words words = read_words(c, "collection");
    uint32_t *numbers = NEW_ARRAY(c->rq->arena, words.count, uint32_t);
    for (size_t i = 0; i < words.count; i++) {
        const struct policy_collection *in =
            policy_collection_by_key(c->session.policy, words.items[i]);
        if (in && reader_may_read_collection(&c->reader, in->n))
            numbers[q->collection_count++] = in->n;
        else
            add_word_fault(c, &words, i,
                           "You read no collection of this id or alias; GET /api/collections "
                           "tells which you do");
    }
    q->collections = numbers;
}

static err read_since(struct api_call *c, struct fresh_query *q)
{
    struct visit visit;
    const struct session *s = &c->session;
    struct asked_words words = read_words(c, "since");
    str word = words.count ? words.items[0] : (str){0};
    if (words.count > 1) {
        add_fault(c, LIT("/since"), LIT("Ask for one time only"));
    } else if (str_eq(word, LIT("last-visit"))) {
        TRY(visits_get(c->rq->arena, &c->session, c->reader.person->n, c->reader.org->n, &visit));
        q->since_us = visit.since_us;
    } else if (str_eq(word, LIT("24h"))) {
        q->since_us = s->now_us - DAY_US;
    } else if (str_eq(word, LIT("7d"))) {
        q->since_us = s->now_us - 7 * DAY_US;
    } else if (word.len) {
        add_fault(c, LIT("/since"), LIT("It is one of: last-visit, 24h, 7d; without it: all"));
    }
    return NULL;
}

/* All that is wrong is told at once. */
static err read_asked(struct api_call *c, struct fresh_query *out)
{
    *out = (struct fresh_query){0};
    read_kinds(c, out);
    read_sources(c, out);
    read_labels(c, out);
    read_collections(c, out);
    TRY(read_since(c, out));
    return c->faults.count ? FAIL(c->rq->arena, ERR_INVALID, "What is asked for is not understood")
                           : NULL;
}

err api_list_new(struct api_call *c)
{
    struct fresh_list found;
    struct part_list list = {0};
    struct fresh_query q;
    TRY(api_page_read(c, &list.page));
    TRY(read_asked(c, &q));
    q.before = (uint32_t)part_place(&list.page);
    q.limit = list.page.limit;
    TRY(fresh_read(c->rq->arena, &c->session, &c->reader, &q, &found));
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
