/*
 * An exchange in a folder of its own, for tests of the administration.
 */
#ifndef TOCSIN_TESTS_SERVICE_ADMIN_WORLD_H
#define TOCSIN_TESTS_SERVICE_ADMIN_WORLD_H

#include "service/admin.h"
#include "service/admin_access.h"
#include "service/admin_audience.h"
#include "service/admin_entries.h"
#include "service/admin_people.h"

struct admin_world {
    struct arena arena;
    char folder[64];
    struct store *store; /* on the driver whose calls can be made to fail */
    struct db *db;       /* its one connection */
};

/* cmocka's fixtures: a world in `*state`. */
int admin_world_set_up(void **state);
int admin_world_tear_down(void **state);

/* Ends the program with the error's words. */
void must(struct admin_world *w, err e);

/* What the policy, the log and the audit log hold, as one text. */
str admin_world_picture(struct admin_world *w);

/* The nth call to the database from now fails; 0: none does. */
void admin_world_arm(struct admin_world *w, uint64_t n);

/* An organization of that name in sector state, a member. */
str admin_world_org(struct admin_world *w, str name);

/* Posts a campaign with a marking as an organization, or as its person; gives its id. */
struct admin_world_post {
    str org;
    str email; /* empty: nobody in particular */
    str collection;
    str marking; /* id */
};
str admin_world_post(struct admin_world *w, const struct admin_world_post *post);

#endif
