/*
 * Signing in against a real store: every kind of credential, right and wrong (S10 to S12, G10).
 */
#include "service/login.h"

#include "base/clock.h"
#include "base/num.h"
#include "service/login_queue.h"
#include "service/login_throttle.h"
#include "store/members.h"
#include "store/people.h"
#include "store/tokens.h"

#include <ftw.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define PASSWORD "correct horse: battery"
#define HOME LIT("192.0.2.7")
#define WRONG_WORDS "These credentials are wrong, have expired or were revoked"

static const unsigned char FINGERPRINT[SECRET_DIGEST_BYTES] = {1, 2, 3};
static const unsigned char REVOKED_FINGERPRINT[SECRET_DIGEST_BYTES] = {1, 2, 4};
static const unsigned char STRANGE_FINGERPRINT[SECRET_DIGEST_BYTES] = {1, 2, 5};

struct world {
    struct arena arena;
    char folder[64];
    struct store *store;
    struct login *login;
    str encoded; /* PASSWORD, hashed */
    int64_t ohio;
    int64_t iowa;
    int64_t gone;  /* an organization that is suspended */
    str token;     /* of Ohio */
    str annas;     /* of anna, for Ohio */
    str revoked;   /* of Ohio */
    str passing;   /* of Ohio; expires in an hour */
    str suspended; /* of Gone */
    str strangers; /* of sam, who is suspended, for Ohio */
    str elsewhere; /* of anna, for Iowa where she is not */
};

static void must(struct world *w, err e)
{
    if (e) {
        print_error("%.*s\n", STR_ARG(error_text(&w->arena, e)));
        abort();
    }
}

static int64_t add_org(struct world *w, struct session *s, str name)
{
    const struct member_org org = {
        .name = name, .sector = LIT("state"), .ceiling = TLP_RED, .status = LIT("member")};
    str id;
    must(w, members_add(&w->arena, s, &org, &id));
    return policy_org_by_id(s->policy, id)->n;
}

static int64_t add_person(struct world *w, struct session *s, str email, int64_t org, str encoded)
{
    const struct person_entry person = {.email = email,
                                        .name = LIT("Somebody"),
                                        .password = encoded,
                                        .org = org,
                                        .roles = 1u << ROLE_PUBLISHER};
    str id;
    bool is_new;
    must(w, people_add(&w->arena, s, &person, &id, &is_new));
    return policy_person_by_email(s->policy, email)->n;
}

static int64_t add_token(struct world *w, struct session *s, struct token_entry entry)
{
    str id;
    entry.name = LIT("poller");
    must(w, tokens_add(&w->arena, s, &entry, &id));
    const struct policy_token *t = map_get(&s->policy->token_by_id, id);
    return t->n;
}

static str add_bearer(struct world *w, struct session *s, struct token_entry entry, int64_t *n)
{
    str secret = tokens_new_secret(&w->arena);
    unsigned char digest[SECRET_DIGEST_BYTES];
    tokens_digest(&w->store->keys, secret, digest);
    entry.digest = (str){(const char *)digest, sizeof(digest)};
    int64_t number = add_token(w, s, entry);
    if (n)
        *n = number;
    return secret;
}

static void add_certificate(struct world *w, struct session *s, const unsigned char *fingerprint,
                            bool is_revoked)
{
    int64_t n = add_token(w, s,
                          (struct token_entry){.is_certificate = true,
                                               .digest = {(const char *)fingerprint, 32},
                                               .org = w->ohio});
    if (is_revoked)
        must(w, tokens_revoke(&w->arena, s, n));
}

static void fill_tokens(struct world *w, struct session *s, int64_t anna, int64_t sam)
{
    int64_t n;
    w->token = add_bearer(w, s, (struct token_entry){.org = w->ohio}, NULL);
    w->annas = add_bearer(w, s, (struct token_entry){.org = w->ohio, .person = anna}, NULL);
    w->elsewhere = add_bearer(w, s, (struct token_entry){.org = w->iowa, .person = anna}, NULL);
    w->strangers = add_bearer(w, s, (struct token_entry){.org = w->ohio, .person = sam}, NULL);
    w->suspended = add_bearer(w, s, (struct token_entry){.org = w->gone}, NULL);
    w->passing = add_bearer(
        w, s, (struct token_entry){.org = w->ohio, .expires_us = s->now_us + 3600 * US_PER_SECOND},
        NULL);
    w->revoked = add_bearer(w, s, (struct token_entry){.org = w->ohio}, &n);
    must(w, tokens_revoke(&w->arena, s, n));
    add_certificate(w, s, FINGERPRINT, false);
    add_certificate(w, s, REVOKED_FINGERPRINT, true);
}

static void fill(struct world *w)
{
    OWNED(session_done) struct session s = {0};
    must(w, secret_password_hash(&w->arena, LIT(PASSWORD), &w->encoded));
    must(w, session_write(&w->arena, w->store, &s));
    w->ohio = add_org(w, &s, LIT("Ohio"));
    w->iowa = add_org(w, &s, LIT("Iowa"));
    w->gone = add_org(w, &s, LIT("Gone"));
    int64_t anna = add_person(w, &s, LIT("anna@ohio.example"), w->ohio, w->encoded);
    int64_t sam = add_person(w, &s, LIT("sam@ohio.example"), w->ohio, w->encoded);
    add_person(w, &s, LIT("both@ohio.example"), w->ohio, w->encoded);
    add_person(w, &s, LIT("both@ohio.example"), w->iowa, (str){0});
    add_person(w, &s, LIT("half@ohio.example"), w->ohio, w->encoded);
    add_person(w, &s, LIT("half@ohio.example"), w->gone, (str){0});
    add_person(w, &s, LIT("none@gone.example"), w->gone, w->encoded);
    add_person(w, &s, LIT("blank@ohio.example"), w->ohio, (str){0});
    fill_tokens(w, &s, anna, sam);
    must(w, people_suspend(&w->arena, &s, sam, true));
    str gone = policy_org(s.policy, w->gone)->id;
    must(w, members_suspend(&w->arena, &s, gone, true));
    must(w, session_commit(&w->arena, &s));
}

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    ASSERT(w != NULL);
    strcpy(w->folder, "/tmp/tocsin-login-XXXXXX");
    ASSERT(mkdtemp(w->folder) != NULL);
    str dir = arena_join(&w->arena, str_of(w->folder), LIT("/"), LIT("data"));
    must(w, store_create(&w->arena, &(struct store_init){.dir = dir, .name = LIT("Test")}));
    must(w, store_open(&w->arena, dir, &w->store));
    fill(w);
    must(w, login_open(&w->arena, w->store, &w->login));
    *state = w;
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    return remove(path);
}

static int tear_down(void **state)
{
    struct world *w = *state;
    login_close(w->login);
    store_close(w->store);
    nftw(w->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&w->arena);
    free(w);
    return 0;
}

/* What came of a sign-in. */
struct answer {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned calls;
    int code; /* -1: signed in */
    char text[200];
    struct identity who;
};

static void answer_init(struct answer *r)
{
    *r = (struct answer){.code = -1};
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->changed, NULL);
}

static void answer_done(struct answer *r)
{
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->lock);
}

static void take_answer(void *context, err failure, const struct identity *who)
{
    struct answer *r = context;
    pthread_mutex_lock(&r->lock);
    r->calls++;
    r->code = failure ? (int)failure->code : -1;
    if (failure)
        snprintf(r->text, sizeof(r->text), "%.*s", STR_ARG(failure->text));
    else
        r->who = *who;
    pthread_cond_signal(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

static void wait_for(struct answer *r)
{
    pthread_mutex_lock(&r->lock);
    while (r->calls == 0)
        pthread_cond_wait(&r->changed, &r->lock);
    pthread_mutex_unlock(&r->lock);
}

/* The whole way of a request, `later_us` after now; true if a password had to be hashed. */
static bool sign_in_later(struct world *w, const struct credentials *c, int64_t later_us,
                          struct answer *r)
{
    OWNED(arena_done) struct arena a = {0};
    struct session s = {0};
    bool needs_hashing = false;
    struct identity who = {0};
    must(w, session_read(&a, w->store, &s));
    s.now_us += later_us;
    err failure = login_now(&a, &s, w->login, c, &who, &needs_hashing);
    session_done(&s);
    if (failure == NULL && needs_hashing)
        failure = login_later(&a, w->login, c, take_answer, r);
    if (failure || !needs_hashing)
        take_answer(r, failure, &who);
    wait_for(r);
    return needs_hashing;
}

static bool sign_in(struct world *w, const struct credentials *c, struct answer *r)
{
    answer_init(r);
    bool is_hashed = sign_in_later(w, c, 0, r);
    answer_done(r);
    return is_hashed;
}

static str bearer(struct world *w, str secret)
{
    return arena_join(&w->arena, LIT("Bearer "), secret, (str){0});
}

static str basic(struct world *w, const char *account, str password)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    str plain = arena_join(&w->arena, str_of(account), LIT(":"), password);
    OWNED(buf_done) struct buf b;
    buf_init(&b, 4096);
    buf_put(&b, LIT("Basic "));
    for (size_t i = 0; i < plain.len; i += 3) {
        uint32_t n = 0;
        for (size_t k = 0; k < 3; k++)
            n = n << 8 | (i + k < plain.len ? (unsigned char)plain.at[i + k] : 0);
        for (unsigned k = 0; k < 4; k++)
            buf_put_char(&b, i + k > plain.len ? '=' : DIGITS[n >> (18 - 6 * k) & 63]);
    }
    return arena_copy(&w->arena, buf_str(&b));
}

static struct answer try_header(struct world *w, str header)
{
    struct answer r;
    const struct credentials c = {.authorization = header, .peer = HOME};
    sign_in(w, &c, &r);
    return r;
}

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
    const str secrets[] = {w->revoked,   w->suspended, w->strangers,
                           w->elsewhere, LIT("x"),     str_part(w->token, 0, w->token.len - 1)};
    for (size_t i = 0; i < COUNT_OF(secrets); i++) {
        struct answer r = try_header(w, bearer(w, secrets[i]));
        assert_int_equal(r.code, ERR_UNAUTHENTICATED);
        assert_string_equal(r.text, WRONG_WORDS);
    }
    /* The digest of a certificate is no secret: nobody signs in with it as a token. */
    str fingerprint = secret_hex(&w->arena, FINGERPRINT, sizeof(FINGERPRINT));
    assert_int_equal(try_header(w, bearer(w, fingerprint)).code, ERR_UNAUTHENTICATED);
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

/* Anything that moves the policy. */
static void change_policy(struct world *w)
{
    OWNED(session_done) struct session s = {0};
    must(w, session_write(&w->arena, w->store, &s));
    must(w, session_policy_changed(&w->arena, &s));
    must(w, session_commit(&w->arena, &s));
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

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
