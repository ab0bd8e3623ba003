/*
 * tocsin validate: every MUST and SHOULD of STIX that a file breaks.
 */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/record.h"
#include "stix/validate.h"
#include "json/write.h"

#define OUTPUT_BYTES_MAX ((size_t)1 << 30)

struct report {
    struct arena scratch; /* for one verdict */
    struct cli *cli;
    struct json_writer *json; /* NULL: words for people */
    str file;
    struct progress *bar;
    uint64_t shown; /* bytes of this file that the bar knows of */
};

static void report_done(struct report *to)
{
    arena_done(&to->scratch);
}

static void put_json(struct report *to, const struct stix_verdict *v, const struct stix_finding *f)
{
    struct json_writer *w = to->json;
    json_open_object(w);
    json_member(w, "file", to->file);
    if (v->index != SIZE_MAX)
        json_member_i64(w, "index", (int64_t)v->index);
    json_member_i64(w, "line", (int64_t)v->line);
    json_member_if(w, "type", v->type);
    json_member_if(w, "id", v->id);
    json_member(w, "level", f->level == STIX_MUST ? LIT("MUST") : LIT("SHOULD"));
    json_member(w, "path", f->path);
    json_member(w, "rule", f->rule);
    if (f->section)
        json_member(w, "section", str_of(f->section));
    json_close_object(w);
}

static void put_words(struct report *to, const struct stix_verdict *v, const struct stix_finding *f)
{
    str id = v->id.len ? v->id : v->index == SIZE_MAX ? LIT("bundle") : LIT("object without id");
    cli_print(to->cli, "%.*s:%zu: %s %.*s %.*s\n", STR_ARG(to->file), v->line,
              f->level == STIX_MUST ? "MUST  " : "SHOULD", STR_ARG(record_plain(&to->scratch, id)),
              STR_ARG(record_plain(&to->scratch, stix_finding_text(&to->scratch, f))));
}

static void on_verdict(void *context, const struct stix_verdict *v)
{
    struct report *to = context;
    arena_reset(&to->scratch);
    if (v->offset > to->shown) {
        progress_add(to->bar, v->offset - to->shown);
        to->shown = v->offset;
    }
    for (size_t i = 0; i < v->findings->count; i++) {
        if (to->json)
            put_json(to, v, &v->findings->items[i]);
        else
            put_words(to, v, &v->findings->items[i]);
    }
    size_t all = v->findings->must_count + v->findings->should_count;
    if (to->json == NULL && all > v->findings->count)
        cli_print(to->cli, "%.*s:%zu: and %zu more\n", STR_ARG(to->file), v->line,
                  all - v->findings->count);
}

static err read_spec(struct arena *a, const struct cli *cli, enum stix_spec *out)
{
    str given = cli_value(cli, "spec");
    if (given.len && !str_eq(given, LIT("2.0")) && !str_eq(given, LIT("2.1")))
        return FAIL(a, ERR_USAGE, "'%.*s' is no version of STIX here; it is 2.0 or 2.1",
                    STR_ARG(given));
    *out = str_eq(given, LIT("2.0")) ? STIX_SPEC_2_0 : STIX_SPEC_2_1;
    return NULL;
}

static err validate_text(struct arena *a, str text, const struct stix_validate_options *options,
                         struct stix_validate_totals *sum)
{
    struct stix_validate_totals one;
    struct report *to = options->to;
    OWNED(progress_done) struct progress bar = progress_open(text.len, "bytes");
    to->bar = &bar;
    to->shown = 0;
    TRY(stix_validate_text(a, text, options, &one));
    sum->object_count += one.object_count;
    sum->refused_count += one.refused_count + one.is_bundle_refused;
    sum->warned_count += one.warned_count;
    return NULL;
}

static err validate_file(struct arena *a, str path, const struct stix_validate_options *options,
                         struct stix_validate_totals *sum)
{
    if (str_eq(path, LIT("-"))) {
        str text;
        TRY(file_read(a, path, OUTPUT_BYTES_MAX, &text));
        return validate_text(a, text, options, sum);
    }
    OWNED(file_map_close) struct file_map map = {0};
    TRY(file_map_open(a, path, &map));
    return validate_text(a, map.bytes, options, sum);
}

static err validate_files(struct arena *a, struct cli *cli, struct report *to,
                          struct stix_validate_totals *sum)
{
    struct stix_validate_options options = {
        .on_verdict = on_verdict, .to = to, .wants_clean = true};
    TRY(read_spec(a, cli, &options.spec));
    for (size_t i = 0; i < cli->argument_count; i++) {
        to->file = str_eq(cli->arguments[i], LIT("-")) ? LIT("stdin") : cli->arguments[i];
        err failure = validate_file(a, cli->arguments[i], &options, sum);
        if (failure && failure->code == ERR_INPUT)
            return WRAP(a, failure, "%.*s", STR_ARG(to->file));
        TRY(failure);
    }
    return NULL;
}

static err run_json(struct arena *a, struct cli *cli, struct stix_validate_totals *sum)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, OUTPUT_BYTES_MAX);
    struct json_writer w;
    OWNED(report_done) struct report to = {.cli = cli, .json = &w};
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_key(&w, LIT("findings"));
    json_open_array(&w);
    TRY(validate_files(a, cli, &to, sum));
    json_close_array(&w);
    json_member_bool(&w, "valid", sum->refused_count == 0);
    json_member_i64(&w, "objects", (int64_t)sum->object_count);
    json_member_i64(&w, "refused", (int64_t)sum->refused_count);
    json_member_i64(&w, "warned", (int64_t)sum->warned_count);
    json_close_object(&w);
    TRY(buf_check(a, &text));
    fwrite(text.at, 1, text.len, cli->out);
    cli_print(cli, "\n");
    return NULL;
}

static err run(struct arena *a, struct cli *cli)
{
    struct stix_validate_totals sum = {0};
    OWNED(report_done) struct report to = {.cli = cli};
    TRY(cli->is_json ? run_json(a, cli, &sum) : validate_files(a, cli, &to, &sum));
    if (sum.refused_count)
        return FAIL(a, ERR_INVALID, "%zu of %zu objects break a MUST", sum.refused_count,
                    sum.object_count);
    if (!cli->is_json)
        cli_note(cli, "%zu objects break no MUST; %zu break a SHOULD", sum.object_count,
                 sum.warned_count);
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "spec", .value = "VERSION", .help = "2.1 (unless said) or 2.0"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .arguments = "FILE...",
     .argument_min = 1,
     .argument_max = ARGUMENTS_ANY,
     .flags = FLAGS,
     .has_json = true,
     .summary =
         "Check bundles, TAXII envelopes, single objects or JSON lines; - for standard input",
     .example = "tocsin validate --spec 2.1 bundle.json",
     .run = run},
    {0},
};

const struct command command_validate = {
    .name = "validate",
    .summary = "Check files against STIX",
    .help = "Prints every MUST and SHOULD that is broken, with file, line, object, path, rule and "
            "section. The exit status is 0 only if no MUST is broken.",
    .verbs = VERBS,
};
