/*
 * The gate: each rule by a table, the worked examples, and a property against a slow and obvious
 * model over random clauses and readers.
 */
#include "gate/gate.h"

#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define FED 1
#define PLAT 2
#define GROUP 9
#define K 5u

static const str OHIO[] = {LIT_INIT("us-39")};
static const str COUNTY[] = {LIT_INIT("us-39-c035")};
static const str US[] = {LIT_INIT("us")};
static const str PLAT_ID[] = {LIT_INIT("identity--plat")};
#define P1 LIT_INIT("identity--p1")
static const str P1_ID[] = {P1};
static const str T1_ID[] = {LIT_INIT("token--1")};
static const struct gate_hold_row HOLDS_K[] = {{K, GATE_HOLD_READ}};
static const struct gate_hold_row PUBLIC_K[] = {{K, GATE_HOLD_PUBLIC}};

/* Cases below override a field or two of READER on purpose. */
#pragma GCC diagnostic ignored "-Woverride-init"

/* A member that holds the collection. */
#define READER(...)                                                                               \
    {                                                                                             \
        .org = PLAT, .is_active = true, .org_id = LIT_INIT("identity--plat"), .ceiling = TLP_RED, \
        .own_ceiling = TLP_RED, .holds = HOLDS_K, .hold_count = 1, __VA_ARGS__                    \
    }

enum { TO_NOBODY, TO_PLAT, TO_P1, TO_OHIO, TO_LOCAL, TO_EMPTY, TO_TOKEN, TO_ROLE, TO_MIXED };
static const struct gate_named NAMED[] = {
    [TO_PLAT] = {.organizations = PLAT_ID, .organization_count = 1},
    [TO_P1] = {.people = P1_ID, .person_count = 1},
    [TO_OHIO] = {.jurisdictions = OHIO, .jurisdiction_count = 1},
    [TO_LOCAL] = {.sectors = 1u << SECTOR_LOCAL},
    [TO_EMPTY] = {.sectors = 0},
    [TO_TOKEN] = {.tokens = T1_ID, .token_count = 1},
    [TO_ROLE] = {.roles = 1u << ROLE_PUBLISHER},
    [TO_MIXED] = {.sectors = 1u << SECTOR_STATE,
                  .jurisdictions = OHIO,
                  .jurisdiction_count = 1,
                  .roles = 1u << ROLE_MEMBER,
                  .people = P1_ID,
                  .person_count = 1},
};
static const struct gate_names NAMES = {NAMED, sizeof(NAMED) / sizeof(NAMED[0])};

/* G1, G2: clause by clause. */
static const uint32_t PLAT_ONLY[] = {TO_PLAT};
static const uint32_t P1_ONLY[] = {TO_P1};
static const uint32_t P1_AND_PLAT[] = {TO_PLAT, TO_P1};
static const uint32_t NOBODY[] = {TO_NOBODY};
static const uint32_t UNKNOWN[] = {1000};
static const int64_t GROUPS[] = {8, GROUP};
static const struct {
    const char *what;
    struct gate_clause clause;
    struct gate_reader reader;
    bool holds;
} CLAUSES[] = {
    {"a: the contributor, without any hold",
     {K, TLP_AMBER_STRICT, PLAT, 0, NOBODY, 1},
     READER(.hold_count = 0),
     true},
    {"a: above its own ceiling",
     {K, TLP_AMBER, PLAT, 0, NULL, 0},
     READER(.ceiling = TLP_CLEAR),
     true},
    {"a: a group it owns",
     {K, TLP_AMBER, GROUP, 0, NOBODY, 1},
     READER(.groups = GROUPS, .group_count = 2),
     true},
    {"a: a group it does not own",
     {K, TLP_AMBER, GROUP, 0, NOBODY, 1},
     READER(.groups = GROUPS, .group_count = 1),
     false},
    {"a: not RED", {K, TLP_RED, PLAT, 7, NULL, 0}, READER(.actor = 6), false},
    {"a: not when suspended", {K, TLP_CLEAR, PLAT, 0, NULL, 0}, READER(.is_active = false), false},
    {"b: the author", {K, TLP_RED, PLAT, 7, NULL, 0}, READER(.actor = 7), true},
    {"b: not when suspended",
     {K, TLP_RED, PLAT, 7, NULL, 0},
     READER(.actor = 7, .is_active = false),
     false},
    {"b: nobody is no author", {K, TLP_RED, FED, 0, NULL, 0}, READER(.actor = 0), false},
    {"c: a holder", {K, TLP_AMBER, FED, 0, NULL, 0}, READER(.actor = 7), true},
    {"c: not of another collection",
     {K + 1, TLP_CLEAR, FED, 0, NULL, 0},
     READER(.actor = 7),
     false},
    {"c: within the ceiling", {K, TLP_GREEN, FED, 0, NULL, 0}, READER(.ceiling = TLP_GREEN), true},
    {"c: above the ceiling", {K, TLP_AMBER, FED, 0, NULL, 0}, READER(.ceiling = TLP_GREEN), false},
    {"G3: STRICT reads like AMBER",
     {K, TLP_AMBER_STRICT, FED, 0, NULL, 0},
     READER(.ceiling = TLP_AMBER),
     true},
    {"G3: STRICT is above GREEN",
     {K, TLP_AMBER_STRICT, FED, 0, NULL, 0},
     READER(.ceiling = TLP_GREEN),
     false},
    {"G3: RED is above STRICT",
     {K, TLP_RED, FED, 7, P1_ONLY, 1},
     READER(.ceiling = TLP_AMBER_STRICT, .person_id = P1),
     false},
    {"B12: above a person's own ceiling",
     {K, TLP_AMBER, FED, 0, NULL, 0},
     READER(.own_ceiling = TLP_GREEN),
     false},
    {"B12: within both ceilings",
     {K, TLP_GREEN, FED, 0, NULL, 0},
     READER(.own_ceiling = TLP_GREEN),
     true},
    {"B12: their own organization's, above their own ceiling",
     {K, TLP_AMBER, PLAT, 0, NULL, 0},
     READER(.own_ceiling = TLP_GREEN),
     false},
    {"B12: their own organization's, which may not read it itself",
     {K, TLP_GREEN, PLAT, 0, NULL, 0},
     READER(.ceiling = TLP_CLEAR, .own_ceiling = TLP_GREEN),
     true},
    {"B12: RED that names them",
     {K, TLP_RED, FED, 6, P1_ONLY, 1},
     READER(.person_id = P1, .own_ceiling = TLP_AMBER_STRICT),
     false},
    {"B12: RED of their own",
     {K, TLP_RED, PLAT, 7, NULL, 0},
     READER(.actor = 7, .own_ceiling = TLP_GREEN),
     false},
    {"c: admitted", {K, TLP_AMBER, FED, 0, PLAT_ONLY, 1}, READER(.actor = 7), true},
    {"c: each must admit", {K, TLP_AMBER, FED, 0, P1_AND_PLAT, 2}, READER(.actor = 7), false},
    {"c: both do", {K, TLP_AMBER, FED, 0, P1_AND_PLAT, 2}, READER(.person_id = P1), true},
    {"c: what is not understood", {K, TLP_CLEAR, FED, 0, NOBODY, 1}, READER(.actor = 7), false},
    {"c: a name that is not known", {K, TLP_CLEAR, FED, 0, UNKNOWN, 1}, READER(.actor = 7), false},
    {"c: RED without names", {K, TLP_RED, FED, 6, NULL, 0}, READER(.actor = 7), false},
    {"c: RED for the organization", {K, TLP_RED, FED, 6, PLAT_ONLY, 1}, READER(.actor = 7), false},
    {"c: RED for the person", {K, TLP_RED, FED, 6, P1_ONLY, 1}, READER(.person_id = P1), true},
    {"c: RED, each by name", {K, TLP_RED, FED, 6, P1_AND_PLAT, 2}, READER(.person_id = P1), false},
    {"c: not when suspended", {K, TLP_CLEAR, FED, 0, NULL, 0}, READER(.is_active = false), false},
    {"G2: the anonymous, CLEAR",
     {K, TLP_CLEAR, FED, 0, NULL, 0},
     {.holds = PUBLIC_K, .hold_count = 1},
     true},
    {"G2: the anonymous, GREEN",
     {K, TLP_GREEN, FED, 0, NULL, 0},
     {.holds = PUBLIC_K, .hold_count = 1, .ceiling = TLP_RED},
     false},
    {"G2: the anonymous are in no list",
     {K, TLP_CLEAR, FED, 0, PLAT_ONLY, 1},
     READER(.holds = PUBLIC_K),
     false},
    {"G2: a member without a grant",
     {K, TLP_CLEAR, FED, 0, NULL, 0},
     READER(.holds = PUBLIC_K),
     true},
    {"G2: the anonymous are no contributor",
     {K, TLP_AMBER, 0, 0, NULL, 0},
     {.holds = PUBLIC_K, .hold_count = 1},
     false},
    {"nothing at all", {K, TLP_CLEAR, FED, 0, NULL, 0}, {.ceiling = TLP_RED}, false},
};

static void a_clause_holds_by_one_of_its_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(CLAUSES) / sizeof(CLAUSES[0]); i++) {
        if (gate_clause_holds(&CLAUSES[i].clause, &NAMES, &CLAUSES[i].reader) != CLAUSES[i].holds)
            fail_msg("%s", CLAUSES[i].what);
    }
}

/* G4: lists, and matching by kind. */
static void named_audiences_admit_by_list_or_by_kind(void **state)
{
    (void)state;
    const struct gate_reader p1 = READER(.person_id = P1_ID[0]);
    const struct gate_reader token = READER(.token_id = T1_ID[0]);
    const struct gate_reader ohio = READER(.org_id = LIT("identity--ohio"), .jurisdictions = OHIO,
                                           .jurisdiction_count = 1, .sectors = 1u << SECTOR_STATE);
    struct gate_reader ohio_member = ohio;
    ohio_member.roles = 1u << ROLE_MEMBER;
    const struct gate_reader county =
        READER(.org_id = LIT("identity--county"), .jurisdictions = COUNTY, .jurisdiction_count = 1,
               .sectors = 1u << SECTOR_LOCAL, .roles = 1u << ROLE_PUBLISHER);
    const struct gate_reader whole =
        READER(.org_id = LIT("identity--us"), .jurisdictions = US, .jurisdiction_count = 1);
    const struct gate_reader nobody = {.jurisdictions = OHIO, .jurisdiction_count = 1};
    const struct {
        int named;
        const struct gate_reader *reader;
        bool admits;
        bool names;
    } CASES[] = {
        {TO_PLAT, &p1, true, false},
        {TO_PLAT, &ohio, false, false},
        {TO_P1, &p1, true, true},
        {TO_P1, &token, false, false},
        {TO_TOKEN, &token, true, true},
        {TO_TOKEN, &p1, false, false},
        {TO_OHIO, &ohio, true, false},
        {TO_OHIO, &county, true, false},
        {TO_OHIO, &whole, false, false},
        {TO_OHIO, &p1, false, false},
        {TO_OHIO, &nobody, false, false},
        {TO_LOCAL, &county, true, false},
        {TO_LOCAL, &ohio, false, false},
        {TO_EMPTY, &p1, false, false},
        {TO_EMPTY, &county, false, false},
        {TO_ROLE, &county, true, false},
        {TO_ROLE, &token, false, false},
        {TO_MIXED, &ohio, false, false},
        {TO_MIXED, &ohio_member, true, false},
        {TO_MIXED, &county, false, false},
        {TO_MIXED, &p1, true, true},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        bool admits = gate_named_admits(&NAMED[CASES[i].named], CASES[i].reader);
        bool names = gate_named_names(&NAMED[CASES[i].named], CASES[i].reader);
        if (admits != CASES[i].admits || names != CASES[i].names)
            fail_msg("case %zu", i);
    }
}

/* All clauses must hold, and there is one at least. */
static void an_audience_holds_by_all_its_clauses(void **state)
{
    (void)state;
    const struct gate_clause clauses[] = {{K, TLP_CLEAR, FED, 0, NULL, 0},
                                          {K, TLP_AMBER, FED, 0, NULL, 0},
                                          {K, TLP_RED, FED, 6, NULL, 0}};
    const struct gate_reader reader = READER(.actor = 7);
    const bool expected[] = {false, true, true, false};
    for (size_t count = 0; count <= 3; count++) {
        const struct gate_audience audience = {clauses, count};
        assert_int_equal(gate_audience_holds(&audience, &NAMES, &reader), expected[count]);
    }
}

/* G7 */
static void containers_are_compared_by_clause(void **state)
{
    (void)state;
    static const uint32_t ONE[] = {TO_PLAT};
    static const uint32_t TWO[] = {TO_PLAT, TO_OHIO};
    static const struct {
        enum tlp outer;
        size_t outer_named;
        enum tlp inner;
        size_t inner_named;
        bool may;
    } CASES[] = {
        {TLP_AMBER, 0, TLP_AMBER, 0, true},        {TLP_AMBER, 0, TLP_GREEN, 0, true},
        {TLP_GREEN, 0, TLP_AMBER, 0, false},       {TLP_AMBER, 0, TLP_AMBER_STRICT, 0, false},
        {TLP_AMBER_STRICT, 0, TLP_AMBER, 0, true}, {TLP_RED, 0, TLP_CLEAR, 1, false},
        {TLP_CLEAR, 1, TLP_CLEAR, 1, true},        {TLP_CLEAR, 1, TLP_CLEAR, 2, false},
        {TLP_CLEAR, 2, TLP_CLEAR, 1, true},        {TLP_CLEAR, 2, TLP_CLEAR, 0, true},
    };
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        const struct gate_clause outer = {.label = CASES[i].outer,
                                          .named = CASES[i].outer_named == 2 ? TWO : ONE,
                                          .named_count = CASES[i].outer_named};
        const struct gate_clause inner = {.label = CASES[i].inner,
                                          .named = CASES[i].inner_named == 2 ? TWO : ONE,
                                          .named_count = CASES[i].inner_named};
        if (gate_may_contain(&outer, &inner) != CASES[i].may)
            fail_msg("case %zu", i);
    }
}

/* ---- properties */

#define DRAWN_NAMES 8u

struct draw {
    uint32_t named[3];
    struct gate_named names[DRAWN_NAMES];
    struct gate_hold_row holds[4];
    str jurisdictions[2];
    int64_t groups[2];
};

static unsigned below(unsigned bound)
{
    return (unsigned)random() % bound;
}

static const str ORGS[] = {LIT_INIT(""), LIT_INIT("o1"), LIT_INIT("o2"), LIT_INIT("o3")};
static const str PEOPLE[] = {LIT_INIT(""), LIT_INIT("p1"), LIT_INIT("p2")};
static const str TOKENS[] = {LIT_INIT(""), LIT_INIT("t1"), LIT_INIT("t2")};
static const str PLACES[] = {LIT_INIT("us"), LIT_INIT("us-39"), LIT_INIT("us-39-c035"),
                             LIT_INIT("us-3"), LIT_INIT("us-40-p16000")};

static void draw_clause(struct draw *d, struct gate_clause *c)
{
    *c = (struct gate_clause){.collection = 1 + below(3),
                              .label = (enum tlp)below(TLP_COUNT),
                              .contributor = 1 + below(4),
                              .named = d->named,
                              .named_count = below(3)};
    c->author = c->label == TLP_RED ? below(3) : 0;
    for (size_t i = 0; i < c->named_count; i++)
        d->named[i] = below(DRAWN_NAMES + 1);
    for (size_t i = 0; i < DRAWN_NAMES; i++) {
        d->names[i] = (struct gate_named){.organizations = &ORGS[1 + below(3)],
                                          .organization_count = below(3) == 0,
                                          .people = &PEOPLE[1 + below(2)],
                                          .person_count = below(3) == 0,
                                          .tokens = &TOKENS[1 + below(2)],
                                          .token_count = below(3) == 0,
                                          .sectors = below(2) ? below(4) : 0,
                                          .roles = below(2) ? below(4) : 0,
                                          .jurisdictions = &PLACES[below(5)],
                                          .jurisdiction_count = below(2)};
    }
}

static void draw_reader(struct draw *d, struct gate_reader *r)
{
    unsigned org = below(4);
    *r = (struct gate_reader){.org = org, .ceiling = (enum tlp)below(TLP_COUNT)};
    for (uint32_t k = 1; k <= 3; k++) {
        if (below(3))
            d->holds[r->hold_count++] =
                (struct gate_hold_row){k, org && below(3) ? GATE_HOLD_READ : GATE_HOLD_PUBLIC};
    }
    r->holds = d->holds;
    if (org == 0)
        return;
    r->is_active = below(6) > 0;
    r->own_ceiling = below(2) ? TLP_RED : (enum tlp)below(TLP_COUNT);
    r->org_id = ORGS[org];
    r->actor = below(3);
    r->person_id = PEOPLE[below(3)];
    r->token_id = r->person_id.len ? (str){0} : TOKENS[below(3)];
    r->sectors = 1u << below(2);
    r->roles = below(4);
    for (size_t i = 0; i < 2; i++)
        d->jurisdictions[i] = PLACES[below(5)];
    r->jurisdictions = d->jurisdictions;
    r->jurisdiction_count = below(3);
    d->groups[0] = 4;
    r->groups = d->groups;
    r->group_count = below(2);
}

static bool is_listed(const str *items, size_t count, str one)
{
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found |= one.len && str_eq(items[i], one);
    return found;
}

/* "us-39" holds what is equal to it or goes on with a hyphen. */
static bool model_place(str outer, str inner)
{
    return str_eq(outer, inner) || (str_starts(inner, outer) && inner.at[outer.len] == '-');
}

static bool model_admits(const struct gate_named *n, const struct gate_reader *r, bool by_name)
{
    bool names = is_listed(n->people, n->person_count, r->person_id) ||
                 is_listed(n->tokens, n->token_count, r->token_id);
    bool is_listed_org = is_listed(n->organizations, n->organization_count, r->org_id);
    bool lies_there = n->jurisdiction_count == 0;
    for (size_t i = 0; i < n->jurisdiction_count; i++) {
        for (size_t k = 0; k < r->jurisdiction_count; k++)
            lies_there |= model_place(n->jurisdictions[i], r->jurisdictions[k]);
    }
    bool says_anything = n->sectors || n->jurisdiction_count || n->roles;
    bool matches = says_anything && (!n->sectors || (n->sectors & r->sectors)) && lies_there &&
                   (!n->roles || (n->roles & r->roles));
    return names || (!by_name && (is_listed_org || matches));
}

static enum gate_hold model_hold(const struct gate_reader *r, uint32_t collection)
{
    for (size_t i = 0; i < r->hold_count; i++) {
        if (r->holds[i].collection == collection)
            return r->holds[i].hold;
    }
    return GATE_HOLD_NOTHING;
}

/* The table of the rules, word by word. */
static bool model_holds(const struct gate_clause *c, const struct gate_names *names,
                        const struct gate_reader *r)
{
    static const int STRICTNESS[TLP_COUNT] = {0, 1, 2, 2, 3}; /* STRICT reads like AMBER */
    enum gate_hold hold = model_hold(r, c->collection);
    if (r->org == 0)
        return hold != GATE_HOLD_NOTHING && c->label == TLP_CLEAR && c->named_count == 0;
    if (!r->is_active || STRICTNESS[c->label] > STRICTNESS[r->own_ceiling])
        return false;
    bool is_own = c->contributor == r->org || (r->group_count && c->contributor == r->groups[0]);
    bool is_author = r->actor && r->actor == c->author;
    if ((is_own && c->label != TLP_RED) || is_author)
        return true;
    if (hold == GATE_HOLD_PUBLIC)
        return c->label == TLP_CLEAR && c->named_count == 0;
    bool all_admit = c->label != TLP_RED || c->named_count > 0;
    for (size_t i = 0; i < c->named_count; i++)
        all_admit &= c->named[i] != GATE_NAMED_NOBODY && c->named[i] < names->count &&
                     model_admits(&names->items[c->named[i]], r, c->label == TLP_RED);
    return hold == GATE_HOLD_READ && STRICTNESS[c->label] <= STRICTNESS[r->ceiling] && all_admit;
}

static void agrees_with_the_obvious_model(void **state)
{
    (void)state;
    unsigned seed = (unsigned)clock_now_us();
    print_message("seed %u\n", seed);
    srandom(seed);
    unsigned yes = 0;
    for (unsigned i = 0; i < 200000; i++) {
        struct draw d = {0};
        struct gate_clause c;
        struct gate_reader r;
        draw_clause(&d, &c);
        draw_reader(&d, &r);
        const struct gate_names names = {d.names, DRAWN_NAMES};
        bool expected = model_holds(&c, &names, &r);
        yes += expected;
        if (gate_clause_holds(&c, &names, &r) != expected)
            fail_msg("draw %u of seed %u: the model says %d", i, seed, expected);
    }
    assert_true(yes > 10000 && yes < 190000); /* the draws are worth something */
}

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

/* An order for interning: antisymmetric, transitive, and equal only for equal clauses. */
static void clauses_are_totally_ordered(void **state)
{
    (void)state;
    unsigned seed = (unsigned)clock_now_us();
    print_message("seed %u\n", seed);
    srandom(seed);
    for (unsigned i = 0; i < 100000; i++) {
        struct draw d[3] = {0};
        struct gate_clause c[3];
        for (size_t k = 0; k < 3; k++) {
            draw_clause(&d[k], &c[k]);
            if (k && below(2)) {
                c[k] = c[k - 1];
                c[k].named_count = below(3);
            }
        }
        int ab = sign(gate_clause_cmp(&c[0], &c[1]));
        int bc = sign(gate_clause_cmp(&c[1], &c[2]));
        int ac = sign(gate_clause_cmp(&c[0], &c[2]));
        assert_int_equal(ab, -sign(gate_clause_cmp(&c[1], &c[0])));
        assert_int_equal(gate_clause_cmp(&c[0], &c[0]), 0);
        if (ab == bc)
            assert_int_equal(ac, ab);
        bool is_same = c[0].collection == c[1].collection && c[0].label == c[1].label &&
                       c[0].contributor == c[1].contributor && c[0].author == c[1].author &&
                       c[0].named_count == c[1].named_count &&
                       memcmp(c[0].named, c[1].named, c[0].named_count * sizeof(uint32_t)) == 0;
        assert_int_equal(ab == 0, is_same);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clause_holds_by_one_of_its_ways),
        cmocka_unit_test(named_audiences_admit_by_list_or_by_kind),
        cmocka_unit_test(an_audience_holds_by_all_its_clauses),
        cmocka_unit_test(containers_are_compared_by_clause),
        cmocka_unit_test(agrees_with_the_obvious_model),
        cmocka_unit_test(clauses_are_totally_ordered),
    };
    return cmocka_run_group_tests_name("gate/gate", tests, NULL, NULL);
}
