/*
 * The index of ids: under the keyed hash of an object's id (log_id_hash) stand its entries, the
 * audience first, withdrawn ones included. Looking an id up reads one row, which says under which
 * audiences there is anything, and then the rows of those audiences that the caller asks for: what
 * stands there for others costs five bytes for each audience and nothing for each entry (V1, O1).
 *
 * The rows of one audience say it themselves. Where there are more audiences, a row before all
 * others (audience 0, number 0: the head) names them, ascending (key_audiences.h).
 */
#ifndef TOCSIN_STORE_OBJECT_KEY_H
#define TOCSIN_STORE_OBJECT_KEY_H

#include "db/db.h"
#include "store/key_audiences.h"

struct log_key {
    uint32_t number;
    uint32_t collection;
    uint32_t audience;
};
struct log_keys {
    struct log_key *items;
    size_t count;
    size_t capacity;
};

/* Those under which an id has entries, ascending; one row is read, whatever there is. */
err object_key_audiences(struct arena *a, struct db *db, int64_t hash,
                         struct key_audiences *out) MUST_USE;

/* Adds what stands under one of them, in one collection or (0) in all, in the order of the log. */
struct key_place {
    int64_t hash;
    uint32_t audience;
    uint32_t collection;
};
err object_key_list(struct arena *a, struct db *db, const struct key_place *at,
                    struct log_keys *out) MUST_USE;

/* In the order of the log, where they are of several audiences. */
void object_keys_sort(struct log_keys *keys);

/* `is_new`: nothing stands under this hash yet, and nobody need look. */
err object_key_add(struct arena *a, struct db *db, int64_t hash, const struct log_key *key,
                   bool is_new) MUST_USE;

/* An entry goes to another audience. */
err object_key_move(struct arena *a, struct db *db, int64_t hash, const struct log_key *key,
                    uint32_t audience) MUST_USE;

/* Makes the head of an id what its other rows say, or takes it away. */
err object_key_mend_head(struct arena *a, struct db *db, int64_t hash) MUST_USE;

/* The hashes whose head is not what the other rows say; for fsck and rebuild. */
struct key_hashes {
    int64_t *items;
    size_t count;
    size_t capacity;
};
err object_key_wrong_heads(struct arena *a, struct db *db, struct key_hashes *out) MUST_USE;

#endif
