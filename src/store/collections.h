/*
 * Collections: where entries stand, and under which defaults.
 *
 * What changes something runs in a write session, changes the policy epoch and leaves the audit row
 * to the caller (service/).
 */
#ifndef TOCSIN_STORE_COLLECTIONS_H
#define TOCSIN_STORE_COLLECTIONS_H

#include "store/store.h"

#define COLLECTIONS_TITLE_BYTES_MAX 300
#define COLLECTIONS_ALIAS_BYTES_MAX 100
#define COLLECTIONS_DESCRIPTION_BYTES_MAX 4000

struct collection_entry {
    str id; /* a UUID; empty: a new one */
    str alias;
    str title;
    str description;
    enum tlp default_tlp;
    bool is_public;
    int64_t publisher; /* org; 0: none */
};

/* ERR_CONFLICT where id or alias is taken. `*id` is in `a`. */
err collections_add(struct arena *a, struct session *s, const struct collection_entry *entry,
                    str *id) MUST_USE;

/* Replaces everything but the id. ERR_CONFLICT for the alias of another, and for Members. */
err collections_edit(struct arena *a, struct session *s, uint32_t collection,
                     const struct collection_entry *entry) MUST_USE;

/* By id, alias or exact title; ERR_NOT_FOUND. Good until the policy changes. */
err collections_find(struct arena *a, const struct session *s, str key,
                     const struct policy_collection **out) MUST_USE;

#endif
