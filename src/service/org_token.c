/*
 * Tokens of an organization itself.
 */
#include "service/org_token.h"

#include "service/notice.h"
#include "service/oversight.h"
#include "store/collections.h"

/* Whoever nobody has called yet reads less than their organization, and a token of it would not. */
static bool is_own_admin(const struct reader *r, const struct policy_org *org)
{
    return oversight_is_admin(r) && org->n == r->org->n &&
           !policy_is_provisional(r->person, org->n);
}

err org_token_owner(struct arena *a, const struct session *s, const struct reader *r, str id,
                    const struct policy_org **out)
{
    const struct policy_org *org = policy_org_by_id(s->policy, id);
    if (org == NULL || org->is_group || !(oversight_is_steward(r) || is_own_admin(r, org)))
        return FAIL(a, ERR_FORBIDDEN,
                    "An organization's tokens are for its own admins, and for stewards");
    *out = org;
    return NULL;
}

bool org_token_is_of(const struct policy_token *t, const struct policy_org *org)
{
    return t->org == org->n && t->person == 0;
}

static bool knows(const struct reader *r, const struct policy_collection *c)
{
    return reader_may_read_collection(r, c->n) || reader_may_write_collection(r, c->n) ||
           oversight_is_steward(r);
}

err org_token_check_narrowing(struct arena *a, const struct session *s, const struct reader *r,
                              const struct admin_token *token)
{
    for (size_t i = 0; i < token->collection_count; i++) {
        const struct policy_collection *c = NULL;
        TRY(collections_find(a, s, token->collections[i], &c));
        if (!knows(r, c))
            return FAIL(a, ERR_NOT_FOUND, "there is no such collection");
    }
    return NULL;
}

static bool has_role(const struct policy_person *person, const struct policy_org *org,
                     enum role role)
{
    const struct policy_affiliation *as = policy_affiliation(person, org->n);
    return as && !person->is_suspended && (as->roles & 1u << role);
}

/* An office of one person has no admin: then its publishers are told. */
static enum role find_role_told(const struct policy *p, const struct policy_org *org)
{
    for (size_t i = 0; i < p->person_count; i++) {
        if (has_role(&p->people[i], org, ROLE_ADMIN))
            return ROLE_ADMIN;
    }
    return ROLE_PUBLISHER;
}

static err tell(struct arena *a, struct session *s, const struct policy_org *org, str public_url)
{
    const struct policy *p = s->policy;
    enum role role = find_role_told(p, org);
    for (size_t i = 0; i < p->person_count; i++) {
        if (has_role(&p->people[i], org, role))
            TRY(notice_token(a, s, p->people[i].email, public_url));
    }
    return NULL;
}

err org_token_add(struct arena *a, struct session *s, const struct reader *r,
                  const struct admin_token *token, str public_url, struct admin_token_made *out)
{
    const struct policy_org *org = NULL;
    ASSERT(token->person.len == 0 && token->fingerprint.len == 0);
    TRY(org_token_owner(a, s, r, token->org, &org));
    TRY(org_token_check_narrowing(a, s, r, token));
    bool is_own = org->n == r->org->n;
    str id = token->org;
    TRY(admin_add_token_in(a, s, token, out));
    return is_own ? NULL : tell(a, s, policy_org_by_id(s->policy, id), public_url);
}

err org_token_revoke(struct arena *a, struct session *s, const struct reader *r, str org, str token)
{
    const struct policy_org *owner = NULL;
    TRY(org_token_owner(a, s, r, org, &owner));
    const struct policy_token *t = map_get(&s->policy->token_by_id, token);
    if (t == NULL || !org_token_is_of(t, owner))
        return FAIL(a, ERR_NOT_FOUND, "this organization has no such token");
    str id;
    return admin_revoke_token_in(a, s, t->id, &id);
}
