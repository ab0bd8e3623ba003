/*
 * How far a correction has come, for the hosts who made it (B22): of the organizations that may
 * read it, how many were given it, and which were not yet. A correction is the one thing of which
 * reading is told by name without a question (R2): whoever has not had it goes on with what was
 * wrong, and the hosts invited them by name. By organization and never by person; the hosts' own
 * organizations are in no number.
 */
#ifndef TOCSIN_SERVICE_CORRECTION_REACH_H
#define TOCSIN_SERVICE_CORRECTION_REACH_H

#include "service/correction.h"

struct correction_reach {
    size_t of;  /* organizations that may read it; 0: nothing is told */
    size_t has; /* of these, where a person or a token was given it (R1), as far as is written */
    struct stix_strs without; /* the names of the others */
};

/*
 * One for each correction, in `out`; zeroes for who is no host. The cost follows from the receipts
 * in the part of the log where they stand, for any number of corrections.
 */
err correction_reach_list(struct arena *a, struct session *s, const struct briefing *b,
                          const struct corrections *all, struct correction_reach *out) MUST_USE;

#endif
