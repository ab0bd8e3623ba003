/*
 * STIX objects out of files of any size, plain or compressed as logs may be (sweep/source.h):
 * bundles, envelopes, single objects, JSON Lines. An object that is broken spoils only itself, and
 * is named.
 */
#ifndef TOCSIN_SWEEP_OBJECTS_H
#define TOCSIN_SWEEP_OBJECTS_H

#include "stix/bundle.h"
#include "sweep/trouble.h"
#include "json/json.h"

/* What is given of an object. */
struct objects_item {
    json object;
    const json *members; /* of the call's keys */
    uint64_t line;       /* where it begins */
};

/* An error ends the reading. */
typedef err objects_fn(void *context, const struct objects_item *item);

/*
 * Documents that stay until they are given back: what their objects borrow from. They take about
 * seven times the memory of their text, so that a small compressed file could take all there is:
 * past OBJECTS_KEPT_BYTES_MAX of text the reading fails.
 */
#define OBJECTS_KEPT_BYTES_MAX ((size_t)1 << 30)

struct objects_keep {
    size_t bytes_max; /* 0: OBJECTS_KEPT_BYTES_MAX */
    size_t bytes;
    struct arena arena;
    struct json_reader *items;
    size_t count;
    size_t capacity;
};

struct objects_call {
    str path;                 /* "-" is standard input */
    bundle_source_fn *source; /* where its bytes come from, another thread; NULL: it is opened */
    void *source_context;
    objects_fn *fn;
    void *context;
    const struct json_keys *keys; /* looked for before; NULL: none */
    struct objects_keep *keep;    /* NULL: an object is good during its call only */
    const struct trouble *trouble;
};

/*
 * Fails where the file cannot be read, ends too early for what it is compressed by, or is no JSON
 * around the objects: what came before was given.
 */
err objects_each(struct arena *a, const struct objects_call *call) MUST_USE;

/* Accepts a zeroed one. */
void objects_keep_done(struct objects_keep *k);

#endif
