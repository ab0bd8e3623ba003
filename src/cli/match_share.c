/*
 * tocsin match and others: indicators from an exchange, and sightings back. What goes back is per
 * indicator how often and when it was met, never a line or a name of a log.
 */
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/secret.h"
#include "base/uuid.h"
#include "cli/match_hits.h"
#include "cli/record.h"
#include "cli/remote_flags.h"
#include "service/pull.h"
#include "service/push.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define SHOWN_MAX 20u
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

err match_pull(struct arena *a, struct match *m)
{
    struct cli *cli = m->cli;
    struct remote_place place = {cli_value(cli, "from"), cli_value(cli, "collection")};
    if (place.collection.len == 0)
        return FAIL(a, ERR_USAGE, "which collection? --from goes with --collection ID");
    OWNED(progress_done) struct progress bar = progress_open(0, "objects");
    struct pull_options options = {0};
    str *file = NEW(a, str);
    TRY(cache_file(a, cli, place, ".jsonl", file));
    TRY(remote_flags_read(a, cli, place, &bar, &options.remote));
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

static void put_sighting(struct buf *to, const struct match_hits *h, const struct match_tally *t)
{
    OWNED(arena_done) struct arena a = {0};
    char now[CLOCK_TEXT_BYTES];
    char seen[CLOCK_TEXT_BYTES];
    const struct sweep_entry *e = &h->index->entries[t->entry];
    str created = clock_write(h->now_us / 1000 * 1000, now);
    struct json_writer w;
    json_writer_init(&w, to);
    json_open_object(&w);
    json_member(&w, "type", LIT("sighting"));
    json_member(&w, "spec_version", LIT("2.1"));
    json_member(&w, "id", uuid_random_id(&a, LIT("sighting")));
    json_member(&w, "created", created);
    json_member(&w, "modified", created);
    if (t->has_time) {
        json_member(&w, "first_seen", clock_write(t->first_us, seen));
        json_member(&w, "last_seen", clock_write(t->last_us, seen));
    }
    json_member_i64(&w, "count", t->count > 999999999 ? 999999999 : t->count);
    json_member(&w, "sighting_of_ref", match_indicator_id(&a, e));
    if (e->flags & SWEEP_IS_LABELLED) {
        json_key(&w, LIT("object_marking_refs"));
        json_open_array(&w);
        json_put_string(&w, tlp_marking_id(e->label));
        json_close_array(&w);
    }
    json_close_object(&w);
    buf_put_char(to, '\n');
}

/* One line each, of what would be sent; returns how many. */
static size_t put_sightings(struct buf *to, const struct match_hits *h)
{
    OWNED(arena_done) struct arena a = {0};
    size_t count = 0;
    size_t barred = 0;
    for (size_t i = 0; i < h->tallies.count; i++) {
        const struct match_tally *t = &h->tallies.items[i];
        const struct sweep_entry *e = &h->index->entries[t->entry];
        if (t->count == 0 || (e->flags & SWEEP_HAS_ID) == 0)
            continue;
        if ((e->flags & SWEEP_IS_LABELLED) && e->label >= TLP_AMBER_STRICT) {
            barred++;
            continue;
        }
        put_sighting(to, h, t);
        if (count++ < SHOWN_MAX)
            cli_note(h->match->cli, "sighting of %.*s: %u times",
                     STR_ARG(match_indicator_id(&a, e)), t->count);
    }
    if (count > SHOWN_MAX)
        cli_note(h->match->cli, "and %zu more", count - SHOWN_MAX);
    if (barred)
        cli_note(h->match->cli, "%zu stay here: TLP:RED and TLP:AMBER+STRICT never leave", barred);
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
    struct push_options options = {.files = &path, .file_count = 1};
    struct push_totals totals = {0};
    TRY(remote_flags_read(a, m->cli, place, &bar, &options.remote));
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

err match_push_sightings(struct arena *a, struct match *m, const struct match_hits *hits)
{
    struct cli *cli = m->cli;
    struct remote_place place = {cli_value(cli, "push-sightings"),
                                 cli_value(cli, "push-collection")};
    if (place.collection.len == 0)
        place.collection = cli_value(cli, "collection");
    OWNED(buf_done) struct buf sightings;
    buf_init(&sightings, SIGHTINGS_BYTES_MAX);
    size_t count = put_sightings(&sightings, hits);
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
