/*
 * Who asks who has been given a thing (R2): counts at once, names with a reason once a second
 * person has agreed; and whose receipts were looked at finds out.
 */
#include "briefing_world.h"

#include "service/look.h"
#include "service/object_view.h"
#include "store/outbox.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define HOUR_US (INT64_C(3600) * US_PER_SECOND)
#define WHY LIT("what it said was wrong")

static err send_as_ann(struct briefing_world *w)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    const struct briefing_order order = {.people = 3};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_send(&w->admin->arena, &t.s, &t.r, w->id, &order));
    return session_commit(&w->admin->arena, &t.s);
}

/* Hosted by Agency with Platform, or by Agency alone; sent to oda, gus and cal. */
static err send_labelled(struct briefing_world *w, enum tlp label, bool is_alone)
{
    struct briefing_input input = briefing_world_input(w);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    input.when.local = LIT("2090-08-31T14:30"); /* the thread that mails has a clock of its own */
    input.has_label = true;
    input.label = label;
    if (is_alone)
        input.hosts.count = 0;
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_make(&w->admin->arena, &t.s, &t.r, &input, &w->id));
    TRY(session_commit(&w->admin->arena, &t.s));
    if (!is_alone)
        TRY(briefing_world_agree(w, "pat"));
    TRY(send_as_ann(w));
    return briefing_world_send_all(w);
}

/* The person is given the newest version of it. */
static void give(struct briefing_world *w, const char *person, str id)
{
    struct arena *a = &w->admin->arena;
    struct log_entry e;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, true, &t));
    must(w->admin, object_entry_get(a, &t.s, &t.r, id, &e));
    receipts_add(t.s.store->receipts, t.r.gate.actor, e.collection, RECEIPT_OBTAINED, &e.number, 1);
    must(w->admin, receipts_flush(a, t.s.store->receipts, t.s.db));
    must(w->admin, session_commit(a, &t.s));
    receipts_flushed(w->admin->store->receipts, true);
}

static err ask(struct briefing_world *w, const char *person)
{
    const struct look_request request = {
        .object = w->id, .reason = WHY, .public_url = LIT("https://x.example")};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(look_ask(&w->admin->arena, &t.s, &t.r, &request));
    return session_commit(&w->admin->arena, &t.s);
}

/* The newest look at the briefing, which its asker sees. */
static struct look_view seen_by(struct briefing_world *w, const char *person)
{
    struct look_views views = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, looks_of(&w->admin->arena, &t.s, &t.r, w->id, &views));
    return views.count ? views.items[0] : (struct look_view){0};
}

static err decide(struct briefing_world *w, const char *person, bool agrees)
{
    const struct look_word word = {
        .look = seen_by(w, "ann").look.id, .agrees = agrees, .is_strong = true};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(look_decide(&w->admin->arena, &t.s, &t.r, &word));
    return session_commit(&w->admin->arena, &t.s);
}

static size_t asked(struct briefing_world *w, const char *person)
{
    struct look_views views = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, looks_asked(&w->admin->arena, &t.s, &t.r, &views));
    return views.count;
}

static struct look_views at_ours(struct briefing_world *w, const char *person)
{
    struct look_views views = {0};
    const struct look_page page = {.limit = 2};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, looks_at_ours(&w->admin->arena, &t.s, &t.r, &page, &views));
    return views;
}

static void settle_due(struct briefing_world *w)
{
    for (bool is_idle = false; !is_idle;) {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, "ann", true, &t));
        must(w->admin, look_settle_due(&w->admin->arena, &t.s, LIT(""), &is_idle));
        must(w->admin, session_commit(&w->admin->arena, &t.s));
    }
}

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

static size_t mails_to(struct briefing_world *w, const char *person)
{
    size_t count = 0;
    struct outbox_messages all = {0};
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, outbox_list(&w->admin->arena, &s, 0, 100, &all));
    for (size_t i = 0; i < all.count; i++)
        count += str_starts(all.items[i].recipient, str_of(person)) &&
                 str_eq(all.items[i].kind, LIT("look"));
    return count;
}

/* ---- names */

static void names_are_told_once_a_second_person_has_agreed(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_labelled(w, TLP_AMBER_STRICT, false));
    give(w, "oda", w->id);
    must(w->admin, ask(w, "ann"));
    assert_fails(ask(w, "ann"), ERR_CONFLICT);
    assert_int_equal(seen_by(w, "ann").look.state, LOOK_WAITS);
    assert_int_equal(seen_by(w, "ann").names.name_count, 0);
    assert_int_equal(mails_to(w, "pat"), 1);
    assert_int_equal(mails_to(w, "ann") + mails_to(w, "oda"), 0);
    assert_int_equal(asked(w, "pat"), 1);
    assert_int_equal(asked(w, "ann") + asked(w, "oda") + asked(w, "pia"), 0);
    assert_fails(decide(w, "ann", true), ERR_FORBIDDEN);
    assert_fails(decide(w, "oda", true), ERR_NOT_FOUND);
    assert_fails(decide(w, "pia", true), ERR_NOT_FOUND); /* no publisher */
    must(w->admin, decide(w, "pat", true));
    must(w->admin, decide(w, "pat", true)); /* said twice */
    assert_fails(decide(w, "pat", false), ERR_CONFLICT);
    struct look_view told = seen_by(w, "ann");
    assert_int_equal(told.look.state, LOOK_TOLD);
    assert_int_equal(told.names.name_count, 1);
    assert_true(str_eq(told.names.names[0].name, LIT("Ohio")));
    assert_int_equal(told.names.names[0].person.len, 0); /* people of RED alone */
    assert_int_equal(seen_by(w, "pat").names.name_count, 1);
    w->now_us += (LOOK_SHOWN_DAYS + 1) * US_PER_DAY;
    assert_int_equal(seen_by(w, "ann").names.name_count, 0);
}

static void whose_receipts_were_looked_at_finds_out(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_labelled(w, TLP_AMBER_STRICT, false));
    give(w, "oda", w->id);
    must(w->admin, ask(w, "ann"));
    struct look_views views = at_ours(w, "ole"); /* a colleague, who may read it too */
    assert_int_equal(views.count, 1);
    assert_int_equal(views.items[0].look.state, LOOK_WAITS);
    assert_true(str_eq(views.items[0].look.reason, WHY));
    assert_true(views.items[0].title.len > 0);
    assert_int_equal(at_ours(w, "gus").count, 0);
    give(w, "gus", w->id);
    must(w->admin, decide(w, "pat", true)); /* who was given it by then */
    assert_int_equal(at_ours(w, "gus").count, 1);
    assert_int_equal(at_ours(w, "cal").count, 0);
}

static void names_are_told_of_what_is_strict_alone(void **state)
{
    struct briefing_world *w = *state;
    str rule;
    must(w->admin, send_labelled(w, TLP_AMBER, false));
    assert_fails(ask(w, "ann"), ERR_FORBIDDEN);
    assert_fails(ask(w, "oda"), ERR_NOT_FOUND); /* who was invited asks nothing */
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    must(w->admin, look_may_name(&w->admin->arena, &t.s, &t.r, w->id, &rule));
    assert_true(str_find(rule, LIT("TLP:AMBER+STRICT")) < rule.len);
}

static void silence_and_a_no_tell_no_names(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_labelled(w, TLP_AMBER_STRICT, false));
    give(w, "oda", w->id);
    must(w->admin, ask(w, "ann"));
    must(w->admin, decide(w, "pat", false));
    assert_int_equal(seen_by(w, "ann").look.state, LOOK_REFUSED);
    must(w->admin, ask(w, "ann"));
    w->now_us += LOOK_WAITS_DAYS * US_PER_DAY - 1;
    settle_due(w);
    assert_int_equal(seen_by(w, "ann").look.state, LOOK_WAITS);
    w->now_us += 1;
    settle_due(w);
    assert_int_equal(seen_by(w, "ann").look.state, LOOK_LAPSED);
    assert_int_equal(seen_by(w, "ann").names.name_count, 0);
    assert_int_equal(at_ours(w, "oda").count, 2);
}

static err add_second(struct briefing_world *w)
{
    struct admin_person amy = {.org = LIT("Agency"),
                               .email = LIT("amy@example.org"),
                               .name = LIT("Amy"),
                               .roles = 1u << ROLE_PUBLISHER};
    return admin_add_people(&w->admin->arena, w->admin->store, &amy, 1);
}

static void where_nobody_else_could_agree_a_day_passes(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send_labelled(w, TLP_AMBER_STRICT, true));
    give(w, "oda", w->id);
    must(w->admin, ask(w, "ann"));
    assert_true(seen_by(w, "ann").look.is_alone);
    assert_int_equal(at_ours(w, "oda").count, 1); /* who is concerned sees it meanwhile */
    w->now_us += LOOK_ALONE_HOURS * HOUR_US - 1;
    settle_due(w);
    assert_int_equal(seen_by(w, "ann").names.name_count, 0);
    w->now_us += 1;
    settle_due(w);
    assert_int_equal(seen_by(w, "ann").look.state, LOOK_TOLD);
    assert_int_equal(seen_by(w, "ann").names.name_count, 1);
    must(w->admin, ask(w, "ann"));
    must(w->admin, add_second(w));
    w->now_us += LOOK_ALONE_HOURS * HOUR_US;
    settle_due(w);
    assert_int_equal(seen_by(w, "ann").look.state, LOOK_WAITS); /* it is theirs to say now */
    must(w->admin, decide(w, "amy", true));
    assert_int_equal(seen_by(w, "ann").look.state, LOOK_TOLD);
}

/* ---- counts */

static void counts_are_told_at_once_and_leave_a_look(void **state)
{
    struct briefing_world *w = *state;
    struct admin_seen seen;
    must(w->admin, send_labelled(w, TLP_AMBER, false));
    give(w, "oda", w->id);
    for (int i = 0; i < 3; i++) {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, "pia", true, &t));
        must(w->admin, look_count(&w->admin->arena, &t.s, &t.r, w->id, &seen));
        must(w->admin, look_count(&w->admin->arena, &t.s, &t.r, w->id, &seen)); /* no news */
        must(w->admin, session_commit(&w->admin->arena, &t.s));
        w->now_us += HOUR_US + 1;
    }
    assert_int_equal(seen.sectors.count, 0); /* fewer than five */
    struct look_views views = at_ours(w, "oda");
    assert_int_equal(views.count, 2); /* a page */
    assert_int_equal(views.items[0].look.state, LOOK_COUNTED);
    assert_true(views.items[0].look.n > views.items[1].look.n);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    const struct look_page rest = {.before = views.items[1].look.n, .limit = 2};
    struct look_views older = {0};
    must(w->admin, briefing_turn_begin(w, "oda", true, &t));
    must(w->admin, looks_at_ours(&w->admin->arena, &t.s, &t.r, &rest, &older));
    assert_int_equal(older.count, 1);
    assert_fails(look_count(&w->admin->arena, &t.s, &t.r, w->id, &seen), ERR_NOT_FOUND);
}

/* ---- faults */

static err ask_as_ann(struct briefing_world *w)
{
    return ask(w, "ann");
}

static err say(struct briefing_world *w, bool agrees)
{
    const struct look_word word = {.look = w->promise, .agrees = agrees, .is_strong = true};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "pat", true, &t));
    TRY(look_decide(&w->admin->arena, &t.s, &t.r, &word));
    return session_commit(&w->admin->arena, &t.s);
}

static err agree(struct briefing_world *w)
{
    return say(w, true);
}

static err refuse(struct briefing_world *w)
{
    return say(w, false);
}

static err count(struct briefing_world *w)
{
    struct admin_seen seen;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(look_count(&w->admin->arena, &t.s, &t.r, w->id, &seen));
    return session_commit(&w->admin->arena, &t.s);
}

static err lapse(struct briefing_world *w)
{
    bool is_idle;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(look_settle_due(&w->admin->arena, &t.s, LIT(""), &is_idle));
    return session_commit(&w->admin->arena, &t.s);
}

static void each_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    const struct briefing_deed counting = {"count", count, 0};
    const struct briefing_deed asking = {"ask", ask_as_ann, 0};
    const struct briefing_deed agreeing = {"agree", agree, 0};
    const struct briefing_deed refusing = {"refuse", refuse, 0};
    const struct briefing_deed lapsing = {"lapse", lapse, LOOK_WAITS_DAYS * US_PER_DAY};
    must(w->admin, send_labelled(w, TLP_AMBER_STRICT, false));
    give(w, "oda", w->id);
    briefing_world_check_deed(w, &counting);
    briefing_world_check_deed(w, &asking);
    w->promise = seen_by(w, "ann").look.id;
    briefing_world_check_deed(w, &agreeing);
    must(w->admin, ask(w, "ann"));
    w->promise = seen_by(w, "ann").look.id;
    briefing_world_check_deed(w, &refusing);
    must(w->admin, ask(w, "ann"));
    briefing_world_check_deed(w, &lapsing);
    assert_int_equal(seen_by(w, "ann").look.state, LOOK_LAPSED);
    briefing_world_check_whole(w);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, briefing_world_set_up, briefing_world_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_are_told_once_a_second_person_has_agreed),
        TEST(whose_receipts_were_looked_at_finds_out),
        TEST(names_are_told_of_what_is_strict_alone),
        TEST(silence_and_a_no_tell_no_names),
        TEST(where_nobody_else_could_agree_a_day_passes),
        TEST(counts_are_told_at_once_and_leave_a_look),
        TEST(each_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
