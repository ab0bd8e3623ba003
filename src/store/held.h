/*
 * What each reader is and holds, worked out once per policy (G10, V3): the reader itself, and the
 * audiences, extended as new ones are interned. Nothing is ever taken from such a list, since a
 * policy never changes.
 */
#ifndef TOCSIN_STORE_HELD_H
#define TOCSIN_STORE_HELD_H

#include "store/audience.h"
#include "store/policy.h"

struct held_cache;

/* Who a reader is within the policy: row numbers, 0 for none. */
struct held_key {
    int64_t org;
    int64_t person;
    int64_t token;
};

struct held_cache *held_open(void);
/* Accepts NULL. */
void held_close(struct held_cache *h);

struct held_key held_key(const struct policy_org *org, const struct policy_person *person,
                         const struct policy_token *token);

/* The reader kept under this key, or false. */
bool held_get_reader(struct held_cache *h, const struct held_key *key, struct reader *out);
/* Keeps a copy of what lives as long as the policy, and of the lists that do not. */
void held_put_reader(struct held_cache *h, const struct held_key *key, const struct reader *r);

/* Audiences, ascending; borrowed until held_close. */
struct held_list {
    const uint32_t *items;
    size_t count;
    uint64_t generation;  /* differs for every other list of this process */
    const uint64_t *bits; /* the same: one bit for each audience from 0 on, and of newer ones */
    size_t bit_count;
};

/* Whether an audience is one of them: one look, however many there are. */
static inline bool held_has(const struct held_list *list, uint32_t audience)
{
    return audience < list->bit_count &&
           (__atomic_load_n(&list->bits[audience / 64], __ATOMIC_RELAXED) >> audience % 64 & 1);
}

/* The audiences among the first `audience_count` that the reader holds. */
struct held_list held_get(struct held_cache *h, struct audience_table *t, const struct reader *r,
                          size_t audience_count);

#endif
