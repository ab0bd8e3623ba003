/*
 * Links by which a person sets their first or a new authenticator (B5): invitations, the first
 * steward's link, recovery by an admin or a steward. The link holds a secret, the database its
 * keyed digest. It may be opened again until an authenticator is set; then all of the person's end.
 */
#ifndef TOCSIN_STORE_PERSON_LINKS_H
#define TOCSIN_STORE_PERSON_LINKS_H

#include "base/clock.h"
#include "store/store.h"

#define PERSON_LINK_US (14 * US_PER_DAY)

struct person_link {
    str id; /* invitation--UUID */
    int64_t person;
    int64_t org;
    int64_t made_by; /* actor; 0: the console */
    int64_t created_us;
    int64_t starts_us; /* it opens nothing before */
    int64_t expires_us;
};
struct person_links {
    struct person_link *items;
    size_t count;
    size_t capacity;
};

/* `id`, `created_us` and `expires_us` (14 days after `starts_us`) are set here. */
err person_links_add(struct arena *a, struct session *s, struct person_link *link,
                     str secret) MUST_USE;

/* ERR_NOT_FOUND: there is none, it is over, or it has not begun: always the same words. */
err person_links_get(struct arena *a, struct session *s, str secret,
                     struct person_link *out) MUST_USE;

/* The same, also of one that has not begun: for whoever holds it and wants to know when it does. */
err person_links_look(struct arena *a, struct session *s, str secret,
                      struct person_link *out) MUST_USE;

/* Those of a person that are not over, also such as have not begun. */
err person_links_list(struct arena *a, struct session *s, int64_t person,
                      struct person_links *out) MUST_USE;

/* Those that wait begin now. */
err person_links_begin(struct arena *a, struct session *s, int64_t person) MUST_USE;

/* An authenticator is set, or the person wants none of it. */
err person_links_end(struct arena *a, struct session *s, int64_t person) MUST_USE;

#endif
