/*
 * What the files of the outlook share. Objects that carry the same markings share one
 * "combination", so that markings are resolved once each; what only some objects need is apart from
 * the rest, since a submission may have many.
 */
#ifndef TOCSIN_STORE_LOG_OUTLOOK_PARTS_H
#define TOCSIN_STORE_LOG_OUTLOOK_PARTS_H

#include "base/map.h"
#include "store/log_marking.h"
#include "store/log_outlook.h"

#define NOT_POINTING UINT32_MAX

struct combination {
    struct marking_list list;
    struct marking_sum sum;
    uint32_t *clauses; /* per collection: interned */
};

struct looked_at {
    int64_t hash;
    int64_t version_us;
    uint32_t combination;
    uint32_t next;  /* of the same bucket; UINT32_MAX ends it */
    uint32_t extra; /* index into extras, or NOT_POINTING */
    bool is_own_author;
};

/* One end or content that lies in the log already, or in the submission (`index`). */
struct link {
    uint32_t index;    /* UINT32_MAX: in the log */
    uint32_t audience; /* in the log */
    uint32_t clause;
    unsigned flags; /* ENTRY_* */
    uint32_t number;
};

/* What only pointing objects and containers need. */
struct extra {
    struct stix_strs ids; /* ends or contents, copied */
    bool is_container;
    bool is_exercise; /* since an end is */
    str refusal;
    uint32_t *audiences; /* per collection */
    struct {
        struct link *items;
        size_t count;
        size_t capacity;
    } * links; /* per collection */
    struct {
        int64_t *items;
        size_t count;
        size_t capacity;
    } awaited;
    struct {
        uint32_t *items;
        size_t count;
        size_t capacity;
    } carried;
    size_t stored_awaits; /* objects that the carried entries of the log await, at least */
};

struct outlook {
    struct arena *a;
    struct log_submission sub; /* without items */
    str contributor_id;
    unsigned char hash_key[SECRET_HASH_KEY_BYTES];
    struct {
        struct looked_at *items;
        size_t count;
        size_t capacity;
    } all;
    uint32_t *buckets;
    size_t bucket_count;
    LIST_OF(struct combination) combinations;
    struct map combination_by_text; /* index + 1 */
    LIST_OF(struct extra) extras;
    struct marking_book book; /* definitions of this submission */
    size_t audience_count;    /* audiences looked at by check_limits */
    size_t clause_count;      /* in those that this submission added */
    int64_t until_us;         /* for carrying */
    bool is_settled;
};

/* Ends of a pointing object that are entries of the log: what those await, it awaits too. */
err outlook_note_carried(struct arena *a, struct session *s, struct outlook *o,
                         struct extra *x) MUST_USE;

/* All links are known: the audiences of pointing objects, with all that they carry (G6). */
err outlook_carry(struct arena *a, struct session *s, struct outlook *o) MUST_USE;

#endif
