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
    struct stix_strs due; /* objects of one briefing */
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

/* The briefing goes last: while it is there, the rest is found. */
static err list_record(struct retaining *r, str briefing)
{
    struct belonging all;
    belonging_init(&all, r->a);
    TRY(belonging_add(r->a, r->s, &all, briefing));
    for (size_t i = 1; i < all.count && r->due.count < PIECE; i++) {
        str id;
        TRY(about_live_id(r->a, r->s, all.items[i], &id));
        if (id.len)
            *LIST_ADD(r->a, &r->due) = id;
    }
    if (r->due.count < PIECE)
        *LIST_ADD(r->a, &r->due) = briefing;
    return NULL;
}

/* `*kind` is what of it is due, for the audit log; NULL: nothing. */
static err find_due(struct retaining *r, str id, const char **kind)
{
    struct reader group;
    struct briefing b;
    *kind = NULL;
    if (hold_covers(r->s, &r->cover, id))
        return NULL;
    err gone = briefing_get_as_group(r->a, r->s, id, &group, &b);
    if (gone)
        return gone->code == ERR_NOT_FOUND ? NULL : gone;
    int64_t end_us = briefing_end_us(&b.when);
    bool is_whole = end_us < r->records_before_us;
    if (is_whole)
        TRY(list_record(r, id));
    else if (end_us < r->answers_before_us)
        TRY(list_answers(r, id));
    *kind = r->due.count == 0 ? NULL : is_whole ? "the record" : "who answered and was there";
    return NULL;
}

static err drop(struct retaining *r, str briefing, const char *kind)
{
    size_t entries = 0;
    for (size_t i = 0; i < r->due.count && i < PIECE; i++) {
        size_t dropped;
        TRY(log_drop(r->a, r->s, r->due.items[i], r->s->policy->briefings, &dropped));
        entries += dropped;
    }
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

/* What was dropped is removed; while a backup reads, it is the next day. */
static err end(struct arena *a, struct store *store, struct retention *walk)
{
    struct admin_purged purged;
    err failure = walk->has_dropped ? admin_purge(a, store, &purged) : NULL;
    *walk = (struct retention){0};
    return failure && failure->code != ERR_BUSY ? failure : NULL;
}

static err step(struct arena *a, struct store *store, struct retaining r, struct retention *walk,
                bool *is_done)
{
    OWNED(session_done) struct session s = {0};
    r.s = &s;
    TRY(session_write(a, store, &s));
    TRY(hold_cover_read(a, &s, &r.cover));
    TRY(drop_next(&r, walk, is_done));
    return session_commit(a, &s);
}

err retention_step(struct arena *a, struct store *store, struct retention *walk, int64_t now_us,
                   bool *is_done)
{
    const struct config *config = store_config(store);
    const struct retaining r = {.a = a,
                                .answers_before_us = before_us(config->answers_kept_days, now_us),
                                .records_before_us = before_us(config->records_kept_days, now_us)};
    struct retention moved = *walk;
    *is_done = config->answers_kept_days == 0 && config->records_kept_days == 0;
    if (*is_done)
        return NULL;
    TRY(step(a, store, r, &moved, is_done));
    *walk = moved;
    return *is_done ? end(a, store, walk) : NULL;
}
