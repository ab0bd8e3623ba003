/*
 * Media types: what is chosen for an Accept header, and what a Content-Type names.
 */
#include "base/num.h"
#include "http/accept.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const str offers[] = {
    LIT_INIT("application/taxii+json;version=2.1"),
    LIT_INIT("application/json"),
    LIT_INIT("text/html"),
};

static void chooses_the_offer_that_the_header_weighs_most(void **state)
{
    static const struct {
        const char *header;
        int chosen;
    } cases[] = {
        {"", 0},
        {"   ", 0},
        {"*/*", 0},
        {"*", 0},
        {"application/*", 0},
        {"text/*", 2},
        {"application/taxii+json;version=2.1", 0},
        {"application/taxii+json; version=2.1", 0},
        {"application/taxii+json ; version = 2.1", 0},
        {"application/taxii+json;version=\"2.1\"", 0},
        {"Application/TAXII+JSON;Version=2.1", 0},
        {"application/taxii+json", 0},
        {"application/taxii+json;version=2.0", -1},
        {"application/vnd.oasis.taxii+json; version=2.0", -1},
        /* A list is judged whole. */
        {"application/taxii+json;version=2.0, application/taxii+json;version=2.1", 0},
        {"application/vnd.oasis.taxii+json, application/taxii+json;version=2.1;q=0.1", 0},
        {"image/png, text/html;q=0.2, application/json;q=0.3", 1},
        {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 2},
        {"*/*;q=0.1, application/json", 1},
        {"application/taxii+json;version=2.1;q=0, */*", 1},
        {"application/json;q=0", -1},
        {"application/json;q=0.000", -1},
        {"application/json;q=1.000", 1},
        {"application/json;q=1.001", -1},
        {"application/json;q=2", -1},
        {"application/json;q=", -1},
        {"application/json; charset=utf-8", 1},
        {"application/json;profile=\"a,b;c\", text/html", 2},
        {"application/taxii+json;q=0.5;version=2.1, text/html;q=0.4", 0},
        {"nonsense, application/json", 1},
        {"application/, /json, , application/json", 1},
        {"application", -1},
        {"*/json", -1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int chosen = http_accept_choose(str_of(cases[i].header), offers, COUNT_OF(offers));
        if (chosen != cases[i].chosen)
            fail_msg("\"%s\" chose %d", cases[i].header, chosen);
    }
}

static void knows_its_own_content_type(void **state)
{
    static const struct {
        const char *header;
        bool is_ours;
    } cases[] = {
        {"application/taxii+json;version=2.1", true},
        {"application/taxii+json; version=\"2.1\"", true},
        {"APPLICATION/taxii+json; charset=utf-8; VERSION=2.1", true},
        {"application/taxii+json", true},
        {"application/taxii+json;version=2.0", false},
        {"application/taxii+jsonx", false},
        {"application/json", false},
        {"", false},
        {";version=2.1", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (http_content_type_is(str_of(cases[i].header), offers[0]) != cases[i].is_ours)
            fail_msg("\"%s\"", cases[i].header);
    }
}

static void knows_whether_gzip_is_wanted(void **state)
{
    static const struct {
        const char *header;
        bool is_wanted;
    } cases[] = {
        {"", false},
        {"gzip", true},
        {"GZIP, deflate", true},
        {"x-gzip", true},
        {"deflate, br", false},
        {"gzip;q=0", false},
        {"gzip;q=0.1", true},
        {"*", true},
        {"*;q=0", false},
        {"identity", false},
        {"*, gzip;q=0", false},
        {"br;q=1.0, gzip; q=0.8", true},
        {"gzipped", false},
        {"gzip;level=9", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (http_accepts_coding(str_of(cases[i].header), LIT("gzip")) != cases[i].is_wanted)
            fail_msg("\"%s\"", cases[i].header);
    }
}

static void compares_entity_tags(void **state)
{
    (void)state;
    assert_true(http_etag_matches(LIT("\"a\", \"b,c\""), LIT("\"b,c\"")));
    assert_true(http_etag_matches(LIT("W/\"a\""), LIT("\"a\"")));
    assert_true(http_etag_matches(LIT("*"), LIT("\"a\"")));
    assert_false(http_etag_matches(LIT("\"a\""), LIT("\"b\"")));
    assert_false(http_etag_matches(LIT(""), LIT("\"b\"")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_the_offer_that_the_header_weighs_most),
        cmocka_unit_test(knows_its_own_content_type),
        cmocka_unit_test(knows_whether_gzip_is_wanted),
        cmocka_unit_test(compares_entity_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
