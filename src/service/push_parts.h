/*
 * Sending envelopes, and where their objects come from. For push*.c only.
 */
#ifndef TOCSIN_SERVICE_PUSH_PARTS_H
#define TOCSIN_SERVICE_PUSH_PARTS_H

#include "service/push.h"

#define PUSH_OBJECTS_MAX 500

/* How far a source has been pushed. */
struct push_position {
    uint64_t sent;    /* up to here; what it counts is the source's affair */
    str status;       /* id of the status that is still pending; empty: none */
    uint64_t pending; /* how far that one goes */
};

/* "17", or "17 STATUS 42"; false if it is neither. */
str push_position_write(struct arena *a, const struct push_position *p);
bool push_position_read(str text, struct push_position *out);

struct push_item {
    str id; /* may be empty */
    str bytes;
    uint64_t position; /* behind it */
};

struct push_items {
    struct push_item *items;
    size_t count;
    size_t capacity;
};

struct push {
    struct arena *a;      /* of the whole push: totals, errors */
    struct arena scratch; /* of one round */
    struct remote *remote;
    const struct push_options *options;
    struct push_totals *totals;
    struct push_position position;
    /* Makes the position durable. */
    err (*save)(struct push *p) MUST_USE;
    str key; /* of table transfer, or the path of the file beside */
    struct push_file *file;
    uint64_t expected; /* objects in all, as far as is known; 0: it is not */
};

/* Says how far it is: objects that were sent, refused or left out. */
void push_show(const struct push *p);

/* Asks about the envelope that was pending when the last push ended. */
err push_settle_pending(struct push *p) MUST_USE;

/* Sends the items in their order, in as many envelopes as needed, moving the position. */
err push_send(struct push *p, const struct push_items *items) MUST_USE;

err push_store(struct push *p) MUST_USE;
err push_file(struct push *p, str path) MUST_USE;

#endif
