/*
 * Command lines: where flags may stand, what is refused, and with which words.
 */
#include "cli/args.h"

#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define WORDS_MAX 12

static err run(struct arena *a, struct cli *cli)
{
    (void)a;
    (void)cli;
    return NULL;
}

static const struct flag ADD_FLAGS[] = {
    {.name = "name", .value = "N", .is_required = true, .help = "name"},
    {.name = "tag", .value = "T", .is_repeated = true, .help = "tag"},
    {.name = "dry", .help = "dry"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .arguments = "FILE...",
     .argument_max = ARGUMENTS_ANY,
     .flags = ADD_FLAGS + 1,
     .needs_data = true,
     .has_json = true,
     .example = "tocsin thing x",
     .run = run},
    {.name = "add",
     .arguments = "ID",
     .argument_min = 1,
     .argument_max = 1,
     .flags = ADD_FLAGS,
     .needs_data = true,
     .example = "tocsin thing add ID --name N",
     .run = run},
    {0},
};

static const struct command THING = {.name = "thing", .verbs = VERBS};
static const struct command ONLY_ADD = {.name = "thing", .verbs = VERBS + 1};

struct run {
    struct arena arena;
    struct cli cli;
    err failure;
};

static struct run read_line(const struct command *command, const char *const *words)
{
    struct run r = {0};
    str given[WORDS_MAX];
    size_t count = 0;
    while (count < WORDS_MAX && words[count]) {
        given[count] = str_of(words[count]);
        count++;
    }
    r.failure = args_read(&r.arena, command, given, count, &r.cli);
    return r;
}

static void takes_flags_anywhere_behind_the_command(void **state)
{
    (void)state;
    static const char *const LINES[][WORDS_MAX] = {
        {"--data", "d", "add", "x", "--name", "n"},    {"add", "--name=n", "--data=d", "x"},
        {"--name", "n", "--data", "d", "add", "x"},    {"add", "x", "--name", "n", "--data", "d"},
        {"--data=d", "--name", "n", "add", "--", "x"},
    };
    for (size_t i = 0; i < COUNT_OF(LINES); i++) {
        struct run r = read_line(&THING, LINES[i]);
        assert_null(r.failure);
        assert_string_equal(r.cli.verb->name, "add");
        assert_true(str_eq(r.cli.data_dir, LIT("d")));
        assert_true(str_eq(cli_argument(&r.cli, 0), LIT("x")));
        assert_true(str_eq(cli_value(&r.cli, "name"), LIT("n")));
        assert_false(cli_has(&r.cli, "dry"));
        arena_done(&r.arena);
    }
}

static void a_value_that_is_a_verbs_name_stays_a_value(void **state)
{
    (void)state;
    struct run r = read_line(&THING, (const char *const[WORDS_MAX]){"--tag", "add", "--data", "d"});
    assert_null(r.failure);
    assert_string_equal(r.cli.verb->name, "");
    assert_true(str_eq(cli_value(&r.cli, "tag"), LIT("add")));
    arena_done(&r.arena);
}

static void keeps_repeated_flags_in_order(void **state)
{
    (void)state;
    struct run r = read_line(&THING, (const char *const[WORDS_MAX]){"--tag", "b", "-", "--tag=a",
                                                                    "--data", "d", "--", "--tag"});
    assert_null(r.failure);
    size_t count;
    const str *tags = cli_values(&r.arena, &r.cli, "tag", &count);
    assert_int_equal(count, 2);
    assert_true(str_eq(tags[0], LIT("b")) && str_eq(tags[1], LIT("a")));
    assert_int_equal(r.cli.argument_count, 2);
    assert_true(str_eq(cli_argument(&r.cli, 0), LIT("-")));
    assert_true(str_eq(cli_argument(&r.cli, 1), LIT("--tag")));
    arena_done(&r.arena);
}

static void help_demands_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *words[WORDS_MAX];
        const char *verb;
    } CASES[] = {
        {{"--help"}, NULL},
        {{"add", "--help"}, "add"},
        {{"-h", "add"}, "add"},
        {{"--nonsense", "--help"}, NULL},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct run r = read_line(&THING, CASES[i].words);
        assert_null(r.failure);
        assert_true(r.cli.wants_help);
        if (CASES[i].verb)
            assert_string_equal(r.cli.verb->name, CASES[i].verb);
        else
            assert_null(r.cli.verb);
        arena_done(&r.arena);
    }
}

static void refuses_with_words(void **state)
{
    (void)state;
    static const struct {
        const struct command *command;
        const char *words[WORDS_MAX];
        const char *expected;
    } CASES[] = {
        {&ONLY_ADD, {NULL}, "say what to do: one of add"},
        {&ONLY_ADD, {"sub"}, "'thing sub' is unknown; it is one of add"},
        {&THING, {"add", "x", "--nme", "n"}, "--nme is unknown here; see: tocsin thing add"},
        {&THING, {"add", "x", "-n", "n"}, "-n is unknown here"},
        {&THING, {"add", "x", "--name"}, "--name needs a value: --name N"},
        {&THING, {"add", "x", "--name="}, "--name is empty"},
        {&THING, {"add", "x", "--name", "a", "--name", "b"}, "--name is given twice"},
        {&THING, {"add", "x", "--dry=yes", "--name", "n"}, "--dry takes no value"},
        {&THING, {"add", "x", "y", "--name", "n"}, "'y' is one argument too many"},
        {&THING, {"add", "--name", "n", "--data", "d"}, "needs ID; for example: tocsin thing add"},
        {&THING, {"add", "x", "--data", "d"}, "--name N is missing; for example"},
        {&THING, {"add", "x", "--name", "n"}, "--data DIR, or set TOCSIN_DATA"},
        {&THING, {"add", "x", "--name", "n", "--json"}, "--json is unknown here"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct run r = read_line(CASES[i].command, CASES[i].words);
        assert_non_null(r.failure);
        assert_int_equal(r.failure->code, ERR_USAGE);
        str text = error_text(&r.arena, r.failure);
        if (str_find(text, str_of(CASES[i].expected)) == text.len)
            fail_msg("expected '%s', got '%.*s'", CASES[i].expected, STR_ARG(text));
        arena_done(&r.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_flags_anywhere_behind_the_command),
        cmocka_unit_test(a_value_that_is_a_verbs_name_stays_a_value),
        cmocka_unit_test(keeps_repeated_flags_in_order),
        cmocka_unit_test(help_demands_nothing),
        cmocka_unit_test(refuses_with_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
