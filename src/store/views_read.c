/*
 * Reading a view: the union of a reader's audiences, chunk by chunk, less what filters leave out.
 *
 * Only sets that the reader holds, and marks of chunks in which the reader holds something, are
 * ever looked up: what is hidden costs nothing. What was made is kept, so that the next page finds
 * it; a part of a view is made anew when an entry has touched its chunk since.
 */
#include "store/views_parts.h"

/* Numbers listed in one go. */
#define LIST_ENTRIES ((size_t)256)

struct reading {
    struct arena *a;
    struct views *v;
    struct db *db;
    const struct view_query *q;
    struct view *view;
    bool is_kept;           /* the view is in the cache */
    struct view_sets extra; /* rows for which the cache had no room */
};

static void reading_done(struct reading *r)
{
    if (r->view && !r->is_kept)
        bitmap_close(r->view->chunks);
    view_sets_done(&r->extra);
}

/* With cache_lock held: true if the row is known. */
static bool find_cached_row(struct views *v, uint64_t key, const struct bitmap **out)
{
    struct view_slot *slot = view_sets_slot(&v->rows, key);
    if (slot == NULL)
        return false;
    slot->is_recent = true;
    *out = slot->set;
    return true;
}

static bool find_row(struct reading *r, uint64_t key, const struct bitmap **out)
{
    pthread_mutex_lock(&r->v->cache_lock);
    bool is_found = find_cached_row(r->v, key, out);
    pthread_mutex_unlock(&r->v->cache_lock);
    if (is_found)
        return true;
    const struct view_slot *slot = view_sets_slot(&r->extra, key);
    if (slot)
        *out = slot->set;
    return slot != NULL;
}

/* Keeps a row that was just read; another thread may have been faster. */
static const struct bitmap *keep_row(struct reading *r, uint64_t key, struct bitmap *set)
{
    const struct bitmap *kept = set;
    pthread_mutex_lock(&r->v->cache_lock);
    if (find_cached_row(r->v, key, &kept))
        bitmap_close(set);
    else
        view_sets_put(views_have_room(r->v) ? &r->v->rows : &r->extra, key, set);
    pthread_mutex_unlock(&r->v->cache_lock);
    return kept;
}

/* A set of a sealed chunk; NULL for the empty one. */
static err read_row(struct reading *r, struct view_key key, const struct bitmap **out)
{
    uint64_t packed = view_key_pack(key);
    if (find_row(r, packed, out))
        return NULL;
    struct bitmap *set = NULL;
    TRY(view_row_read(r->a, r->db, packed, &set));
    *out = keep_row(r, packed, set);
    return NULL;
}

static bool is_sealed(const struct reading *r, uint32_t chunk)
{
    return chunk < r->v->known.sealed_chunks;
}

/* A set of any chunk that is no mark. */
static err read_set(struct reading *r, struct view_key key, const struct bitmap **out)
{
    if (is_sealed(r, key.chunk))
        return read_row(r, key, out);
    *out = view_sets_get(&r->v->tail.sets, view_key_pack(key));
    return NULL;
}

/* What is marked in a chunk, by sealed entries and by the tail: a new set, or NULL. */
static err read_mark(struct reading *r, uint32_t chunk, enum view_kind kind, struct bitmap **out)
{
    struct view_key key = {r->q->collection, chunk, kind, 0};
    const struct bitmap *sets[2];
    size_t count = 0;
    if (is_sealed(r, chunk)) {
        TRY(read_row(r, key, &sets[0]));
        count += sets[0] != NULL;
    }
    sets[count] = view_sets_get(&r->v->tail.sets, view_key_pack(key));
    count += sets[count] != NULL;
    *out = count ? bitmap_union(sets, count) : NULL;
    return NULL;
}

struct set_list {
    const struct bitmap **items;
    size_t count;
    size_t capacity;
};

static err add_set(struct reading *r, struct view_key key, struct set_list *list)
{
    const struct bitmap *set;
    TRY(read_set(r, key, &set));
    if (set)
        *LIST_ADD(r->a, list) = set;
    return NULL;
}

static err list_audiences(struct reading *r, uint32_t chunk, struct set_list *list)
{
    struct view_key key = {r->q->collection, chunk, VIEW_AUDIENCE, 0};
    if (!is_sealed(r, chunk)) {
        for (size_t i = 0; i < r->q->audience_count; i++) {
            key.value = r->q->audiences[i];
            TRY(add_set(r, key, list));
        }
        return NULL;
    }
    for (size_t i = 0; i < r->view->audience_count; i++) {
        key.value = r->view->audiences[i].audience;
        if (bitmap_has(r->view->audiences[i].chunks, chunk))
            TRY(add_set(r, key, list));
    }
    return NULL;
}

static err filter_types(struct reading *r, uint32_t chunk, struct bitmap *numbers)
{
    if (r->q->types == NULL)
        return NULL;
    struct set_list list = {0};
    for (size_t i = 0; i < r->q->type_count; i++) {
        struct view_key key = {r->q->collection, chunk, VIEW_TYPE, r->q->types[i]};
        TRY(add_set(r, key, &list));
    }
    OWNED(bitmap_close_owned)
    struct bitmap *wanted = bitmap_union(list.items, list.count);
    bitmap_intersect(numbers, wanted);
    return NULL;
}

static err filter_specs(struct reading *r, uint32_t chunk, struct bitmap *numbers)
{
    if (r->q->specs != VIEW_SPEC_20 && r->q->specs != VIEW_SPEC_21)
        return NULL;
    const struct bitmap *wanted;
    TRY(read_set(r, (struct view_key){r->q->collection, chunk, VIEW_SPEC, r->q->specs}, &wanted));
    bitmap_intersect(numbers, wanted);
    return NULL;
}

/* Takes away what is withdrawn or not wanted; `*contested` becomes what is contested of the rest.
 */
static err filter_marks(struct reading *r, uint32_t chunk, struct bitmap *numbers,
                        struct bitmap **contested)
{
    OWNED(bitmap_close_owned)
    struct bitmap *withdrawn = NULL;
    OWNED(bitmap_close_owned)
    struct bitmap *superseded = NULL;
    TRY(read_mark(r, chunk, VIEW_WITHDRAWN, &withdrawn));
    bitmap_subtract(numbers, withdrawn);
    TRY(read_mark(r, chunk, VIEW_CONTESTED, contested));
    if (r->q->is_newest_only) {
        TRY(read_mark(r, chunk, VIEW_SUPERSEDED, &superseded));
        if (superseded)
            bitmap_subtract(superseded, *contested);
        bitmap_subtract(numbers, superseded);
    }
    if (*contested)
        bitmap_intersect(*contested, numbers);
    return NULL;
}

static uint32_t stamp_of(const struct reading *r, uint32_t chunk)
{
    struct view_key key = {.collection = r->q->collection, .chunk = chunk};
    const struct view_slot *slot = view_sets_slot(&r->v->tail.touched, view_key_pack(key));
    return slot ? slot->stamp : 0;
}

static void part_done(struct view_part *part)
{
    bitmap_close(part->numbers);
    bitmap_close(part->contested);
}

/* Leaves out of the numbers what the query does not ask for. */
static err filter_part(struct reading *r, uint32_t chunk, struct view_part *part)
{
    TRY(filter_types(r, chunk, part->numbers));
    TRY(filter_specs(r, chunk, part->numbers));
    return filter_marks(r, chunk, part->numbers, &part->contested);
}

static err make_part(struct reading *r, uint32_t chunk, struct view_part *out)
{
    struct set_list list = {0};
    TRY(list_audiences(r, chunk, &list));
    struct view_part part = {.numbers = bitmap_union(list.items, list.count)};
    err failure = list.count ? filter_part(r, chunk, &part) : NULL;
    if (failure) {
        part_done(&part);
        return failure;
    }
    if (part.contested && bitmap_is_empty(part.contested)) {
        bitmap_close(part.contested);
        part.contested = NULL;
    }
    bitmap_pack(part.numbers);
    part.stamp = stamp_of(r, chunk);
    *out = part;
    return NULL;
}

static size_t part_bytes(const struct view_part *part)
{
    return (part->numbers ? bitmap_bytes(part->numbers) : 0) +
           (part->contested ? bitmap_bytes(part->contested) : 0);
}

static bool is_made(const struct view_part *part, uint32_t stamp)
{
    return part->numbers && part->stamp == stamp;
}

/* With cache_lock held: makes room for parts up to this chunk. */
static void grow_parts(struct views *v, struct view *view, uint32_t chunk)
{
    if (chunk < view->part_count)
        return;
    uint32_t sealed = v->known.sealed_chunks;
    size_t larger = (size_t)(chunk > sealed ? chunk : sealed) + 8;
    struct view_part *parts = NEW_ARRAY(&v->views_arena, larger, struct view_part);
    if (view->part_count)
        memcpy(parts, view->parts, view->part_count * sizeof(*parts));
    view->parts = parts;
    view->part_count = larger;
    v->views_bytes += larger * sizeof(*parts);
}

static bool find_part(struct reading *r, uint32_t chunk, struct view_part *out)
{
    uint32_t stamp = stamp_of(r, chunk);
    bool is_found = false;
    pthread_mutex_lock(&r->v->cache_lock);
    if (chunk < r->view->part_count) {
        *out = r->view->parts[chunk];
        is_found = is_made(out, stamp);
    }
    pthread_mutex_unlock(&r->v->cache_lock);
    return is_found;
}

/*
 * Puts a new part in the place of one that nobody uses any more, for its stamp is too old. Of two
 * threads that made the same part the second takes the first one's. False: there is no room.
 */
static bool keep_part(struct reading *r, uint32_t chunk, struct view_part *part)
{
    struct views *v = r->v;
    struct view_part unused = {0};
    pthread_mutex_lock(&v->cache_lock);
    bool is_kept = r->is_kept && views_have_room(v);
    if (is_kept) {
        grow_parts(v, r->view, chunk);
        struct view_part *place = &r->view->parts[chunk];
        unused = *part;
        if (!is_made(place, part->stamp)) {
            unused = *place;
            *place = *part;
            v->views_bytes += part_bytes(part);
            v->views_bytes -= part_bytes(&unused);
        }
        *part = *place;
    }
    pthread_mutex_unlock(&v->cache_lock);
    part_done(&unused);
    return is_kept;
}

/* A part to read from; `*is_own` says that the caller gives it back. */
static err read_part(struct reading *r, uint32_t chunk, struct view_part *out, bool *is_own)
{
    *is_own = false;
    if (find_part(r, chunk, out))
        return NULL;
    TRY(make_part(r, chunk, out));
    *is_own = !keep_part(r, chunk, out);
    return NULL;
}

/* What the query is kept under: its numbers one after the other. */
static str query_key(struct arena *a, const struct view_query *q)
{
    ASSERT(q->types != NULL || q->type_count == 0);
    size_t audience_count = q->generation ? 0 : q->audience_count;
    uint32_t *words = NEW_ARRAY(a, 5 + q->type_count + audience_count, uint32_t);
    size_t count = 0;
    words[count++] = q->collection;
    words[count++] = q->specs | (q->is_newest_only ? 4u : 0u) | (q->types ? 8u : 0u);
    words[count++] = (uint32_t)q->generation;
    words[count++] = (uint32_t)(q->generation >> 32);
    words[count++] = (uint32_t)q->type_count;
    for (size_t i = 0; i < q->type_count; i++)
        words[count++] = q->types[i];
    for (size_t i = 0; i < audience_count; i++)
        words[count++] = q->audiences[i];
    return (str){(const char *)words, count * sizeof(*words)};
}

/* Finds out which of the reader's audiences occur in sealed chunks, and in which. */
static err make_view(struct reading *r)
{
    const struct view_query *q = r->q;
    struct view_occurrence *found = NEW_ARRAY(r->a, q->audience_count, struct view_occurrence);
    struct view *view = NEW(r->a, struct view);
    OWNED(bitmap_close_owned)
    struct bitmap *chunks = bitmap_open();
    for (size_t i = 0; i < q->audience_count && r->v->known.sealed_chunks; i++) {
        struct view_key key = {q->collection, VIEW_CHUNKS_OF_AUDIENCE, VIEW_AUDIENCE,
                               q->audiences[i]};
        const struct bitmap *occurs;
        TRY(read_row(r, key, &occurs));
        if (occurs == NULL)
            continue;
        found[view->audience_count++] = (struct view_occurrence){q->audiences[i], occurs};
        bitmap_unite(chunks, occurs);
    }
    view->audiences = found;
    view->chunks = chunks;
    chunks = NULL;
    r->view = view;
    return NULL;
}

/* With cache_lock held: copies the reading's view into the cache. */
static struct view *copy_view(struct views *v, str key, const struct view *view)
{
    struct view *copy = NEW(&v->views_arena, struct view);
    size_t count = view->audience_count;
    struct view_occurrence *audiences = NEW_ARRAY(&v->views_arena, count, struct view_occurrence);
    if (count)
        memcpy(audiences, view->audiences, count * sizeof(*audiences));
    *copy = (struct view){.audiences = audiences, .audience_count = count, .chunks = view->chunks};
    map_put(&v->views, arena_copy(&v->views_arena, key), copy);
    v->views_bytes +=
        sizeof(*copy) + key.len + count * sizeof(*audiences) + bitmap_bytes(view->chunks);
    return copy;
}

/* Keeps the view, unless rows that it rests on found no room, or another thread was faster. */
static void keep_view(struct reading *r, str key)
{
    pthread_mutex_lock(&r->v->cache_lock);
    struct view *kept = map_get(&r->v->views, key);
    if (kept)
        bitmap_close(r->view->chunks);
    else if (r->extra.count == 0 && views_have_room(r->v))
        kept = copy_view(r->v, key, r->view);
    pthread_mutex_unlock(&r->v->cache_lock);
    r->is_kept = kept != NULL;
    if (kept)
        r->view = kept;
}

static err find_view(struct reading *r)
{
    ASSERT(r->q->collection < VIEW_COLLECTIONS);
    str key = query_key(r->a, r->q);
    pthread_mutex_lock(&r->v->cache_lock);
    r->view = map_get(&r->v->views, key);
    pthread_mutex_unlock(&r->v->cache_lock);
    r->is_kept = r->view != NULL;
    if (r->is_kept)
        return NULL;
    TRY(make_view(r));
    keep_view(r, key);
    return NULL;
}

/* Moves `*chunk` to the next one, itself included, that may hold something; false at the end. */
static bool find_chunk(const struct reading *r, uint32_t *chunk)
{
    const struct view_state *known = &r->v->known;
    if (*chunk < known->sealed_chunks && !bitmap_next(r->view->chunks, *chunk, chunk))
        *chunk = known->sealed_chunks;
    return *chunk <= known->last_number / r->v->options.chunk_entries;
}

/* Where in a chunk the query begins: zero, except in the first one. */
static uint32_t first_value(const struct reading *r, uint32_t chunk)
{
    uint64_t from = (uint64_t)r->q->after + 1;
    uint64_t first = (uint64_t)chunk * r->v->options.chunk_entries;
    return from > first ? (uint32_t)(from - first) : 0;
}

static void list_hits(const struct reading *r, uint32_t chunk, const struct view_part *part,
                      struct view_hits *hits)
{
    uint32_t values[LIST_ENTRIES];
    uint32_t base = chunk * r->v->options.chunk_entries;
    uint32_t from = first_value(r, chunk);
    while (hits->count < hits->max) {
        size_t room = hits->max - hits->count;
        size_t count =
            bitmap_list(part->numbers, from, values, room < LIST_ENTRIES ? room : LIST_ENTRIES);
        if (count == 0)
            return;
        for (size_t i = 0; i < count; i++) {
            bool is_contested = part->contested && bitmap_has(part->contested, values[i]);
            hits->items[hits->count++] = (struct view_hit){base + values[i], is_contested};
        }
        from = values[count - 1] + 1;
    }
}

static uint32_t first_chunk(const struct reading *r)
{
    return (uint32_t)(((uint64_t)r->q->after + 1) / r->v->options.chunk_entries);
}

err views_walk(struct arena *a, struct views *v, struct db *db, const struct view_query *q,
               struct view_hits *hits)
{
    OWNED(reading_done)
    struct reading r = {.a = a, .v = v, .db = db, .q = q};
    TRY(find_view(&r));
    struct view_hits list = {.items = hits->items, .max = hits->max};
    for (uint32_t chunk = first_chunk(&r); list.count < list.max && find_chunk(&r, &chunk);
         chunk++) {
        struct view_part part;
        bool is_own;
        TRY(read_part(&r, chunk, &part, &is_own));
        list_hits(&r, chunk, &part, &list);
        if (is_own)
            part_done(&part);
    }
    hits->count = list.count;
    return NULL;
}

static bool may_hold(const struct reading *r, uint32_t chunk)
{
    uint32_t next = chunk;
    return find_chunk(r, &next) && next == chunk;
}

/* Those from `*at` on that lie in one chunk; `*at` becomes the first that does not. */
static err choose_in_chunk(struct reading *r, const struct view_choice *among, size_t *at,
                           struct view_hits *list)
{
    uint32_t entries = r->v->options.chunk_entries;
    uint32_t chunk = among->numbers[*at] / entries;
    struct view_part part = {0};
    bool is_own = false;
    if (may_hold(r, chunk))
        TRY(read_part(r, chunk, &part, &is_own));
    for (; *at < among->count && among->numbers[*at] / entries == chunk; ++*at) {
        uint32_t value = among->numbers[*at] % entries;
        if (part.numbers && bitmap_has(part.numbers, value))
            list->items[list->count++] = (struct view_hit){
                among->numbers[*at], part.contested && bitmap_has(part.contested, value)};
    }
    if (is_own)
        part_done(&part);
    return NULL;
}

err views_choose(struct arena *a, struct views *v, struct db *db, const struct view_query *q,
                 const struct view_choice *among, struct view_hits *hits)
{
    ASSERT(among->count <= hits->max);
    OWNED(reading_done)
    struct reading r = {.a = a, .v = v, .db = db, .q = q};
    TRY(find_view(&r));
    struct view_hits list = {.items = hits->items, .max = hits->max};
    for (size_t at = 0; at < among->count;)
        TRY(choose_in_chunk(&r, among, &at, &list));
    hits->count = list.count;
    return NULL;
}

err views_count(struct arena *a, struct views *v, struct db *db, const struct view_query *q,
                uint64_t *regular, uint64_t *contested)
{
    OWNED(reading_done)
    struct reading r = {.a = a, .v = v, .db = db, .q = q};
    TRY(find_view(&r));
    uint64_t all = 0;
    uint64_t among = 0;
    for (uint32_t chunk = first_chunk(&r); find_chunk(&r, &chunk); chunk++) {
        struct view_part part;
        bool is_own;
        TRY(read_part(&r, chunk, &part, &is_own));
        uint32_t from = first_value(&r, chunk);
        all += bitmap_count_from(part.numbers, from);
        among += part.contested ? bitmap_count_from(part.contested, from) : 0;
        if (is_own)
            part_done(&part);
    }
    *regular = all - among;
    *contested = among;
    return NULL;
}
