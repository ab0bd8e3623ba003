/*
 * Writing mail, handing it over, and answering from a mailed link (B11, B15), with every call to
 * the database failing once: what is left is what was there before, and at the end it is done.
 */
#include "base/file.h"
#include "briefing_world.h"
#include "service/mailer.h"
#include "service/rsvp.h"
#include "store/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define CALLS_MAX 2000
/* The mail thread has a clock of its own: a call that is still to come by any. */
#define FAR_AHEAD "2090-08-31T14:30"

struct post {
    struct briefing_world *w;
    str secret; /* of oda's link */
    size_t taken;
};

static err write_mail(struct post *p)
{
    bool is_idle;
    return mail_piece(&p->w->admin->arena, p->w->admin->store, LIT("http://localhost"), &is_idle);
}

static err take(struct arena *a, void *context, const struct smtp_mail *mail)
{
    struct post *p = context;
    (void)a;
    assert_true(mail->bytes.len > 0);
    p->taken++;
    return NULL;
}

static err hand_over(struct post *p)
{
    const struct mailer_way way = {.send = take, .context = p};
    bool is_away;
    return mailer_turn(&p->w->admin->arena, p->w->admin->store, &way, INT64_MAX / 2, &is_away);
}

/* Opens the page of the link, in a session that writes. */
static err open_page(struct post *p, struct session *s, struct rsvp *out)
{
    TRY(session_write(&p->w->admin->arena, p->w->admin->store, s));
    s->now_us = p->w->now_us;
    return rsvp_open(&p->w->admin->arena, s, p->secret, out);
}

static err type_digits(struct post *p, str digits, bool is_expected)
{
    OWNED(session_done) struct session s = {0};
    struct rsvp page;
    bool is_right;
    TRY(open_page(p, &s, &page));
    TRY(rsvp_try_digits(&p->w->admin->arena, &s, &page, digits, &is_right));
    assert_int_equal(is_right, is_expected);
    return session_commit(&p->w->admin->arena, &s);
}

static err type_wrong_digits(struct post *p)
{
    return type_digits(p, LIT("0000"), false);
}

static err type_right_digits(struct post *p)
{
    return type_digits(p, LIT("0127"), true);
}

static err answer(struct post *p)
{
    OWNED(session_done) struct session s = {0};
    struct rsvp page;
    const struct briefing_reply reply = {.answer = ABOUT_YES};
    TRY(open_page(p, &s, &page));
    TRY(rsvp_answer(&p->w->admin->arena, &s, &page, &reply));
    return session_commit(&p->w->admin->arena, &s);
}

static const struct {
    const char *name;
    err (*run)(struct post *p);
    bool looks_for_more; /* done already when it fails at the look for the next one */
} DEEDS[] = {{"write the mail", write_mail, false},
             {"type wrong digits", type_wrong_digits, false},
             {"type the right ones", type_right_digits, false},
             {"answer", answer, false},
             {"hand a message over", hand_over, true}};

static str text_of(struct post *p, const char *sql)
{
    OWNED(session_done) struct session s = {0};
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    must(p->w->admin, session_read(&p->w->admin->arena, p->w->admin->store, &s));
    must(p->w->admin, db_query(&p->w->admin->arena, s.db, sql, DB_NO_ARGS, &q));
    must(p->w->admin, db_next(&p->w->admin->arena, &q, &has_row));
    return has_row ? arena_copy(&p->w->admin->arena, db_get_text(&q, 0)) : (str){0};
}

static str picture(struct post *p)
{
    static const char *const PARTS[] = {
        "SELECT count(*) || '/' || coalesce(sum(tries), 0) || coalesce(group_concat(state), '') "
        "FROM outbox",
        "SELECT coalesce(group_concat(after), '') FROM mail_round",
        "SELECT count(*) || '/' || coalesce(sum(wrong_digits), 0) FROM mail_told",
        "SELECT '' || count(*) FROM rsvp_link",
    };
    str text = admin_world_picture(p->w->admin);
    for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++)
        text = arena_join(&p->w->admin->arena, text, LIT("\n"), text_of(p, PARTS[i]));
    return text;
}

static void check_deed(struct post *p, size_t which)
{
    str before = picture(p);
    for (uint64_t n = 1; n < CALLS_MAX; n++) {
        admin_world_arm(p->w->admin, n);
        err failure = DEEDS[which].run(p);
        admin_world_arm(p->w->admin, 0);
        str after = picture(p);
        if (failure == NULL) {
            assert_true(n > 3); /* it did call the database */
            if (str_eq(before, after))
                fail_msg("%s did nothing", DEEDS[which].name);
            return;
        }
        if (DEEDS[which].looks_for_more && !str_eq(before, after))
            return;
        if (!str_eq(before, after))
            fail_msg("%s, failing at call %llu, left\n%.*s\ninstead of\n%.*s", DEEDS[which].name,
                     (unsigned long long)n, STR_ARG(after), STR_ARG(before));
    }
    fail_msg("%s never succeeded", DEEDS[which].name);
}

static void change(struct post *p, const char *sql)
{
    OWNED(session_done) struct session s = {0};
    must(p->w->admin, session_write(&p->w->admin->arena, p->w->admin->store, &s));
    must(p->w->admin, db_run(&p->w->admin->arena, s.db, sql, DB_NO_ARGS));
    must(p->w->admin, session_commit(&p->w->admin->arena, &s));
}

static void set_from(struct post *p)
{
    struct admin_world *w = p->w->admin;
    str path = arena_join(&w->arena, w->store->dir, LIT("/tocsin.conf"), (str){0});
    must(w, file_write(&w->arena, path, LIT("mail_from = calls@exchange.example\n"), 0600));
    must(w, store_reload_config(&w->arena, w->store, NULL));
}

static void invite_far_ahead(struct post *p)
{
    struct arena *a = &p->w->admin->arena;
    struct briefing_input input = briefing_world_input(p->w);
    OWNED(briefing_turn_done) struct briefing_turn t = {0};
    input.when.local = LIT(FAR_AHEAD);
    must(p->w->admin, briefing_turn_begin(p->w, "ann", true, &t));
    must(p->w->admin, briefing_make(a, &t.s, &t.r, &input, &p->w->id));
    must(p->w->admin, session_commit(a, &t.s));
    must(p->w->admin, briefing_world_agree(p->w, "pat"));
    must(p->w->admin, briefing_world_send(p->w, 3));
    must(p->w->admin, briefing_world_send_all(p->w));
}

static void find_secret(struct post *p)
{
    OWNED(session_done) struct session s = {0};
    struct outbox_message m;
    str id = text_of(p, "SELECT id FROM outbox WHERE recipient = 'oda@example.org'");
    must(p->w->admin, session_read(&p->w->admin->arena, p->w->admin->store, &s));
    must(p->w->admin, outbox_get(&p->w->admin->arena, &s, id, &m));
    p->secret = m.secret;
}

static void every_verb_is_whole_or_nothing(void **state)
{
    struct post p = {.w = *state};
    uint64_t rows;
    set_from(&p);
    change(&p, "UPDATE person SET phone = '303-555-0127'");
    invite_far_ahead(&p);
    for (size_t i = 0; i < sizeof(DEEDS) / sizeof(DEEDS[0]); i++) {
        if (DEEDS[i].run == hand_over) /* one of them; kept ones go nowhere */
            change(&p, "UPDATE outbox SET state = 0 WHERE recipient = 'gus@example.org'");
        check_deed(&p, i);
        if (DEEDS[i].run == write_mail)
            find_secret(&p);
    }
    assert_true(p.taken > 0);
    OWNED(session_done) struct session s = {0};
    must(p.w->admin, session_read(&p.w->admin->arena, p.w->admin->store, &s));
    must(p.w->admin, audit_verify(&p.w->admin->arena, &s, NULL, &rows)); /* R3 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_verb_is_whole_or_nothing, briefing_world_set_up,
                                        briefing_world_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
