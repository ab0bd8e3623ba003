/*
 * Labels, named audiences and jurisdictions.
 */
#include "base/num.h"
#include "stix/jurisdiction.h"
#include "stix/marking.h"
#include "stix/validate.h"
#include "json/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define ID "marking-definition--9e3779b1-1111-4222-8333-000000000001"
#define DEFINITION(rest) "{\"type\":\"marking-definition\",\"id\":\"" ID "\"" rest "}"
#define AUDIENCE(rest)                                          \
    DEFINITION(",\"extensions\":{\"" MARKING_AUDIENCE_EXTENSION \
               "\":{\"extension_type\":\"property-extension\"" rest "}}")

static void reads_every_spelling_of_a_label(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum tlp label;
    } CASES[] = {
        {"clear", TLP_CLEAR},
        {"TLP:WHITE", TLP_CLEAR},
        {"Green", TLP_GREEN},
        {"tlp:amber", TLP_AMBER},
        {"RED", TLP_RED},
        {"TLP:AMBER+STRICT", TLP_AMBER_STRICT},
        {"amber+strict", TLP_AMBER_STRICT},
    };
    enum tlp label;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        assert_true(tlp_read(str_of(CASES[i].text), &label));
        assert_int_equal(label, CASES[i].label);
    }
    assert_false(tlp_read(LIT("amber strict"), &label));
    assert_false(tlp_read(LIT(""), &label));
    assert_false(tlp_read(LIT("TLP:"), &label));
}

/* G3, L11: each built-in definition is valid STIX and reads as its own label. */
static void builtin_definitions_are_valid_and_say_their_label(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    assert_int_equal(MARKING_BUILTIN_COUNT, 9);
    for (size_t i = 0; i < MARKING_BUILTIN_COUNT; i++) {
        json value;
        struct marking marking;
        enum tlp label;
        struct stix_findings findings = {0};
        assert_null(json_read(&a, &reader, MARKING_BUILTINS[i].bytes, NULL, &value));
        stix_check(&a, value, STIX_SPEC_2_1, &findings);
        assert_int_equal(findings.count, 0);
        assert_null(marking_read(&a, value, &marking));
        assert_int_equal(marking.kind, MARKING_TLP);
        assert_int_equal(marking.label, MARKING_BUILTINS[i].label);
        assert_true(tlp_of_marking_id(MARKING_BUILTINS[i].id, &label));
        assert_int_equal(label, marking.label);
        assert_true(str_eq(json_get_string(value, LIT("id")), MARKING_BUILTINS[i].id));
    }
}

/* B25: a plain statement, which restricts nobody. */
static void the_marking_of_exercises_is_a_statement(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    OWNED(json_reader_done) struct json_reader reader = {0};
    json value;
    struct marking marking;
    struct stix_findings findings = {0};
    assert_null(json_read(&a, &reader, MARKING_EXERCISE_DEFINITION, NULL, &value));
    stix_check(&a, value, STIX_SPEC_2_1, &findings);
    assert_int_equal(findings.count, 0);
    assert_null(marking_read(&a, value, &marking));
    assert_int_equal(marking.kind, MARKING_STATEMENT);
    assert_true(str_eq(marking.id, LIT(MARKING_EXERCISE)));
}

struct marking_case {
    const char *text;
    bool is_malformed;
    enum marking_kind kind;
    enum tlp label;
};

static const struct marking_case MARKING_CASES[] = {
    /* G3: other spellings in the field. */
    {DEFINITION(
         ",\"definition_type\":\"statement\",\"definition\":{\"statement\":\"custom\"},"
         "\"x_opencti_definition_type\":\"TLP\",\"x_opencti_definition\":\"TLP:AMBER+STRICT\""),
     false, MARKING_TLP, TLP_AMBER_STRICT},
    {"{\"type\":\"marking-definition\",\"id\":"
     "\"marking-definition--826578e1-40ad-459f-bc73-ede076f81f37\"}",
     false, MARKING_TLP, TLP_AMBER_STRICT},
    /* G5: what is understood and what not. */
    {DEFINITION(",\"definition_type\":\"statement\",\"definition\":{\"statement\":\"Copyright\"}"),
     false, MARKING_STATEMENT, TLP_CLEAR},
    {DEFINITION(
         ",\"definition_type\":\"statement\",\"definition\":{\"statement\":\"Copyright\"},"
         "\"extensions\":{\"extension-definition--9e3779b1-1111-4222-8333-000000000009\":{}}"),
     false, MARKING_OTHER, TLP_CLEAR},
    {DEFINITION(",\"definition_type\":\"iep\",\"definition\":{\"statement\":\"x\"}"), false,
     MARKING_OTHER, TLP_CLEAR},
    {DEFINITION(""), false, MARKING_OTHER, TLP_CLEAR},
    /* G4. */
    {AUDIENCE(",\"sectors\":[\"state\",\"local\"],\"jurisdictions\":[\"us-39\"],"
              "\"roles\":[\"publisher\"],\"use\":{\"action\":\"ask\",\"text\":\"call first\"}"),
     false, MARKING_NAMED, TLP_CLEAR},
    {AUDIENCE(""), false, MARKING_NAMED, TLP_CLEAR},
    {AUDIENCE(",\"sectors\":[\"States\"]"), true, MARKING_OTHER, TLP_CLEAR},
    {AUDIENCE(",\"sectors\":[]"), true, MARKING_OTHER, TLP_CLEAR},
    {AUDIENCE(",\"sectors\":\"state\""), true, MARKING_OTHER, TLP_CLEAR},
    {AUDIENCE(",\"roles\":[\"king\"]"), true, MARKING_OTHER, TLP_CLEAR},
    {AUDIENCE(",\"jurisdictions\":[\"39\"]"), true, MARKING_OTHER, TLP_CLEAR},
    {AUDIENCE(",\"people\":[5]"), true, MARKING_OTHER, TLP_CLEAR},
    {AUDIENCE(",\"people\":[\"token--9e3779b1-1111-4222-8333-000000000001\"]"), true, MARKING_OTHER,
     TLP_CLEAR},
    {AUDIENCE(",\"use\":{\"action\":\"maybe\"}"), true, MARKING_OTHER, TLP_CLEAR},
    {AUDIENCE(",\"sectors\":[\"state\"],\"role\":[\"publisher\"]"), true, MARKING_OTHER, TLP_CLEAR},
    {AUDIENCE(",\"use\":{\"action\":\"ask\",\"until\":\"x\"}"), true, MARKING_OTHER, TLP_CLEAR},
    {"{\"type\":\"marking-definition\"}", true, MARKING_OTHER, TLP_CLEAR},
};

static void reads_definitions_as_the_rules_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(MARKING_CASES); i++) {
        const struct marking_case *c = &MARKING_CASES[i];
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(json_reader_done)
        struct json_reader reader = {0};
        json value;
        struct marking marking = {.kind = MARKING_OTHER};
        assert_null(json_read(&a, &reader, str_of(c->text), NULL, &value));
        err e = marking_read(&a, value, &marking);
        if ((e != NULL) != c->is_malformed || (!e && marking.kind != c->kind) ||
            (marking.kind == MARKING_TLP && marking.label != c->label))
            fail_msg("%s: %.*s", c->text, STR_ARG(e ? e->text : LIT("read")));
        assert_true(e == NULL || e->code == ERR_INVALID);
    }
}

static void reads_the_lists_of_an_audience(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    json value;
    struct marking m;
    assert_null(json_read(&a, &reader, str_of(MARKING_CASES[6].text), NULL, &value));
    assert_null(marking_read(&a, value, &m));
    assert_int_equal(m.sectors, 1u << SECTOR_STATE | 1u << SECTOR_LOCAL);
    assert_int_equal(m.roles, 1u << ROLE_PUBLISHER);
    assert_int_equal(m.jurisdictions.count, 1);
    assert_int_equal(m.use, MARKING_USE_ASK);
    assert_true(str_eq(m.use_text, LIT("call first")));
    assert_int_equal(m.people.count, 0);
}

static void jurisdictions_have_one_canonical_form(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"us", "us"},
        {"39", "us-39"},
        {"39035", "us-39-c035"},
        {"us-39", "us-39"},
        {"us-39-c035", "us-39-c035"},
        {"us-39-p16000", "us-39-p16000"},
        {"US", NULL},
        {"us-", NULL},
        {"us-3", NULL},
        {"us-39-", NULL},
        {"us-39-c35", NULL},
        {"us-39-c035-", NULL},
        {"us-39-x035", NULL},
        {"us-39-c035-p16000", NULL},
        {"3", NULL},
        {"390", NULL},
        {"", NULL},
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        str read = {0};
        bool is_read = jurisdiction_read(&a, str_of(CASES[i][0]), &read);
        assert_int_equal(is_read, CASES[i][1] != NULL);
        assert_true(!is_read || str_eq(read, str_of(CASES[i][1])));
        assert_true(!is_read || jurisdiction_is_canonical(read));
    }
}

static void a_jurisdiction_contains_what_lies_within_by_whole_parts(void **state)
{
    (void)state;
    assert_true(jurisdiction_contains(LIT("us"), LIT("us-39-c035")));
    assert_true(jurisdiction_contains(LIT("us-39"), LIT("us-39-c035")));
    assert_true(jurisdiction_contains(LIT("us-39"), LIT("us-39")));
    assert_false(jurisdiction_contains(LIT("us-39-c035"), LIT("us-39")));
    assert_false(jurisdiction_contains(LIT("us-3"), LIT("us-39")));
    assert_false(jurisdiction_contains(LIT("us-39-c03"), LIT("us-39-c035")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_spelling_of_a_label),
        cmocka_unit_test(builtin_definitions_are_valid_and_say_their_label),
        cmocka_unit_test(the_marking_of_exercises_is_a_statement),
        cmocka_unit_test(reads_definitions_as_the_rules_say),
        cmocka_unit_test(reads_the_lists_of_an_audience),
        cmocka_unit_test(jurisdictions_have_one_canonical_form),
        cmocka_unit_test(a_jurisdiction_contains_what_lies_within_by_whole_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
