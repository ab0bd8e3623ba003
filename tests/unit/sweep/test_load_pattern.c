/*
 * Patterns in the plainest spelling are recognized without a parse; in parentheses the same ones
 * are parsed. Both give the same values, or refuse alike. The shared vectors lie in ../shared
 * beside the checkout; where they are missing, their test says so and skips.
 */
#include "base/file.h"
#include "base/num.h"
#include "base/utf8.h"
#include "sweep/load.h"
#include "json/json.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define FILE_BYTES_MAX ((size_t)64 << 20)

/* What a pattern gave. */
struct outcome {
    err failure;
    struct load_found found;
};

static struct outcome load(struct arena *a, str pattern)
{
    struct outcome o = {.found.values = NEW_ARRAY(a, LOAD_VALUES_MAX, struct sweep_value)};
    o.failure = load_pattern(a, pattern, false, &o.found);
    return o;
}

static void holds_the_same_in_parentheses(str pattern)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct outcome plain = load(&a, pattern);
    struct outcome parsed = load(&a, arena_join(&a, LIT("("), pattern, LIT("\n)")));
    bool is_alike = (plain.failure == NULL) == (parsed.failure == NULL) &&
                    (plain.failure == NULL || plain.failure->code == parsed.failure->code) &&
                    (plain.failure != NULL || plain.found.count == parsed.found.count);
    if (!is_alike)
        print_message("not the same in parentheses: %.*s\n", STR_ARG(pattern));
    assert_true(is_alike);
    for (size_t i = 0; plain.failure == NULL && i < plain.found.count; i++) {
        assert_int_equal(plain.found.values[i].kind, parsed.found.values[i].kind);
        assert_true(str_eq(plain.found.values[i].text, parsed.found.values[i].text));
        assert_true(str_eq(plain.found.values[i].key, parsed.found.values[i].key));
    }
}

/* What is looked for of a pattern, joined by blanks, and what is left out; NULL: it fails. */
static const struct {
    const char *pattern;
    const char *values;
    const char *left_out;
    bool is_broken;
} PARTS[] = {
    {"[domain-name:value = 'a.example' OR file:size = 5]", "a.example",
     "file:size = 5: file:size is no value that is looked for in them", false},
    {"[file:size = 5] OR [domain-name:value = 'a.example']", "a.example",
     "file:size = 5: file:size is no value that is looked for in them", false},
    {"[domain-name:value = 'a.example' OR (file:name = 'x.exe' AND file:size = 5)]", "a.example",
     "file:name = 'x.exe' AND file:size = 5: it asks for several things of one object (AND)",
     false},
    {"[domain-name:value = 'a.example'] OR ([url:value = 'http://b.example/'] REPEATS 2 TIMES)",
     "a.example",
     "[url:value = 'http://b.example/'] REPEATS 2 TIMES: it asks for several observations, or for "
     "times",
     false},
    {"[domain-name:value = 'a.example'] OR ([url:value = 'http://b.example/'] REPEATS 1 TIMES)",
     "a.example http://b.example/", "", false},
    {"[domain-name:value = 'a.example'] OR ([domain-name:value = 'b.example'] FOLLOWEDBY "
     "[domain-name:value = 'c.example'])",
     "a.example",
     "[domain-name:value = 'b.example'] FOLLOWEDBY [domain-name:value = 'c.example']: it asks for "
     "several observations, or for times",
     false},
    {"[domain-name:value = 'a.example'] OR [domain-name:value = 'b.example'] AND "
     "[domain-name:value = 'c.example']",
     "a.example",
     "[domain-name:value = 'b.example'] AND [domain-name:value = 'c.example']: it asks for several "
     "observations, or for times",
     false},
    {"[domain-name:value NOT = 'a.example' OR domain-name:value = 'b.example']", "b.example",
     "domain-name:value NOT = 'a.example': what is not so is not found", false},
    {"[domain-name:value != 'a.example' OR domain-name:value = 'b.example']", "b.example",
     "domain-name:value != 'a.example': of comparisons =, IN, ISSUBSET, LIKE and MATCHES are "
     "tried, not !=",
     false},
    {"[domain-name:value IN ('a.example', 'nodot', 'b.example')]", "a.example b.example",
     "domain-name:value = 'nodot': a name without a dot stands for all names below it and is not "
     "looked for in logs",
     true},
    {"[EXISTS file:name OR file:name = 'x.exe']", "x.exe", "EXISTS file:name: it names no value",
     false},
    {"([domain-name:value = 'a.example'] OR [file:size = 5]) WITHIN 5 SECONDS", NULL, NULL, false},
    {"([domain-name:value = 'a.example'] OR [file:size = 5]) START t'2026-01-01T00:00:00Z' STOP "
     "t'2026-02-01T00:00:00Z'",
     NULL, NULL, false},
    {"[domain-name:value = 'a.example' AND (file:size = 5 OR file:name = 'x.exe')]", NULL, NULL,
     false},
    {"[domain-name:value = 'a.example'] AND ([file:size = 5] OR [file:name = 'x.exe'])", NULL, NULL,
     false},
    {"[file:size = 5 OR file:size = 6]", NULL, NULL, false},
};

static void of_an_or_the_parts_that_can_be_searched_for_are_taken_and_the_others_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(PARTS); i++) {
        OWNED(arena_done)
        struct arena a = {0};
        struct outcome o = load(&a, str_of(PARTS[i].pattern));
        print_message("%s\n", PARTS[i].pattern);
        assert_int_equal(o.failure == NULL, PARTS[i].values != NULL);
        if (o.failure) {
            assert_int_equal(o.failure->code, ERR_NOT_FOUND);
            continue;
        }
        str values = {0};
        for (size_t k = 0; k < o.found.count; k++)
            values = arena_join(&a, values, k ? LIT(" ") : LIT(""), o.found.values[k].text);
        assert_string_equal(values.at, PARTS[i].values);
        assert_string_equal(arena_copy(&a, o.found.left_out).at, PARTS[i].left_out);
        assert_int_equal(o.found.is_broken, PARTS[i].is_broken);
    }
}

static void many_parts_that_are_left_out_are_counted_and_long_ones_cut(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(buf_done)
    struct buf pattern;
    buf_init(&pattern, (size_t)1 << 20);
    buf_put(&pattern, LIT("[domain-name:value = 'a.example'"));
    for (int i = 0; i < 1000; i++)
        buf_print(&pattern, " OR process:name = '%0500d'", i);
    buf_put(&pattern, LIT("]"));
    struct outcome o = load(&a, buf_str(&pattern));
    assert_null(o.failure);
    assert_true(str_ends(o.found.left_out, LIT("; and 992 more parts")));
    assert_true(o.found.left_out.len < 2000);
}

static void past_the_most_values_of_one_pattern_the_others_are_left_out(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(buf_done)
    struct buf pattern;
    buf_init(&pattern, (size_t)1 << 20);
    buf_put(&pattern, LIT("[domain-name:value IN ('a.example'"));
    for (int i = 0; i < LOAD_VALUES_MAX; i++)
        buf_print(&pattern, ", '%d.example'", i);
    buf_put(&pattern, LIT(")]"));
    struct outcome o = load(&a, buf_str(&pattern));
    assert_null(o.failure);
    assert_int_equal(o.found.count, LOAD_VALUES_MAX);
    assert_true(o.found.is_broken);
    assert_true(str_starts(o.found.left_out, LIT("domain-name:value = '4095.example': more than")));
}

static const char *const PATHS[] = {
    "domain-name:value",
    "url:value",
    "ipv4-addr:value",
    "file:hashes.MD5",
    "file:hashes.'MD5'",
    "file:hashes.'SHA-256'",
    "file:name",
    "user-account:display_name",
    "network-traffic:dst_ref.value",
    "email-message:from_ref.value",
    "file:size",
    "value",
    "domain-name: value",
    "",
};

static const char *const VALUES[] = {
    "evil.example",
    " evil.example ",
    "evil[.]example",
    "hxxp://evil.example/a = 'b",
    "http://evil.example/?a=b",
    "198.51.100.7",
    "198.51.100.0/24",
    "d41d8cd98f00b204e9800998ecf8427f",
    "b\\'c.example",
    "b\\\\c.example",
    "b'c.example",
    "b' OR file:name = 'c",
    "a\nb.example",
    "b\xc3\xbc"
    "cher.example",
    "a] [b",
    "",
    "' = '",
};

static const char *const SPELLINGS[] = {
    "[%s = '%s']", "[%s='%s']", "[%s =  '%s']", "[ %s = '%s' ]", "[%s == '%s']",   "[%s = '%s'",
    "%s = '%s']",  "[%s = %s]", "[%s != '%s']", "[%s = '%s']]",  "[%s LIKE '%s']",
};

static void every_spelling_gives_what_its_parse_gives(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(PATHS) * COUNT_OF(VALUES) * COUNT_OF(SPELLINGS); i++) {
        const char *spelling = SPELLINGS[i / COUNT_OF(PATHS) / COUNT_OF(VALUES)];
        OWNED(buf_done)
        struct buf pattern;
        buf_init(&pattern, 1024);
        str rest = str_of(spelling);
        const char *parts[] = {PATHS[i % COUNT_OF(PATHS)],
                               VALUES[i / COUNT_OF(PATHS) % COUNT_OF(VALUES)]};
        for (size_t k = 0; k < COUNT_OF(parts); k++) {
            size_t hole = str_find(rest, LIT("%s"));
            buf_put(&pattern, str_part(rest, 0, hole));
            buf_put(&pattern, str_of(parts[k]));
            rest = str_skip(rest, hole + 2);
        }
        buf_put(&pattern, rest);
        holds_the_same_in_parentheses(buf_str(&pattern));
    }
    struct outcome o = load(&a, LIT("[domain-name:value = 'evil.example']"));
    assert_null(o.failure);
    assert_int_equal(o.found.count, 1);
    assert_true(str_eq(o.found.values[0].key, LIT("evil.example")));
}

static void the_fuzzed_patterns_give_what_their_parse_gives(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    DIR *folder = opendir(CORPUS);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        str text;
        str path = arena_join(&a, LIT(CORPUS), LIT("/"), str_of(entry->d_name));
        if (entry->d_name[0] == '.' || file_read(&a, path, FILE_BYTES_MAX, &text) != NULL)
            continue;
        /* What comes out of JSON is UTF-8. */
        if (utf8_find_fault(text) == text.len)
            holds_the_same_in_parentheses(text);
    }
    closedir(folder);
}

static void the_shared_patterns_give_what_their_parse_gives(void **state)
{
    (void)state;
    static const char *const FILES[] = {VECTORS "/patterns.jsonl", VECTORS "/pattern_syntax.jsonl"};
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(json_reader_done)
    struct json_reader reader = {0};
    for (size_t i = 0; i < COUNT_OF(FILES); i++) {
        if (access(FILES[i], R_OK) != 0) {
            print_message("skipped: there is no %s\n", FILES[i]);
            skip();
        }
        str text;
        assert_null(file_read(&a, str_of(FILES[i]), FILE_BYTES_MAX, &text));
        for (str line; str_cut(&text, '\n', &line);) {
            json vector;
            if (line.len && json_read(&a, &reader, line, NULL, &vector) == NULL)
                holds_the_same_in_parentheses(json_get_string(vector, LIT("pattern")));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            of_an_or_the_parts_that_can_be_searched_for_are_taken_and_the_others_named),
        cmocka_unit_test(many_parts_that_are_left_out_are_counted_and_long_ones_cut),
        cmocka_unit_test(past_the_most_values_of_one_pattern_the_others_are_left_out),
        cmocka_unit_test(every_spelling_gives_what_its_parse_gives),
        cmocka_unit_test(the_fuzzed_patterns_give_what_their_parse_gives),
        cmocka_unit_test(the_shared_patterns_give_what_their_parse_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
