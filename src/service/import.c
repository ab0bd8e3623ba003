/*
 * Importing files: two passes over the same feed of batches. While what pass one gathered is
 * settled, the feed validates for pass two already.
 */
#include "service/import.h"

#include "base/clock.h"
#include "base/file.h"
#include "service/import_batch.h"
#include "store/audit.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMMIT_US_MAX 30000 /* with the sync, commits stay under 50 ms (S13) */
#define STEP_OBJECTS 256    /* between looks at the clock */
#define SPOOL_PIECE_BYTES ((size_t)256 * 1024)

struct import {
    struct arena *a;      /* of the caller: totals, errors */
    struct arena lasting; /* outlook, paths */
    struct arena scratch; /* of one commit */
    struct store *store;
    const struct import_options *options;
    str *paths; /* of files; standard input has been spooled */
    str spool;  /* empty: none */
    struct reader reader;
    struct log_submission sub;
    struct import_feed *feed;
    struct outlook *outlook;
    LIST_OF(uint64_t) prints; /* of the batches, in pass one */
    size_t next_print;        /* and how many pass two has met again */
    size_t next_index;        /* of the outlook, in pass two */
    struct session session;   /* of the commit under way; zeroed: none */
    size_t uncommitted;       /* objects in it */
    int64_t began_us;
    uint64_t bytes_total;
    uint64_t bytes_done;
    struct import_totals *totals;
};

static void import_done(struct import *m)
{
    session_done(&m->session);
    import_feed_close(&m->feed);
    if (m->spool.len)
        unlink(m->spool.at);
    arena_done(&m->scratch);
    arena_done(&m->lasting);
}

static bool is_stopped(const struct import *m)
{
    return m->options->is_stopped && m->options->is_stopped();
}

static void progress(struct import *m, uint64_t bytes)
{
    m->bytes_done += bytes;
    if (m->options->on_progress)
        m->options->on_progress(m->options->context, m->bytes_done, m->bytes_total);
}

/* ---- standard input is read twice, so it is spooled */

static err copy_stdin(struct arena *a, int to, str path)
{
    char *piece = arena_take(a, SPOOL_PIECE_BYTES);
    for (;;) {
        ssize_t got = read(STDIN_FILENO, piece, SPOOL_PIECE_BYTES);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_fail(a, "read", LIT("standard input"), errno);
        if (got == 0)
            return NULL;
        for (ssize_t at = 0; at < got;) {
            ssize_t put = write(to, piece + at, (size_t)(got - at));
            if (put < 0 && errno != EINTR)
                return file_fail(a, "write", path, errno);
            at += put > 0 ? put : 0;
        }
    }
}

static err spool_stdin(struct import *m)
{
    str path = arena_join(&m->lasting, m->store->dir, LIT("/import-XXXXXX"), (str){0});
    char *template = arena_take(&m->lasting, path.len + 1);
    memcpy(template, path.at, path.len + 1);
    int to = mkstemp(template);
    if (to < 0)
        return file_fail(m->a, "create", path, errno);
    m->spool = str_of(template);
    err failure = copy_stdin(m->a, to, m->spool);
    close(to);
    return failure;
}

static err find_files(struct import *m)
{
    m->paths = NEW_ARRAY(&m->lasting, m->options->file_count, str);
    for (size_t i = 0; i < m->options->file_count; i++) {
        m->paths[i] = m->options->files[i];
        if (str_eq(m->paths[i], LIT("-"))) {
            if (m->spool.len)
                return FAIL(m->a, ERR_USAGE, "standard input can be read once only");
            TRY(spool_stdin(m));
            m->paths[i] = m->spool;
        }
        struct stat about;
        if (stat(arena_copy(m->a, m->paths[i]).at, &about) != 0)
            return file_fail(m->a, "open", m->paths[i], errno);
        m->bytes_total += 2 * (uint64_t)about.st_size;
    }
    return NULL;
}

/* ---- pass one */

static err look_at_batch(struct import *m, struct import_batch *b)
{
    import_batch_read(m->feed, b);
    *LIST_ADD(&m->lasting, &m->prints) = b->print;
    for (size_t i = 0; i < b->count; i++) {
        size_t index;
        TRY(outlook_add(m->a, m->outlook, &b->items[i].object, &index));
    }
    return NULL;
}

/* Runs `each` over all batches of a pass. */
static err walk(struct import *m, err (*each)(struct import *m, struct import_batch *b))
{
    for (;;) {
        struct import_batch *b = import_feed_take(m->feed);
        err failure = b->failure;
        if (failure)
            failure = FAIL(m->a, failure->code, "%.*s: %.*s", STR_ARG(b->file),
                           STR_ARG(error_text(m->a, failure)));
        bool is_end = b->is_end;
        if (failure == NULL && !is_end)
            failure = each(m, b);
        progress(m, b->bytes);
        import_feed_give(m->feed, b);
        if (failure || is_end)
            return failure;
        if (is_stopped(m))
            return FAIL(m->a, ERR_TIMEOUT,
                        "stopped; what was committed stays, run the same "
                        "command again to go on");
    }
}

static err fail_org(struct import *m)
{
    return FAIL(m->a, ERR_NOT_FOUND, "there is no such organization");
}

/* Anew in each session: a reader points into the policy, which may change meanwhile (G10). */
static err make_reader(struct import *m, struct session *s)
{
    const struct policy_org *org = policy_org(s->policy, m->options->org);
    if (org == NULL)
        return fail_org(m);
    TRY(reader_make(&m->lasting, s, org,
                    m->options->person ? policy_person(s->policy, m->options->person) : NULL, NULL,
                    &m->reader));
    return reader_intern_actor(m->a, s, &m->reader);
}

static err open_outlook(struct import *m)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(m->a, m->store, &s));
    if (policy_org(s.policy, m->options->org) == NULL)
        return fail_org(m);
    m->sub = (struct log_submission){.reader = &m->reader,
                                     .contributor = m->options->org,
                                     .collections = m->options->collections,
                                     .collection_count = m->options->collection_count,
                                     .unmarked_least = m->options->unmarked_least};
    return outlook_open(&m->lasting, &s, &m->sub, &m->outlook);
}

static err pass_one(struct import *m)
{
    TRY(import_feed_open(m->a, m->options, m->paths, &m->feed));
    TRY(open_outlook(m));
    return walk(m, look_at_batch);
}

/* ---- pass two */

static err begin(struct import *m)
{
    if (m->session.store)
        return NULL;
    TRY(session_write(m->a, m->store, &m->session));
    m->began_us = clock_monotonic_us();
    return make_reader(m, &m->session);
}

static void note_refusal(struct import *m, str file, uint64_t line, str id, str reason)
{
    m->totals->refused++;
    if (m->totals->count >= IMPORT_REFUSALS_MAX)
        return;
    *LIST_ADD(m->a, m->totals) = (struct import_refusal){.file = arena_copy(m->a, file),
                                                         .line = line,
                                                         .id = arena_copy(m->a, id),
                                                         .reason = arena_copy(m->a, reason)};
}

static void count_batch(struct import *m, const struct import_batch *b)
{
    struct import_totals *t = m->totals;
    t->objects += b->count + b->broken;
    for (size_t i = 0; i < b->refusal_count; i++)
        note_refusal(m, b->file, b->refusals[i].line, b->refusals[i].id, b->refusals[i].reason);
    for (size_t i = 0; i < b->count; i++) {
        const struct log_item *item = &b->items[i];
        t->added += item->outcome == LOG_ADDED;
        t->duplicates += item->outcome == LOG_DUPLICATE;
        t->warned += item->outcome != LOG_REFUSED && item->warnings.len > 0;
        if (item->outcome == LOG_REFUSED)
            note_refusal(m, b->file, import_batch_line(b, i), item->object.id, item->message);
    }
}

static err audit_import(struct import *m)
{
    const struct policy *policy = m->session.policy;
    const struct policy_collection *c = policy_collection(policy, m->options->collections[0]);
    const struct audit_row row = {
        .actor = m->reader.gate.actor,
        .verb = LIT("objects.import"),
        .object = c ? c->id : (str){0},
        .outcome = LIT("ok"),
        .detail = arena_print(&m->scratch, "%.*s for %.*s: %zu objects",
                              STR_ARG(m->options->actor_detail), STR_ARG(m->reader.org->id),
                              m->uncommitted),
    };
    return audit_put(&m->scratch, &m->session, &row);
}

static err commit(struct import *m)
{
    if (m->session.store == NULL)
        return NULL;
    err failure = m->uncommitted ? audit_import(m) : NULL;
    if (failure)
        session_done(&m->session);
    m->uncommitted = 0;
    return failure ? failure : session_commit(m->a, &m->session);
}

static bool has_time(const struct import *m)
{
    return clock_monotonic_us() - m->began_us < COMMIT_US_MAX;
}

/* Shares its commit with the first batch if that is there by then. */
static err settle(struct import *m)
{
    TRY(begin(m));
    TRY(outlook_settle(&m->scratch, &m->session, m->outlook));
    return has_time(m) && import_feed_is_ready(m->feed) ? NULL : commit(m);
}

static err append_some(struct import *m, struct log_item *items, size_t count)
{
    TRY(begin(m));
    struct log_submission sub = m->sub;
    sub.items = items;
    sub.item_count = count;
    sub.outlook = m->outlook;
    err failure = log_append(&m->scratch, &m->session, &sub);
    if (failure) {
        session_done(&m->session); /* nothing of this commit stays */
        return failure;
    }
    m->uncommitted += count;
    return has_time(m) ? NULL : commit(m);
}

static err fail_change(struct import *m, str file)
{
    return FAIL(m->a, ERR_CONFLICT,
                "%.*s changed while it was read; import again once nobody writes to it",
                STR_ARG(file));
}

/* What pass one found out holds for the very bytes that it read, by their order. */
static err check_same(struct import *m, const struct import_batch *b)
{
    size_t n = m->next_print++;
    return n < m->prints.count && m->prints.items[n] == b->print ? NULL : fail_change(m, b->file);
}

static err check_end(struct import *m)
{
    return m->next_print == m->prints.count ? NULL
                                            : fail_change(m, m->paths[m->options->file_count - 1]);
}

/*
 * Batches share a commit until it has taken long enough, or until the next one is not there yet:
 * the writer's lock is not held while waiting, and a sync is what there is time for.
 */
static err append_batch(struct import *m, struct import_batch *b)
{
    TRY(check_same(m, b));
    for (size_t i = 0; i < b->count; i++)
        b->items[i].outlook_index = m->next_index++;
    for (size_t at = 0; at < b->count; at += STEP_OBJECTS)
        TRY(append_some(m, b->items + at,
                        b->count - at < STEP_OBJECTS ? b->count - at : STEP_OBJECTS));
    if (!import_feed_is_ready(m->feed))
        TRY(commit(m));
    count_batch(m, b);
    arena_reset(&m->scratch);
    return NULL;
}

err import_files(struct arena *a, struct store *store, const struct import_options *options,
                 struct import_totals *out)
{
    ASSERT(options->collection_count > 0);
    OWNED(import_done)
    struct import m = {.a = a, .store = store, .options = options, .totals = out};
    arena_init(&m.lasting, (size_t)1 << 20);
    arena_init(&m.scratch, (size_t)1 << 20);
    TRY(find_files(&m));
    TRY(pass_one(&m));
    TRY(import_feed_rewind(a, m.feed));
    TRY(settle(&m));
    err failure = walk(&m, append_batch);
    if (failure == NULL)
        failure = check_end(&m);
    err late = commit(&m); /* what stands before a broken place of a file stays */
    return failure ? failure : late;
}
