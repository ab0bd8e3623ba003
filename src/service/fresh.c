/*
 * What is new to a reader: things that speak for themselves, out of every collection.
 */
#include "service/fresh.h"

#include "base/num.h"
#include "service/briefing_parts.h"
#include "service/exercise.h"
#include "service/gist.h"
#include "service/newest_things.h"

#include <stdlib.h>

#define WORDS_BYTES_MAX 240
#define TITLE_BYTES_MAX 300

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
    out->title = title.len ? gist_shorten(a, title, TITLE_BYTES_MAX) : LIT("Without a title");
    out->words = gist_shorten(a, gist_first(v, WORDS, COUNT_OF(WORDS), title), WORDS_BYTES_MAX);
}

/* Whoever asked without a name is told like everybody else. */
static err read_question(struct arena *a, struct session *s, const struct reader *r, str question,
                         struct fresh_thing *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    struct log_entry e;
    err absent = about_get(a, s, r, question, &e);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    TRY(parsed_read(a, s, &e, &p));
    str person = json_get_string(p.value, LIT("person_ref"));
    out->is_to_mine = str_eq(person, r->person->id);
    out->question = gist_shorten(a, parsed_text(a, p.value, "content"), WORDS_BYTES_MAX);
    if (person.len)
        out->asked = e;
    return NULL;
}

/* A briefing that the reader may not read is none: its id stays empty. */
static err read_briefing(struct arena *a, struct session *s, const struct reader *r, str id,
                         struct briefing *out)
{
    if (id.len == 0)
        return NULL;
    err absent = briefing_get(a, s, r, id, out);
    return absent && absent->code != ERR_NOT_FOUND ? absent : NULL;
}

/* What it is of a briefing, which its own words do not say. */
static err read_part(struct arena *a, struct session *s, const struct reader *r, json v,
                     struct fresh_thing *out)
{
    str question = gist_question(s, &out->entry, v);
    TRY(read_briefing(a, s, r, gist_briefing(v), &out->briefing));
    out->is_answer = question.len > 0 && out->briefing.id.len > 0;
    return out->is_answer ? read_question(a, s, r, question, out) : NULL;
}

static err add_new(struct arena *a, struct session *s, const struct reader *r,
                   const struct page_row *row, struct fresh_list *out)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json v = {0}; /* of what is long: only that it is there */
    if (row->body.bytes.len)
        TRY(json_read(a, &reader, row->body.bytes, NULL, &v));
    struct fresh_thing *one = LIST_ADD(a, out);
    *one = (struct fresh_thing){
        .id = row->body.id,
        .type = stix_id_type(row->body.id),
        .label = audience_get(s->store->audiences, row->entry.clause)->clauses[0].label,
        .source = briefing_source(a, s, row->entry.contributor),
        .entry = row->entry,
        .added_us = row->entry.added_us,
        .is_exercise = exercise_holds(s, &row->entry)};
    read_words(a, v, one);
    return read_part(a, s, r, v, one);
}

/* ---- what is asked for */

/* As read_part tells it. */
static err is_answer(struct arena *a, struct session *s, const struct reader *r,
                     const struct page_row *row, bool *out)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    struct briefing briefing = {0};
    json v = {0};
    *out = false;
    if (row->entry.collection != s->policy->briefings || row->body.bytes.len == 0)
        return NULL;
    TRY(json_read(a, &reader, row->body.bytes, NULL, &v));
    if (gist_question(s, &row->entry, v).len)
        TRY(read_briefing(a, s, r, gist_briefing(v), &briefing));
    *out = briefing.id.len > 0;
    return NULL;
}

static const str NOTE = LIT_INIT("note");
static const str ANSWER = LIT_INIT("answer");

static bool is_note(const struct page_row *row)
{
    return str_eq(stix_id_type(row->body.id), NOTE);
}

/* Of notes those that answer; of other types all. */
static err is_no_plain_note(struct arena *a, struct session *s, const struct reader *r,
                            const struct page_row *row, bool *out)
{
    *out = true;
    return is_note(row) ? is_answer(a, s, r, row, out) : NULL;
}

/* Of notes those that do not answer; of other types all. */
static err is_no_answer(struct arena *a, struct session *s, const struct reader *r,
                        const struct page_row *row, bool *out)
{
    bool answers = false;
    if (is_note(row))
        TRY(is_answer(a, s, r, row, &answers));
    *out = !answers;
    return NULL;
}

static bool has_word(const str *words, size_t count, str word)
{
    bool has = false;
    for (size_t i = 0; i < count && !has; i++)
        has = str_eq(words[i], word);
    return has;
}

bool fresh_has_kind(str word)
{
    return str_eq(word, ANSWER) || has_word(TYPES, COUNT_OF(TYPES), word);
}

static void ask_for_kinds(struct arena *a, const struct session *s, const struct fresh_query *query,
                          struct newest_things_query *q)
{
    if (query->kind_count == 0)
        return;
    bool has_notes = has_word(query->kinds, query->kind_count, NOTE);
    bool has_answers = has_word(query->kinds, query->kind_count, ANSWER);
    str *types = NEW_ARRAY(a, COUNT_OF(TYPES), str);
    q->type_count = 0;
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        if (has_word(query->kinds, query->kind_count, TYPES[i]) ||
            (has_answers && str_eq(TYPES[i], NOTE)))
            types[q->type_count++] = TYPES[i];
    }
    ASSERT(q->type_count > 0);
    q->types = types;
    if (has_notes != has_answers)
        q->fits = has_answers ? is_no_plain_note : is_no_answer;
    if (q->type_count == 1 && has_answers && !has_notes && q->collection_count == 0) {
        q->collections = &s->policy->briefings; /* answers stand nowhere else */
        q->collection_count = 1;
    }
}

struct source_numbers {
    int64_t *items;
    size_t count;
    size_t capacity;
};

static int number_order(const void *a, const void *b)
{
    const int64_t *one = a;
    const int64_t *two = b;
    return (*one > *two) - (*one < *two);
}

/* One that is not there is nobody's number. */
static void add_source(struct arena *a, const struct policy_org *org, struct source_numbers *to)
{
    *LIST_ADD(a, to) = org ? org->n : 0;
    for (size_t i = 0; org && i < org->group_count; i++)
        *LIST_ADD(a, to) = org->groups[i];
}

/* Organizations, and the groups in whose names they share things with others (B7). */
static void ask_for_sources(struct arena *a, const struct session *s,
                            const struct fresh_query *query, struct page_only *only)
{
    struct source_numbers numbers = {0};
    for (size_t i = 0; i < query->source_count; i++)
        add_source(a, policy_org_by_id(s->policy, query->sources[i]), &numbers);
    if (numbers.count == 0)
        return;
    qsort(numbers.items, numbers.count, sizeof(*numbers.items), number_order);
    only->contributors = numbers.items;
    only->contributor_count = numbers.count;
}

err fresh_read(struct arena *a, struct session *s, const struct reader *r,
               const struct fresh_query *query, struct fresh_list *out)
{
    struct page_only only = {.labels = query->labels};
    struct newest_things_query q = {.types = TYPES,
                                    .type_count = COUNT_OF(TYPES),
                                    .since_us = query->since_us,
                                    .before = query->before,
                                    .limit = query->limit,
                                    .collections = query->collections,
                                    .collection_count = query->collection_count};
    struct newest_things found;
    ask_for_kinds(a, s, query, &q);
    ask_for_sources(a, s, query, &only);
    if (only.contributors || only.labels)
        q.only = &only;
    TRY(newest_things_read(a, s, r, &q, &found));
    *out = (struct fresh_list){.next = found.next};
    for (size_t i = 0; i < found.count; i++)
        TRY(add_new(a, s, r, &found.items[i], out));
    return NULL;
}
