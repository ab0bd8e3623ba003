/*
 * The 56 states and territories by FIPS code: their names, and the time zone in which most of each
 * lives, for people who have said none.
 */
#ifndef TOCSIN_STIX_PLACES_H
#define TOCSIN_STIX_PLACES_H

#include "base/str.h"

struct place_of_us {
    str code; /* "us-39" */
    str name;
    str timezone;
};

extern const struct place_of_us PLACES_OF_US[];
extern const size_t PLACES_OF_US_COUNT;

/* The state or territory in which a canonical jurisdiction lies; NULL: none ("us"). */
const struct place_of_us *place_of(str jurisdiction);

#endif
