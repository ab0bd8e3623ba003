/*
 * tocsin push: a collection here, or files, to another TAXII server.
 */
#include "cli/commands.h"
#include "cli/names.h"
#include "cli/record.h"
#include "cli/remote_flags.h"
#include "service/push.h"

static err find_source(struct arena *a, struct cli *cli, struct push_options *options)
{
    size_t count;
    const str *collections = cli_values(a, cli, "collection", &count);
    bool is_from_store = count == 2 && cli_has(cli, "as");
    options->files = cli->arguments + 1;
    options->file_count = cli->argument_count - 1;
    if (count > 2 || is_from_store == (options->file_count > 0) ||
        (!is_from_store && (count == 2 || cli_has(cli, "as"))))
        return FAIL(a, ERR_USAGE,
                    "what? Give either --collection REMOTE --data DIR --collection ID --as ORG, or "
                    "--collection REMOTE FILE…");
    if (!is_from_store)
        return NULL;
    TRY(cli_store(a, cli, &options->store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, options->store, &s));
    TRY(names_collection(a, &s, collections[1], &options->collection));
    options->wants_all_versions = cli_has(cli, "all-versions");
    return names_org(a, &s, cli_value(cli, "as"), &options->org);
}

static err run(struct arena *a, struct cli *cli)
{
    OWNED(progress_done) struct progress bar = progress_open(0, "objects");
    struct push_options options = {0};
    TRY(remote_flags_read(a, cli, remote_flags_place(a, cli), &bar, &options.remote));
    TRY(find_source(a, cli, &options));
    struct push_totals totals = {0};
    err failure = push_run(a, &options, &totals);
    progress_done(&bar);
    for (size_t i = 0; i < totals.count; i++)
        cli_note(cli, "refused there: %.*s: %.*s", STR_ARG(record_plain(a, totals.items[i].id)),
                 STR_ARG(record_plain(a, totals.items[i].message)));
    if (failure && totals.envelopes)
        return WRAP(a, failure,
                    "after %llu objects, which are there; run the same command again "
                    "to go on",
                    (unsigned long long)totals.objects);
    TRY(failure);
    struct record r = {.arena = a};
    record_number(&r, "envelopes", (int64_t)totals.envelopes);
    record_number(&r, "objects", (int64_t)totals.objects);
    record_number(&r, "refused_there", (int64_t)totals.failures);
    record_number(&r, "left_out", (int64_t)(totals.barred + totals.exercises));
    TRY(record_print(a, cli, &r));
    if (totals.barred)
        cli_note(cli, "%llu left out because TLP:RED and TLP:AMBER+STRICT never leave",
                 (unsigned long long)totals.barred);
    if (totals.exercises)
        cli_note(cli,
                 "%llu left out because they belong to an exercise, which goes to no other "
                 "exchange",
                 (unsigned long long)totals.exercises);
    if (totals.failures)
        return FAIL(a, ERR_INVALID, "the server refused %llu objects; they are not sent again",
                    (unsigned long long)totals.failures);
    return NULL;
}

static const struct flag FLAGS[] = {
    {.name = "collection",
     .value = "ID",
     .is_repeated = true,
     .is_required = true,
     .help = "First the collection there; then, with --data, the one here"},
    {.name = "as", .value = "ORG", .help = "Organization that sends"},
    {.name = "all-versions", .help = "All versions, not the newest alone"},
    REMOTE_FLAGS,
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .arguments = "URL [FILE...]",
     .argument_min = 1,
     .argument_max = ARGUMENTS_ANY,
     .flags = FLAGS,
     .may_have_data = true,
     .has_json = true,
     .summary = "Send what is new to a collection of another server",
     .example = "tocsin push https://taxii.example/api1/ --collection inbox --data exchange "
                "--collection shared --as \"Our ISAC\" --token-file token",
     .run = run},
    {0},
};

const struct command command_push = {
    .name = "push",
    .summary = "Send what is new to a collection of another TAXII server",
    .help = "Sends what the organization, as such, may read of a collection here, less TLP:RED and "
            "TLP:AMBER+STRICT, or files of STIX. What the server has taken is remembered, in the "
            "data directory or beside each file (FILE.tocsin-push), and not sent again.",
    .verbs = VERBS,
};
