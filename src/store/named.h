/*
 * The named audiences that somebody defined (G4), for lists.
 */
#ifndef TOCSIN_STORE_NAMED_H
#define TOCSIN_STORE_NAMED_H

#include "store/store.h"

struct named_entry {
    str id;
    int64_t contributor;
    str definition; /* the marking definition as its contributor wrote it last */
};

struct named_entries {
    struct named_entry *items;
    size_t count;
    size_t capacity;
};

/* In the order in which they were first used; in `a`. */
err named_list(struct arena *a, struct session *s, struct named_entries *out) MUST_USE;

#endif
