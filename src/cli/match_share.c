/*
 * tocsin match and others: indicators from an exchange, and sightings back. What goes back is per
 * indicator how often and when it was met, never a line or a name of a log.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/secret.h"
#include "base/uuid.h"
#include "cli/match.h"
#include "cli/record.h"
#include "cli/remote_flags.h"
#include "cli/watching.h"
#include "service/pull.h"
#include "service/push.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define SHOWN_MAX 20u
#define COUNT_MAX 999999999 /* of a sighting (STIX 2.1 §5.2) */
#define SIGHTINGS_BYTES_MAX ((size_t)1 << 28)

/* Where what is remembered between runs lies. */
static err cache_folder(struct arena *a, struct cli *cli, str *out)
{
    str folder = cli_value(cli, "cache");
    if (folder.len == 0) {
        str base = str_of(getenv("XDG_CACHE_HOME"));
        if (base.len == 0 && getenv("HOME") == NULL)
            return FAIL(a, ERR_USAGE, "where to keep what is pulled? Give --cache DIR");
        if (base.len == 0)
            base = arena_join(a, str_of(getenv("HOME")), LIT("/.cache"), LIT(""));
        TRY(file_make_dir(a, base));
        folder = arena_join(a, base, LIT("/tocsin"), LIT(""));
    }
    TRY(file_make_dir(a, folder));
    *out = folder;
    return NULL;
}

/* A file of its own for each server and collection. */
static err cache_file(struct arena *a, struct cli *cli, struct remote_place place,
                      const char *ending, str *out)
{
    str folder = {0};
    TRY(cache_folder(a, cli, &folder));
    unsigned char digest[HASH_SHA256_BYTES];
    str parts[] = {place.url, LIT("\n"), place.collection};
    hash_sha256(parts, 3, digest);
    *out =
        arena_print(a, "%.*s/%.*s%s", STR_ARG(folder), STR_ARG(secret_hex(a, digest, 16)), ending);
    return NULL;
}

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
    TRY(cache_folder(a, cli, &cache));
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

static void reach(struct remote_options *remote, struct remote_place place, struct progress *bar)
{
    remote->url = place.url;
    remote->collection = place.collection;
    remote->watch = watching(bar);
}

err match_pull(struct arena *a, struct match *m)
{
    struct cli *cli = m->cli;
    struct remote_place place = {cli_value(cli, "from"), cli_value(cli, "collection")};
    OWNED(progress_done) struct progress bar = progress_open(0, "objects");
    struct pull_options options = {.remote = m->from};
    str *file = NEW(a, str);
    TRY(cache_file(a, cli, place, ".jsonl", file));
    reach(&options.remote, place, &bar);
    options.out = *file;
    struct pull_totals totals = {0};
    err failure = pull_run(a, &options, &totals);
    progress_done(&bar);
    if (failure && !file_exists(a, *file))
        return failure;
    if (failure)
        match_trouble(m, place.url,
                      arena_print(a, "%.*s; what was pulled before is used",
                                  STR_ARG(error_text(a, failure))));
    m->extra = file;
    m->extra_count = 1;
    return NULL;
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
    cli_note(cli, "sighting of %.*s: %llu %s%.*s%s%.*s  (%.*s)", STR_ARG(i->id),
             (unsigned long long)met->count, met->count == 1 ? "time" : "times", STR_ARG(times),
             i->is_labelled ? ", " : "", STR_ARG(i->is_labelled ? tlp_name(i->label) : (str){0}),
             STR_ARG(record_plain(&a, i->name.len ? i->name : i->value)));
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

static err remove_file(struct arena *a, str path)
{
    bool is_gone = unlink(arena_copy(a, path).at) == 0 || errno == ENOENT;
    return is_gone ? NULL : file_fail(a, "remove", path, errno);
}

/* Adds to what waits already. A position without a queue is of one that was sent and removed. */
static err queue(struct arena *a, str path, const struct buf *sightings)
{
    str waiting = {0};
    if (file_exists(a, path))
        TRY(file_read(a, path, SIGHTINGS_BYTES_MAX, &waiting));
    else
        TRY(remove_file(a, position_file(a, path)));
    return file_write(a, path, arena_join(a, waiting, buf_str(sightings), LIT("")), 0600);
}

/* All of it has been acknowledged. The queue goes first: without it the position is ignored. */
static err empty_queue(struct arena *a, str path)
{
    TRY(remove_file(a, path));
    return remove_file(a, position_file(a, path));
}

static err send(struct arena *a, struct match *m, struct remote_place place, str path)
{
    OWNED(progress_done) struct progress bar = progress_open(0, "objects");
    struct push_options options = {.remote = m->push, .files = &path, .file_count = 1};
    struct push_totals totals = {0};
    reach(&options.remote, place, &bar);
    err failure = push_run(a, &options, &totals);
    progress_done(&bar);
    for (size_t i = 0; i < totals.count; i++)
        match_trouble(m, totals.items[i].id, totals.items[i].message);
    if (failure)
        return WRAP(a, failure, "the sightings wait in %.*s and go with the next run",
                    STR_ARG(path));
    cli_note(m->cli, "%llu sightings sent, %llu refused there", (unsigned long long)totals.objects,
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
    TRY(cache_file(a, cli, place, ".sightings.jsonl", &path));
    if (count == 0 && !file_exists(a, path)) {
        cli_note(cli, "nothing was met that has an id: no sightings to send");
        return NULL;
    }
    if (!is_agreed(cli, place.url)) {
        cli_note(cli, "nothing was sent; --yes agrees to it");
        return NULL;
    }
    TRY(queue(a, path, &sightings));
    return send(a, m, place, path);
}
