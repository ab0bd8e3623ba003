/*
 * Searching, for whoever shows what was found: a title and a few words of each hit.
 */
#ifndef TOCSIN_SERVICE_SEARCH_H
#define TOCSIN_SERVICE_SEARCH_H

#include "store/search.h"

#define SEARCH_WORDS_BYTES_MAX 300

struct search_hit {
    str id;
    str type;
    str title;
    str words;    /* the beginning of what it says; may be empty */
    str briefing; /* what it is part of; empty: of none */
    enum tlp label;
    str source; /* empty: somebody who is gone */
    struct log_entry entry;
    int64_t added_us;
    bool is_exercise;
    bool is_answer; /* a note by which hosts answer a question */
};
struct search_hits {
    struct search_hit *items;
    size_t count;
    size_t capacity;
    uint32_t last_number; /* `before` of the next page */
    bool has_more;
    uint64_t behind; /* what the reader may read and the index does not have yet */
};

/* In a read session that holds its views; fails as search_read does. */
err search_hits(struct arena *a, struct session *s, const struct reader *r,
                const struct search_query *q, struct search_hits *out) MUST_USE;

#endif
