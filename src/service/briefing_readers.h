/*
 * Who will see what is about to be said of a briefing: a question, its answer, a correction. They
 * are given to whoever reads what they are about (B9, B18, B22), so that these are the people.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_READERS_H
#define TOCSIN_SERVICE_BRIEFING_READERS_H

#include "service/briefing.h"
#include "service/reach.h"

struct briefing_readers {
    struct reach people;
    bool has_names; /* the reader hosts it and publishes: others learn how many (B9) */
};

/*
 * Of the briefing (`of` empty, or its id), an item, or a question. For hosts, and for who may ask:
 * to everybody else, and of what one does not see, there is no such thing (ERR_NOT_FOUND).
 */
err briefing_readers_find(struct arena *a, struct session *s, const struct reader *r, str briefing,
                          str of, struct briefing_readers *out) MUST_USE;

#endif
