/*
 * How many organizations have opened a material, for the hosts of its briefing (R2, B26). Of a file
 * that is what some person or token of theirs obtained, by whatever way (R1): its bytes, or over
 * TAXII and in a record the object that stands for them. Of an object it is that they came to it by
 * the material: its title is told to all who see the material, and it may be elsewhere as well.
 *
 * It tells of many and of nobody: in steps, and neither of few who have nor of few who have not,
 * so that whoever looks twice learns nothing of who was there between. The hosts' own
 * organizations are in neither number.
 */
#ifndef TOCSIN_SERVICE_MATERIAL_OPENED_H
#define TOCSIN_SERVICE_MATERIAL_OPENED_H

#include "service/material.h"

#define OPENED_STEP 5
/* Where fewer may read it, nothing is told. */
#define OPENED_OF_MIN ((size_t)(2 * OPENED_STEP))

struct material_opened {
    size_t of;       /* organizations it goes to; 0: nothing is counted */
    bool is_told;    /* they are enough of them */
    size_t at_least; /* a multiple of OPENED_STEP; 0: fewer than one step */
};

/* What is told where so many of `of` have. */
struct material_opened material_opened_tell(size_t has, size_t of);

/*
 * One for each material, in `out`; zeroes for who is no host. The cost follows from the receipts in
 * the part of the log where the files and the materials stand, for any number of them.
 */
err material_opened_list(struct arena *a, struct session *s, const struct briefing *b,
                         const struct materials *all, struct material_opened *out) MUST_USE;

#endif
