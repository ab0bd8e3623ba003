/*
 * Evaluation (STIX 2.1 §9): one table of patterns over small observed data, one rule a row, and the
 * limits.
 */
#include "base/num.h"
#include "pattern/evaluate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* Seven observations: of files at 10 s and 20 s, twice from 30 s to 40 s; of a name with two
 * addresses and of an artifact at 50 s; one of traffic whose far end is not listed at 60 s. */
static const char DATA[] =
    "[{'type':'file','id':'file--1','name':'Caf\\u00e9.exe','size':9007199254740993,"
    " 'hashes':{'MD5':'00'},'note':'one\\ntwo','is_on':true,'ctime':'2026-01-01T00:00:00.0000005Z',"
    " 'none':null},"
    "{'type':'file','id':'file--2','name':'b','size':1.5,'list':[1,2,3],'grid':[[1],[2,9]]},"
    "{'type':'file','id':'file--3','name':'c'},"
    "{'type':'domain-name','id':'domain-name--1','value':'Evil.example',"
    " 'resolves_to_refs':['ipv4-addr--9','ipv4-addr--1','ipv6-addr--1']},"
    "{'type':'ipv4-addr','id':'ipv4-addr--1','value':'198.51.100.7'},"
    "{'type':'ipv6-addr','id':'ipv6-addr--1','value':'2001:db8::1/64'},"
    "{'type':'artifact','id':'artifact--1','payload_bin':'aGVsbG8A','key_hex':'00fF','odd_hex':'0'}"
    ","
    "{'type':'network-traffic','id':'network-traffic--1','src_ref':'ipv4-addr--1',"
    " 'dst_ref':'ipv6-addr--1'},"
    "{'type':'observed-data','id':'o1','first_observed':'2026-01-01T00:00:10Z',"
    " 'last_observed':'2026-01-01T00:00:10Z','number_observed':1,'object_refs':['file--1']},"
    "{'type':'observed-data','id':'o2','first_observed':'2026-01-01T00:00:20Z',"
    " 'last_observed':'2026-01-01T00:00:20Z','number_observed':1,'object_refs':['file--2']},"
    "{'type':'observed-data','id':'o3','first_observed':'2026-01-01T00:00:30Z',"
    " 'last_observed':'2026-01-01T00:00:40Z','number_observed':2,'object_refs':['file--3']},"
    "{'type':'observed-data','id':'o4','first_observed':'2026-01-01T00:00:50Z',"
    " 'last_observed':'2026-01-01T00:00:50Z','number_observed':1,'object_refs':"
    " ['domain-name--1','ipv4-addr--1','ipv6-addr--1','artifact--1']},"
    "{'type':'observed-data','id':'o5','first_observed':'2026-01-01T00:01:00Z',"
    " 'last_observed':'2026-01-01T00:01:00Z','number_observed':1,'object_refs':"
    " ['network-traffic--1','ipv4-addr--1']}]";

static const struct {
    bool is_match;
    const char *pattern;
} CASES[] = {
    /* Numbers meet exactly. */
    {true, "[file:size = 9007199254740993]"},
    {false, "[file:size = 9007199254740992]"},
    {false, "[file:size = 9007199254740992.0]"},
    {true, "[file:size IN (1, 1.50)]"},
    {false, "[file:is_on = 1]"},
    {true, "[file:is_on = true]"},
    /* A path that leads nowhere is false, whatever the operator. */
    {false, "[file:nowhere != 1]"},
    {false, "[file:nowhere NOT = 1]"},
    {false, "[file:list[3] != 1]"},
    {false, "[file:list[-1] != 1]"},
    /* One element suffices. */
    {true, "[file:list[*] != 1]"},
    {true, "[file:list[*] NOT IN (1, 2)]"},
    {false, "[file:list[*] > 3]"},
    {true, "[file:grid[*][*] = 9]"},
    {true, "[file:grid[1][1] = 9]"},
    /* Incompatible types. */
    {false, "[file:name = 5]"},
    {true, "[file:name != 5]"},
    {true, "[file:name NOT > 5]"},
    {true, "[file:none != 'x']"},
    {false, "[file:none = 'x']"},
    {true, "[EXISTS file:none]"},
    {true, "[NOT EXISTS file:hashes]"},
    {false, "[NOT EXISTS url:value]"},
    /* Strings: case, normal forms, line feeds. */
    {false, "[domain-name:value = 'evil.example']"},
    {true, "[file:name LIKE 'Cafe\xcc\x81%']"},
    {true, "[file:name MATCHES '^Cafe\xcc\x81[.]']"},
    {false, "[file:name = 'Cafe\xcc\x81.exe']"},
    {true, "[file:note LIKE 'one_two']"},
    {true, "[file:note MATCHES 'one.two$']"},
    {false, "[file:note LIKE 'one']"},
    {true, "[file:note LIKE '%']"},
    {true, "[file:note LIKE '%n%t%o']"},
    {false, "[file:size LIKE '%']"},
    {true, "[file:size NOT LIKE '%']"},
    /* Instants, finer than a microsecond. */
    {true, "[file:ctime > t'2026-01-01T00:00:00.0000004Z']"},
    {true, "[file:ctime = t'2026-01-01T00:00:00.00000050Z']"},
    {false, "[file:name < t'2026-01-01T00:00:00Z']"},
    /* Bytes. */
    {true, "[artifact:payload_bin = h'68656c6c6f00']"},
    {true, "[artifact:payload_bin > 'hello']"},
    {false, "[artifact:payload_bin = 'aGVsbG8A']"},
    {true, "[artifact:payload_bin MATCHES 'o\\\\x00$']"},
    {true, "[artifact:key_hex = b'AP8=']"},
    {true, "[artifact:key_hex = '\x01\xc3\xbf' OR artifact:key_hex != '\xe2\x82\xac']"},
    {true, "[artifact:odd_hex != h'00']"},
    /* Networks. */
    {true, "[ipv4-addr:value ISSUBSET '198.51.100.0/22']"},
    {true, "[ipv4-addr:value ISSUBSET '0.0.0.0/0']"},
    {true, "[ipv4-addr:value ISSUPERSET '198.51.100.7']"},
    {false, "[ipv4-addr:value ISSUPERSET '198.51.100.0/31']"},
    {true, "[ipv6-addr:value ISSUPERSET '2001:db8::ffff']"},
    {true, "[ipv6-addr:value ISSUBSET '2001:db8::/32']"},
    {false, "[ipv6-addr:value ISSUBSET '::/65']"},
    {false, "[ipv4-addr:value ISSUBSET '::/0']"},
    {false, "[ipv4-addr:value ISSUBSET 'nonsense']"},
    {true, "[ipv4-addr:value NOT ISSUBSET 'nonsense']"},
    /* References: places are kept, and only what is listed is reached. */
    {true, "[domain-name:resolves_to_refs[1].value = '198.51.100.7']"},
    {false, "[domain-name:resolves_to_refs[0].value != 'x']"},
    {true, "[domain-name:resolves_to_refs[0] = 'ipv4-addr--9']"},
    {true, "[domain-name:resolves_to_refs[*].value LIKE '2001%']"},
    {true, "[network-traffic:src_ref.value = '198.51.100.7']"},
    {false, "[EXISTS network-traffic:dst_ref.value]"},
    {true, "[network-traffic:dst_ref = 'ipv6-addr--1']"},
    /* One object makes all of the brackets true. */
    {false, "[file:name = 'b' AND file:is_on = true]"},
    {true, "[file:name = 'b' AND file:size < 2]"},
    {false, "[file:name = 'b' AND url:value = 'x']"},
    {true, "[file:name = 'b' OR url:value = 'x']"},
    /* Different observations, each as often as it was made. */
    {true, "[file:name = 'c'] AND [file:name = 'c']"},
    {false, "[file:name = 'c'] AND [file:name = 'c'] AND [file:name = 'c']"},
    {false, "[file:name = 'b'] AND [file:size < 2]"},
    {true, "[EXISTS file:name] REPEATS 4 TIMES"},
    {false, "[EXISTS file:name] REPEATS 5 TIMES"},
    {true, "([EXISTS file:name] AND [file:name = 'c']) REPEATS 2 TIMES"},
    {false, "([EXISTS file:name] AND [file:name = 'b']) REPEATS 2 TIMES"},
    {true, "([file:name = 'b'] OR [file:name = 'c'] AND [EXISTS file:size]) REPEATS 2 TIMES"},
    {false, "[EXISTS file:name] REPEATS 4294967296 TIMES"},
    /* Whoever comes first leaves to the next what only that can take. */
    {true, "[EXISTS file:name] AND [file:name != 'b'] REPEATS 2 TIMES AND [file:name = 'c']"},
    /* In time. */
    {true, "[file:size = 1.5] FOLLOWEDBY [file:name = 'c']"},
    {false, "[file:name = 'c'] FOLLOWEDBY [file:size = 1.5]"},
    {true, "[file:name = 'c'] FOLLOWEDBY [file:name = 'c']"},
    {true, "[EXISTS file:is_on] FOLLOWEDBY [file:name = 'b'] FOLLOWEDBY [file:name = 'c']"},
    {true, "([EXISTS file:is_on] AND [file:name = 'b']) WITHIN 10.000001 SECONDS"},
    {false, "([EXISTS file:is_on] AND [file:name = 'b']) WITHIN 10 SECONDS"},
    {true, "([file:name = 'b'] AND [file:name = 'c']) WITHIN 11 SECONDS"},
    {true, "[file:name = 'c'] WITHIN 0.5 SECONDS"},
    {true, "([EXISTS file:name] FOLLOWEDBY [EXISTS file:name]) WITHIN 1 SECONDS"},
    {true, "[file:name='c'] START t'2026-01-01T00:00:40Z' STOP t'2026-01-01T00:01:00Z'"},
    {false, "[file:name='c'] START t'2026-01-01T00:00:20Z' STOP t'2026-01-01T00:00:30Z'"},
    {false, "[file:name='c'] START t'2026-01-01T00:00:40Z' STOP t'2026-01-01T00:00:40Z'"},
    {true, "[EXISTS file:name] REPEATS 3 TIMES WITHIN 11 SECONDS"},
    {false, "[EXISTS file:name] REPEATS 4 TIMES WITHIN 20 SECONDS"},
    {true, "[EXISTS file:name] REPEATS 4 TIMES WITHIN 21 SECONDS"},
};

struct scene {
    struct arena arena;
    struct json_reader reader;
    struct observed data;
};

static str double_quotes(struct arena *a, const char *text)
{
    str copy = arena_copy(a, str_of(text));
    char *at = arena_take(a, copy.len);
    for (size_t i = 0; i < copy.len; i++)
        at[i] = copy.at[i] == '\'' ? '"' : copy.at[i];
    return (str){at, copy.len};
}

static void scene_open(struct scene *s, const char *text)
{
    json list;
    assert_null(json_read(&s->arena, &s->reader, double_quotes(&s->arena, text), NULL, &list));
    json *objects = NEW_ARRAY(&s->arena, json_count(list), json);
    for (struct json_walk w = json_walk(list); json_next(&w);)
        objects[w.index] = w.value;
    observed_gather(&s->arena, objects, json_count(list), &s->data);
}

static void scene_done(struct scene *s)
{
    json_reader_done(&s->reader);
    arena_done(&s->arena);
}

static err evaluate(struct arena *a, const char *text, const struct observed *data,
                    struct pattern_verdict *out)
{
    struct pattern *p = NULL;
    assert_null(pattern_read(a, str_of(text), &p));
    err e = pattern_prepare(a, p);
    if (e == NULL)
        e = pattern_evaluate(a, p, data, out);
    pattern_release(p);
    return e;
}

static void answers_as_the_standard_says(void **state)
{
    (void)state;
    OWNED(scene_done)
    struct scene s = {0};
    scene_open(&s, DATA);
    assert_int_equal(s.data.faults.count, 0);
    size_t differences = 0;
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct pattern_verdict verdict = {0};
        err e = evaluate(&s.arena, CASES[i].pattern, &s.data, &verdict);
        if (e == NULL && verdict.is_match == CASES[i].is_match)
            continue;
        differences++;
        print_message("%s: %s\n", CASES[i].is_match ? "should match" : "should not match",
                      CASES[i].pattern);
    }
    assert_int_equal(differences, 0);
}

static void says_which_observations_are_bound(void **state)
{
    (void)state;
    OWNED(scene_done)
    struct scene s = {0};
    scene_open(&s, DATA);
    struct pattern_verdict verdict = {0};
    assert_null(evaluate(&s.arena, "[file:name = 'c'] REPEATS 2 TIMES AND [EXISTS file:is_on]",
                         &s.data, &verdict));
    assert_true(verdict.is_match);
    assert_int_equal(verdict.count, 2);
    assert_int_equal(verdict.observations[0], 0);
    assert_int_equal(verdict.observations[1], 2);
}

static void names_the_column_of_a_wrong_expression(void **state)
{
    (void)state;
    OWNED(scene_done)
    struct scene s = {0};
    scene_open(&s, DATA);
    struct pattern_verdict verdict = {0};
    err e = evaluate(&s.arena, "[file:name MATCHES 'a(b']", &s.data, &verdict);
    assert_non_null(e);
    assert_int_equal(e->code, ERR_INPUT);
    assert_true(str_starts(e->text, LIT("column 24: the regular expression is wrong: ")));
}

/* A billion steps are not taken: the pattern is given up, and says why. */
static void gives_up_what_takes_too_long(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        const char *words;
    } DEAR[] = {
        {"[file:name MATCHES '^(a+)+[bc]$']", "a regular expression of the pattern"},
        {"([file:size = 1] FOLLOWEDBY [file:size = 1] FOLLOWEDBY [file:size = 1] FOLLOWEDBY "
         "[file:size = 1] FOLLOWEDBY [file:size = 1] FOLLOWEDBY [file:size = 1] FOLLOWEDBY "
         "[file:size = 1]) AND [file:size = 2] REPEATS 61 TIMES",
         "the pattern takes more than"},
    };
    OWNED(scene_done)
    struct scene s = {0};
    OWNED(buf_done)
    struct buf text = {0};
    buf_init(&text, (size_t)1 << 20);
    buf_put_char(&text, '[');
    for (int i = 0; i < 300; i++)
        buf_print(&text,
                  "%s{'type':'file','id':'f%d','size':%d,'name':'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'},"
                  "{'type':'observed-data','id':'o%d','first_observed':'2026-01-01T00:00:%02dZ',"
                  "'last_observed':'2026-01-01T00:00:%02dZ','object_refs':['f%d']}",
                  i ? "," : "", i, 1 + i / 240, i, i % 60, i % 60, i);
    buf_put_char(&text, ']');
    buf_put_char(&text, '\0');
    scene_open(&s, arena_copy(&s.arena, (str){text.at, text.len - 1}).at);
    for (size_t i = 0; i < COUNT_OF(DEAR); i++) {
        struct pattern_verdict verdict = {0};
        err e = evaluate(&s.arena, DEAR[i].pattern, &s.data, &verdict);
        assert_non_null(e);
        assert_int_equal(e->code, ERR_TOO_LARGE);
        assert_true(str_starts(e->text, str_of(DEAR[i].words)));
    }
}

/* STIX 2.0 keeps the objects inside; what has no time is left out and named. */
static void reads_objects_inside_and_names_what_is_broken(void **state)
{
    (void)state;
    OWNED(scene_done)
    struct scene s = {0};
    scene_open(&s, "[{'type':'observed-data','id':'o1','first_observed':'2026-01-01T00:00:00Z',"
                   "'last_observed':'2026-01-01T00:00:00Z','number_observed':1,'objects':{"
                   "'0':{'type':'domain-name','value':'a.example','resolves_to_refs':['1']},"
                   "'1':{'type':'ipv4-addr','value':'192.0.2.1'}}},"
                   "{'type':'observed-data','id':'o2','number_observed':1},"
                   "{'type':'observed-data','id':'o3','first_observed':'2026-01-01T00:00:01Z',"
                   "'last_observed':'2026-01-01T00:00:00Z'},"
                   "{'type':'observed-data','id':'o4','first_observed':'2026-01-01T00:00:01Z',"
                   "'last_observed':'2026-01-01T00:00:01Z','number_observed':0}]");
    assert_int_equal(s.data.count, 1);
    assert_int_equal(s.data.faults.count, 3);
    assert_true(str_eq(s.data.faults.items[0].id, LIT("o2")));
    struct pattern_verdict verdict = {0};
    assert_null(evaluate(&s.arena, "[domain-name:resolves_to_refs[0].value = '192.0.2.1']", &s.data,
                         &verdict));
    assert_true(verdict.is_match);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_as_the_standard_says),
        cmocka_unit_test(says_which_observations_are_bound),
        cmocka_unit_test(names_the_column_of_a_wrong_expression),
        cmocka_unit_test(gives_up_what_takes_too_long),
        cmocka_unit_test(reads_objects_inside_and_names_what_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
