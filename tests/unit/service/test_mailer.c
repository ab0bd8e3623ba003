/*
 * The outbox worked off under a given clock, with a relay that is told what to say (B15).
 */
#include "exchange.h"

#include "base/file.h"
#include "service/mailer.h"

/* A relay: what it says to the nth try, and what it was handed. */
struct relay {
    enum err_code says; /* ERR_CODE_COUNT: it takes everything */
    size_t tries;
    size_t taken;
    char newest[8192];
};

static err hand_in(struct arena *a, void *context, const struct smtp_mail *mail)
{
    struct relay *r = context;
    r->tries++;
    if (r->says != ERR_CODE_COUNT)
        return FAIL(a, r->says, "the relay says no");
    r->taken++;
    assert_true(mail->bytes.len < sizeof(r->newest));
    memcpy(r->newest, mail->bytes.at, mail->bytes.len);
    r->newest[mail->bytes.len] = 0;
    return NULL;
}

static void set_from(struct exchange *x)
{
    str path = arena_join(&x->arena, x->dir, LIT("/tocsin.conf"), (str){0});
    must(x, file_write(&x->arena, path, LIT("mail_from = calls@exchange.example\n"), 0600));
    must(x, store_reload_config(&x->arena, x->store, NULL));
}

static struct outbox_message put(struct exchange *x, str to)
{
    OWNED(session_done) struct session s = {0};
    struct outbox_message m = {.kind = LIT("invitation"),
                               .briefing = LIT("briefing--x"),
                               .recipient = to,
                               .subject = LIT("Call"),
                               .body = LIT("https://exchange.example/rsvp/" OUTBOX_SECRET "?"),
                               .calendar = LIT(""),
                               .secret = LIT("the-secret"),
                               .state = OUTBOX_WAITING};
    must(x, session_write(&x->arena, x->store, &s));
    must(x, outbox_add(&x->arena, &s, &m));
    must(x, session_commit(&x->arena, &s));
    return m;
}

static struct outbox_message get(struct exchange *x, str id)
{
    OWNED(session_done) struct session s = {0};
    struct outbox_message m;
    must(x, session_read(&x->arena, x->store, &s));
    must(x, outbox_get(&x->arena, &s, id, &m));
    return m;
}

static bool turn(struct exchange *x, struct relay *r, int64_t now_us)
{
    const struct mailer_way way = {.send = hand_in, .context = r};
    bool is_away;
    must(x, mailer_turn(&x->arena, x->store, &way, now_us, &is_away));
    return is_away;
}

static void a_message_goes_once_and_its_secret_is_forgotten(void **state)
{
    struct exchange *x = *state;
    struct relay r = {.says = ERR_CODE_COUNT};
    set_from(x);
    struct outbox_message m = put(x, LIT("a@example.org"));
    assert_false(turn(x, &r, m.created_us));
    assert_false(turn(x, &r, m.created_us + US_PER_DAY));
    assert_int_equal(r.tries, 1);
    assert_non_null(strstr(r.newest, "/rsvp/the-secret?"));
    struct outbox_message after = get(x, m.id);
    assert_int_equal(after.state, OUTBOX_SENT);
    assert_int_equal(after.secret.len, 0);
}

static void what_is_kept_goes_nowhere(void **state)
{
    struct exchange *x = *state;
    struct relay r = {.says = ERR_CODE_COUNT};
    set_from(x);
    OWNED(session_done) struct session s = {0};
    struct outbox_message m = {.recipient = LIT("a@example.org"), .state = OUTBOX_KEPT};
    must(x, session_write(&x->arena, x->store, &s));
    must(x, outbox_add(&x->arena, &s, &m));
    must(x, session_commit(&x->arena, &s));
    assert_false(turn(x, &r, m.created_us + US_PER_DAY));
    assert_int_equal(r.tries, 0);
}

/* Down for more than a day, then up again: nothing is lost, and the pauses grow. */
static void a_relay_that_is_down_for_a_day_is_asked_ever_less_and_then_takes_all(void **state)
{
    struct exchange *x = *state;
    struct relay r = {.says = ERR_IO};
    set_from(x);
    struct outbox_message m = put(x, LIT("a@example.org"));
    int64_t now_us = m.created_us, pause_us = 0;
    while (now_us < m.created_us + 30 * 3600 * US_PER_SECOND) {
        assert_true(turn(x, &r, now_us));
        struct outbox_message waiting = get(x, m.id);
        assert_int_equal(waiting.state, OUTBOX_WAITING);
        assert_true(waiting.due_us - now_us >= pause_us);
        assert_true(waiting.due_us - now_us <= MAILER_PAUSE_US_MAX);
        assert_false(turn(x, &r, waiting.due_us - 1)); /* not before */
        pause_us = waiting.due_us - now_us;
        now_us = waiting.due_us;
    }
    assert_true(r.tries > 8 && r.tries < 40);
    r.says = ERR_CODE_COUNT;
    assert_false(turn(x, &r, now_us));
    assert_int_equal(get(x, m.id).state, OUTBOX_SENT);
    assert_int_equal(r.taken, 1);
}

static void after_two_days_a_message_has_failed_and_says_why(void **state)
{
    struct exchange *x = *state;
    struct relay r = {.says = ERR_BUSY};
    set_from(x);
    struct outbox_message m = put(x, LIT("a@example.org"));
    for (int i = 0; i < 100 && m.state == OUTBOX_WAITING; i++) {
        turn(x, &r, m.due_us);
        m = get(x, m.id);
    }
    assert_int_equal(m.state, OUTBOX_FAILED);
    assert_true(str_find(m.failure, LIT("the relay says no")) < m.failure.len);
    assert_int_equal(m.secret.len, 0);
    assert_true(m.due_us - m.created_us > US_PER_DAY);
}

static void what_is_refused_for_good_is_tried_once_and_keeps_nobody_waiting(void **state)
{
    struct exchange *x = *state;
    struct relay r = {.says = ERR_INVALID};
    set_from(x);
    struct outbox_message one = put(x, LIT("a@example.org"));
    struct outbox_message bad = put(x, LIT("b@example.org\r\nRCPT TO:<eve@example.org>"));
    assert_false(turn(x, &r, one.created_us + US_PER_SECOND));
    assert_int_equal(get(x, one.id).state, OUTBOX_FAILED);
    assert_int_equal(get(x, bad.id).state, OUTBOX_FAILED);
    assert_int_equal(r.tries, 1); /* the relay never heard of the other */
}

static void a_relay_that_is_away_is_asked_for_one_message_only(void **state)
{
    struct exchange *x = *state;
    struct relay r = {.says = ERR_TIMEOUT};
    set_from(x);
    put(x, LIT("a@example.org"));
    struct outbox_message last = put(x, LIT("b@example.org"));
    assert_true(turn(x, &r, last.created_us));
    assert_int_equal(r.tries, 1);
    assert_int_equal(get(x, last.id).tries, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXCHANGE_TEST(a_message_goes_once_and_its_secret_is_forgotten),
        EXCHANGE_TEST(what_is_kept_goes_nowhere),
        EXCHANGE_TEST(a_relay_that_is_down_for_a_day_is_asked_ever_less_and_then_takes_all),
        EXCHANGE_TEST(after_two_days_a_message_has_failed_and_says_why),
        EXCHANGE_TEST(what_is_refused_for_good_is_tried_once_and_keeps_nobody_waiting),
        EXCHANGE_TEST(a_relay_that_is_away_is_asked_for_one_message_only),
    };
    return cmocka_run_group_tests_name("service/mailer", tests, NULL, NULL);
}
