/*
 * Receipts of corrections, by organization.
 */
#include "service/correction_reach.h"

#include "base/map.h"
#include "service/briefing_parts.h"
#include "store/receipts.h"

/* An actor that was given a correction. */
struct holding {
    size_t question;
    int64_t actor;
};

struct reaching {
    struct arena *a;
    LIST_OF(struct reader) invited; /* each organization by itself; none of the hosts */
    struct map *has;                /* by correction: ids of organizations */
    LIST_OF(struct holding) holdings;
};

/* Those that the briefing's audience names. */
static err find_invited(struct reaching *c, struct session *s, const struct briefing *b)
{
    struct reader group;
    struct log_entry definition;
    struct stix_strs ids = {0};
    OWNED(parsed_done) struct parsed p = {0};
    TRY(group_reader(c->a, s, b->group, &group));
    TRY(about_get(c->a, s, &group, invited_marking(c->a, s, b->id), &definition));
    TRY(parsed_read(c->a, s, &definition, &p));
    audience_organizations(c->a, p.value, &ids);
    for (size_t i = 0; i < ids.count; i++) {
        const struct policy_org *org = policy_org_by_id(s->policy, ids.items[i]);
        struct reader r;
        if (org == NULL)
            continue;
        TRY(reader_make(c->a, s, org, NULL, NULL, &r));
        if (!group_is_owned_by(&r, b->group))
            *LIST_ADD(c->a, &c->invited) = r;
    }
    return NULL;
}

static void note_holding(void *context, size_t question, int64_t actor)
{
    struct reaching *c = context;
    *LIST_ADD(c->a, &c->holdings) = (struct holding){question, actor};
}

static err find_holders(struct reaching *c, struct session *s, const struct corrections *all)
{
    struct receipt_question *questions = NEW_ARRAY(c->a, all->count, struct receipt_question);
    c->has = NEW_ARRAY(c->a, all->count, struct map);
    for (size_t i = 0; i < all->count; i++) {
        const struct log_entry *e = &all->items[i].entry;
        questions[i] = (struct receipt_question){e->collection, RECEIPT_OBTAINED, &e->number, 1};
        map_init(&c->has[i], c->a);
    }
    const struct receipt_questions asked = {questions, all->count};
    TRY(receipts_holders(c->a, s->db, &asked, note_holding, c));
    for (size_t i = 0; i < c->holdings.count; i++) {
        struct reader who;
        TRY(reader_of_actor(c->a, s, c->holdings.items[i].actor, 0, &who));
        if (who.org)
            map_put(&c->has[c->holdings.items[i].question], who.org->id, c);
    }
    return NULL;
}

static void tell(const struct reaching *c, const struct session *s, const struct log_entry *e,
                 const struct map *has, struct correction_reach *out)
{
    for (size_t i = 0; i < c->invited.count; i++) {
        const struct reader *r = &c->invited.items[i];
        if (!reader_may_read(s, r, e->audience))
            continue;
        out->of++;
        if (map_get(has, r->org->id))
            out->has++;
        else
            *LIST_ADD(c->a, &out->without) = r->org->name;
    }
}

err correction_reach_list(struct arena *a, struct session *s, const struct briefing *b,
                          const struct corrections *all, struct correction_reach *out)
{
    struct reaching c = {.a = a};
    memset(out, 0, all->count * sizeof(*out));
    if (!b->is_host || all->count == 0)
        return NULL;
    TRY(find_invited(&c, s, b));
    TRY(find_holders(&c, s, all));
    for (size_t i = 0; i < all->count; i++)
        tell(&c, s, &all->items[i].entry, &c.has[i], &out[i]);
    return NULL;
}
