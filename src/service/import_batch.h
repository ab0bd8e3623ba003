/*
 * The reading side of an import: pieces of files become batches of validated objects, on a thread
 * of its own, while the caller appends the batch before. For import.c only.
 */
#ifndef TOCSIN_SERVICE_IMPORT_BATCH_H
#define TOCSIN_SERVICE_IMPORT_BATCH_H

#include "service/import.h"
#include "stix/bundle.h"

/* One piece, parsed. Everything in it lives until the batch is given back. */
struct import_batch {
    struct arena arena;
    struct json_reader reader;
    struct buf text; /* the piece's objects as one JSON array, where the piece is none */
    struct bundle_piece piece;
    json list;              /* the objects that parsed */
    size_t *readable;       /* which object of the piece each of those is */
    struct log_item *items; /* those that have an envelope */
    size_t *sources;        /* and which object of the piece each of them is */
    size_t count;
    uint64_t print; /* of the piece's bytes; the same in both passes unless the file changed */
    str file;
    uint64_t bytes;                  /* of the source, for progress */
    uint64_t broken;                 /* objects that are no JSON or have no id */
    struct import_refusal *refusals; /* of those, the first ones */
    size_t refusal_count;
    size_t refusal_capacity;
    err failure; /* the file ends here */
    bool is_end; /* no more batches */
};

/* The line of the file on which item `i` begins. */
uint64_t import_batch_line(const struct import_batch *b, size_t i);

struct import_feed;

/* Reads the envelopes. In pass one the taker does, while the thread parses what follows. */
void import_batch_read(const struct import_feed *f, struct import_batch *b);

/*
 * Starts the thread on pass one, which needs the envelopes only. `*out` is set, for
 * import_feed_close, even on failure.
 */
err import_feed_open(struct arena *a, const struct import_options *options, const str *paths,
                     struct import_feed **out) MUST_USE;
/* After the end of pass one: pass two, the same batches, their objects validated. */
err import_feed_rewind(struct arena *a, struct import_feed *f) MUST_USE;
/* The next batch, in order. */
struct import_batch *import_feed_take(struct import_feed *f);
/* True if import_feed_take would not wait. */
bool import_feed_is_ready(struct import_feed *f);
/* The caller is through with it; its memory may be used again. */
void import_feed_give(struct import_feed *f, struct import_batch *b);
/* Accepts a pointer to NULL; ends the thread. */
void import_feed_close(struct import_feed **f);

#endif
