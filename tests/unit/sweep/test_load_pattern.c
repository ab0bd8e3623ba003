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
    size_t count;
    struct sweep_value *values;
};

static struct outcome load(struct arena *a, str pattern)
{
    struct outcome o = {.values = NEW_ARRAY(a, LOAD_VALUES_MAX, struct sweep_value)};
    o.failure = load_pattern(a, pattern, false, o.values, &o.count);
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
                    (plain.failure != NULL || plain.count == parsed.count);
    if (!is_alike)
        print_message("not the same in parentheses: %.*s\n", STR_ARG(pattern));
    assert_true(is_alike);
    for (size_t i = 0; plain.failure == NULL && i < plain.count; i++) {
        assert_int_equal(plain.values[i].kind, parsed.values[i].kind);
        assert_true(str_eq(plain.values[i].text, parsed.values[i].text));
        assert_true(str_eq(plain.values[i].key, parsed.values[i].key));
    }
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
    assert_int_equal(o.count, 1);
    assert_true(str_eq(o.values[0].key, LIT("evil.example")));
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
        cmocka_unit_test(every_spelling_gives_what_its_parse_gives),
        cmocka_unit_test(the_fuzzed_patterns_give_what_their_parse_gives),
        cmocka_unit_test(the_shared_patterns_give_what_their_parse_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
