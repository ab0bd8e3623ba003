/*
 * Who manages whom (B3): a steward everybody; an admin the people of their own organization and of
 * those that are part of it. No reading follows from it.
 */
#ifndef TOCSIN_SERVICE_OVERSIGHT_H
#define TOCSIN_SERVICE_OVERSIGHT_H

#include "store/store.h"

/* A steward: a person with that role in the steward's organization. */
bool oversight_is_steward(const struct reader *r);

/* A steward, or an admin of their organization. */
bool oversight_is_admin(const struct reader *r);

/* Whether `r` manages the people of an organization. */
err oversight_of_org(struct arena *a, struct session *s, const struct reader *r,
                     const struct policy_org *org, bool *manages) MUST_USE;

/*
 * The same of a person: an admin manages whom no other organization has as well, and who is no
 * steward.
 */
err oversight_of_person(struct arena *a, struct session *s, const struct reader *r,
                        const struct policy_person *person, bool *manages) MUST_USE;

#endif
