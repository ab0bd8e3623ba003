/*
 * Somebody without an account is vouched for, called, and goes to a briefing (B12); and each verb
 * of it with every call to the database failing once.
 */
#include "briefing_world.h"

#include "service/newcomer.h"
#include "store/audit.h"
#include "store/outbox.h"
#include "store/people.h"
#include "store/vouching.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct newcomer NOLA = {LIT_INIT("Nola Reyes"), LIT_INIT("nola@county.example"),
                                     LIT_INIT("+1 202 555 0133"),
                                     LIT_INIT("https://exchange.example")};

static void assert_fails(err failure, enum err_code code)
{
    assert_non_null(failure);
    assert_int_equal(failure->code, code);
}

static err make_at(struct briefing_world *w, enum tlp label, str local)
{
    struct arena *a = &w->admin->arena;
    struct briefing_input input = briefing_world_input(w);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    input.has_label = true;
    input.label = label;
    input.when.local = local;
    TRY(briefing_turn_begin(w, "ann", true, &t));
    TRY(briefing_make(a, &t.s, &t.r, &input, &w->id));
    return session_commit(a, &t.s);
}

static err make_labelled(struct briefing_world *w, enum tlp label)
{
    return make_at(w, label, briefing_world_input(w).when.local);
}

static void send_at(struct briefing_world *w, enum tlp label, str local)
{
    must(w->admin, make_at(w, label, local));
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 3));
    must(w->admin, briefing_world_send_all(w));
}

static void send_labelled(struct briefing_world *w, enum tlp label)
{
    send_at(w, label, briefing_world_input(w).when.local);
}

static err vouch(struct briefing_world *w, const char *voucher, struct newcomer who)
{
    struct arena *a = &w->admin->arena;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, voucher, true, &t));
    t.s.actor = t.r.gate.actor;
    TRY(newcomer_send(a, &t.s, &t.r, w->id, &who));
    return session_commit(a, &t.s);
}

static str id_of(struct briefing_world *w, str email)
{
    OWNED(session_done) struct session s = {0};
    const struct policy_person *person;
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, people_find(&w->admin->arena, &s, email, &person));
    return arena_copy(&w->admin->arena, person->id);
}

/* For whom somebody vouched, by their address, and for which organization. */
struct called {
    str email;
    const char *org;
    bool is_them;
};

static err say(struct briefing_world *w, const char *who, struct called of)
{
    struct arena *a = &w->admin->arena;
    const struct newcomer_word word = {.person = id_of(w, of.email),
                                       .organization = briefing_world_org_id(w, of.org),
                                       .is_them = of.is_them,
                                       .is_strong = true};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, who, true, &t));
    t.s.actor = t.r.gate.actor;
    TRY(newcomer_decide(a, &t.s, &t.r, &word));
    return session_commit(a, &t.s);
}

static const struct called NOLA_IT_IS = {LIT_INIT("nola@county.example"), "County", true};
static const struct called NOLA_IT_IS_NOT = {LIT_INIT("nola@county.example"), "County", false};

/* A newcomer has no duty: they are found by their address. */
static err see_as(struct briefing_world *w, str email, struct briefing *out)
{
    struct arena *a = &w->admin->arena;
    OWNED(session_done) struct session s = {0};
    const struct policy_person *who;
    struct reader r;
    TRY(session_read(a, w->admin->store, &s));
    s.now_us = w->now_us;
    TRY(people_find(a, &s, email, &who));
    TRY(reader_make(a, &s, policy_org(s.policy, who->affiliations[0].org), who, NULL, &r));
    TRY(briefing_get(a, &s, &r, w->id, out));
    struct briefing_invitation mine;
    TRY(briefing_my_invitation(a, &s, &r, w->id, &mine));
    return mine.id.len ? NULL : FAIL(a, ERR_NOT_FOUND, "not invited");
}

static enum newcomer_standing standing(struct briefing_world *w, const char *voucher,
                                       enum about_word *answer)
{
    struct arena *a = &w->admin->arena;
    struct briefing b;
    struct briefing_invitation mine;
    struct newcomer_sent sent;
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, voucher, false, &t));
    must(w->admin, briefing_get(a, &t.s, &t.r, w->id, &b));
    must(w->admin, newcomer_my_invitation(a, &t.s, &t.r, &b, &mine, &sent));
    *answer = mine.answer;
    return sent.standing;
}

static size_t asked(struct briefing_world *w, const char *person)
{
    struct newcomers_asked list = {0};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    must(w->admin, briefing_turn_begin(w, person, false, &t));
    must(w->admin, newcomers_asked(&w->admin->arena, &t.s, &t.r, &list));
    return list.count;
}

static size_t mails_to(struct briefing_world *w, str email)
{
    struct outbox_messages list = {0};
    OWNED(session_done) struct session s = {0};
    size_t count = 0;
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, outbox_list(&w->admin->arena, &s, 0, 100, &list));
    for (size_t i = 0; i < list.count; i++)
        count += str_eq(list.items[i].recipient, email);
    return count;
}

/* How many vouchings whoever may be asked to call looks at. */
static size_t open_count(struct briefing_world *w)
{
    struct vouchings open = {0};
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, vouching_list_open(&w->admin->arena, &s, &open));
    return open.count;
}

static err lapse(struct briefing_world *w)
{
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "pat", true, &t));
    TRY(newcomers_lapse(&w->admin->arena, &t.s));
    return session_commit(&w->admin->arena, &t.s);
}

/* B12: GREEN at once. */
static void to_a_green_briefing_a_newcomer_goes_at_once(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    enum about_word answer;
    send_labelled(w, TLP_GREEN);
    must(w->admin, vouch(w, "cal", NOLA));
    must(w->admin, see_as(w, NOLA.email, &b));
    assert_int_equal(standing(w, "cal", &answer), NEWCOMER_SENT);
    assert_int_equal(answer, ABOUT_DELEGATE);
    assert_int_equal(mails_to(w, NOLA.email), 1);
    assert_int_equal(asked(w, "pat"), 0); /* nothing hangs on a call */
    assert_int_equal(mails_to(w, LIT("pat@example.org")), 0);
    must(w->admin, vouch(w, "cal", NOLA));
    assert_int_equal(mails_to(w, NOLA.email), 1); /* said twice, done once */
}

/* B12: AMBER after a second person has called; who vouched is not one. */
static void to_an_amber_briefing_a_newcomer_goes_after_a_call(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    enum about_word answer;
    send_labelled(w, TLP_AMBER);
    must(w->admin, vouch(w, "cal", NOLA));
    assert_fails(see_as(w, NOLA.email, &b), ERR_NOT_FOUND);
    assert_int_equal(standing(w, "cal", &answer), NEWCOMER_WAITS);
    assert_int_equal(answer, ABOUT_NOTHING);
    assert_int_equal(briefing_world_at_home(w, "cal", HOME_INVITATION), 0);
    assert_int_equal(asked(w, "pat"), 1);
    assert_int_equal(asked(w, "ray"), 0); /* hosts nothing */
    assert_fails(say(w, "cal", NOLA_IT_IS), ERR_NOT_FOUND);
    assert_fails(say(w, "ray", NOLA_IT_IS), ERR_NOT_FOUND);
    assert_fails(say(w, "pia", NOLA_IT_IS), ERR_NOT_FOUND); /* of a host, and no publisher */
    must(w->admin, say(w, "pat", NOLA_IT_IS));
    must(w->admin, see_as(w, NOLA.email, &b));
    assert_int_equal(standing(w, "cal", &answer), NEWCOMER_SENT);
    assert_int_equal(answer, ABOUT_DELEGATE);
    assert_int_equal(asked(w, "pat"), 0);
    must(w->admin, say(w, "ann", NOLA_IT_IS)); /* the same word twice */
    assert_fails(say(w, "ann", NOLA_IT_IS_NOT), ERR_CONFLICT);
}

/* B12, B15: whoever is asked to call is mailed so, once for a newcomer and a briefing. */
static void whoever_is_asked_to_call_is_mailed_once(void **state)
{
    static const struct {
        const char *person;
        size_t mails;
    } TOLD[] = {{"ann", 1}, {"pat", 1}, {"pia", 0}, {"ray", 0}, {"cal", 0}, {"gus", 0}};
    struct briefing_world *w = *state;
    send_labelled(w, TLP_AMBER);
    must(w->admin, vouch(w, "cal", NOLA));
    must(w->admin, briefing_world_answer(w, "cal", (struct briefing_reply){.answer = ABOUT_YES}));
    must(w->admin, vouch(w, "cal", NOLA));
    for (size_t i = 0; i < sizeof(TOLD) / sizeof(TOLD[0]); i++) {
        str email = arena_print(&w->admin->arena, "%s@example.org", TOLD[i].person);
        assert_int_equal(mails_to(w, email), TOLD[i].mails);
    }
    send_labelled(w, TLP_AMBER);
    must(w->admin, vouch(w, "cal", NOLA));
    assert_int_equal(mails_to(w, LIT("pat@example.org")), 2);
}

/* B12: what nobody called about is looked at no more once it is over, and stands as it stood. */
static void asking_ends_with_the_briefing(void **state)
{
    struct briefing_world *w = *state;
    struct newcomer who = NOLA;
    struct briefing b;
    enum about_word answer;
    send_at(w, TLP_AMBER, LIT("2026-09-30T14:30"));
    str later = w->id;
    send_labelled(w, TLP_AMBER);
    must(w->admin, vouch(w, "cal", NOLA));
    who.email = LIT("one@county.example");
    must(w->admin, vouch(w, "cal", who));
    who.email = LIT("two@guam.example");
    must(w->admin, vouch(w, "gus", who));
    must(w->admin, lapse(w));
    assert_int_equal(open_count(w), 2); /* cal's first one was replaced by the second */
    w->now_us += 3 * US_PER_DAY;
    must(w->admin, lapse(w));
    assert_int_equal(open_count(w), 0);
    assert_int_equal(standing(w, "gus", &answer), NEWCOMER_LAPSED);
    w->id = later;
    must(w->admin, vouch(w, "cal", NOLA));
    assert_int_equal(asked(w, "pat"), 1);
    must(w->admin, say(w, "pat", NOLA_IT_IS));
    must(w->admin, see_as(w, NOLA.email, &b));
    must(w->admin, say(w, "pat", (struct called){who.email, "Guam", true})); /* who they are */
}

/* B12: three at a time whom nobody has called, however long ago that was. */
static void what_lapsed_is_still_a_word_for_somebody(void **state)
{
    struct briefing_world *w = *state;
    struct newcomer who = NOLA;
    send_at(w, TLP_AMBER, LIT("2026-09-30T14:30"));
    str later = w->id;
    send_labelled(w, TLP_GREEN);
    for (int i = 0; i < NEWCOMERS_OPEN_MAX; i++) {
        who.email = arena_print(&w->admin->arena, "n%d@county.example", i);
        must(w->admin, vouch(w, "cal", who));
    }
    w->now_us += 3 * US_PER_DAY;
    must(w->admin, lapse(w));
    w->id = later;
    assert_fails(vouch(w, "cal", NOLA), ERR_CONFLICT);
    must(w->admin, vouch(w, "cal", who)); /* one of the three */
}

/* B12: whoever could not be confirmed has no access, and who vouched is asked again. */
static void whoever_is_not_confirmed_is_shut_out(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    enum about_word answer;
    send_labelled(w, TLP_GREEN);
    must(w->admin, vouch(w, "cal", NOLA));
    must(w->admin, say(w, "ann", NOLA_IT_IS_NOT));
    assert_fails(see_as(w, NOLA.email, &b), ERR_NOT_FOUND);
    assert_int_equal(standing(w, "cal", &answer), NEWCOMER_REFUSED);
    assert_int_equal(answer, ABOUT_NOTHING);
    assert_int_equal(briefing_world_at_home(w, "cal", HOME_INVITATION), 1);
    assert_fails(vouch(w, "cal", NOLA), ERR_INVALID);
    must(w->admin, say(w, "ann", NOLA_IT_IS_NOT));
    assert_fails(say(w, "ann", NOLA_IT_IS), ERR_CONFLICT);
}

/* B12: nobody called in time. */
static void it_lapses_when_the_briefing_begins(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    enum about_word answer;
    send_labelled(w, TLP_AMBER);
    must(w->admin, vouch(w, "cal", NOLA));
    w->now_us += 2 * US_PER_DAY + 1800 * US_PER_SECOND;
    assert_int_equal(asked(w, "pat"), 0);
    assert_int_equal(standing(w, "cal", &answer), NEWCOMER_LAPSED);
    assert_int_equal(briefing_world_at_home(w, "cal", HOME_INVITATION), 1);
    assert_fails(vouch(w, "gus", NOLA), ERR_CONFLICT);
    must(w->admin, say(w, "pat", NOLA_IT_IS)); /* who they are is known from now on */
    assert_fails(see_as(w, NOLA.email, &b), ERR_NOT_FOUND);
    assert_int_equal(standing(w, "cal", &answer), NEWCOMER_LAPSED);
}

/* B12: the last answer counts, also against a call that comes later. */
static void another_answer_takes_it_back(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    enum about_word answer;
    send_labelled(w, TLP_AMBER);
    must(w->admin, vouch(w, "cal", NOLA));
    must(w->admin, briefing_world_answer(w, "cal", (struct briefing_reply){.answer = ABOUT_YES}));
    assert_int_equal(standing(w, "cal", &answer), NEWCOMER_NONE);
    assert_int_equal(asked(w, "pat"), 0);
    must(w->admin, say(w, "pat", NOLA_IT_IS));
    assert_int_equal(standing(w, "cal", &answer), NEWCOMER_NONE);
    assert_int_equal(answer, ABOUT_YES);
    assert_fails(see_as(w, NOLA.email, &b), ERR_NOT_FOUND);
}

/* B12: who may not, and whom one may not. */
static void vouching_has_limits(void **state)
{
    struct briefing_world *w = *state;
    struct newcomer who = NOLA;
    static const char *const ADDRESSES[] = {"one@county.example", "two@county.example",
                                            "three@county.example"};
    send_labelled(w, TLP_GREEN);
    assert_fails(vouch(w, "ray", NOLA), ERR_NOT_FOUND); /* not invited */
    who.email = LIT("cal@example.org");
    assert_fails(vouch(w, "cal", who), ERR_INVALID); /* themselves */
    who.email = LIT("ole@example.org");
    assert_fails(vouch(w, "oda", who), ERR_INVALID); /* a colleague */
    for (size_t i = 0; i < NEWCOMERS_OPEN_MAX; i++) {
        who.email = str_of(ADDRESSES[i]);
        must(w->admin, vouch(w, "cal", who));
    }
    assert_fails(vouch(w, "cal", NOLA), ERR_CONFLICT);
    must(w->admin, say(w, "pat", (struct called){who.email, "County", true}));
    must(w->admin, vouch(w, "cal", NOLA));
}

/* What whoever vouches can tell apart: how it stands, and how many objects were appended. */
static void vouch_and_look(struct briefing_world *w, const char *voucher, struct newcomer who,
                           char *out, size_t out_len)
{
    struct arena *a = &w->admin->arena;
    enum about_word answer;
    int64_t before;
    int64_t after;
    OWNED(session_done) struct session s = {0};
    OWNED(session_done) struct session later = {0};
    must(w->admin, session_read(a, w->admin->store, &s));
    must(w->admin, db_query_int(a, s.db, "SELECT count(*) FROM entry", DB_NO_ARGS, 0, &before));
    session_done(&s);
    must(w->admin, vouch(w, voucher, who));
    enum newcomer_standing as = standing(w, voucher, &answer);
    must(w->admin, session_read(a, w->admin->store, &later));
    must(w->admin, db_query_int(a, later.db, "SELECT count(*) FROM entry", DB_NO_ARGS, 0, &after));
    snprintf(out, out_len, "%d %d %lld", (int)as, (int)answer, (long long)(after - before));
}

/* O1, B12: an account elsewhere is no different, and gets nothing before a steward adds it. */
static void an_account_elsewhere_is_not_told(void **state)
{
    struct briefing_world *w = *state;
    struct briefing b;
    char fresh[64];
    char known[64];
    const struct newcomer ray = {
        .name = LIT("Ray"), .email = LIT("ray@example.org"), .phone = LIT("+1 202 555 0134")};
    const struct called ray_it_is = {LIT("ray@example.org"), "Guam", true};
    send_labelled(w, TLP_GREEN);
    vouch_and_look(w, "cal", NOLA, fresh, sizeof(fresh));
    vouch_and_look(w, "gus", ray, known, sizeof(known));
    assert_string_equal(fresh, known);
    assert_int_equal(mails_to(w, ray.email), 1);
    assert_fails(see_as(w, ray.email, &b), ERR_NOT_FOUND);
    assert_int_equal(asked(w, "pat"), 0);
    assert_fails(say(w, "pat", ray_it_is), ERR_NOT_FOUND);
    must(w->admin, newcomer_confirm_now(&w->admin->arena, w->admin->store, ray.email, LIT("Guam")));
    enum about_word answer;
    assert_int_equal(standing(w, "gus", &answer), NEWCOMER_SENT);
}

/* ---- faults */

static err make_amber(struct briefing_world *w)
{
    return make_labelled(w, TLP_AMBER);
}

static err vouch_for_nola(struct briefing_world *w)
{
    return vouch(w, "cal", NOLA);
}

static err say_of(struct briefing_world *w, str person, bool is_them)
{
    struct arena *a = &w->admin->arena;
    const struct newcomer_word word = {
        .person = person, .organization = w->county, .is_them = is_them, .is_strong = true};
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    TRY(briefing_turn_begin(w, "pat", true, &t));
    TRY(newcomer_decide(a, &t.s, &t.r, &word));
    return session_commit(a, &t.s);
}

static err confirm_nola(struct briefing_world *w)
{
    return say_of(w, w->promise, true);
}

static err refuse_nola(struct briefing_world *w)
{
    return say_of(w, w->promise, false);
}

static void each_verb_is_whole_or_nothing(void **state)
{
    struct briefing_world *w = *state;
    const struct briefing_deed vouching = {"vouch", vouch_for_nola, 0};
    const struct briefing_deed confirming = {"confirm", confirm_nola, 0};
    const struct briefing_deed refusing = {"refuse", refuse_nola, 0};
    const struct briefing_deed lapsing = {"lapse", lapse, 3 * US_PER_DAY};
    struct newcomer other = NOLA;
    uint64_t rows;
    other.email = LIT("other@county.example");
    must(w->admin, make_amber(w));
    must(w->admin, briefing_world_agree(w, "pat"));
    must(w->admin, briefing_world_send(w, 3));
    must(w->admin, briefing_world_send_all(w));
    briefing_world_check_deed(w, &vouching);
    w->promise = id_of(w, NOLA.email);
    briefing_world_check_deed(w, &confirming);
    must(w->admin, vouch(w, "cal", other));
    w->promise = id_of(w, other.email);
    briefing_world_check_deed(w, &refusing);
    other.email = LIT("third@county.example");
    must(w->admin, vouch(w, "cal", other));
    briefing_world_check_deed(w, &lapsing);
    assert_int_equal(open_count(w), 0);
    OWNED(session_done) struct session s = {0};
    must(w->admin, session_read(&w->admin->arena, w->admin->store, &s));
    must(w->admin, audit_verify(&w->admin->arena, &s, NULL, &rows)); /* R3 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BRIEFING_TEST(to_a_green_briefing_a_newcomer_goes_at_once),
        BRIEFING_TEST(to_an_amber_briefing_a_newcomer_goes_after_a_call),
        BRIEFING_TEST(whoever_is_asked_to_call_is_mailed_once),
        BRIEFING_TEST(asking_ends_with_the_briefing),
        BRIEFING_TEST(what_lapsed_is_still_a_word_for_somebody),
        BRIEFING_TEST(whoever_is_not_confirmed_is_shut_out),
        BRIEFING_TEST(it_lapses_when_the_briefing_begins),
        BRIEFING_TEST(another_answer_takes_it_back),
        BRIEFING_TEST(vouching_has_limits),
        BRIEFING_TEST(an_account_elsewhere_is_not_told),
        BRIEFING_TEST(each_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
