/*
 * What is new to a reader: things that speak for themselves, out of every collection.
 */
#include "service/fresh.h"

#include "base/num.h"
#include "service/briefing_parts.h"
#include "service/exercise.h"
#include "service/gist.h"
#include "store/newest.h"

#include <stdlib.h>

#define WORDS_BYTES_MAX 240

/* What speaks for itself; the rest is for programs. */
static const str TYPES[] = {
    LIT_INIT("action"),        LIT_INIT("report"),       LIT_INIT("incident"),
    LIT_INIT("note"),          LIT_INIT("grouping"),     LIT_INIT("campaign"),
    LIT_INIT("intrusion-set"), LIT_INIT("threat-actor"), LIT_INIT("course-of-action"),
    LIT_INIT("narrative"),     LIT_INIT("channel"), /* of no standard, and in use */
};

static void read_words(struct arena *a, json v, struct fresh_thing *out)
{
    static const char *const TITLES[] = {"name", "abstract", "content", "description"};
    static const char *const WORDS[] = {"advice", "content", "description"};
    str title = gist_first(v, TITLES, COUNT_OF(TITLES), (str){0});
    out->title = title.len ? arena_copy(a, title) : LIT("Without a title");
    out->words = gist_shorten(a, gist_first(v, WORDS, COUNT_OF(WORDS), title), WORDS_BYTES_MAX);
}

/* Whoever asked without a name is told like everybody else. */
static err is_my_question(struct arena *a, struct session *s, const struct reader *r, str question,
                          bool *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    struct log_entry e;
    err absent = about_get(a, s, r, question, &e);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    TRY(parsed_read(a, s, &e, &p));
    *out = str_eq(json_get_string(p.value, LIT("person_ref")), r->person->id);
    return NULL;
}

/* What it is of a briefing, which its own words do not say. */
static err read_part(struct arena *a, struct session *s, const struct reader *r, json v,
                     struct fresh_thing *out)
{
    str briefing = gist_briefing(v);
    str question = gist_question(s, &out->entry, v);
    if (briefing.len) {
        err absent = briefing_get(a, s, r, briefing, &out->briefing);
        if (absent && absent->code != ERR_NOT_FOUND)
            return absent;
    }
    out->is_answer = question.len > 0 && out->briefing.id.len > 0;
    return out->is_answer ? is_my_question(a, s, r, question, &out->is_to_mine) : NULL;
}

static err add_new(struct arena *a, struct session *s, const struct reader *r,
                   const struct page_row *row, struct fresh_list *out)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json v;
    TRY(json_read(a, &reader, row->body.bytes, NULL, &v));
    struct fresh_thing *one = LIST_ADD(a, out);
    *one = (struct fresh_thing){
        .id = row->body.id,
        .type = parsed_text(a, v, "type"),
        .label = audience_get(s->store->audiences, row->entry.clause)->clauses[0].label,
        .source = briefing_source(a, s, row->entry.contributor),
        .entry = row->entry,
        .added_us = row->entry.added_us,
        .is_exercise = exercise_holds(s, &row->entry)};
    read_words(a, v, one);
    return read_part(a, s, r, v, one);
}

static int newest_first(const void *a, const void *b)
{
    const struct page_row *one = a;
    const struct page_row *two = b;
    return (one->entry.number < two->entry.number) - (one->entry.number > two->entry.number);
}

static bool is_listed(const struct session *s, const struct reader *r, uint32_t collection)
{
    return collection != s->policy->members && reader_may_read_collection(r, collection);
}

/* What one reading of every collection found. */
struct found {
    struct page_row *items; /* the newest first */
    size_t count;
    size_t capacity;
    uint32_t from; /* nothing at or past this number is left out; zero: nothing at all */
};

static err find_in(struct arena *a, struct session *s, const struct reader *r,
                   const struct newest_query *q, struct found *out)
{
    struct page page;
    TRY(newest_read(a, s, r, q, &page));
    for (size_t i = 0; i < page.count; i++)
        *LIST_ADD(a, out) = page.items[i];
    uint32_t last = page.count == q->limit ? page.items[page.count - 1].entry.number : 0;
    out->from = last > out->from ? last : out->from;
    return NULL;
}

static err find(struct arena *a, struct session *s, const struct reader *r,
                const struct fresh_query *query, struct found *out)
{
    struct newest_query q = {.since_us = query->since_us,
                             .before = query->before,
                             .types = TYPES,
                             .type_count = COUNT_OF(TYPES),
                             .limit = query->limit,
                             .wants_bytes = true};
    *out = (struct found){0};
    for (size_t i = 0; i < s->policy->collection_count; i++) {
        q.collection = s->policy->collections[i].n;
        if (is_listed(s, r, q.collection))
            TRY(find_in(a, s, r, &q, out));
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), newest_first);
    return NULL;
}

/* An object that stands in several collections is given once, where something came last (L3). */
static err comes_later(struct arena *a, struct session *s, const struct reader *r,
                       const struct page_row *row, bool *out)
{
    static const struct page_query SPEAKING = {.types = TYPES, .type_count = COUNT_OF(TYPES)};
    struct log_entries entries = {0};
    TRY(page_entries_of(a, s, r, row->body.id, 0, &entries));
    *out = false;
    for (size_t i = 0; i < entries.count && !*out; i++) {
        const struct log_entry *e = &entries.items[i];
        if (e->collection != row->entry.collection && e->number > row->entry.number &&
            is_listed(s, r, e->collection))
            TRY(page_shows(a, s, r, e, &SPEAKING, out));
    }
    return NULL;
}

/* Goes on behind what is in the list; `q->before` moves along. */
static err read_on(struct arena *a, struct session *s, const struct reader *r,
                   struct fresh_query *q, struct fresh_list *out)
{
    struct found found;
    TRY(find(a, s, r, q, &found));
    size_t i = 0;
    for (; i < found.count && out->count < q->limit; i++) {
        const struct page_row *row = &found.items[i];
        bool is_later;
        if (row->entry.number < found.from)
            break;
        TRY(comes_later(a, s, r, row, &is_later));
        if (!is_later)
            TRY(add_new(a, s, r, row, out));
        q->before = row->entry.number;
    }
    out->next = i < found.count || found.from ? q->before : 0;
    return NULL;
}

err fresh_read(struct arena *a, struct session *s, const struct reader *r,
               const struct fresh_query *query, struct fresh_list *out)
{
    struct fresh_query q = *query;
    q.limit = q.limit < NEWEST_MAX ? q.limit : NEWEST_MAX;
    *out = (struct fresh_list){0};
    do {
        TRY(read_on(a, s, r, &q, out));
    } while (out->next && out->count < q.limit);
    return NULL;
}
