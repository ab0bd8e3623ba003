/*
 * tocsin match and others: sightings back. What goes back is per indicator how often and when it
 * was met, never a line or a name of a log.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/uuid.h"
#include "cli/match_cache.h"
#include "cli/record.h"
#include "cli/remote_flags.h"
#include "service/push.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define SHOWN_MAX 20u
#define COUNT_MAX 999999999 /* of a sighting (STIX 2.1 §5.2) */
#define SIGHTINGS_BYTES_MAX ((size_t)1 << 28)

static struct remote_place push_place(const struct cli *cli)
{
    str collection = cli_value(cli, "push-collection");
    return (struct remote_place){cli_value(cli, "push-sightings"),
                                 collection.len ? collection : cli_value(cli, "collection")};
}

/* "https://exchange.example" */
static str origin_of(str url)
{
    size_t host = str_find(url, LIT("://")) + 3;
    return str_part(url, 0, host + str_find_char(str_skip(url, host), '/'));
}

/* A token is for one server and is not shown to another. */
static err open_push(struct arena *a, struct match *m)
{
    struct cli *cli = m->cli;
    struct remote_place place = push_place(cli);
    if (place.collection.len == 0)
        return FAIL(a, ERR_USAGE,
                    "which collection do sightings go to? --push-sightings goes with "
                    "--push-collection ID, or --collection ID where it is the same");
    str cache;
    TRY(match_cache_folder(a, cli, &cache));
    m->push = m->from;
    if (cli_has(cli, "push-token-file"))
        return remote_flags_token(a, cli_value(cli, "push-token-file"), &m->push.http.bearer);
    bool is_elsewhere = cli_has(cli, "from") &&
                        !str_eq_nocase(origin_of(place.url), origin_of(cli_value(cli, "from")));
    if (is_elsewhere && (m->from.http.bearer.len || m->from.http.user.len))
        return FAIL(a, ERR_USAGE,
                    "what signs in at %.*s is not shown to %.*s: give --push-token-file FILE",
                    STR_ARG(origin_of(cli_value(cli, "from"))), STR_ARG(origin_of(place.url)));
    return NULL;
}

err match_share_open(struct arena *a, struct match *m)
{
    struct cli *cli = m->cli;
    if (cli_has(cli, "from") && !cli_has(cli, "collection"))
        return FAIL(a, ERR_USAGE, "which collection? --from goes with --collection ID");
    if (cli_has(cli, "from") || cli_has(cli, "push-sightings"))
        TRY(remote_flags_read(a, cli, (struct remote_place){0}, NULL, &m->from));
    return cli_has(cli, "push-sightings") ? open_push(a, m) : NULL;
}

/* Sightings. */

static void put_sighting(struct buf *to, const struct match_met *met, str now)
{
    OWNED(arena_done) struct arena a = {0};
    char seen[CLOCK_TEXT_BYTES];
    uint64_t count = met->count > COUNT_MAX ? COUNT_MAX : met->count;
    struct json_writer w;
    json_writer_init(&w, to);
    json_open_object(&w);
    json_member(&w, "type", LIT("sighting"));
    json_member(&w, "spec_version", LIT("2.1"));
    json_member(&w, "id", uuid_random_id(&a, LIT("sighting")));
    json_member(&w, "created", now);
    json_member(&w, "modified", now);
    if (met->has_time) {
        json_member(&w, "first_seen", clock_write(met->first_us, seen));
        json_member(&w, "last_seen", clock_write(met->last_us, seen));
    }
    json_member_i64(&w, "count", (int64_t)count);
    json_member(&w, "sighting_of_ref", met->indicator.id);
    if (met->indicator.is_labelled) {
        json_key(&w, LIT("object_marking_refs"));
        json_open_array(&w);
        json_put_string(&w, tlp_marking_id(met->indicator.label));
        json_close_array(&w);
    }
    json_close_object(&w);
    buf_put_char(to, '\n');
}

/* All that the sighting would say, and what the indicator is, which it does not say. */
static void show(struct cli *cli, const struct match_met *met)
{
    OWNED(arena_done) struct arena a = {0};
    char first[CLOCK_TEXT_BYTES];
    char last[CLOCK_TEXT_BYTES];
    const struct match_indicator *i = &met->indicator;
    str times = {0};
    if (met->has_time)
        times = arena_print(&a, ", from %.*s to %.*s", STR_ARG(clock_write(met->first_us, first)),
                            STR_ARG(clock_write(met->last_us, last)));
    cli_note(cli, "sighting of %.*s: %.*s%.*s%s%.*s  (%.*s)", STR_ARG(i->id),
             STR_ARG(match_amount(&a, met->count, "time")), STR_ARG(times),
             i->is_labelled ? ", " : "", STR_ARG(i->is_labelled ? tlp_name(i->label) : (str){0}),
             STR_ARG(match_name(&a, i->name.len ? i->name : i->value)));
}

/* One line each, of what would be sent; returns how many. */
static size_t put_sightings(struct buf *to, struct cli *cli, const struct match_mets *mets)
{
    char text[CLOCK_TEXT_BYTES];
    str now = clock_write(clock_now_us() / 1000 * 1000, text);
    size_t count = 0;
    size_t barred = 0;
    for (size_t i = 0; i < mets->count; i++) {
        const struct match_met *met = &mets->items[i];
        if (met->indicator.id.len == 0)
            continue;
        if (met->indicator.is_labelled && met->indicator.label >= TLP_AMBER_STRICT) {
            barred++;
            continue;
        }
        put_sighting(to, met, now);
        if (count++ < SHOWN_MAX)
            show(cli, met);
    }
    if (count > SHOWN_MAX)
        cli_note(cli, "and %zu more; the file of --report has them all", count - SHOWN_MAX);
    if (barred)
        cli_note(cli, "%zu stay here: TLP:RED and TLP:AMBER+STRICT never leave", barred);
    return count;
}

/* Yes on the command line, or said to a terminal. */
static bool is_agreed(struct cli *cli, str url)
{
    if (cli_has(cli, "yes"))
        return true;
    if (!isatty(STDIN_FILENO))
        return false;
    fprintf(cli->err_out, "tocsin: send these to %.*s? [y/N] ", STR_ARG(url));
    fflush(cli->err_out);
    char answer[16] = "";
    return fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

/* How far push has come with the queue stands beside it. */
static str position_file(struct arena *a, str path)
{
    return arena_join(a, path, LIT(PUSH_POSITION_ENDING), LIT(""));
}

/* Adds to what waits already. A position without a queue is of one that was sent and removed. */
static err queue(struct arena *a, str path, const struct buf *sightings)
{
    str waiting = {0};
    if (file_exists(a, path))
        TRY(file_read(a, path, SIGHTINGS_BYTES_MAX, &waiting));
    else
        TRY(match_cache_remove(a, position_file(a, path)));
    return file_write(a, path, arena_join(a, waiting, buf_str(sightings), LIT("")), 0600);
}

/* All of it has been acknowledged. The queue goes first: without it the position is ignored. */
static err empty_queue(struct arena *a, str path)
{
    TRY(match_cache_remove(a, path));
    return match_cache_remove(a, position_file(a, path));
}

static err send(struct arena *a, struct match *m, struct remote_place place, str path)
{
    OWNED(progress_done) struct progress bar = progress_open(0, "objects");
    struct push_options options = {.remote = m->push, .files = &path, .file_count = 1};
    struct push_totals totals = {0};
    match_reach(&options.remote, place, &bar);
    err failure = push_run(a, &options, &totals);
    progress_done(&bar);
    for (size_t i = 0; i < totals.count; i++)
        match_trouble(m, totals.items[i].id, totals.items[i].message);
    if (failure)
        return WRAP(a, failure, "the sightings wait in %.*s and go with the next run",
                    STR_ARG(path));
    cli_note(m->cli, "%.*s sent, %llu refused there",
             STR_ARG(match_amount(a, totals.objects, "sighting")),
             (unsigned long long)totals.failures);
    return empty_queue(a, path);
}

err match_push_sightings(struct arena *a, struct match *m, const struct match_mets *mets)
{
    struct cli *cli = m->cli;
    struct remote_place place = push_place(cli);
    if (!cli_has(cli, "push-sightings"))
        return NULL;
    OWNED(buf_done) struct buf sightings;
    buf_init(&sightings, SIGHTINGS_BYTES_MAX);
    size_t count = put_sightings(&sightings, cli, mets);
    TRY(buf_check(a, &sightings));
    str path;
    TRY(match_cache_file(a, cli, place, ".sightings.jsonl", &path));
    if (count == 0 && !file_exists(a, path)) {
        cli_note(cli, "nothing was met that has an id: no sightings to send");
        return NULL;
    }
    if (!is_agreed(cli, place.url)) {
        cli_note(cli, "nothing was sent; --yes agrees to it");
        return NULL;
    }
    OWNED(match_cache_unlock) int lock = -1;
    str lock_path;
    TRY(match_cache_file(a, cli, place, ".lock", &lock_path));
    TRY(match_cache_lock(a, lock_path, &lock));
    match_cache_clean(a, path);
    TRY(queue(a, path, &sightings));
    return send(a, m, place, path);
}
