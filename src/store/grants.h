/*
 * Grants: who may read and write a collection, until when and for what.
 *
 * A subject is an identity id, "sector:S" or "all"; the last two are looked at live and reach
 * active members only. What changes something runs in a write session, changes the policy epoch and
 * leaves the audit row to the caller (service/).
 */
#ifndef TOCSIN_STORE_GRANTS_H
#define TOCSIN_STORE_GRANTS_H

#include "store/store.h"

#define GRANTS_PURPOSE_BYTES_MAX 1000

struct grant_entry {
    uint32_t collection;
    str subject;
    bool may_read;
    bool may_write;
    int64_t until_us; /* 0: for good */
    str purpose;
    int64_t created_us; /* set by grants_list */
};

/*
 * Gives the rights named; where the pair had one of them before, with another end or purpose, this
 * takes its place. Other rights of the pair stay.
 */
err grants_put(struct arena *a, struct session *s, const struct grant_entry *grant) MUST_USE;

/* Takes the rights named from the pair. ERR_NOT_FOUND where it had none of them. */
err grants_take(struct arena *a, struct session *s, const struct grant_entry *grant) MUST_USE;

struct grant_entries {
    struct grant_entry *items;
    size_t count;
    size_t capacity;
};
/* All of them, the expired too, by collection and subject. */
err grants_list(struct arena *a, struct session *s, struct grant_entries *out) MUST_USE;

#endif
