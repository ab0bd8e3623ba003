/*
 * Who will see it: every active member is asked about, as the gate will be asked about the object.
 */
#include "service/reach.h"

#include <stdlib.h>

static enum sector sector_of(const struct policy_org *org)
{
    enum sector sector = SECTOR_OTHER;
    (void)sector_read(org->sector, &sector);
    return sector;
}

/* In the order of the policy: whether each organization would read it. */
static err find_orgs(struct arena *a, struct session *s, const struct reader *r, enum tlp label,
                     bool *is_reached)
{
    const struct policy *p = s->policy;
    const struct gate_names nobody = {0};
    const struct gate_clause clause = {
        .collection = p->briefings, .label = label, .contributor = r->org->n};
    for (size_t i = 0; i < p->org_count; i++) {
        struct reader one;
        if (!p->orgs[i].is_active || p->orgs[i].is_group)
            continue;
        TRY(reader_make(a, s, &p->orgs[i], NULL, NULL, &one));
        is_reached[i] = gate_clause_holds(&clause, &nobody, &one.gate);
    }
    return NULL;
}

/* What every person is asked about. */
struct reach_question {
    const bool *is_reached; /* each organization, in the order of the policy */
    enum tlp label;
};

/* Counted once, at the first of their organizations for which they will read it. */
static void add_person(struct arena *a, const struct session *s, const struct policy_person *person,
                       const struct reach_question *q, struct reach *out)
{
    const struct policy_org *missed = NULL;
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_org *org = policy_org(s->policy, person->affiliations[i].org);
        if (org == NULL || !org->is_active || org->is_group)
            continue;
        if (q->is_reached[org - s->policy->orgs] &&
            tlp_is_within(q->label, person->affiliations[i].ceiling)) {
            *LIST_ADD(a, out) = (struct reach_person){person, org};
            out->by_sector[sector_of(org)]++;
            return;
        }
        missed = org;
    }
    if (missed == NULL)
        return;
    out->missed++;
    out->missed_by_sector[sector_of(missed)]++;
}

static int person_order(const void *a, const void *b)
{
    const struct reach_person *one = a;
    const struct reach_person *two = b;
    int order = str_cmp(one->org->name, two->org->name);
    order = order ? order : str_cmp(one->person->name, two->person->name);
    return order ? order : str_cmp(one->person->id, two->person->id);
}

err reach_find(struct arena *a, struct session *s, const struct reader *r, enum tlp label,
               struct reach *out)
{
    const struct policy *p = s->policy;
    bool *is_reached = NEW_ARRAY(a, p->org_count, bool);
    const struct reach_question q = {is_reached, label};
    struct reach found = {0};
    ASSERT(r->org && label != TLP_RED);
    if (!r->gate.is_active || r->person == NULL || !r->may_post)
        return FAIL(a, ERR_FORBIDDEN,
                    "who would see something is told to whoever may tell it: a publisher of a "
                    "member; ask your administrator for that role");
    TRY(find_orgs(a, s, r, label, is_reached));
    for (size_t i = 0; i < p->person_count; i++) {
        if (!p->people[i].is_suspended && !policy_affiliation(&p->people[i], r->org->n))
            add_person(a, s, &p->people[i], &q, &found);
    }
    if (found.count)
        qsort(found.items, found.count, sizeof(*found.items), person_order);
    for (size_t i = 0; i < found.count; i++)
        found.organizations += i == 0 || found.items[i].org != found.items[i - 1].org;
    *out = found;
    return NULL;
}
