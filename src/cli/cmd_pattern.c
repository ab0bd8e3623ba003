/*
 * tocsin pattern: STIX patterns, checked and explained.
 */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "pattern/evaluate.h"
#include "pattern/explain.h"
#include "json/write.h"

#define FILE_BYTES_MAX ((size_t)1 << 30)

struct tally {
    size_t good;
    size_t bad;
    size_t warnings;
};

static err read_pattern(struct arena *a, str text, struct pattern **out)
{
    struct pattern *p;
    TRY(pattern_read(a, text, &p));
    err failure = pattern_prepare(a, p);
    pattern_release(p);
    if (failure == NULL)
        *out = p;
    return failure;
}

/* A line is a pattern, or JSON with a member "pattern". */
static err line_pattern(struct arena *a, str line, str *out)
{
    *out = line;
    if (!str_starts(line, LIT("{")))
        return NULL;
    OWNED(json_reader_done) struct json_reader reader = {0};
    json value;
    TRY(json_read(a, &reader, line, NULL, &value));
    if (!json_is(json_get(value, LIT("pattern")), JSON_STRING))
        return FAIL(a, ERR_INPUT, "a member \"pattern\" with a string is expected");
    *out = arena_copy(a, json_get_string(value, LIT("pattern")));
    return NULL;
}

static void say(struct cli *cli, str place, const char *level, str words)
{
    OWNED(arena_done) struct arena scratch = {0};
    if (!cli->is_json) {
        cli_print(cli, "%.*s: %s%.*s\n", STR_ARG(record_plain(&scratch, place)), level,
                  STR_ARG(record_plain(&scratch, words)));
        return;
    }
    OWNED(buf_done) struct buf text;
    buf_init(&text, FILE_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_member(&w, "place", place);
    json_member(&w, level[0] ? "warning" : "error", words);
    json_close_object(&w);
    cli_print(cli, "%.*s\n", STR_ARG(buf_str(&text)));
}

static void check_line(struct cli *cli, str place, str line, struct tally *tally)
{
    OWNED(arena_done) struct arena a = {0};
    struct pattern *p = NULL;
    str text;
    err failure = line_pattern(&a, line, &text);
    if (failure == NULL)
        failure = read_pattern(&a, text, &p);
    tally->bad += failure != NULL;
    tally->good += failure == NULL;
    if (failure) {
        say(cli, place, "", error_text(&a, failure));
        return;
    }
    for (size_t i = 0; i < p->warnings.count; i++)
        say(cli, place, "warning: ", p->warnings.items[i].text);
    tally->warnings += p->warnings.count;
}

static err run_check(struct arena *a, struct cli *cli)
{
    struct tally tally = {0};
    for (size_t i = 0; i < cli->argument_count; i++) {
        str text;
        TRY(file_read(a, cli->arguments[i], FILE_BYTES_MAX, &text));
        size_t number = 0;
        for (str line; str_cut(&text, '\n', &line);) {
            number++;
            OWNED(arena_done) struct arena scratch = {0};
            str place = arena_print(&scratch, "%.*s:%zu", STR_ARG(cli->arguments[i]), number);
            if (str_trim(line).len)
                check_line(cli, place, str_trim(line), &tally);
        }
    }
    if (tally.bad)
        return FAIL(a, ERR_INVALID, "%zu of %zu patterns cannot be read", tally.bad,
                    tally.good + tally.bad);
    cli_note(cli, "%zu patterns are good; %zu warnings", tally.good, tally.warnings);
    return NULL;
}

static err run_explain(struct arena *a, struct cli *cli)
{
    struct pattern *p;
    TRY(read_pattern(a, cli_argument(cli, 0), &p));
    OWNED(buf_done) struct buf text;
    buf_init(&text, FILE_BYTES_MAX);
    pattern_explain(p, &text);
    TRY(buf_check(a, &text));
    for (size_t i = 0; i < p->warnings.count; i++)
        cli_note(cli, "warning: %.*s", STR_ARG(record_plain(a, p->warnings.items[i].text)));
    cli_print(cli, "%.*s", STR_ARG(record_plain_lines(a, buf_str(&text))));
    return NULL;
}

static const struct verb VERBS[] = {
    {.name = "check",
     .arguments = "FILE...",
     .argument_min = 1,
     .argument_max = ARGUMENTS_ANY,
     .has_json = true,
     .summary = "Check patterns, one a line: each fault with its column, and warnings",
     .example = "tocsin pattern check patterns.jsonl",
     .run = run_check},
    {.name = "explain",
     ONE_ARGUMENT("PATTERN"),
     .summary = "Say in plain English what a pattern asks for, as a tree",
     .example = "tocsin pattern explain \"[url:value LIKE '%.exe'] REPEATS 5 TIMES\"",
     .run = run_explain},
    {0},
};

const struct command command_pattern = {
    .name = "pattern",
    .summary = "Check and explain STIX patterns",
    .help = "Reads STIX patterns (STIX 2.1, section 9). A file for check holds one pattern a line, "
            "or JSON Lines with a member \"pattern\"; - is standard input. The exit status of "
            "check is 0 only if all can be read.",
    .verbs = VERBS,
};
