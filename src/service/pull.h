/*
 * Pulling a collection from a TAXII server of others, into a collection of ours or a file of JSON
 * Lines. Cut off, it goes on where it stopped; nothing is lost, nothing comes twice.
 *
 * The position is a time of addition at the server, one microsecond before the newest that is
 * stored whole: servers with coarse clocks add several objects at one time, perhaps while we read.
 * So the newest come again, and are known again: by the log, or by their digests beside the file.
 * It moves only once a page's objects are durable.
 */
#ifndef TOCSIN_SERVICE_PULL_H
#define TOCSIN_SERVICE_PULL_H

#include "service/remote.h"
#include "store/store.h"

#define PULL_REFUSALS_MAX 20

/* Of the file beside the file that is pulled into, which says where to go on. */
#define PULL_POSITION_ENDING ".tocsin-pull"

struct pull_options {
    struct remote_options remote;
    struct store *store; /* into a collection: */
    int64_t org;         /* who contributes */
    uint32_t collection;
    /*
     * The label of what comes without one, unless the collection's default is stricter: no server
     * says what its own default is.
     */
    enum tlp unmarked_least;
    bool starts_over; /* forgets the position: after rights were widened there (G8) */
    str out;          /* or, without a store, the file that objects are added to */
};

struct pull_refusal {
    str id;
    str reason;
};

struct pull_totals {
    uint64_t pages;
    uint64_t objects;
    uint64_t added;
    uint64_t already_there;
    uint64_t refused;
    struct pull_refusal *items; /* of the refused, the first ones */
    size_t count;
    size_t capacity;
    bool lacks_dates;    /* the server gives no times: the next pull begins anew */
    bool lacks_versions; /* the server gives the newest versions only */
};

err pull_run(struct arena *a, const struct pull_options *options, struct pull_totals *out) MUST_USE;

#endif
