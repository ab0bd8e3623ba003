/*
 * A small random log in a real database, and beside it the model.
 */
#include "views_world.h"

#include "db/fault.h"
#include "store/migrations.h"
#include "store/object_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void must(struct arena *a, err e)
{
    if (e == NULL)
        return;
    str text = error_text(a, e);
    fprintf(stderr, "%s:%d: %.*s\n", e->file, e->line, (int)text.len, text.at);
    abort();
}

uint32_t world_draw(struct world *w, uint32_t bound)
{
    w->seed ^= w->seed << 13;
    w->seed ^= w->seed >> 7;
    w->seed ^= w->seed << 17;
    return (uint32_t)((w->seed >> 16) % bound);
}

static struct db *connect(struct world *w, const char *driver)
{
    struct db_options options = {
        .driver = driver, .address = str_of(w->path), .may_create = true, .busy_ms_max = 60000};
    struct db *db = NULL;
    must(&w->arena, db_open(&w->arena, &options, &db));
    return db;
}

struct db *world_connect(struct world *w)
{
    return connect(w, "sqlite");
}

struct db *world_connect_to_fail(struct world *w, uint64_t nth)
{
    struct db *db = connect(w, "fault:0");
    db_fault_arm(db, nth);
    return db;
}

void world_init(struct world *w, uint64_t seed)
{
    memset(w, 0, sizeof(*w));
    w->seed = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    snprintf(w->folder, sizeof(w->folder), "/tmp/tocsin-views-XXXXXX");
    ASSERT(mkdtemp(w->folder) != NULL);
    snprintf(w->path, sizeof(w->path), "%s/tocsin.db", w->folder);
    w->db = world_connect(w);
    must(&w->arena, db_migrate(&w->arena, w->db, STORE_MIGRATIONS, STORE_MIGRATION_COUNT));
    must(&w->arena, db_run(&w->arena, w->db,
                           "INSERT INTO state (one, exchange_id, name, created, last_number, "
                           "last_added, policy_epoch, sealed_chunks, view_epoch) "
                           "VALUES (1, 'x', 'x', 0, 0, 0, 0, 0, 0)",
                           DB_NO_ARGS));
}

void world_done(struct world *w)
{
    static const char *const ENDS[] = {"", "-wal", "-shm"};
    db_close(w->db);
    for (size_t i = 0; i < 3; i++)
        unlink(arena_print(&w->arena, "%s%s", w->path, ENDS[i]).at);
    rmdir(w->folder);
    arena_done(&w->arena);
}

/* A random earlier entry of the collection that is an object; 0: none found. */
static uint32_t draw_earlier(struct world *w, uint32_t collection)
{
    for (int tries = 0; tries < 8 && w->last_number; tries++) {
        uint32_t number = 1 + world_draw(w, w->last_number);
        const struct world_entry *e = &w->entries[number];
        if (e->collection == collection && !e->is_tombstone)
            return number;
    }
    return 0;
}

static void write_pair(struct world *w, const char *sql, uint32_t first, uint32_t second)
{
    must(&w->arena, db_run(&w->arena, w->db, sql, DB_ARGS(db_int(first), db_int(second))));
}

static void write_entry(struct world *w, uint32_t number, unsigned flags, uint32_t supersedes)
{
    const struct world_entry *e = &w->entries[number];
    must(&w->arena,
         db_run(&w->arena, w->db,
                "INSERT INTO entry (n, added, collection, audience, clause, contributor, actor, "
                "type, version, flags, supersedes, body) "
                "VALUES (?1, ?1, ?2, ?3, 1, 1, 1, ?4, 1, ?5, ?6, ?1)",
                DB_ARGS(db_int(number), db_int(e->collection), db_int(e->audience), db_int(e->type),
                        db_int(flags), supersedes ? db_int(supersedes) : db_null())));
    const struct log_key key = {number, e->collection, e->audience};
    if (flags & ENTRY_TOMBSTONE)
        return;
    must(&w->arena, object_key_add(&w->arena, w->db, e->object, &key, false));
}

static void append_tombstone(struct world *w, uint32_t number)
{
    struct world_entry *e = &w->entries[number];
    e->is_tombstone = true;
    for (uint32_t i = 0; i <= world_draw(w, 3); i++) {
        uint32_t gone = draw_earlier(w, e->collection);
        if (gone == 0 || w->entries[gone].is_withdrawn)
            continue;
        w->entries[gone].is_withdrawn = true;
        write_pair(w, "INSERT INTO withdrawal (tombstone, n) VALUES (?1, ?2)", number, gone);
    }
    write_entry(w, number, ENTRY_TOMBSTONE, 0);
}

static void contest(struct world *w, uint32_t by_number, uint32_t number)
{
    w->entries[number].is_contested = true;
    write_pair(w, "INSERT OR IGNORE INTO contest (by_number, n) VALUES (?1, ?2)", by_number,
               number);
}

static void append_object(struct world *w, uint32_t number)
{
    struct world_entry *e = &w->entries[number];
    unsigned flags = 0;
    uint32_t supersedes = 0;
    e->audience = 1 + world_draw(w, 1 + world_draw(w, WORLD_AUDIENCES));
    e->type = 1 + world_draw(w, WORLD_TYPES);
    e->is_spec_20 = world_draw(w, 4) == 0;
    e->object = ++w->objects;
    uint32_t earlier = world_draw(w, 3) == 0 ? draw_earlier(w, e->collection) : 0;
    if (earlier && !w->entries[earlier].is_superseded) {
        supersedes = earlier;
        e->audience = w->entries[earlier].audience;
        e->object = w->entries[earlier].object;
        w->entries[earlier].is_superseded = true;
    }
    if (world_draw(w, 12) == 0) {
        flags |= ENTRY_CONTESTS;
        contest(w, number, number);
        earlier = draw_earlier(w, e->collection);
        if (earlier)
            contest(w, number, earlier);
    }
    flags |= e->is_spec_20 ? ENTRY_SPEC_20 : 0;
    write_entry(w, number, flags, supersedes);
}

void world_append(struct world *w, uint32_t count)
{
    must(&w->arena, db_begin(&w->arena, w->db, DB_BEGIN_WRITE));
    for (uint32_t i = 0; i < count && w->last_number + 1 < WORLD_ENTRIES_MAX; i++) {
        uint32_t number = w->last_number + 1;
        struct world_entry *e = &w->entries[number];
        e->collection = 1 + world_draw(w, WORLD_COLLECTIONS);
        if (world_draw(w, 15) == 0)
            append_tombstone(w, number);
        else
            append_object(w, number);
        w->last_number = number;
    }
    must(&w->arena, db_run(&w->arena, w->db, "UPDATE state SET last_number = ?1",
                           DB_ARGS(db_int(w->last_number))));
    must(&w->arena, db_commit(&w->arena, w->db));
}

void world_narrow(struct world *w)
{
    uint32_t number = draw_earlier(w, 1 + world_draw(w, WORLD_COLLECTIONS));
    if (number == 0)
        return;
    struct world_entry *e = &w->entries[number];
    struct view_narrowing narrowing = {number, 1 + world_draw(w, WORLD_AUDIENCES), e->object};
    must(&w->arena, db_begin(&w->arena, w->db, DB_BEGIN_WRITE));
    must(&w->arena, views_narrow_with(&w->arena, w->db, &narrowing, WORLD_CHUNK_ENTRIES));
    must(&w->arena, db_commit(&w->arena, w->db));
    if (narrowing.audience == e->audience)
        return;
    uint32_t before = e->audience;
    e->audience = narrowing.audience;
    for (uint32_t n = 1; n <= w->last_number; n++) {
        struct world_entry *other = &w->entries[n];
        if (n == number || other->object != e->object || other->collection != e->collection ||
            other->is_tombstone)
            continue;
        if (other->audience != before && other->audience != e->audience)
            continue;
        other->is_contested = true;
        e->is_contested = true;
    }
}

static bool holds(const uint32_t *numbers, size_t count, uint32_t wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == wanted)
            return true;
    }
    return false;
}

bool world_sees(const struct world *w, const struct view_query *q, uint32_t number)
{
    const struct world_entry *e = &w->entries[number];
    unsigned spec = e->is_spec_20 ? VIEW_SPEC_20 : VIEW_SPEC_21;
    if (number <= q->after || e->collection != q->collection || e->is_tombstone || e->is_withdrawn)
        return false;
    if (q->is_newest_only && e->is_superseded && !e->is_contested)
        return false;
    if ((q->specs && !(q->specs & spec)) || (q->types && !holds(q->types, q->type_count, e->type)))
        return false;
    return holds(q->audiences, q->audience_count, e->audience);
}
