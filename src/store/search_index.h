/*
 * The index behind search: the words of every entry and what it names (search_words.h), under its
 * audience. Derived from the log, but
 * not in the commit that appends, since a row for each object would slow an import down: it
 * follows in pieces (service/indexer.h), and search_state says up to which entry. Old versions
 * stand in it, too: which version is the newest depends on who asks.
 */
#ifndef TOCSIN_STORE_SEARCH_INDEX_H
#define TOCSIN_STORE_SEARCH_INDEX_H

#include "store/log.h"
#include "store/search_words.h"

/*
 * How far the index is: entries up to this number, and whether any wait to be moved. One that an
 * older tocsin made, with other words, knows none, and is made anew by the next search_advance.
 */
struct search_state {
    uint32_t indexed;
    bool has_moved;
    bool is_of_old;
};
err search_state_read(struct arena *a, struct session *s, struct search_state *out) MUST_USE;

/* In a write session of its own: follows the log for about 20 ms. */
err search_advance(struct arena *a, struct session *s) MUST_USE;

/* In a write session, before the bytes of a body are purged: their words go with them. */
err search_forget(struct arena *a, struct session *s, uint32_t body, str id) MUST_USE;
/*
 * After the last of them: what was taken out stands in older parts of the index until it is written
 * anew as a whole, which takes by its size.
 */
err search_forget_all(struct arena *a, struct session *s) MUST_USE;

/* Compares the index with the log as far as it is; ERR_CORRUPT names where they differ first. */
err search_check(struct arena *a, struct session *s) MUST_USE;

/* In a write session: empties the index; search_advance fills it again. */
err search_reset(struct arena *a, struct session *s) MUST_USE;

/* A word as it stands in the index, without the star. */
void search_put_term(struct buf *to, uint32_t audience, str word);

#endif
