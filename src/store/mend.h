/*
 * Making anew what the log implies (`tocsin rebuild`): under which ids entries are found
 * (object_key), and which entries are marked as withdrawn. The views have their own (views.h).
 *
 * Differences are found in a read session while others write, and mended in short write sessions,
 * each looked at again before it is changed.
 */
#ifndef TOCSIN_STORE_MEND_H
#define TOCSIN_STORE_MEND_H

#include "store/log.h"

struct mend_numbers {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

struct mend_stray {
    int64_t hash;
    uint32_t audience;
    uint32_t number;
};
struct mend_strays {
    struct mend_stray *items;
    size_t count;
    size_t capacity;
};

struct mend_differences {
    uint64_t keys;             /* that there are to be */
    uint64_t entries;          /* tombstones among them */
    struct mend_numbers key;   /* entries whose key is missing or wrong */
    struct mend_strays strays; /* keys that stand for no entry */
    struct key_hashes heads;   /* ids whose first row is wrong */
    struct mend_numbers flag;  /* entries wrongly marked, or wrongly not marked, as withdrawn */
};

/* In a read session. `on_progress` may end it with an error. */
err mend_find(struct arena *a, struct session *s,
              err (*on_progress)(struct arena *a, void *context, uint64_t done, uint64_t total),
              void *context, struct mend_differences *out) MUST_USE;

/* In a write session. */
err mend_key(struct arena *a, struct session *s, uint32_t number) MUST_USE;
err mend_flag(struct arena *a, struct session *s, uint32_t number) MUST_USE;
err mend_head(struct arena *a, struct session *s, int64_t hash) MUST_USE;
err mend_remove_stray(struct arena *a, struct session *s, struct mend_stray stray) MUST_USE;

#endif
