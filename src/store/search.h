/*
 * Search: what a reader may read that has all of these words, or names an object, the newest first.
 *
 * The index is asked under the audiences that the reader holds and under no other; what it finds
 * goes through the page of its collection like all that is listed (G1, L6, L7). So hits, pages
 * and time follow from what the reader may read alone (O1).
 */
#ifndef TOCSIN_STORE_SEARCH_H
#define TOCSIN_STORE_SEARCH_H

#include "store/page.h"

#define SEARCH_QUERY_WORDS_MAX 8
#define SEARCH_TEXT_BYTES_MAX 200
/* From so many characters on a word finds those that begin with it; a shorter one only itself. */
#define SEARCH_PREFIX_CHARACTERS 3

struct search_query {
    str text;
    str named; /* an id: what names that object, and no matter which words; empty: by the text */
    uint32_t collection; /* 0: all */
    const str *types;    /* NULL: all */
    size_t type_count;
    uint32_t before; /* numbers below this one; 0: from the newest on */
    size_t limit;    /* at least 1 */
};

/*
 * Newest versions, each once, with their bytes unless they are long (LOG_LISTED_BYTES_MAX);
 * `last_number` is `before` of the next page. In a
 * read session that holds its views. ERR_INPUT: there is no word in the text, or too many.
 */
err search_read(struct arena *a, struct session *s, const struct reader *r,
                const struct search_query *q, struct page *out) MUST_USE;

/* How many newest versions the reader may read that the index does not have yet. */
err search_behind(struct arena *a, struct session *s, const struct reader *r,
                  uint64_t *out) MUST_USE;

#endif
