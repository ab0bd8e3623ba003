/*
 * Importing files of any size (L10): bundles, envelopes, single objects, JSON Lines.
 *
 * Pass one reads every object's envelope and gathers ids, markings and ends; pass two validates and
 * appends in short commits, so that readers and other writers go on. Cut off, it is simply run
 * again: what is there already is no new entry.
 */
#ifndef TOCSIN_SERVICE_IMPORT_H
#define TOCSIN_SERVICE_IMPORT_H

#include "store/log.h"

/* Refused objects whose words are kept; all are counted. */
#define IMPORT_REFUSALS_MAX 100

struct import_refusal {
    str file;
    uint64_t line; /* where the object begins */
    str id;        /* may be empty */
    str reason;
};

struct import_options {
    int64_t org;    /* who contributes */
    int64_t person; /* the author; 0: none, and RED is refused */
    const uint32_t *collections;
    size_t collection_count;
    const str *files; /* "-" is standard input, which is spooled to a temporary file */
    size_t file_count;
    enum tlp unmarked_least; /* of log_submission */
    str actor_detail;        /* for the audit row: "console" */
    /* Progress in bytes over both passes; may be NULL. */
    void (*on_progress)(void *context, uint64_t done, uint64_t total);
    void *context;
    bool (*is_stopped)(void); /* asked after each piece; may be NULL */
};

struct import_totals {
    uint64_t objects;
    uint64_t added;
    uint64_t duplicates;
    uint64_t refused;
    uint64_t warned;
    struct import_refusal *items; /* of the refused, the first ones */
    size_t count;
    size_t capacity;
};

/*
 * Fails where nothing sensible can be done (no such file, no rights, full disk); objects that are
 * refused one by one are in the totals. ERR_INPUT names file, line and column of a broken file;
 * what was appended before it stays and is no new entry the next time.
 */
err import_files(struct arena *a, struct store *store, const struct import_options *options,
                 struct import_totals *out) MUST_USE;

#endif
