/*
 * Searching.
 */
#include "service/search.h"

#include "base/num.h"
#include "service/briefing.h"
#include "service/exercise.h"
#include "service/gist.h"

static const char *const WORDS[] = {"description", "pattern", "explanation", "content"};

static err add_hit(struct arena *a, struct session *s, const struct page_row *row,
                   struct search_hits *out)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json object = {0}; /* of what is long: only that it is there */
    if (row->body.bytes.len)
        TRY(json_read(a, &reader, row->body.bytes, NULL, &object));
    str id = row->body.id;
    str type = stix_id_type(id);
    str title = gist_title(object);
    *LIST_ADD(a, out) = (struct search_hit){
        .id = id,
        .type = type,
        .title = title.len ? gist_shorten(a, title, SEARCH_WORDS_BYTES_MAX) : id,
        .words = gist_shorten(a, gist_first(object, WORDS, COUNT_OF(WORDS), title),
                              SEARCH_WORDS_BYTES_MAX),
        .briefing = arena_copy(a, gist_briefing(object)),
        .is_answer = gist_question(s, &row->entry, object).len > 0,
        .label = audience_get(s->store->audiences, row->entry.clause)->clauses[0].label,
        .source = briefing_source(a, s, row->entry.contributor),
        .entry = row->entry,
        .added_us = row->entry.added_us,
        .is_exercise = exercise_holds(s, &row->entry)};
    return NULL;
}

err search_hits(struct arena *a, struct session *s, const struct reader *r,
                const struct search_query *q, struct search_hits *out)
{
    struct page page;
    struct search_hits hits = {0};
    TRY(search_read(a, s, r, q, &page));
    for (size_t i = 0; i < page.count; i++)
        TRY(add_hit(a, s, &page.items[i], &hits));
    hits.last_number = page.last_number;
    hits.has_more = page.has_more;
    TRY(search_behind(a, s, r, &hits.behind));
    *out = hits;
    return NULL;
}
