/*
 * Who met what was shared: sightings (STIX 2.1 §5.2), of whoever sent them, added up. A sighting
 * that its reader may not read counts for nothing, and neither does one that is revoked.
 */
#ifndef TOCSIN_SERVICE_MET_H
#define TOCSIN_SERVICE_MET_H

#include "service/reading.h"

/* Sightings of one thing that are looked at, the newest first. */
#define MET_SIGHTINGS_MAX 1000
/* Sightings that name it at all, and are looked at for one answer. */
#define MET_LOOKED_MAX 4000

/* What the sightings of one organization say. */
struct met_by {
    int64_t contributor;
    str source; /* empty: somebody who is gone */
    uint64_t sightings;
    uint64_t times;   /* one that says no number stands for one */
    int64_t first_us; /* 0: none of them says when */
    int64_t last_us;
    enum tlp label; /* the strictest */
};

struct met {
    struct met_by *items; /* who sent the newest comes first */
    size_t count;
    size_t capacity;
    uint64_t times; /* of all; and when */
    int64_t first_us;
    int64_t last_us;
    struct log_entries sightings; /* what all this was read from, the newest first */
    bool has_more;                /* what is older was left out */
    uint64_t behind;              /* what the reader may read and the index does not have yet */
};

struct met_query {
    str id;
    size_t sightings_max; /* at most MET_SIGHTINGS_MAX */
};

/*
 * In a read session that holds its views. ERR_NOT_FOUND, in the same words, where the thing is
 * hidden or not there.
 */
err met_read(struct arena *a, struct session *s, const struct reader *r, const struct met_query *q,
             struct met *out) MUST_USE;

/* A thing that the reader's organization, or a group it owns, contributed and others met. */
struct met_thing {
    str id;
    str type;
    str title;
    enum tlp label;
    bool is_exercise;
    struct log_entry entry;
    struct met met; /* of its newest MET_THING_SIGHTINGS_MAX, by others than the reader's own */
};
struct met_things {
    struct met_thing *items; /* what was met last, by when that was told, comes first */
    size_t count;
    size_t capacity;
    uint32_t next; /* `before` of the page behind this one; zero: there is none */
};

#define MET_THING_SIGHTINGS_MAX 200

/* Sightings that one page looks at: there may be fewer things on it than `limit`, and more later.
 */
#define MET_PAGE_SIGHTINGS_MAX 1000
/* Things of one page, whatever was asked for: each is a search of its own. */
#define MET_PAGE_THINGS_MAX 50

struct met_things_query {
    uint32_t before; /* sightings below this number; 0: from the newest on */
    uint32_t since;  /* and past this one */
    size_t limit;    /* at least 1 */
};

/* In a read session that holds its views. */
err met_things_read(struct arena *a, struct session *s, const struct reader *r,
                    const struct met_things_query *q, struct met_things *out) MUST_USE;

/*
 * For the console: calls `each` for every such thing, each once, page by page: no session is open
 * meanwhile, so that nothing is held up, however long the list is. What is met while it is read
 * comes at the end. Of the query count `command`, `org`, `person` and `is_stopped`; the audit row
 * "console.read" is durable before the first.
 */
err met_things_walk(struct arena *a, struct store *store, const struct reading_query *q,
                    err (*each)(void *context, const struct met_thing *thing),
                    void *context) MUST_USE;

#endif
