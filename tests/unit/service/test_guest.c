/*
 * Who came to a call without an invitation (B20): noted by the hosts, and given nothing to read.
 */
#include "briefing_world.h"

#include "service/absence.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct briefing_guest BY_NAME = {.name = LIT_INIT(" Nia Osei, Harris County ")};

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

static err add(struct briefing_world *w, const char *by, struct briefing_guest guest)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, by, true, &t));
    TRY(briefing_add_guest(&w->admin->arena, &t.s, &t.r, w->id, &guest));
    return session_commit(&w->admin->arena, &t.s);
}

static err drop(struct briefing_world *w, const char *by, str id)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, by, true, &t));
    TRY(briefing_drop_guest(&w->admin->arena, &t.s, &t.r, w->id, id));
    return session_commit(&w->admin->arena, &t.s);
}

/* Somebody of the directory; who comes to it after the invitations went out. */
static struct briefing_guest officer(struct briefing_world *w, const char *name, const char *org)
{
    struct arena *a = &w->admin->arena;
    struct admin_person added = {.org = str_of(org),
                                 .email = arena_print(a, "%s@example.org", name),
                                 .name = str_of(name),
                                 .roles = 1u << ROLE_MEMBER,
                                 .duties = 1u << DUTY_STAND_IN};
    must(w->admin, admin_add_people(a, w->admin->store, &added, 1));
    return (struct briefing_guest){.person = briefing_world_id(w, name),
                                   .organization = briefing_world_org_id(w, org)};
}

static void begin(struct briefing_world *w)
{
    briefing_world_invite(w);
    w->now_us += 2 * US_PER_DAY + INT64_C(2) * 3600 * US_PER_SECOND;
}

static struct briefing_attendance seen(struct briefing_world *w, const char *person)
{
    struct briefing b;
    struct briefing_attendance out;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get_hosted(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, briefing_attendance_get(&w->admin->arena, &t.s, &t.r, &b, &out));
    return out;
}

static void they_are_told_apart_from_those_invited(void **state)
{
    struct briefing_world *w = *state;
    begin(w);
    must(w->admin, add(w, "ann", BY_NAME));
    must(w->admin, add(w, "pia", officer(w, "rex", "Research")));
    struct briefing_attendance now = seen(w, "pat");
    assert_int_equal(now.count, 3);
    assert_int_equal(now.present, 0);
    assert_int_equal(now.missing.count, 0); /* nobody of those invited is marked yet */
    assert_int_equal(now.guests.count, 2);
    assert_true(str_eq(now.guests.items[0].name, LIT("Nia Osei, Harris County")));
    assert_true(str_eq(now.guests.items[1].organization, w->research));
    assert_int_equal(now.guests.items[1].name.len, 0);
    must(w->admin, drop(w, "pat", now.guests.items[0].id));
    assert_int_equal(seen(w, "ann").guests.count, 1);
    assert_fails(drop(w, "pat", now.guests.items[0].id), ERR_NOT_FOUND);
}

/* B9, G6: a name is the hosts'; somebody known reads the note where they read the briefing. */
static void what_is_noted_widens_nothing(void **state)
{
    struct briefing_world *w = *state;
    static const struct {
        const char *person;
        size_t attendance;
        size_t briefings;
    } READERS[] = {{"ann", 3, 1}, {"pia", 3, 1}, {"dee", 1, 1}, {"oda", 0, 1},
                   {"ole", 0, 1}, {"gus", 0, 1}, {"rex", 0, 0}, {"ray", 0, 0}};
    begin(w);
    must(w->admin, add(w, "ann", BY_NAME));
    must(w->admin, add(w, "ann", officer(w, "dee", "Ohio")));
    must(w->admin, add(w, "ann", officer(w, "rex", "Research")));
    for (size_t i = 0; i < sizeof(READERS) / sizeof(READERS[0]); i++) {
        struct briefing b;
        bool may_judge = false;
        size_t read = briefing_world_count_read(w, READERS[i].person, "attendance");
        assert_int_equal(read, READERS[i].attendance);
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, READERS[i].person, false, &t));
        err hidden = briefing_get(&w->admin->arena, &t.s, &t.r, w->id, &b);
        assert_int_equal(hidden == NULL, READERS[i].briefings);
        if (hidden == NULL && !b.is_host)
            must(w->admin, briefing_may_judge(&w->admin->arena, &t.s, &t.r, &b, &may_judge));
        assert_false(may_judge); /* B21: who was invited is asked */
    }
}

/* B20: whoever came for it, with an invitation or without. */
static void an_office_that_somebody_came_for_is_not_missing(void **state)
{
    struct briefing_world *w = *state;
    struct absence_notes notes = {0};
    struct briefing b;
    begin(w);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", true, &t));
    const struct briefing_presence gus = {.person = w->gus, .was_there = true};
    must(w->admin, briefing_take_attendance(&w->admin->arena, &t.s, &t.r, w->id, &gus, 1));
    must(w->admin, session_commit(&w->admin->arena, &t.s));
    briefing_turn_done(&t);
    assert_int_equal(seen(w, "ann").missing.count, 2); /* Ohio and County */
    must(w->admin, add(w, "ann", officer(w, "dee", "Ohio")));
    struct briefing_attendance now = seen(w, "ann");
    assert_int_equal(now.present, 1);
    assert_int_equal(now.missing.count, 1);
    assert_true(str_eq(now.missing.items[0].org->name, LIT("County")));
    must(w->admin, briefing_turn_begin(w, "oda", false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, absence_notes_get(&w->admin->arena, &t.s, &t.r, &b, 0, &notes));
    assert_int_equal(notes.count, 0);
}

/* O1: an id that the directory does not have and one that nobody has are the same. */
static void only_who_stands_in_the_directory_is_noted_by_id(void **state)
{
    struct briefing_world *w = *state;
    struct briefing_guest dee = {.name = LIT("Early")};
    briefing_world_invite(w);
    assert_fails(add(w, "ann", dee), ERR_CONFLICT); /* too early */
    w->now_us += 2 * US_PER_DAY + INT64_C(2) * 3600 * US_PER_SECOND;
    dee = officer(w, "dee", "Ohio");
    const struct briefing_guest ray = {.person = briefing_world_id(w, "ray"),
                                       .organization = w->research};
    const struct briefing_guest nobody = {.person = LIT("identity--nobody"),
                                          .organization = w->research};
    const struct briefing_guest elsewhere = {.person = dee.person, .organization = w->research};
    err hidden = add(w, "ann", ray);
    err absent = add(w, "ann", nobody);
    assert_fails(hidden, ERR_INVALID);
    assert_fails(absent, ERR_INVALID);
    assert_true(str_eq(hidden->text, absent->text));
    assert_fails(add(w, "ann", elsewhere), ERR_INVALID);
    assert_fails(add(w, "ann", (struct briefing_guest){.name = LIT("  ")}), ERR_INVALID);
    assert_fails(
        add(w, "ann", (struct briefing_guest){.name = LIT("A"), .joined_us = 2, .left_us = 1}),
        ERR_INVALID);
    const struct briefing_guest oda = {.person = w->oda,
                                       .organization = briefing_world_org_id(w, "Ohio")};
    assert_fails(add(w, "ann", oda), ERR_CONFLICT); /* was invited */
    assert_fails(add(w, "oda", dee), ERR_NOT_FOUND);
    must(w->admin, add(w, "ann", dee));
    assert_fails(add(w, "pat", dee), ERR_CONFLICT); /* noted already */
}

/* ---- faults */

static err add_by_name(struct briefing_world *w)
{
    return add(w, "ann", BY_NAME);
}

static err add_known(struct briefing_world *w)
{
    return add(w, "pat",
               (struct briefing_guest){.person = w->promise, .organization = w->research});
}

static err drop_first(struct briefing_world *w)
{
    return drop(w, "pat", w->question);
}

static void every_verb_is_whole_or_nothing(void **state)
{
    static const struct briefing_deed ADD[] = {
        {"note by name", add_by_name, 0},
        {"note somebody known", add_known, 0},
    };
    static const struct briefing_deed DROP = {"take back", drop_first, 0};
    struct briefing_world *w = *state;
    begin(w);
    w->promise = officer(w, "rex", "Research").person;
    briefing_world_check_deeds(w, ADD, sizeof(ADD) / sizeof(ADD[0]));
    w->question = seen(w, "ann").guests.items[0].id;
    briefing_world_check_deed(w, &DROP);
    assert_int_equal(seen(w, "ann").guests.count, 1);
    briefing_world_check_whole(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(they_are_told_apart_from_those_invited),
        BRIEFING_TEST(what_is_noted_widens_nothing),
        BRIEFING_TEST(an_office_that_somebody_came_for_is_not_missing),
        BRIEFING_TEST(only_who_stands_in_the_directory_is_noted_by_id),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests_name("guest", tests, NULL, NULL);
}
