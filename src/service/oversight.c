/*
 * Who manages whom.
 */
#include "service/oversight.h"

#include "store/members.h"

static bool has_role(const struct reader *r, enum role role)
{
    return r->person && (r->gate.roles & 1u << role);
}

bool oversight_is_steward(const struct reader *r)
{
    return r->org && r->org->is_active && r->org->is_steward && has_role(r, ROLE_STEWARD);
}

bool oversight_is_admin(const struct reader *r)
{
    return oversight_is_steward(r) || (r->org && r->org->is_active && has_role(r, ROLE_ADMIN));
}

static err is_part_of(struct arena *a, struct session *s, const struct policy_org *part,
                      const struct policy_org *whole, bool *out)
{
    struct member_links links = {0};
    TRY(members_links(a, s, part->id, &links));
    *out = false;
    for (size_t i = 0; i < links.count; i++)
        *out |=
            str_eq(links.items[i].kind, LIT("part-of")) && str_eq(links.items[i].other, whole->id);
    return NULL;
}

err oversight_of_org(struct arena *a, struct session *s, const struct reader *r,
                     const struct policy_org *org, bool *manages)
{
    *manages = oversight_is_steward(r) || (oversight_is_admin(r) && org->n == r->org->n);
    if (*manages || !oversight_is_admin(r) || org->is_steward)
        return NULL;
    return is_part_of(a, s, org, r->org, manages);
}

/* Whoever could set their sign-in would be a steward, and only a steward makes one (B3). */
static bool holds_stewardship(const struct policy_org *org, const struct policy_affiliation *as)
{
    return org->is_steward && as->roles & 1u << ROLE_STEWARD;
}

err oversight_of_person(struct arena *a, struct session *s, const struct reader *r,
                        const struct policy_person *person, bool *manages)
{
    bool is_all = person->affiliation_count > 0 || oversight_is_steward(r);
    for (size_t i = 0; i < person->affiliation_count && is_all; i++) {
        const struct policy_org *org = policy_org(s->policy, person->affiliations[i].org);
        if (org == NULL)
            continue;
        TRY(oversight_of_org(a, s, r, org, &is_all));
        is_all &= !holds_stewardship(org, &person->affiliations[i]) || oversight_is_steward(r);
    }
    *manages = is_all;
    return NULL;
}
