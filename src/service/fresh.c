/*
 * What is new to a reader: things that speak for themselves, out of every collection.
 */
#include "service/fresh.h"

#include "base/num.h"
#include "service/briefing_parts.h"
#include "service/exercise.h"
#include "service/gist.h"
#include "service/newest_things.h"

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

err fresh_read(struct arena *a, struct session *s, const struct reader *r,
               const struct fresh_query *query, struct fresh_list *out)
{
    const struct newest_things_query q = {.types = TYPES,
                                          .type_count = COUNT_OF(TYPES),
                                          .since_us = query->since_us,
                                          .before = query->before,
                                          .limit = query->limit};
    struct newest_things found;
    TRY(newest_things_read(a, s, r, &q, &found));
    *out = (struct fresh_list){.next = found.next};
    for (size_t i = 0; i < found.count; i++)
        TRY(add_new(a, s, r, &found.items[i], out));
    return NULL;
}
