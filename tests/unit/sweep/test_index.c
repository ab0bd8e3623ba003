/*
 * Indexes: what goes in is found, versions replace each other, files give the same.
 */
#include "base/num.h"
#include "sweep/allow.h"
#include "sweep/build.h"
#include "sweep/compile.h"
#include "sweep/scan.h"
#include "sweep/template.h"

#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void add(struct sweep_builder *b, const char *id, int64_t modified_us, const char *text)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_indicator i = {.id = str_of(id),
                                .modified_us = modified_us,
                                .name = LIT("a name"),
                                .confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_value value;
    assert_null(sweep_value_guess(&a, str_of(text), &value));
    assert_null(sweep_builder_add(&a, b, &i, &value, 1));
}

/* The entry of a name, or SWEEP_NONE. */
static uint32_t find(const struct sweep_index *x, const char *name)
{
    char padded[SWEEP_HASH_SLACK + 256] = {0};
    size_t len = strlen(name);
    memcpy(padded + SWEEP_HASH_SLACK, name, len);
    return sweep_index_find(x, SWEEP_DOMAIN, (str){padded + SWEEP_HASH_SLACK, len});
}

#define ID "indicator--00000000-0000-4000-8000-000000000001"
#define OTHER_ID "indicator--00000000-0000-4000-8000-000000000002"
#define THIRD_ID "indicator--00000000-0000-4000-8000-000000000003"

static void the_newest_version_counts_in_any_order(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    add(b, ID, 2000000, "new.example");
    add(b, ID, 1000000, "old.example");
    add(b, OTHER_ID, 1000000, "old2.example");
    add(b, OTHER_ID, 2000000, "new2.example");
    sweep_builder_finish(b, &x);
    assert_true(sweep_entry_is_live(&x.entries[find(&x, "new.example")], 10));
    assert_false(sweep_entry_is_live(&x.entries[find(&x, "old.example")], 10));
    assert_true(sweep_entry_is_live(&x.entries[find(&x, "new2.example")], 10));
    assert_false(sweep_entry_is_live(&x.entries[find(&x, "old2.example")], 10));
    sweep_index_close(&x);
}

static void leave_out(struct sweep_builder *b, const char *id, int64_t modified_us)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_indicator i = {.id = str_of(id),
                                .modified_us = modified_us,
                                .name = LIT("a name"),
                                .confidence = SWEEP_CONFIDENCE_NONE};
    assert_null(sweep_builder_leave_out(&a, b, &i, LIT("a reason")));
}

static void a_version_that_cannot_be_looked_for_replaces_the_older_in_any_order(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    add(b, ID, 1000000, "old.example");
    leave_out(b, ID, 2000000);
    leave_out(b, OTHER_ID, 2000000);
    add(b, OTHER_ID, 1000000, "old2.example");
    leave_out(b, THIRD_ID, 1000000);
    add(b, THIRD_ID, 2000000, "new.example");
    sweep_builder_finish(b, &x);
    assert_false(sweep_entry_is_live(&x.entries[find(&x, "old.example")], 10));
    assert_false(sweep_entry_is_live(&x.entries[find(&x, "old2.example")], 10));
    assert_true(sweep_entry_is_live(&x.entries[find(&x, "new.example")], 10));
    assert_int_equal(x.counts.not_sweepable, 2);
    assert_int_equal(x.counts.values, 3);
    sweep_index_close(&x);
}

static void add_in_part(struct sweep_builder *b, const char *id, int64_t modified_us,
                        const char *value)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_indicator i = {.id = str_of(id),
                                .modified_us = modified_us,
                                .name = str_of(value),
                                .left_out = LIT("file:size = 5: a reason"),
                                .confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_value values[2];
    assert_null(sweep_value_guess(&a, str_of(value), &values[0]));
    assert_null(sweep_builder_add(&a, b, &i, values, 1));
}

static void
parts_that_are_left_out_are_kept_beside_the_values_and_go_with_their_version(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    add_in_part(b, ID, 1000000, "old.example");
    add(b, ID, 2000000, "new.example");
    add(b, OTHER_ID, 1000000, "whole.example");
    add_in_part(b, OTHER_ID, 2000000, "part.example");
    add_in_part(b, THIRD_ID, 2000000, "part2.example");
    leave_out(b, THIRD_ID, 1000000);
    sweep_builder_finish(b, &x);
    assert_int_equal(x.counts.in_part, 2);
    assert_int_equal(x.counts.not_sweepable, 0);
    assert_int_equal(x.counts.values, 5);
    unsigned named = 0;
    for (uint32_t i = 0; i < x.apart_count; i++) {
        const struct sweep_entry *e = sweep_index_entry(&x, x.apart[i]);
        assert_false(sweep_entry_is_left_out(e));
        if (!sweep_entry_is_part_left_out(e))
            continue;
        named++;
        assert_true(str_eq(sweep_entry_value(&x, e), LIT("file:size = 5: a reason")));
        assert_true(str_ends(sweep_entry_name(&x, e), LIT(".example")));
    }
    assert_int_equal(named, 2);
    const struct sweep_entry *part = &x.entries[find(&x, "part.example")];
    assert_true(sweep_entry_is_live(part, 10) && (part->flags & SWEEP_IS_IN_PART));
    assert_false(x.entries[find(&x, "new.example")].flags & SWEEP_IS_IN_PART);
    sweep_index_close(&x);
}

static void many_values_are_all_found_and_others_not(void **state)
{
    (void)state;
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    char name[64];
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof(name), "n%d.example", i);
        add(b, "", 0, name);
    }
    add(b, ID, 0, "n7.example");
    sweep_builder_finish(b, &x);
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof(name), "N%d.Example", i);
        assert_int_not_equal(find(&x, name), SWEEP_NONE);
        snprintf(name, sizeof(name), "m%d.example", i);
        assert_int_equal(find(&x, name), SWEEP_NONE);
    }
    uint32_t first = find(&x, "n7.example");
    assert_int_not_equal(x.entries[first].next, SWEEP_NONE);
    sweep_index_close(&x);
}

static void each_of_many_sources_is_kept(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_value value;
    assert_null(sweep_value_guess(&a, LIT("evil.example"), &value));
    for (unsigned n = 0; n < 70000; n++) {
        i.source = arena_print(&a, "source %u", n);
        assert_null(sweep_builder_add(&a, b, &i, &value, 1));
    }
    sweep_builder_finish(b, &x);
    for (uint32_t n = 0; n < 70000; n++) {
        str wanted = arena_print(&a, "source %u", n);
        assert_true(str_eq(sweep_index_shared(&x, x.entries[n].source), wanted));
    }
    sweep_index_close(&x);
}

/* Makes the file and writes an index of a.example to it. */
static void write_one(struct arena *a, char *path)
{
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    close(mkstemp(path));
    add(b, ID, 0, "a.example");
    sweep_builder_finish(b, &x);
    assert_null(sweep_index_write(a, &x, str_of(path)));
    sweep_index_close(&x);
}

static void check_one(const struct sweep_index *y)
{
    uint32_t entry = find(y, "a.example");
    assert_int_not_equal(entry, SWEEP_NONE);
    assert_true(str_eq(sweep_entry_value(y, &y->entries[entry]), LIT("a.example")));
    assert_true(str_eq(sweep_entry_name(y, &y->entries[entry]), LIT("a name")));
}

static void a_file_gives_what_was_written(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    char path[] = "/tmp/tocsin-index-XXXXXX";
    struct sweep_index y = {0};
    write_one(&a, path);
    assert_null(sweep_index_open(&a, str_of(path), &y));
    check_one(&y);
    sweep_index_close(&y);
    /* Cut anywhere, it is refused. */
    assert_int_equal(truncate(path, 100), 0);
    assert_non_null(sweep_index_open(&a, str_of(path), &y));
    assert_int_equal(truncate(path, 0), 0);
    assert_non_null(sweep_index_open(&a, str_of(path), &y));
    unlink(path);
}

/* An index of many pieces. */
#define MANY 40000u

static str many_name(struct arena *a, uint32_t n)
{
    return arena_print(a, "a%u.a-name-of-some-length.example", n);
}

static void write_many(struct arena *a, char *path)
{
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    close(mkstemp(path));
    for (uint32_t n = 0; n < MANY; n++)
        add(b, "", 0, many_name(a, n).at);
    sweep_builder_finish(b, &x);
    assert_null(sweep_index_write(a, &x, str_of(path)));
    sweep_index_close(&x);
}

/* How many of the names are found and are what they should be. */
static uint32_t count_found(struct arena *a, const struct sweep_index *x)
{
    uint32_t good = 0;
    for (uint32_t n = 0; n < MANY; n++) {
        str name = many_name(a, n);
        uint32_t entry = find(x, name.at);
        if (entry == SWEEP_NONE)
            continue;
        assert_true(str_eq(sweep_entry_value(x, sweep_index_entry(x, entry)), name));
        good++;
    }
    return good;
}

static size_t pieces_there(const struct pieces *p)
{
    size_t there = 0;
    for (size_t i = 0; i < pieces_count(p->size); i++)
        there += p->is_there[i];
    return there;
}

static void of_a_file_only_what_is_asked_for_is_read(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    char path[] = "/tmp/tocsin-index-XXXXXX";
    struct sweep_index y = {0};
    write_many(&a, path);
    assert_null(sweep_index_open(&a, str_of(path), &y));
    size_t first = pieces_there(y.pieces);
    assert_int_equal(find(&y, "another.example"), SWEEP_NONE);
    assert_int_not_equal(find(&y, "a77.a-name-of-some-length.example"), SWEEP_NONE);
    assert_in_range(pieces_there(y.pieces), first + 1, first + 6);
    assert_in_range(pieces_count(y.pieces->size), first + 30, SIZE_MAX);
    assert_int_equal(count_found(&a, &y), MANY);
    assert_null(sweep_index_failure(&a, &y));
    sweep_index_close(&y);
    unlink(path);
}

static void damage_is_found_where_it_is_met_and_the_rest_still_answers(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    char path[] = "/tmp/tocsin-index-XXXXXX";
    struct sweep_index y = {0};
    write_many(&a, path);
    assert_null(sweep_index_open(&a, str_of(path), &y));
    size_t at = (size_t)((const char *)&y.entries[MANY / 2] - y.pieces->memory);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(pwrite(fd, "\xff", 1, (off_t)(at + offsetof(struct sweep_entry, label))), 1);
    close(fd);
    assert_int_not_equal(find(&y, "a7.a-name-of-some-length.example"), SWEEP_NONE);
    assert_null(sweep_index_failure(&a, &y));
    uint32_t in_one = PIECE_BYTES / sizeof(struct sweep_entry);
    assert_int_equal(count_found(&a, &y), MANY - in_one);
    str words = error_text(&a, sweep_index_failure(&a, &y));
    assert_true(str_find(words, LIT("its bytes are not those that were written")) < words.len);
    sweep_index_close(&y);
    unlink(path);
}

static void a_file_that_is_cut_while_it_is_open_is_said_and_what_was_read_stays(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    char path[] = "/tmp/tocsin-index-XXXXXX";
    struct sweep_index y = {0};
    write_many(&a, path);
    assert_null(sweep_index_open(&a, str_of(path), &y));
    assert_int_not_equal(find(&y, "a7.a-name-of-some-length.example"), SWEEP_NONE);
    assert_int_equal(truncate(path, 0), 0);
    assert_int_not_equal(find(&y, "a7.a-name-of-some-length.example"), SWEEP_NONE);
    assert_false(sweep_index_is_broken(&y));
    assert_in_range(count_found(&a, &y), 1, MANY - 1);
    str words = error_text(&a, sweep_index_failure(&a, &y));
    assert_true(str_find(words, LIT("it became shorter")) < words.len);
    sweep_index_close(&y);
    unlink(path);
}

/* From several threads at once, each asking for all. */
static void *find_all(void *context)
{
    OWNED(arena_done)
    struct arena a = {0};
    assert_int_equal(count_found(&a, context), MANY);
    return NULL;
}

static void threads_may_ask_for_the_same_pieces(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    char path[] = "/tmp/tocsin-index-XXXXXX";
    struct sweep_index y = {0};
    pthread_t threads[4];
    write_many(&a, path);
    assert_null(sweep_index_open(&a, str_of(path), &y));
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, find_all, &y), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        pthread_join(threads[i], NULL);
    assert_null(sweep_index_failure(&a, &y));
    sweep_index_close(&y);
    unlink(path);
}

/* Enough for large pages, into which what was added moves when it is finished. */
static void many_are_kept_whole(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    uint32_t count = 70000;
    for (uint32_t n = 0; n < count; n++)
        add(b, ID, n, arena_print(&a, "a%u.a-name-of-some-length.example", n).at);
    sweep_builder_finish(b, &x);
    for (uint32_t n = 0; n < count; n++) {
        str value = arena_print(&a, "a%u.a-name-of-some-length.example", n);
        assert_true(str_eq(sweep_entry_value(&x, &x.entries[n]), value));
        assert_int_equal(find(&x, value.at), n);
        assert_int_equal(sweep_entry_is_live(&x.entries[n], INT32_MAX), n + 1 == count);
    }
    sweep_index_close(&x);
}

/* One of each shape, and a log in which all are met. */
static const char *const EACH_SHAPE[] = {"evil.example",   "198.51.100.7",
                                         "203.0.113.0/24", "@troll",
                                         "b@c.example",    "http://a.example/c",
                                         "2001:db8::/32",  "2001:db9::1",
                                         "evil.example",   "d41d8cd98f00b204e9800998ecf8427f"};
#define LOG                                                                               \
    "www.evil.example 198.51.100.7 203.0.113.9 troll b@c.example http://a.example/c evil" \
    "[.]example 2001:db8::9 2001:db9::1 d41d8cd98f00b204e9800998ecf8427f\n"

static void write_each_shape(struct arena *a, str path)
{
    struct sweep_index x = {0};
    struct sweep_builder *b = sweep_builder_new();
    for (size_t i = 0; i < COUNT_OF(EACH_SHAPE); i++)
        add(b, i % 2 ? ID : OTHER_ID, 0, EACH_SHAPE[i]);
    leave_out(b, THIRD_ID, 0);
    struct sweep_indicator i = {.confidence = SWEEP_CONFIDENCE_NONE};
    struct sweep_target target = {SWEEP_DOMAIN, 0};
    struct sweep_value value;
    assert_null(sweep_template_make(a, SWEEP_LIKE, target, LIT("evil.%"), &value));
    assert_null(sweep_builder_add(a, b, &i, &value, 1));
    sweep_builder_finish(b, &x);
    assert_null(sweep_index_write(a, &x, path));
    sweep_index_close(&x);
}

/* All that is asked of an entry that was met; the sanitizers see what lies outside. */
static void ask_all(const struct sweep_index *x, const struct sweep_allow *allow, uint32_t entry)
{
    uint32_t all = x->counts.entries;
    const struct sweep_entry *e;
    for (uint32_t n = 0; n < all && entry < all; n++, entry = e->next) {
        e = sweep_index_entry(x, entry);
        if (sweep_index_is_broken(x))
            return;
        str key = sweep_entry_key(x, e);
        assert_true(key.len && strlen(sweep_kind_name(e->kind)) && tlp_name(e->label).len);
        assert_true(key.at >= x->strings && key.at + key.len <= x->strings + x->strings_len);
        assert_in_range(sweep_entry_value(x, e).len, 1, x->strings_len);
        assert_in_range(sweep_entry_name(x, e).len, 0, x->strings_len);
        assert_in_range(sweep_index_shared(x, e->file).len, 0, x->strings_len);
        sweep_allow_has(allow, e->kind, key);
    }
}

static void scan_log(const struct sweep_index *x, struct sweep_scan *s,
                     const struct sweep_allow *allow)
{
    static char text[SWEEP_SLACK + sizeof(LOG) + SWEEP_PADDING];
    memset(text, '\n', sizeof(text));
    memcpy(text + SWEEP_SLACK, LOG, sizeof(LOG) - 1);
    s->index = x;
    sweep_scan_text(s, text + SWEEP_SLACK, sizeof(LOG) - 1);
    for (size_t i = 0; i < s->hits.count; i++)
        ask_all(x, allow, s->hits.items[i].entry);
}

/* Opens the file and scans the log with it; false if it was refused, or found damaged. */
static bool load_and_scan(str path, struct sweep_scan *s, const struct sweep_allow *allow)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_index x = {0};
    err failure = sweep_index_open(&a, path, &x);
    if (failure == NULL) {
        scan_log(&x, s, allow);
        failure = sweep_index_failure(&a, &x);
    }
    sweep_index_close(&x);
    if (failure)
        assert_true(str_find(error_text(&a, failure), path) < error_text(&a, failure).len);
    return failure == NULL;
}

/* A file of an index, mapped to be written to. */
struct image {
    char *bytes;
    size_t size;
    str path;
};

/* Of head and sections; the sums, one for each piece, lie behind them, then the sum of the sums. */
static size_t body_of(const struct image *m)
{
    size_t body = m->size - 64;
    while (body + (pieces_count(body) * sizeof(uint64_t) + 63) / 64 * 64 > m->size - 64)
        body -= 64;
    return body;
}

/* The right sums, as whoever crafts a file would write them. */
static void seal(const struct image *m)
{
    size_t body = body_of(m);
    uint64_t *sums = (uint64_t *)(void *)(m->bytes + body);
    for (size_t i = 0; i < pieces_count(body); i++) {
        size_t len = body - i * PIECE_BYTES < PIECE_BYTES ? body - i * PIECE_BYTES : PIECE_BYTES;
        sums[i] = sweep_sum(0, m->bytes + i * PIECE_BYTES, len);
    }
    uint64_t sum = sweep_sum(0, m->bytes + body, pieces_count(body) * sizeof(uint64_t));
    memcpy(m->bytes + m->size - 64, &sum, sizeof(sum));
}

static void any_flipped_byte_is_refused(void **state)
{
    const struct image *m = *state;
    OWNED(sweep_allow_close) struct sweep_allow allow = {0};
    OWNED(sweep_scan_done) struct sweep_scan s = {0};
    for (size_t at = 0; at < body_of(m) + sizeof(uint64_t); at += 5) {
        m->bytes[at] ^= 0x10;
        assert_false(load_and_scan(m->path, &s, &allow));
        m->bytes[at] ^= 0x10;
    }
}

static void any_flipped_byte_under_a_right_sum_is_refused_or_stays_in_bounds(void **state)
{
    const struct image *m = *state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(sweep_allow_close) struct sweep_allow allow = {0};
    OWNED(sweep_scan_done) struct sweep_scan s = {0};
    assert_null(sweep_allow_open(&a, NULL, 0, NULL, &allow));
    sweep_scan_init(&s, NULL, NULL, sizeof(LOG));
    assert_true(load_and_scan(m->path, &s, &allow));
    assert_true(s.hits.count > COUNT_OF(EACH_SHAPE));
    size_t refused = 0;
    for (size_t at = 0; at < body_of(m); at++) {
        unsigned flip = at % 3 == 0 ? 0x01 : at % 3 == 1 ? 0x80 : 0xff;
        m->bytes[at] = (char)((unsigned char)m->bytes[at] ^ flip);
        seal(m);
        refused += !load_and_scan(m->path, &s, &allow);
        m->bytes[at] = (char)((unsigned char)m->bytes[at] ^ flip);
    }
    seal(m);
    assert_true(refused > 100);
}

static void entries_that_follow_each_other_in_a_circle_are_found_out(void **state)
{
    const struct image *m = *state;
    OWNED(arena_done)
    struct arena a = {0};
    struct sweep_index x = {0};
    assert_null(sweep_index_open(&a, m->path, &x));
    size_t at = (size_t)((const char *)x.entries - x.pieces->memory);
    uint32_t count = x.counts.entries;
    sweep_index_close(&x);
    for (uint32_t i = 0; i < count; i++) {
        char *next =
            m->bytes + at + i * sizeof(struct sweep_entry) + offsetof(struct sweep_entry, next);
        uint32_t was;
        memcpy(&was, next, sizeof(was));
        memcpy(next, &i, sizeof(i));
        seal(m);
        err failure = sweep_index_open(&a, m->path, &x);
        if (failure == NULL) {
            assert_int_equal(sweep_index_entry(&x, i)->next, SWEEP_NONE);
            failure = sweep_index_failure(&a, &x);
        }
        assert_non_null(failure);
        sweep_index_close(&x);
        memcpy(next, &was, sizeof(was));
    }
    seal(m);
}

static int make_image(void **state)
{
    static char path[] = "/tmp/tocsin-index-XXXXXX";
    static struct image m;
    OWNED(arena_done)
    struct arena a = {0};
    struct stat info;
    close(mkstemp(path));
    m.path = str_of(path);
    write_each_shape(&a, m.path);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(fstat(fd, &info), 0);
    m.size = (size_t)info.st_size;
    m.bytes = mmap(NULL, m.size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_ptr_not_equal(m.bytes, MAP_FAILED);
    close(fd);
    *state = &m;
    return 0;
}

static int drop_image(void **state)
{
    const struct image *m = *state;
    munmap(m->bytes, m->size);
    unlink(m->path.at);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_version_counts_in_any_order),
        cmocka_unit_test(a_version_that_cannot_be_looked_for_replaces_the_older_in_any_order),
        cmocka_unit_test(
            parts_that_are_left_out_are_kept_beside_the_values_and_go_with_their_version),
        cmocka_unit_test(many_values_are_all_found_and_others_not),
        cmocka_unit_test(each_of_many_sources_is_kept),
        cmocka_unit_test(a_file_gives_what_was_written),
        cmocka_unit_test(of_a_file_only_what_is_asked_for_is_read),
        cmocka_unit_test(damage_is_found_where_it_is_met_and_the_rest_still_answers),
        cmocka_unit_test(a_file_that_is_cut_while_it_is_open_is_said_and_what_was_read_stays),
        cmocka_unit_test(threads_may_ask_for_the_same_pieces),
        cmocka_unit_test(many_are_kept_whole),
        cmocka_unit_test(any_flipped_byte_is_refused),
        cmocka_unit_test(any_flipped_byte_under_a_right_sum_is_refused_or_stays_in_bounds),
        cmocka_unit_test(entries_that_follow_each_other_in_a_circle_are_found_out),
    };
    return cmocka_run_group_tests(tests, make_image, drop_image);
}
