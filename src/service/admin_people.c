/*
 * The administration of people. Passwords are hashed before the write session begins, so that no
 * writer waits for it.
 */
#include "service/admin_people.h"

#include "base/utf8.h"
#include "service/account.h"
#include "service/notice.h"
#include "store/authenticators.h"
#include "store/people.h"
#include "store/person_links.h"
#include "store/tokens.h"
#include "store/web_session.h"

/* Who checked a duty that was said on the console. */
#define DUTY_BY_CONSOLE LIT("the operator of the exchange")

#define RESET_PASSWORD_RANDOM_BYTES 15

err admin_org_of_person(struct arena *a, const struct session *s,
                        const struct policy_person *person, str key, int64_t *out)
{
    if (key.len == 0 && person->affiliation_count == 1) {
        *out = person->affiliations[0].org;
        return NULL;
    }
    if (key.len == 0)
        return FAIL(a, ERR_USAGE, "%.*s belongs to %zu organizations; say which: --org ORG",
                    STR_ARG(person->email), person->affiliation_count);
    const struct policy_org *org;
    TRY(admin_find_org(a, s, key, &org));
    if (policy_affiliation(person, org->n) == NULL)
        return FAIL(a, ERR_USAGE, "%.*s does not belong to %.*s", STR_ARG(person->email),
                    STR_ARG(org->name));
    *out = org->n;
    return NULL;
}

err admin_check_belongs(struct arena *a, const struct policy_person *person,
                        const struct policy_org *org)
{
    if (policy_affiliation(person, org->n))
        return NULL;
    return FAIL(a, ERR_CONFLICT,
                "%.*s does not belong to %.*s; add them there first: tocsin person add",
                STR_ARG(person->email), STR_ARG(org->name));
}

err admin_check_password(struct arena *a, str password)
{
    if (password.len < ADMIN_PASSWORD_BYTES_MIN)
        return FAIL(a, ERR_USAGE, "a password needs at least %d characters; a few words will do",
                    ADMIN_PASSWORD_BYTES_MIN);
    if (password.len > ADMIN_PASSWORD_BYTES_MAX || utf8_find_fault(password) != password.len)
        return FAIL(a, ERR_USAGE, "a password is UTF-8 text of at most %d bytes",
                    ADMIN_PASSWORD_BYTES_MAX);
    return NULL;
}

err admin_hash_password(struct arena *a, str password, str *out)
{
    TRY(admin_check_password(a, password));
    return secret_password_hash(a, password, out);
}

static str role_list(struct arena *a, unsigned roles)
{
    str words = {0};
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        if (roles & 1u << i)
            words = arena_join(a, words, words.len ? LIT(",") : (str){0}, role_name(i));
    }
    return words;
}

/* What is left to do once the policy knows the person. */
struct affiliation {
    int64_t person;
    int64_t org;
};

/* Whoever has set how one signs in to the account may be another than its owner. */
static err tell_owner(struct arena *a, struct session *s, const struct policy_person *person,
                      str public_url)
{
    bool has_any;
    str url = public_url.len ? public_url : store_config(s->store)->public_url;
    TRY(account_has_means(a, s, person, &has_any));
    return has_any ? notice_one_more(a, s, person->email, url) : NULL;
}

/*
 * Whoever made a link managed the person then. Once the account acts for one more organization, or
 * as a steward, they may not any more, and what they hold must not open it. Its owner is told.
 */
static err end_links_before(struct arena *a, struct session *s, const struct person_made *made,
                            const struct admin_person *p, int64_t org)
{
    const struct policy_person *known = policy_person(s->policy, made->n);
    const struct policy_affiliation *before = policy_affiliation(known, org);
    bool is_raised = p->roles & ~(before ? before->roles : 0) & 1u << ROLE_STEWARD;
    if (known == NULL || (before && !is_raised))
        return NULL;
    TRY(person_links_end(a, s, made->n));
    TRY(web_session_end_setups(a, s, made->n, 0));
    return tell_owner(a, s, known, p->public_url);
}

static err add_person(struct arena *a, struct session *s, struct admin_person *p, str hash,
                      struct affiliation *out)
{
    const struct policy_org *org;
    TRY(admin_find_org(a, s, p->org, &org));
    const struct person_entry entry = {.email = p->email,
                                       .name = p->name,
                                       .phone = p->phone,
                                       .timezone = p->timezone,
                                       .password = hash,
                                       .org = org->n,
                                       .roles = p->roles,
                                       .has_own_ceiling = p->has_own_ceiling,
                                       .own_ceiling = p->own_ceiling};
    struct person_made made;
    TRY(people_insert(a, s, &entry, &made));
    TRY(end_links_before(a, s, &made, p, org->n));
    p->id = made.id;
    p->is_new = made.is_new;
    *out = (struct affiliation){made.n, org->n};
    str detail =
        arena_print(a, "%.*s of %.*s%s%s%.*s", STR_ARG(role_list(a, p->roles)), STR_ARG(org->id),
                    hash.len ? ", with a password" : "", p->has_own_ceiling ? ", up to " : "",
                    STR_ARG(p->has_own_ceiling ? tlp_word(p->own_ceiling) : (str){0}));
    return admin_record(a, s, p->is_new ? "person.add" : "person.affiliate", p->id, detail);
}

err admin_add_person_in(struct arena *a, struct session *s, struct admin_person *person)
{
    struct affiliation added;
    TRY(add_person(a, s, person, (str){0}, &added));
    TRY(session_policy_changed(a, s));
    return people_intern(a, s, added.person, added.org);
}

static err add_duties(struct arena *a, struct session *s, const struct admin_person *p,
                      const struct affiliation *at)
{
    for (unsigned i = 0; i < DUTY_COUNT; i++) {
        const struct duty_entry entry = {.person = at->person,
                                         .org = at->org,
                                         .duty = (enum duty)i,
                                         .verified_us = p->verified_us,
                                         .verified_by = DUTY_BY_CONSOLE};
        if ((p->duties & 1u << i) == 0)
            continue;
        TRY(duty_put(a, s, &entry));
        TRY(admin_record(a, s, "person.duty", p->id, duty_name(entry.duty)));
    }
    return NULL;
}

err admin_add_people(struct arena *a, struct store *store, struct admin_person *people,
                     size_t count)
{
    str *hashes = NEW_ARRAY(a, count, str);
    struct affiliation *added = NEW_ARRAY(a, count, struct affiliation);
    for (size_t i = 0; i < count; i++) {
        if (people[i].password.len)
            TRY(admin_hash_password(a, people[i].password, &hashes[i]));
    }
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    for (size_t i = 0; i < count; i++) {
        err failure = add_person(a, &s, &people[i], hashes[i], &added[i]);
        if (failure && people[i].line)
            return WRAP(a, failure, "line %zu", people[i].line);
        TRY(failure);
        TRY(add_duties(a, &s, &people[i], &added[i]));
    }
    TRY(session_policy_changed(a, &s));
    for (size_t i = 0; i < count; i++)
        TRY(people_intern(a, &s, added[i].person, added[i].org));
    return session_commit(a, &s);
}

/* What is open now, or a link that somebody holds, is not to come back to life later. */
static err end_ways_in(struct arena *a, struct session *s, int64_t person)
{
    TRY(person_links_end(a, s, person));
    return web_session_end_others(a, s, person, 0);
}

err admin_suspend_person_in(struct arena *a, struct session *s, str email, bool is_suspended)
{
    const struct policy_person *person;
    TRY(people_find(a, s, email, &person));
    str id = arena_copy(a, person->id);
    int64_t n = person->n;
    TRY(people_suspend(a, s, n, is_suspended));
    if (is_suspended)
        TRY(end_ways_in(a, s, n));
    return admin_record(a, s, is_suspended ? "person.suspend" : "person.reinstate", id, (str){0});
}

err admin_suspend_person(struct arena *a, struct store *store, str email, bool is_suspended)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_suspend_person_in(a, &s, email, is_suspended));
    return session_commit(a, &s);
}

err admin_set_password(struct arena *a, struct store *store, str email, str password)
{
    str hash;
    TRY(admin_hash_password(a, password, &hash));
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    const struct policy_person *person;
    TRY(people_find(a, &s, email, &person));
    str id = arena_copy(a, person->id);
    TRY(web_session_end_others(a, &s, person->n, 0));
    TRY(people_set_password(a, &s, person->n, hash));
    TRY(admin_record(a, &s, "person.passwd", id, (str){0}));
    return session_commit(a, &s);
}

err admin_set_duty_in(struct arena *a, struct session *s, const struct admin_duty *duty)
{
    const struct policy_person *person;
    const struct policy_org *org;
    TRY(people_find(a, s, duty->email, &person));
    TRY(admin_find_org(a, s, duty->org, &org));
    TRY(admin_check_belongs(a, person, org));
    const struct duty_entry entry = {.person = person->n,
                                     .org = org->n,
                                     .duty = duty->duty,
                                     .verified_us = duty->verified_us,
                                     .verified_by = duty->verified_by.len ? duty->verified_by
                                                                          : DUTY_BY_CONSOLE};
    TRY(duty->is_over ? duty_take(a, s, &entry) : duty_put(a, s, &entry));
    str detail = arena_print(a, "%.*s of %.*s", STR_ARG(duty_name(duty->duty)), STR_ARG(org->id));
    return admin_record(a, s, duty->is_over ? "person.off-duty" : "person.duty", person->id,
                        detail);
}

err admin_set_duty(struct arena *a, struct store *store, const struct admin_duty *duty)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_set_duty_in(a, &s, duty));
    return session_commit(a, &s);
}

static str new_password(struct arena *a)
{
    unsigned char bytes[RESET_PASSWORD_RANDOM_BYTES];
    secret_random(bytes, sizeof(bytes));
    str text = secret_base64url(a, (str){(char *)bytes, sizeof(bytes)});
    secret_wipe(bytes, sizeof(bytes));
    return text;
}

err admin_reset_person(struct arena *a, struct store *store, str email, struct admin_reset *out)
{
    struct admin_reset reset = {.password = new_password(a)};
    str hash;
    TRY(admin_hash_password(a, reset.password, &hash));
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    const struct policy_person *person;
    TRY(people_find(a, &s, email, &person));
    int64_t n = person->n;
    reset.id = arena_copy(a, person->id);
    TRY(people_set_password(a, &s, n, hash));
    TRY(authenticators_clear(a, &s, n));
    TRY(person_links_end(a, &s, n));
    TRY(web_session_end_others(a, &s, n, 0));
    TRY(tokens_revoke_of_person(a, &s, n, &reset.revoked_count));
    TRY(admin_record(a, &s, "person.reset", reset.id,
                     arena_print(a, "%lld tokens revoked", (long long)reset.revoked_count)));
    TRY(session_commit(a, &s));
    *out = reset;
    return NULL;
}
