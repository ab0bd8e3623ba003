/*
 * What points at an object. The index finds it, under the audiences that the reader holds (G6: what
 * points at hidden things is hidden with them), so that what is hidden leaves no trace in it.
 */
#include "service/object_relations.h"

#include "service/briefing.h"
#include "service/exercise.h"
#include "service/gist.h"
#include "service/object_view.h"

/* Whether a property of the object holds the id, by itself or in its list. */
static bool names(json value, str id)
{
    if (str_eq(json_string(value), id))
        return true;
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        if (str_eq(json_string(w.value), id))
            return true;
    }
    return false;
}

static str find_property(struct arena *a, json object, str id)
{
    for (struct json_walk w = json_walk(object); json_next(&w);) {
        bool is_reference = stix_property_is_ref(w.key) || stix_property_is_refs(w.key);
        if (is_reference && names(w.value, id))
            return arena_copy(a, w.key);
    }
    return (str){0};
}

/* The other end of a relationship, with its title if the reader may read it. */
static err read_other(struct arena *a, struct session *s, const struct reader *r, json object,
                      str id, struct object_relation *out)
{
    str source = json_get_string(object, LIT("source_ref"));
    str other = str_eq(source, id) ? json_get_string(object, LIT("target_ref")) : source;
    if (!stix_id_is_usable(other))
        return NULL;
    out->verb = arena_copy(a, json_get_string(object, LIT("relationship_type")));
    out->other.id = arena_copy(a, other);
    return object_title_get(a, s, r, out->other.id, &out->other.entry, &out->other.title);
}

static err add_relation(struct arena *a, struct session *s, const struct reader *r, str id,
                        const struct page_row *row, struct object_relations *out)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json object = {0}; /* of what is long: only that it is there */
    if (row->body.bytes.len)
        TRY(json_read(a, &reader, row->body.bytes, NULL, &object));
    struct object_relation *one = LIST_ADD(a, out);
    *one = (struct object_relation){
        .id = row->body.id,
        .type = stix_id_type(row->body.id),
        .title = gist_shorten(a, gist_title(object), OBJECT_TITLE_BYTES_MAX),
        .property = find_property(a, object, id),
        .is_answer = gist_question(s, &row->entry, object).len > 0,
        .label = audience_get(s->store->audiences, row->entry.clause)->clauses[0].label,
        .source = briefing_source(a, s, row->entry.contributor),
        .entry = row->entry,
        .is_exercise = exercise_holds(s, &row->entry)};
    return str_eq(one->type, LIT("relationship")) ? read_other(a, s, r, object, id, one) : NULL;
}

err object_relations_get(struct arena *a, struct session *s, const struct reader *r,
                         const struct object_relations_query *q, struct object_relations *out)
{
    const struct search_query search = {.named = q->id, .before = q->before, .limit = q->limit};
    struct object_relations found = {0};
    struct log_entry of;
    struct page page;
    TRY(object_entry_get(a, s, r, q->id, &of));
    TRY(search_read(a, s, r, &search, &page));
    for (size_t i = 0; i < page.count; i++)
        TRY(add_relation(a, s, r, q->id, &page.items[i], &found));
    found.last_number = page.last_number;
    found.has_more = page.has_more;
    TRY(search_behind(a, s, r, &found.behind));
    *out = found;
    return NULL;
}
