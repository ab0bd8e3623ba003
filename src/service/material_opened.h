/*
 * How many organizations have opened a file, for the hosts of its briefing (R2, B26). Opened is
 * what some person or token of theirs obtained, by whatever way (R1): its bytes, or over TAXII and
 * in a record the object that stands for them.
 *
 * It tells of many and of nobody: in steps, and neither of few who have nor of few who have not,
 * so that whoever looks twice learns nothing of who was there between. The hosts' own
 * organizations are in neither number. An object that was on the exchange before is not counted:
 * who has that is its contributor's to ask, and the page tells its title to all alike.
 */
#ifndef TOCSIN_SERVICE_MATERIAL_OPENED_H
#define TOCSIN_SERVICE_MATERIAL_OPENED_H

#include "service/material.h"

#define OPENED_STEP 5
/* Where fewer may read a file, nothing is told. */
#define OPENED_OF_MIN ((size_t)(2 * OPENED_STEP))

struct material_opened {
    size_t of;       /* organizations that may read it; 0: nothing is counted */
    bool is_told;    /* they are enough of them */
    size_t at_least; /* a multiple of OPENED_STEP; 0: fewer than one step */
};

/* What is told where so many of `of` have. */
struct material_opened material_opened_tell(size_t has, size_t of);

/*
 * One for each material, in `out`; zeroes for who is no host, and for objects. The cost follows
 * from the receipts in the part of the log where the files stand, for any number of files.
 */
err material_opened_list(struct arena *a, struct session *s, const struct briefing *b,
                         const struct materials *all, struct material_opened *out) MUST_USE;

#endif
