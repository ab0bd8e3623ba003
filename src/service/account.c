/*
 * What people do with their own account.
 */
#include "service/account.h"

#include "base/totp.h"
#include "service/admin_people.h"
#include "service/notice.h"
#include "store/audit.h"
#include "store/digest.h"
#include "store/people.h"
#include "store/tokens.h"

err account_record(struct arena *a, struct session *s, const struct web_session *w,
                   struct audit_row row)
{
    struct reader reader;
    const struct identity who = {.org = w->org, .person = w->person};
    TRY(login_reader(a, s, &who, &reader));
    TRY(reader_intern_actor(a, s, &reader));
    row.actor = reader.gate.actor;
    row.object = row.object.len ? row.object : reader.person->id;
    row.outcome = LIT("ok");
    return audit_put(a, s, &row);
}

/* Links open nothing any more, nor what was opened by one and set nothing yet. */
static err end_links(struct arena *a, struct session *s, const struct web_session *w)
{
    TRY(person_links_end(a, s, w->person));
    return web_session_end_setups(a, s, w->person, w->n);
}

err account_has_means(struct arena *a, struct session *s, const struct policy_person *person,
                      bool *out)
{
    struct authenticators list;
    TRY(authenticators_list(a, s, person->n, &list));
    bool has_any = person->password.len > 0;
    for (size_t i = 0; i < list.count; i++)
        has_any |= list.items[i].is_confirmed;
    *out = has_any;
    return NULL;
}

/* ---- password */

static bool has_tokens(const struct session *s, int64_t person)
{
    for (size_t i = 0; i < s->policy->token_count; i++) {
        const struct policy_token *t = &s->policy->tokens[i];
        if (t->person == person && policy_token_is_good(t, s->now_us))
            return true;
    }
    return false;
}

/*
 * What a link sets takes the place of what was there, but for tokens: programs would stop because
 * a phone was lost. So their owner hears of them, whoever it was that had the link.
 */
static err replace_means(struct arena *a, struct session *s, const struct web_session *w,
                         str public_url)
{
    const struct policy_person *person = policy_person(s->policy, w->person);
    bool has_any;
    if (w->stage != WEB_STAGE_SETUP)
        return NULL;
    TRY(account_has_means(a, s, person, &has_any));
    TRY(authenticators_clear(a, s, w->person));
    if (!has_any)
        return NULL;
    const struct notice_recovery told = {.recipient = person->email,
                                         .public_url = public_url,
                                         .has_tokens = has_tokens(s, w->person)};
    return notice_recovery(a, s, &told);
}

static err forget_old(struct arena *a, struct session *s, const struct web_session *w,
                      str public_url)
{
    TRY(replace_means(a, s, w, public_url));
    TRY(end_links(a, s, w));
    return web_session_end_others(a, s, w->person, w->n);
}

err account_set_password(struct arena *a, struct session *s, const struct web_session *w,
                         const struct account_password *p, str *secret)
{
    struct web_session whole = *w;
    whole.stage = WEB_STAGE_WHOLE;
    str made = digest_new_secret(a);
    TRY(forget_old(a, s, w, p->public_url));
    TRY(people_set_password(a, s, w->person, p->hash));
    TRY(web_session_renew(a, s, &whole, made));
    TRY(account_record(
        a, s, w,
        (struct audit_row){.verb = LIT("account.password"),
                           .detail = w->stage == WEB_STAGE_SETUP ? LIT("by a link") : (str){0}}));
    *secret = made;
    return NULL;
}

/* ---- authenticators */

/* Who came with the password alone adds nothing to an account that has a second step. */
static err check_may_add(struct arena *a, struct session *s, const struct web_session *w)
{
    struct authenticators list;
    if (w->is_strong || w->stage == WEB_STAGE_SETUP)
        return NULL;
    TRY(authenticators_list(a, s, w->person, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].is_confirmed)
            return FAIL(a, ERR_FORBIDDEN, "Sign in with the second step first");
    }
    return NULL;
}

err account_check_may_make_token(struct arena *a, struct session *s, const struct web_session *w)
{
    const struct policy_person *person = policy_person(s->policy, w->person);
    unsigned roles = 0;
    for (size_t i = 0; i < person->affiliation_count; i++)
        roles |= person->affiliations[i].roles;
    if (!w->is_strong && roles & (1u << ROLE_ADMIN | 1u << ROLE_STEWARD))
        return FAIL(a, ERR_FORBIDDEN,
                    "Admins and stewards make tokens in a session with a second step; set one up "
                    "under your account first");
    return check_may_add(a, s, w);
}

/* The session goes on as one of two steps, with the authenticator `id` on the record; what a
 * password alone has opened ends. */
static err strengthen(struct arena *a, struct session *s, const struct web_session *w, str id,
                      str *secret)
{
    struct web_session strong = *w;
    strong.is_strong = true;
    strong.stage = WEB_STAGE_WHOLE;
    str made = digest_new_secret(a);
    TRY(web_session_renew(a, s, &strong, made));
    TRY(web_session_end_weak(a, s, w->person, w->n));
    TRY(account_record(a, s, w,
                       (struct audit_row){.verb = LIT("account.authenticator"), .detail = id}));
    *secret = made;
    return NULL;
}

err account_add_passkey(struct arena *a, struct session *s, const struct web_session *w,
                        const struct account_passkey *p, str *secret)
{
    struct passkey_made made;
    TRY(check_may_add(a, s, w));
    TRY(passkey_challenge_take(a, s, w->person, p->ceremony.challenge));
    TRY(passkey_read(a, &p->ceremony, p->client_data, p->attestation, &made));
    if (w->stage == WEB_STAGE_SETUP) { /* nothing that was lost stays good */
        TRY(forget_old(a, s, w, p->public_url));
        TRY(people_set_password(a, s, w->person, (str){0}));
    }
    struct authenticator one = {.person = w->person,
                                .kind = LIT("passkey"),
                                .name = p->name,
                                .secret = made.public_key,
                                .credential = made.credential,
                                .counter = made.counter,
                                .is_confirmed = true};
    TRY(authenticators_add(a, s, &one));
    TRY(end_links(a, s, w));
    return strengthen(a, s, w, one.id, secret);
}

err account_begin_totp(struct arena *a, struct session *s, const struct web_session *w, str name,
                       struct authenticator *out)
{
    char secret[TOTP_SECRET_BYTES];
    secret_random(secret, sizeof(secret));
    struct authenticator one = {.person = w->person,
                                .kind = LIT("totp"),
                                .name = name,
                                .secret = arena_copy(a, (str){secret, sizeof(secret)})};
    secret_wipe(secret, sizeof(secret));
    TRY(check_may_add(a, s, w));
    TRY(authenticators_drop_unconfirmed(a, s, w->person));
    TRY(authenticators_add(a, s, &one));
    TRY(account_record(a, s, w, (struct audit_row){.verb = LIT("account.totp"), .detail = one.id}));
    *out = one;
    return NULL;
}

/* What was begun and whose code this is, or NULL. */
static const struct authenticator *find_begun(const struct authenticators *list, str code,
                                              int64_t now_us, int64_t *step)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct authenticator *one = &list->items[i];
        if (!one->is_confirmed && str_eq(one->kind, LIT("totp")) &&
            totp_find(one->secret, code, now_us, one->counter, step))
            return one;
    }
    return NULL;
}

err account_confirm_totp(struct arena *a, struct session *s, const struct web_session *w, str code,
                         bool *is_right, str *secret)
{
    struct authenticators list;
    int64_t step = 0;
    TRY(check_may_add(a, s, w)); /* another session may have added one since this one began */
    TRY(authenticators_list(a, s, w->person, &list));
    const struct authenticator *one = find_begun(&list, code, s->now_us, &step);
    *is_right = one != NULL;
    if (one == NULL)
        return NULL;
    TRY(authenticators_use(a, s, one->n, step));
    return strengthen(a, s, w, one->id, secret);
}

/* Nobody locks themselves out: a password or another passkey must be left. */
static err check_stays_in(struct arena *a, const struct session *s, int64_t person,
                          const struct authenticators *list, size_t gone)
{
    bool has_way = policy_person(s->policy, person)->password.len > 0;
    for (size_t i = 0; i < list->count; i++)
        has_way |= i != gone && str_eq(list->items[i].kind, LIT("passkey"));
    return has_way ? NULL
                   : FAIL(a, ERR_CONFLICT,
                          "This is the only way into the account; set a password or add another "
                          "passkey first");
}

err account_remove_authenticator(struct arena *a, struct session *s, const struct web_session *w,
                                 str id)
{
    struct authenticators list;
    if (!w->is_strong)
        return FAIL(a, ERR_FORBIDDEN,
                    "Sign in with the second step first; who has only the password cannot take it "
                    "away");
    TRY(authenticators_list(a, s, w->person, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (!str_eq(list.items[i].id, id))
            continue;
        TRY(check_stays_in(a, s, w->person, &list, i));
        TRY(authenticators_remove(a, s, list.items[i].n));
        return account_record(a, s, w,
                              (struct audit_row){.verb = LIT("account.authenticator-remove"),
                                                 .detail = list.items[i].id});
    }
    return FAIL(a, ERR_NOT_FOUND, "there is no such authenticator");
}

err account_make_codes(struct arena *a, struct session *s, const struct web_session *w,
                       str codes[RECOVERY_CODES])
{
    struct authenticators list;
    bool has_any = false;
    TRY(authenticators_list(a, s, w->person, &list));
    for (size_t i = 0; i < list.count; i++)
        has_any |= list.items[i].is_confirmed;
    if (!has_any)
        return FAIL(a, ERR_CONFLICT,
                    "Recovery codes stand in for an authenticator that is lost; set one up first");
    if (!w->is_strong)
        return FAIL(a, ERR_FORBIDDEN, "Sign in with the second step first");
    TRY(recovery_codes_make(a, s, w->person, codes));
    return account_record(a, s, w, (struct audit_row){.verb = LIT("account.recovery-codes")});
}

/* ---- tokens */

err account_revoke_tokens(struct arena *a, struct session *s, int64_t person)
{
    int64_t count = 0;
    TRY(tokens_revoke_of_person(a, s, person, &count));
    return admin_record(a, s, "token.revoke", policy_person(s->policy, person)->id,
                        arena_print(a, "%lld tokens", (long long)count));
}

/* ---- sessions */

err account_end_session(struct arena *a, struct session *s, const struct web_session *w, str id)
{
    struct web_sessions list;
    TRY(web_session_list(a, s, w->person, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (!str_eq(list.items[i].id, id))
            continue;
        TRY(web_session_end(a, s, list.items[i].n));
        return account_record(a, s, w,
                              (struct audit_row){.verb = LIT("session.end"), .object = id});
    }
    return FAIL(a, ERR_NOT_FOUND, "there is no such session");
}

err account_refuse_links(struct arena *a, struct session *s, const struct web_session *w)
{
    TRY(end_links(a, s, w));
    return account_record(a, s, w, (struct audit_row){.verb = LIT("account.links-refuse")});
}

err account_set_timezone(struct arena *a, struct session *s, const struct web_session *w,
                         str timezone)
{
    TRY(people_set_timezone(a, s, w->person, timezone));
    return account_record(a, s, w,
                          (struct audit_row){.verb = LIT("account.timezone"), .detail = timezone});
}

/* ---- links */

/* Who has something to lose gets a day to notice. */
static err delay_for(struct arena *a, struct session *s, const struct policy_person *person,
                     int64_t *delay_us)
{
    bool has_any;
    TRY(account_has_means(a, s, person, &has_any));
    *delay_us = has_any ? ACCOUNT_LINK_DELAY_US : 0;
    return NULL;
}

err account_make_link(struct arena *a, struct session *s, struct account_link *link)
{
    const struct policy_person *person;
    struct person_link made = {.made_by = link->made_by};
    int64_t delay_us = 0;
    TRY(people_find(a, s, link->person, &person));
    if (link->may_wait)
        TRY(delay_for(a, s, person, &delay_us));
    made.starts_us = s->now_us + delay_us;
    TRY(admin_org_of_person(a, s, person, link->org, &made.org));
    made.person = person->n;
    link->secret = digest_new_secret(a);
    TRY(person_links_add(a, s, &made, link->secret));
    link->id = made.id;
    link->expires_us = made.expires_us;
    if (delay_us)
        TRY(notice_link(a, s, person->email, link->public_url));
    const struct audit_row row = {.actor = link->made_by,
                                  .verb = LIT("person.link"),
                                  .object = person->id,
                                  .outcome = LIT("ok"),
                                  .detail = made.id};
    return audit_put(a, s, &row);
}

/* Whoever acts now did it, also for another of their organizations. */
static err is_own_deed(struct arena *a, struct session *s, int64_t actor, bool *out)
{
    struct reader then;
    struct reader now;
    TRY(reader_of_actor(a, s, actor, 0, &then));
    TRY(reader_of_actor(a, s, s->actor, 0, &now));
    *out = actor == s->actor || (now.person && then.person == now.person);
    return NULL;
}

err account_confirm_links(struct arena *a, struct session *s, int64_t person)
{
    struct person_links list;
    size_t waiting = 0;
    TRY(person_links_list(a, s, person, &list));
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].starts_us <= s->now_us)
            continue;
        bool is_own;
        TRY(is_own_deed(a, s, list.items[i].made_by, &is_own));
        if (is_own)
            return FAIL(a, ERR_FORBIDDEN,
                        "Whoever made a link cannot confirm it; that takes another steward, or "
                        "its 24 hours");
        waiting++;
    }
    if (waiting == 0)
        return FAIL(a, ERR_NOT_FOUND, "no link waits for this person");
    TRY(person_links_begin(a, s, person));
    return admin_record(a, s, "person.link-confirm", policy_person(s->policy, person)->id,
                        arena_print(a, "%zu links", waiting));
}

err account_make_link_now(struct arena *a, struct store *store, struct account_link *link)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(account_make_link(a, &s, link));
    return session_commit(a, &s);
}
