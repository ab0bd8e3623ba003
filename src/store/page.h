/*
 * Pages: what a reader gets of a collection, in the order of the log (L6, L7, V1, G1).
 *
 * This is the one way entries are listed, for every surface. Filters apply as TAXII 2.1 §3.4 says.
 */
#ifndef TOCSIN_STORE_PAGE_H
#define TOCSIN_STORE_PAGE_H

#include "store/log.h"

/*
 * By whom, and under which label, an entry must be. Audiences tell it (V1), so that what does not
 * fit costs nothing; but an object that carries the audiences of others (G6) may come along for
 * theirs, and page_fits tells whether it fits itself.
 */
struct page_only {
    const int64_t *contributors; /* any of these, ascending; NULL: anybody */
    size_t contributor_count;
    unsigned labels; /* any of these: a bit, 1 << TLP_RED, for each; 0: any */
};

struct page_query {
    uint32_t collection;
    uint32_t since;   /* filter: numbers above this one (added_after) */
    uint32_t after;   /* where this page begins: numbers above this one (`next`) */
    uint32_t before;  /* only numbers below this one; zero: all */
    size_t limit;     /* at least 1 */
    size_t bytes_max; /* zero: no limit; the first object always comes */
    const str *ids;   /* any of these; NULL: all */
    size_t id_count;
    const str *types;
    size_t type_count;
    unsigned specs;   /* VIEW_SPEC_*; zero: the newest each object has */
    bool wants_first; /* version keywords and times add up; none of them: last */
    bool wants_last;
    bool wants_all;
    const int64_t *versions_us;
    size_t version_count;
    const uint32_t *among; /* of these only, ascending, without since and after; NULL: all */
    size_t among_count;
    const struct page_only *only; /* NULL: all */
    bool wants_bytes;             /* fill body.bytes; else only the id */
    bool wants_listed; /* fill body.bytes where they are not long (LOG_LISTED_BYTES_MAX) */
};

struct page_row {
    struct log_entry entry;
    struct log_body body;
};

struct page {
    struct page_row *items;
    size_t count;
    size_t capacity;
    bool has_more;
    uint32_t last_number; /* of the last row: `after` of the next page */
};

/* In a read session that holds its views. */
err page_read(struct arena *a, struct session *s, const struct reader *r,
              const struct page_query *q, struct page *out) MUST_USE;

/*
 * How many rows the pages from `after` on may have: no fewer than they have, and near that. For
 * showing how far long work is; as page_read, and without ids and `among`.
 */
err page_count(struct arena *a, struct session *s, const struct reader *r,
               const struct page_query *q, uint64_t *out) MUST_USE;

/*
 * Whether the page of its collection has this entry, by the filters of `q`; collection, limit and
 * numbers are set here. For lists of several collections that give each thing once.
 */
err page_shows(struct arena *a, struct session *s, const struct reader *r,
               const struct log_entry *e, const struct page_query *q, bool *out) MUST_USE;

/* Whether the entry itself is by whom, and under which label, `only` asks. */
bool page_fits(const struct session *s, const struct page_only *only, const struct log_entry *e);

/* All live entries of an object that the reader may read, in one collection or (0) in all. */
err page_entries_of(struct arena *a, struct session *s, const struct reader *r, str id,
                    uint32_t collection, struct log_entries *out) MUST_USE;

/*
 * Of several lineages of one id the one a reader gets (L6): `entries` are live, readable ones of
 * one collection, in the order of the log; those of other lineages are removed. Within the lineage,
 * of two entries of one version only the earlier stays.
 */
void page_choose_lineage(const struct session *s, uint32_t collection, struct log_entries *entries);

#endif
