/*
 * Views against a slow obvious model: random logs in a real database, chunks of 64 entries.
 */
#include "base/num.h"
#include "views_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ROUNDS 400
#define SEEDS 6

/* One process: a connection and its views. */
struct side {
    struct db *db;
    struct views *views;
};

static struct views *open_views(size_t cache_bytes_max)
{
    return views_open_with(&(struct view_options){.cache_bytes_max = cache_bytes_max,
                                                  .chunk_entries = WORLD_CHUNK_ENTRIES});
}

static void begin(struct arena *a, struct side *side)
{
    bool is_stale = true;
    while (is_stale) {
        db_rollback(side->db);
        must(a, db_begin(a, side->db, DB_BEGIN_READ));
        must(a, views_begin(a, side->views, side->db, &is_stale));
    }
}

static void end(struct side *side)
{
    views_end(side->views);
    db_rollback(side->db);
}

static void draw_query(struct world *w, struct arena *a, struct view_query *q)
{
    uint32_t *audiences = NEW_ARRAY(a, WORLD_AUDIENCES, uint32_t);
    uint32_t *types = NEW_ARRAY(a, WORLD_TYPES, uint32_t);
    *q = (struct view_query){.collection = 1 + world_draw(w, WORLD_COLLECTIONS),
                             .audiences = audiences};
    uint32_t held = 1 + world_draw(w, 4);
    for (uint32_t i = 1; i <= WORLD_AUDIENCES; i++) {
        if (world_draw(w, held) == 0)
            audiences[q->audience_count++] = i;
    }
    if (world_draw(w, 3) == 0) {
        q->types = types;
        for (uint32_t i = WORLD_TYPES; i > 0; i--) {
            if (world_draw(w, 2))
                types[q->type_count++] = i;
        }
    }
    q->specs = world_draw(w, 4);
    q->is_newest_only = world_draw(w, 2);
    q->after = world_draw(w, 3) ? world_draw(w, w->last_number + 2) : 0;
}

static void compare(struct world *w, struct side *side)
{
    OWNED(arena_done)
    struct arena a = {0};
    struct view_query q;
    draw_query(w, &a, &q);
    struct view_hit *hits = NEW_ARRAY(&a, WORLD_ENTRIES_MAX, struct view_hit);
    size_t max = world_draw(w, 2) ? 1 + world_draw(w, 40) : WORLD_ENTRIES_MAX;
    struct view_hits found = {.items = hits, .max = max};
    uint64_t regular, contested;
    begin(&a, side);
    assert_int_equal(views_last_number(side->views), w->last_number);
    must(&a, views_walk(&a, side->views, side->db, &q, &found));
    must(&a, views_count(&a, side->views, side->db, &q, &regular, &contested));
    end(side);
    size_t at = 0;
    for (uint32_t n = 1; n <= w->last_number; n++) {
        if (!world_sees(w, &q, n))
            continue;
        if (at < max) {
            assert_true(at < found.count);
            assert_int_equal(hits[at].number, n);
            assert_int_equal(hits[at].is_contested, w->entries[n].is_contested);
        }
        at++;
        regular -= !w->entries[n].is_contested;
        contested -= w->entries[n].is_contested;
    }
    assert_int_equal(found.count, at < max ? at : max);
    assert_int_equal(regular, 0);
    assert_int_equal(contested, 0);
}

static void reopen(struct side *side, size_t cache_bytes_max)
{
    views_close(side->views);
    side->views = open_views(cache_bytes_max);
}

static void change_something(struct world *w, struct side *sides)
{
    struct db *db = sides[world_draw(w, 2)].db;
    switch (world_draw(w, 16)) {
    case 0:
        world_narrow(w);
        break;
    case 1:
    case 2:
        must(&w->arena, views_seal_with(&w->arena, db, WORLD_CHUNK_ENTRIES));
        break;
    case 3:
        if (world_draw(w, 4) == 0)
            must(&w->arena, views_rebuild_with(&w->arena, db, WORLD_CHUNK_ENTRIES));
        break;
    case 4:
        must(&w->arena, views_check_with(&w->arena, db, WORLD_CHUNK_ENTRIES));
        break;
    case 5:
        reopen(&sides[world_draw(w, 2)], world_draw(w, 2) ? 2000 : 1 << 20);
        break;
    default:
        world_append(w, 1 + world_draw(w, 20));
    }
}

static void run_world(uint64_t seed)
{
    static struct world w;
    world_init(&w, seed);
    struct side sides[2] = {{w.db, open_views(1 << 20)}, {world_connect(&w), open_views(6000)}};
    for (int round = 0; round < ROUNDS; round++) {
        change_something(&w, sides);
        for (int i = 0; i < 4; i++)
            compare(&w, &sides[world_draw(&w, 2)]);
    }
    views_close(sides[0].views);
    views_close(sides[1].views);
    db_close(sides[1].db);
    world_done(&w);
}

/* V1, V2, V3: with sealing, narrowing, rebuilding, reopening, two processes, tiny caches. */
static void agrees_with_a_slow_obvious_model(void **state)
{
    (void)state;
    const char *given = getenv("TOCSIN_SEED");
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        printf("seed %llu\n", (unsigned long long)(given ? strtoull(given, NULL, 10) : seed));
        run_world(given ? strtoull(given, NULL, 10) : seed);
        if (given)
            return;
    }
}

/* V3: a snapshot older than the views is sent away, and nothing is held. */
static void sends_older_snapshots_away(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 7);
    world_append(&w, 10);
    struct side newer = {w.db, open_views(1 << 20)};
    struct side older = {world_connect(&w), newer.views};
    must(&w.arena, db_begin(&w.arena, older.db, DB_BEGIN_READ));
    int64_t rows;
    must(&w.arena,
         db_query_int(&w.arena, older.db, "SELECT count(*) FROM entry", DB_NO_ARGS, 0, &rows));
    world_append(&w, 5);
    begin(&w.arena, &newer);
    end(&newer);
    bool is_stale = false;
    must(&w.arena, views_begin(&w.arena, older.views, older.db, &is_stale));
    assert_true(is_stale);
    begin(&w.arena, &older);
    assert_int_equal(views_last_number(older.views), 15);
    end(&older);
    db_close(older.db);
    views_close(newer.views);
    world_done(&w);
}

#define PLACES ((WORLD_COLLECTIONS + 1) * (WORLD_AUDIENCES + 1))

static size_t place_of(uint32_t collection, uint32_t audience)
{
    return collection * (WORLD_AUDIENCES + 1) + audience;
}

/* The stamps of who holds one audience, by collection. */
static void read_stamps(struct world *w, struct side *side, uint32_t out[PLACES])
{
    begin(&w->arena, side);
    for (uint32_t c = 1; c <= WORLD_COLLECTIONS; c++) {
        for (uint32_t audience = 1; audience <= WORLD_AUDIENCES; audience++)
            out[place_of(c, audience)] = views_stamp(side->views, c, &audience, 1);
    }
    end(side);
}

/* Who may notice what has changed since `before` was copied from the world. */
static void list_noticed(const struct world *w, const struct world *before, bool out[PLACES])
{
    memset(out, 0, PLACES * sizeof(*out));
    for (uint32_t n = 1; n <= w->last_number; n++) {
        const struct world_entry *e = &w->entries[n];
        const struct world_entry *old = &before->entries[n];
        if (e->is_tombstone)
            continue;
        bool is_new = n > before->last_number;
        if (is_new || e->is_withdrawn != old->is_withdrawn || e->audience != old->audience)
            out[place_of(e->collection, e->audience)] = true;
        if (!is_new && e->audience != old->audience)
            out[place_of(e->collection, old->audience)] = true;
    }
}

static void change_for_stamps(struct world *w)
{
    if (world_draw(w, 6) == 0)
        must(&w->arena, views_seal_with(&w->arena, w->db, WORLD_CHUNK_ENTRIES));
    if (world_draw(w, 2))
        world_narrow(w);
    if (world_draw(w, 3))
        world_append(w, world_draw(w, 4));
}

/* O4: the stamp moves with what its audiences may notice in its collection, and nothing else. */
static void stamps_move_with_what_their_reader_may_notice(void **state)
{
    (void)state;
    static struct world w;
    static struct world before;
    uint32_t stamps[PLACES] = {0};
    uint32_t moved[PLACES] = {0};
    bool is_noticed[PLACES];
    world_init(&w, 8);
    world_append(&w, 100);
    struct side side = {w.db, open_views(1 << 20)};
    for (int round = 0; round < 300; round++) {
        read_stamps(&w, &side, stamps);
        before = w;
        change_for_stamps(&w);
        read_stamps(&w, &side, moved);
        list_noticed(&w, &before, is_noticed);
        for (size_t i = 0; i < PLACES; i++)
            assert_int_equal(moved[i] != stamps[i], is_noticed[i]);
    }
    views_close(side.views);
    world_done(&w);
}

/* O4: where nobody remembers what was narrowed, nothing that is cached stays. */
static void stamps_move_where_narrowings_were_forgotten(void **state)
{
    (void)state;
    static struct world w;
    uint32_t stamps[PLACES] = {0};
    uint32_t moved[PLACES] = {0};
    world_init(&w, 9);
    world_append(&w, 100);
    struct side side = {w.db, open_views(1 << 20)};
    read_stamps(&w, &side, stamps);
    for (int i = 0; i < 3; i++)
        world_narrow(&w);
    must(&w.arena, db_run(&w.arena, w.db, "DELETE FROM narrowing", DB_NO_ARGS));
    read_stamps(&w, &side, moved);
    for (uint32_t c = 1; c <= WORLD_COLLECTIONS; c++) {
        for (uint32_t audience = 1; audience <= WORLD_AUDIENCES; audience++)
            assert_true(moved[place_of(c, audience)] > stamps[place_of(c, audience)]);
    }
    views_close(side.views);
    world_done(&w);
}

struct damage {
    const char *sql;
    const char *words;
};

/* What fsck says must name what is wrong. */
static void check_finds_planted_damage(void **state)
{
    (void)state;
    static const struct damage CASES[] = {
        {"DELETE FROM view_chunk WHERE key = (SELECT min(key) FROM view_chunk)", "is missing"},
        {"DELETE FROM view_chunk WHERE key = (SELECT max(key) FROM view_chunk)", "is missing"},
        {"UPDATE view_chunk SET bitmap = (SELECT bitmap FROM view_chunk ORDER BY key DESC LIMIT 1) "
         "WHERE key = (SELECT min(key) FROM view_chunk)",
         "holds other numbers"},
        {"INSERT INTO view_chunk (key, bitmap) SELECT key + 5000, bitmap FROM view_chunk LIMIT 1",
         "should not be there"},
        {"UPDATE view_chunk SET bitmap = x'3a30000001000000'", "damaged"},
        {"UPDATE view_chunk SET bitmap = x''", "damaged"},
        {"UPDATE entry SET audience = 13 - audience WHERE n = 3 AND audience > 0", "audience"},
        {"DELETE FROM withdrawal", "withdrawn"},
    };
    static struct world w;
    for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
        world_init(&w, 11);
        world_append(&w, 300);
        must(&w.arena, views_seal_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
        must(&w.arena, views_check_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
        must(&w.arena, db_run(&w.arena, w.db, CASES[i].sql, DB_NO_ARGS));
        err e = views_check_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES);
        assert_non_null(e);
        assert_int_equal(e->code, ERR_CORRUPT);
        str text = error_text(&w.arena, e);
        if (str_find(text, str_of(CASES[i].words)) == text.len)
            fail_msg("case %zu says: %.*s", i, (int)text.len, text.at);
        db_rollback(w.db);
        must(&w.arena, views_rebuild_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
        must(&w.arena, views_check_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
        world_done(&w);
    }
}

/* V2: a rollback leaves nothing behind. */
static void shows_nothing_that_was_rolled_back(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 12);
    world_append(&w, 200);
    must(&w.arena, views_seal_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
    struct side side = {w.db, open_views(1 << 20)};
    struct view_narrowing narrowing = {0};
    for (uint32_t n = 1; narrowing.number == 0; n++) {
        if (!w.entries[n].is_tombstone)
            narrowing = (struct view_narrowing){n, 13 - w.entries[n].audience, w.entries[n].object};
    }
    must(&w.arena, db_begin(&w.arena, w.db, DB_BEGIN_WRITE));
    must(&w.arena, views_narrow_with(&w.arena, w.db, &narrowing, WORLD_CHUNK_ENTRIES));
    db_rollback(w.db);
    for (int i = 0; i < 50; i++)
        compare(&w, &side);
    must(&w.arena, views_check_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
    views_close(side.views);
    world_done(&w);
}

/* V3: views that missed narrowings which the database no longer remembers. */
static void starts_anew_after_forgotten_narrowings(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 13);
    world_append(&w, 300);
    must(&w.arena, views_seal_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
    struct side side = {w.db, open_views(1 << 20)};
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 40; i++)
            compare(&w, &side);
        for (int i = 0; i < 3; i++)
            world_narrow(&w);
        must(&w.arena, db_run(&w.arena, w.db,
                              "DELETE FROM narrowing WHERE epoch < (SELECT view_epoch FROM state)",
                              DB_NO_ARGS));
    }
    views_close(side.views);
    world_done(&w);
}

/* Whatever call fails, sealing is done or not done, chunk by chunk. */
static void seals_whole_chunks_or_none(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 14);
    bool has_failed = true;
    for (uint64_t nth = 1; has_failed; nth++) {
        if (w.last_number < 1500)
            world_append(&w, 5);
        struct db *db = world_connect_to_fail(&w, nth);
        has_failed = views_seal_with(&w.arena, db, WORLD_CHUNK_ENTRIES) != NULL;
        db_close(db);
        must(&w.arena, views_check_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
    }
    world_done(&w);
}

/* Reads once by a connection that may fail; true if it did. */
static bool read_with_failure(struct world *w, struct side *side)
{
    struct view_query q;
    struct view_hit hits[8];
    struct view_hits found = {.items = hits, .max = 8};
    bool is_stale = true;
    draw_query(w, &w->arena, &q);
    if (db_begin(&w->arena, side->db, DB_BEGIN_READ))
        return true;
    if (views_begin(&w->arena, side->views, side->db, &is_stale))
        return true;
    assert_false(is_stale);
    err e = views_walk(&w->arena, side->views, side->db, &q, &found);
    views_end(side->views);
    return e != NULL;
}

/* Whatever call fails while views catch up or read rows, they are right afterwards. */
static void recovers_from_any_failed_read(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 15);
    world_append(&w, 300);
    struct side side = {w.db, open_views(1 << 20)};
    unsigned in_a_row = 0;
    for (uint64_t nth = 1; in_a_row < 5; nth += nth < 200 ? 1 : 20) {
        world_append(&w, 2);
        world_narrow(&w);
        if (nth % 7 == 0)
            must(&w.arena, views_seal_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
        struct side failing = {world_connect_to_fail(&w, nth), side.views};
        bool has_failed = read_with_failure(&w, &failing);
        in_a_row = has_failed ? 0 : in_a_row + 1;
        db_close(failing.db);
        compare(&w, &side);
    }
    views_close(side.views);
    world_done(&w);
}

#define READERS 3
#define READS 400

struct reader_thread {
    struct world *w;
    struct views *views;
    uint64_t seed;
    size_t differences;
};

/* What the log itself says within the same transaction. */
static const char SQL_SEEN[] =
    "SELECT n FROM entry AS e WHERE collection = ?1 AND audience BETWEEN ?2 AND ?3 AND n > ?4 "
    "AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.n = e.n) "
    "AND (NOT EXISTS (SELECT 1 FROM entry AS later WHERE later.supersedes = e.n) "
    "OR EXISTS (SELECT 1 FROM contest WHERE contest.n = e.n)) ORDER BY n";

static size_t read_once(struct arena *a, struct side *side, struct world *dice)
{
    uint32_t least = 1 + world_draw(dice, WORLD_AUDIENCES);
    uint32_t most = least + world_draw(dice, 4);
    uint32_t audiences[4] = {least, least + 1, least + 2, least + 3};
    struct view_query q = {.collection = 1 + world_draw(dice, WORLD_COLLECTIONS),
                           .audiences = audiences,
                           .audience_count = most - least + 1,
                           .is_newest_only = true,
                           .after = world_draw(dice, 1000)};
    struct view_hit *hits = NEW_ARRAY(a, WORLD_ENTRIES_MAX, struct view_hit);
    struct view_hits found = {.items = hits, .max = WORLD_ENTRIES_MAX};
    begin(a, side);
    must(a, views_walk(a, side->views, side->db, &q, &found));
    views_end(side->views);
    OWNED(db_query_done)
    struct db_query rows = {0};
    must(a, db_query(a, side->db, SQL_SEEN,
                     DB_ARGS(db_int(q.collection), db_int(least), db_int(most), db_int(q.after)),
                     &rows));
    for (size_t i = 0;; i++) {
        bool has_row;
        must(a, db_next(a, &rows, &has_row));
        if (!has_row)
            return i != found.count;
        if (i >= found.count || db_get_int(&rows, 0) != hits[i].number)
            return 1;
    }
}

static void *read_often(void *context)
{
    struct reader_thread *t = context;
    static _Thread_local struct world dice;
    dice.seed = t->seed;
    memcpy(dice.path, t->w->path, sizeof(dice.path));
    OWNED(arena_done)
    struct arena a = {0};
    struct side side = {world_connect(&dice), t->views};
    for (int i = 0; i < READS; i++) {
        t->differences += read_once(&a, &side, &dice);
        db_rollback(side.db);
        arena_reset(&a);
    }
    db_close(side.db);
    arena_done(&dice.arena);
    return NULL;
}

/* V3, with threads: readers agree with the log of their snapshot while it grows under them. */
static void many_readers_agree_with_their_snapshots(void **state)
{
    (void)state;
    static struct world w;
    world_init(&w, 21);
    must(&w.arena, db_run_script(&w.arena, w.db,
                                 LIT("CREATE INDEX t1 ON entry (supersedes);"
                                     "CREATE INDEX t2 ON withdrawal (n);"
                                     "CREATE INDEX t3 ON contest (n);")));
    struct views *views = open_views(20000);
    struct reader_thread readers[READERS];
    pthread_t threads[READERS];
    for (size_t i = 0; i < READERS; i++) {
        readers[i] = (struct reader_thread){.w = &w, .views = views, .seed = 5 + i};
        pthread_create(&threads[i], NULL, read_often, &readers[i]);
    }
    for (int i = 0; i < 250; i++) {
        world_append(&w, 1 + world_draw(&w, 12));
        if (world_draw(&w, 4) == 0)
            must(&w.arena, views_seal_with(&w.arena, w.db, WORLD_CHUNK_ENTRIES));
        if (world_draw(&w, 20) == 0)
            world_narrow(&w);
    }
    for (size_t i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(readers[i].differences, 0);
    }
    views_close(views);
    world_done(&w);
}

static struct bitmap *draw_bitmap(struct world *w)
{
    struct bitmap *b = bitmap_open();
    uint32_t pieces = 1 + world_draw(w, 6);
    for (uint32_t i = 0; i < pieces; i++) {
        uint32_t from = world_draw(w, BITMAP_VALUES);
        uint32_t length = 1 + world_draw(w, world_draw(w, 2) ? 20000 : 20);
        uint32_t step = 1 + world_draw(w, 3);
        for (uint32_t n = from; n < BITMAP_VALUES && n < from + length; n += step)
            bitmap_add(b, n);
    }
    bitmap_pack(b);
    return b;
}

/* Stored sets come back the same; changed bytes are refused, or are another whole set. */
static void stored_sets_survive_damage(void **state)
{
    (void)state;
    static struct world w = {.seed = 99};
    OWNED(arena_done)
    struct arena a = {0};
    for (int round = 0; round < 3000; round++) {
        OWNED(bitmap_close_owned)
        struct bitmap *b = draw_bitmap(&w);
        OWNED(bitmap_close_owned)
        struct bitmap *back = NULL;
        OWNED(bitmap_close_owned)
        struct bitmap *other = NULL;
        str stored = bitmap_write(&a, b);
        must(&a, bitmap_read(&a, stored, &back));
        assert_true(bitmap_eq(b, back));
        char *bytes = arena_take(&a, stored.len);
        memcpy(bytes, stored.at, stored.len);
        size_t reach = world_draw(&w, 2) ? stored.len : (stored.len < 20 ? stored.len : 20);
        bytes[world_draw(&w, (uint32_t)reach)] ^= (char)(1 << world_draw(&w, 8));
        str damaged = {bytes, stored.len - world_draw(&w, 2) * world_draw(&w, 3)};
        if (bitmap_read(&a, damaged, &other) == NULL) {
            uint32_t *values = NEW_ARRAY(&a, BITMAP_VALUES, uint32_t);
            size_t count = bitmap_list(other, 0, values, BITMAP_VALUES);
            assert_int_equal(count, bitmap_count(other));
            for (size_t i = 1; i < count; i++)
                assert_true(values[i - 1] < values[i]);
        } else {
            assert_null(other);
        }
        arena_reset(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_a_slow_obvious_model),
        cmocka_unit_test(sends_older_snapshots_away),
        cmocka_unit_test(stamps_move_with_what_their_reader_may_notice),
        cmocka_unit_test(stamps_move_where_narrowings_were_forgotten),
        cmocka_unit_test(check_finds_planted_damage),
        cmocka_unit_test(shows_nothing_that_was_rolled_back),
        cmocka_unit_test(starts_anew_after_forgotten_narrowings),
        cmocka_unit_test(seals_whole_chunks_or_none),
        cmocka_unit_test(recovers_from_any_failed_read),
        cmocka_unit_test(many_readers_agree_with_their_snapshots),
        cmocka_unit_test(stored_sets_survive_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
