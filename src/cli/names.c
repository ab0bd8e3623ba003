/*
 * Finding what people name on a command line, as numbers.
 */
#include "cli/names.h"

#include "service/admin.h"
#include "store/collections.h"
#include "store/people.h"

err names_org(struct arena *a, const struct session *s, str text, int64_t *out)
{
    const struct policy_org *org;
    TRY(admin_find_org(a, s, text, &org));
    *out = org->n;
    return NULL;
}

err names_person(struct arena *a, const struct session *s, str text, int64_t org, int64_t *out)
{
    const struct policy_person *person;
    TRY(people_find(a, s, text, &person));
    if (org && !policy_affiliation(person, org))
        return FAIL(a, ERR_NOT_FOUND,
                    "%.*s does not belong to that organization; see: tocsin "
                    "person list",
                    STR_ARG(person->email));
    *out = person->n;
    return NULL;
}

err names_collection(struct arena *a, const struct session *s, str text, uint32_t *out)
{
    const struct policy_collection *c;
    TRY(collections_find(a, s, text, &c));
    *out = c->n;
    return NULL;
}
