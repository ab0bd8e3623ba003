/*
 * Receipts: exact sets of which entries were given to whom (R1).
 *
 * Kept per actor, collection, kind and chunk as compressed bitmaps. Additions gather in memory and
 * are written in groups by receipts_flush; for RED the caller flushes before the bytes leave.
 */
#ifndef TOCSIN_STORE_RECEIPTS_H
#define TOCSIN_STORE_RECEIPTS_H

#include "db/db.h"

/*
 * Opened is said of a material of a briefing that is an object (B26): they came to the object by
 * it. It tells more than that they obtained its title, and nothing to who asks what they obtained.
 */
enum receipt_kind { RECEIPT_LISTED, RECEIPT_OBTAINED, RECEIPT_OPENED };

struct receipts;

struct receipts *receipts_open(void);
/* Accepts NULL. What was not flushed is lost. */
void receipts_close(struct receipts *r);

/*
 * Notes that `actor` was given `numbers` (any order). Thread-safe and cheap: numbers known to be
 * written or gathered already cost a look-up. True if anything was new. False does not mean that
 * all of it is written: for RED ask receipts_are_pending.
 */
bool receipts_add(struct receipts *r, int64_t actor, uint32_t collection, enum receipt_kind kind,
                  const uint32_t *numbers, size_t count);

/* True if something waits to be written, or is in a transaction that has not ended. */
bool receipts_are_pending(struct receipts *r);

/*
 * Merges what has gathered into the database, inside the caller's write transaction, and only one
 * such at a time. Whether it fails or not, receipts_flushed must follow.
 */
err receipts_flush(struct arena *a, struct receipts *r, struct db *db) MUST_USE;
/* After that transaction's end: forgets what was flushed, or takes it back after a rollback. */
void receipts_flushed(struct receipts *r, bool is_committed);

/* Was anyone, or this one, given any of some numbers? */
struct receipt_question {
    uint32_t collection;
    enum receipt_kind kind;
    const uint32_t *numbers;
    size_t count;
};

/*
 * Calls `each` once for every question and actor that was, as far as is written. They are about one
 * collection and one kind, and together read what one of them alone would.
 */
struct receipt_questions {
    const struct receipt_question *items;
    size_t count;
};
err receipts_holders(struct arena *a, struct db *db, const struct receipt_questions *questions,
                     void (*each)(void *context, size_t question, int64_t actor),
                     void *context) MUST_USE;

/* Whether this actor was, as far as is written or gathered. */
err receipts_has_any(struct arena *a, struct receipts *r, struct db *db,
                     const struct receipt_question *question, int64_t actor, bool *out) MUST_USE;

#endif
