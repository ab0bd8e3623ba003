/*
 * Places by name: states and territories, and what lies within one as far as a member's
 * jurisdiction names it; for whoever says whom they mean (B10). And the names of what a plan holds.
 */
#include "stix/places.h"

#include "api/briefing_parts.h"
#include "api/handlers.h"
#include "api/parts.h"
#include "service/place_name.h"
#include "stix/jurisdiction.h"
#include "store/search_words.h"

void part_named_place(struct json_writer *w, const struct policy *p, str code)
{
    struct place_name name = place_name_of(p, code);
    json_open_object(w);
    json_member(w, "code", code);
    json_member_if(w, "state", name.state);
    json_member_if(w, "within", name.within);
    json_close_object(w);
}

void part_named_places(struct json_writer *w, const struct policy *p, const str *codes,
                       size_t count)
{
    json_key(w, LIT("places"));
    json_open_array(w);
    for (size_t i = 0; i < count; i++)
        part_named_place(w, p, codes[i]);
    json_close_array(w);
}

/* ---- looking for one */

struct looking {
    struct api_call *c;
    struct json_writer *w;
    struct search_words words;
    struct map seen;
    size_t left;
};

static void offer(struct looking *f, str code, str called)
{
    if (f->left == 0 || map_get(&f->seen, code) ||
        !part_is_called(f->c->rq->arena, called, &f->words))
        return;
    map_put(&f->seen, code, f);
    part_named_place(f->w, f->c->session.policy, code);
    f->left--;
}

/* What lies within a state is found by its office's name and by the state's. */
static void offer_areas(struct looking *f, const struct policy_org *org)
{
    for (size_t i = 0; i < org->jurisdiction_count; i++) {
        const struct place_of_us *state = place_of(org->jurisdictions[i]);
        if (state && !str_eq(state->code, org->jurisdictions[i]))
            offer(f, org->jurisdictions[i],
                  arena_join(f->c->rq->arena, org->name, LIT(" "), state->name));
    }
}

/* A code is a place, whoever has it. */
static void offer_code(struct looking *f, str text)
{
    str code;
    if (!jurisdiction_read(f->c->rq->arena, text, &code))
        return;
    f->words = (struct search_words){0};
    offer(f, code, code);
}

err api_list_places(struct api_call *c)
{
    const struct policy *p = c->session.policy;
    struct part_list list = {0};
    str text = {0};
    TRY(api_page_read(c, &list.page));
    struct looking f = {.c = c, .w = part_list_open(c), .left = list.page.limit};
    map_init(&f.seen, c->rq->arena);
    if (http_query_get(&c->query, LIT("q"), &text))
        search_words_of_text(c->rq->arena, text, &f.words);
    offer(&f, PLACE_COUNTRY, PLACE_COUNTRY_NAME);
    for (size_t i = 0; i < PLACES_OF_US_COUNT; i++)
        offer(&f, PLACES_OF_US[i].code, PLACES_OF_US[i].name);
    for (size_t i = 0; i < p->org_count; i++) {
        if (place_shows_org(&p->orgs[i]))
            offer_areas(&f, &p->orgs[i]);
    }
    offer_code(&f, text);
    part_list_send(c, &list);
    return NULL;
}

/* ---- what a plan holds */

static void put_organizations(const struct part_to *to, const char *key,
                              const struct stix_strs *ids)
{
    json_key(to->w, str_of(key));
    json_open_array(to->w);
    for (size_t i = 0; i < ids->count; i++) {
        const struct policy_org *org = policy_org_by_id(to->s->policy, ids->items[i]);
        if (org)
            part_organization(to->w, org);
    }
    json_close_array(to->w);
}

/* Where they are invited, if by name; empty: nowhere any more. */
static str office_of_person(const struct policy *p, const struct policy_person *person)
{
    for (size_t i = 0; i < person->affiliation_count; i++) {
        const struct policy_org *org = policy_org(p, person->affiliations[i].org);
        if (org && org->is_active)
            return org->id;
    }
    return (str){0};
}

static void put_people(const struct part_to *to, const struct stix_strs *ids)
{
    const struct policy *p = to->s->policy;
    json_key(to->w, LIT("people"));
    json_open_array(to->w);
    for (size_t i = 0; i < ids->count; i++) {
        const struct policy_person *person = map_get(&p->person_by_id, ids->items[i]);
        if (person)
            part_person(to, person->id, office_of_person(p, person));
    }
    json_close_array(to->w);
}

void part_plan_names(const struct part_to *to, const struct briefing_plan *plan)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("audience_names"));
    json_open_object(w);
    part_named_places(w, to->s->policy, plan->jurisdictions.items, plan->jurisdictions.count);
    put_organizations(to, "associations", &plan->associations);
    put_organizations(to, "organizations", &plan->organizations);
    put_people(to, &plan->people);
    json_close_object(w);
}
