/*
 * Objects out of a file: in order, with their lines, on a thread beside the caller's or without.
 */
#include "base/num.h"
#include "sweep/objects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/* Many pieces, so that each of the reading thread's is filled more than once. */
#define COUNT 30000
#define BROKEN 20001 /* one of them */

/* What was met so far, and what is to be. */
struct meeting {
    int64_t next; /* number */
    size_t troubles;
    int64_t end_at; /* an error at this number; -1: none */
    str path;
    struct arena arena;
};

static err meet(void *context, const struct objects_item *item)
{
    struct meeting *m = context;
    int64_t number;
    if (m->next == m->end_at)
        return FAIL(&m->arena, ERR_TOO_LARGE, "enough");
    assert_true(json_to_i64(json_get(item->object, LIT("n")), &number));
    assert_int_equal(item->members[1].at, json_get(item->object, LIT("n")).at);
    assert_int_equal(json_string(item->members[0]).len, 40);
    assert_int_equal(number, m->next);
    /* The list begins on the first line; from then on there is one on each. */
    assert_int_equal(item->line, number + 1);
    m->next += number + 1 == BROKEN ? 2 : 1;
    return NULL;
}

static void say(void *context, str place, str words)
{
    struct meeting *m = context;
    m->troubles++;
    assert_true(str_eq(place, arena_print(&m->arena, "%.*s:%d", STR_ARG(m->path), BROKEN + 1)));
    assert_true(str_starts(words, LIT("no JSON object: ")));
}

/* A bundle of COUNT objects, one of them broken; the last `cut` bytes are left away. */
static str write_bundle(char *path, size_t cut)
{
    int fd = mkstemp(path);
    FILE *to = fdopen(fd, "w");
    assert_non_null(to);
    fputs("{\"type\":\"bundle\",\"objects\":[", to);
    for (int i = 0; i < COUNT; i++)
        fprintf(to, "%s{\"n\":%d,\"text\":\"%040d\"%s}", i ? ",\n" : "", i, i,
                i == BROKEN ? ",01" : "");
    fputs("]}", to);
    long size = ftell(to);
    fclose(to);
    assert_int_equal(truncate(path, size - (long)cut), 0);
    return str_of(path);
}

static err read_bundle(struct arena *a, struct meeting *m, struct objects_keep *keep)
{
    static const str KEYS[] = {LIT_INIT("text"), LIT_INIT("n")};
    struct trouble trouble = {say, m};
    struct json_keys keys;
    json_keys_init(&keys, KEYS, COUNT_OF(KEYS));
    struct objects_call call = {.path = m->path,
                                .fn = meet,
                                .context = m,
                                .keys = &keys,
                                .keep = keep,
                                .trouble = &trouble};
    return objects_each(a, &call);
}

static void gives_all_in_order_and_names_the_broken_with_a_thread_or_without(void **state)
{
    (void)state;
    char path[] = "/tmp/tocsin-objects-XXXXXX";
    str written = write_bundle(path, 0);
    for (int keeps = 0; keeps < 2; keeps++) {
        OWNED(arena_done)
        struct arena a = {0};
        OWNED(objects_keep_done) struct objects_keep keep = {0};
        struct meeting m = {.end_at = -1, .path = written};
        assert_null(read_bundle(&a, &m, keeps ? &keep : NULL));
        assert_int_equal(m.next, COUNT);
        assert_int_equal(m.troubles, 1);
        arena_done(&m.arena);
    }
    unlink(path);
}

static void an_error_of_the_function_ends_the_reading(void **state)
{
    (void)state;
    char path[] = "/tmp/tocsin-objects-XXXXXX";
    str written = write_bundle(path, 0);
    static const int64_t ENDS[] = {0, 1, 5000, BROKEN + 1};
    for (size_t i = 0; i < COUNT_OF(ENDS); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        struct meeting m = {.end_at = ENDS[i], .path = written};
        err failure = read_bundle(&a, &m, NULL);
        assert_non_null(failure);
        assert_int_equal(failure->code, ERR_TOO_LARGE);
        assert_int_equal(m.next, ENDS[i]);
        arena_done(&m.arena);
    }
    unlink(path);
}

static void what_stands_before_a_cut_is_given_before_the_error(void **state)
{
    (void)state;
    char path[] = "/tmp/tocsin-objects-XXXXXX";
    str written = write_bundle(path, 10);
    OWNED(arena_done)
    struct arena a = {0};
    struct meeting m = {.end_at = -1, .path = written};
    err failure = read_bundle(&a, &m, NULL);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_INPUT);
    assert_true(str_starts(error_text(&a, failure), written));
    assert_in_range(m.next, 1, COUNT - 1);
    arena_done(&m.arena);
    unlink(path);
}

static void no_more_is_kept_than_was_agreed(void **state)
{
    (void)state;
    char path[] = "/tmp/tocsin-objects-XXXXXX";
    str written = write_bundle(path, 0);
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(objects_keep_done) struct objects_keep keep = {.bytes_max = (size_t)1 << 20};
    struct meeting m = {.end_at = -1, .path = written};
    err failure = read_bundle(&a, &m, &keep);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_TOO_LARGE);
    assert_true(str_ends(error_text(&a, failure), LIT("give them in several runs")));
    assert_in_range(m.next, 1, COUNT - 1);
    arena_done(&m.arena);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_all_in_order_and_names_the_broken_with_a_thread_or_without),
        cmocka_unit_test(an_error_of_the_function_ends_the_reading),
        cmocka_unit_test(what_stands_before_a_cut_is_given_before_the_error),
        cmocka_unit_test(no_more_is_kept_than_was_agreed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
