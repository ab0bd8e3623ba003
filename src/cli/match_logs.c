/*
 * tocsin match --logs: indicators over log files.
 */
#include "base/clock.h"
#include "base/file.h"
#include "cli/match_hits.h"
#include "cli/match_paths.h"
#include "cli/record.h"
#include "cli/stop.h"
#include "cli/values.h"
#include "sweep/compile.h"

#include <unistd.h>

static err load_all(struct arena *a, struct match *m, struct sweep_builder *b)
{
    size_t count;
    const str *paths = cli_values(a, m->cli, "indicators", &count);
    struct sweep_load l = {.builder = b, .trouble = &m->trouble, .is_stopped = stop_is_asked};
    err failure = NULL;
    for (size_t i = 0; i < count && failure == NULL; i++)
        failure = sweep_load_file(a, &l, paths[i]);
    for (size_t i = 0; i < m->extra_count && failure == NULL; i++)
        failure = sweep_load_file(a, &l, m->extra[i]);
    paths = cli_values(a, m->cli, "protect", &count);
    for (size_t i = 0; i < count && failure == NULL; i++)
        failure = sweep_load_protected(a, &l, paths[i]);
    if (failure)
        failure = FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
    sweep_load_done(&l);
    return failure;
}

static err open_index(struct arena *a, struct match *m, struct sweep_index *out)
{
    if (cli_has(m->cli, "index"))
        return sweep_index_open(a, cli_value(m->cli, "index"), out);
    struct sweep_builder *b = sweep_builder_new();
    err failure = load_all(a, m, b);
    if (failure) {
        sweep_builder_free(b);
        return failure;
    }
    sweep_builder_finish(b, out);
    return NULL;
}

err match_compile(struct arena *a, struct match *m)
{
    OWNED(sweep_index_close) struct sweep_index x = {0};
    TRY(open_index(a, m, &x));
    TRY(sweep_index_write(a, &x, cli_value(m->cli, "compile")));
    cli_note(m->cli, "compiled: %.*s with %.*s; %.*s",
             STR_ARG(match_amount(a, x.counts.indicators, "indicator")),
             STR_ARG(match_amount(a, x.counts.values, "value")),
             STR_ARG(match_left_out_counts(a, &x.counts)));
    match_note_left_out(m->cli, &x);
    m->found = x.counts.values;
    return NULL;
}

static err read_threads(struct arena *a, struct cli *cli, unsigned *out)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads;
    TRY(values_count(a, cli_value(cli, "threads"), cores > 0 ? (size_t)cores : 1, &threads));
    *out = threads > LOGS_THREADS_MAX ? LOGS_THREADS_MAX : (unsigned)threads;
    return NULL;
}

static err sweep(struct arena *a, struct match *m, struct match_paths *paths,
                 struct match_hits *hits)
{
    struct match_folders folders;
    struct logs_options options = {
        .index = hits->index,
        .paths = paths->items,
        .path_count = paths->count,
        .follows = cli_has(m->cli, "follow"),
        .trouble = &m->trouble,
        .on_piece = match_hits_on_piece,
        .context = hits,
        .is_stopped = stop_is_asked,
    };
    TRY(read_threads(a, m->cli, &options.threads));
    options.threads = options.follows ? 1 : options.threads;
    if (options.follows && paths->has_folder) {
        match_folders_init(&folders, a, m, paths);
        options.find_more = match_folders_more;
        options.find_context = &folders;
    }
    hits->follows = options.follows;
    hits->is_quiet = cli_has(m->cli, "summary");
    /* Hits on the same terminal show that it goes on. */
    bool is_seen = !hits->is_quiet && isatty(fileno(m->cli->out));
    if (!options.follows && !is_seen)
        m->bar = progress_open(paths->bytes, "bytes");
    struct logs_totals totals = {0};
    int64_t begun = clock_monotonic_us();
    logs_sweep(&options, &totals);
    progress_done(&m->bar);
    TRY(cli_flush(a, m->cli));
    hits->is_cut = !options.follows && stop_is_asked();
    if (hits->is_cut)
        match_trouble(m, (str){0}, LIT("stopped as asked: not all was swept"));
    match_hits_summary(hits, &totals, clock_monotonic_us() - begun);
    TRY(sweep_index_failure(a, hits->index));
    if (cli_has(m->cli, "report"))
        TRY(match_hits_report(a, hits, &totals, cli_value(m->cli, "report")));
    if (!cli_has(m->cli, "push-sightings") || hits->is_cut)
        return NULL;
    struct match_mets mets = match_hits_sighted(a, hits);
    return match_push_sightings(a, m, &mets);
}

err match_logs(struct arena *a, struct match *m)
{
    struct match_paths paths = {0};
    size_t allow_count;
    const str *allowed = cli_values(a, m->cli, "allow", &allow_count);
    OWNED(sweep_allow_close) struct sweep_allow allow = {0};
    OWNED(sweep_index_close) struct sweep_index x = {0};
    OWNED(match_hits_done) struct match_hits hits = {0};
    match_paths_find(a, m, &paths);
    TRY(sweep_allow_open(a, allowed, allow_count, &m->trouble, &allow));
    TRY(open_index(a, m, &x));
    match_pull_done(m);
    if (x.counts.values == 0)
        match_trouble(m, (str){0}, LIT("there is no indicator that logs can be searched for"));
    match_hits_init(&hits, m, &x, &allow);
    return sweep(a, m, &paths, &hits);
}
