/*
 * Places by name.
 */
#include "service/place_name.h"

#include "stix/places.h"

bool place_shows_org(const struct policy_org *org)
{
    return org->is_active && !org->is_group;
}

static bool has_jurisdiction(const struct policy_org *org, str code)
{
    for (size_t i = 0; i < org->jurisdiction_count; i++) {
        if (str_eq(org->jurisdictions[i], code))
            return true;
    }
    return false;
}

/* The member whose jurisdiction is this very place; NULL: none. */
static const struct policy_org *office_of(const struct policy *p, str code)
{
    for (size_t i = 0; i < p->org_count; i++) {
        if (place_shows_org(&p->orgs[i]) && has_jurisdiction(&p->orgs[i], code))
            return &p->orgs[i];
    }
    return NULL;
}

struct place_name place_name_of(const struct policy *p, str code)
{
    const struct place_of_us *state = place_of(code);
    if (str_eq(code, PLACE_COUNTRY))
        return (struct place_name){.state = PLACE_COUNTRY_NAME};
    struct place_name name = {.state = state ? state->name : (str){0}};
    if (state && str_eq(code, state->code))
        return name;
    const struct policy_org *office = office_of(p, code);
    name.within = office ? office->name : code;
    return name;
}

str place_name_words(struct arena *a, const struct policy *p, str code)
{
    struct place_name name = place_name_of(p, code);
    if (name.within.len == 0)
        return name.state;
    bool is_code = str_eq(name.within, code);
    str area = is_code ? code : arena_join(a, LIT("the area of "), name.within, (str){0});
    if (name.state.len == 0)
        return area;
    return arena_print(a, "%.*s (%.*s)", STR_ARG(area), STR_ARG(name.state));
}
