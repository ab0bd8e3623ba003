/*
 * Corrections: who may make one, who is shown which version, who is told at home and by mail (B22).
 */
#include "briefing_world.h"

#include "service/correction.h"
#include "service/mail.h"
#include "service/question.h"
#include "store/receipts.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define WHY "The number was wrong"

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

/* Two items, the second for Ohio alone; sent to Ohio, Guam and County. */
static err send(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    struct briefing_input input = briefing_world_input(w);
    str ohio = briefing_world_org_id(w, "Ohio");
    struct briefing_item items[] = {
        {.title = LIT("For all"), .about = LIT("Old words"), .minutes = 10, .label = TLP_AMBER},
        {.title = LIT("For Ohio"),
         .about = LIT("Old words"),
         .minutes = 10,
         .label = TLP_AMBER,
         .organizations = {&ohio, 1, 1}}};
    input.has_items = true;
    input.items = (struct briefing_items){items, 2, 2};
    input.has_about = true;
    input.about = LIT("Two of three");
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_make(a, &t.s, &t.r, &input, &w->id));
    TRY(session_commit(a, &t.s));
    TRY(briefing_world_agree(w, "pat"));
    TRY(briefing_world_send(w, 3));
    return briefing_world_send_all(w);
}

static str text_of_version(struct briefing_world *w, int64_t version_us)
{
    char text[CLOCK_TEXT_BYTES];
    return arena_copy(&w->admin->arena, clock_write(version_us, text));
}

/* The items of the agenda as the hosts see them: 0 for all, 1 for Ohio. */
static struct briefing_item item(struct briefing_world *w, size_t n)
{
    struct briefing b;
    struct briefing_items items = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "ann", false, &t));
    must(w->admin, briefing_get(&w->admin->arena, &t.s, &t.r, w->id, &b));
    must(w->admin, briefing_items_get(&w->admin->arena, &t.s, &t.r, &b, &items));
    return items.items[n];
}

static err correct(struct briefing_world *w, const char *person, struct correction_input in)
{
    struct arena *a = &w->admin->arena;
    str id;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    in.reason = in.reason.len ? in.reason : LIT(WHY);
    TRY(briefing_turn_begin(w, person, true, &t));
    TRY(correction_make(a, &t.s, &t.r, w->id, &in, &id));
    return session_commit(a, &t.s);
}

static struct correction_input of_item(struct briefing_world *w, size_t n)
{
    struct briefing_item one = item(w, n);
    return (struct correction_input){.object = one.id,
                                     .version = text_of_version(w, one.entry.version_us),
                                     .words = LIT("New words")};
}

static struct correction_input of_about(struct briefing_world *w)
{
    struct briefing b;
    must(w->admin, briefing_world_see(w, "ann", &b));
    return (struct correction_input){
        .object = w->id, .version = b.version, .words = LIT("Three of three")};
}

static struct corrections read_all(struct briefing_world *w, const char *person)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct corrections list = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, briefing_get(a, &t.s, &t.r, w->id, &b));
    must(w->admin, correction_list(a, &t.s, &t.r, &b, &list));
    return list;
}

static size_t told_at_home(struct briefing_world *w, const char *person)
{
    return briefing_world_at_home(w, person, HOME_CORRECTION);
}

/* As if an answer of the exchange had held it (R1). */
static void give(struct briefing_world *w, const char *person, const struct log_entry *e)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, true, &t));
    receipts_add(w->admin->store->receipts, t.r.gate.actor, e->collection, RECEIPT_OBTAINED,
                 &e->number, 1);
    must(w->admin, session_commit(&w->admin->arena, &t.s));
}

/* B22: the difference, old and new, with why; B9: of an item to those alone who see the item. */
static void readers_of_the_text_are_shown_the_difference(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send(w));
    must(w->admin, correct(w, "ann", of_item(w, 1)));
    assert_int_equal(read_all(w, "gus").count, 0);
    assert_int_equal(read_all(w, "cal").count, 0);
    struct corrections seen = read_all(w, "ole");
    assert_int_equal(seen.count, 1);
    assert_true(str_eq(seen.items[0].before.words, LIT("Old words")));
    assert_true(str_eq(seen.items[0].after.words, LIT("New words")));
    assert_true(str_eq(seen.items[0].after.title, LIT("For Ohio")));
    assert_true(str_eq(seen.items[0].reason, LIT(WHY)));
    assert_int_equal(seen.items[0].of, CORRECTION_OF_ITEM);
    must(w->admin, correct(w, "pat", of_about(w)));
    seen = read_all(w, "gus");
    assert_int_equal(seen.count, 1);
    assert_true(str_eq(seen.items[0].before.words, LIT("Two of three")));
    assert_true(str_eq(seen.items[0].after.words, LIT("Three of three")));
    assert_int_equal(read_all(w, "oda").count, 2);
}

/* Whoever is invited only afterwards finds the right text, and nothing of what it was. */
static void who_comes_later_learns_nothing_of_the_old_text(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    must(w->admin, send(w));
    must(w->admin, correct(w, "ann", of_about(w)));
    struct briefing b;
    must(w->admin, briefing_world_see(w, "ann", &b));
    struct briefing_input input = briefing_world_input(w);
    input.has_when = input.has_join = false;
    input.title = input.join = (str){0};
    str ray = briefing_world_id(w, "ray");
    input.plan.people = (struct stix_strs){&ray, 1, 1};
    {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, "ann", true, &t));
        must(w->admin, briefing_edit(a, &t.s, &t.r, w->id, w->version, &input));
        must(w->admin, session_commit(a, &t.s));
    }
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 1));
    must(w->admin, briefing_world_send_all(w));
    must(w->admin, briefing_world_see(w, "ray", &b));
    assert_true(str_eq(b.about, LIT("Three of three")));
    assert_int_equal(read_all(w, "ray").count, 0);
    assert_int_equal(told_at_home(w, "ray"), 0);
}

/* B22: invited, or given the old text by receipts; until they were given the correction. */
static void it_waits_at_home_until_it_was_seen(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send(w));
    struct log_entry old = item(w, 0).entry;
    give(w, "ole", &old);
    give(w, "pat", &old);
    must(w->admin, correct(w, "ann", of_item(w, 0)));
    assert_int_equal(told_at_home(w, "gus"), 1); /* invited */
    assert_int_equal(told_at_home(w, "ole"), 1); /* a colleague who read it */
    assert_int_equal(told_at_home(w, "pat"), 1); /* another host */
    assert_int_equal(told_at_home(w, "pia"), 0); /* who never had it */
    assert_int_equal(told_at_home(w, "ray"), 0);
    must(w->admin, correct(w, "ann", of_about(w)));
    assert_int_equal(told_at_home(w, "gus"), 2);
    struct corrections seen = read_all(w, "gus");
    assert_true(seen.items[0].is_new);
    give(w, "gus", &seen.items[0].entry);
    give(w, "gus", &seen.items[1].entry);
    assert_int_equal(told_at_home(w, "gus"), 0);
    assert_false(read_all(w, "gus").items[0].is_new);
}

static size_t mailed(struct briefing_world *w, const char *to, const char *kind)
{
    struct arena *a = &w->admin->arena;
    OWNED(session_done) struct session s = {0};
    struct outbox_messages messages = {0};
    size_t count = 0;
    must(w->admin, session_read(a, w->admin->store, &s));
    must(w->admin, outbox_list(a, &s, 0, 100, &messages));
    for (size_t i = 0; i < messages.count; i++)
        count += str_eq(messages.items[i].kind, str_of(kind)) &&
                 str_starts(messages.items[i].recipient, str_of(to));
    return count;
}

static err mail_all(struct briefing_world *w)
{
    for (bool is_idle = false; !is_idle;)
        TRY(mail_piece(&w->admin->arena, w->admin->store, LIT("https://x.example"), &is_idle));
    return NULL;
}

/* B15: everyone invited who may read it, once; nothing of what it is about. */
static void everyone_invited_who_may_read_it_is_mailed_once(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, send(w));
    must(w->admin, mail_all(w));
    must(w->admin, correct(w, "ann", of_item(w, 1)));
    must(w->admin, mail_all(w));
    assert_int_equal(mailed(w, "oda", "correction"), 1);
    assert_int_equal(mailed(w, "gus", "correction"), 0);
    must(w->admin, correct(w, "ann", of_about(w)));
    must(w->admin, mail_all(w));
    assert_int_equal(mailed(w, "oda", "correction"), 2);
    assert_int_equal(mailed(w, "gus", "correction"), 1);
    assert_int_equal(mailed(w, "ole", "correction"), 0);
}

/* B7, B22: a publisher of a host, of what went out, from what is there now, with a reason. */
static void what_went_out_is_corrected_by_its_hosts_alone(void **state)
{
    struct briefing_world *w = *state;
    must(w->admin, briefing_world_make(w));
    assert_fails(correct(w, "ann", of_about(w)), ERR_CONFLICT);
    must(w->admin, send(w));
    struct correction_input in = of_item(w, 0);
    assert_fails(correct(w, "oda", in), ERR_NOT_FOUND);
    assert_fails(correct(w, "ray", in), ERR_NOT_FOUND);
    assert_fails(correct(w, "pia", in), ERR_FORBIDDEN);
    in.reason = LIT(" ");
    assert_fails(correct(w, "ann", in), ERR_INVALID);
    in.reason = (str){0};
    in.words = LIT("Old words");
    assert_fails(correct(w, "ann", in), ERR_INVALID);
    in.has_title = true;
    in.title = LIT("For everyone");
    must(w->admin, correct(w, "ann", in));
    assert_fails(correct(w, "pat", in), ERR_INVALID); /* it says so already */
    in.words = LIT("Other words");
    assert_fails(correct(w, "pat", in), ERR_CONFLICT); /* of a version that is gone */
    assert_true(str_eq(item(w, 0).title, LIT("For everyone")));
    in.object = w->research;
    assert_fails(correct(w, "ann", in), ERR_INVALID);
}

static err ask_and_answer(struct briefing_world *w)
{
    struct arena *a = &w->admin->arena;
    const struct question_answer answer = {.words = LIT("At two")};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "oda", true, &t));
    TRY(question_ask(a, &t.s, &t.r, w->id, &(struct question_input){.content = LIT("When?")},
                     &w->question));
    TRY(session_commit(a, &t.s));
    briefing_turn_done(&t);
    TRY(briefing_turn_begin(w, "pat", true, &t));
    TRY(question_answer(a, &t.s, &t.r, w->id, w->question, &answer));
    return session_commit(a, &t.s);
}

/* B18: an answer too, and once the briefing is over. */
static void an_answer_is_corrected_after_the_call(void **state)
{
    struct briefing_world *w = *state;
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct question q;
    must(w->admin, send(w));
    must(w->admin, ask_and_answer(w));
    w->now_us += 3 * US_PER_DAY;
    {
        OWNED(briefing_turn_done) struct briefing_turn t = {0};
        must(w->admin, briefing_turn_begin(w, "pat", false, &t));
        must(w->admin, briefing_get(a, &t.s, &t.r, w->id, &b));
        must(w->admin, question_get(a, &t.s, &t.r, &b, w->question, &q));
    }
    assert_true(b.is_over);
    must(w->admin, correct(w, "ann",
                           (struct correction_input){.object = w->question,
                                                     .version = text_of_version(w, q.answered_us),
                                                     .words = LIT("At three")}));
    struct corrections seen = read_all(w, "gus");
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.items[0].of, CORRECTION_OF_ANSWER);
    assert_true(str_eq(seen.items[0].object, w->question));
    assert_true(str_eq(seen.items[0].before.words, LIT("At two")));
    assert_true(str_eq(seen.items[0].after.words, LIT("At three")));
}

static err correct_about(struct briefing_world *w)
{
    return correct(w, "ann",
                   (struct correction_input){
                       .object = w->id, .version = w->version, .words = LIT("Three of three")});
}

static void look_as_pat(struct briefing_world *w, struct approval_matrix *out)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, "pat", false, &t));
    must(w->admin, briefing_get_hosted(a, &t.s, &t.r, w->id, &b));
    must(w->admin, approval_matrix_get(a, &t.s, &t.r, &b, out));
}

/* B8: before it they are; what they said about the text before stands afterwards. */
static void a_correction_after_the_call_asks_no_host(void **state)
{
    struct briefing_world *w = *state;
    struct approval_matrix m;
    struct briefing b;
    must(w->admin, send(w));
    must(w->admin, briefing_world_see(w, "ann", &b));
    must(w->admin, correct_about(w));
    look_as_pat(w, &m);
    assert_int_equal(m.own->cells[APPROVAL_AGENDA].word, APPROVAL_OPEN);
    assert_int_equal(briefing_world_at_home(w, "pat", HOME_APPROVAL), 1);
    must(w->admin, briefing_world_agree(w, "pat"));
    w->now_us += 3 * US_PER_DAY;
    must(w->admin, briefing_world_see(w, "ann", &b));
    must(w->admin, correct(w, "ann",
                           (struct correction_input){
                               .object = w->id, .version = w->version, .words = LIT("Four")}));
    look_as_pat(w, &m);
    assert_true(m.is_closed);
    assert_int_equal(m.own->cells[APPROVAL_AGENDA].word, APPROVAL_YES);
    assert_int_equal(approval_open_count(&m, (1u << APPROVAL_SCOPES) - 1), 0);
    assert_false(approval_is_awaited(&m));
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    const struct briefing_deed correcting = {"correct", correct_about, 0};
    must(w->admin, send(w));
    briefing_world_check_deed(w, &correcting);
    assert_int_equal(read_all(w, "oda").count, 1);
    must(w->admin, mail_all(w));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(readers_of_the_text_are_shown_the_difference),
        BRIEFING_TEST(who_comes_later_learns_nothing_of_the_old_text),
        BRIEFING_TEST(it_waits_at_home_until_it_was_seen),
        BRIEFING_TEST(everyone_invited_who_may_read_it_is_mailed_once),
        BRIEFING_TEST(what_went_out_is_corrected_by_its_hosts_alone),
        BRIEFING_TEST(an_answer_is_corrected_after_the_call),
        BRIEFING_TEST(a_correction_after_the_call_asks_no_host),
        BRIEFING_TEST(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
