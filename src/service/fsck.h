/*
 * Checking a data directory (S15): the database's file, log, bytes, views, audiences, receipts and
 * the audit chain against each other, in one snapshot, while others write. Nothing is changed.
 */
#ifndef TOCSIN_SERVICE_FSCK_H
#define TOCSIN_SERVICE_FSCK_H

#include "service/watch.h"
#include "store/store.h"

/* Faults whose words are kept; all are counted. */
#define FSCK_FAULTS_MAX 1000

struct fsck_fault {
    str part; /* "file", "entries", "views", "audit" … */
    str words;
};

struct fsck_report {
    struct fsck_fault *items;
    size_t count;
    size_t capacity;
    uint64_t faults;
    uint64_t entries;
    uint64_t bodies;
    uint64_t purged;
    uint64_t audit_rows;
};

/* Opens the data directory itself, since that may already fail. An err means that it was not
 * checked; faults are in the report. */
err fsck_run(struct arena *a, str dir, const struct watch *watch, struct fsck_report *out) MUST_USE;

/* NULL, or ERR_CORRUPT saying how many faults there are. */
err fsck_verdict(struct arena *a, const struct fsck_report *report) MUST_USE;

#endif
