/*
 * An exchange with hosts and invitees, whose clock a test sets, for tests of briefings.
 */
#ifndef TOCSIN_TESTS_SERVICE_BRIEFING_WORLD_H
#define TOCSIN_TESTS_SERVICE_BRIEFING_WORLD_H

#include "admin_world.h"
#include "service/approval.h"
#include "service/briefing_after.h"
#include "service/briefing_record.h"
#include "service/briefing_send.h"
#include "service/home.h"

/* Saturday, 2026-08-29 14:00 in New York. */
#define BRIEFING_NOW_US INT64_C(1788026400000000)

struct briefing_world {
    struct admin_world *admin;
    int64_t now_us;
    str id;       /* of the briefing a test made last */
    str version;  /* of it, as last looked at */
    str question; /* that a test is about to answer */
    str promise;  /* an id that a test keeps, known before calls are made to fail */
    str platform; /* identity ids, known before calls are made to fail */
    str research;
    str pat;
    str oda;
    str gus;
    str county;
};

/* cmocka's fixtures: a world in `*state`. */
int briefing_world_set_up(void **state);
int briefing_world_tear_down(void **state);
#define BRIEFING_TEST(name) \
    cmocka_unit_test_setup_teardown(name, briefing_world_set_up, briefing_world_tear_down)

/* A session of the world, at its time, with the reader that a person of the cast is. */
struct briefing_turn {
    struct session s;
    struct reader r;
};
/* People: ann (Agency, publisher), pat (Platform, publisher), pia (Platform), oda and ole (Ohio),
 * gus (Guam), cal (County, part of Ohio), ray (Research, publisher). Duty officers: oda, gus, cal.
 */
err briefing_turn_begin(struct briefing_world *w, const char *person, bool is_write,
                        struct briefing_turn *out) MUST_USE;
void briefing_turn_done(struct briefing_turn *t);

str briefing_world_id(struct briefing_world *w, const char *person);
str briefing_world_org_id(struct briefing_world *w, const char *org);

/* Four answers: in two days, states, territories and localities, hosted with Platform. */
struct briefing_input briefing_world_input(struct briefing_world *w);

/* Whole verbs, committed; each sets what it makes or sees in the world. */
err briefing_world_make(struct briefing_world *w) MUST_USE;
/* Yes of a host to every scope that is open for it. */
err briefing_world_agree(struct briefing_world *w, const char *person) MUST_USE;
err briefing_world_send(struct briefing_world *w, size_t people) MUST_USE;
err briefing_world_send_all(struct briefing_world *w) MUST_USE;
/* All of these: made, agreed to, and its three invitations out. */
void briefing_world_invite(struct briefing_world *w);
err briefing_world_answer(struct briefing_world *w, const char *person,
                          struct briefing_reply reply) MUST_USE;
/* What somebody, by their identity id, said by phone, noted by `person`. */
err briefing_world_note(struct briefing_world *w, const char *person,
                        struct briefing_noted noted) MUST_USE;
err briefing_world_see(struct briefing_world *w, const char *person, struct briefing *out) MUST_USE;

/* A legal hold (B27), and its end. */
str briefing_world_hold(struct briefing_world *w, str object);
void briefing_world_release(struct briefing_world *w, str hold);

/* How many objects of a type, about the briefing made last, somebody reads. */
size_t briefing_world_count_read(struct briefing_world *w, const char *person, const char *type);

/* How many things of a kind wait for somebody at home. */
size_t briefing_world_at_home(struct briefing_world *w, const char *person, enum home_kind kind);

/* What somebody does, in a transaction of its own; `later_us` passes before. */
struct briefing_deed {
    const char *name;
    err (*run)(struct briefing_world *w);
    int64_t later_us;
};
/* It is whole or nothing, whichever call to the database fails; then it is done. */
void briefing_world_check_deed(struct briefing_world *w, const struct briefing_deed *deed);
/* So are all of them, one after the other. */
void briefing_world_check_deeds(struct briefing_world *w, const struct briefing_deed *deeds,
                                size_t count);

/* The audit chain (R3) and the index of what names what (S15) are as they should be. */
void briefing_world_check_whole(struct briefing_world *w);

#endif
