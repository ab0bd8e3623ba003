/*
 * Pushing to a TAXII server of others: what an organization may take out of a collection of ours,
 * or files. Cut off, it goes on where it stopped; what the server has taken is not sent again.
 *
 * The position moves when the server has said what became of an envelope. While it says "pending",
 * the status is remembered too, and asked for first the next time. Objects that the server refused
 * are reported, and not sent again.
 */
#ifndef TOCSIN_SERVICE_PUSH_H
#define TOCSIN_SERVICE_PUSH_H

#include "service/remote.h"
#include "store/store.h"

#define PUSH_FAILURES_MAX 100

/* Of the file beside each file that is pushed, which says how much of it the server has. */
#define PUSH_POSITION_ENDING ".tocsin-push"

struct push_options {
    struct remote_options remote;
    struct store *store; /* from a collection: */
    int64_t org;         /* as this organization, no person (G3) */
    uint32_t collection;
    bool wants_all_versions; /* else the newest only */
    const str *files;        /* or, without a store, from files */
    size_t file_count;
};

struct push_failure {
    str id;
    str message;
};

struct push_totals {
    uint64_t envelopes;
    uint64_t objects;   /* that the server took */
    uint64_t barred;    /* left out because of their label */
    uint64_t exercises; /* left out because they belong to an exercise (B25) */
    uint64_t failures;
    struct push_failure *items; /* the first ones */
    size_t count;
    size_t capacity;
};

err push_run(struct arena *a, const struct push_options *options, struct push_totals *out) MUST_USE;

#endif
