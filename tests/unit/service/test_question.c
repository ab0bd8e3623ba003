/*
 * Questions to the hosts, and what organizations tell that they did: who reads it, what is left of
 * who asked, and every verb with every call to the database failing once.
 */
#include "briefing_world.h"

#include "service/action.h"
#include "service/briefing_readers.h"
#include "service/question.h"
#include "service/reach.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void make_and_send(struct briefing_world *w)
{
    must(w->admin, briefing_world_make(w));
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 3));
    must(w->admin, briefing_world_send_all(w));
}

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

/* ---- questions */

static err ask(struct briefing_world *w, const char *person, bool is_unattributed, str *id)
{
    const struct question_input in = {.content = LIT("Which letters?"),
                                      .is_unattributed = is_unattributed};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(question_ask(&w->admin->arena, &t.s, &t.r, w->id, &in, id));
    return session_commit(&w->admin->arena, &t.s);
}

static err reply(struct briefing_world *w, const char *person, str question,
                 struct question_answer answer)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(question_answer(&w->admin->arena, &t.s, &t.r, w->id, question, &answer));
    return session_commit(&w->admin->arena, &t.s);
}

static void list(struct briefing_world *w, const char *person, struct questions *out)
{
    struct briefing b;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, question_list(&w->admin->arena, &t.s, &t.r, &b, out));
}

/* B9, B18: the entry has neither the person nor their organization; the last answer counts. */
static void an_unattributed_question_is_the_groups(void **state)
{
    struct briefing_world *w = *state;
    struct questions seen;
    str id;
    make_and_send(w);
    must(w->admin, ask(w, "oda", true, &id));
    list(w, "pat", &seen);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.items[0].person.len + seen.items[0].organization.len, 0);
    assert_int_equal(seen.items[0].entry.actor, 0);
    must(w->admin, reply(w, "ann", id, (struct question_answer){.is_on_call = true}));
    must(w->admin, reply(w, "pat", id, (struct question_answer){.words = LIT("These.")}));
    list(w, "gus", &seen);
    assert_true(seen.items[0].is_answered && !seen.items[0].is_on_call);
    assert_true(str_eq(seen.items[0].answer, LIT("These.")));
    assert_fails(reply(w, "oda", id, (struct question_answer){.words = LIT("Mine")}),
                 ERR_NOT_FOUND);
}

/* B18, R1: the first to be given it would be whoever asked. */
static void the_record_gives_no_question_that_nobody_put_a_name_to(void **state)
{
    struct briefing_world *w = *state;
    struct briefing_document document;
    struct questions seen;
    str named;
    str unnamed;
    size_t given = 0;
    make_and_send(w);
    must(w->admin, ask(w, "oda", true, &unnamed));
    must(w->admin, ask(w, "oda", false, &named));
    list(w, "gus", &seen);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "gus", false, &t));
    must(w->admin,
         briefing_record_document(&w->admin->arena, &t.s, &t.r, w->id, RECORD_LEAVES, &document));
    for (size_t i = 0; i < document.given.count; i++) {
        assert_int_not_equal(document.given.items[i].number, seen.items[0].entry.number);
        given += document.given.items[i].number == seen.items[1].entry.number;
    }
    assert_int_equal(seen.items[0].person.len, 0);
    assert_int_equal(given, 1);
}

/* B18: until the end; answers also afterwards. */
static void nothing_is_asked_after_the_end(void **state)
{
    struct briefing_world *w = *state;
    str id;
    make_and_send(w);
    assert_fails(ask(w, "ole", false, &id), ERR_NOT_FOUND);
    must(w->admin, ask(w, "oda", false, &id));
    w->now_us += 3 * US_PER_DAY;
    str late;
    assert_fails(ask(w, "oda", false, &late), ERR_CONFLICT);
    must(w->admin, reply(w, "ann", id, (struct question_answer){.words = LIT("After all.")}));
}

static err readers(struct briefing_world *w, const char *person, str of,
                   struct briefing_readers *out)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, false, &t));
    return briefing_readers_find(&w->admin->arena, &t.s, &t.r, w->id, of, out);
}

/* B9: names are for hosts who publish; who may neither ask nor host is told nothing. */
static void who_will_see_a_question_is_counted_before(void **state)
{
    struct briefing_world *w = *state;
    struct briefing_readers before;
    struct briefing_readers after;
    str id;
    make_and_send(w);
    must(w->admin, readers(w, "oda", (str){0}, &before));
    assert_int_equal(before.people.count, 5); /* ann, pat, pia, gus, cal */
    assert_int_equal(before.people.organizations, 4);
    assert_false(before.has_names);
    must(w->admin, ask(w, "oda", false, &id));
    must(w->admin, readers(w, "oda", id, &after));
    assert_int_equal(after.people.count, before.people.count);
    must(w->admin, readers(w, "ann", id, &after));
    assert_true(after.has_names);
    must(w->admin, readers(w, "pia", w->id, &after));
    assert_false(after.has_names);
    assert_fails(readers(w, "ole", (str){0}, &after), ERR_NOT_FOUND);
    assert_fails(readers(w, "ray", id, &after), ERR_NOT_FOUND);
    assert_fails(readers(w, "oda", LIT("briefing-item--none"), &after), ERR_NOT_FOUND);
}

/* ---- what we did */

/* To everyone of the other organizations. */
static err tell(struct briefing_world *w, const char *person, size_t people, str briefing)
{
    struct action_input in = {.action = {.happened = LIT("We removed them."),
                                         .taken_us = BRIEFING_NOW_US - US_PER_DAY,
                                         .label = TLP_GREEN},
                              .people = people,
                              .briefing = briefing};
    str id;
    for (unsigned i = 0; i < DEED_COUNT; i++)
        in.action.deeds[i].count = -1;
    in.action.deeds[DEED_REMOVED] = (struct action_count){true, 1234567, LIT("pages")};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(action_tell(&w->admin->arena, &t.s, &t.r, &in, &id));
    return session_commit(&w->admin->arena, &t.s);
}

/* B23: publishers tell; the title is made of what was done. */
static void what_was_done_makes_its_title(void **state)
{
    struct briefing_world *w = *state;
    struct actions seen;
    must(w->admin, tell(w, "pat", 6, (str){0}));
    assert_fails(tell(w, "oda", 6, (str){0}), ERR_FORBIDDEN);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ray", false, &t));
    must(w->admin, action_list(&w->admin->arena, &t.s, &t.r, 0, 10, &seen));
    assert_int_equal(seen.count, 1);
    assert_true(str_eq(seen.items[0].title, LIT("Removed 1,234,567 pages")));
    assert_int_equal(seen.items[0].deeds[DEED_REMOVED].count, 1234567);
    assert_false(seen.items[0].deeds[DEED_WARNED].is_done);
}

/* ---- faults */

static str the_question(struct briefing_world *w)
{
    struct questions seen;
    list(w, "ann", &seen);
    return seen.items[0].id;
}

static err ask_openly(struct briefing_world *w)
{
    str id;
    return ask(w, "oda", false, &id);
}

static err ask_unattributed(struct briefing_world *w)
{
    str id;
    return ask(w, "gus", true, &id);
}

static err answer_first(struct briefing_world *w)
{
    return reply(w, "ann", w->question, (struct question_answer){.words = LIT("These.")});
}

static err tell_partners(struct briefing_world *w)
{
    return tell(w, "pat", 6, (str){0});
}

static err tell_and_put_on_agenda(struct briefing_world *w)
{
    return tell(w, "ann", 7, w->id);
}

static const struct briefing_deed DEEDS[] = {
    {"ask", ask_openly, 0},
    {"ask unattributed", ask_unattributed, 0},
    {"tell", tell_partners, 0},
    {"tell and put on the agenda", tell_and_put_on_agenda, 0},
};

static void every_verb_is_whole_or_nothing(void **state)
{
    static const struct briefing_deed ANSWER = {"answer", answer_first, 0};
    struct briefing_world *w = *state;
    make_and_send(w);
    briefing_world_check_deeds(w, DEEDS, sizeof(DEEDS) / sizeof(DEEDS[0]));
    w->question = the_question(w);
    briefing_world_check_deed(w, &ANSWER);
    briefing_world_check_whole(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(an_unattributed_question_is_the_groups),
        BRIEFING_TEST(the_record_gives_no_question_that_nobody_put_a_name_to),
        BRIEFING_TEST(nothing_is_asked_after_the_end),
        BRIEFING_TEST(who_will_see_a_question_is_counted_before),
        BRIEFING_TEST(what_was_done_makes_its_title),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
