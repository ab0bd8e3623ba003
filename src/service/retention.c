/*
 * Dropping what is kept no longer.
 */
#include "service/retention.h"

#include "service/admin_entries.h"
#include "service/briefing_parts.h"
#include "store/audit.h"
#include "store/holds.h"

#include <stdlib.h>

/* How many objects a step drops, and how many briefings it looks at. */
#define PIECE 200
#define BRIEFINGS_AT_ONCE 50

/* What people said and did at it. */
static const char *const ANSWERS[] = {"briefing-invitation", "briefing-reply", "attendance",
                                      "opinion", "absence"};

struct retaining {
    struct arena *a;
    struct session *s;
    int64_t answers_before_us; /* of a briefing that ended before; INT64_MIN: they are kept */
    int64_t records_before_us;
    struct hold_cover cover;
    struct stix_strs due;    /* objects of one briefing */
    struct stix_strs marked; /* the audiences that they are marked with */
};

static int64_t before_us(uint64_t days, int64_t now_us)
{
    return days ? now_us - (int64_t)days * US_PER_DAY : INT64_MIN;
}

/* ---- all briefings */

static int ascending(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a;
    int64_t two = *(const int64_t *)b;
    return (one > two) - (one < two);
}

/* By the keyed hashes of their ids, ascending: each is named by the organizations that host it. */
static err list_briefings(struct arena *a, struct session *s, struct about_objects *out)
{
    uint32_t type;
    size_t kept = 0;
    TRY(log_type_number(a, s, LIT("briefing"), &type));
    for (size_t i = 0; i < s->policy->org_count; i++) {
        const struct policy_org *org = &s->policy->orgs[i];
        if (!org->is_group)
            TRY(about_objects_get(a, s, log_id_hash(s, org->id), type, out));
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), ascending);
    for (size_t i = 0; i < out->count; i++) {
        if (kept == 0 || out->items[kept - 1] != out->items[i])
            out->items[kept++] = out->items[i];
    }
    out->count = kept;
    return NULL;
}

/* ---- what is due of one */

static err list_answers(struct retaining *r, str briefing)
{
    struct about_live q = {.target = log_id_hash(r->s, briefing), .limit = PIECE};
    for (size_t i = 0; i < sizeof(ANSWERS) / sizeof(ANSWERS[0]); i++) {
        TRY(log_type_number(r->a, r->s, str_of(ANSWERS[i]), &q.type));
        TRY(about_live_ids(r->a, r->s, &q, &r->due));
    }
    return NULL;
}

/* What an organization told of its own deeds goes on being told (B23). */
static bool is_own_deed(str id)
{
    return str_eq(stix_id_type(id), LIT("action"));
}

/* The briefing goes last: while it is there, the rest is found. */
static err list_record(struct retaining *r, const struct briefing *b, const struct belonging *all)
{
    for (size_t i = 1; i < all->count && r->due.count < PIECE; i++) {
        str id;
        TRY(about_live_id(r->a, r->s, all->items[i], &id));
        if (id.len && !is_own_deed(id))
            *LIST_ADD(r->a, &r->due) = id;
    }
    if (r->due.count < PIECE) {
        *LIST_ADD(r->a, &r->due) = policy_org(r->s->policy, b->group)->id;
        *LIST_ADD(r->a, &r->due) = b->id;
    }
    return NULL;
}

/* Of a briefing that is over for long enough; `*kind` is what is due, for the audit log. */
static err list_due(struct retaining *r, const struct briefing *b, const char **kind)
{
    struct belonging all;
    bool is_whole = briefing_end_us(&b->when) < r->records_before_us;
    belonging_init(&all, r->a);
    if (is_whole || r->cover.objects.count)
        TRY(belonging_add(r->a, r->s, &all, b->id));
    if (belonging_meets(&all, &r->cover.objects))
        return NULL;
    TRY(is_whole ? list_record(r, b, &all) : list_answers(r, b->id));
    if (r->due.count)
        *kind = is_whole ? "the record" : "who answered and was there";
    return NULL;
}

/* `*kind` stays NULL where nothing is due. */
static err find_due(struct retaining *r, str id, const char **kind)
{
    struct reader group;
    struct briefing b;
    err gone = briefing_get_as_group(r->a, r->s, id, &group, &b);
    if (gone)
        return gone->code == ERR_NOT_FOUND ? NULL : gone;
    int64_t end_us = briefing_end_us(&b.when);
    bool is_due = end_us < r->answers_before_us || end_us < r->records_before_us;
    return is_due && !r->cover.is_all ? list_due(r, &b, kind) : NULL;
}

/* ---- dropping it */

static err note_markings(struct retaining *r, str id)
{
    struct log_entries entries = {0};
    TRY(log_entries_of(r->a, r->s, id, r->s->policy->briefings, &entries));
    for (size_t i = 0; i < entries.count; i++) {
        OWNED(parsed_done) struct parsed p = {0};
        TRY(parsed_read(r->a, r->s, &entries.items[i], &p));
        parsed_texts(r->a, p.value, "object_marking_refs", &r->marked);
    }
    return NULL;
}

static err drop_all(struct retaining *r, const struct stix_strs *ids, size_t *entries)
{
    for (size_t i = 0; i < ids->count; i++) {
        size_t dropped;
        TRY(log_drop(r->a, r->s, ids->items[i], r->s->policy->briefings, &dropped));
        *entries += dropped;
    }
    return NULL;
}

/* With the audiences that they are marked with, which are of this briefing alone; the labels stand
 * in another collection. Withdrawing a definition widens nothing (G5). */
static err drop(struct retaining *r, str briefing, const char *kind)
{
    size_t entries = 0;
    for (size_t i = 0; i < r->due.count; i++)
        TRY(note_markings(r, r->due.items[i]));
    TRY(drop_all(r, &r->due, &entries));
    TRY(drop_all(r, &r->marked, &entries));
    const struct audit_row row = {.verb = LIT("retention.drop"),
                                  .object = briefing,
                                  .outcome = LIT("ok"),
                                  .detail = arena_print(r->a, "%s, %zu entries", kind, entries)};
    return audit_put(r->a, r->s, &row);
}

/* ---- the walk */

/* From the place of the walk on, the first of which something is due. */
static err drop_next(struct retaining *r, struct retention *walk, bool *is_done)
{
    struct about_objects all = {0};
    size_t looked = 0;
    TRY(list_briefings(r->a, r->s, &all));
    for (size_t i = 0; i < all.count && looked < BRIEFINGS_AT_ONCE; i++) {
        str id;
        const char *kind = NULL;
        if (walk->has_begun && all.items[i] <= walk->after)
            continue;
        looked++;
        TRY(about_live_id(r->a, r->s, all.items[i], &id));
        if (id.len)
            TRY(find_due(r, id, &kind));
        if (kind) {
            walk->has_dropped = true;
            return drop(r, id, kind); /* and looked at again */
        }
        walk->after = all.items[i];
        walk->has_begun = true;
    }
    *is_done = looked < BRIEFINGS_AT_ONCE;
    return NULL;
}

/* What was dropped is removed; while a backup reads it, with the next walk. */
static err end(struct arena *a, struct store *store, struct retention *walk)
{
    struct admin_purged purged;
    err failure = walk->has_dropped ? admin_purge(a, store, &(struct watch){0}, &purged) : NULL;
    bool is_busy = failure && failure->code == ERR_BUSY;
    *walk = (struct retention){.has_dropped = is_busy};
    return is_busy ? NULL : failure;
}

static err step(struct arena *a, struct store *store, struct retention *walk, int64_t now_us,
                bool *is_done)
{
    OWNED(session_done) struct session s = {0};
    const struct config *config = store_config(store);
    struct retaining r = {.a = a,
                          .s = &s,
                          .answers_before_us = before_us(config->answers_kept_days, now_us),
                          .records_before_us = before_us(config->records_kept_days, now_us)};
    TRY(session_write(a, store, &s));
    TRY(hold_cover_read(a, &s, &r.cover));
    TRY(drop_next(&r, walk, is_done));
    return session_commit(a, &s);
}

err retention_step(struct arena *a, struct store *store, struct retention *walk, int64_t now_us,
                   bool *is_done)
{
    const struct config *config = store_config(store);
    struct retention moved = *walk;
    *is_done = config->answers_kept_days == 0 && config->records_kept_days == 0;
    if (*is_done)
        return NULL;
    TRY(step(a, store, &moved, now_us, is_done));
    *walk = moved;
    return *is_done ? end(a, store, walk) : NULL;
}
