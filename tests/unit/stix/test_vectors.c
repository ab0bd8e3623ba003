/*
 * The shared vectors: 363 objects and bundles with the verdict of STIX 2.1, and real bundles. They
 * lie in ../shared beside the checkout; where they are missing, the test says so and skips (L5).
 */
#include "base/file.h"
#include "stix/bundle.h"
#include "stix/object.h"
#include "stix/validate.h"
#include "json/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#define FILE_BYTES_MAX ((size_t)64 << 20)

struct verdict {
    bool is_accepted;
    bool is_warned;
    str words;
};

static struct verdict judge(struct arena *a, str text)
{
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    struct stix_findings findings = {0};
    json value;
    err e = json_read(a, &reader, text, NULL, &value);
    if (e)
        return (struct verdict){.words = error_text(a, e)};
    stix_check(a, value, STIX_SPEC_2_1, &findings);
    struct verdict v = {findings.must_count == 0, findings.should_count > 0, {0}};
    for (size_t i = 0; i < findings.count; i++)
        v.words = arena_join(a, v.words, stix_finding_text(a, &findings.items[i]), LIT("; "));
    return v;
}

/* True if the verdict is the line's. */
static bool agrees(struct arena *a, json line)
{
    struct verdict v = judge(a, json_get_string(line, LIT("text")));
    bool is_valid = json_is(json_get(line, LIT("valid")), JSON_TRUE);
    bool wants_warning = is_valid && str_eq(json_get_string(line, LIT("level")), LIT("SHOULD"));
    if (v.is_accepted == is_valid && (!is_valid || v.is_warned == wants_warning))
        return true;
    str reason = json_get_string(line, LIT("reason"));
    print_message("case %.*s (%.*s): %s, %s; found: %.*s\n",
                  STR_ARG(json_number_text(json_get(line, LIT("case")))), STR_ARG(reason),
                  is_valid ? "valid" : "not valid",
                  wants_warning ? "to be warned of" : "no warning", STR_ARG(v.words));
    return false;
}

static void agrees_with_every_verdict(void **state)
{
    (void)state;
    if (access(SHARED "/vectors/stix_objects.jsonl", R_OK) != 0) {
        print_message("../shared/vectors/stix_objects.jsonl is missing\n");
        skip();
    }
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    str text;
    str line;
    size_t lines = 0;
    size_t differences = 0;
    assert_null(file_read(&a, LIT(SHARED "/vectors/stix_objects.jsonl"), FILE_BYTES_MAX, &text));
    while (str_cut(&text, '\n', &line)) {
        json value;
        if (line.len == 0)
            continue;
        assert_null(json_read(&a, &reader, line, NULL, &value));
        lines++;
        differences += !agrees(&a, value);
    }
    print_message("%zu verdicts, %zu differences\n", lines, differences);
    assert_true(lines > 0);
    assert_int_equal(differences, 0);
}

static void count_refused(void *to, const struct stix_verdict *verdict)
{
    size_t *shown = to;
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < verdict->findings->count && *shown < 20; i++) {
        const struct stix_finding *f = &verdict->findings->items[i];
        if (f->level != STIX_MUST)
            continue;
        ++*shown;
        print_message("line %zu, %.*s: %.*s\n", verdict->line, STR_ARG(verdict->id),
                      STR_ARG(stix_finding_text(&a, f)));
    }
}

static void accepts_file(const char *path)
{
    if (access(path, R_OK) != 0) {
        print_message("%s is missing\n", path);
        skip();
    }
    OWNED(arena_done)
    struct arena a = {0};
    str text;
    size_t shown = 0;
    struct stix_validate_totals totals = {0};
    struct stix_validate_options options = {
        .spec = STIX_SPEC_BY_OBJECT, .on_verdict = count_refused, .to = &shown};
    assert_null(file_read(&a, str_of(path), FILE_BYTES_MAX, &text));
    assert_null(stix_validate_text(&a, text, &options, &totals));
    print_message("%s: %zu objects, %zu refused, %zu with warnings\n", path, totals.object_count,
                  totals.refused_count, totals.warned_count);
    assert_true(totals.object_count > 0);
    assert_int_equal(totals.refused_count, 0);
    assert_false(totals.is_bundle_refused);
}

static void accepts_the_attack_bundle(void **state)
{
    (void)state;
    accepts_file(SHARED "/data/stix/ics-attack-17.1.json");
}

static void accepts_the_disarm_bundle(void **state)
{
    (void)state;
    accepts_file(SHARED "/data/stix/disarm-red.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_every_verdict),
        cmocka_unit_test(accepts_the_attack_bundle),
        cmocka_unit_test(accepts_the_disarm_bundle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
