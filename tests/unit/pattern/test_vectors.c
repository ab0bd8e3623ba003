/*
 * The shared vectors: verdicts about 400 patterns, right and wrong, with which the reader agrees,
 * and 600 patterns for matching, all of which it reads. They lie in ../shared beside the checkout;
 * where they are missing, the test says so and skips.
 */
#include "base/file.h"
#include "pattern/pattern.h"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_every_verdict),
        cmocka_unit_test(reads_every_pattern_to_be_matched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
