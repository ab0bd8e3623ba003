/*
 * Which entries, and whose receipts.
 */
#include "service/inquiry.h"

#include "service/briefing_parts.h"
#include "service/object_view.h"
#include "service/oversight.h"
#include "store/page.h"

#include <stdlib.h>

/* ---- what may be asked about */

/* By collection, and by audience within it. */
static int entry_order(const void *a, const void *b)
{
    const struct log_entry *one = a;
    const struct log_entry *two = b;
    if (one->collection != two->collection)
        return one->collection < two->collection ? -1 : 1;
    if (one->audience != two->audience)
        return one->audience < two->audience ? -1 : 1;
    return (one->number > two->number) - (one->number < two->number);
}

bool inquiry_acts_for(const struct policy_org *org, int64_t contributor)
{
    bool owns = org->n == contributor;
    for (size_t i = 0; i < org->group_count; i++)
        owns |= org->groups[i] == contributor;
    return owns;
}

const struct policy_org *inquiry_as(const struct session *s, const struct reader *r,
                                    int64_t contributor)
{
    if (oversight_is_steward(r))
        return r->org;
    bool is_theirs = r->org && inquiry_acts_for(r->org, contributor);
    return is_theirs ? policy_org(s->policy, contributor) : NULL;
}

err inquiry_question(struct arena *a, struct session *s, const struct reader *r, str id,
                     struct admin_question *out)
{
    struct log_entry e;
    TRY(object_entry_get(a, s, r, id, &e));
    const struct policy_org *as = inquiry_as(s, r, e.contributor);
    if (as == NULL)
        return FAIL(a, ERR_NOT_FOUND,
                    "who may see it, and who has, is told to its contributor and to stewards");
    *out = (struct admin_question){.id = id, .as = as->id, .reader = r};
    return NULL;
}

err inquiry_open(struct arena *a, struct session *s, const struct admin_question *q,
                 struct inquiry *out)
{
    struct inquiry in = {0};
    TRY(admin_find_active(a, s, q->as, &in.org));
    in.asker = q->reader ? q->reader->org : in.org;
    if (q->reader)
        TRY(page_entries_of(a, s, q->reader, q->id, 0, &in.entries));
    else
        TRY(log_entries_of(a, s, q->id, 0, &in.entries));
    size_t kept = 0;
    for (size_t i = 0; i < in.entries.count; i++) {
        const struct log_entry *e = &in.entries.items[i];
        if (!inquiry_acts_for(in.org, e->contributor) && !in.org->is_steward)
            continue;
        in.entries.items[kept++] = *e;
    }
    in.entries.count = kept;
    if (kept == 0)
        return FAIL(a, ERR_NOT_FOUND,
                    "there is no object %.*s of which %.*s may ask; only its contributor and "
                    "the steward may",
                    STR_ARG(q->id), STR_ARG(in.org->name));
    qsort(in.entries.items, kept, sizeof(*in.entries.items), entry_order);
    *out = in;
    return NULL;
}

bool inquiry_is_by_invitation(const struct session *s, uint32_t audience,
                              const struct policy_org *org)
{
    const struct gate_audience *all = audience_get(s->store->audiences, audience);
    for (size_t i = 0; i < all->count; i++) {
        const struct policy_org *whose = policy_org(s->policy, all->clauses[i].contributor);
        if (whose && whose->is_group && !inquiry_acts_for(org, whose->n))
            return true;
    }
    return false;
}

bool inquiry_is_host(const struct session *s, uint32_t audience, const struct policy_org *org)
{
    const struct gate_audience *all = audience_get(s->store->audiences, audience);
    for (size_t i = 0; i < all->count; i++) {
        int64_t contributor = all->clauses[i].contributor;
        if (contributor != org->n && inquiry_acts_for(org, contributor))
            return true;
    }
    return false;
}

/* ---- what names are told of */

/* The newest version of an object that a correction says was wrong (B22); 0: none. */
static err find_corrected(struct arena *a, struct session *s, const struct inquiry *in, str id,
                          int64_t *version_us)
{
    struct reader contributor;
    struct about_rows rows = {0};
    *version_us = 0;
    TRY(group_reader(a, s, in->entries.items[0].contributor, &contributor));
    TRY(about_list(a, s, &contributor, id, LIT("correction"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        OWNED(parsed_done) struct parsed p = {0};
        TRY(parsed_read(a, s, &rows.items[i].entry, &p));
        int64_t before_us = parsed_time(p.value, "before");
        bool is_of_it = str_eq(json_get_string(p.value, LIT("object_ref")), id);
        *version_us = is_of_it && before_us > *version_us ? before_us : *version_us;
    }
    return NULL;
}

err inquiry_keep_nameable(struct arena *a, struct session *s, struct inquiry *in, str id,
                          bool *of_people)
{
    size_t kept = 0;
    int64_t corrected_us;
    *of_people = true;
    TRY(find_corrected(a, s, in, id, &corrected_us));
    for (size_t i = 0; i < in->entries.count; i++) {
        const struct log_entry *e = &in->entries.items[i];
        enum tlp label = audience_get(s->store->audiences, e->clause)->clauses[0].label;
        if (label < TLP_AMBER_STRICT && e->version_us > corrected_us)
            continue;
        *of_people &= label == TLP_RED;
        in->entries.items[kept++] = *e;
    }
    in->entries.count = kept;
    if (kept == 0)
        return FAIL(a, ERR_FORBIDDEN,
                    "who has been given it is told by name only of what is under TLP:RED or "
                    "TLP:AMBER+STRICT, and of what was corrected; counts are told of anything");
    return NULL;
}

/* ---- whose receipts */

struct gathering {
    struct arena *a;
    const uint32_t *audiences; /* by question */
    struct look_holders *out;
};

static void note_holder(void *context, size_t question, int64_t actor)
{
    struct gathering *g = context;
    *LIST_ADD(g->a, g->out) =
        (struct look_holder){.actor = actor, .audience = g->audiences[question]};
}

/* `count` entries of one collection: a question for each audience. */
static err ask_collection(struct session *s, const struct log_entry *entries, size_t count,
                          struct gathering *g)
{
    uint32_t *numbers = NEW_ARRAY(g->a, count, uint32_t);
    uint32_t *audiences = NEW_ARRAY(g->a, count, uint32_t);
    struct receipt_question *questions = NEW_ARRAY(g->a, count, struct receipt_question);
    struct receipt_questions all = {questions, 0};
    for (size_t i = 0; i < count; i++) {
        numbers[i] = entries[i].number;
        if (i == 0 || entries[i].audience != entries[i - 1].audience) {
            audiences[all.count] = entries[i].audience;
            questions[all.count++] =
                (struct receipt_question){entries[i].collection, RECEIPT_OBTAINED, &numbers[i], 0};
        }
        questions[all.count - 1].count++;
    }
    g->audiences = audiences;
    return receipts_holders(g->a, s->db, &all, note_holder, g);
}

static int by_actor(const void *a, const void *b)
{
    const struct look_holder *one = a;
    const struct look_holder *two = b;
    if (one->actor != two->actor)
        return one->actor < two->actor ? -1 : 1;
    return (one->audience > two->audience) - (one->audience < two->audience);
}

/* What an office shared, its own people have; of RED only who is named. */
static bool is_own(const struct session *s, const struct inquiry *in, const struct policy_org *org,
                   uint32_t audience)
{
    bool is_own = false;
    for (size_t i = 0; i < in->entries.count; i++)
        is_own |= in->entries.items[i].audience == audience &&
                  inquiry_acts_for(org, in->entries.items[i].contributor);
    return is_own && !audience_holds_red(audience_get(s->store->audiences, audience));
}

/* Sets their organizations, and leaves out who has none (any more), who occurs twice, and whose own
 * it is. */
static err settle_holders(struct arena *a, struct session *s, const struct inquiry *in,
                          struct look_holders *list)
{
    size_t kept = 0;
    int64_t last = 0;
    struct reader r = {0};
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_actor);
    for (size_t i = 0; i < list->count; i++) {
        struct look_holder one = list->items[i];
        if (kept && by_actor(&list->items[kept - 1], &one) == 0)
            continue;
        if (i == 0 || last != one.actor)
            TRY(reader_of_actor(a, s, one.actor, 0, &r));
        last = one.actor;
        if (r.org == NULL || is_own(s, in, r.org, one.audience))
            continue;
        one.org = r.org->n;
        list->items[kept++] = one;
    }
    list->count = kept;
    return NULL;
}

err inquiry_holders(struct arena *a, struct session *s, const struct inquiry *in,
                    struct look_holders *out)
{
    struct look_holders found = {0};
    struct gathering g = {.a = a, .out = &found};
    size_t count = 0;
    for (size_t from = 0; from < in->entries.count; from += count) {
        const struct log_entry *first = &in->entries.items[from];
        count = 1;
        while (from + count < in->entries.count && first[count].collection == first->collection)
            count++;
        TRY(ask_collection(s, first, count, &g));
    }
    TRY(settle_holders(a, s, in, &found));
    *out = found;
    return NULL;
}

/* ---- what is told of them */

void inquiry_tally_add(struct inquiry_tally *tally, const struct policy_org *org)
{
    enum sector sector;
    if (sector_read(org->sector, &sector))
        tally->totals[sector]++;
}

struct admin_sectors inquiry_tally_read(struct arena *a, const struct inquiry_tally *tally)
{
    struct admin_seen_sector *items = NEW_ARRAY(a, SECTOR_COUNT, struct admin_seen_sector);
    size_t count = 0;
    for (unsigned i = 0; i < SECTOR_COUNT; i++) {
        size_t total = tally->totals[i];
        if (total >= ADMIN_SECTOR_COUNT_MIN)
            items[count++] = (struct admin_seen_sector){sector_name(i), total};
    }
    return (struct admin_sectors){items, count};
}

/* An organization is counted once, whoever of it was given it. */
void inquiry_count(struct arena *a, const struct session *s, const struct look_holders *holders,
                   struct admin_seen *out)
{
    struct inquiry_tally tally = {0};
    bool *is_counted = NEW_ARRAY(a, s->policy->org_count, bool);
    for (size_t i = 0; i < holders->count; i++) {
        const struct policy_org *org = policy_org(s->policy, holders->items[i].org);
        if (org == NULL || is_counted[org - s->policy->orgs])
            continue;
        is_counted[org - s->policy->orgs] = true;
        inquiry_tally_add(&tally, org);
    }
    out->sectors = inquiry_tally_read(a, &tally);
}

static str person_of(struct arena *a, const struct reader *r)
{
    if (r->person)
        return arena_copy(a, r->person->email);
    return r->token ? arena_copy(a, r->token->id) : (str){0};
}

/* Whom else a briefing's hosts invited is for hosts, and for stewards, who give a reason (B9). */
static bool is_nameable(const struct session *s, const struct policy_org *asker,
                        const struct look_holder *holder, const struct policy_org *org)
{
    return asker == NULL || asker->is_steward || org == asker ||
           !inquiry_is_by_invitation(s, holder->audience, asker) ||
           inquiry_is_host(s, holder->audience, org);
}

static bool is_named_already(const struct admin_seen *seen, const struct admin_seen_by *by)
{
    for (size_t i = 0; i < seen->name_count; i++) {
        if (str_eq(seen->names[i].org_id, by->org_id) && str_eq(seen->names[i].person, by->person))
            return true;
    }
    return false;
}

err inquiry_name(struct arena *a, struct session *s, const struct look_holders *holders,
                 const struct inquiry_naming *naming, struct admin_seen *out)
{
    const struct policy_org *asker = policy_org(s->policy, naming->org);
    out->names = NEW_ARRAY(a, holders->count, struct admin_seen_by);
    for (size_t i = 0; i < holders->count; i++) {
        struct reader r;
        TRY(reader_of_actor(a, s, holders->items[i].actor, 0, &r));
        if (r.org == NULL || !is_nameable(s, asker, &holders->items[i], r.org))
            continue;
        const struct admin_seen_by by = {.org_id = arena_copy(a, r.org->id),
                                         .name = arena_copy(a, r.org->name),
                                         .person = naming->of_people ? person_of(a, &r) : (str){0}};
        if (!is_named_already(out, &by))
            out->names[out->name_count++] = by;
    }
    return NULL;
}
