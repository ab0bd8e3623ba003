/*
 * Validation by cases of our own: one line each, with what is to be found where.
 */
#include "base/buf.h"
#include "base/num.h"
#include "stix/catalog.h"
#include "stix/validate.h"
#include "json/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define U4 "9e3779b1-1111-4222-8333-000000000001"
#define U5 "9e3779b1-1111-5222-8333-000000000001"
#define TIMES "\"created\":\"2026-10-01T12:00:00.000Z\",\"modified\":\"2026-10-02T12:00:00.000Z\""
#define SDO(type, rest) \
    "{\"type\":\"" type "\",\"spec_version\":\"2.1\",\"id\":\"" type "--" U4 "\"," TIMES rest "}"
#define OLD(type, rest) "{\"type\":\"" type "\",\"id\":\"" type "--" U4 "\"," TIMES rest "}"
#define SCO(type, rest) "{\"type\":\"" type "\",\"id\":\"" type "--" U5 "\"" rest "}"
#define CAMPAIGN(rest) SDO("campaign", ",\"name\":\"Ballot Box\"" rest)

enum outcome { CLEAN, WARNED, REFUSED };

struct rule_case {
    enum outcome outcome;
    const char *path; /* of the first finding of that level */
    const char *text;
};

static const struct rule_case CASES[] = {
    /* L5: null and empty values. */
    {REFUSED, "description", CAMPAIGN(",\"description\":null")},
    {REFUSED, "labels", CAMPAIGN(",\"labels\":[]")},
    {REFUSED, "labels[0]", CAMPAIGN(",\"labels\":[null]")},
    {REFUSED, "x_own", CAMPAIGN(",\"x_own\":null")},
    {REFUSED, "x_own", CAMPAIGN(",\"x_own\":{}")},
    {WARNED, "x_own.list", CAMPAIGN(",\"x_own\":{\"list\":[]}")},
    {WARNED, "x_own[0]", CAMPAIGN(",\"x_own\":[null]")},
    {WARNED, "extensions.extension-definition--" U4 ".deep",
     CAMPAIGN(",\"extensions\":{\"extension-definition--" U4
              "\":{\"extension_type\":\"property-extension\",\"deep\":[]}}")},
    {WARNED, "places",
     SDO("voting-day", ",\"places\":[],\"extensions\":{\"extension-definition--" U4
                       "\":{\"extension_type\":\"new-sdo\"}}")},
    /* L5: U+0000. */
    {CLEAN, "", CAMPAIGN(",\"description\":\"a\\u0000b\"")},
    {REFUSED, "x_\0a", CAMPAIGN(",\"x_\\u0000a\":1")},
    {REFUSED, "x_own", CAMPAIGN(",\"x_own\":{\"a\\u0000\":1}")},
    {REFUSED, "created_by_ref", CAMPAIGN(",\"created_by_ref\":\"identity--\\u0000\"")},
    /* Duplicate keys, at any depth. */
    {REFUSED, "name", CAMPAIGN(",\"name\":\"again\"")},
    {REFUSED, "x_own.a", CAMPAIGN(",\"x_own\":{\"a\":1,\"a\":1}")},
    /* L4: without spec_version an SDO is 2.0. */
    {CLEAN, "", OLD("campaign", ",\"name\":\"Ballot Box\"")},
    {REFUSED, "labels", OLD("malware", ",\"name\":\"m\"")},
    {CLEAN, "", OLD("malware", ",\"name\":\"m\",\"labels\":[\"worm\"]")},
    {REFUSED, "identity_class", OLD("identity", ",\"name\":\"m\"")},
    {CLEAN, "", SCO("domain-name", ",\"value\":\"login-county.example\"")},
    {CLEAN, "",
     OLD("indicator", ",\"labels\":[\"benign\"],\"pattern\":\"[url:value = 'a']\","
                      "\"valid_from\":\"2026-10-01T12:00:00Z\"")},
    {REFUSED, "pattern",
     OLD("indicator", ",\"labels\":[\"benign\"],\"pattern\":\"[url:value = ]\","
                      "\"valid_from\":\"2026-10-01T12:00:00Z\"")},
    /* Observed data of 2.0. */
    {CLEAN, "",
     OLD("observed-data",
         ",\"first_observed\":\"2026-10-01T12:00:00Z\",\"last_observed\":\"2026-10-01T12:00:00Z\","
         "\"number_observed\":1,\"objects\":{\"0\":{\"type\":\"ipv4-addr\",\"value\":\"192.0.2.1\"}"
         ","
         "\"1\":{\"type\":\"network-traffic\",\"src_ref\":\"0\",\"protocols\":[\"tcp\"]}}")},
    {REFUSED, "objects.1.src_ref",
     OLD("observed-data",
         ",\"first_observed\":\"2026-10-01T12:00:00Z\",\"last_observed\":\"2026-10-01T12:00:00Z\","
         "\"number_observed\":1,\"objects\":{\"0\":{\"type\":\"ipv4-addr\",\"value\":\"192.0.2.1\"}"
         ","
         "\"1\":{\"type\":\"network-traffic\",\"src_ref\":\"2\",\"protocols\":[\"tcp\"]}}")},
    /* Times. */
    {REFUSED, "created",
     "{\"type\":\"campaign\",\"spec_version\":\"2.1\",\"id\":\"campaign--" U4
     "\",\"created\":\"2026-10-01T12:00:00Z\",\"modified\":\"2026-10-02T12:00:00.000Z\","
     "\"name\":\"n\"}"},
    {REFUSED, "last_seen",
     CAMPAIGN(",\"first_seen\":\"2026-10-01T12:00:00.0000002Z\","
              "\"last_seen\":\"2026-10-01T12:00:00.0000001Z\"")},
    {CLEAN, "",
     CAMPAIGN(",\"first_seen\":\"2026-10-01T12:00:00.0000001Z\","
              "\"last_seen\":\"2026-10-01T12:00:00.00000010Z\"")},
    /* Ids of cyber-observables. */
    {REFUSED, "id", SCO("process", ",\"pid\":1")},
    {WARNED, "id", "{\"type\":\"url\",\"id\":\"url--" U4 "\",\"value\":\"https://a.example/\"}"},
    /* Extensions. */
    {REFUSED, "extensions.extension-definition--" U4,
     CAMPAIGN(",\"extensions\":{\"extension-definition--" U4 "\":{\"rank\":5}}")},
    {REFUSED, "extensions.extension-definition--5",
     CAMPAIGN(",\"extensions\":{\"extension-definition--5\":{\"extension_type\":"
              "\"property-extension\"}}")},
    {WARNED, "extensions.x-ballots-ext",
     CAMPAIGN(",\"extensions\":{\"x-ballots-ext\":{\"rank\":5}}")},
    {REFUSED, "extensions.ntfs-ext.alternate_data_streams[0].name",
     SCO("file", ",\"name\":\"a\",\"extensions\":{\"ntfs-ext\":{\"alternate_data_streams\":"
                 "[{\"size\":1}]}}")},
    /* Named audiences are held to their definition (G4). */
    {CLEAN, "",
     "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"marking-definition--" U4
     "\",\"created\":\"2026-10-01T12:00:00.000Z\",\"name\":\"Ohio\",\"extensions\":{"
     "\"extension-definition--1c8ccade-bbc7-4bc2-bcbf-90b15c58db60\":{\"extension_type\":"
     "\"property-extension\",\"jurisdictions\":[\"us-39\"]}}}"},
    {REFUSED, "extensions.extension-definition--1c8ccade-bbc7-4bc2-bcbf-90b15c58db60",
     "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"marking-definition--" U4
     "\",\"created\":\"2026-10-01T12:00:00.000Z\",\"name\":\"Ohio\",\"extensions\":{"
     "\"extension-definition--1c8ccade-bbc7-4bc2-bcbf-90b15c58db60\":{\"extension_type\":"
     "\"property-extension\",\"jurisdictions\":[\"us-3\"]}}}"},
    /* TLP 2 under an id of its own. */
    {REFUSED, "extensions.extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d",
     "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"marking-definition--" U4
     "\",\"created\":\"2022-10-01T00:00:00.000Z\",\"name\":\"TLP:RED\",\"extensions\":{"
     "\"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d\":{\"extension_type\":"
     "\"property-extension\",\"tlp_2_0\":\"red\"}}}"},
    /* G5: TLP's ids cannot be redefined, not even as something else. */
    {REFUSED, "id",
     "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":"
     "\"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed\",\"created\":"
     "\"2017-01-20T00:00:00.000Z\",\"definition_type\":\"statement\",\"definition\":{"
     "\"statement\":\"free for all\"}}"},
    {REFUSED, "id",
     "{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":"
     "\"marking-definition--826578e1-40ad-459f-bc73-ede076f81f37\",\"created\":"
     "\"2017-01-20T00:00:00.000Z\",\"definition_type\":\"statement\",\"definition\":{"
     "\"statement\":\"free for all\"}}"},
    /* References. */
    {REFUSED, "source_ref",
     SDO("relationship", ",\"relationship_type\":\"uses\",\"source_ref\":\"bundle--" U4
                         "\",\"target_ref\":\"tool--" U4 "\"")},
    {CLEAN, "",
     SDO("relationship", ",\"relationship_type\":\"uses\",\"source_ref\":\"x-thing--" U4
                         "\",\"target_ref\":\"tool--" U4 "\"")},
    /* Selectors. */
    {REFUSED, "granular_markings[0].selectors[1]",
     CAMPAIGN(",\"granular_markings\":[{\"lang\":\"de\",\"selectors\":[\"name\",\"name.x\"]}]")},
    /* Bundles. */
    {REFUSED, "objects[0].name",
     "{\"type\":\"bundle\",\"id\":\"bundle--" U4 "\",\"objects\":[" SDO("campaign", "") "]}"},
    {REFUSED, "objects[0]",
     "{\"type\":\"bundle\",\"id\":\"bundle--" U4
     "\",\"objects\":[{\"type\":\"bundle\",\"id\":\"bundle--" U4 "\"}]}"},
    {REFUSED, "type", "{}"},
    {REFUSED, "", "[]"},
};

static enum outcome outcome_of(const struct stix_findings *f)
{
    if (f->must_count)
        return REFUSED;
    return f->should_count ? WARNED : CLEAN;
}

static bool names_path(const struct stix_findings *findings, const struct rule_case *c)
{
    enum stix_level level = c->outcome == REFUSED ? STIX_MUST : STIX_SHOULD;
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].level == level &&
            str_starts(findings->items[i].path, str_of(c->path)))
            return true;
    }
    return c->outcome == CLEAN;
}

static void finds_what_each_case_says(void **state)
{
    (void)state;
    size_t differences = 0;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(json_reader_done)
        struct json_reader reader = {0};
        struct stix_findings findings = {0};
        json value;
        assert_null(json_read(&a, &reader, str_of(CASES[i].text), NULL, &value));
        stix_check(&a, value, STIX_SPEC_BY_OBJECT, &findings);
        if (outcome_of(&findings) == CASES[i].outcome && names_path(&findings, &CASES[i]))
            continue;
        differences++;
        print_message("case %zu, %s\n", i, CASES[i].text);
        for (size_t k = 0; k < findings.count; k++)
            print_message("    %.*s\n", STR_ARG(stix_finding_text(&a, &findings.items[k])));
    }
    assert_int_equal(differences, 0);
}

static size_t names_at(const struct catalog_shape *shape, str name)
{
    size_t count = 0;
    for (size_t i = 0; i < shape->property_count; i++)
        count += str_eq(shape->properties[i].name, name);
    return count;
}

static void check_type_block(const struct catalog_type *type)
{
    assert_true(type->own.property_count + type->common->property_count <= 64);
    for (size_t i = 0; i < type->own.property_count; i++)
        assert_int_equal(names_at(&type->own, type->own.properties[i].name), 1);
    for (size_t i = 0; i < type->own.rule_count; i++) {
        for (size_t k = 0; k < CATALOG_RULE_NAMES_MAX; k++) {
            str name = type->own.rules[i].names[k];
            assert_true(name.len == 0 || names_at(&type->own, name) ||
                        names_at(type->common, name));
        }
    }
    for (size_t i = 0; i < CATALOG_ID_NAMES_MAX; i++) {
        str name = type->id_names[i];
        assert_true(name.len == 0 || names_at(&type->own, name) || names_at(type->common, name));
    }
}

static void every_block_of_the_catalog_holds_together(void **state)
{
    (void)state;
    const struct catalog_table *tables[] = {&CATALOG_SDO_2_1,         &CATALOG_SCO_2_1,
                                            &CATALOG_META_2_1,        &CATALOG_TYPES_2_0,
                                            &CATALOG_OBSERVABLES_2_0, &CATALOG_OWN};
    size_t types = 0;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        for (size_t k = 0; k < tables[i]->count; k++, types++)
            check_type_block(&tables[i]->types[k]);
    }
    assert_int_equal(types, 21 + 18 + 4 + 16 + 18 + 17);
}

static void keeps_few_findings_and_counts_all(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(buf_done)
    struct buf text = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    struct stix_findings findings = {0};
    json value;
    buf_init(&text, 1 << 20);
    buf_put(&text, LIT("{\"type\":\"campaign\",\"labels\":["));
    for (unsigned i = 0; i < 1000; i++)
        buf_put(&text, i ? LIT(",5") : LIT("5"));
    buf_put(&text, LIT("]}"));
    assert_null(json_read(&a, &reader, buf_str(&text), NULL, &value));
    stix_check(&a, value, STIX_SPEC_2_1, &findings);
    assert_int_equal(findings.count, STIX_FINDINGS_MAX);
    assert_true(findings.must_count >= 1000);
    assert_non_null(stix_findings_error(&a, &findings));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_each_case_says),
        cmocka_unit_test(every_block_of_the_catalog_holds_together),
        cmocka_unit_test(keeps_few_findings_and_counts_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
