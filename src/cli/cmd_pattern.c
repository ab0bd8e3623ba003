/*
 * tocsin pattern: STIX patterns, checked and explained.
 */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/pattern_names.h"
#include "cli/record.h"
#include "pattern/evaluate.h"
#include "pattern/explain.h"
#include "sweep/load.h"
#include "sweep/objects.h"
#include "json/write.h"

#define FILE_BYTES_MAX ((size_t)1 << 30)

struct tally {
    size_t good;
    size_t bad;
    size_t warnings;
    size_t others; /* patterns of other languages */
};

/* One run over one file. */
struct checking {
    struct cli *cli;
    str path;
    struct tally *tally;
};

static err read_pattern(struct arena *a, str text, bool is_20, struct pattern **out)
{
    struct pattern *p;
    TRY(is_20 ? pattern_read_20(a, text, &p) : pattern_read(a, text, &p));
    err failure = pattern_prepare(a, p);
    pattern_release(p);
    if (failure == NULL)
        *out = p;
    return failure;
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

static void check_text(struct checking *c, str place, str text, bool is_20)
{
    OWNED(arena_done) struct arena a = {0};
    struct pattern *p = NULL;
    struct pattern_doubts doubts = {0};
    err failure = read_pattern(&a, text, is_20, &p);
    c->tally->bad += failure != NULL;
    c->tally->good += failure == NULL;
    if (failure) {
        say(c->cli, place, "", error_text(&a, failure));
        return;
    }
    pattern_names_check(&a, p, &doubts);
    for (size_t i = 0; i < p->warnings.count; i++)
        say(c->cli, place, "warning: ", p->warnings.items[i].text);
    for (size_t i = 0; i < doubts.count; i++)
        say(c->cli, place, "warning: ", doubts.items[i]);
    c->tally->warnings += p->warnings.count + doubts.count;
}

/* An indicator, or what has a pattern; objects of other types have none. */
static void check_object(struct checking *c, str place, json object)
{
    str type = json_get_string(object, LIT("type"));
    str language = json_get_string(object, LIT("pattern_type"));
    json pattern = json_get(object, LIT("pattern"));
    bool is_20 = str_eq(json_get_string(object, LIT("pattern_version")), LIT("2.0"));
    if (type.len && !str_eq(type, LIT("indicator")))
        return;
    if (language.len && !str_eq(language, LIT("stix"))) {
        c->tally->others++;
    } else if (json_is(pattern, JSON_STRING)) {
        check_text(c, place, json_string(pattern), is_20);
    } else {
        c->tally->bad++;
        say(c->cli, place, "", LIT("a member \"pattern\" with a string is expected"));
    }
}

static str place_of(struct arena *a, const struct checking *c, uint64_t line)
{
    return arena_print(a, "%.*s:%llu", STR_ARG(c->path), (unsigned long long)line);
}

/* A line is a pattern, or JSON with a member "pattern". */
static void check_line(struct checking *c, str line, size_t number)
{
    OWNED(arena_done) struct arena a = {0};
    OWNED(json_reader_done) struct json_reader reader = {0};
    json object;
    str place = place_of(&a, c, number);
    if (!str_starts(line, LIT("{"))) {
        check_text(c, place, line, false);
        return;
    }
    err failure = json_read(&a, &reader, line, NULL, &object);
    if (failure == NULL) {
        check_object(c, place, object);
        return;
    }
    c->tally->bad++;
    say(c->cli, place, "", error_text(&a, failure));
}

static err on_object(void *context, const struct objects_item *item)
{
    OWNED(arena_done) struct arena a = {0};
    struct checking *c = context;
    check_object(c, place_of(&a, c, item->line), item->object);
    return NULL;
}

static void on_trouble(void *context, str place, str words)
{
    struct checking *c = context;
    c->tally->bad++;
    say(c->cli, place.len ? place : c->path, "", words);
}

/* JSON that is no object a line: a bundle, an envelope, or an object over several lines. */
static bool is_bundle(str text)
{
    OWNED(arena_done) struct arena a = {0};
    OWNED(json_reader_done) struct json_reader reader = {0};
    json object;
    str line;
    text = str_trim(text);
    if (!str_starts(text, LIT("{")) || !str_cut(&text, '\n', &line))
        return false;
    bool is_object = json_read(&a, &reader, line, NULL, &object) == NULL;
    return !is_object || json_is(json_get(object, LIT("objects")), JSON_ARRAY);
}

static err check_file(struct arena *a, struct checking *c)
{
    str text;
    TRY(file_read(a, c->path, FILE_BYTES_MAX, &text));
    struct trouble trouble = {on_trouble, c};
    struct objects_call call = {
        .path = c->path, .fn = on_object, .context = c, .trouble = &trouble};
    if (is_bundle(text) && !str_eq(c->path, LIT("-")))
        return objects_each(a, &call);
    size_t number = 0;
    for (str line; str_cut(&text, '\n', &line);) {
        number++;
        line = str_trim(line);
        if (line.len && line.at[0] != '#')
            check_line(c, line, number);
    }
    return NULL;
}

static err run_check(struct arena *a, struct cli *cli)
{
    struct tally tally = {0};
    for (size_t i = 0; i < cli->argument_count; i++) {
        struct checking c = {cli, cli->arguments[i], &tally};
        TRY(check_file(a, &c));
    }
    if (tally.others)
        cli_note(cli, "patterns of other languages, which are not checked: %zu", tally.others);
    if (tally.bad)
        return FAIL(a, ERR_INVALID, "%zu of %zu patterns cannot be read", tally.bad,
                    tally.good + tally.bad);
    cli_note(cli, "%zu patterns are good; %zu warnings", tally.good, tally.warnings);
    return NULL;
}

/* What a sweep of logs does with the pattern. */
static void put_in_logs(struct arena *a, str text, struct buf *to)
{
    struct load_found found = {.values = NEW_ARRAY(a, LOAD_VALUES_MAX, struct sweep_value)};
    err failure = load_pattern(a, text, false, &found);
    if (failure)
        buf_print(to, "In logs it is not looked for: %.*s.\n", STR_ARG(error_text(a, failure)));
    else
        buf_put(to, LIT("In logs these are looked for:\n"));
    for (size_t i = 0; failure == NULL && i < found.count; i++)
        buf_print(to, "  %s %.*s\n", sweep_kind_name(found.values[i].kind),
                  STR_ARG(found.values[i].text));
    if (failure == NULL && found.left_out.len)
        buf_print(to, "In logs it is looked for in part, without %.*s.\n", STR_ARG(found.left_out));
}

static err run_explain(struct arena *a, struct cli *cli)
{
    struct pattern *p;
    str pattern = cli_argument(cli, 0);
    struct pattern_doubts doubts = {0};
    TRY(read_pattern(a, pattern, false, &p));
    OWNED(buf_done) struct buf text;
    buf_init(&text, FILE_BYTES_MAX);
    pattern_say(p, &text);
    buf_put_char(&text, '\n');
    pattern_explain(p, &text);
    buf_put_char(&text, '\n');
    put_in_logs(a, pattern, &text);
    TRY(buf_check(a, &text));
    pattern_names_check(a, p, &doubts);
    for (size_t i = 0; i < p->warnings.count; i++)
        cli_note(cli, "warning: %.*s", STR_ARG(record_plain(a, p->warnings.items[i].text)));
    for (size_t i = 0; i < doubts.count; i++)
        cli_note(cli, "warning: %.*s", STR_ARG(record_plain(a, doubts.items[i])));
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
     .summary =
         "Say in plain English what a pattern asks for, and what of it logs are searched for",
     .example = "tocsin pattern explain \"[url:value LIKE '%.exe'] REPEATS 5 TIMES\"",
     .run = run_explain},
    {0},
};

const struct command command_pattern = {
    .name = "pattern",
    .summary = "Check and explain STIX patterns",
    .help =
        "Reads STIX patterns (STIX 2.1, section 9). A file for check is a bundle or another file "
        "of STIX, JSON Lines with a member \"pattern\", or one pattern a line; - is standard "
        "input, for lines. The exit status of check is 0 only if all can be read; warnings say "
        "where a pattern can be read and hardly means what it says, such as a property that "
        "STIX does not know.",
    .verbs = VERBS,
};
