/*
 * tocsin import: puts files of STIX into collections.
 */
#include "cli/commands.h"
#include "cli/names.h"
#include "cli/progress.h"
#include "cli/record.h"
#include "cli/stop.h"
#include "service/import.h"

static err find_named(struct arena *a, struct cli *cli, struct store *store,
                      struct import_options *options)
{
    OWNED(session_done)
    struct session s = {0};
    TRY(session_read(a, store, &s));
    size_t count;
    const str *wanted = cli_values(a, cli, "collection", &count);
    uint32_t *collections = NEW_ARRAY(a, count, uint32_t);
    for (size_t i = 0; i < count; i++) {
        TRY(names_collection(a, &s, wanted[i], &collections[i]));
        if (policy_collection(s.policy, collections[i])->is_builtin)
            return FAIL(a, ERR_FORBIDDEN, "the collection '%.*s' is kept by tocsin itself",
                        STR_ARG(wanted[i]));
    }
    options->collections = collections;
    options->collection_count = count;
    TRY(names_org(a, &s, cli_value(cli, "as"), &options->org));
    if (cli_has(cli, "author"))
        TRY(names_person(a, &s, cli_value(cli, "author"), options->org, &options->person));
    return NULL;
}

static void show_progress(void *context, uint64_t done, uint64_t total)
{
    struct progress *p = context;
    p->total = total;
    progress_add(p, done - p->count);
}

static err print_refusals(struct arena *a, struct cli *cli, const struct import_totals *totals)
{
    for (size_t i = 0; i < totals->count; i++) {
        const struct import_refusal *r = &totals->items[i];
        cli_note(cli, "%.*s:%llu: %.*s%s%.*s", STR_ARG(r->file), (unsigned long long)r->line,
                 STR_ARG(record_plain(a, r->id)), r->id.len ? ": " : "",
                 STR_ARG(record_plain(a, r->reason)));
    }
    if (totals->refused > totals->count)
        cli_note(cli, "… and %llu more were refused",
                 (unsigned long long)(totals->refused - totals->count));
    return FAIL(a, ERR_INVALID, "%llu of %llu objects were refused; the others are in",
                (unsigned long long)totals->refused, (unsigned long long)totals->objects);
}

static err run(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(progress_done)
    struct progress bar = progress_open(0, "bytes");
    struct import_options options = {.files = cli->arguments,
                                     .file_count = cli->argument_count,
                                     .actor_detail = LIT("console"),
                                     .on_progress = show_progress,
                                     .context = &bar,
                                     .is_stopped = stop_is_asked};
    TRY(find_named(a, cli, store, &options));
    struct import_totals totals = {0};
    TRY(import_files(a, store, &options, &totals));
    progress_done(&bar);
    struct record r = {.arena = a};
    record_number(&r, "objects", (int64_t)totals.objects);
    record_number(&r, "added", (int64_t)totals.added);
    record_number(&r, "already_there", (int64_t)totals.duplicates);
    record_number(&r, "refused", (int64_t)totals.refused);
    record_number(&r, "with_warnings", (int64_t)totals.warned);
    TRY(record_print(a, cli, &r));
    return totals.refused ? print_refusals(a, cli, &totals) : NULL;
}

static const struct flag FLAGS[] = {
    {.name = "collection",
     .value = "ID",
     .is_repeated = true,
     .is_required = true,
     .help = "Collection to put the objects into: id, alias or title"},
    {.name = "as", .value = "ORG", .is_required = true, .help = "Organization that contributes"},
    {.name = "author",
     .value = "EMAIL",
     .help = "Person who contributes; TLP:RED is refused without one"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .arguments = "FILE...",
     .argument_min = 1,
     .argument_max = ARGUMENTS_ANY,
     .flags = FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Put bundles, envelopes, single objects or JSON Lines into collections",
     .example = "tocsin import --data exchange --collection indicators --as \"Bureau of Election "
                "Security\" bundle.json",
     .run = run},
    {0},
};

const struct command command_import = {
    .name = "import",
    .summary = "Put files of STIX into collections",
    .help =
        "Reads STIX bundles, TAXII envelopes, single objects and JSON Lines, told apart by what "
        "they begin with; - is standard input. Every object is validated; one that breaks a "
        "MUST of the standard is refused with file, line and rule, the others go in. What is "
        "there already is no new entry, so an import that was cut off is simply run again.",
    .verbs = VERBS,
};
