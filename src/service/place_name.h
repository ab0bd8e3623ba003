/*
 * What people call a place: a state or territory by its name, and what lies within one by the
 * member whose area it is.
 */
#ifndef TOCSIN_SERVICE_PLACE_NAME_H
#define TOCSIN_SERVICE_PLACE_NAME_H

#include "store/policy.h"

#define PLACE_COUNTRY LIT("us")
#define PLACE_COUNTRY_NAME LIT("United States")

/* Borrowed from the policy, the table of states, or the code. */
struct place_name {
    str state;  /* or the country; empty: it lies in none that is known */
    str within; /* the member, or the code where it is nobody's; empty: all of the state */
};

/* Groups are nobody one could ring up, and who is no active member is shown to nobody here. */
bool place_shows_org(const struct policy_org *org);

/* Of a canonical jurisdiction. */
struct place_name place_name_of(const struct policy *p, str code);

/* In one line, as the pages have it: "the area of Alder County Clerk (Nebraska)". */
str place_name_words(struct arena *a, const struct policy *p, str code);

#endif
