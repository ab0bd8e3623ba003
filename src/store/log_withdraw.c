/*
 * Withdrawing (L8): a tombstone is appended, the entries it withdraws are marked, their bytes
 * become purgeable. What remains of the object in that collection is looked at one by one from then
 * on.
 */
#include "store/log.h"

#include "store/holds.h"
#include "store/log_outlook.h"
#include "store/page.h"
#include "store/search_index.h"

/* Of the lineage, the entries that the filters name. */
static bool is_named(const struct log_withdrawal *w, const struct log_entry *e, int64_t first_us,
                     int64_t last_us)
{
    unsigned spec = e->flags & ENTRY_SPEC_20 ? VIEW_SPEC_20 : VIEW_SPEC_21;
    if (w->specs && !(w->specs & spec))
        return false;
    bool is_filtered = w->version_count > 0 || w->is_first || w->is_last;
    if (!is_filtered)
        return true;
    if ((w->is_first && e->version_us == first_us) || (w->is_last && e->version_us == last_us))
        return true;
    for (size_t i = 0; i < w->version_count; i++) {
        if (w->versions_us[i] == e->version_us)
            return true;
    }
    return false;
}

static int64_t contributor_of(const struct log_withdrawal *w)
{
    return w->contributor ? w->contributor : w->reader->gate.org;
}

/* Keeps what the reader may read; then, of that, their own lineage. */
static void keep_readable(const struct session *s, const struct log_withdrawal *w,
                          struct log_entries *entries, bool *has_others)
{
    size_t kept = 0;
    *has_others = false;
    for (size_t i = 0; i < entries->count; i++) {
        const struct log_entry *e = &entries->items[i];
        if (!reader_may_read(s, w->reader, e->audience))
            continue;
        if (e->contributor == contributor_of(w))
            entries->items[kept++] = *e;
        else
            *has_others = true;
    }
    entries->count = kept;
}

/* Of which object something is withdrawn, and by whom. */
struct lineage {
    str id;
    uint32_t collection;
    int64_t contributor;
    int64_t actor; /* 0: nobody in particular */
};

static err append_tombstone(struct arena *a, struct session *s, const struct lineage *l,
                            uint32_t *number)
{
    do /* steps like those of other entries (L1) */
        s->last_added++;
    while (secret_random_below(4) != 0);
    if (s->last_added < s->now_us)
        s->last_added = s->now_us;
    s->last_number++;
    s->is_changed = true;
    *number = (uint32_t)s->last_number;
    return db_run(
        a, s->db,
        "INSERT INTO entry (n, added, collection, audience, clause, contributor, actor, type, "
        "version, flags, supersedes, body) VALUES (?1, ?2, ?3, 0, 0, ?4, ?5, 0, 0, ?6, NULL, 0)",
        DB_ARGS(db_int(*number), db_int(s->last_added), db_int(l->collection),
                db_int(l->contributor), db_int(l->actor),
                db_int(ENTRY_TOMBSTONE | ENTRY_CONTESTS)));
}

static err withdraw_entry(struct arena *a, struct session *s, uint32_t tombstone,
                          const struct log_entry *e)
{
    TRY(db_run(a, s->db, "INSERT INTO withdrawal (tombstone, n) VALUES (?1, ?2)",
               DB_ARGS(db_int(tombstone), db_int(e->number))));
    TRY(db_run(a, s->db, "DELETE FROM awaited_end WHERE n = ?1", DB_ARGS(db_int(e->number))));
    return db_run(a, s->db, "UPDATE entry SET flags = flags | ?1 WHERE n = ?2",
                  DB_ARGS(db_int(ENTRY_WITHDRAWN), db_int(e->number)));
}

/* What is left beside one of them: whoever read that reads this. */
static err contest_beside(struct arena *a, struct session *s, const struct log_place *at,
                          uint32_t tombstone)
{
    struct log_entries rest = {0};
    TRY(log_entries_under(a, s, at, &rest));
    for (size_t i = 0; i < rest.count; i++) {
        TRY(db_run(a, s->db, "INSERT INTO contest (by_number, n) VALUES (?1, ?2)",
                   DB_ARGS(db_int(tombstone), db_int(rest.items[i].number))));
    }
    return NULL;
}

static err contest_rest(struct arena *a, struct session *s, const struct lineage *l,
                        const struct log_entries *withdrawn, uint32_t tombstone)
{
    struct log_place at = {.id = l->id, .collection = l->collection};
    for (size_t i = 0; i < withdrawn->count; i++) {
        bool is_met = false;
        at.audience = withdrawn->items[i].audience;
        for (size_t k = 0; k < i; k++)
            is_met |= withdrawn->items[k].audience == at.audience;
        if (!is_met)
            TRY(contest_beside(a, s, &at, tombstone));
    }
    return NULL;
}

/* These entries, which are all of the lineage. */
static err withdraw_entries(struct arena *a, struct session *s, const struct lineage *l,
                            const struct log_entries *entries)
{
    uint32_t tombstone;
    TRY(append_tombstone(a, s, l, &tombstone));
    for (size_t i = 0; i < entries->count; i++)
        TRY(withdraw_entry(a, s, tombstone, &entries->items[i]));
    return contest_rest(a, s, l, entries, tombstone);
}

static void bounds_of(const struct log_entries *entries, int64_t *first_us, int64_t *last_us)
{
    *first_us = INT64_MAX;
    *last_us = INT64_MIN;
    for (size_t i = 0; i < entries->count; i++) {
        int64_t version = entries->items[i].version_us;
        *first_us = version < *first_us ? version : *first_us;
        *last_us = version > *last_us ? version : *last_us;
    }
}

err log_withdraw(struct arena *a, struct session *s, const struct log_withdrawal *w,
                 size_t *withdrawn)
{
    struct log_entries entries = {0}; /* hidden ones are not even read: time would tell (O1) */
    TRY(page_entries_of(a, s, w->reader, w->id, w->collection, &entries));
    bool has_others;
    keep_readable(s, w, &entries, &has_others);
    if (entries.count == 0 && has_others)
        return FAIL(a, ERR_FORBIDDEN,
                    "the object %.*s was contributed by another organization; "
                    "only they can withdraw it",
                    STR_ARG(w->id));
    int64_t first_us;
    int64_t last_us;
    bounds_of(&entries, &first_us, &last_us);
    size_t kept = 0;
    for (size_t i = 0; i < entries.count; i++) {
        if (is_named(w, &entries.items[i], first_us, last_us))
            entries.items[kept++] = entries.items[i];
    }
    if (kept == 0)
        return FAIL(a, ERR_NOT_FOUND, "there is no such object in this collection");
    entries.count = kept;
    *withdrawn = kept;
    const struct lineage l = {w->id, w->collection, contributor_of(w), w->reader->gate.actor};
    return withdraw_entries(a, s, &l, &entries);
}

/* Takes out the entries of the first one's contributor. */
static struct log_entries take_lineage(struct arena *a, struct log_entries *from)
{
    struct log_entries taken = {0};
    size_t kept = 0;
    int64_t contributor = from->items[0].contributor;
    for (size_t i = 0; i < from->count; i++) {
        if (from->items[i].contributor == contributor)
            *LIST_ADD(a, &taken) = from->items[i];
        else
            from->items[kept++] = from->items[i];
    }
    from->count = kept;
    return taken;
}

err log_drop(struct arena *a, struct session *s, str id, uint32_t collection, size_t *dropped)
{
    struct log_entries entries = {0};
    TRY(log_entries_of(a, s, id, collection, &entries));
    *dropped = entries.count;
    while (entries.count) {
        struct log_entries one = take_lineage(a, &entries);
        const struct lineage l = {id, collection, one.items[0].contributor, 0};
        TRY(withdraw_entries(a, s, &l, &one));
    }
    return NULL;
}

struct purgeable {
    uint32_t body;
    int64_t contributor;
    int64_t bytes;
    str id;
};

struct purgeables {
    struct purgeable *items;
    size_t count;
    size_t capacity;
};

static err list_withdrawn(struct arena *a, struct session *s, struct purgeables *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db,
                 "SELECT DISTINCT e.body, e.contributor, length(b.bytes), b.id FROM withdrawal w "
                 "JOIN entry e ON e.n = w.n JOIN body b ON b.n = e.body WHERE length(b.bytes) > 0",
                 DB_NO_ARGS, &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (struct purgeable){.body = (uint32_t)db_get_int(&q, 0),
                                               .contributor = db_get_int(&q, 1),
                                               .bytes = db_get_int(&q, 2),
                                               .id = arena_copy(a, db_get_text(&q, 3))};
    return NULL;
}

static err is_in_use(struct arena *a, struct session *s, const struct purgeable *p, bool *out)
{
    struct log_entries live = {0};
    TRY(log_entries_of(a, s, p->id, 0, &live));
    *out = false;
    for (size_t i = 0; i < live.count; i++)
        *out |= live.items[i].body == p->body;
    return NULL;
}

/* The row stays, so that the log stays whole; its contributor gets the room back. */
static err purge_body(struct arena *a, struct session *s, const struct purgeable *p)
{
    TRY(db_run(a, s->db, "UPDATE body SET bytes = x'', warnings = NULL WHERE n = ?1",
               DB_ARGS(db_int(p->body))));
    return db_run(a, s->db, "UPDATE org SET stored_bytes = max(stored_bytes - ?1, 0) WHERE n = ?2",
                  DB_ARGS(db_int(p->bytes), db_int(p->contributor)));
}

err log_purge(struct arena *a, struct session *s, const struct log_look *look,
              struct log_purged *out)
{
    struct purgeables list = {0};
    struct hold_cover cover;
    uint64_t count = 0;
    *out = (struct log_purged){0};
    TRY(hold_cover_read(a, s, &cover));
    TRY(list_withdrawn(a, s, &list));
    for (size_t i = 0; i < list.count; i++) {
        bool is_live;
        if (look->fn)
            TRY(look->fn(a, look->context, i, list.count));
        TRY(is_in_use(a, s, &list.items[i], &is_live));
        bool is_held = hold_covers(s, &cover, list.items[i].id);
        out->held += is_held && !is_live;
        if (is_live || is_held)
            continue;
        TRY(search_forget(a, s, list.items[i].body, list.items[i].id));
        TRY(purge_body(a, s, &list.items[i]));
        count++;
    }
    out->bodies = count;
    return count ? search_forget_all(a, s) : NULL;
}
