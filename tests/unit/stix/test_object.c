/*
 * Envelopes: what the store and the gate read of an object.
 */
#include "base/clock.h"
#include "base/num.h"
#include "stix/object.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define U "9e3779b1-1111-4222-8333-000000000001"

struct reading {
    struct arena arena;
    struct json_reader reader;
    struct stix_object object;
    err error;
};

static void reading_done(struct reading *r)
{
    json_reader_done(&r->reader);
    arena_done(&r->arena);
}

static void read_text(struct reading *r, const char *text)
{
    json value;
    assert_null(json_read(&r->arena, &r->reader, str_of(text), NULL, &value));
    r->error = stix_object_read(&r->arena, value, &r->object);
}

static bool lists(const struct stix_strs *list, const char *wanted)
{
    str rest = str_of(wanted);
    str part;
    size_t i = 0;
    while (rest.len && str_cut(&rest, ' ', &part)) {
        if (i >= list->count || !str_eq(stix_id_type(list->items[i]), part))
            return false;
        i++;
    }
    return i == list->count;
}

static void cuts_the_type_off_at_the_first_two_hyphens(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        const char *type;
    } IDS[] = {
        {"url--1", "url"}, {"tool--1", "tool"}, {"attack-pattern--1", "attack-pattern"},
        {"a---b", "a"},    {"ab---c", "ab"},    {"a--b--c", "a"},
        {"ab--", "ab"},    {"abc--", "abc"},    {"a-b-c-d-e", ""},
        {"abc-", ""},      {"abcd-", ""},       {"-", ""},
        {"", ""},          {"--a", ""},         {"-a--b", "-a"},
    };
    for (size_t i = 0; i < COUNT_OF(IDS); i++) {
        str type = stix_id_type(str_of(IDS[i].id));
        if (!str_eq(type, str_of(IDS[i].type)))
            fail_msg("%s gave %.*s", IDS[i].id, STR_ARG(type));
    }
}

struct object_case {
    const char *text;
    const char *spec;
    const char *ends;     /* types, in order */
    const char *contents; /* likewise */
    const char *refs;
    bool is_pointing;
    bool is_container;
    bool is_sco;
};

static const struct object_case CASES[] = {
    /* L4 */
    {"{\"type\":\"campaign\",\"id\":\"campaign--" U "\"}", "2.0", "", "", "", false, false, false},
    {"{\"type\":\"campaign\",\"id\":\"campaign--" U "\",\"spec_version\":\"2.1\"}", "2.1", "", "",
     "", false, false, false},
    {"{\"type\":\"ipv4-addr\",\"id\":\"ipv4-addr--" U "\"}", "2.1", "", "", "", false, false, true},
    {"{\"type\":\"x-own\",\"id\":\"x-own--" U "\",\"created\":\"2026-01-01T00:00:00Z\"}", "2.0", "",
     "", "", false, false, false},
    {"{\"type\":\"x-own\",\"id\":\"x-own--" U "\"}", "2.1", "", "", "", false, false, false},
    /* G6 */
    {"{\"type\":\"relationship\",\"id\":\"relationship--" U "\",\"created_by_ref\":\"identity--" U
     "\",\"source_ref\":\"tool--" U "\",\"target_ref\":\"malware--" U
     "\",\"object_marking_refs\":[\"marking-definition--" U "\"]}",
     "2.0", "tool malware", "", "identity tool malware", true, false, false},
    {"{\"type\":\"sighting\",\"id\":\"sighting--" U "\",\"sighting_of_ref\":\"indicator--" U
     "\",\"where_sighted_refs\":[\"identity--" U "\",\"location--" U
     "\"],\"observed_data_refs\":[\"observed-data--" U "\"]}",
     "2.0", "indicator identity location observed-data", "",
     "indicator identity location observed-data", true, false, false},
    {"{\"type\":\"note\",\"spec_version\":\"2.1\",\"id\":\"note--" U
     "\",\"object_refs\":[\"tool--" U "\"]}",
     "2.1", "tool", "", "tool", true, false, false},
    /* G7 */
    {"{\"type\":\"report\",\"id\":\"report--" U "\",\"object_refs\":[\"tool--" U "\",\"malware--" U
     "\"]}",
     "2.0", "", "tool malware", "tool malware", false, true, false},
    {"{\"type\":\"briefing\",\"spec_version\":\"2.1\",\"id\":\"briefing--" U
     "\",\"items\":[{\"object_refs\":[\"tool--" U "\"]}],\"host_refs\":[\"identity--" U "\"]}",
     "2.1", "", "tool", "tool identity", false, true, false},
    /* References are found at any depth; what is no id is none. */
    {"{\"type\":\"observed-data\",\"id\":\"observed-data--" U
     "\",\"objects\":{\"0\":{\"src_ref\":\"1\"}},\"x_deep\":[{\"a\":{\"b_ref\":\"url--" U "\"}}]}",
     "2.0", "", "", "url", false, false, false},
};

static void reads_spec_ends_and_contents(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        OWNED(reading_done)
        struct reading r = {0};
        read_text(&r, CASES[i].text);
        assert_null(r.error);
        const struct stix_object *o = &r.object;
        bool is_right = str_eq(o->spec, str_of(CASES[i].spec)) && lists(&o->ends, CASES[i].ends) &&
                        lists(&o->contents, CASES[i].contents) && lists(&o->refs, CASES[i].refs) &&
                        o->is_pointing == CASES[i].is_pointing &&
                        o->is_container == CASES[i].is_container && o->is_sco == CASES[i].is_sco;
        if (!is_right)
            fail_msg("%s", CASES[i].text);
        assert_true(str_eq(o->bytes, str_of(CASES[i].text)));
    }
}

static void reads_the_version_and_the_markings(void **state)
{
    (void)state;
    OWNED(reading_done)
    struct reading r = {0};
    read_text(&r,
              " {\"type\":\"tool\",\"id\":\"tool--" U "\",\"name\":\"x\",\"revoked\":true,"
              "\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-02T00:00:00.1234567Z\","
              "\"object_marking_refs\":[\"marking-definition--" U "\"],\"granular_markings\":[{"
              "\"marking_ref\":\"marking-definition--" U "\",\"selectors\":[\"name\"]},"
              "{\"lang\":\"de\"}]} ");
    assert_null(r.error);
    char text[CLOCK_TEXT_BYTES];
    assert_true(r.object.has_created && r.object.has_modified && r.object.is_revoked);
    assert_true(str_eq(clock_write(r.object.version_us, text), LIT("2026-01-02T00:00:00.123456Z")));
    assert_true(str_eq(r.object.version_text, LIT("2026-01-02T00:00:00.1234567Z")));
    assert_int_equal(r.object.markings.count, 1);
    assert_int_equal(r.object.granular.count, 1);
    assert_true(str_eq(r.object.name, LIT("x")));
    assert_true(r.object.bytes.at[0] == '{');
}

/* G5: a marking that is no id is one that is not understood, not one that is not there. */
static void keeps_markings_that_are_no_ids(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "{\"type\":\"tool\",\"id\":\"tool--" U "\",\"object_marking_refs\":[\"TLP:RED\"]}",
        "{\"type\":\"tool\",\"id\":\"tool--" U "\",\"object_marking_refs\":\"TLP:RED\"}",
        "{\"type\":\"tool\",\"id\":\"tool--" U "\",\"object_marking_refs\":[5]}",
        "{\"type\":\"tool\",\"id\":\"tool--" U "\",\"granular_markings\":[{\"marking_ref\":null}]}",
    };
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        OWNED(reading_done)
        struct reading r = {0};
        read_text(&r, TEXTS[i]);
        assert_null(r.error);
        assert_int_equal(r.object.markings.count + r.object.granular.count, 1);
    }
}

/* L9: without a usable id there is nothing to name the object by. */
static void refuses_objects_without_a_usable_id(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "[]",
        "{}",
        "{\"id\":\"tool--" U "\"}",
        "{\"type\":\"tool\"}",
        "{\"type\":\"tool\",\"id\":5}",
        "{\"type\":\"tool\",\"id\":\"tool\"}",
        "{\"type\":\"tool\",\"id\":\"tool--9e3779b1\"}",
        "{\"type\":\"tool\",\"id\":\"Tool--" U "\"}",
        "{\"type\":\"to\\u0000ol\",\"id\":\"tool--" U "\"}",
        "{\"type\":\"tool\",\"id\":\"tool--" U "\\u0000\"}",
    };
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        OWNED(reading_done)
        struct reading r = {0};
        read_text(&r, TEXTS[i]);
        if (r.error == NULL || r.error->code != ERR_INVALID)
            fail_msg("%s", TEXTS[i]);
        assert_int_equal(r.object.id.len, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_the_type_off_at_the_first_two_hyphens),
        cmocka_unit_test(reads_spec_ends_and_contents),
        cmocka_unit_test(reads_the_version_and_the_markings),
        cmocka_unit_test(keeps_markings_that_are_no_ids),
        cmocka_unit_test(refuses_objects_without_a_usable_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
