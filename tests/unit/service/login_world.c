/*
 * The world of the tests of signing in.
 */
#include "login_world.h"

#include "base/clock.h"
#include "store/members.h"
#include "store/people.h"
#include "store/tokens.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

const unsigned char FINGERPRINT[SECRET_DIGEST_BYTES] = {1, 2, 3};
const unsigned char REVOKED_FINGERPRINT[SECRET_DIGEST_BYTES] = {1, 2, 4};
const unsigned char STRANGE_FINGERPRINT[SECRET_DIGEST_BYTES] = {1, 2, 5};

void must(struct world *w, err e)
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
    w->dressed =
        add_bearer(w, s, (struct token_entry){.org = w->ohio, .is_certificate = true}, NULL);
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
    str gone = arena_copy(&w->arena, policy_org(s.policy, w->gone)->id);
    must(w, members_suspend(&w->arena, &s, gone, true));
    must(w, session_commit(&w->arena, &s));
}

int world_set_up(void **state)
{
    struct world *w = calloc(1, sizeof(*w));
    ASSERT(w != NULL);
    snprintf(w->folder, sizeof(w->folder), "/tmp/tocsin-login-XXXXXX");
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

int world_tear_down(void **state)
{
    struct world *w = *state;
    login_close(w->login);
    store_close(w->store);
    nftw(w->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&w->arena);
    free(w);
    return 0;
}

void answer_init(struct answer *r)
{
    *r = (struct answer){.code = -1};
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->changed, NULL);
}

void answer_done(struct answer *r)
{
    pthread_cond_destroy(&r->changed);
    pthread_mutex_destroy(&r->lock);
}

void take_answer(void *context, err failure, const struct identity *who)
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

bool sign_in_later(struct world *w, const struct credentials *c, int64_t later_us, struct answer *r)
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

bool sign_in(struct world *w, const struct credentials *c, struct answer *r)
{
    answer_init(r);
    bool is_hashed = sign_in_later(w, c, 0, r);
    answer_done(r);
    return is_hashed;
}

struct answer try_form(struct world *w, const struct login_form *form)
{
    struct answer r;
    answer_init(&r);
    err busy = login_form_later(&w->arena, w->login, form, take_answer, &r);
    if (busy)
        take_answer(&r, busy, NULL);
    wait_for(&r);
    answer_done(&r);
    return r;
}

str bearer(struct world *w, str secret)
{
    return arena_join(&w->arena, LIT("Bearer "), secret, (str){0});
}

str basic(struct world *w, const char *account, str password)
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

struct answer try_header(struct world *w, str header)
{
    struct answer r;
    const struct credentials c = {.authorization = header, .peer = HOME};
    sign_in(w, &c, &r);
    return r;
}

void change_policy(struct world *w)
{
    OWNED(session_done) struct session s = {0};
    must(w, session_write(&w->arena, w->store, &s));
    must(w, session_policy_changed(&w->arena, &s));
    must(w, session_commit(&w->arena, &s));
}
