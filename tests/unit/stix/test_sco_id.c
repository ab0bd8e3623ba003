/*
 * Deterministic ids of cyber-observables, and the canonical JSON they are made of.
 */
#include "base/num.h"
#include "stix/sco_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* RFC 8785: sorted keys, short escapes, numbers as ECMAScript prints them. */
static const char *const CANONICAL[][2] = {
    {"{ \"b\" : 1 , \"a\" : [ true , null , false ] }", "{\"a\":[true,null,false],\"b\":1}"},
    {"\"\\u00e9\\u20ac\\u0001\\b\\/\\\"\\\\\"", "\"\u00e9\u20ac\\u0001\\b/\\\"\\\\\""},
    {"[1.0, -0, 0.0, 1e2, 1e20, 1e21, 1e-6, 1e-7]",
     "[1,0,0,100,100000000000000000000,1e+21,0.000001,1e-7]"},
    {"[0.1, 1.10, 333333333.33333329, 4.5, 2e-3, 1.2345678901234568e20]",
     "[0.1,1.1,333333333.3333333,4.5,0.002,123456789012345680000]"},
    {"[1.7976931348623157e308, 5e-324, 9007199254740993, -1.5e-10]",
     "[1.7976931348623157e+308,5e-324,9007199254740992,-1.5e-10]"},
    {"{\"\\ue000\":1,\"\\ud83d\\ude00\":2,\"aa\":3,\"a\":4}",
     "{\"a\":4,\"aa\":3,\"\U0001f600\":2,\"\ue000\":1}"},
    {"{}", "{}"},
};

static void writes_values_canonically(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CANONICAL); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(json_reader_done)
        struct json_reader reader = {0};
        OWNED(buf_done)
        struct buf text = {0};
        json value;
        buf_init(&text, 1000);
        err e = json_read(&a, &reader, str_of(CANONICAL[i][0]), NULL, &value);
        if (e)
            fail_msg("%s: %.*s", CANONICAL[i][0], STR_ARG(e->text));
        sco_id_put_canonical(&a, value, &text);
        if (!str_eq(buf_str(&text), str_of(CANONICAL[i][1])))
            fail_msg("%s\n  %.*s", CANONICAL[i][1], STR_ARG(buf_str(&text)));
    }
}

/* Ids that the standard prints, and that its rules give (STIX 2.1 §2.9). */
static const char *const IDS[][2] = {
    {"{\"type\":\"ipv4-addr\",\"value\":\"198.51.100.3\"}",
     "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"},
    {"{\"type\":\"ipv4-addr\",\"value\":\"198.51.100.3\",\"resolves_to_refs\":[\"x\"]}",
     "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"},
    {"{\"type\":\"directory\",\"path\":\"C:\\\\\"}",
     "directory--ab82f84a-5afc-5ea7-8d98-9fcbc277eda6"},
    {"{\"type\":\"autonomous-system\",\"number\":15139,\"name\":\"x\"}",
     "autonomous-system--3aa27478-50b5-5ab8-9da9-cdc12b657fff"},
    {"{\"type\":\"software\",\"version\":\"2002\",\"vendor\":\"Microsoft\",\"name\":\"Word\","
     "\"cpe\":\"cpe:2.3:a:microsoft:word:2000:*:*:*:*:*:*:*\"}",
     "software--710b0b41-d4d0-5d6c-a400-fc9254554ffc"},
    {"{\"type\":\"process\",\"pid\":5}", NULL},
    {"{\"type\":\"email-message\",\"is_multipart\":false}", NULL},
    {"{\"type\":\"campaign\",\"name\":\"x\"}", NULL},
};

static void gives_the_ids_of_the_standard(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(IDS); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(json_reader_done)
        struct json_reader reader = {0};
        json value;
        str id = {0};
        assert_null(json_read(&a, &reader, str_of(IDS[i][0]), NULL, &value));
        assert_int_equal(sco_id_make(&a, value, &id), IDS[i][1] != NULL);
        assert_true(str_eq(id, str_of(IDS[i][1])));
    }
}

/* Only one hash counts, so that files seen with more or fewer hashes are the same. */
static void one_hash_decides(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "{\"type\":\"file\",\"hashes\":{\"MD5\":\"00\",\"SHA-256\":\"11\"}}",
        "{\"type\":\"file\",\"hashes\":{\"SSDEEP\":\"22\",\"MD5\":\"00\"},\"size\":5}",
    };
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    json value;
    str ids[COUNT_OF(TEXTS)];
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        assert_null(json_read(&a, &reader, str_of(TEXTS[i]), NULL, &value));
        assert_true(sco_id_make(&a, value, &ids[i]));
    }
    assert_true(str_eq(ids[0], ids[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_values_canonically),
        cmocka_unit_test(gives_the_ids_of_the_standard),
        cmocka_unit_test(one_hash_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
