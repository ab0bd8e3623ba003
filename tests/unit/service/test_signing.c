/*
 * Browsers' sessions, second steps and links, with a clock of the test's own (B5, B6); and each
 * verb with every call to the database failing once.
 */
#include "admin_world.h"
#include "base/totp.h"
#include "passkey_vector.h"
#include "service/account.h"
#include "service/contact.h"
#include "service/signing.h"
#include "store/audit.h"
#include "store/idempotency.h"
#include "store/outbox.h"
#include "store/people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define CALLS_MAX 400
#define EMAIL LIT("clerk@county.example")
#define HOUR (3600 * US_PER_SECOND)

/* One verb, or a few, at a time of its own. */
static struct session open_at(struct admin_world *w, int64_t later_us)
{
    struct session s;
    must(w, session_write(&w->arena, w->store, &s));
    s.now_us += later_us;
    return s;
}

static struct identity add_clerk(struct admin_world *w)
{
    struct admin_person person = {.org = admin_world_org(w, LIT("County")),
                                  .email = EMAIL,
                                  .name = LIT("Clerk"),
                                  .roles = 1u << ROLE_MEMBER};
    must(w, admin_add_people(&w->arena, w->store, &person, 1));
    OWNED(session_done) struct session s = {0};
    must(w, session_read(&w->arena, w->store, &s));
    const struct policy_person *found = policy_person_by_email(s.policy, EMAIL);
    return (struct identity){.org = found->affiliations[0].org, .person = found->n};
}

static str begin(struct admin_world *w, struct session *s, struct identity who, bool is_shared)
{
    const struct signing_browser browser = {
        .agent = LIT("test"), .peer = LIT("192.0.2.1"), .is_shared = is_shared};
    str secret;
    must(w, signing_begin(&w->arena, s, &who, &browser, &secret));
    return secret;
}

static struct web_session find(struct admin_world *w, struct session *s, str secret)
{
    struct web_session found;
    must(w, web_session_get(&w->arena, s, secret, &found));
    return found;
}

/* A shared computer's session ends after 15 minutes without a request, one's own after a week. */
static void sessions_end_by_themselves(void **state)
{
    struct admin_world *w = *state;
    struct identity who = add_clerk(w);
    static const struct {
        bool is_shared;
        int64_t idle_us;
        int64_t whole_us;
    } CASES[] = {{true, WEB_SESSION_SHARED_IDLE_US, WEB_SESSION_SHARED_WHOLE_US},
                 {false, WEB_SESSION_IDLE_US, WEB_SESSION_WHOLE_US}};
    for (size_t i = 0; i < 2; i++) {
        OWNED(session_done) struct session s = open_at(w, 0);
        int64_t began_us = s.now_us;
        str secret = begin(w, &s, who, CASES[i].is_shared);
        s.now_us = began_us + CASES[i].idle_us - 1;
        assert_true(find(w, &s, secret).n > 0);
        must(w, web_session_note(&w->arena, &s, find(w, &s, secret).n));
        s.now_us += CASES[i].idle_us - 1;
        assert_true(find(w, &s, secret).n > 0);
        s.now_us += 1;
        assert_int_equal(find(w, &s, secret).n, 0);
        s.now_us = began_us + CASES[i].whole_us; /* however busy it was */
        must(w, db_run(&w->arena, s.db, "UPDATE web_session SET used = ?1",
                       DB_ARGS(db_int(s.now_us))));
        assert_int_equal(find(w, &s, secret).n, 0);
    }
}

static void sessions_that_are_over_are_dropped(void **state)
{
    struct admin_world *w = *state;
    struct identity who = add_clerk(w);
    OWNED(session_done) struct session s = open_at(w, 0);
    begin(w, &s, who, true);
    begin(w, &s, who, false);
    s.now_us += HOUR;
    begin(w, &s, who, false);
    int64_t count;
    must(w,
         db_query_int(&w->arena, s.db, "SELECT count(*) FROM web_session", DB_NO_ARGS, 0, &count));
    assert_int_equal(count, 2);
}

/* B5: 14 days, several times, until a password is set. */
static void links_last_two_weeks_and_end_with_a_password(void **state)
{
    struct admin_world *w = *state;
    add_clerk(w);
    OWNED(session_done) struct session s = open_at(w, 0);
    struct account_link link = {.person = EMAIL};
    must(w, account_make_link(&w->arena, &s, &link));
    const struct signing_browser browser = {0};
    str secret;
    int64_t made_us = s.now_us;
    s.now_us = made_us + PERSON_LINK_US - 1;
    must(w, signing_open_link(&w->arena, &s, link.secret, &browser, &secret));
    s.now_us = made_us + PERSON_LINK_US;
    err late = signing_open_link(&w->arena, &s, link.secret, &browser, &secret);
    assert_true(late && late->code == ERR_NOT_FOUND);
    s.now_us = made_us;
    must(w, signing_open_link(&w->arena, &s, link.secret, &browser, &secret));
    struct web_session web = find(w, &s, secret);
    assert_int_equal(web.stage, WEB_STAGE_SETUP);
    const struct account_password password = {.hash = LIT("hash")};
    must(w, account_set_password(&w->arena, &s, &web, &password, &secret));
    assert_int_equal(find(w, &s, secret).stage, WEB_STAGE_WHOLE);
    late = signing_open_link(&w->arena, &s, link.secret, &browser, &secret);
    assert_true(late && late->code == ERR_NOT_FOUND);
}

/* B5: a link with a delay opens nothing before, and is seen by its person meanwhile. */
static void a_delayed_link_is_seen_before_it_opens(void **state)
{
    struct admin_world *w = *state;
    struct identity who = add_clerk(w);
    OWNED(session_done) struct session s = open_at(w, 0);
    struct account_link link = {.person = EMAIL, .may_wait = true};
    must(w, people_set_password(&w->arena, &s, who.person, LIT("hash")));
    must(w, account_make_link(&w->arena, &s, &link));
    const struct signing_browser browser = {0};
    str secret;
    err early = signing_open_link(&w->arena, &s, link.secret, &browser, &secret);
    assert_true(early && early->code == ERR_NOT_FOUND);
    struct person_links seen;
    must(w, person_links_list(&w->arena, &s, who.person, &seen));
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.items[0].starts_us, s.now_us + US_PER_DAY);
    s.now_us += US_PER_DAY;
    must(w, signing_open_link(&w->arena, &s, link.secret, &browser, &secret));
}

/* An app of the person, confirmed at the session's time; gives its secret. */
static str add_app(struct admin_world *w, struct session *s, str *session_secret)
{
    struct authenticator app;
    struct web_session web = find(w, s, *session_secret);
    must(w, account_begin_totp(&w->arena, s, &web, LIT("Phone"), &app));
    str code = arena_print(&w->arena, "%06u", totp_code(app.secret, totp_step(s->now_us)));
    bool is_right;
    must(w, account_confirm_totp(&w->arena, s, &web, code, &is_right, session_secret));
    assert_true(is_right);
    return app.secret;
}

static bool second(struct admin_world *w, struct session *s, str *session_secret, str app)
{
    struct web_session web = find(w, s, *session_secret);
    assert_int_equal(web.stage, WEB_STAGE_SECOND);
    const struct signing_step step = {
        .code = arena_print(&w->arena, "%06u", totp_code(app, totp_step(s->now_us)))};
    bool is_right;
    must(w, signing_second(&w->arena, s, &web, &step, &is_right, session_secret));
    return is_right;
}

/* B6: a code counts once, also in another session; half a session lasts half an hour. */
static void a_second_step_is_due_once_there_is_an_app(void **state)
{
    struct admin_world *w = *state;
    struct identity who = add_clerk(w);
    OWNED(session_done) struct session s = open_at(w, 0);
    str secret = begin(w, &s, who, false);
    assert_int_equal(find(w, &s, secret).stage, WEB_STAGE_WHOLE);
    str app = add_app(w, &s, &secret);
    assert_true(find(w, &s, secret).is_strong);
    str again = begin(w, &s, who, false);
    assert_false(second(w, &s, &again, app)); /* the code that confirmed the app */
    s.now_us += TOTP_STEP_SECONDS * US_PER_SECOND;
    assert_true(second(w, &s, &again, app));
    assert_true(find(w, &s, again).is_strong);
    str third = begin(w, &s, who, false);
    assert_false(second(w, &s, &third, app));
    s.now_us += WEB_SESSION_EARLY_US;
    assert_int_equal(find(w, &s, third).n, 0);
}

static void wrong_codes_are_counted_for_an_hour(void **state)
{
    struct admin_world *w = *state;
    struct identity who = add_clerk(w);
    OWNED(session_done) struct session s = open_at(w, 0);
    for (int i = 0; i < SECOND_TRIES_MAX; i++) {
        must(w, second_tries_check(&w->arena, &s, who.person));
        must(w, second_tries_fail(&w->arena, &s, who.person));
    }
    err failure = second_tries_check(&w->arena, &s, who.person);
    assert_true(failure && failure->code == ERR_THROTTLED);
    s.now_us += SECOND_TRIES_US;
    must(w, second_tries_check(&w->arena, &s, who.person));
}

/* The same key makes nothing twice for a day; with another body it is refused. */
static void idempotency_keys_last_a_day(void **state)
{
    struct admin_world *w = *state;
    OWNED(session_done) struct session s = open_at(w, 0);
    struct idempotency_request request = {.org = 1,
                                          .person = 2,
                                          .method = LIT("POST"),
                                          .path = LIT("/api/x"),
                                          .key = LIT("12345678"),
                                          .body = LIT("{}")};
    struct idempotency_key key;
    struct idempotency_key other;
    bool is_known;
    str result;
    idempotency_key(&w->store->keys, &request, &key);
    must(w, idempotency_get(&w->arena, &s, &key, &is_known, &result));
    assert_false(is_known);
    must(w, idempotency_put(&w->arena, &s, &key, LIT("made")));
    must(w, idempotency_get(&w->arena, &s, &key, &is_known, &result));
    assert_true(is_known && str_eq(result, LIT("made")));
    request.body = LIT("{\"a\":1}");
    idempotency_key(&w->store->keys, &request, &other);
    err failure = idempotency_get(&w->arena, &s, &other, &is_known, &result);
    assert_true(failure && failure->code == ERR_INVALID);
    request.person = 3;
    idempotency_key(&w->store->keys, &request, &other);
    must(w, idempotency_get(&w->arena, &s, &other, &is_known, &result));
    assert_false(is_known);
    s.now_us += IDEMPOTENCY_KEPT_US;
    must(w, idempotency_get(&w->arena, &s, &key, &is_known, &result));
    assert_false(is_known);
}

/* ---- every call to the database failing once */

struct deeds {
    struct admin_world *w;
    struct identity who;
    str secret; /* of a whole, strong session */
    struct web_session web;
    str link; /* of the person, open */
    str app;  /* id of their authenticator */
};

static err do_begin(struct deeds *d, struct session *s)
{
    const struct signing_browser browser = {0};
    str secret;
    return signing_begin(&d->w->arena, s, &d->who, &browser, &secret);
}

static err do_link(struct deeds *d, struct session *s)
{
    struct account_link link = {.person = EMAIL};
    return account_make_link(&d->w->arena, s, &link);
}

static err do_refuse(struct deeds *d, struct session *s)
{
    return account_refuse_links(&d->w->arena, s, &d->web);
}

static err do_revoke(struct deeds *d, struct session *s)
{
    return account_revoke_tokens(&d->w->arena, s, d->web.person);
}

static err do_totp(struct deeds *d, struct session *s)
{
    struct authenticator app;
    return account_begin_totp(&d->w->arena, s, &d->web, LIT("x"), &app);
}

static err do_add_passkey(struct deeds *d, struct session *s)
{
    struct arena *a = &d->w->arena;
    str challenge = passkey_challenge_make(a, s, d->web.person);
    const struct account_passkey made = passkey_vector_made(a, challenge);
    str secret;
    TRY(account_add_passkey(a, s, &d->web, &made, &secret));
    d->secret = secret;
    return NULL;
}

static err do_use_passkey(struct deeds *d, struct session *s)
{
    struct arena *a = &d->w->arena;
    const struct signing_browser browser = {0};
    const struct signing_passkey used = passkey_vector_used(a, passkey_challenge_make(a, s, 0));
    str secret;
    return signing_by_passkey(a, s, &used, &browser, &secret);
}

static err do_codes(struct deeds *d, struct session *s)
{
    str codes[RECOVERY_CODES];
    return account_make_codes(&d->w->arena, s, &d->web, codes);
}

static err do_zone(struct deeds *d, struct session *s)
{
    return account_set_timezone(&d->w->arena, s, &d->web, LIT("Pacific/Guam"));
}

static err do_contact(struct deeds *d, struct session *s)
{
    const struct contact_wish wish = {.email = LIT("moved@county.example"), .phone = LIT("555")};
    return contact_change(&d->w->arena, s, &d->web, &wish);
}

static err do_withdraw(struct deeds *d, struct session *s)
{
    return contact_withdraw(&d->w->arena, s, &d->web);
}

/* As if it had gone to the new address: there is no relay here, so that it counts already. */
static err do_confirm_contact(struct deeds *d, struct session *s)
{
    struct arena *a = &d->w->arena;
    struct contact_change waits;
    TRY(contact_changes_get(a, s, d->web.person, &waits));
    waits.due_us = CONTACT_NEVER;
    TRY(contact_changes_put(a, s, &waits, contact_changes_stop(a, s, LIT("mailed"))));
    return contact_confirm(a, s, LIT("mailed"));
}

/* By the secret that went out last. */
static err do_stop(struct deeds *d, struct session *s)
{
    struct arena *a = &d->w->arena;
    struct outbox_messages newest;
    struct outbox_message mail;
    TRY(outbox_list(a, s, 0, 1, &newest));
    TRY(outbox_get(a, s, newest.items[0].id, &mail));
    return contact_refuse(a, s, mail.secret);
}

static err do_open(struct deeds *d, struct session *s)
{
    const struct signing_browser browser = {0};
    str secret;
    return signing_open_link(&d->w->arena, s, d->link, &browser, &secret);
}

/* By somebody else than whoever made it. */
static err do_confirm_links(struct deeds *d, struct session *s)
{
    s->actor = 1;
    err failure = account_confirm_links(&d->w->arena, s, d->who.person);
    s->actor = 0;
    return failure;
}

static err do_wait(struct deeds *d, struct session *s)
{
    struct account_link link = {.person = EMAIL, .may_wait = true};
    return account_make_link(&d->w->arena, s, &link);
}

static err do_second(struct deeds *d, struct session *s)
{
    const struct signing_step step = {.code = LIT("000000")};
    bool is_right;
    str secret;
    return signing_second(&d->w->arena, s, &d->web, &step, &is_right, &secret);
}

static err do_move(struct deeds *d, struct session *s)
{
    str org = policy_org(s->policy, d->who.org)->id;
    str secret;
    err failure = signing_move(&d->w->arena, s, &d->web, org, &secret);
    if (failure == NULL)
        d->secret = secret;
    return failure;
}

static err do_remove(struct deeds *d, struct session *s)
{
    return account_remove_authenticator(&d->w->arena, s, &d->web, d->app);
}

static err do_person(struct deeds *d, struct session *s)
{
    struct admin_person person = {.org = LIT("County"),
                                  .email = LIT("new@county.example"),
                                  .name = LIT("New"),
                                  .roles = 1u << ROLE_MEMBER};
    return admin_add_person_in(&d->w->arena, s, &person);
}

static err do_duty(struct deeds *d, struct session *s)
{
    const struct admin_duty duty = {.org = LIT("County"), .email = EMAIL, .duty = DUTY_PRIMARY};
    return admin_set_duty_in(&d->w->arena, s, &duty);
}

/* Begun and confirmed by a code of its own, in one commit. */
static err do_confirm(struct deeds *d, struct session *s)
{
    struct authenticator app;
    bool is_right;
    str secret;
    TRY(account_begin_totp(&d->w->arena, s, &d->web, LIT("y"), &app));
    str code = arena_print(&d->w->arena, "%06u", totp_code(app.secret, totp_step(s->now_us)));
    TRY(account_confirm_totp(&d->w->arena, s, &d->web, code, &is_right, &secret));
    assert_true(is_right);
    d->secret = secret;
    return NULL;
}

static err do_chair(struct deeds *d, struct session *s)
{
    const struct signing_browser browser = {0};
    str secret;
    return signing_take_chair(&d->w->arena, s, LIT("clerk"), &browser, &secret);
}

static err do_end_other(struct deeds *d, struct session *s)
{
    struct web_sessions all;
    TRY(web_session_list(&d->w->arena, s, d->who.person, &all));
    size_t other = all.count > 1 && str_eq(all.items[0].id, d->web.id);
    return account_end_session(&d->w->arena, s, &d->web, all.items[other].id);
}

static err do_password(struct deeds *d, struct session *s)
{
    str secret;
    const struct account_password password = {.hash = LIT("hash")};
    err failure = account_set_password(&d->w->arena, s, &d->web, &password, &secret);
    if (failure == NULL)
        d->secret = secret;
    return failure;
}

static err do_end(struct deeds *d, struct session *s)
{
    return signing_end(&d->w->arena, s, &d->web);
}

static const struct {
    const char *name;
    err (*run)(struct deeds *d, struct session *s);
} DEEDS[] = {
    {"begin a session", do_begin},
    {"open a link", do_open},
    {"make a link", do_link},
    {"refuse links", do_refuse},
    {"revoke one's tokens", do_revoke},
    {"begin an app", do_totp},
    {"add a passkey", do_add_passkey},
    {"sign in by a passkey", do_use_passkey},
    {"make codes", do_codes},
    {"choose a zone", do_zone},
    {"change the contact", do_contact},
    {"stop the change", do_stop},
    {"change the contact again", do_contact},
    {"confirm the change", do_confirm_contact},
    {"withdraw the change", do_withdraw},
    {"try a second step", do_second},
    {"act for an organization", do_move},
    {"confirm an app", do_confirm},
    {"take a chair", do_chair},
    {"end another session", do_end_other},
    {"set a password", do_password},
    {"make a link that waits", do_wait},
    {"confirm links", do_confirm_links},
    {"add a person", do_person},
    {"say who has a duty", do_duty},
    {"remove an app", do_remove},
    {"sign out", do_end},
};

static str picture(struct admin_world *w)
{
    static const char *const MORE[] = {
        "SELECT count(*) || '/' || coalesce(sum(stage), 0) FROM web_session",
        "SELECT count(*) FROM person_link",
        "SELECT group_concat(id || is_confirmed || counter) FROM authenticator",
        "SELECT group_concat(hex(digest)) FROM recovery_code",
        "SELECT count(*) FROM second_try",
        "SELECT count(*) FROM passkey_challenge",
        "SELECT count(*) FROM duty",
        "SELECT group_concat(timezone) FROM person",
        "SELECT group_concat(email || phone || due) FROM contact_change",
        "SELECT count(*) FROM outbox",
    };
    str text = admin_world_picture(w);
    OWNED(session_done) struct session s = {0};
    must(w, session_read(&w->arena, w->store, &s));
    for (size_t i = 0; i < sizeof(MORE) / sizeof(MORE[0]); i++) {
        OWNED(db_query_done) struct db_query q = {0};
        bool has_row;
        must(w, db_query(&w->arena, s.db, MORE[i], DB_NO_ARGS, &q));
        must(w, db_next(&w->arena, &q, &has_row));
        text = arena_join(&w->arena, text, LIT("\n"), db_get_text(&q, 0));
    }
    return text;
}

/* Armed once the session is open, so that it is the verb whose calls fail. */
static err attempt(struct deeds *d, size_t which, uint64_t n)
{
    OWNED(session_done) struct session s = open_at(d->w, 0);
    d->web = find(d->w, &s, d->secret);
    admin_world_arm(d->w, n);
    err failure = DEEDS[which].run(d, &s);
    if (failure == NULL)
        failure = session_commit(&d->w->arena, &s);
    admin_world_arm(d->w, 0);
    return failure;
}

static void check_deed(struct deeds *d, size_t which)
{
    str before = picture(d->w);
    for (uint64_t n = 1; n < CALLS_MAX; n++) {
        str kept = d->secret;
        err failure = attempt(d, which, n);
        if (failure == NULL)
            return;
        d->secret = kept;
        str after = picture(d->w);
        if (!str_eq(before, after))
            fail_msg("%s, failing at call %llu, left\n%.*s\ninstead of\n%.*s", DEEDS[which].name,
                     (unsigned long long)n, STR_ARG(after), STR_ARG(before));
    }
    fail_msg("%s never succeeded", DEEDS[which].name);
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct admin_world *w = *state;
    struct deeds d = {.w = w, .who = add_clerk(w)};
    struct session s = open_at(w, 0);
    d.secret = begin(w, &s, d.who, false);
    add_app(w, &s, &d.secret);
    struct authenticators apps;
    must(w, authenticators_list(&w->arena, &s, d.who.person, &apps));
    d.app = apps.items[0].id;
    struct account_link link = {.person = EMAIL};
    must(w, account_make_link(&w->arena, &s, &link));
    d.link = link.secret;
    must(w, session_commit(&w->arena, &s));
    w->store->is_demo = true;
    const struct signing_chair chair = {
        .id = LIT("clerk"), .email = EMAIL, .title = LIT("Clerk"), .about = LIT("Alone")};
    must(w, signing_put_chair(&w->arena, w->store, &chair));
    for (size_t i = 0; i < sizeof(DEEDS) / sizeof(DEEDS[0]); i++)
        check_deed(&d, i);
}

int main(void)
{
#define WORLD(f) cmocka_unit_test_setup_teardown(f, admin_world_set_up, admin_world_tear_down)
    const struct CMUnitTest tests[] = {
        WORLD(sessions_end_by_themselves),
        WORLD(sessions_that_are_over_are_dropped),
        WORLD(links_last_two_weeks_and_end_with_a_password),
        WORLD(a_delayed_link_is_seen_before_it_opens),
        WORLD(a_second_step_is_due_once_there_is_an_app),
        WORLD(wrong_codes_are_counted_for_an_hour),
        WORLD(idempotency_keys_last_a_day),
        WORLD(every_verb_is_whole_or_nothing),
    };
    return cmocka_run_group_tests_name("service/signing", tests, NULL, NULL);
}
