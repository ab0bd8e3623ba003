/*
 * tocsin pull: a collection of another TAXII server, into a collection here or a file.
 */
#include "cli/commands.h"
#include "cli/names.h"
#include "cli/record.h"
#include "cli/remote_flags.h"
#include "cli/values.h"
#include "service/pull.h"

static err find_place(struct arena *a, struct cli *cli, struct pull_options *options)
{
    bool is_to_file = cli_has(cli, "out");
    bool is_to_store = cli_has(cli, "into") && cli_has(cli, "as");
    if (is_to_file == is_to_store)
        return FAIL(a, ERR_USAGE,
                    "where to? Give either --data DIR --into ID --as ORG, or --out "
                    "FILE");
    options->starts_over = cli_has(cli, "start-over");
    if (is_to_file && cli_has(cli, "default-tlp"))
        return FAIL(a, ERR_USAGE, "objects go into a file as they are; leave --default-tlp out");
    if (is_to_file && options->starts_over)
        return FAIL(a, ERR_USAGE, "to start over, give --out a new file");
    if (is_to_file) {
        options->out = cli_value(cli, "out");
        return NULL;
    }
    options->unmarked_least = TLP_AMBER;
    if (cli_has(cli, "default-tlp"))
        TRY(values_tlp(a, cli_value(cli, "default-tlp"), &options->unmarked_least));
    TRY(cli_store(a, cli, &options->store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, options->store, &s));
    TRY(names_collection(a, &s, cli_value(cli, "into"), &options->collection));
    if (policy_collection(s.policy, options->collection)->is_builtin)
        return FAIL(a, ERR_FORBIDDEN, "the collection '%.*s' is kept by tocsin itself",
                    STR_ARG(cli_value(cli, "into")));
    return names_org(a, &s, cli_value(cli, "as"), &options->org);
}

static void say_what_lacks(struct arena *a, struct cli *cli, const struct pull_totals *totals)
{
    for (size_t i = 0; i < totals->count; i++)
        cli_note(cli, "refused: %.*s: %.*s", STR_ARG(record_plain(a, totals->items[i].id)),
                 STR_ARG(record_plain(a, totals->items[i].reason)));
    if (totals->lacks_versions)
        cli_note(cli, "the server knows no match[version]: it gave the newest versions only");
    if (totals->lacks_dates)
        cli_note(cli, "the server gives no times of addition: the next pull begins anew");
}

static err run(struct arena *a, struct cli *cli)
{
    OWNED(progress_done) struct progress bar = progress_open(0, "objects");
    struct pull_options options = {0};
    TRY(remote_flags_read(a, cli, remote_flags_place(a, cli), &bar, &options.remote));
    TRY(find_place(a, cli, &options));
    struct pull_totals totals = {0};
    err failure = pull_run(a, &options, &totals);
    progress_done(&bar);
    say_what_lacks(a, cli, &totals);
    if (failure && totals.pages)
        return WRAP(a, failure,
                    "after %llu objects, which stay; run the same command again to go "
                    "on",
                    (unsigned long long)totals.objects);
    TRY(failure);
    struct record r = {.arena = a};
    record_number(&r, "pages", (int64_t)totals.pages);
    record_number(&r, "objects", (int64_t)totals.objects);
    record_number(&r, "added", (int64_t)totals.added);
    record_number(&r, "already_there", (int64_t)totals.already_there);
    record_number(&r, "refused", (int64_t)totals.refused);
    TRY(record_print(a, cli, &r));
    if (totals.refused)
        return FAIL(a, ERR_INVALID, "%llu of %llu objects were refused; the others are in",
                    (unsigned long long)totals.refused, (unsigned long long)totals.objects);
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "collection",
     .value = "REMOTE",
     .is_required = true,
     .help = "Collection there: id, alias or title"},
    {.name = "into", .value = "ID", .help = "Collection here: id, alias or title"},
    {.name = "as", .value = "ORG", .help = "Organization that contributes here"},
    {.name = "default-tlp",
     .value = "L",
     .help = "Label of what comes without one, if you know what the server takes it for; amber "
             "unless given. A stricter default of the collection here goes before it"},
    {.name = "out", .value = "FILE", .help = "File of JSON Lines to add to, instead"},
    {.name = "start-over",
     .help = "Ask for everything again, as is needed after rights were widened there"},
    REMOTE_FLAGS,
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     ONE_ARGUMENT("URL"),
     .flags = FLAGS,
     .may_have_data = true,
     .has_json = true,
     .summary = "Get what is new in a collection of another server",
     .example = "tocsin pull https://taxii.example/api1/ --collection indicators --data exchange "
                "--into feeds --as \"Our ISAC\" --token-file token",
     .run = run},
    {0},
};

const struct command command_pull = {
    .name = "pull",
    .summary = "Get what is new in a collection of another TAXII server",
    .help = "URL is an API root, a server, or its discovery. What was pulled before is remembered "
            "per collection, here in the data directory or beside the file (FILE.tocsin-pull), so "
            "that the same command gets what is new; cut off, it goes on where it stopped.",
    .verbs = VERBS,
};
