/*
 * Whom a briefing reached among the members of an organization that it was meant for (B2), such as
 * an association, or a state with its counties: who was invited and who was not, and why (B10).
 * Never who read, answered or came.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_REACH_H
#define TOCSIN_SERVICE_BRIEFING_REACH_H

#include "service/briefing_audience.h"

struct briefing_reach_row {
    const struct policy_org *org;
    bool is_reached;
    enum briefing_miss why; /* where it is not: MISS_COUNT if it only was not invited */
    str words;              /* why or since when; may be empty */
};
struct briefing_reach {
    struct briefing_reach_row *items; /* those not reached first, then by name */
    size_t count;
    size_t capacity;
    size_t reached;
    bool is_exercise; /* of the briefing (B25) */
};

/*
 * For whoever acts for an organization whose members the briefing's hosts named, once it is sent.
 * To all others there is no such thing (ERR_NOT_FOUND).
 */
err briefing_reach_get(struct arena *a, struct session *s, const struct reader *r, str briefing,
                       struct briefing_reach *out) MUST_USE;

/* Whether the reader is such a one. */
err briefing_reach_is_told(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, bool *out) MUST_USE;

#endif
