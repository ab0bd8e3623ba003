/*
 * Validation of whole files: what is reported, for which object, at which line.
 */
#include "base/buf.h"
#include "base/num.h"
#include "stix/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define U "9e3779b1-1111-4222-8333-000000000001"
#define CAMPAIGN(rest)                                                                           \
    "{\"type\":\"campaign\",\"spec_version\":\"2.1\",\"id\":\"campaign--" U                      \
    "\",\"created\":\"2026-10-01T12:00:00.000Z\",\"modified\":\"2026-10-01T12:00:00.000Z\"" rest \
    "}"
#define GOOD CAMPAIGN(",\"name\":\"n\"")
#define BUNDLE(objects) "{\"type\":\"bundle\",\"id\":\"bundle--" U "\",\"objects\":[" objects "]}"

/* One line per verdict: index (or b), line, and what was found first. */
static void note_verdict(void *to, const struct stix_verdict *verdict)
{
    struct buf *b = to;
    OWNED(arena_done)
    struct arena a = {0};
    if (verdict->index == SIZE_MAX)
        buf_put_char(b, 'b');
    else
        buf_print(b, "%zu", verdict->index);
    buf_print(b, "@%zu", verdict->line);
    if (verdict->findings->count) {
        str text = stix_finding_text(&a, &verdict->findings->items[0]);
        buf_print(b, " %.*s", STR_ARG(text));
    }
    buf_put_char(b, '\n');
}

struct report_case {
    const char *text;
    const char *wanted;
    size_t object_count;
    size_t refused_count;
    bool is_bundle_refused;
};

static const struct report_case CASES[] = {
    {BUNDLE(GOOD), "", 1, 0, false},
    {BUNDLE(GOOD ",\n\n" CAMPAIGN("")), "1@3 name: is required and missing (STIX 2.1 §4.2)\n", 2, 1,
     false},
    {BUNDLE(GOOD ",\n {\"a\":\n  tru}"), "1@2 is not JSON: line 3, column 3: ", 2, 1, false},
    {BUNDLE(" {\"a\":tru}"), "0@1 is not JSON: line 1, column ", 1, 1, false},
    {BUNDLE(""), "b@1 objects: must not be an empty list (STIX 2.1 §2.12)\n", 0, 0, true},
    {"{\"type\":\"bundle\",\"id\":\"bundle--5\"}", "b@1 id: must be of the form TYPE--UUID", 0, 0,
     true},
    {"{\"type\":\"bundle\",\"id\":\"bundle--" U "\",\"id\":\"bundle--" U "\"}",
     "b@1 id: stands twice", 0, 0, true},
    {GOOD "\n" CAMPAIGN("") "\n", "1@2 name: is required", 2, 1, false},
    {CAMPAIGN(""), "0@1 name: is required", 1, 1, false},
    {"{\"objects\":[" GOOD ",5]}", "1@1 must be an object, not a number", 2, 1, false},
};

static void reports_each_object_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(buf_done)
        struct buf b = {0};
        struct stix_validate_totals totals = {0};
        buf_init(&b, 10000);
        struct stix_validate_options options = {
            .spec = STIX_SPEC_2_1, .on_verdict = note_verdict, .to = &b};
        assert_null(stix_validate_text(&a, str_of(CASES[i].text), &options, &totals));
        bool is_right = str_starts(buf_str(&b), str_of(CASES[i].wanted)) &&
                        (CASES[i].wanted[0] || b.len == 0) &&
                        totals.object_count == CASES[i].object_count &&
                        totals.refused_count == CASES[i].refused_count &&
                        totals.is_bundle_refused == CASES[i].is_bundle_refused;
        if (!is_right)
            fail_msg("%s\n%.*s", CASES[i].text, STR_ARG(buf_str(&b)));
    }
}

static void fails_where_the_text_around_the_objects_is_broken(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"", "[]", "\"a\"", "{\"objects\":[" GOOD, BUNDLE(GOOD) "x"};
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(buf_done)
        struct buf b = {0};
        struct stix_validate_totals totals = {0};
        buf_init(&b, 10000);
        struct stix_validate_options options = {.on_verdict = note_verdict, .to = &b};
        err e = stix_validate_text(&a, str_of(TEXTS[i]), &options, &totals);
        assert_non_null(e);
        assert_int_equal(e->code, ERR_INPUT);
        assert_true(str_starts(e->text, LIT("line ")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_each_object_with_its_line),
        cmocka_unit_test(fails_where_the_text_around_the_objects_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
