/*
 * Withdrawing and purging at the console.
 */
#include "service/admin_entries.h"

#include "service/file_upkeep.h"
#include "store/collections.h"
#include "store/log.h"

/* Nobody writes Members, but who defined a named audience there may withdraw it. */
static bool is_audience(const struct policy_collection *c, str id)
{
    enum tlp label;
    return c->is_builtin && str_starts(id, LIT("marking-definition--")) &&
           !tlp_of_marking_id(id, &label);
}

static err withdraw_from(struct arena *a, struct session *s, const struct reader *reader,
                         const struct policy_collection *c, str id, size_t *count)
{
    bool may_delete = reader_may_read_collection(reader, c->n) &&
                      (reader_may_write_collection(reader, c->n) || is_audience(c, id));
    if (!may_delete)
        return FAIL(a, ERR_FORBIDDEN,
                    "%.*s does not hold read and write on '%.*s'; see: tocsin "
                    "grant list",
                    STR_ARG(reader->org->name), STR_ARG(c->title));
    const struct log_withdrawal w = {.reader = reader, .collection = c->n, .id = id};
    return log_withdraw(a, s, &w, count);
}

static err withdraw_everywhere(struct arena *a, struct session *s, const struct reader *reader,
                               str id, size_t *count)
{
    err refusal = NULL;
    for (size_t i = 0; i < s->policy->collection_count; i++) {
        const struct policy_collection *c = &s->policy->collections[i];
        struct log_entries entries = {0};
        TRY(log_entries_of(a, s, id, c->n, &entries));
        if (entries.count == 0 || !reader_may_read_collection(reader, c->n))
            continue;
        size_t withdrawn = 0;
        err failure = withdraw_from(a, s, reader, c, id, &withdrawn);
        if (failure && failure->code == ERR_FORBIDDEN)
            refusal = failure;
        else if (failure && failure->code != ERR_NOT_FOUND)
            return failure;
        *count += withdrawn;
    }
    return *count == 0 ? refusal : NULL;
}

static err no_such_object(struct arena *a, str id)
{
    return FAIL(a, ERR_NOT_FOUND,
                "there is no object %.*s that this organization contributed and "
                "may read",
                STR_ARG(id));
}

err admin_withdraw(struct arena *a, struct store *store, const struct admin_withdrawal *w,
                   size_t *count)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    const struct policy_org *org;
    const struct policy_collection *c = NULL;
    struct reader reader;
    size_t withdrawn = 0;
    TRY(admin_find_active(a, &s, w->as, &org));
    TRY(reader_make(a, &s, org, NULL, NULL, &reader));
    if (w->collection.len) {
        TRY(collections_find(a, &s, w->collection, &c));
        TRY(withdraw_from(a, &s, &reader, c, w->id, &withdrawn));
    } else {
        TRY(withdraw_everywhere(a, &s, &reader, w->id, &withdrawn));
    }
    if (withdrawn == 0)
        return no_such_object(a, w->id);
    TRY(admin_record(a, &s, "objects.withdraw", w->id,
                     arena_print(a, "%zu entries, for %.*s", withdrawn, STR_ARG(org->id))));
    TRY(session_commit(a, &s));
    *count = withdrawn;
    return NULL;
}

static err look_at_purge(struct arena *a, void *context, uint64_t done, uint64_t total)
{
    const struct watch *watch = context;
    watch_progress(watch, done, total);
    if (watch_stop(a, watch))
        return FAIL(a, ERR_BUSY, "stopped as asked; nothing was removed");
    return NULL;
}

err admin_purge(struct arena *a, struct store *store, const struct watch *watch,
                struct admin_purged *out)
{
    struct watch seen = *watch;
    struct log_look look = {look_at_purge, &seen};
    OWNED(session_done) struct session s = {0};
    OWNED(files_unlock) int lock = 0;
    struct files_names dropped = {0};
    struct admin_purged purged = {0};
    struct log_purged bodies;
    TRY(files_lock(a, store, true, &lock));
    TRY(session_write(a, store, &s));
    TRY(file_upkeep_note(a, &s, &dropped));
    TRY(log_purge(a, &s, &look, &bodies));
    purged.bodies = bodies.bodies;
    purged.held = bodies.held;
    TRY(admin_record(a, &s, "objects.purge", (str){0},
                     arena_print(a, "%llu bodies", (unsigned long long)purged.bodies)));
    TRY(session_commit(a, &s));
    if (lock) /* only once it stands that nothing refers to them */
        TRY(file_upkeep_sweep(a, store, &dropped, &purged.files));
    *out = purged;
    return NULL;
}
