/*
 * What all of the administration shares, and organizations.
 */
#include "service/admin.h"

#include "store/audit.h"
#include "store/tokens.h"

err admin_find_org(struct arena *a, const struct session *s, str key, const struct policy_org **out)
{
    const struct policy_org *org = policy_org_by_id(s->policy, key);
    for (size_t i = 0; i < s->policy->org_count && org == NULL; i++) {
        if (str_eq(s->policy->orgs[i].name, key))
            org = &s->policy->orgs[i];
    }
    if (org == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no organization '%.*s'; see: tocsin org list",
                    STR_ARG(key));
    *out = org;
    return NULL;
}

err admin_find_active(struct arena *a, const struct session *s, str key,
                      const struct policy_org **out)
{
    const struct policy_org *org;
    TRY(admin_find_org(a, s, key, &org));
    if (!org->is_active)
        return FAIL(a, ERR_FORBIDDEN,
                    "%.*s is no active member (status %.*s%s), so it cannot act "
                    "here; see: tocsin org show",
                    STR_ARG(org->name), STR_ARG(org->status),
                    org->is_suspended ? ", suspended" : "");
    *out = org;
    return NULL;
}

err admin_record(struct arena *a, struct session *s, const char *verb, str object, str detail)
{
    const struct audit_row row = {.actor = s->actor,
                                  .verb = str_of(verb),
                                  .object = object,
                                  .outcome = LIT("ok"),
                                  .detail = detail};
    return audit_put(a, s, &row);
}

static const struct policy_org *find_steward(const struct policy *p)
{
    for (size_t i = 0; i < p->org_count; i++) {
        if (p->orgs[i].is_steward)
            return &p->orgs[i];
    }
    return NULL;
}

err admin_first_token(struct arena *a, struct store *store, struct admin_first *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    const struct policy_org *steward = find_steward(s.policy);
    if (steward == NULL)
        return FAIL(a, ERR_CORRUPT, "the steward's organization is missing; restore a backup");
    struct admin_first first = {.org_id = arena_copy(a, steward->id),
                                .secret = tokens_new_secret(a)};
    unsigned char digest[SECRET_DIGEST_BYTES];
    tokens_digest(&store->keys, first.secret, digest);
    const struct token_entry entry = {
        .name = LIT("init"), .digest = {(char *)digest, sizeof(digest)}, .org = steward->n};
    TRY(tokens_add(a, &s, &entry, &first.token_id));
    TRY(admin_record(a, &s, "exchange.init", first.org_id, first.token_id));
    TRY(session_commit(a, &s));
    *out = first;
    return NULL;
}

/* ---- organizations */

static err add_org(struct arena *a, struct session *s, struct admin_org *org)
{
    TRY(members_insert(a, s, &org->org, &org->id));
    return admin_record(a, s, "org.add", org->id, org->org.status);
}

err admin_add_orgs_in(struct arena *a, struct session *s, struct admin_org *orgs, size_t count)
{
    str *ids = NEW_ARRAY(a, count, str);
    for (size_t i = 0; i < count; i++) {
        err failure = add_org(a, s, &orgs[i]);
        if (failure && orgs[i].line)
            return WRAP(a, failure, "line %zu", orgs[i].line);
        TRY(failure);
        ids[i] = orgs[i].id;
    }
    TRY(members_settle(a, s, ids, count));
    return NULL;
}

err admin_add_orgs(struct arena *a, struct store *store, struct admin_org *orgs, size_t count)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_add_orgs_in(a, &s, orgs, count));
    return session_commit(a, &s);
}

static void apply(struct member_org *org, const struct admin_org_change *change)
{
    if (change->name.len)
        org->name = change->name;
    if (change->sector.len)
        org->sector = change->sector;
    if (change->status.len)
        org->status = change->status;
    if (change->has_note)
        org->note = change->note;
    if (change->has_ceiling)
        org->ceiling = change->ceiling;
    if (change->has_jurisdictions) {
        org->jurisdictions = change->jurisdictions;
        org->jurisdiction_count = change->jurisdiction_count;
    }
}

static err check_steward_stays(struct arena *a, const struct member_org *org)
{
    if (org->is_steward && !str_eq(org->status, LIT("member")))
        return FAIL(a, ERR_CONFLICT, "the steward's organization stays a member");
    return NULL;
}

err admin_edit_org_in(struct arena *a, struct session *s, str org,
                      const struct admin_org_change *change)
{
    const struct policy_org *found;
    TRY(admin_find_org(a, s, org, &found));
    str id = arena_copy(a, found->id);
    struct member_org now;
    bool is_suspended;
    TRY(members_get(a, s, id, &now, &is_suspended));
    apply(&now, change);
    TRY(check_steward_stays(a, &now));
    TRY(members_edit(a, s, id, &now));
    str detail = arena_print(a, "status %.*s, ceiling %.*s, sector %.*s", STR_ARG(now.status),
                             STR_ARG(tlp_word(now.ceiling)), STR_ARG(now.sector));
    return admin_record(a, s, "org.edit", id, detail);
}

err admin_edit_org(struct arena *a, struct store *store, str org,
                   const struct admin_org_change *change)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_edit_org_in(a, &s, org, change));
    return session_commit(a, &s);
}

err admin_suspend_org_in(struct arena *a, struct session *s, str org, bool is_suspended)
{
    const struct policy_org *found;
    TRY(admin_find_org(a, s, org, &found));
    str id = arena_copy(a, found->id);
    TRY(members_suspend(a, s, id, is_suspended));
    return admin_record(a, s, is_suspended ? "org.suspend" : "org.reinstate", id, (str){0});
}

err admin_suspend_org(struct arena *a, struct store *store, str org, bool is_suspended)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_suspend_org_in(a, &s, org, is_suspended));
    return session_commit(a, &s);
}

err admin_link_org_in(struct arena *a, struct session *s, const struct admin_link *link)
{
    bool is_kind = str_eq(link->kind, LIT("member-of")) || str_eq(link->kind, LIT("part-of"));
    if (!is_kind)
        return FAIL(a, ERR_USAGE, "'%.*s' is no link; it is member-of or part-of",
                    STR_ARG(link->kind));
    const struct policy_org *org;
    const struct policy_org *other;
    TRY(admin_find_org(a, s, link->org, &org));
    TRY(admin_find_org(a, s, link->other, &other));
    str id = arena_copy(a, org->id);
    str other_id = arena_copy(a, other->id);
    TRY(members_link(a, s, id, link->kind, other_id));
    return admin_record(a, s, "org.link", id,
                        arena_print(a, "%.*s %.*s", STR_ARG(link->kind), STR_ARG(other_id)));
}

err admin_link_org(struct arena *a, struct store *store, const struct admin_link *link)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(admin_link_org_in(a, &s, link));
    return session_commit(a, &s);
}
