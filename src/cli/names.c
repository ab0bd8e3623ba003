/*
 * Finding what people name on a command line.
 */
#include "cli/names.h"

err names_org(struct arena *a, const struct session *s, str text, int64_t *out)
{
    const struct policy_org *org = policy_org_by_id(s->policy, text);
    for (size_t i = 0; org == NULL && i < s->policy->org_count; i++) {
        if (str_eq(s->policy->orgs[i].name, text))
            org = &s->policy->orgs[i];
    }
    if (org == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no organization '%.*s'; see: tocsin org list",
                    STR_ARG(text));
    *out = org->n;
    return NULL;
}

static bool is_affiliated(const struct policy_person *person, int64_t org)
{
    for (size_t i = 0; i < person->affiliation_count; i++) {
        if (person->affiliations[i].org == org)
            return true;
    }
    return org == 0;
}

static str lower(struct arena *a, str text)
{
    char *copy = arena_take(a, text.len + 1);
    for (size_t i = 0; i < text.len; i++)
        copy[i] = char_lower(text.at[i]);
    return (str){copy, text.len};
}

err names_person(struct arena *a, const struct session *s, str text, int64_t org, int64_t *out)
{
    const struct policy_person *person = policy_person_by_email(s->policy, lower(a, text));
    if (person == NULL)
        person = map_get(&s->policy->person_by_id, text);
    if (person == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is nobody with the e-mail '%.*s'; see: tocsin person "
                                      "list",
                    STR_ARG(text));
    if (!is_affiliated(person, org))
        return FAIL(a, ERR_NOT_FOUND, "%.*s does not belong to that organization; see: tocsin "
                                      "person list",
                    STR_ARG(text));
    *out = person->n;
    return NULL;
}

err names_collection(struct arena *a, const struct session *s, str text, uint32_t *out)
{
    const struct policy_collection *c = policy_collection_by_key(s->policy, text);
    for (size_t i = 0; c == NULL && i < s->policy->collection_count; i++) {
        if (str_eq(s->policy->collections[i].title, text))
            c = &s->policy->collections[i];
    }
    if (c == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no collection '%.*s'; see: tocsin collection list",
                    STR_ARG(text));
    *out = c->n;
    return NULL;
}
