/*
 * Searching.
 */
#include "service/search.h"

#include "base/num.h"
#include "base/utf8.h"

static const char *const TITLES[] = {"name", "value",       "abstract", "content",
                                     "text", "description", "pattern"};
static const char *const WORDS[] = {"description", "pattern", "explanation", "content"};

/* The first of these properties that says anything and is not `other`. */
static str first_text(json object, const char *const *names, size_t count, str other)
{
    for (size_t i = 0; i < count; i++) {
        str text = json_get_string(object, str_of(names[i]));
        if (text.len && !str_eq(text, other))
            return text;
    }
    return (str){0};
}

/* No more than fits into a line or two, and no half of a character. */
static str shorten(struct arena *a, str text)
{
    if (text.len <= SEARCH_WORDS_BYTES_MAX)
        return arena_copy(a, text);
    str part = str_part(text, 0, SEARCH_WORDS_BYTES_MAX);
    part.len = utf8_find_fault(part);
    return arena_join(a, part, LIT("\xe2\x80\xa6"), (str){0});
}

static str briefing_of(struct arena *a, json object, str id, str type)
{
    if (str_eq(type, LIT("briefing")))
        return id;
    return arena_copy(a, json_get_string(object, LIT("briefing_ref")));
}

static err add_hit(struct arena *a, struct session *s, const struct page_row *row,
                   struct search_hits *out)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json object;
    TRY(json_read(a, &reader, row->body.bytes, NULL, &object));
    str id = row->body.id;
    str type = stix_id_type(id);
    str title = first_text(object, TITLES, COUNT_OF(TITLES), (str){0});
    *LIST_ADD(a, out) = (struct search_hit){
        .id = id,
        .type = type,
        .title = title.len ? shorten(a, title) : id,
        .words = shorten(a, first_text(object, WORDS, COUNT_OF(WORDS), title)),
        .briefing = briefing_of(a, object, id, type),
        .label = audience_get(s->store->audiences, row->entry.clause)->clauses[0].label,
        .source = policy_org(s->policy, row->entry.contributor),
        .added_us = row->entry.added_us};
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
