/*
 * An edition of one's own from what one was briefed on, and asking for wider labels (B13).
 */
#include "briefing_world.h"

#include "service/onward.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

/* Guam is a member of what ray's organization is. */
static void link_guam(struct briefing_world *w)
{
    const struct admin_link link = {LIT("Guam"), LIT("member-of"), LIT("Research")};
    must(w->admin, admin_link_org(&w->admin->arena, w->admin->store, &link));
}

/* Sent to states, territories, localities and ray. */
static void send(struct briefing_world *w, enum tlp label)
{
    struct arena *a = &w->admin->arena;
    struct briefing_input input = briefing_world_input(w);
    str ray = briefing_world_id(w, "ray");
    struct briefing_item items[] = {
        {.title = LIT("Clear"), .about = LIT("Words"), .minutes = 5, .label = TLP_CLEAR},
        {.title = LIT("Amber"), .minutes = 5, .label = TLP_AMBER},
        {.title = LIT("Strict"), .minutes = 5, .label = TLP_AMBER_STRICT},
        {.presenter_words = LIT("Agency"), .minutes = 5, .label = TLP_RED}};
    input.plan.people = (struct stix_strs){&ray, 1, 1};
    input.has_items = input.has_about = input.has_label = true;
    input.items = (struct briefing_items){items, 4, 4};
    input.about = LIT("What it is about");
    input.label = label;
    {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, "ann", true, &t));
        must(w->admin, briefing_make(a, &t.s, &t.r, &input, &w->id));
        must(w->admin, session_commit(a, &t.s));
    }
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 4));
    must(w->admin, briefing_world_send_all(w));
}

static err look(struct briefing_world *w, const char *person, struct onward *out)
{
    struct briefing b;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, false, &t));
    TRY(briefing_get(&w->admin->arena, &t.s, &t.r, w->id, &b));
    return onward_look(&w->admin->arena, &t.s, &t.r, &b, out);
}

static err make(struct briefing_world *w, const char *person, str *id)
{
    const struct onward_input in = {.when = briefing_world_input(w).when,
                                    .join = LIT("Call 555-0101")};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(onward_make(&w->admin->arena, &t.s, &t.r, w->id, &in, id));
    return session_commit(&w->admin->arena, &t.s);
}

static struct briefing_items agenda(struct briefing_world *w, const char *person, str id,
                                    struct briefing *b)
{
    struct briefing_items items = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, id, b));
    must(w->admin, briefing_items_get(&w->admin->arena, &t.s, &t.r, b, &items));
    return items;
}

static err send_own(struct briefing_world *w, str id, size_t people)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    bool is_done = false;
    TRY(briefing_turn_begin(w, "ray", true, &t));
    TRY(briefing_send(&w->admin->arena, &t.s, &t.r, id,
                      &(struct briefing_order){.people = people}));
    while (!is_done)
        TRY(briefing_send_piece(&w->admin->arena, &t.s, id, &is_done));
    return session_commit(&w->admin->arena, &t.s);
}

static err ask(struct briefing_world *w, const char *person, str item)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(widening_ask(&w->admin->arena, &t.s, &t.r, w->id, item, LIT("For our members")));
    return session_commit(&w->admin->arena, &t.s);
}

static err answer(struct briefing_world *w, const char *person, str widening,
                  struct widening_answer said)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(widening_answer(&w->admin->arena, &t.s, &t.r, w->id, widening, &said));
    return session_commit(&w->admin->arena, &t.s);
}

static struct widenings asked(struct briefing_world *w, const char *person)
{
    struct briefing b;
    struct widenings list = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, widening_list(&w->admin->arena, &t.s, &t.r, &b, &list));
    return list;
}

static size_t waiting_at_home(struct briefing_world *w, const char *person)
{
    return briefing_world_at_home(w, person, HOME_WIDENING);
}

/* B13, TLP 2.0: AMBER to one's own members alone; AMBER+STRICT and RED not at all. */
static void what_the_labels_allow_goes_on_to_ones_own_members(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    str own;
    link_guam(w);
    send(w, TLP_AMBER);
    must(w->admin, make(w, "ray", &own));
    struct briefing_items items = agenda(w, "ray", own, &b);
    assert_true(b.is_host);
    assert_int_equal(b.hosts.count, 1);
    assert_int_equal(b.status, BRIEFING_DRAFT);
    assert_true(str_eq(b.title, LIT("What we see")));
    assert_true(str_eq(b.source, LIT("Agency and Platform")));
    assert_int_equal(items.count, 2);
    assert_true(str_eq(items.items[0].title, LIT("Clear")));
    assert_true(str_eq(items.items[0].source, LIT("Agency and Platform")));
    assert_int_equal(items.items[0].organizations.count, 0);
    assert_int_equal(items.items[1].label, TLP_AMBER);
    assert_int_equal(items.items[1].organizations.count, 1);
    assert_true(str_eq(items.items[1].organizations.items[0], briefing_world_org_id(w, "Guam")));
    must(w->admin, send_own(w, own, 1));
    items = agenda(w, "gus", own, &b);
    assert_int_equal(items.count, 2);
    assert_true(str_eq(items.items[1].source, LIT("Agency and Platform")));
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    assert_fails(briefing_get(&w->admin->arena, &t.s, &t.r, own, &b), ERR_NOT_FOUND);
}

/* Title and text of a briefing under AMBER+STRICT are no more to be passed on than its items. */
static void words_under_strict_stay_behind(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    struct onward o;
    str own;
    link_guam(w);
    send(w, TLP_AMBER_STRICT);
    must(w->admin, look(w, "ray", &o));
    assert_false(o.passes_words);
    assert_int_equal(o.label, TLP_AMBER);
    must(w->admin, make(w, "ray", &own));
    assert_int_equal(agenda(w, "ray", own, &b).count, 2);
    assert_true(str_eq(b.title, LIT("Passed on by Research")));
    assert_int_equal(b.about.len, 0);
}

/* B13: a publisher of whoever was invited, with members of their own. */
static void publishers_with_members_of_their_own_brief_it_on(void **state)
{
    struct briefing_world *w = *state;
    struct onward o;
    str own;
    send(w, TLP_AMBER);
    assert_fails(look(w, "oda", &o), ERR_FORBIDDEN);
    assert_fails(make(w, "ann", &own), ERR_FORBIDDEN);
    assert_fails(make(w, "gus", &own), ERR_FORBIDDEN);
    must(w->admin, look(w, "ray", &o));
    assert_false(o.may_make);
    assert_fails(make(w, "ray", &own), ERR_CONFLICT);
}

/* B13, G8: asked once, read by the hosts and who asked; a yes is the item's next version. */
static void hosts_widen_an_item_or_say_no(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    struct onward o;
    send(w, TLP_AMBER);
    struct briefing_items items = agenda(w, "ray", w->id, &b);
    str strict = items.items[2].id;
    assert_fails(ask(w, "oda", strict), ERR_FORBIDDEN);
    assert_fails(ask(w, "ray", items.items[1].id), ERR_CONFLICT);
    assert_fails(ask(w, "ray", items.items[3].id), ERR_CONFLICT);
    must(w->admin, ask(w, "ray", strict));
    assert_fails(ask(w, "ray", strict), ERR_CONFLICT);
    assert_int_equal(asked(w, "pat").count, 1);
    assert_int_equal(asked(w, "ray").count, 1);
    assert_int_equal(asked(w, "oda").count, 0);
    assert_int_equal(waiting_at_home(w, "pat"), 1);
    assert_int_equal(waiting_at_home(w, "ray"), 0);
    str id = asked(w, "ann").items[0].id;
    const struct widening_answer no = {.reason = LIT("Not before Friday")};
    const struct widening_answer yes = {.is_granted = true, .label = TLP_AMBER};
    assert_fails(answer(w, "ray", id, yes), ERR_NOT_FOUND);
    assert_fails(answer(w, "pia", id, yes), ERR_FORBIDDEN);
    assert_fails(answer(w, "ann", id, (struct widening_answer){0}), ERR_INVALID);
    assert_fails(
        answer(w, "ann", id, (struct widening_answer){.is_granted = true, .label = TLP_RED}),
        ERR_INVALID);
    must(w->admin, answer(w, "ann", id, no));
    assert_fails(answer(w, "ann", id, yes), ERR_CONFLICT);
    assert_int_equal(waiting_at_home(w, "pat"), 0);
    assert_true(str_eq(asked(w, "ray").items[0].reason, LIT("Not before Friday")));
    must(w->admin, ask(w, "ray", strict));
    assert_int_equal(waiting_at_home(w, "pat"), 1);
    must(w->admin, answer(w, "pat", id, yes));
    assert_true(asked(w, "ray").items[0].is_granted);
    items = agenda(w, "oda", w->id, &b);
    assert_true(str_eq(items.items[2].id, strict));
    assert_int_equal(items.items[2].label, TLP_AMBER);
    must(w->admin, look(w, "ray", &o));
    assert_true(o.items[2].may_pass);
}

static err make_own(struct briefing_world *w)
{
    str id;
    return make(w, "ray", &id);
}

static err ask_strict(struct briefing_world *w)
{
    return ask(w, "ray", w->question);
}

static err grant(struct briefing_world *w)
{
    return answer(w, "ann", w->promise,
                  (struct widening_answer){.is_granted = true, .label = TLP_AMBER});
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    const struct briefing_deed asking = {"ask", ask_strict, 0};
    const struct briefing_deed granting = {"grant", grant, 0};
    const struct briefing_deed making = {"make", make_own, 0};
    link_guam(w);
    send(w, TLP_AMBER);
    w->question = agenda(w, "ray", w->id, &b).items[2].id;
    briefing_world_check_deed(w, &asking);
    w->promise = asked(w, "ann").items[0].id;
    briefing_world_check_deed(w, &granting);
    briefing_world_check_deed(w, &making);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(what_the_labels_allow_goes_on_to_ones_own_members),
        BRIEFING_TEST(words_under_strict_stay_behind),
        BRIEFING_TEST(publishers_with_members_of_their_own_brief_it_on),
        BRIEFING_TEST(hosts_widen_an_item_or_say_no),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
