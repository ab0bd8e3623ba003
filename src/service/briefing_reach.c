/*
 * Reached and not reached. Invitations are the hosts' and the invitees' to read; what of them the
 * organization of the members learns is worked out here with a host's eyes, and is no more than
 * which members have one.
 */
#include "service/briefing_reach.h"

#include "base/map.h"
#include "service/briefing_answer.h"
#include "service/exercise.h"
#include "store/members.h"

#include <stdlib.h>

struct reaching {
    struct arena *a;
    struct session *s;
    const struct reader *parent; /* for the organization whose members are meant */
    struct reader host;
    struct briefing b;  /* as its host has it */
    struct map invited; /* ids of organizations */
    struct map missed;  /* struct briefing_missed by id of organization */
};

static err no_reach(struct arena *a)
{
    return FAIL(a, ERR_NOT_FOUND, "there is no such thing here, or you may not see it");
}

/* A host of the briefing, and the briefing as that host has it. */
static err find_host(struct reaching *f, str id)
{
    struct briefing seen;
    TRY(briefing_get(f->a, f->s, f->parent, id, &seen));
    const struct policy_org *host =
        seen.hosts.count ? policy_org_by_id(f->s->policy, seen.hosts.items[0]) : NULL;
    if (host == NULL)
        return no_reach(f->a);
    TRY(reader_make(f->a, f->s, host, NULL, NULL, &f->host));
    return briefing_get_hosted(f->a, f->s, &f->host, id, &f->b);
}

static err check_named(struct reaching *f)
{
    struct briefing_plan plan;
    bool is_named = false;
    TRY(briefing_plan_get(f->a, f->s, &f->host, f->b.id, &plan));
    for (size_t i = 0; i < plan.associations.count; i++)
        is_named |= str_eq(plan.associations.items[i], f->parent->org->id);
    return is_named && f->b.sent_us ? NULL : no_reach(f->a);
}

static err load_invited(struct reaching *f)
{
    struct briefing_invitations invitations = {0};
    map_init(&f->invited, f->a);
    const struct briefing_answers_query all = {.briefing = f->b.id, .limit = BRIEFING_INVITEES_MAX};
    TRY(briefing_answers_list(f->a, f->s, &f->host, &all, &invitations));
    for (size_t i = 0; i < invitations.count; i++)
        map_put(&f->invited, invitations.items[i].organization, f);
    return NULL;
}

static err load_missed(struct reaching *f)
{
    struct briefing_audience audience = {0};
    map_init(&f->missed, f->a);
    TRY(briefing_audience_find(f->a, f->s, &f->host, &f->b, &audience));
    for (size_t i = 0; i < audience.missed.count; i++)
        map_put(&f->missed, audience.missed.items[i].org->id, &audience.missed.items[i]);
    return NULL;
}

static void add_member(struct reaching *f, const struct policy_org *org, struct briefing_reach *out)
{
    const struct briefing_missed *missed = map_get(&f->missed, org->id);
    struct briefing_reach_row row = {.org = org, .why = MISS_COUNT};
    row.is_reached = map_get(&f->invited, org->id) != NULL;
    if (!row.is_reached && missed) {
        row.why = missed->why;
        row.words = missed->words;
    }
    out->reached += row.is_reached;
    *LIST_ADD(f->a, out) = row;
}

static int row_order(const void *x, const void *y)
{
    const struct briefing_reach_row *one = x;
    const struct briefing_reach_row *two = y;
    if (one->is_reached != two->is_reached)
        return one->is_reached - two->is_reached;
    return str_cmp(one->org->name, two->org->name);
}

static err add_members(struct reaching *f, struct briefing_reach *out)
{
    struct member_pairs pairs = {0};
    TRY(members_all_links(f->a, f->s, &pairs));
    for (size_t i = 0; i < pairs.count; i++) {
        const struct policy_org *org = policy_org_by_id(f->s->policy, pairs.items[i].org);
        if (org && str_eq(pairs.items[i].value, f->parent->org->id))
            add_member(f, org, out);
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), row_order);
    return NULL;
}

err briefing_reach_get(struct arena *a, struct session *s, const struct reader *r, str briefing,
                       struct briefing_reach *out)
{
    struct briefing_reach reach = {0};
    struct reaching f = {.a = a, .s = s, .parent = r};
    TRY(find_host(&f, briefing));
    TRY(check_named(&f));
    TRY(load_invited(&f));
    TRY(load_missed(&f));
    TRY(add_members(&f, &reach));
    reach.is_exercise = exercise_holds(s, &f.b.entry);
    *out = reach;
    return NULL;
}

err briefing_reach_is_told(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, bool *out)
{
    struct reaching f = {.a = a, .s = s, .parent = r};
    *out = false;
    if (b->sent_us == 0)
        return NULL;
    err refusal = find_host(&f, b->id);
    if (refusal == NULL)
        refusal = check_named(&f);
    if (refusal && refusal->code != ERR_NOT_FOUND)
        return refusal;
    *out = refusal == NULL;
    return NULL;
}
