/*
 * Reading for the console: what one reader may read over all collections, each version once (L3),
 * page by page so that nothing is held up. It is the operator who reads, whoever is named as the
 * reader: that goes on the audit log, and no receipt says that the reader was given anything (R1).
 */
#ifndef TOCSIN_SERVICE_READING_H
#define TOCSIN_SERVICE_READING_H

#include "service/watch.h"
#include "store/page.h"

struct reading_query {
    const char *command; /* for the audit log: "list" */
    int64_t org;
    int64_t person;      /* 0: none */
    uint32_t collection; /* 0: all */
    const str *types;    /* NULL: all */
    size_t type_count;
    str id;    /* empty: all */
    str words; /* what has all of them, the newest first, as the API searches; empty: all */
    bool wants_all_versions;
    bool wants_bytes;
    bool leaves_out_barred;   /* RED and STRICT, own or carried (G3, G6): for what leaves */
    bool (*is_stopped)(void); /* may be NULL */
    struct watch watch;       /* told how far it is, where no id and no words are given */
};

struct reading_row {
    const struct page_row *row;
    const struct session *session; /* for names; good during the call */
    enum tlp label;                /* of the object itself */
};

struct reading_totals {
    uint64_t shown;
    uint64_t barred;    /* left out because of their label */
    uint64_t exercises; /* among those shown (B25) */
};

/* The strictest label under which the entry stands, its own or carried (G6). */
enum tlp reading_label(const struct session *s, const struct log_entry *e);
/* True for what never leaves: RED and STRICT, the entry's own or carried (G3, G6). */
bool reading_is_barred(const struct session *s, const struct log_entry *e);

/*
 * A read session and the one who reads in it, by `command`, `org`, `person` and `id` alone; the
 * audit row "console.read" is durable before. ERR_NOT_FOUND: there is no such reader any more.
 */
err reading_open(struct arena *a, struct store *store, const struct reading_query *q,
                 struct session *s, struct reader *out) MUST_USE;
/* The same for what reading_record has noted already: a page of its own session. */
err reading_record(struct arena *a, struct store *store, const struct reading_query *q) MUST_USE;
err reading_go_on(struct arena *a, struct store *store, const struct reading_query *q,
                  struct session *s, struct reader *out) MUST_USE;

/*
 * Calls `each` for every object, in the order of the log within a collection; of a search, for
 * which the index follows the log first, in its order. The audit row "console.read" is durable
 * before the first. ERR_INPUT: what cannot be searched for.
 */
err reading_walk(struct arena *a, struct store *store, const struct reading_query *q,
                 err (*each)(struct arena *a, void *context, const struct reading_row *row),
                 void *context, struct reading_totals *totals) MUST_USE;

#endif
