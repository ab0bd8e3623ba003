/*
 * What points at an object, or contains it, of what the reader may read: relationships, sightings,
 * notes, opinions, reports, and whatever else names it.
 */
#ifndef TOCSIN_SERVICE_OBJECT_RELATIONS_H
#define TOCSIN_SERVICE_OBJECT_RELATIONS_H

#include "store/search.h"

struct object_relation {
    str id;
    str type;
    str title;    /* empty: it has none */
    str property; /* by which it names the object: "source_ref"; empty: deep inside */
    str verb;     /* of a relationship: "indicates"; else empty */
    bool is_answer;
    struct {
        str id;    /* of a relationship the end that is not the object; else empty */
        str title; /* and entry: only where the reader may read it */
        struct log_entry entry;
    } other;
    enum tlp label;
    str source; /* empty: somebody who is gone */
    struct log_entry entry;
    bool is_exercise;
};
struct object_relations {
    struct object_relation *items;
    size_t count;
    size_t capacity;
    uint32_t last_number; /* `before` of the next page */
    bool has_more;
    uint64_t behind; /* what the reader may read and the index does not have yet */
};

struct object_relations_query {
    str id;
    uint32_t before; /* entries below this number; 0: from the newest on */
    size_t limit;    /* at least 1 */
};
/*
 * The newest first, each object once by its newest version. In a read session that holds its views.
 * ERR_NOT_FOUND, in the same words, where the object is hidden or not there.
 */
err object_relations_get(struct arena *a, struct session *s, const struct reader *r,
                         const struct object_relations_query *q,
                         struct object_relations *out) MUST_USE;

#endif
