/*
 * Who answers for which member (B3), and where nobody does: the directory for members, coverage for
 * stewards.
 */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "base/clock.h"
#include "service/admin_people.h"
#include "service/oversight.h"
#include "stix/jurisdiction.h"
#include "stix/places.h"
#include "store/people.h"
#include "store/search_words.h"

/* ---- the directory */

static void put_day(struct json_writer *w, const char *key, int64_t day_us)
{
    char text[CLOCK_TEXT_BYTES];
    if (day_us)
        json_member(w, key, str_part(clock_write(day_us, text), 0, 10));
}

static err put_officer(struct json_writer *w, struct api_call *c, const struct duty_entry *d,
                       const struct policy_org *org, const struct policy_person *person)
{
    struct person_contact contact;
    TRY(people_contact(c->rq->arena, &c->session, person->n, &contact));
    json_open_object(w);
    json_key(w, LIT("organization"));
    part_organization(w, org);
    json_member(w, "person", person->id);
    json_member(w, "name", person->name);
    json_member(w, "duty", duty_name(d->duty));
    json_member(w, "email", person->email);
    json_member_if(w, "phone", contact.phone);
    json_member_if(w, "timezone", contact.timezone);
    put_day(w, "verified", d->verified_us);
    if (d->verified_us)
        json_member_if(w, "verified_by", d->verified_by);
    json_close_object(w);
    return NULL;
}

/* What of the directory is asked for; empty: all. */
struct asked {
    str sector;
    str jurisdiction;
    struct search_words words;
};

static err read_asked(struct api_call *c, struct asked *out)
{
    str text = {0};
    http_query_get(&c->query, LIT("sector"), &out->sector);
    if (http_query_get(&c->query, LIT("jurisdiction"), &text) && text.len &&
        !jurisdiction_read(c->rq->arena, text, &out->jurisdiction))
        return FAIL(c->rq->arena, ERR_INPUT, PART_JURISDICTION_WORDS);
    if (http_query_get(&c->query, LIT("q"), &text))
        search_words_of_text(c->rq->arena, text, &out->words);
    return NULL;
}

static bool is_wanted(struct api_call *c, const struct asked *asked, const struct policy_org *org,
                      const struct policy_person *person)
{
    struct arena *a = c->rq->arena;
    bool is_within = asked->jurisdiction.len == 0;
    for (size_t i = 0; i < org->jurisdiction_count; i++)
        is_within |= jurisdiction_contains(asked->jurisdiction, org->jurisdictions[i]);
    if (!is_within || (asked->sector.len && !str_eq(asked->sector, org->sector)))
        return false;
    str both = arena_join(a, org->name, LIT(" "), person->name);
    return part_is_called(a, both, &asked->words);
}

/* The place is how many duties came before, whether they are shown or not. */
err api_list_directory(struct api_call *c)
{
    struct part_list list = {0};
    struct duty_entries duties = {0};
    struct asked asked = {0};
    const struct policy *p = c->session.policy;
    TRY(api_page_read(c, &list.page));
    TRY(read_asked(c, &asked));
    TRY(duty_list(c->rq->arena, &c->session, 0, &duties));
    struct json_writer *w = part_list_open(c);
    for (size_t i = (size_t)part_place(&list.page); i < duties.count; i++) {
        const struct policy_org *org = policy_org(p, duties.items[i].org);
        const struct policy_person *person = policy_person(p, duties.items[i].person);
        if (org == NULL || !org->is_active || person == NULL || person->is_suspended ||
            !is_wanted(c, &asked, org, person))
            continue;
        list.has_more = list.count == list.page.limit;
        if (list.has_more)
            break;
        TRY(put_officer(w, c, &duties.items[i], org, person));
        list.last = (int64_t)i + 1;
        list.count++;
    }
    part_list_send(c, &list);
    return NULL;
}

/* ---- who has the duty */

/* The same words for who belongs elsewhere, and for who is not there. */
static err check_belongs(const struct session *s, struct api_call *c, const struct policy_org *org,
                         str key)
{
    const struct policy_person *person;
    err absent = people_find(c->rq->arena, s, key, &person);
    if (absent == NULL && policy_affiliation(person, org->n))
        return NULL;
    return FAIL(c->rq->arena, ERR_INVALID,
                "Nobody with this e-mail belongs to the organization; add them there first");
}

static err run_put(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    struct admin_duty duty = *(const struct admin_duty *)context;
    const struct policy_org *org = policy_org_by_id(s->policy, duty.org);
    bool manages = false;
    if (org)
        TRY(oversight_of_org(a, s, &c->reader, org, &manages));
    if (!manages && (org == NULL || !org->is_active || org->is_group))
        return api_not_found(c);
    if (!manages)
        return FAIL(c->rq->arena, ERR_FORBIDDEN,
                    "You manage the duties of your own organization and of those that are part of "
                    "it");
    TRY(check_belongs(s, c, org, duty.email));
    duty.verified_by = c->reader.person->name;
    return part_words(c, admin_set_duty_in(a, s, &duty));
}

static int64_t read_day(struct api_fields *f, const char *name)
{
    int64_t day_us = 0;
    str text = field_text(f, name, (struct field_text){.bytes_max = 10});
    if (text.len && (!clock_read_date(text, &day_us) || day_us > f->c->session.now_us))
        field_fault(f, str_of(name),
                    LIT("This is a day such as 2018-08-21, and not in the future"));
    return day_us;
}

err api_put_duty(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct admin_duty *duty = NEW(c->rq->arena, struct admin_duty);
    duty->org = api_param(c, "organization");
    duty->email =
        field_text(&f, "person", (struct field_text){.is_required = true, .bytes_max = 100});
    str word = field_text(&f, "duty",
                          (struct field_text){.is_required = true,
                                              .bytes_max = 20,
                                              .words = "primary, stand-in, after-hours"});
    duty_read(word, &duty->duty);
    duty->verified_us = read_day(&f, "verified");
    duty->is_over = field_flag(&f, "is_over", false);
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run_put, .context = duty});
}

/* ---- coverage */

/* By organization in the order of the policy: how many verified duty officers it has. */
static err count_officers(struct api_call *c, size_t *officers)
{
    struct duty_entries duties = {0};
    const struct policy *p = c->session.policy;
    TRY(duty_list(c->rq->arena, &c->session, 0, &duties));
    for (size_t i = 0; i < duties.count; i++) {
        const struct policy_org *org = policy_org(p, duties.items[i].org);
        const struct policy_person *person = policy_person(p, duties.items[i].person);
        if (org && person && !person->is_suspended && duties.items[i].verified_us)
            officers[org - p->orgs]++;
    }
    return NULL;
}

struct coverage {
    size_t members;
    size_t officers;
};

/* Members anywhere in the place; officers of organizations that have the whole of it. */
static struct coverage cover(const struct policy *p, const struct place_of_us *place,
                             const size_t *officers)
{
    struct coverage sum = {0};
    for (size_t i = 0; i < p->org_count; i++) {
        const struct policy_org *org = &p->orgs[i];
        bool is_in = false;
        bool is_whole = false;
        for (size_t k = 0; k < org->jurisdiction_count; k++) {
            is_in |= place_of(org->jurisdictions[k]) == place;
            is_whole |= str_eq(org->jurisdictions[k], place->code);
        }
        if (!org->is_active || org->is_group)
            continue;
        sum.members += is_in;
        sum.officers += is_whole ? officers[i] : 0;
    }
    return sum;
}

static void put_places(struct json_writer *w, const struct policy *p, const size_t *officers)
{
    json_key(w, LIT("places"));
    json_open_array(w);
    for (size_t i = 0; i < PLACES_OF_US_COUNT; i++) {
        struct coverage sum = cover(p, &PLACES_OF_US[i], officers);
        json_open_object(w);
        json_member(w, "code", PLACES_OF_US[i].code);
        json_member(w, "name", PLACES_OF_US[i].name);
        json_member_i64(w, "members", (int64_t)sum.members);
        json_member_i64(w, "officers", (int64_t)sum.officers);
        json_close_object(w);
    }
    json_close_array(w);
}

static err put_name(struct json_writer *w, struct api_call *c, const struct policy_org *org)
{
    struct member_org whole;
    bool is_suspended;
    TRY(members_get(c->rq->arena, &c->session, org->id, &whole, &is_suspended));
    json_open_object(w);
    json_member(w, "id", org->id);
    json_member(w, "name", org->name);
    json_member_if(w, "note", whole.note);
    json_close_object(w);
    return NULL;
}

/* Organizations of one status; of members those that nobody answers for. */
static err put_names(struct json_writer *w, struct api_call *c, const char *status,
                     const size_t *officers)
{
    const struct policy *p = c->session.policy;
    bool wants_members = strcmp(status, "member") == 0;
    json_key(w, wants_members ? LIT("unverified") : str_of(status));
    json_open_array(w);
    for (size_t i = 0; i < p->org_count; i++) {
        const struct policy_org *org = &p->orgs[i];
        if (org->is_group || org->is_steward || !str_eq(org->status, str_of(status)) ||
            (wants_members && officers[i]))
            continue;
        TRY(put_name(w, c, org));
    }
    json_close_array(w);
    return NULL;
}

err api_get_coverage(struct api_call *c)
{
    static const char *const STATUSES[] = {"member", "known", "invited"};
    const struct policy *p = c->session.policy;
    size_t *officers = NEW_ARRAY(c->rq->arena, p->org_count, size_t);
    TRY(count_officers(c, officers));
    struct json_writer *w = api_body(c);
    json_open_object(w);
    put_places(w, p, officers);
    for (size_t i = 0; i < 3; i++)
        TRY(put_names(w, c, STATUSES[i], officers));
    json_close_object(w);
    api_send(c, 200);
    return NULL;
}
