/*
 * The plan of a briefing, worked out: organizations that it finds, the people who have the duty
 * there, and why others are missed. Reasons that are ours to mend are told apart from theirs.
 */
#include "service/briefing_audience.h"

#include "service/briefing_parts.h"
#include "stix/jurisdiction.h"
#include "stix/places.h"
#include "store/members.h"
#include "store/people.h"

#include <stdlib.h>

#define EARLIEST_HOUR 7
#define LATEST_HOUR 21
#define HOUR_US (INT64_C(3600) * US_PER_SECOND)

#define MISS_NAME(word, name) LIT_INIT(name),
static const str MISS_NAMES[] = {BRIEFING_MISSES(MISS_NAME)};

str briefing_miss_name(enum briefing_miss why)
{
    ASSERT(why < MISS_COUNT);
    return MISS_NAMES[why];
}

struct finding {
    struct arena *a;
    struct session *s;
    const struct briefing *b;
    struct briefing_plan plan;
    struct duty_entries duties;
    struct map linked;  /* ids of members and parts of the associations named */
    struct map notes;   /* what is known of who asked whom, by organization's id */
    struct map invited; /* ids of people who are already */
    struct map listed;  /* ids of people found */
    struct briefing_audience *out;
};

/* ---- what is to be known beforehand */

static err load_links(struct finding *f)
{
    struct member_pairs pairs = {0};
    map_init(&f->linked, f->a);
    if (f->plan.associations.count == 0)
        return NULL;
    TRY(members_all_links(f->a, f->s, &pairs));
    for (size_t i = 0; i < pairs.count; i++) {
        if (strs_have(&f->plan.associations, pairs.items[i].value))
            map_put(&f->linked, pairs.items[i].org, f);
    }
    return NULL;
}

static err load_notes(struct finding *f)
{
    struct member_pairs notes = {0};
    map_init(&f->notes, f->a);
    TRY(members_notes(f->a, f->s, &notes));
    for (size_t i = 0; i < notes.count; i++)
        map_put(&f->notes, notes.items[i].org, &notes.items[i].value);
    return NULL;
}

static err load_invited(struct finding *f, const struct reader *r)
{
    struct about_rows rows = {0};
    map_init(&f->invited, f->a);
    TRY(about_list(f->a, f->s, r, f->b->id, LIT("briefing-invitation"), &rows));
    OWNED(parsed_done) struct parsed p = {0};
    for (size_t i = 0; i < rows.count; i++) {
        TRY(parsed_read(f->a, f->s, &rows.items[i].entry, &p));
        map_put(&f->invited, parsed_text(f->a, p.value, "person_ref"), f);
    }
    return NULL;
}

/* ---- organizations */

static bool lies_within(const struct policy_org *org, const struct stix_strs *jurisdictions)
{
    for (size_t i = 0; i < jurisdictions->count; i++) {
        for (size_t k = 0; k < org->jurisdiction_count; k++) {
            if (jurisdiction_contains(jurisdictions->items[i], org->jurisdictions[k]))
                return true;
        }
    }
    return jurisdictions->count == 0;
}

/* Sectors and associations find, jurisdictions narrow; alone they find all that lies within. */
static bool is_found(const struct finding *f, const struct policy_org *org)
{
    const struct briefing_plan *plan = &f->plan;
    if (strs_have(&plan->organizations, org->id))
        return true;
    bool is_named = plan->sectors || plan->associations.count;
    bool finds = is_named ? (plan->sectors & org->sector_bit) || map_get(&f->linked, org->id)
                          : plan->jurisdictions.count > 0;
    return finds && lies_within(org, &plan->jurisdictions);
}

static void miss(struct finding *f, const struct policy_org *org, enum briefing_miss why, str words)
{
    *LIST_ADD(f->a, &f->out->missed) = (struct briefing_missed){org, why, words};
}

/* Why nobody of an organization can be invited, if so. */
static bool is_missed(struct finding *f, const struct policy_org *org)
{
    const str *note = map_get(&f->notes, org->id);
    if (org->is_suspended)
        miss(f, org, MISS_SUSPENDED, LIT("Suspended by the steward"));
    else if (str_eq(org->status, LIT("known")))
        miss(f, org, note ? MISS_NOT_MEMBER : MISS_NOT_ASKED,
             note ? *note : LIT("Nobody has asked them to join yet"));
    else if (!org->is_active)
        miss(f, org, MISS_NOT_MEMBER,
             note                               ? *note
             : str_eq(org->status, LIT("left")) ? LIT("Left the exchange")
                                                : LIT("Invited, and not a member yet"));
    else if (!tlp_is_within(f->b->label, org->ceiling))
        miss(f, org, MISS_CEILING,
             arena_print(f->a, "Receives up to %.*s", STR_ARG(tlp_name(org->ceiling))));
    else
        return false;
    return true;
}

/* ---- people */

static str heading(const struct policy_org *org)
{
    static const struct {
        const char *sector;
        const char *heading;
    } HEADINGS[] = {{"federal", "Federal"},    {"association", "Associations"},
                    {"platform", "Companies"}, {"vendor", "Companies"},
                    {"research", "Research"},  {"civil-society", "Civil society"}};
    for (size_t i = 0; i < sizeof(HEADINGS) / sizeof(HEADINGS[0]); i++) {
        if (str_eq(str_of(HEADINGS[i].sector), org->sector))
            return str_of(HEADINGS[i].heading);
    }
    const struct place_of_us *place =
        org->jurisdiction_count ? place_of(org->jurisdictions[0]) : NULL;
    return place ? place->name : LIT("Others");
}

static void set_clock(struct finding *f, struct briefing_invitee *who)
{
    const struct place_of_us *place =
        who->org->jurisdiction_count ? place_of(who->org->jurisdictions[0]) : NULL;
    const struct zone *zone;
    if (who->timezone.len == 0 || zone_find(f->a, f->s->store->zones, who->timezone, &zone)) {
        who->timezone = place ? place->timezone : f->b->when.timezone;
        if (zone_find(f->a, f->s->store->zones, who->timezone, &zone))
            return;
    }
    who->local_us = zone_to_local(zone, f->b->when.start_us);
    int64_t day_us = (who->local_us % US_PER_DAY + US_PER_DAY) % US_PER_DAY;
    who->is_odd_hour = day_us < EARLIEST_HOUR * HOUR_US || day_us > LATEST_HOUR * HOUR_US;
}

static void add(struct finding *f, struct briefing_invitee who)
{
    who.place = heading(who.org);
    who.is_invited = map_get(&f->invited, who.person->id) != NULL;
    set_clock(f, &who);
    f->out->invited_count += who.is_invited;
    map_put(&f->listed, who.person->id, f);
    *LIST_ADD(f->a, f->out) = who;
}

/* A person's own ceiling may be lower than their organization's, which is asked before (B12). */
static bool may_receive(const struct finding *f, const struct policy_person *person, int64_t org)
{
    const struct policy_affiliation *there = policy_affiliation(person, org);
    return there == NULL || tlp_is_within(f->b->label, there->ceiling);
}

/* Whoever is to be invited for a duty; NULL: not asked for, not checked, gone, or not called yet.
 */
static const struct policy_person *find_officer(const struct finding *f, const struct duty_entry *d)
{
    const struct policy_person *person = policy_person(f->s->policy, d->person);
    bool is_wanted = f->plan.duties == 0 || f->plan.duties >> d->duty & 1;
    bool is_good = person && !person->is_suspended && d->verified_us;
    return is_good && is_wanted && may_receive(f, person, d->org) ? person : NULL;
}

/* Duties of one organization stand together; whoever has two is invited once. */
static void add_duty_officers(struct finding *f, const struct policy_org *org, size_t first)
{
    const struct duty_entry *duties = f->duties.items;
    size_t before = f->out->count;
    bool has_any = false;
    for (size_t i = first; i < f->duties.count && duties[i].org == org->n; i++) {
        const struct policy_person *person = find_officer(f, &duties[i]);
        if (person == NULL)
            continue;
        has_any = true;
        if (map_get(&f->listed, person->id))
            continue;
        add(f, (struct briefing_invitee){.person = person,
                                         .org = org,
                                         .duty = (int)duties[i].duty,
                                         .verified_us = duties[i].verified_us,
                                         .timezone = duties[i].timezone});
    }
    f->out->organization_count += f->out->count > before;
    if (!has_any)
        miss(f, org, MISS_NO_DUTY, LIT("No duty officer whom somebody has checked"));
}

/* Organizations and duties both ascend by the organization's number. */
static void add_organizations(struct finding *f)
{
    size_t at = 0;
    for (size_t i = 0; i < f->s->policy->org_count; i++) {
        const struct policy_org *org = &f->s->policy->orgs[i];
        while (at < f->duties.count && f->duties.items[at].org < org->n)
            at++;
        if (org->is_group || strs_have(&f->b->hosts, org->id) || !is_found(f, org))
            continue;
        if (!is_missed(f, org))
            add_duty_officers(f, org, at);
    }
}

/* By name: for the first of their organizations that can be invited. */
static err add_person(struct finding *f, const struct policy_person *person)
{
    struct person_contact contact;
    const struct policy_org *last = NULL;
    if (map_get(&f->listed, person->id))
        return NULL;
    TRY(people_contact(f->a, f->s, person->n, &contact));
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_org *org = policy_org(f->s->policy, person->affiliations[i].org);
        last = org ? org : last;
        if (org == NULL || !org->is_active || person->is_suspended ||
            !tlp_is_within(f->b->label, policy_ceiling(person, org)))
            continue;
        add(f, (struct briefing_invitee){
                   .person = person, .org = org, .duty = -1, .timezone = contact.timezone});
        f->out->organization_count++;
        return NULL;
    }
    if (last)
        (void)is_missed(f, last);
    return NULL;
}

static int invitee_order(const void *a, const void *b)
{
    const struct briefing_invitee *one = a;
    const struct briefing_invitee *two = b;
    int order = str_cmp(one->place, two->place);
    order = order ? order : str_cmp(one->org->name, two->org->name);
    order = order ? order : str_cmp(one->person->name, two->person->name);
    return order ? order : (one->person->n > two->person->n) - (one->person->n < two->person->n);
}

static int missed_order(const void *a, const void *b)
{
    const struct briefing_missed *one = a;
    const struct briefing_missed *two = b;
    int order = (one->why > two->why) - (one->why < two->why);
    return order ? order : str_cmp(one->org->name, two->org->name);
}

err briefing_audience_find(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, struct briefing_audience *out)
{
    struct finding f = {.a = a, .s = s, .b = b, .out = out};
    *out = (struct briefing_audience){0};
    TRY(briefing_plan_get(a, s, r, b->id, &f.plan));
    TRY(duty_list(a, s, 0, &f.duties));
    map_init(&f.listed, a);
    TRY(load_links(&f));
    TRY(load_notes(&f));
    TRY(load_invited(&f, r));
    add_organizations(&f);
    for (size_t i = 0; i < f.plan.people.count; i++) {
        const struct policy_person *person =
            map_get(&s->policy->person_by_id, f.plan.people.items[i]);
        if (person)
            TRY(add_person(&f, person));
    }
    if (out->count > BRIEFING_INVITEES_MAX)
        return FAIL(a, ERR_INVALID, "these are more than %d people; narrow the audience",
                    BRIEFING_INVITEES_MAX);
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), invitee_order);
    if (out->missed.count)
        qsort(out->missed.items, out->missed.count, sizeof(*out->missed.items), missed_order);
    return NULL;
}

/* ---- one organization */

static bool is_named(const struct finding *f, const struct policy_org *org)
{
    for (size_t i = 0; i < f->plan.people.count; i++) {
        const struct policy_person *person =
            map_get(&f->s->policy->person_by_id, f->plan.people.items[i]);
        if (person && policy_affiliation(person, org->n))
            return true;
    }
    return false;
}

err briefing_audience_meant(struct arena *a, struct session *s, const struct reader *r,
                            const struct briefing *b, const struct policy_org *org,
                            enum briefing_meant *out)
{
    struct finding f = {.a = a, .s = s, .b = b};
    TRY(briefing_plan_get(a, s, r, b->id, &f.plan));
    TRY(load_links(&f));
    bool has_officer = is_named(&f, org);
    *out = MEANT_NOT;
    if (strs_have(&b->hosts, org->id) || !tlp_is_within(b->label, org->ceiling) || !org->is_active)
        return NULL;
    if (!has_officer && !is_found(&f, org))
        return NULL;
    TRY(duty_list(a, s, org->n, &f.duties));
    for (size_t i = 0; i < f.duties.count && !has_officer; i++)
        has_officer = find_officer(&f, &f.duties.items[i]) != NULL;
    *out = has_officer ? MEANT : MEANT_WITHOUT_OFFICER;
    return NULL;
}

/* ---- odd hours */

static struct briefing_odd *odd_of(struct arena *a, struct briefing_odds *odds,
                                   const struct briefing_invitee *who)
{
    for (size_t i = 0; i < odds->count; i++) {
        if (odds->items[i].local_us == who->local_us)
            return &odds->items[i];
    }
    struct briefing_odd *made = LIST_ADD(a, odds);
    *made = (struct briefing_odd){.timezone = who->timezone, .local_us = who->local_us};
    return made;
}

void briefing_odd_hours(struct arena *a, const struct briefing_audience *audience,
                        struct briefing_odds *out)
{
    for (size_t i = 0; i < audience->count; i++) {
        const struct briefing_invitee *who = &audience->items[i];
        if (!who->is_odd_hour)
            continue;
        struct briefing_odd *odd = odd_of(a, out, who);
        odd->people++;
        if (!strs_have(&odd->places, who->place))
            *LIST_ADD(a, &odd->places) = who->place;
    }
}
