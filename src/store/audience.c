/*
 * Interned audiences. In the database an audience is a text, "collection/label/contributor/author/
 * named,named" for each clause, sorted and joined by ';'; in memory it is the gate's structure. The
 * arrays double, and an outgrown one stays until the table closes, so that readers need no lock
 * while they look through one.
 */
#include "store/audience.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/num.h"
#include "json/json.h"

#include <pthread.h>
#include <stdlib.h>

#define CLAUSES_MAX 256
#define NAMED_PER_CLAUSE_MAX 64

#define LOOSE_BLOCK_BYTES 1024

struct audience_table {
    pthread_mutex_t lock;
    struct arena arena; /* the arrays */
    /*
     * What a write session interned lies in an arena of its own until the commit, so that what is
     * taken back gives its memory back.
     */
    struct arena loose;
    size_t settled_audiences; /* numbers up to here are committed, and so are those of `named` */
    size_t settled_named;
    struct {
        struct arena *items;
        size_t count;
        size_t capacity;
    } settled;
    struct arena text_arena;
    struct gate_audience *audiences; /* [0] is unused */
    size_t audience_count;           /* the largest number */
    size_t audience_capacity;
    struct gate_named *named; /* [0] is GATE_NAMED_NOBODY */
    size_t named_count;
    size_t named_capacity;
    struct map by_text; /* text to (void *)(uintptr_t)number */
    struct json_reader reader;
};

struct audience_table *audience_table_open(void)
{
    struct audience_table *t = calloc(1, sizeof(*t));
    ASSERT(t != NULL);
    pthread_mutex_init(&t->lock, NULL);
    arena_init(&t->loose, LOOSE_BLOCK_BYTES);
    map_init(&t->by_text, &t->text_arena);
    return t;
}

void audience_table_close(struct audience_table *t)
{
    if (t == NULL)
        return;
    json_reader_done(&t->reader);
    for (size_t i = 0; i < t->settled.count; i++)
        arena_done(&t->settled.items[i]);
    arena_done(&t->loose);
    arena_done(&t->text_arena);
    arena_done(&t->arena);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

static void unlock(struct audience_table **t)
{
    pthread_mutex_unlock(&(*t)->lock);
}

#define LOCKED(t)                                       \
    OWNED(unlock) struct audience_table *locked_ = (t); \
    pthread_mutex_lock(&locked_->lock)

/* Room for item `number`; the array moves to a larger one when full. */
static void *room_for(struct arena *a, void **items, size_t *capacity, size_t number,
                      size_t item_size)
{
    if (number >= *capacity) {
        size_t larger = *capacity ? *capacity * 2 : 64;
        while (larger <= number)
            larger *= 2;
        void *moved = arena_array(a, larger, item_size);
        if (*capacity)
            memcpy(moved, *items, *capacity * item_size);
        *items = moved;
        *capacity = larger;
    }
    return (char *)*items + number * item_size;
}

static bool take_number(str *rest, char end, int64_t *out)
{
    str part;
    return str_cut(rest, end, &part) && str_to_i64(part, out);
}

static bool read_clause(struct arena *a, str text, struct gate_clause *out)
{
    int64_t collection;
    int64_t label;
    int64_t contributor;
    int64_t author;
    if (!take_number(&text, '/', &collection) || !take_number(&text, '/', &label) ||
        !take_number(&text, '/', &contributor) || !take_number(&text, '/', &author))
        return false;
    uint32_t named[NAMED_PER_CLAUSE_MAX];
    size_t count = 0;
    int64_t one;
    while (text.len && count < NAMED_PER_CLAUSE_MAX && take_number(&text, ',', &one))
        named[count++] = (uint32_t)one;
    uint32_t *kept = NEW_ARRAY(a, count, uint32_t);
    memcpy(kept, named, count * sizeof(*kept));
    *out = (struct gate_clause){.collection = (uint32_t)collection,
                                .label = (enum tlp)label,
                                .contributor = contributor,
                                .author = author,
                                .named = kept,
                                .named_count = count};
    return text.len == 0 && label >= 0 && label < TLP_COUNT;
}

static err read_audience(struct arena *a, struct arena *keep, str text, struct gate_audience *out)
{
    struct gate_clause clauses[CLAUSES_MAX];
    size_t count = 0;
    str rest = text;
    str part;
    while (count < CLAUSES_MAX && str_cut(&rest, ';', &part)) {
        if (!read_clause(keep, part, &clauses[count++]))
            return FAIL(a, ERR_CORRUPT, "the audience '%.*s' is not readable", STR_ARG(text));
    }
    struct gate_clause *kept = NEW_ARRAY(keep, count, struct gate_clause);
    memcpy(kept, clauses, count * sizeof(*kept));
    *out = (struct gate_audience){kept, count};
    return NULL;
}

static void write_clause(struct buf *b, const struct gate_clause *c)
{
    buf_put_u64(b, c->collection);
    buf_put_char(b, '/');
    buf_put_u64(b, (uint64_t)c->label);
    buf_put_char(b, '/');
    buf_put_i64(b, c->contributor);
    buf_put_char(b, '/');
    buf_put_i64(b, c->author);
    buf_put_char(b, '/');
    for (size_t i = 0; i < c->named_count; i++) {
        if (i)
            buf_put_char(b, ',');
        buf_put_u64(b, c->named[i]);
    }
}

/* The caller holds the lock. */
static err add_audience(struct arena *a, struct audience_table *t, uint32_t n, str text)
{
    struct gate_audience audience;
    TRY(read_audience(a, &t->loose, text, &audience));
    struct gate_audience *at = room_for(&t->arena, (void **)&t->audiences, &t->audience_capacity, n,
                                        sizeof(*t->audiences));
    *at = audience;
    t->audience_count = n;
    map_put(&t->by_text, arena_copy(&t->text_arena, text), (void *)(uintptr_t)n);
    return NULL;
}

static str *copy_strs(struct arena *a, const struct marking_strs *from)
{
    str *items = NEW_ARRAY(a, from->count, str);
    for (size_t i = 0; i < from->count; i++)
        items[i] = arena_copy(a, from->items[i]);
    return items;
}

static err add_named(struct arena *a, struct audience_table *t, uint32_t n, str definition)
{
    json value;
    TRY(json_read(a, &t->reader, definition, NULL, &value));
    struct marking m;
    TRY(marking_read(a, value, &m));
    struct gate_named *at =
        room_for(&t->arena, (void **)&t->named, &t->named_capacity, n, sizeof(*t->named));
    *at = (struct gate_named){
        .organizations = copy_strs(&t->loose, &m.organizations),
        .organization_count = m.organizations.count,
        .people = copy_strs(&t->loose, &m.people),
        .person_count = m.people.count,
        .tokens = copy_strs(&t->loose, &m.tokens),
        .token_count = m.tokens.count,
        .sectors = m.sectors,
        .jurisdictions = copy_strs(&t->loose, &m.jurisdictions),
        .jurisdiction_count = m.jurisdictions.count,
        .roles = m.roles,
    };
    t->named_count = n;
    return NULL;
}

static err load_audiences(struct arena *a, struct audience_table *t, struct db *db)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, "SELECT n, text FROM audience WHERE n > ?1 ORDER BY n",
                 DB_ARGS(db_int((int64_t)t->audience_count)), &q));
    DB_ROWS(a, &q)
        TRY(add_audience(a, t, (uint32_t)db_get_int(&q, 0), db_get_text(&q, 1)));
    return NULL;
}

static err load_named(struct arena *a, struct audience_table *t, struct db *db)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, "SELECT n, definition FROM named_audience WHERE n > ?1 ORDER BY n",
                 DB_ARGS(db_int((int64_t)t->named_count)), &q));
    DB_ROWS(a, &q)
        TRY(add_named(a, t, (uint32_t)db_get_int(&q, 0), db_get_text(&q, 1)));
    return NULL;
}

/* Everything in the table is committed: it stays. */
static void settle(struct audience_table *t)
{
    if (t->loose.held_bytes) {
        *LIST_ADD(&t->arena, &t->settled) = t->loose;
        arena_init(&t->loose, LOOSE_BLOCK_BYTES);
    }
    t->settled_audiences = t->audience_count;
    t->settled_named = t->named_count;
}

err audience_table_catch_up(struct arena *a, struct audience_table *t, struct db *db,
                            size_t audience_count, size_t named_count)
{
    LOCKED(t);
    if (t->named_count < named_count)
        TRY(load_named(a, t, db));
    if (t->audience_count < audience_count)
        TRY(load_audiences(a, t, db));
    if (t->audience_count <= audience_count && t->named_count <= named_count)
        settle(t);
    return NULL;
}

void audience_table_cut(struct audience_table *t, size_t audience_count, size_t named_count)
{
    LOCKED(t);
    bool is_cut = t->audience_count > audience_count || t->named_count > named_count;
    if (t->audience_count > audience_count) {
        t->audience_count = audience_count;
        arena_done(&t->text_arena);
        map_init(&t->by_text, &t->text_arena); /* filled again by what is looked up */
    }
    if (t->named_count > named_count)
        t->named_count = named_count;
    if (is_cut && t->audience_count <= t->settled_audiences && t->named_count <= t->settled_named)
        arena_done(&t->loose);
}

void audience_table_counts(struct audience_table *t, size_t *audience_count, size_t *named_count)
{
    LOCKED(t);
    *audience_count = t->audience_count;
    *named_count = t->named_count;
}

const struct gate_audience *audience_get(struct audience_table *t, uint32_t n)
{
    LOCKED(t);
    ASSERT(n > 0 && n <= t->audience_count);
    return &t->audiences[n];
}

bool audience_holds_red(const struct gate_audience *audience)
{
    for (size_t i = 0; i < audience->count; i++) {
        if (audience->clauses[i].label == TLP_RED)
            return true;
    }
    return false;
}

struct gate_names audience_names(struct audience_table *t)
{
    LOCKED(t);
    return (struct gate_names){t->named, t->named_count ? t->named_count + 1 : 0};
}

static int clause_order(const void *a, const void *b)
{
    return gate_clause_cmp(a, b);
}

/* The canonical text of a set of clauses. */
static err audience_text(struct arena *a, const struct gate_audience *audience, str *out)
{
    size_t count = audience->count;
    struct gate_clause *sorted = NEW_ARRAY(a, count, struct gate_clause);
    memcpy(sorted, audience->clauses, count * sizeof(*sorted));
    qsort(sorted, count, sizeof(*sorted), clause_order);
    OWNED(buf_done) struct buf text;
    buf_init(&text, (size_t)1 << 20);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (sorted[i].named_count > NAMED_PER_CLAUSE_MAX)
            return FAIL(a, ERR_INVALID, "an object can carry at most %d named audiences",
                        NAMED_PER_CLAUSE_MAX);
        if (i > 0 && gate_clause_cmp(&sorted[i - 1], &sorted[i]) == 0)
            continue;
        if (kept++)
            buf_put_char(&text, ';');
        write_clause(&text, &sorted[i]);
    }
    if (kept > CLAUSES_MAX)
        return FAIL(a, ERR_INVALID,
                    "what this object points at is shared with more than %d different audiences",
                    CLAUSES_MAX);
    *out = arena_copy(a, buf_str(&text));
    return NULL;
}

static err insert_audience(struct arena *a, struct audience_table *t, struct db *db, str text)
{
    int64_t n;
    TRY(db_query_int(a, db, "SELECT n FROM audience WHERE text = ?1", DB_ARGS(db_text(text)), 0,
                     &n));
    if (n == 0) {
        TRY(db_run(a, db,
                   "INSERT INTO audience (n, text) SELECT coalesce(max(n), 0) + 1, ?1 "
                   "FROM audience",
                   DB_ARGS(db_text(text))));
    }
    LOCKED(t);
    TRY(load_audiences(a, t, db));
    if (n) /* known, but not by its text any more */
        map_put(&t->by_text, arena_copy(&t->text_arena, text), (void *)(uintptr_t)n);
    return NULL;
}

static uint32_t find_text(struct audience_table *t, str text)
{
    LOCKED(t);
    return (uint32_t)(uintptr_t)map_get(&t->by_text, text);
}

err audience_intern(struct arena *a, struct audience_table *t, struct db *db,
                    const struct gate_audience *audience, uint32_t *out)
{
    str text;
    TRY(audience_text(a, audience, &text));
    uint32_t n = find_text(t, text);
    if (n == 0) {
        TRY(insert_audience(a, t, db, text));
        n = find_text(t, text);
        ASSERT(n != 0);
    }
    *out = n;
    return NULL;
}

err audience_intern_union(struct arena *a, struct audience_table *t, struct db *db, uint32_t first,
                          uint32_t second, uint32_t *out)
{
    const struct gate_audience *one = audience_get(t, first);
    const struct gate_audience *two = audience_get(t, second);
    struct gate_clause *both = NEW_ARRAY(a, one->count + two->count, struct gate_clause);
    memcpy(both, one->clauses, one->count * sizeof(*both));
    memcpy(both + one->count, two->clauses, two->count * sizeof(*both));
    const struct gate_audience united = {both, one->count + two->count};
    return audience_intern(a, t, db, &united, out);
}

err audience_intern_named(struct arena *a, struct audience_table *t, struct db *db,
                          const struct audience_definition *named, uint32_t *out)
{
    static const char *const FIND =
        "SELECT n FROM named_audience WHERE id = ?1 AND contributor = ?2 AND definition = ?3";
    const struct db_value values[] = {db_text(named->id), db_int(named->contributor),
                                      db_text(named->bytes)};
    int64_t n;
    TRY(db_query_int(a, db, FIND, values, COUNT_OF(values), 0, &n));
    if (n == 0) {
        TRY(db_run(a, db,
                   "INSERT INTO named_audience (n, id, contributor, definition) "
                   "SELECT coalesce(max(n), 0) + 1, ?1, ?2, ?3 FROM named_audience",
                   values, COUNT_OF(values)));
        TRY(db_query_int(a, db, "SELECT max(n) FROM named_audience", DB_NO_ARGS, 0, &n));
    }
    LOCKED(t);
    TRY(load_named(a, t, db));
    *out = (uint32_t)n;
    return NULL;
}
