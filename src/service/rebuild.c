/*
 * Keys and marks first, since the views are made from entries; then the views. What was mended is
 * on the record.
 */
#include "service/rebuild.h"

#include "service/indexer.h"
#include "store/about.h"
#include "store/audit.h"
#include "store/mend.h"
#include "store/search_index.h"

#define MENDED_PER_COMMIT 500

struct rebuild {
    struct arena *a;
    struct store *store;
    const struct watch *watch;
    struct mend_differences found;
    struct about_numbers about;
    struct about_keys about_keys;
};

static err look_up(struct arena *a, void *context, uint64_t done, uint64_t total)
{
    const struct rebuild *r = context;
    watch_progress(r->watch, done, total);
    return watch_stop(a, r->watch);
}

static err find(struct rebuild *r, struct rebuild_report *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(r->a, r->store, &s));
    session_release_views(&s);
    TRY(mend_find(r->a, &s, look_up, r, &r->found));
    out->entries = r->found.entries;
    out->keys = r->found.keys;
    out->keys_differed = r->found.key.count + r->found.strays.count + r->found.heads.count;
    out->marks_differed = r->found.flag.count;
    TRY(about_find_differences(r->a, &s, &r->about));
    TRY(about_find_wrong_audiences(r->a, &s, &r->about_keys));
    out->briefings_differed = r->about.count + r->about_keys.count;
    err failure = views_check(r->a, s.db);
    err other = search_check(r->a, &s);
    if (failure && failure->code != ERR_CORRUPT)
        return failure;
    out->views_differed = failure != NULL;
    out->views_words = failure ? error_text(r->a, failure) : (str){0};
    out->search_differed = other && other->code == ERR_CORRUPT;
    return out->search_differed ? NULL : other;
}

static err mend_one(struct rebuild *r, struct session *s, size_t i)
{
    const struct mend_differences *d = &r->found;
    if (i < d->flag.count)
        return mend_flag(r->a, s, d->flag.items[i]);
    i -= d->flag.count;
    if (i < d->key.count)
        return mend_key(r->a, s, d->key.items[i]);
    i -= d->key.count;
    if (i < d->strays.count)
        return mend_remove_stray(r->a, s, d->strays.items[i]);
    i -= d->strays.count;
    if (i < d->heads.count)
        return mend_head(r->a, s, d->heads.items[i]);
    i -= d->heads.count;
    if (i < r->about.count)
        return about_mend(r->a, s, r->about.items[i]);
    return about_mend_audiences(r->a, s, &r->about_keys.items[i - r->about.count]);
}

static err mend(struct rebuild *r)
{
    const struct mend_differences *d = &r->found;
    size_t count = d->flag.count + d->key.count + d->strays.count + d->heads.count +
                   r->about.count + r->about_keys.count;
    for (size_t i = 0; i < count;) {
        TRY(watch_stop(r->a, r->watch));
        OWNED(session_done) struct session s = {0};
        TRY(session_write(r->a, r->store, &s));
        for (size_t k = 0; k < MENDED_PER_COMMIT && i < count; k++, i++)
            TRY(mend_one(r, &s, i));
        TRY(session_commit(r->a, &s));
    }
    return NULL;
}

/* views_rebuild makes transactions of its own, on a connection of the store's. */
static err make_views(struct rebuild *r)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(r->a, r->store, &s));
    session_release_views(&s);
    db_rollback(s.db);
    TRY(views_rebuild(r->a, s.db));
    return views_check(r->a, s.db);
}

/* Follows the log, from its beginning where the index was not as the log has it. */
static err make_index(struct rebuild *r, bool is_anew)
{
    OWNED(session_done) struct session s = {0};
    if (is_anew) {
        TRY(session_write(r->a, r->store, &s));
        TRY(search_reset(r->a, &s));
        TRY(session_commit(r->a, &s));
    }
    return indexer_catch_up(r->a, r->store, r->watch);
}

static err put_on_record(struct rebuild *r, const struct rebuild_report *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(r->a, r->store, &s));
    const struct audit_row row = {
        .verb = LIT("exchange.rebuild"),
        .object = s.store->exchange_id,
        .outcome = LIT("ok"),
        .detail = rebuild_was_equal(out)
                      ? LIT("console: equal to what was there")
                      : arena_print(r->a,
                                    "console: %llu keys, %llu marks, %llu of briefings, %s "
                                    "views and %s words differed",
                                    (unsigned long long)out->keys_differed,
                                    (unsigned long long)out->marks_differed,
                                    (unsigned long long)out->briefings_differed,
                                    out->views_differed ? "the" : "no",
                                    out->search_differed ? "the" : "no"),
    };
    TRY(audit_put(r->a, &s, &row));
    return session_commit(r->a, &s);
}

err rebuild_run(struct arena *a, struct store *store, const struct watch *watch,
                struct rebuild_report *out)
{
    struct rebuild r = {.a = a, .store = store, .watch = watch};
    struct rebuild_report report = {0};
    TRY(find(&r, &report));
    TRY(mend(&r));
    TRY(make_views(&r));
    TRY(make_index(&r, report.search_differed));
    TRY(put_on_record(&r, &report));
    *out = report;
    return NULL;
}
