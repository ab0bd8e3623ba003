/*
 * The gate. Each rule is one short function, in the order of the rules.
 */
#include "gate/gate.h"

#include "stix/jurisdiction.h"

enum gate_hold gate_holds_collection(const struct gate_reader *r, uint32_t collection)
{
    size_t from = 0;
    size_t to = r->hold_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (r->holds[middle].collection < collection)
            from = middle + 1;
        else
            to = middle;
    }
    bool is_there = from < r->hold_count && r->holds[from].collection == collection;
    return is_there ? r->holds[from].hold : GATE_HOLD_NOTHING;
}

static bool lists(const str *items, size_t count, str wanted)
{
    if (wanted.len == 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (str_eq(items[i], wanted))
            return true;
    }
    return false;
}

static bool lies_within(const struct gate_named *n, const struct gate_reader *r)
{
    for (size_t i = 0; i < n->jurisdiction_count; i++) {
        for (size_t k = 0; k < r->jurisdiction_count; k++) {
            if (jurisdiction_contains(n->jurisdictions[i], r->jurisdictions[k]))
                return true;
        }
    }
    return false;
}

/* By sectors and jurisdictions and roles: an absent list matches all, three absent ones nobody. */
static bool matches_by_kind(const struct gate_named *n, const struct gate_reader *r)
{
    if (n->sectors == 0 && n->jurisdiction_count == 0 && n->roles == 0)
        return false;
    if (n->sectors && !(n->sectors & r->sectors))
        return false;
    if (n->jurisdiction_count && !lies_within(n, r))
        return false;
    return n->roles == 0 || (n->roles & r->roles);
}

bool gate_named_names(const struct gate_named *n, const struct gate_reader *r)
{
    return lists(n->people, n->person_count, r->person_id) ||
           lists(n->tokens, n->token_count, r->token_id);
}

bool gate_named_admits(const struct gate_named *n, const struct gate_reader *r)
{
    if (r->org == 0)
        return false;
    return lists(n->organizations, n->organization_count, r->org_id) || gate_named_names(n, r) ||
           matches_by_kind(n, r);
}

static bool owns(const struct gate_reader *r, int64_t contributor)
{
    if (contributor == r->org)
        return true;
    for (size_t i = 0; i < r->group_count; i++) {
        if (r->groups[i] == contributor)
            return true;
    }
    return false;
}

/* Every named audience admits; under RED, each by naming the reader, and there is one at least. */
static bool names_admit(const struct gate_clause *c, const struct gate_names *names,
                        const struct gate_reader *r)
{
    if (c->label == TLP_RED && c->named_count == 0)
        return false;
    for (size_t i = 0; i < c->named_count; i++) {
        uint32_t number = c->named[i];
        if (number == GATE_NAMED_NOBODY || number >= names->count)
            return false;
        const struct gate_named *n = &names->items[number];
        if (!(c->label == TLP_RED ? gate_named_names(n, r) : gate_named_admits(n, r)))
            return false;
    }
    return true;
}

bool gate_clause_holds(const struct gate_clause *c, const struct gate_names *names,
                       const struct gate_reader *r)
{
    enum gate_hold hold = gate_holds_collection(r, c->collection);
    if (r->org != 0 && (!r->is_active || !tlp_is_within(c->label, r->own_ceiling)))
        return false;
    if (r->org != 0 && c->label < TLP_RED && owns(r, c->contributor))
        return true;
    if (r->actor != 0 && c->author == r->actor)
        return true;
    if (hold == GATE_HOLD_PUBLIC)
        return c->label == TLP_CLEAR && c->named_count == 0;
    return hold == GATE_HOLD_READ && tlp_is_within(c->label, r->ceiling) &&
           names_admit(c, names, r);
}

bool gate_audience_holds(const struct gate_audience *audience, const struct gate_names *names,
                         const struct gate_reader *r)
{
    for (size_t i = 0; i < audience->count; i++) {
        if (!gate_clause_holds(&audience->clauses[i], names, r))
            return false;
    }
    return audience->count > 0;
}

static bool has_named(const struct gate_clause *c, uint32_t number)
{
    for (size_t i = 0; i < c->named_count; i++) {
        if (c->named[i] == number)
            return true;
    }
    return false;
}

bool gate_may_contain(const struct gate_clause *container, const struct gate_clause *content)
{
    if (content->label > container->label)
        return false;
    for (size_t i = 0; i < content->named_count; i++) {
        if (!has_named(container, content->named[i]))
            return false;
    }
    return true;
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int gate_clause_cmp(const struct gate_clause *a, const struct gate_clause *b)
{
    int by = order(a->collection, b->collection);
    by = by ? by : order((int64_t)a->label, (int64_t)b->label);
    by = by ? by : order(a->contributor, b->contributor);
    by = by ? by : order(a->author, b->author);
    size_t shared = a->named_count < b->named_count ? a->named_count : b->named_count;
    for (size_t i = 0; i < shared && by == 0; i++)
        by = order(a->named[i], b->named[i]);
    return by ? by : order((int64_t)a->named_count, (int64_t)b->named_count);
}
