/*
 * How long a page of a view takes: next page from a cached view, from chunks in memory with nothing
 * cached, and cold; for readers of almost everything and of almost nothing.
 *
 *     bench_views WORK_FOLDER [ENTRIES]
 *
 * Makes a log of ENTRIES (10,000,000) rows without bodies under 2,000 audiences in WORK_FOLDER,
 * seals it and reads it. The file is removed at the end.
 */
#include "store/views.h"

#include "base/clock.h"
#include "store/migrations.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define AUDIENCES 2000u
#define PAGE 100u
#define ROUNDS 300u
#define COLD_ROUNDS 15u
#define CACHE_BYTES ((size_t)256 << 20)

struct bench {
    struct arena arena;
    struct db *db;
    uint64_t seed;
    uint32_t entries;
    uint32_t latest[AUDIENCES + 1]; /* by audience: a number not superseded yet */
};

static void must(struct bench *b, err e)
{
    if (e == NULL)
        return;
    str text = error_text(&b->arena, e);
    fprintf(stderr, "bench_views: %.*s\n", (int)text.len, text.at);
    exit(1);
}

static uint32_t draw(struct bench *b, uint32_t bound)
{
    b->seed ^= b->seed << 13;
    b->seed ^= b->seed >> 7;
    b->seed ^= b->seed << 17;
    return (uint32_t)((b->seed >> 16) % bound);
}

/*
 * Audience 1 has half of everything, 2 most of the rest, 3 one in a thousand, 4 to 403 together
 * one in a thousand, 404 one in a hundred thousand, the others together one in a hundred.
 */
static uint32_t draw_audience(struct bench *b)
{
    uint32_t at = draw(b, 100000);
    if (at < 50000)
        return 1;
    if (at < 98799)
        return 2;
    if (at < 98899)
        return 3;
    if (at < 98999)
        return 4 + draw(b, 400);
    if (at < 99000)
        return 404;
    return 405 + draw(b, AUDIENCES - 404);
}

static void open_database(struct bench *b, const char *folder)
{
    str path = arena_print(&b->arena, "%s/bench_views.db", folder);
    unlink(path.at);
    struct db_options options = {.driver = "sqlite",
                                 .address = path,
                                 .may_create = true,
                                 .busy_ms_max = 1000,
                                 .cache_kib = 65536};
    must(b, db_open(&b->arena, &options, &b->db));
    must(b, db_migrate(&b->arena, b->db, STORE_MIGRATIONS, STORE_MIGRATION_COUNT));
    must(b,
         db_run(&b->arena, b->db,
                "INSERT INTO state (one, exchange_id, name, created, last_number, last_added, "
                "policy_epoch, sealed_chunks, view_epoch) VALUES (1, 'x', 'x', 0, 0, 0, 0, 0, 0)",
                DB_NO_ARGS));
}

static void append(struct bench *b, uint32_t number)
{
    uint32_t audience = draw_audience(b);
    uint32_t superseded = draw(b, 20) == 0 ? b->latest[audience] : 0;
    if (superseded || draw(b, 50) == 0)
        b->latest[audience] = superseded ? 0 : number;
    unsigned flags = draw(b, 30) == 0 ? ENTRY_SPEC_20 : 0;
    must(b, db_run(&b->arena, b->db,
                   "INSERT INTO entry (n, added, collection, audience, clause, contributor, actor, "
                   "type, version, flags, supersedes, body) "
                   "VALUES (?1, ?1, 1, ?2, ?2, 1, 1, ?3, 1, ?4, ?5, ?1)",
                   DB_ARGS(db_int(number), db_int(audience), db_int(1 + draw(b, 12)), db_int(flags),
                           superseded ? db_int(superseded) : db_null())));
}

static double ms_since(int64_t start_us)
{
    return (double)(clock_monotonic_us() - start_us) / 1000;
}

/* Fills the log to `entries`, sealing as chunks fill. */
static void fill(struct bench *b, uint32_t from, uint32_t entries)
{
    double append_ms = 0;
    double seal_ms = 0;
    for (uint32_t n = from; n < entries;) {
        struct arena scratch = {0};
        int64_t start = clock_monotonic_us();
        must(b, db_begin(&b->arena, b->db, DB_BEGIN_WRITE));
        uint32_t past = n + 50000 < entries ? n + 50000 : entries;
        for (; n < past; n++)
            append(b, n + 1);
        must(b, db_run(&scratch, b->db, "UPDATE state SET last_number = ?1", DB_ARGS(db_int(n))));
        must(b, db_commit(&b->arena, b->db));
        append_ms += ms_since(start);
        start = clock_monotonic_us();
        must(b, views_seal(&scratch, b->db));
        seal_ms += ms_since(start);
        arena_done(&scratch);
    }
    int64_t bytes;
    must(b, db_query_int(&b->arena, b->db, "SELECT sum(length(bitmap)) FROM view_chunk", DB_NO_ARGS,
                         0, &bytes));
    uint32_t chunks = (entries - from) / VIEW_CHUNK_ENTRIES;
    printf("%" PRIu32 " entries: appending %.1f s, sealing %.1f s (%.1f ms a chunk), "
           "sets %.1f MB\n",
           entries, append_ms / 1000, seal_ms / 1000, chunks ? seal_ms / chunks : 0,
           (double)bytes / 1e6);
}

struct reader {
    const char *name;
    uint32_t first;
    uint32_t last;
};

static const struct reader READERS[] = {
    {"99 %", 1, 404},
    {"50 %", 1, 1},
    {"1 in 1,000, one audience", 3, 3},
    {"1 in 1,000, 400 audiences", 4, 403},
    {"1 in 100,000", 404, 404},
};

static void begin(struct bench *b, struct views *v)
{
    bool is_stale;
    must(b, db_begin(&b->arena, b->db, DB_BEGIN_READ));
    must(b, views_begin(&b->arena, v, b->db, &is_stale));
    ASSERT(!is_stale);
}

static void end(struct bench *b, struct views *v)
{
    views_end(v);
    db_rollback(b->db);
}

/* One page from a random place on; in microseconds. */
static double page(struct bench *b, struct views *v, struct view_query *q)
{
    struct view_hit items[PAGE];
    struct view_hits hits = {.items = items, .max = PAGE};
    struct arena scratch = {0};
    q->after = draw(b, b->entries);
    int64_t start = clock_monotonic_us();
    must(b, views_walk(&scratch, v, b->db, q, &hits));
    double us = (double)(clock_monotonic_us() - start);
    arena_done(&scratch);
    return us;
}

static int compare_times(const void *x, const void *y)
{
    double first = *(const double *)x;
    double second = *(const double *)y;
    return (first > second) - (first < second);
}

static double median(double *times, size_t count)
{
    qsort(times, count, sizeof(*times), compare_times);
    return times[count / 2];
}

/* The clock counts microseconds: many pages from a cached view are timed together. */
static double time_cached(struct bench *b, struct views *v, struct view_query *q)
{
    struct view_hit items[PAGE];
    struct view_hits hits = {.items = items, .max = PAGE};
    size_t pages = 0;
    struct arena scratch = {0};
    q->generation = 1;
    q->after = 0;
    int64_t start = 0;
    for (int pass = 0; pass < 2; pass++) {
        q->after = 0;
        pages = 0;
        start = clock_monotonic_us();
        for (hits.count = PAGE; hits.count == PAGE && pages < 50000; pages++) {
            must(b, views_walk(&scratch, v, b->db, q, &hits));
            q->after = hits.count ? items[hits.count - 1].number : 0;
            arena_reset(&scratch);
        }
    }
    arena_done(&scratch);
    return (double)(clock_monotonic_us() - start) / (double)pages;
}

static double time_uncached(struct bench *b, struct views *v, struct view_query *q)
{
    double times[ROUNDS];
    for (uint32_t i = 0; i < ROUNDS; i++) {
        q->generation = 1000 + i;
        times[i] = page(b, v, q);
    }
    return median(times, ROUNDS);
}

static double time_cold(struct bench *b, struct view_query *q)
{
    double times[COLD_ROUNDS];
    for (uint32_t i = 0; i < COLD_ROUNDS; i++) {
        struct views *v = views_open(CACHE_BYTES);
        begin(b, v);
        times[i] = page(b, v, q);
        end(b, v);
        views_close(v);
    }
    return median(times, COLD_ROUNDS);
}

static void time_reader(struct bench *b, const struct reader *reader)
{
    uint32_t audiences[AUDIENCES];
    struct view_query q = {.collection = 1, .audiences = audiences, .is_newest_only = true};
    for (uint32_t n = reader->first; n <= reader->last; n++)
        audiences[q.audience_count++] = n;
    struct views *v = views_open(CACHE_BYTES);
    int64_t start = clock_monotonic_us();
    begin(b, v);
    double ready_ms = ms_since(start);
    uint64_t regular, contested;
    start = clock_monotonic_us();
    must(b, views_count(&b->arena, v, b->db, &q, &regular, &contested));
    double count_ms = ms_since(start);
    double cached_us = time_cached(b, v, &q);
    double uncached_us = time_uncached(b, v, &q);
    end(b, v);
    views_close(v);
    printf("%-26s %9" PRIu64 " %9.2f %9.1f %9.1f %9.1f %9.1f\n", reader->name, regular, cached_us,
           uncached_us, time_cold(b, &q), count_ms, ready_ms);
    fflush(stdout);
}

static void time_all(struct bench *b)
{
    printf("\npages of %u numbers; medians; us, counting and ready ms\n", PAGE);
    printf("%-26s %9s %9s %9s %9s %9s %9s\n", "reader of", "holds", "cached", "uncached", "cold",
           "count all", "ready");
    for (size_t i = 0; i < sizeof(READERS) / sizeof(READERS[0]); i++)
        time_reader(b, &READERS[i]);
    printf("\n");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: bench_views WORK_FOLDER [ENTRIES]\n");
        return 2;
    }
    static struct bench b = {.seed = 88172645463325252u};
    uint32_t entries = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 10000000;
    open_database(&b, argv[1]);
    b.entries = entries / 10;
    fill(&b, 0, b.entries);
    time_all(&b);
    b.entries = entries;
    fill(&b, entries / 10, entries);
    time_all(&b);
    db_close(b.db);
    unlink(arena_print(&b.arena, "%s/bench_views.db", argv[1]).at);
    return 0;
}
