/*
 * The log: lines stay lines, and those gathered are written once, whole and in order (S7).
 */
#include "base/clock.h"
#include "base/error.h"
#include "base/log_lines.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define THREADS 4
#define LINES_EACH 3000

/* Standard error goes to a file meanwhile. */
struct caught {
    FILE *file;
    int before;
};

static int catch_begin(void **state)
{
    struct caught *c = calloc(1, sizeof(*c));
    assert_non_null(c);
    c->file = tmpfile();
    assert_non_null(c->file);
    c->before = dup(STDERR_FILENO);
    dup2(fileno(c->file), STDERR_FILENO);
    *state = c;
    return 0;
}

static int catch_end(void **state)
{
    struct caught *c = *state;
    dup2(c->before, STDERR_FILENO);
    close(c->before);
    fclose(c->file);
    free(c);
    log_set_level(LOG_LEVEL_INFO);
    return 0;
}

/* What was written so far. */
static str caught_text(struct caught *c, struct arena *a)
{
    off_t size = lseek(fileno(c->file), 0, SEEK_END);
    char *text = arena_alloc(a, (size_t)size + 1);
    assert_int_equal(pread(fileno(c->file), text, (size_t)size, 0), size);
    return (str){text, (size_t)size};
}

static size_t count_lines(str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.at[i] == '\n';
    return count;
}

static void a_line_stays_one_line(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    LOG_WARN("one\ntwo %d", 7);
    str text = caught_text(*state, &a);
    assert_true(str_ends(text, LIT(" warn one\\x0atwo 7\n")));
    assert_int_equal(count_lines(text), 1);
}

static void a_text_that_is_too_long_is_cut(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    char *nuls = arena_alloc(&a, 5000);
    struct log_lines *l = log_lines_open();
    log_lines_add(l, LOG_LEVEL_INFO, (str){nuls, 5000});
    log_lines_close(l);
    str text = caught_text(*state, &a);
    assert_int_equal(count_lines(text), 1);
    assert_int_equal(text.len, CLOCK_TEXT_BYTES - 1 + 6 + 4 * LOG_TEXT_BYTES_MAX + 1);
}

static void lines_are_written_in_groups_and_in_order(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    struct log_lines *l = log_lines_open();
    log_lines_add(l, LOG_LEVEL_INFO, LIT("first"));
    log_lines_add(l, LOG_LEVEL_INFO, LIT("second"));
    log_lines_add(l, LOG_LEVEL_DEBUG, LIT("not asked for"));
    assert_int_equal(caught_text(*state, &a).len, 0);
    log_lines_write(l);
    str text = caught_text(*state, &a);
    assert_int_equal(count_lines(text), 2);
    assert_true(str_find(text, LIT(" info first\n")) < str_find(text, LIT(" info second\n")));
    log_lines_write(l);
    assert_int_equal(caught_text(*state, &a).len, text.len);
    log_lines_add(l, LOG_LEVEL_INFO, LIT("third"));
    log_lines_close(l);
    assert_true(str_ends(caught_text(*state, &a), LIT(" info third\n")));
}

static void what_a_lost_process_gathered_is_written(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    struct log_lines *l = log_lines_open();
    log_lines_add(l, LOG_LEVEL_INFO, LIT("last words"));
    log_lines_write_last(l);
    assert_true(str_ends(caught_text(*state, &a), LIT(" info last words\n")));
    log_lines_close(l);
}

struct adding {
    struct log_lines *lines;
    unsigned thread;
};

static void *add_many(void *context)
{
    const struct adding *adding = context;
    for (unsigned i = 0; i < LINES_EACH; i++) {
        char text[64];
        int len = snprintf(text, sizeof(text), "thread %u line %u.", adding->thread, i);
        log_lines_add(adding->lines, LOG_LEVEL_INFO, (str){text, (size_t)len});
    }
    return NULL;
}

/* Many more than there is room for, while another thread writes. */
static void no_line_is_lost_or_mixed(void **state)
{
    OWNED(arena_done) struct arena a = {0};
    struct log_lines *l = log_lines_open();
    pthread_t threads[THREADS];
    struct adding adding[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        adding[i] = (struct adding){l, i};
        assert_int_equal(pthread_create(&threads[i], NULL, add_many, &adding[i]), 0);
    }
    for (unsigned i = 0; i < 200; i++)
        log_lines_write(l);
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    log_lines_close(l);
    str text = caught_text(*state, &a);
    assert_int_equal(count_lines(text), THREADS * LINES_EACH);
    unsigned next[THREADS] = {0};
    str line;
    while (str_cut(&text, '\n', &line) && line.len) {
        unsigned thread;
        unsigned number;
        const char *from = arena_copy(&a, line).at + str_find(line, LIT("thread "));
        assert_int_equal(sscanf(from, "thread %u line %u.", &thread, &number), 2);
        assert_true(thread < THREADS);
        assert_int_equal(number, next[thread]++);
    }
}

#define LOG_TEST(function) cmocka_unit_test_setup_teardown(function, catch_begin, catch_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOG_TEST(a_line_stays_one_line),
        LOG_TEST(a_text_that_is_too_long_is_cut),
        LOG_TEST(lines_are_written_in_groups_and_in_order),
        LOG_TEST(what_a_lost_process_gathered_is_written),
        LOG_TEST(no_line_is_lost_or_mixed),
    };
    return cmocka_run_group_tests_name("base/log", tests, NULL, NULL);
}
