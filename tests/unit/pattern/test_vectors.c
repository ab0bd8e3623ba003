/*
 * The shared vectors: verdicts about 400 patterns, right and wrong, with which the reader agrees,
 * and 600 patterns for matching, all of which it reads. They lie in ../shared beside the checkout;
 * where they are missing, the test says so and skips.
 */
#include "base/file.h"
#include "pattern/evaluate.h"
#include "json/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#define VECTORS_BYTES_MAX ((size_t)64 << 20)

/* Counts the lines of a vector file whose verdict the reader does not share. */
struct tally {
    size_t lines;
    size_t differences;
};

static void judge_line(struct json_reader *reader, str line, struct tally *tally)
{
    OWNED(arena_done)
    struct arena a = {0};
    json vector;
    assert_null(json_read(&a, reader, line, NULL, &vector));
    json verdict = json_get(vector, LIT("valid"));
    bool is_good = json_is(verdict, JSON_NONE) || json_is(verdict, JSON_TRUE);
    str text = json_get_string(vector, LIT("pattern"));
    struct pattern *p = NULL;
    err e = pattern_read(&a, text, &p);
    tally->lines++;
    if (is_good == (e == NULL))
        return;
    tally->differences++;
    str why = e ? e->text : json_get_string(vector, LIT("why"));
    print_message("%s: %.*s\n  %.*s\n", is_good ? "should be read" : "should be refused",
                  STR_ARG(text), STR_ARG(why));
}

static void judge_file(const char *path, size_t lines)
{
    if (access(path, R_OK) != 0) {
        print_message("skipped: there is no %s\n", path);
        skip();
    }
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    str text;
    assert_null(file_read(&a, str_of(path), VECTORS_BYTES_MAX, &text));
    struct tally tally = {0};
    for (str line; str_cut(&text, '\n', &line);) {
        if (line.len)
            judge_line(&reader, line, &tally);
    }
    assert_int_equal(tally.differences, 0);
    assert_true(tally.lines >= lines);
}

static void agrees_with_every_verdict(void **state)
{
    (void)state;
    judge_file(VECTORS "/pattern_syntax.jsonl", 400);
}

static void reads_every_pattern_to_be_matched(void **state)
{
    (void)state;
    judge_file(VECTORS "/patterns.jsonl", 600);
}

/* One bundle of observed data, and the reader that holds it. */
struct scene {
    struct json_reader reader;
    str name;
    struct observed observed;
};

static void read_scene(struct arena *a, str line, struct scene *scene)
{
    json vector;
    assert_null(json_read(a, &scene->reader, line, NULL, &vector));
    scene->name = json_get_string(vector, LIT("observed"));
    json objects = json_get(json_get(vector, LIT("bundle")), LIT("objects"));
    size_t count = json_count(objects);
    json *list = NEW_ARRAY(a, count, json);
    for (struct json_walk w = json_walk(objects); json_next(&w);)
        list[w.index] = w.value;
    observed_gather(a, list, count, &scene->observed);
    assert_int_equal(scene->observed.faults.count, 0);
}

static bool verdict_of(struct arena *a, str text, const struct observed *data)
{
    struct pattern *p = NULL;
    assert_null(pattern_read(a, text, &p));
    assert_null(pattern_prepare(a, p));
    struct pattern_verdict verdict = {0};
    err e = pattern_evaluate(a, p, data, &verdict);
    pattern_release(p);
    assert_null(e);
    return verdict.is_match;
}

static void match_line(struct json_reader *reader, str line, const struct map *scenes,
                       struct tally *tally)
{
    OWNED(arena_done)
    struct arena a = {0};
    json vector;
    assert_null(json_read(&a, reader, line, NULL, &vector));
    const struct scene *scene = map_get(scenes, json_get_string(vector, LIT("observed")));
    assert_non_null(scene);
    str text = json_get_string(vector, LIT("pattern"));
    bool is_expected = json_is(json_get(vector, LIT("match")), JSON_TRUE);
    tally->lines++;
    if (verdict_of(&a, text, &scene->observed) == is_expected)
        return;
    tally->differences++;
    print_message("%s: %.*s\n", is_expected ? "should match" : "should not match", STR_ARG(text));
}

static void matches_what_every_verdict_says(void **state)
{
    (void)state;
    if (access(VECTORS "/patterns.jsonl", R_OK) != 0) {
        print_message("skipped: there is no " VECTORS "/patterns.jsonl\n");
        skip();
    }
    OWNED(arena_done)
    struct arena a = {0};
    struct map scenes;
    map_init(&scenes, &a);
    str text;
    assert_null(file_read(&a, LIT(VECTORS "/pattern_observed.jsonl"), VECTORS_BYTES_MAX, &text));
    for (str line; str_cut(&text, '\n', &line) && line.len;) {
        struct scene *scene = NEW(&a, struct scene);
        read_scene(&a, line, scene);
        map_put(&scenes, scene->name, scene);
    }
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    struct tally tally = {0};
    assert_null(file_read(&a, LIT(VECTORS "/patterns.jsonl"), VECTORS_BYTES_MAX, &text));
    for (str line; str_cut(&text, '\n', &line) && line.len;)
        match_line(&reader, line, &scenes, &tally);
    size_t at = 0;
    for (const struct map_slot *slot; (slot = map_next(&scenes, &at));)
        json_reader_done(&((struct scene *)slot->value)->reader);
    assert_int_equal(tally.differences, 0);
    assert_true(tally.lines >= 600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_every_verdict),
        cmocka_unit_test(reads_every_pattern_to_be_matched),
        cmocka_unit_test(matches_what_every_verdict_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
