/*
 * What belongs to an object: what names it in the collection Briefings, what names that in turn,
 * and the files among it. Other editions of a briefing do not.
 */
#ifndef TOCSIN_STORE_BELONGING_H
#define TOCSIN_STORE_BELONGING_H

#include "base/map.h"
#include "store/store.h"

/* By the keyed hashes of ids (log_id_hash). */
struct belonging {
    struct arena *arena;
    struct map objects;
    int64_t *items;
    size_t count;
    size_t capacity;
};

void belonging_init(struct belonging *b, struct arena *a);
/* The object, which need not be there, and what belongs to it. */
err belonging_add(struct arena *a, struct session *s, struct belonging *b, str id) MUST_USE;
bool belonging_has(const struct session *s, const struct belonging *b, str id);
/* Whether something belongs to both. */
bool belonging_meets(const struct belonging *a, const struct belonging *b);

#endif
