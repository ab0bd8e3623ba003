/*
 * The chairs of a demo exchange: whose place a visitor may take without a password.
 */
#ifndef TOCSIN_STORE_CHAIRS_H
#define TOCSIN_STORE_CHAIRS_H

#include "store/store.h"

#define CHAIRS_TEXT_BYTES_MAX 300

struct chair {
    str id; /* a word, as in /demo/chairs/county-clerk */
    str title;
    str about;
    int64_t person;
    int64_t org;
};
struct chairs {
    struct chair *items;
    size_t count;
    size_t capacity;
};

/* In the order in which they were put. */
err chairs_list(struct arena *a, struct session *s, struct chairs *out) MUST_USE;

/* ERR_NOT_FOUND where there is no such chair. */
err chairs_get(struct arena *a, struct session *s, str id, struct chair *out) MUST_USE;

/* In a write session; a known id is replaced. ERR_USAGE: the id is no word, a text is too long. */
err chairs_put(struct arena *a, struct session *s, const struct chair *chair) MUST_USE;

#endif
