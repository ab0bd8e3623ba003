/*
 * Views in memory: catching up with the log, holding still while somebody reads.
 *
 * A transaction's snapshot and the views must say the same. Whoever comes with a newer snapshot
 * catches the views up under the exclusive lock; whoever comes with an older one is sent away to
 * begin a newer transaction.
 */
#include "store/views_parts.h"

struct views *views_open_with(const struct view_options *options)
{
    ASSERT(options->chunk_entries && options->chunk_entries <= VIEW_CHUNK_ENTRIES);
    struct arena arena = {0};
    struct views *v = NEW(&arena, struct views);
    v->arena = arena;
    v->options = *options;
    v->tail.chunk_entries = options->chunk_entries;
    map_init(&v->views, &v->views_arena);
    pthread_rwlockattr_t attributes;
    pthread_rwlockattr_init(&attributes);
    pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&v->lock, &attributes);
    pthread_rwlockattr_destroy(&attributes);
    pthread_mutex_init(&v->cache_lock, NULL);
    return v;
}

struct views *views_open(size_t cache_bytes_max)
{
    return views_open_with(&(struct view_options){.cache_bytes_max = cache_bytes_max,
                                                  .chunk_entries = VIEW_CHUNK_ENTRIES});
}

void views_close(struct views *v)
{
    if (v == NULL)
        return;
    views_forget_views(v);
    view_sets_done(&v->rows);
    view_log_done(&v->tail);
    pthread_rwlock_destroy(&v->lock);
    pthread_mutex_destroy(&v->cache_lock);
    struct arena arena = v->arena;
    arena_done(&arena);
}

void views_forget_views(struct views *v)
{
    size_t at = 0;
    for (const struct map_slot *s = map_next(&v->views, &at); s; s = map_next(&v->views, &at)) {
        struct view *view = s->value;
        bitmap_close(view->chunks);
        for (size_t i = 0; i < view->part_count; i++) {
            bitmap_close(view->parts[i].numbers);
            bitmap_close(view->parts[i].contested);
        }
    }
    arena_done(&v->views_arena);
    map_init(&v->views, &v->views_arena);
    v->views_bytes = 0;
}

bool views_have_room(struct views *v)
{
    if (v->rows.bytes + v->views_bytes < v->options.cache_bytes_max)
        return true;
    atomic_store(&v->is_full, true);
    return false;
}

/* Views are quickly made again; of the rows those in use stay, unless they alone are too much. */
static void sweep(struct views *v)
{
    views_forget_views(v);
    view_sets_sweep(&v->rows);
    if (v->rows.bytes > v->options.cache_bytes_max / 2)
        view_sets_done(&v->rows);
    atomic_store(&v->is_full, false);
}

static bool is_behind(const struct views *v, const struct view_state *s)
{
    return v->is_known &&
           (s->last_number < v->known.last_number || s->sealed_chunks < v->known.sealed_chunks ||
            s->view_epoch < v->known.view_epoch);
}

static bool is_level(const struct views *v, const struct view_state *s)
{
    return v->is_known && v->known.last_number == s->last_number &&
           v->known.sealed_chunks == s->sealed_chunks && v->known.view_epoch == s->view_epoch;
}

/* Forgets everything, so that what is not sealed is read from the log again. */
static void start_anew(struct views *v, const struct view_state *s)
{
    views_forget_views(v);
    view_sets_done(&v->rows);
    view_log_forget(&v->tail);
    v->known = *s;
    v->known.last_number = (uint32_t)((uint64_t)s->sealed_chunks * v->options.chunk_entries) - 1;
}

/* Brings what is known to the epoch and the sealed chunks of the snapshot. */
static err catch_up_base(struct arena *a, struct views *v, struct db *db,
                         const struct view_state *s)
{
    bool is_whole = v->is_known && v->known.sealed_chunks == s->sealed_chunks;
    bool was_known = v->is_known;
    v->is_known = false;
    if (!was_known)
        v->unknown_moment = v->tail.moment;
    else if (v->known.view_epoch != s->view_epoch) {
        views_forget_views(v);
        TRY(views_follow(a, v, db, s->view_epoch, &is_whole));
    }
    if (!is_whole)
        start_anew(v, s);
    return NULL;
}

/* Under the exclusive lock: makes the views say what the snapshot says. */
static err catch_up(struct arena *a, struct views *v, struct db *db, const struct view_state *s)
{
    if (atomic_load(&v->is_full))
        sweep(v);
    if (is_behind(v, s) || is_level(v, s))
        return NULL;
    v->tail.moment++;
    TRY(catch_up_base(a, v, db, s));
    uint32_t first = v->known.last_number + 1; /* wraps to zero where nothing is known */
    TRY(view_log_read(a, db, (struct view_range){first, (uint64_t)s->last_number + 1}, &v->tail));
    v->tail.changed_number = s->last_number;
    v->known = *s;
    v->is_known = true;
    return NULL;
}

bool views_begin_at(struct views *v, const struct view_state *state)
{
    pthread_rwlock_rdlock(&v->lock);
    bool is_held = is_level(v, state) && !atomic_load(&v->is_full);
    if (!is_held)
        pthread_rwlock_unlock(&v->lock);
    return is_held;
}

static bool knows_more(struct views *v, const struct view_state *s)
{
    pthread_rwlock_rdlock(&v->lock);
    bool is_more = is_behind(v, s);
    pthread_rwlock_unlock(&v->lock);
    return is_more;
}

err views_begin(struct arena *a, struct views *v, struct db *db, bool *is_stale)
{
    struct view_state state;
    TRY(view_state_read(a, db, &state));
    while (!views_begin_at(v, &state)) {
        if (knows_more(v, &state)) {
            *is_stale = true;
            return NULL;
        }
        pthread_rwlock_wrlock(&v->lock);
        err e = catch_up(a, v, db, &state);
        pthread_rwlock_unlock(&v->lock);
        if (e)
            return e;
    }
    *is_stale = false;
    return NULL;
}

void views_end(struct views *v)
{
    pthread_rwlock_unlock(&v->lock);
}

struct view_state views_state(const struct views *v)
{
    return v->known;
}

uint32_t views_last_number(const struct views *v)
{
    return v->known.last_number;
}

static uint32_t changed_at(const struct views *v, uint32_t collection, uint32_t audience)
{
    const struct view_key key = {collection, 0, VIEW_AUDIENCE, audience};
    const struct view_slot *slot = view_sets_slot(&v->tail.changes, view_key_pack(key));
    return slot ? slot->stamp : 0;
}

uint32_t views_stamp(const struct views *v, uint32_t collection, const uint32_t *audiences,
                     size_t audience_count)
{
    uint32_t newest = v->unknown_moment;
    for (size_t i = 0; i < audience_count; i++) {
        uint32_t moment = changed_at(v, collection, audiences[i]);
        newest = moment > newest ? moment : newest;
    }
    return newest;
}
