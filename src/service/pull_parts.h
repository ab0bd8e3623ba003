/*
 * Where pulled pages go: the store or a file. For pull*.c only.
 */
#ifndef TOCSIN_SERVICE_PULL_PARTS_H
#define TOCSIN_SERVICE_PULL_PARTS_H

#include "service/pull.h"

/* No time of addition is known. */
#define PULL_NO_TIME INT64_MIN

struct pull_page {
    str body;            /* the whole answer */
    json objects;        /* its list; perhaps empty */
    int64_t newest_us;   /* the time of the newest object in it; PULL_NO_TIME: not known */
    int64_t position_us; /* where the next pull begins once this is stored; or PULL_NO_TIME */
};

struct pull_sink {
    /* Where to go on; PULL_NO_TIME at first. */
    err (*get_position)(struct arena *a, struct pull_sink *sink, int64_t *position_us) MUST_USE;
    /* Stores the objects durably, then moves the position. `a` is given back after the page. */
    err (*put_page)(struct arena *a, struct pull_sink *sink, const struct pull_page *page) MUST_USE;
    const struct pull_options *options;
    const struct remote *remote;
    struct arena *lasting; /* of the whole pull: totals */
    struct pull_totals *totals;
    str key; /* what is pulled from where to where */
    struct pull_file *file;
};

void pull_store_init(struct pull_sink *sink);
err pull_file_open(struct arena *a, struct pull_sink *sink) MUST_USE;
/* Accepts a sink without a file. */
void pull_file_close(struct pull_sink *sink);

/* A position as text and back. */
str pull_write_position(struct arena *a, int64_t position_us);
int64_t pull_read_position(str text);

#endif
