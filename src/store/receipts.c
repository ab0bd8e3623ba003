/*
 * Receipts in memory and in the database.
 *
 * A page is one chunk of one collection as one actor was given it, with what is known to be
 * written or gathered, what waits, and what is being written right now. Pages stand in two tables,
 * a young and an old one: what is used moves to the young; when that is full the old one's pages
 * that nobody used and that hold nothing unwritten are forgotten. This bounds memory and keeps what
 * is in use.
 */
#include "store/receipts.h"

#include "base/map.h"
#include "store/bitmap.h"

#include <pthread.h>
#include <stdlib.h>

/* Most pages of each table beside those that wait to be written; a page takes 8 KiB at most for
 * each of its sets. */
#define YOUNG_PAGES_MAX ((size_t)4096)

static const char SQL_ROW[] = "SELECT bitmap FROM receipt "
                              "WHERE collection = ?1 AND kind = ?2 AND chunk = ?3 AND actor = ?4";
static const char SQL_PUT[] =
    "INSERT INTO receipt (collection, kind, chunk, actor, bitmap) VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (collection, kind, chunk, actor) DO UPDATE SET bitmap = excluded.bitmap";
static const char SQL_HOLDERS[] = "SELECT actor, bitmap FROM receipt "
                                  "WHERE collection = ?1 AND kind = ?2 AND chunk = ?3";

/* Without padding: its bytes are the key of a table. */
struct page_key {
    int64_t actor;
    uint32_t collection;
    uint16_t kind;
    uint16_t chunk;
};
_Static_assert(sizeof(struct page_key) == 16, "a key has no padding");

struct receipt_page {
    struct page_key key;
    struct bitmap *known;   /* written or gathered */
    struct bitmap *waiting; /* gathered; NULL: nothing */
    struct bitmap *leaving; /* in the transaction under way; NULL: nothing */
    struct bitmap *written; /* the row as that transaction leaves it; NULL: not yet */
    struct receipt_page *next_waiting;
    struct receipt_page *next_leaving;
    uint64_t generation; /* of the youngest table it is in */
};

struct page_table {
    struct map map;
    struct arena arena;
};

struct receipts {
    pthread_mutex_t lock;
    struct page_table young;
    struct page_table old;
    uint64_t generation; /* of the young table */
    size_t young_pages_max;
    struct receipt_page *waiting;
    struct receipt_page *leaving;
};

struct receipts *receipts_open(void)
{
    struct receipts *r = calloc(1, sizeof(*r));
    ASSERT(r != NULL);
    pthread_mutex_init(&r->lock, NULL);
    map_init(&r->young.map, &r->young.arena);
    map_init(&r->old.map, &r->old.arena);
    r->generation = 1;
    r->young_pages_max = YOUNG_PAGES_MAX;
    return r;
}

static void page_close(struct receipt_page *page)
{
    bitmap_close(page->known);
    bitmap_close(page->waiting);
    bitmap_close(page->leaving);
    bitmap_close(page->written);
    free(page);
}

static str key_bytes(const struct page_key *key)
{
    return (str){(const char *)key, sizeof(*key)};
}

static void put_young(struct receipts *r, struct receipt_page *page)
{
    page->generation = r->generation;
    map_put(&r->young.map, key_bytes(&page->key), page);
}

static void table_done(struct page_table *t)
{
    arena_done(&t->arena);
    *t = (struct page_table){0};
}

/* Closes the pages of a table that are in no younger one. */
static void close_pages(struct page_table *t, uint64_t generation)
{
    struct receipt_page **closing = NEW_ARRAY(&t->arena, t->map.count, struct receipt_page *);
    size_t count = 0;
    size_t at = 0;
    for (const struct map_slot *s = map_next(&t->map, &at); s; s = map_next(&t->map, &at)) {
        struct receipt_page *page = s->value;
        if (page->generation == generation)
            closing[count++] = page;
    }
    for (size_t i = 0; i < count; i++)
        page_close(closing[i]);
}

void receipts_close(struct receipts *r)
{
    if (r == NULL)
        return;
    /* A page may be in both tables: the older generation goes first, and only once. */
    close_pages(&r->old, r->generation - 1);
    close_pages(&r->young, r->generation);
    table_done(&r->old);
    table_done(&r->young);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

static bool is_clean(const struct receipt_page *page)
{
    return page->waiting == NULL && page->leaving == NULL;
}

/* Makes the young table the old one, and forgets what nobody used since it was young. */
static void grow_old(struct receipts *r)
{
    size_t at = 0;
    const struct map_slot *s;
    struct page_table oldest = r->old;
    oldest.map.arena = &oldest.arena;
    uint64_t oldest_generation = r->generation - 1;
    r->old = r->young;
    r->old.map.arena = &r->old.arena;
    r->young = (struct page_table){0};
    map_init(&r->young.map, &r->young.arena);
    r->generation++;
    for (s = map_next(&oldest.map, &at); s; s = map_next(&oldest.map, &at)) {
        struct receipt_page *page = s->value;
        if (page->generation == oldest_generation && !is_clean(page))
            put_young(r, page);
    }
    r->young_pages_max = r->young.map.count + YOUNG_PAGES_MAX;
    close_pages(&oldest, oldest_generation);
    table_done(&oldest);
}

static struct receipt_page *find_page(struct receipts *r, const struct page_key *key)
{
    if (r->young.map.count >= r->young_pages_max)
        grow_old(r);
    struct receipt_page *page = map_get(&r->young.map, key_bytes(key));
    if (page)
        return page;
    page = map_get(&r->old.map, key_bytes(key));
    if (page == NULL) {
        page = calloc(1, sizeof(*page));
        ASSERT(page != NULL);
        page->key = *key;
        page->known = bitmap_open();
    }
    put_young(r, page);
    return page;
}

static void gather(struct receipts *r, struct receipt_page *page, uint32_t value)
{
    if (page->waiting == NULL) {
        page->waiting = bitmap_open();
        page->next_waiting = r->waiting;
        r->waiting = page;
    }
    bitmap_add(page->waiting, value);
}

bool receipts_add(struct receipts *r, int64_t actor, uint32_t collection, enum receipt_kind kind,
                  const uint32_t *numbers, size_t count)
{
    bool is_new = false;
    struct receipt_page *page = NULL;
    pthread_mutex_lock(&r->lock);
    for (size_t i = 0; i < count; i++) {
        struct page_key key = {actor, collection, (uint16_t)kind,
                               (uint16_t)(numbers[i] / BITMAP_VALUES)};
        if (page == NULL || page->key.chunk != key.chunk)
            page = find_page(r, &key);
        if (bitmap_add(page->known, numbers[i] % BITMAP_VALUES)) {
            gather(r, page, numbers[i] % BITMAP_VALUES);
            is_new = true;
        }
    }
    pthread_mutex_unlock(&r->lock);
    return is_new;
}

bool receipts_are_pending(struct receipts *r)
{
    pthread_mutex_lock(&r->lock);
    bool are_pending = r->waiting || r->leaving;
    pthread_mutex_unlock(&r->lock);
    return are_pending;
}

/* Marks everything that waits as leaving; from then on only the flush touches it. */
static struct receipt_page *take_waiting(struct receipts *r)
{
    pthread_mutex_lock(&r->lock);
    ASSERT(r->leaving == NULL);
    for (struct receipt_page *page = r->waiting; page; page = page->next_waiting) {
        page->leaving = page->waiting;
        page->waiting = NULL;
        page->next_leaving = page->next_waiting;
    }
    r->leaving = r->waiting;
    r->waiting = NULL;
    struct receipt_page *first = r->leaving;
    pthread_mutex_unlock(&r->lock);
    return first;
}

static err read_row(struct arena *a, struct db *db, const struct page_key *key, struct bitmap **out)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(
        a, db, SQL_ROW,
        DB_ARGS(db_int(key->collection), db_int(key->kind), db_int(key->chunk), db_int(key->actor)),
        &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (has_row)
        return bitmap_read(a, db_get_blob(&q, 0), out);
    *out = bitmap_open();
    return NULL;
}

static err write_page(struct arena *a, struct db *db, struct receipt_page *page)
{
    const struct page_key *key = &page->key;
    OWNED(bitmap_close_owned)
    struct bitmap *set = NULL;
    TRY(read_row(a, db, key, &set));
    uint32_t count_before = bitmap_count(set);
    bitmap_unite(set, page->leaving);
    bitmap_pack(set);
    if (bitmap_count(set) != count_before) {
        OWNED(arena_done)
        struct arena scratch = {0};
        TRY(db_run(a, db, SQL_PUT,
                   DB_ARGS(db_int(key->collection), db_int(key->kind), db_int(key->chunk),
                           db_int(key->actor), db_blob(bitmap_write(&scratch, set)))));
    }
    page->written = set;
    set = NULL;
    return NULL;
}

err receipts_flush(struct arena *a, struct receipts *r, struct db *db)
{
    ASSERT(db_is_in_transaction(db));
    for (struct receipt_page *page = take_waiting(r); page; page = page->next_leaving)
        TRY(write_page(a, db, page));
    return NULL;
}

/* Ends one page's part in a transaction. */
static void settle(struct receipts *r, struct receipt_page *page, bool is_committed)
{
    if (is_committed) {
        bitmap_unite(page->known, page->written);
    } else if (page->waiting) {
        bitmap_unite(page->waiting, page->leaving);
    } else {
        page->waiting = page->leaving;
        page->leaving = NULL;
        page->next_waiting = r->waiting;
        r->waiting = page;
    }
    bitmap_close(page->leaving);
    bitmap_close(page->written);
    page->leaving = NULL;
    page->written = NULL;
}

void receipts_flushed(struct receipts *r, bool is_committed)
{
    pthread_mutex_lock(&r->lock);
    struct receipt_page *page = r->leaving;
    r->leaving = NULL;
    while (page) {
        struct receipt_page *next = page->next_leaving;
        settle(r, page, is_committed);
        page = next;
    }
    pthread_mutex_unlock(&r->lock);
}

/* A number that is asked about, and by which question. */
struct wanted {
    uint32_t number;
    size_t question;
};

/* Who was told of for which question, and whom to tell. */
struct telling {
    struct arena *a;
    struct map told;
    void (*each)(void *context, size_t question, int64_t actor);
    void *context;
};

/* Without padding: its bytes are the key of a table. */
struct holder {
    int64_t actor;
    uint64_t question;
};

static void tell(struct telling *t, size_t question, int64_t actor)
{
    struct holder *kept = NEW(t->a, struct holder);
    *kept = (struct holder){actor, question};
    str key = {(const char *)kept, sizeof(*kept)};
    if (map_put_new(&t->told, key, kept) == kept)
        t->each(t->context, question, actor);
}

/* Numbers of one chunk. */
struct wanted_chunk {
    uint32_t collection;
    enum receipt_kind kind;
    const struct wanted *items;
    size_t count;
};

static err tell_holders(struct arena *a, struct db *db, const struct wanted_chunk *chunk,
                        struct telling *t)
{
    OWNED(db_query_done)
    struct db_query q = {0};
    TRY(db_query(a, db, SQL_HOLDERS,
                 DB_ARGS(db_int(chunk->collection), db_int(chunk->kind),
                         db_int(chunk->items[0].number / BITMAP_VALUES)),
                 &q));
    DB_ROWS(a, &q) {
        OWNED(bitmap_close_owned)
        struct bitmap *given = NULL;
        TRY(bitmap_read(a, db_get_blob(&q, 1), &given));
        for (size_t i = 0; i < chunk->count; i++) {
            if (bitmap_has(given, chunk->items[i].number % BITMAP_VALUES))
                tell(t, chunk->items[i].question, db_get_int(&q, 0));
        }
    }
    return NULL;
}

static int compare_wanted(const void *x, const void *y)
{
    const struct wanted *one = x;
    const struct wanted *two = y;
    return (one->number > two->number) - (one->number < two->number);
}

/* What all of them ask about, by number. */
static struct wanted *list_wanted(struct arena *a, const struct receipt_questions *questions,
                                  size_t *count)
{
    size_t all = 0;
    for (size_t i = 0; i < questions->count; i++)
        all += questions->items[i].count;
    struct wanted *wanted = NEW_ARRAY(a, all, struct wanted);
    *count = 0;
    for (size_t i = 0; i < questions->count; i++) {
        for (size_t k = 0; k < questions->items[i].count; k++)
            wanted[(*count)++] = (struct wanted){questions->items[i].numbers[k], i};
    }
    if (all)
        qsort(wanted, all, sizeof(*wanted), compare_wanted);
    return wanted;
}

err receipts_holders(struct arena *a, struct db *db, const struct receipt_questions *questions,
                     void (*each)(void *context, size_t question, int64_t actor), void *context)
{
    struct telling t = {.a = a, .each = each, .context = context};
    size_t count;
    map_init(&t.told, a);
    const struct wanted *wanted = list_wanted(a, questions, &count);
    for (size_t i = 0; i < count;) {
        struct wanted_chunk chunk = {.collection = questions->items[0].collection,
                                     .kind = questions->items[0].kind,
                                     .items = &wanted[i]};
        while (i < count &&
               wanted[i].number / BITMAP_VALUES == chunk.items[0].number / BITMAP_VALUES) {
            chunk.count++;
            i++;
        }
        TRY(tell_holders(a, db, &chunk, &t));
    }
    return NULL;
}

/* One number; what is known in memory needs no row. */
static err has_number(struct arena *a, struct receipts *r, struct db *db,
                      const struct page_key *key, uint32_t value, bool *out)
{
    OWNED(bitmap_close_owned)
    struct bitmap *given = NULL;
    pthread_mutex_lock(&r->lock);
    *out = bitmap_has(find_page(r, key)->known, value);
    pthread_mutex_unlock(&r->lock);
    if (*out)
        return NULL;
    TRY(read_row(a, db, key, &given));
    *out = bitmap_has(given, value);
    return NULL;
}

err receipts_has_any(struct arena *a, struct receipts *r, struct db *db,
                     const struct receipt_question *question, int64_t actor, bool *out)
{
    bool has = false;
    for (size_t i = 0; i < question->count && actor && !has; i++) {
        const struct page_key key = {actor, question->collection, (uint16_t)question->kind,
                                     (uint16_t)(question->numbers[i] / BITMAP_VALUES)};
        TRY(has_number(a, r, db, &key, question->numbers[i] % BITMAP_VALUES, &has));
    }
    *out = has;
    return NULL;
}
