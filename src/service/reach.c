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

/* What everybody is asked about: an object that is not there yet, or one that is. */
struct reach_question {
    const struct gate_clause *clause; /* NULL: it is there */
    uint32_t audience;
    bool *is_reached; /* each organization, in the order of the policy */
};

static bool would_read(const struct session *s, const struct reach_question *q,
                       const struct reader *r)
{
    const struct gate_names nobody = {0};
    return q->clause ? gate_clause_holds(q->clause, &nobody, &r->gate)
                     : reader_may_read(s, r, q->audience);
}

static err find_orgs(struct arena *a, struct session *s, struct reach_question *q)
{
    const struct policy *p = s->policy;
    q->is_reached = NEW_ARRAY(a, p->org_count, bool);
    for (size_t i = 0; i < p->org_count; i++) {
        struct reader one;
        if (!p->orgs[i].is_active || p->orgs[i].is_group)
            continue;
        TRY(reader_make(a, s, &p->orgs[i], NULL, NULL, &one));
        q->is_reached[i] = would_read(s, q, &one);
    }
    return NULL;
}

/* As their organization does, unless they have a ceiling of their own. */
static err would_read_there(struct arena *a, struct session *s, const struct reach_question *q,
                            const struct reach_person *one, bool *out)
{
    struct reader r;
    *out = q->is_reached[one->org - s->policy->orgs];
    if (!*out || !policy_is_provisional(one->person, one->org->n))
        return NULL;
    TRY(reader_make(a, s, one->org, one->person, NULL, &r));
    *out = would_read(s, q, &r);
    return NULL;
}

/* Counted once, at the first of their organizations for which they will read it. */
static err add_person(struct arena *a, struct session *s, const struct policy_person *person,
                      const struct reach_question *q, struct reach *out)
{
    const struct policy_org *missed = NULL;
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_org *org = policy_org(s->policy, person->affiliations[i].org);
        const struct reach_person one = {person, org};
        bool reads;
        if (org == NULL || !org->is_active || org->is_group)
            continue;
        TRY(would_read_there(a, s, q, &one, &reads));
        if (reads) {
            *LIST_ADD(a, out) = one;
            out->by_sector[sector_of(org)]++;
            return NULL;
        }
        missed = org;
    }
    if (missed == NULL)
        return NULL;
    out->missed++;
    out->missed_by_sector[sector_of(missed)]++;
    return NULL;
}

static int person_order(const void *a, const void *b)
{
    const struct reach_person *one = a;
    const struct reach_person *two = b;
    int order = str_cmp(one->org->name, two->org->name);
    order = order ? order : str_cmp(one->person->name, two->person->name);
    return order ? order : str_cmp(one->person->id, two->person->id);
}

/* Everybody but the people of the reader's own organization. */
static err ask_everybody(struct arena *a, struct session *s, const struct reader *r,
                         struct reach_question *q, struct reach *out)
{
    const struct policy *p = s->policy;
    struct reach found = {0};
    TRY(find_orgs(a, s, q));
    for (size_t i = 0; i < p->person_count; i++) {
        if (!p->people[i].is_suspended && !policy_affiliation(&p->people[i], r->org->n))
            TRY(add_person(a, s, &p->people[i], q, &found));
    }
    if (found.count)
        qsort(found.items, found.count, sizeof(*found.items), person_order);
    for (size_t i = 0; i < found.count; i++)
        found.organizations += i == 0 || found.items[i].org != found.items[i - 1].org;
    *out = found;
    return NULL;
}

err reach_find(struct arena *a, struct session *s, const struct reader *r, enum tlp label,
               struct reach *out)
{
    ASSERT(r->org && label != TLP_RED);
    const struct gate_clause clause = {
        .collection = s->policy->briefings, .label = label, .contributor = r->org->n};
    struct reach_question q = {.clause = &clause};
    if (!r->gate.is_active || r->person == NULL || !r->may_post)
        return FAIL(a, ERR_FORBIDDEN,
                    "who would see something is told to whoever may tell it: a publisher of a "
                    "member; ask your administrator for that role");
    return ask_everybody(a, s, r, &q, out);
}

err reach_of(struct arena *a, struct session *s, const struct reader *r, uint32_t audience,
             struct reach *out)
{
    ASSERT(r->org != NULL);
    struct reach_question q = {.audience = audience};
    return ask_everybody(a, s, r, &q, out);
}
