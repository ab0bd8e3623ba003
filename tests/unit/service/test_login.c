/*
 * Signing in against a real store: every kind of credential, right and wrong (S10 to S12, G10).
 */
#include "login_world.h"

#include "base/clock.h"
#include "base/num.h"
#include "service/login_throttle.h"
#include "store/people.h"
#include "store/tokens.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void refuses_headers_that_it_cannot_read(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *header;
        int code;
    } CASES[] = {
        {"Bearer", ERR_INPUT},
        {"Bearer ", ERR_INPUT},
        {"Bearer two words", ERR_INPUT},
        {"Basic", ERR_INPUT},
        {"Basic !!!!", ERR_INPUT},
        {"Basic YW5uYQ", ERR_INPUT},   /* no padding */
        {"Basic YW5uYQ==", ERR_INPUT}, /* no colon */
        {"Digest username=anna", ERR_UNAUTHENTICATED},
        {"Negotiate YII=", ERR_UNAUTHENTICATED},
        {"tocsin_abc", ERR_UNAUTHENTICATED},
        {" ", ERR_UNAUTHENTICATED},
        {"Bearer tocsin_abc", ERR_UNAUTHENTICATED},
        {"bEARER   tocsin_abc ", ERR_UNAUTHENTICATED},
    };
    uint64_t before = login_hashed(w->login);
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_int_equal(try_header(w, str_of(CASES[i].header)).code, CASES[i].code);
    assert_int_equal(login_hashed(w->login), before);
}

static void nobody_in_particular_is_anonymous(void **state)
{
    struct world *w = *state;
    struct answer r = try_header(w, (str){0});
    assert_int_equal(r.code, -1);
    assert_int_equal(r.who.org + r.who.person + r.who.token, 0);
}

/* S10, G10. */
static void a_token_signs_in_without_hashing(void **state)
{
    struct world *w = *state;
    uint64_t before = login_hashed(w->login);
    const str headers[] = {bearer(w, w->token),
                           arena_join(&w->arena, LIT("beARer  "), w->token, LIT(" ")),
                           basic(w, "token", w->token),
                           basic(w, "", w->token),
                           basic(w, "whoever@example.org", w->token),
                           bearer(w, w->passing)};
    for (size_t i = 0; i < COUNT_OF(headers); i++) {
        struct answer r = try_header(w, headers[i]);
        assert_int_equal(r.code, -1);
        assert_int_equal(r.who.org, w->ohio);
        assert_int_equal(r.who.person, 0);
        assert_true(r.who.token > 0);
    }
    struct answer r = try_header(w, bearer(w, w->annas));
    assert_true(r.code == -1 && r.who.person > 0 && r.who.token > 0);
    assert_int_equal(login_hashed(w->login), before);
}

static void tokens_that_are_not_good_are_refused_in_the_same_words(void **state)
{
    struct world *w = *state;
    const str cut = str_part(w->token, 0, w->token.len - 1);
    const str secrets[] = {w->dressed, w->revoked, w->suspended, w->strangers, w->elsewhere, cut};
    for (size_t i = 0; i < COUNT_OF(secrets); i++) {
        const str headers[] = {bearer(w, secrets[i]), basic(w, "token", secrets[i])};
        for (size_t k = 0; k < COUNT_OF(headers); k++) {
            struct answer r = try_header(w, headers[k]);
            assert_int_equal(r.code, ERR_UNAUTHENTICATED);
            assert_string_equal(r.text, WRONG_WORDS);
        }
    }
}

static void a_token_ends_when_it_expires(void **state)
{
    struct world *w = *state;
    struct answer r;
    const struct credentials c = {.authorization = bearer(w, w->passing), .peer = HOME};
    answer_init(&r);
    sign_in_later(w, &c, 3601 * US_PER_SECOND, &r);
    assert_int_equal(r.code, ERR_UNAUTHENTICATED);
    assert_string_equal(r.text, WRONG_WORDS);
    answer_done(&r);
}

static void a_certificate_counts_where_nothing_else_is_said(void **state)
{
    struct world *w = *state;
    struct answer r;
    struct credentials c = {.fingerprint = FINGERPRINT, .peer = HOME};
    sign_in(w, &c, &r);
    assert_true(r.code == -1 && r.who.org == w->ohio && r.who.token > 0);
    c.authorization = bearer(w, w->revoked);
    sign_in(w, &c, &r);
    assert_int_equal(r.code, ERR_UNAUTHENTICATED);
    c = (struct credentials){.fingerprint = STRANGE_FINGERPRINT, .peer = HOME};
    sign_in(w, &c, &r);
    assert_true(r.code == -1 && r.who.org == 0);
    c.fingerprint = REVOKED_FINGERPRINT;
    sign_in(w, &c, &r);
    assert_int_equal(r.code, ERR_UNAUTHENTICATED);
}

/* S11: whatever is wrong, one hash, one kind of answer. S12: several organizations. */
static void passwords_cost_one_hash_each_whoever_asks(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *account;
        const char *password;
        int code;
    } CASES[] = {
        {"anna@ohio.example", PASSWORD, -1},
        {"half@ohio.example", PASSWORD, -1},
        {"both@ohio.example", PASSWORD, ERR_FORBIDDEN},
        {"both@ohio.example", "wrong", ERR_UNAUTHENTICATED},
        {"anna@ohio.example", "wrong", ERR_UNAUTHENTICATED},
        {"anna@ohio.example", "", ERR_UNAUTHENTICATED},
        {"unknown@ohio.example", PASSWORD, ERR_UNAUTHENTICATED},
        {"", "", ERR_UNAUTHENTICATED},
        {"sam@ohio.example", PASSWORD, ERR_UNAUTHENTICATED},
        {"none@gone.example", PASSWORD, ERR_UNAUTHENTICATED},
        {"blank@ohio.example", "", ERR_UNAUTHENTICATED},
        {"sam@ohio.example", PASSWORD, ERR_UNAUTHENTICATED}, /* not remembered: he is suspended */
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        uint64_t before = login_hashed(w->login);
        struct answer r = try_header(w, basic(w, CASES[i].account, str_of(CASES[i].password)));
        assert_int_equal(r.code, CASES[i].code);
        assert_int_equal(r.calls, 1);
        assert_int_equal(login_hashed(w->login), before + 1);
        if (r.code == ERR_UNAUTHENTICATED)
            assert_string_equal(r.text, WRONG_WORDS);
        if (r.code == -1)
            assert_true(r.who.org == w->ohio && r.who.person > 0 && r.who.token == 0);
    }
}

/* S10. */
static void a_verified_password_is_remembered_until_the_policy_changes(void **state)
{
    struct world *w = *state;
    str header = basic(w, "Anna@Ohio.Example", LIT(PASSWORD));
    const struct credentials c = {.authorization = header, .peer = HOME};
    struct answer r;
    assert_true(sign_in(w, &c, &r));
    assert_int_equal(r.code, -1);
    assert_false(sign_in(w, &c, &r));
    assert_true(r.code == -1 && r.who.org == w->ohio);
    assert_int_equal(try_header(w, basic(w, "anna@ohio.example", LIT("wrong"))).code,
                     ERR_UNAUTHENTICATED);
    assert_false(sign_in(w, &c, &r));
    change_policy(w);
    assert_true(sign_in(w, &c, &r));
    assert_int_equal(r.code, -1);
}

/* B6, S10: whatever was remembered of the same account, a page asks and hashes each time. */
static void a_forms_password_is_asked_anew_each_time(void **state)
{
    struct world *w = *state;
    const struct credentials c = {.authorization = basic(w, "anna@ohio.example", LIT(PASSWORD)),
                                  .peer = HOME};
    struct login_form form = {
        .email = LIT("anna@ohio.example"), .password = LIT(PASSWORD), .peer = HOME};
    struct answer r;
    uint64_t before = login_hashed(w->login);
    for (uint64_t i = 1; i <= 3; i++) {
        assert_int_equal(try_form(w, &form).code, -1);
        assert_int_equal(login_hashed(w->login), before + i);
    }
    assert_true(sign_in(w, &c, &r)); /* what a form brought is remembered for nobody else */
    assert_false(sign_in(w, &c, &r));
    assert_int_equal(try_form(w, &form).code, -1);
    assert_int_equal(login_hashed(w->login), before + 5);
    form.password = LIT("wrong");
    assert_int_equal(try_form(w, &form).code, ERR_UNAUTHENTICATED);
    assert_int_equal(login_hashed(w->login), before + 6);
}

static void a_new_password_ends_the_old_one_at_once(void **state)
{
    struct world *w = *state;
    str old = basic(w, "anna@ohio.example", LIT(PASSWORD));
    assert_int_equal(try_header(w, old).code, -1);
    {
        OWNED(session_done) struct session s = {0};
        str encoded;
        must(w, secret_password_hash(&w->arena, LIT("another"), &encoded));
        must(w, session_write(&w->arena, w->store, &s));
        int64_t anna = policy_person_by_email(s.policy, LIT("anna@ohio.example"))->n;
        must(w, people_set_password(&w->arena, &s, anna, encoded));
        must(w, session_commit(&w->arena, &s));
    }
    assert_int_equal(try_header(w, old).code, ERR_UNAUTHENTICATED);
    assert_int_equal(try_header(w, basic(w, "anna@ohio.example", LIT("another"))).code, -1);
}

/* S12: remembered too, so that asking again costs nothing. */
static void several_organizations_are_told_to_use_tokens(void **state)
{
    struct world *w = *state;
    const struct credentials c = {.authorization = basic(w, "both@ohio.example", LIT(PASSWORD)),
                                  .peer = HOME};
    struct answer r;
    assert_true(sign_in(w, &c, &r));
    assert_int_equal(r.code, ERR_FORBIDDEN);
    assert_non_null(strstr(r.text, "token"));
    assert_false(sign_in(w, &c, &r));
    assert_int_equal(r.code, ERR_FORBIDDEN);
}

/* S11, for an account that exists and for one that does not. */
static void after_thirty_failures_only_wrong_passwords_must_wait(void **state)
{
    struct world *w = *state;
    static const char *const ACCOUNTS[] = {"anna@ohio.example", "unknown@ohio.example"};
    for (size_t i = 0; i < COUNT_OF(ACCOUNTS); i++) {
        str wrong = basic(w, ACCOUNTS[i], LIT("wrong"));
        for (unsigned n = 0; n < LOGIN_FAILURES_FREE; n++)
            assert_int_equal(try_header(w, wrong).code, ERR_UNAUTHENTICATED);
        assert_int_equal(try_header(w, wrong).code, ERR_THROTTLED);
        struct credentials c = {.authorization = wrong, .peer = HOME};
        assert_in_range(login_retry_seconds(w->login, &c), 2, 60);
        c.peer = LIT("198.51.100.1");
        assert_int_equal(login_retry_seconds(w->login, &c), 1);
    }
    str right = basic(w, "anna@ohio.example", LIT(PASSWORD));
    assert_int_equal(try_header(w, right).code, -1);
    const struct credentials c = {.authorization = right, .peer = HOME};
    struct answer r;
    assert_false(sign_in(w, &c, &r));
    assert_int_equal(r.code, -1);
}

static void an_address_of_ipv6_stands_for_its_network(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *peer;
        bool is_same;
    } CASES[] = {
        {"2001:db8:0:1::9", true},
        {"2001:db8:0:1:ffff:1:2:3", true},
        {"2001:db8:0:2::9", false},
        {"::ffff:192.0.2.7", false},
    };
    struct credentials c = {.authorization = basic(w, "someone@ohio.example", LIT("wrong")),
                            .peer = LIT("2001:db8:0:1::7")};
    struct answer r;
    for (unsigned n = 0; n <= LOGIN_FAILURES_FREE; n++)
        sign_in(w, &c, &r);
    assert_int_equal(r.code, ERR_THROTTLED);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        c.peer = str_of(CASES[i].peer);
        assert_int_equal(login_retry_seconds(w->login, &c) > 1, CASES[i].is_same);
    }
}

/* G10. */
static void a_reader_is_made_from_the_policy_of_the_request(void **state)
{
    struct world *w = *state;
    struct identity who = try_header(w, bearer(w, w->annas)).who;
    OWNED(session_done) struct session s = {0};
    must(w, session_read(&w->arena, w->store, &s));
    struct reader reader;
    must(w, login_reader(&w->arena, &s, &who, &reader));
    assert_true(reader.org->n == w->ohio && reader.person != NULL && reader.token != NULL);
    must(w, login_reader(&w->arena, &s, &(struct identity){0}, &reader));
    assert_null(reader.org);
    session_done(&s);

    must(w, session_write(&w->arena, w->store, &s));
    must(w, tokens_revoke(&w->arena, &s, who.token));
    must(w, session_commit(&w->arena, &s));
    session_done(&s);

    must(w, session_read(&w->arena, w->store, &s));
    err failure = login_reader(&w->arena, &s, &who, &reader);
    assert_true(failure && failure->code == ERR_UNAUTHENTICATED);
}

#define WAITING 20u

/* S10: full is 503. Whoever waits when the exchange stops is told, once. */
static void closing_answers_all_who_wait(void **state)
{
    struct world *w = *state;
    static struct answer answers[WAITING];
    const struct credentials c = {.authorization = basic(w, "anna@ohio.example", LIT("wrong")),
                                  .peer = HOME};
    unsigned turned_away = 0;
    for (unsigned i = 0; i < WAITING; i++) {
        answer_init(&answers[i]);
        err failure = login_later(&w->arena, w->login, &c, take_answer, &answers[i]);
        if (failure) {
            assert_int_equal(failure->code, ERR_BUSY);
            turned_away++;
            answers[i].calls = 1;
        }
    }
    assert_true(turned_away > 0);
    login_close(w->login);
    w->login = NULL;
    for (unsigned i = 0; i < WAITING; i++) {
        assert_int_equal(answers[i].calls, 1);
        assert_true(answers[i].code == -1 || answers[i].code == ERR_BUSY ||
                    answers[i].code == ERR_UNAUTHENTICATED);
        answer_done(&answers[i]);
    }
}

#define THREADS 4u
#define ROUNDS 8u

struct crowd {
    struct world *w;
    struct credentials c;
    unsigned wrong;
};

static void *ask_again_and_again(void *context)
{
    struct crowd *crowd = context;
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct answer r;
        sign_in(crowd->w, &crowd->c, &r);
        crowd->wrong += r.code != -1;
    }
    return NULL;
}

static void right_passwords_get_in_from_many_threads_while_policy_changes(void **state)
{
    struct world *w = *state;
    static const char *const PEERS[THREADS] = {"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.3"};
    struct crowd crowds[THREADS];
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        crowds[i] = (struct crowd){
            .w = w, .c = {basic(w, "anna@ohio.example", LIT(PASSWORD)), NULL, str_of(PEERS[i])}};
        assert_int_equal(pthread_create(&threads[i], NULL, ask_again_and_again, &crowds[i]), 0);
    }
    for (unsigned i = 0; i < ROUNDS; i++)
        change_policy(w);
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(crowds[i].wrong, 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_set_up, world_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(refuses_headers_that_it_cannot_read),
        TEST(nobody_in_particular_is_anonymous),
        TEST(a_token_signs_in_without_hashing),
        TEST(tokens_that_are_not_good_are_refused_in_the_same_words),
        TEST(a_token_ends_when_it_expires),
        TEST(a_certificate_counts_where_nothing_else_is_said),
        TEST(passwords_cost_one_hash_each_whoever_asks),
        TEST(a_verified_password_is_remembered_until_the_policy_changes),
        TEST(a_forms_password_is_asked_anew_each_time),
        TEST(a_new_password_ends_the_old_one_at_once),
        TEST(several_organizations_are_told_to_use_tokens),
        TEST(after_thirty_failures_only_wrong_passwords_must_wait),
        TEST(an_address_of_ipv6_stands_for_its_network),
        TEST(a_reader_is_made_from_the_policy_of_the_request),
        TEST(closing_answers_all_who_wait),
        TEST(right_passwords_get_in_from_many_threads_while_policy_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
