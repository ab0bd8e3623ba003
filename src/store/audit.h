/*
 * The audit log: rows in a hash chain with signed heads (R3).
 *
 * Each row's link is BLAKE2b over the row and the link before it. A head is the newest link with an
 * Ed25519 signature. Whoever keeps a head can later find any changed, removed or reordered row
 * before it; what was cut after the last head that anybody kept cannot be seen.
 */
#ifndef TOCSIN_STORE_AUDIT_H
#define TOCSIN_STORE_AUDIT_H

#include "store/store.h"

struct audit_row {
    int64_t n;
    int64_t time_us;
    int64_t actor; /* 0: the console of the exchange, see `detail` */
    str verb;      /* such as "org.add", "objects.post" */
    str object;    /* the id acted on */
    str outcome;   /* "ok" or why not */
    str detail;    /* a few words; never a secret; content that may be purged only as a digest */
};

/* Makes the key that signs heads: DIR/audit.key, mode 0600. */
err audit_create_key(struct arena *a, str dir) MUST_USE;

/* Appends a row in the caller's write session; `n` and `time_us` are set here. */
err audit_put(struct arena *a, struct session *s, const struct audit_row *row) MUST_USE;

struct audit_head {
    int64_t n;
    int64_t time_us;
    unsigned char link[SECRET_DIGEST_BYTES];
    unsigned char signature[SECRET_SIGNATURE_BYTES];
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
};

/* The newest head, signed now if the newest row has none yet; in a write session. */
err audit_head_get(struct arena *a, struct session *s, struct audit_head *out) MUST_USE;

/*
 * The head that members are given to keep: of the newest row from before this clock hour (of the
 * first row, where there is none), signed as of that hour. All get the same for an hour, so that
 * of what others do it tells how many rows an hour had, and nothing else. Writes nothing.
 */
err audit_head_of_hour(struct arena *a, struct session *s, struct audit_head *out) MUST_USE;

/* A head as one line of text and back: "tocsin-head 1 N TIME LINK KEY SIGNATURE". */
str audit_head_write(struct arena *a, const struct audit_head *head);
err audit_head_read(struct arena *a, str text, struct audit_head *out) MUST_USE;

/*
 * Walks the chain. ERR_CORRUPT names the first changed, removed or reordered row; `against` (may be
 * NULL) is a head somebody kept. `*rows` is how many were checked.
 */
err audit_verify(struct arena *a, struct session *s, const struct audit_head *against,
                 uint64_t *rows) MUST_USE;

/* The same, and says after each row that is whole how far it is. */
struct audit_progress {
    void (*on_row)(void *context, uint64_t done, uint64_t total);
    void *context;
};
err audit_verify_telling(struct arena *a, struct session *s, const struct audit_head *against,
                         const struct audit_progress *progress, uint64_t *rows) MUST_USE;

struct audit_query {
    int64_t after;     /* rows with a larger number */
    int64_t before;    /* rows with a smaller one; 0: all */
    str verb;          /* prefix; empty: all */
    str object;        /* empty: all */
    int64_t actor_org; /* 0: all */
    size_t limit;
    bool is_newest_first;
};
struct audit_rows {
    struct audit_row *items;
    size_t count;
    size_t capacity;
};
err audit_list(struct arena *a, struct session *s, const struct audit_query *q,
               struct audit_rows *out) MUST_USE;

#endif
