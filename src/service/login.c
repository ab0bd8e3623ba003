/*
 * Credentials read, tokens and certificates looked up, passwords sent to the hashing thread.
 *
 * Whoever fails hears the same words, whatever was wrong. A password is verified even while its
 * account is throttled, so that a right one always gets in; an account that does not exist is
 * verified against a hash that nobody knows the password of, and takes the same way throughout.
 */
#include "service/login.h"

#include "http/server.h"
#include "service/login_cache.h"
#include "service/login_queue.h"
#include "service/login_throttle.h"
#include "store/tokens.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

struct login {
    struct store *store;
    struct login_queue *queue;
    struct login_cache *cache;
    struct login_throttle *throttle;
    unsigned char peer_key[SECRET_HASH_KEY_BYTES];
    str nobody; /* an encoded hash that no password matches */
    uint64_t hashed;
    struct arena arena;
};

static err make_nobody(struct arena *a, struct login *l)
{
    unsigned char password[SECRET_KEY_BYTES];
    secret_random(password, sizeof(password));
    str encoded;
    TRY(secret_password_hash(a, (str){(const char *)password, sizeof(password)}, &encoded));
    secret_wipe(password, sizeof(password));
    l->nobody = arena_copy(&l->arena, encoded);
    return NULL;
}

err login_open(struct arena *a, struct store *store, struct login **out)
{
    struct login *l = calloc(1, sizeof(*l));
    ASSERT(l != NULL);
    l->store = store;
    l->cache = login_cache_open();
    l->throttle = login_throttle_open();
    secret_random(l->peer_key, sizeof(l->peer_key));
    err failure = make_nobody(a, l);
    failure = failure ? failure : login_queue_open(a, &l->queue);
    if (failure) {
        login_close(l);
        return failure;
    }
    *out = l;
    return NULL;
}

void login_close(struct login *l)
{
    if (l == NULL)
        return;
    login_queue_close(l->queue);
    login_cache_close(l->cache);
    login_throttle_close(l->throttle);
    arena_done(&l->arena);
    free(l);
}

/* What the credentials of a request say. */
enum presented_kind {
    PRESENTED_NOTHING,
    PRESENTED_CERTIFICATE,
    PRESENTED_TOKEN,
    PRESENTED_PASSWORD,
};

/* What Basic carries. */
struct login_password {
    str account; /* e-mail address in lower case */
    str password;
};

struct presented {
    enum presented_kind kind;
    str secret; /* of a certificate: its fingerprint; of a token: its text */
    struct login_password password;
    str decoded; /* of Basic: to be wiped */
};

static void wipe_presented(struct presented *p)
{
    if (p->decoded.len)
        secret_wipe((void *)(uintptr_t)p->decoded.at, p->decoded.len);
    *p = (struct presented){0};
}

static str lower_case(struct arena *a, str s)
{
    char *lower = arena_alloc(a, s.len);
    for (size_t i = 0; i < s.len; i++)
        lower[i] = char_lower(s.at[i]);
    return (str){lower, s.len};
}

/* RFC 7617. Programs that know nothing but Basic send a token where the password goes. */
static err read_basic(struct arena *a, str text, struct presented *out)
{
    struct presented p = {.kind = PRESENTED_PASSWORD};
    if (secret_from_base64(a, text, &p.decoded) != NULL)
        return FAIL(a, ERR_INPUT, "The Authorization header is not Basic with base64 after it");
    size_t colon = str_find_char(p.decoded, ':');
    if (colon == p.decoded.len) {
        wipe_presented(&p);
        return FAIL(a, ERR_INPUT,
                    "The Authorization header has no colon between e-mail address "
                    "and password");
    }
    p.password.account = lower_case(a, str_part(p.decoded, 0, colon));
    p.password.password = str_skip(p.decoded, colon + 1);
    if (str_starts(p.password.password, LIT(TOKENS_SECRET_PREFIX))) {
        p.kind = PRESENTED_TOKEN;
        p.secret = p.password.password;
    }
    *out = p;
    return NULL;
}

static err read_authorization(struct arena *a, str header, struct presented *out)
{
    str text = str_trim(header);
    str scheme;
    if (!str_cut(&text, ' ', &scheme))
        scheme = (str){0};
    text = str_trim(text);
    bool is_bearer = str_eq_nocase(scheme, LIT("Bearer"));
    if (!is_bearer && !str_eq_nocase(scheme, LIT("Basic")))
        return FAIL(a, ERR_UNAUTHENTICATED,
                    "Sign in with Authorization: Bearer (a token) or Basic "
                    "(e-mail address and password)");
    if (text.len == 0 || str_find_char(text, ' ') < text.len)
        return FAIL(a, ERR_INPUT, "The Authorization header must have one word after %s",
                    is_bearer ? "Bearer" : "Basic");
    if (!is_bearer)
        return read_basic(a, text, out);
    *out = (struct presented){.kind = PRESENTED_TOKEN, .secret = text};
    return NULL;
}

static err read_credentials(struct arena *a, const struct credentials *c, struct presented *out)
{
    if (c->authorization.len)
        return read_authorization(a, c->authorization, out);
    *out = (struct presented){0};
    if (c->fingerprint) {
        out->kind = PRESENTED_CERTIFICATE;
        out->secret = (str){(const char *)c->fingerprint, SECRET_DIGEST_BYTES};
    }
    return NULL;
}

static err refused(struct arena *a)
{
    return FAIL(a, ERR_UNAUTHENTICATED,
                "These credentials are wrong, have expired or were revoked");
}

/* Whether `person` (0: none) may act for `org` today. */
static bool may_act(const struct policy *p, int64_t org, int64_t person)
{
    const struct policy_org *o = policy_org(p, org);
    if (o == NULL || !o->is_active)
        return false;
    const struct policy_person *who = person ? policy_person(p, person) : NULL;
    return person == 0 || (who && !who->is_suspended && policy_affiliation(who, org));
}

static bool token_is_good(const struct session *s, const struct policy_token *t)
{
    return policy_token_is_good(t, s->now_us) && may_act(s->policy, t->org, t->person);
}

static err decide_by_token(struct arena *a, const struct session *s,
                           const struct policy_token *token, struct identity *out)
{
    if (token == NULL || !token_is_good(s, token))
        return refused(a);
    *out = (struct identity){.org = token->org, .person = token->person, .token = token->n};
    return NULL;
}

static err decide_by_bearer(struct arena *a, const struct session *s, str secret,
                            struct identity *out)
{
    unsigned char digest[SECRET_DIGEST_BYTES];
    tokens_digest(&s->store->keys, secret, digest);
    const struct policy_token *token =
        map_get(&s->policy->token_by_digest, (str){(const char *)digest, sizeof(digest)});
    return decide_by_token(a, s, token && !token->is_certificate ? token : NULL, out);
}

static err decide_by_certificate(struct arena *a, const struct session *s, str fingerprint,
                                 struct identity *out)
{
    const struct policy_token *token = map_get(&s->policy->token_by_digest, fingerprint);
    if (token && token->is_certificate)
        return decide_by_token(a, s, token, out);
    *out = (struct identity){0};
    return NULL;
}

/* How many organizations a person may act for; the first of them goes to `*org`. */
static size_t count_orgs(const struct policy *p, const struct policy_person *person, int64_t *org)
{
    size_t count = 0;
    for (size_t i = 0; i < person->affiliation_count; i++) {
        if (!may_act(p, person->affiliations[i].org, person->n))
            continue;
        if (count++ == 0)
            *org = person->affiliations[i].org;
    }
    return count;
}

/* For whom a person acts whose password was right; a form asks for the first, and may change it. */
static err decide_by_person(struct arena *a, const struct policy *p,
                            const struct policy_person *person, bool is_form, struct identity *out)
{
    int64_t org = 0;
    size_t count = person ? count_orgs(p, person, &org) : 0;
    if (count == 0)
        return refused(a);
    if (person->has_second && !is_form)
        return FAIL(a, ERR_FORBIDDEN,
                    "Your account has a second step, and Basic cannot ask for it: use a token "
                    "(Authorization: Bearer), which you make under your account");
    if (count > 1 && !is_form)
        return FAIL(a, ERR_FORBIDDEN,
                    "You belong to several organizations, and Basic cannot say for which you act: "
                    "use a token of each organization (Authorization: Bearer)");
    *out = (struct identity){.org = org, .person = person->n};
    return NULL;
}

static struct login_moment moment_of(const struct policy *p)
{
    return (struct login_moment){.serial = p->serial, .now_us = clock_monotonic_us()};
}

/* All but passwords. */
static err decide(struct arena *a, const struct session *s, const struct presented *p,
                  struct identity *out)
{
    switch (p->kind) {
    case PRESENTED_TOKEN:
        return decide_by_bearer(a, s, p->secret, out);
    case PRESENTED_CERTIFICATE:
        return decide_by_certificate(a, s, p->secret, out);
    default:
        *out = (struct identity){0};
        return NULL;
    }
}

/* The person whose password is in this header, if it was verified lately; else 0. */
static int64_t remembered(struct login *l, const struct session *s, str header)
{
    bool is_basic = str_eq_nocase(str_part(header, 0, 6), LIT("Basic "));
    return is_basic ? login_cache_get(l->cache, header, moment_of(s->policy)) : 0;
}

err login_now(struct arena *a, struct session *s, struct login *l, const struct credentials *c,
              struct identity *out, bool *needs_hashing)
{
    int64_t person = remembered(l, s, c->authorization);
    if (person) {
        TRY(decide_by_person(a, s->policy, policy_person(s->policy, person), false, out));
        *needs_hashing = false;
        return NULL;
    }
    OWNED(wipe_presented) struct presented p = {0};
    TRY(read_credentials(a, c, &p));
    if (p.kind != PRESENTED_PASSWORD)
        TRY(decide(a, s, &p, out));
    *needs_hashing = p.kind == PRESENTED_PASSWORD;
    return NULL;
}

/*
 * The bytes that stand for an address, in `room` where they can. Whoever has one address of IPv6
 * has 2^64 of them, so that their network is taken instead; IPv4 in IPv6 clothes is IPv4.
 */
static str network_of(str address, struct in6_addr *room)
{
    char text[INET6_ADDRSTRLEN] = {0};
    if (address.len == 0 || address.len >= sizeof(text))
        return address;
    memcpy(text, address.at, address.len);
    if (inet_pton(AF_INET, text, room) == 1)
        return (str){(const char *)room, 4};
    if (inet_pton(AF_INET6, text, room) != 1)
        return address;
    const char *bytes = (const char *)room->s6_addr;
    return IN6_IS_ADDR_V4MAPPED(room) ? (str){bytes + 12, 4} : (str){bytes, 8};
}

uint64_t login_peer(const struct login *l, str address)
{
    struct in6_addr room;
    return secret_short_hash(l->peer_key, network_of(address, &room));
}

#define PAYERS_EACH (HTTP_PAYERS / 2) /* organizations, and addresses */

unsigned login_payer(const struct login *l, str address, int64_t org)
{
    uint64_t who = org ? (uint64_t)org : login_peer(l, address);
    return (unsigned)(who % (PAYERS_EACH - 1)) + 1 + (org ? 0 : PAYERS_EACH);
}

int64_t login_stranger(const struct login *l, str address)
{
    return -1 - (int64_t)(login_peer(l, address) % PAYERS_EACH);
}

/* One sign-in on its way through the hashing thread; lives in the request's arena. */
struct sign_in {
    struct login *login;
    str header; /* Authorization, as sent */
    struct presented presented;
    bool is_form;
    uint64_t peer;
    void (*done)(void *context, err failure, const struct identity *who);
    void *context;
    struct login_job job;
};

/* What the policy knows of an account, kept past the session. */
struct account {
    str encoded; /* empty: there is nothing to sign in with */
    int64_t person;
    uint64_t serial;
    err refusal; /* what a right password brings: NULL or an error */
    struct identity who;
};

static err find_account(struct arena *a, const struct sign_in *in, struct account *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, in->login->store, &s));
    const struct policy_person *person =
        policy_person_by_email(s.policy, in->presented.password.account);
    *out = (struct account){.serial = s.policy->serial};
    if (person) {
        out->encoded = arena_copy(a, person->password);
        out->person = person->n;
    }
    out->refusal = decide_by_person(a, s.policy, person, in->is_form, &out->who);
    return NULL;
}

static bool matches(struct login *l, str encoded, str password)
{
    __atomic_add_fetch(&l->hashed, 1, __ATOMIC_RELAXED);
    return secret_password_matches(encoded, password);
}

/*
 * One of the requests that waited before this one has brought the same password. A form has no
 * header to be known by, so that its password is always hashed.
 */
static bool was_verified(const struct sign_in *in, const struct account *account)
{
    struct login_moment now = {.serial = account->serial, .now_us = clock_monotonic_us()};
    return !in->is_form && login_cache_get(in->login->cache, in->header, now) == account->person;
}

/* The session has ended before the hashing begins: views and connection are not held for it. */
static err verify(struct arena *a, struct sign_in *in, struct identity *out)
{
    struct login *l = in->login;
    const struct login_password *p = &in->presented.password;
    struct account account;
    TRY(find_account(a, in, &account));
    bool is_known = account.encoded.len != 0;
    if (is_known && was_verified(in, &account)) {
        *out = account.who;
        return account.refusal;
    }
    bool is_match = matches(l, is_known ? account.encoded : l->nobody, p->password);
    struct login_moment now = {.serial = account.serial, .now_us = clock_monotonic_us()};
    bool is_refused = account.refusal && account.refusal->code == ERR_UNAUTHENTICATED;
    if (is_known && is_match && !is_refused) {
        if (!in->is_form)
            login_cache_put(l->cache, in->header, now, account.person);
        *out = account.who;
        return account.refusal;
    }
    if (login_throttle_fail(l->throttle, p->account, in->peer, now.now_us))
        return FAIL(a, ERR_THROTTLED, "Too many sign-ins have failed; wait a minute");
    return refused(a);
}

static void run_sign_in(struct arena *a, void *context, bool is_refused)
{
    struct sign_in *in = context;
    struct identity who = {0};
    err failure = is_refused ? FAIL(a, ERR_BUSY,
                                    "Too many sign-ins are waiting; try again in a few "
                                    "seconds")
                             : verify(a, in, &who);
    wipe_presented(&in->presented);
    in->done(in->context, failure, failure ? NULL : &who);
}

static err queue(struct arena *a, struct sign_in *in)
{
    in->job = (struct login_job){.run = run_sign_in, .context = in};
    err failure = login_queue_put(a, in->login->queue, in->peer, &in->job);
    if (failure) /* else it may be over already */
        wipe_presented(&in->presented);
    return failure;
}

err login_later(struct arena *a, struct login *l, const struct credentials *c,
                void (*done)(void *context, err failure, const struct identity *who), void *context)
{
    struct sign_in *in = NEW(a, struct sign_in);
    TRY(read_credentials(a, c, &in->presented));
    ASSERT(in->presented.kind == PRESENTED_PASSWORD);
    in->login = l;
    in->header = c->authorization;
    in->peer = login_peer(l, c->peer);
    in->done = done;
    in->context = context;
    return queue(a, in);
}

err login_form_later(struct arena *a, struct login *l, const struct login_form *f,
                     void (*done)(void *context, err failure, const struct identity *who),
                     void *context)
{
    struct sign_in *in = NEW(a, struct sign_in);
    *in = (struct sign_in){
        .login = l,
        .presented = {.kind = PRESENTED_PASSWORD,
                      .password = {.account = lower_case(a, f->email), .password = f->password}},
        .is_form = true,
        .peer = login_peer(l, f->peer),
        .done = done,
        .context = context};
    return queue(a, in);
}

struct hashing {
    str password;
    void (*done)(void *context, err failure, str encoded);
    void *context;
    struct login_job job;
};

static void run_hashing(struct arena *a, void *context, bool is_refused)
{
    struct hashing *h = context;
    str encoded = {0};
    err failure = is_refused ? FAIL(a, ERR_BUSY, "Too many others are waiting; try again")
                             : secret_password_hash(a, h->password, &encoded);
    h->done(h->context, failure, encoded);
}

err login_hash_later(struct arena *a, struct login *l, const struct login_form *f,
                     void (*done)(void *context, err failure, str encoded), void *context)
{
    struct hashing *h = NEW(a, struct hashing);
    *h = (struct hashing){.password = f->password, .done = done, .context = context};
    h->job = (struct login_job){.run = run_hashing, .context = h};
    return login_queue_put(a, l->queue, login_peer(l, f->peer), &h->job);
}

unsigned login_form_retry_seconds(const struct login *l, const struct login_form *f)
{
    OWNED(arena_done) struct arena a = {0};
    unsigned seconds = login_throttle_wait(l->throttle, lower_case(&a, f->email),
                                           login_peer(l, f->peer), clock_monotonic_us());
    return seconds ? seconds : 1;
}

unsigned login_retry_seconds(const struct login *l, const struct credentials *c)
{
    OWNED(arena_done) struct arena a = {0};
    OWNED(wipe_presented) struct presented p = {0};
    unsigned seconds = 0;
    if (read_credentials(&a, c, &p) == NULL && p.kind == PRESENTED_PASSWORD)
        seconds = login_throttle_wait(l->throttle, p.password.account, login_peer(l, c->peer),
                                      clock_monotonic_us());
    return seconds ? seconds : 1;
}

uint64_t login_hashed(const struct login *l)
{
    return __atomic_load_n(&l->hashed, __ATOMIC_RELAXED);
}

static bool is_still_good(const struct session *s, const struct identity *who)
{
    if (who->token == 0)
        return may_act(s->policy, who->org, who->person);
    const struct policy_token *token = policy_token(s->policy, who->token);
    return token && token->org == who->org && token->person == who->person &&
           token_is_good(s, token);
}

err login_person(struct arena *a, const struct session *s, int64_t person, struct identity *out)
{
    return decide_by_person(a, s->policy, policy_person(s->policy, person), true, out);
}

err login_reader(struct arena *a, struct session *s, const struct identity *who, struct reader *out)
{
    if (who->org == 0)
        return reader_make(a, s, NULL, NULL, NULL, out);
    if (!is_still_good(s, who))
        return refused(a);
    const struct policy *p = s->policy;
    return reader_make(a, s, policy_org(p, who->org),
                       who->person ? policy_person(p, who->person) : NULL,
                       who->token ? policy_token(p, who->token) : NULL, out);
}
