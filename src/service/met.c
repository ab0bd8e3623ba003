/*
 * Who met what was shared. The index finds the sightings of a thing under the audiences that the
 * reader holds, so that what is hidden leaves no trace in the sums.
 */
#include "service/met.h"

#include "base/clock.h"
#include "base/map.h"
#include "service/briefing_parts.h"
#include "service/exercise.h"
#include "service/indexer.h"
#include "service/newest_things.h"
#include "service/object_view.h"
#include "store/search.h"

#define PAGE_SIGHTINGS 100
/* The most that a sighting can say (STIX 2.1 §5.2); of the 2.0 ones, which know no end, as much. */
#define TIMES_MAX 999999999

static const str SIGHTING = LIT_INIT("sighting");

struct sighting {
    str of;
    uint64_t times;
    int64_t first_us; /* 0: it does not say */
    int64_t last_us;
};

/* False for one that says nothing: revoked, or of no time at all. */
static bool read_sighting(struct arena *a, json v, struct sighting *out)
{
    int64_t count = 1;
    if (json_to_i64(json_get(v, LIT("count")), &count) && count < 0)
        count = 0;
    *out = (struct sighting){.of = parsed_text(a, v, "sighting_of_ref"),
                             .times = (uint64_t)(count < TIMES_MAX ? count : TIMES_MAX),
                             .first_us = parsed_time(v, "first_seen"),
                             .last_us = parsed_time(v, "last_seen")};
    if (out->last_us == 0)
        out->last_us = out->first_us;
    if (out->first_us == 0)
        out->first_us = out->last_us;
    return count > 0 && !json_is(json_get(v, LIT("revoked")), JSON_TRUE);
}

static struct met_by *find_source(struct arena *a, const struct session *s, struct met *m,
                                  int64_t contributor)
{
    for (size_t i = 0; i < m->count; i++) {
        if (m->items[i].contributor == contributor)
            return &m->items[i];
    }
    struct met_by *by = LIST_ADD(a, m);
    *by = (struct met_by){.contributor = contributor, .source = briefing_source(a, s, contributor)};
    return by;
}

static void widen(int64_t *first_us, int64_t *last_us, const struct sighting *one)
{
    if (one->first_us && (*first_us == 0 || one->first_us < *first_us))
        *first_us = one->first_us;
    if (one->last_us > *last_us)
        *last_us = one->last_us;
}

static void add_sighting(struct arena *a, const struct session *s, const struct log_entry *e,
                         const struct sighting *one, struct met *m)
{
    struct met_by *by = find_source(a, s, m, e->contributor);
    enum tlp label = audience_get(s->store->audiences, e->clause)->clauses[0].label;
    by->sightings++;
    by->times += one->times;
    by->label = label > by->label ? label : by->label;
    widen(&by->first_us, &by->last_us, one);
    m->times += one->times;
    widen(&m->first_us, &m->last_us, one);
    *LIST_ADD(a, &m->sightings) = *e;
}

/* Which sightings are added up. */
struct adding {
    str id; /* of what */
    size_t sightings_max;
    const struct reader *others; /* than this one's organization and its groups; NULL: all */
    size_t *left;                /* how many more are looked at, whether they count or not */
};

static bool is_ours(const struct reader *r, int64_t contributor)
{
    return contributor == r->org->n || group_is_owned_by(r, contributor);
}

static err add_page(struct arena *a, struct session *s, const struct adding *q,
                    const struct page *page, struct met *m)
{
    size_t i = 0;
    for (; i < page->count && m->sightings.count < q->sightings_max && *q->left; i++, --*q->left) {
        OWNED(json_reader_done) struct json_reader reader = {0};
        const struct page_row *row = &page->items[i];
        struct sighting one;
        json v;
        if (row->body.bytes.len == 0) /* too long to be listed */
            continue;
        TRY(json_read(a, &reader, row->body.bytes, NULL, &v));
        bool is_left_out = q->others && is_ours(q->others, row->entry.contributor);
        if (read_sighting(a, v, &one) && str_eq(one.of, q->id) && !is_left_out)
            add_sighting(a, s, &row->entry, &one, m);
    }
    m->has_more = page->has_more || i < page->count;
    return NULL;
}

/*
 * Whoever names a thing otherwise than as what was met, or takes a sighting back, makes nobody look
 * at more than a stated number of such.
 */
static err add_up(struct arena *a, struct session *s, const struct reader *r,
                  const struct adding *q, struct met *out)
{
    struct search_query search = {
        .named = q->id, .types = &SIGHTING, .type_count = 1, .limit = PAGE_SIGHTINGS};
    struct page page;
    do {
        TRY(search_read(a, s, r, &search, &page));
        TRY(add_page(a, s, q, &page, out));
        search.before = page.last_number;
    } while (page.has_more && out->sightings.count < q->sightings_max && *q->left);
    return NULL;
}

err met_read(struct arena *a, struct session *s, const struct reader *r, const struct met_query *q,
             struct met *out)
{
    ASSERT(q->sightings_max <= MET_SIGHTINGS_MAX);
    size_t left = MET_LOOKED_MAX;
    const struct adding adding = {.id = q->id, .sightings_max = q->sightings_max, .left = &left};
    struct log_entry of;
    struct met met = {0};
    TRY(object_entry_get(a, s, r, q->id, &of));
    TRY(add_up(a, s, r, &adding, &met));
    TRY(search_behind(a, s, r, &met.behind));
    *out = met;
    return NULL;
}

/* ---- what one shared */

struct listing {
    struct session *s;
    const struct reader *r;
    struct map seen; /* things that were looked at for this page */
    size_t left;     /* sightings that may yet be looked at for it */
    struct met_things found;
};

/*
 * Adds the thing of a sighting, if it is ours and this one is the newest of it: there it stands in
 * the list, and nowhere else.
 */
static err add_thing(struct arena *a, struct listing *l, const struct page_row *row)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    struct sighting one;
    json v;
    if (row->body.bytes.len == 0) /* too long to be listed */
        return NULL;
    TRY(json_read(a, &reader, row->body.bytes, NULL, &v));
    if (is_ours(l->r, row->entry.contributor) || !read_sighting(a, v, &one) ||
        map_get(&l->seen, one.of))
        return NULL;
    map_put(&l->seen, one.of, l);
    struct met_thing thing = {.id = one.of, .type = stix_id_type(one.of)};
    const struct adding adding = {one.of, MET_THING_SIGHTINGS_MAX, l->r, &l->left};
    err absent = object_entry_get(a, l->s, l->r, one.of, &thing.entry);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    if (!is_ours(l->r, thing.entry.contributor))
        return NULL;
    TRY(object_title_of(a, l->s, &thing.entry, one.of, &thing.title));
    TRY(add_up(a, l->s, l->r, &adding, &thing.met));
    const struct log_entries *all = &thing.met.sightings;
    if (all->count == 0 && thing.met.has_more) /* too much else names it */
        add_sighting(a, l->s, &row->entry, &one, &thing.met);
    if (all->count == 0 || all->items[0].body != row->entry.body)
        return NULL;
    thing.label = audience_get(l->s->store->audiences, thing.entry.clause)->clauses[0].label;
    thing.is_exercise = exercise_holds(l->s, &thing.entry);
    *LIST_ADD(a, &l->found) = thing;
    return NULL;
}

static bool has_room(const struct listing *l, const struct met_things_query *query)
{
    return l->found.count < query->limit && l->found.count < MET_PAGE_THINGS_MAX && l->left;
}

err met_things_read(struct arena *a, struct session *s, const struct reader *r,
                    const struct met_things_query *query, struct met_things *out)
{
    struct newest_things_query q = {
        .types = &SIGHTING, .type_count = 1, .before = query->before, .limit = PAGE_SIGHTINGS};
    struct listing l = {.s = s, .r = r, .left = MET_LOOKED_MAX};
    map_init(&l.seen, a);
    size_t count = 0;
    do {
        struct newest_things page;
        TRY(newest_things_read(a, s, r, &q, &page));
        q.before = page.next;
        for (size_t i = 0; i < page.count && has_room(&l, query); i++, count++) {
            bool is_last = i + 1 == page.count;
            bool is_past = page.items[i].entry.number > query->since;
            if (is_past)
                TRY(add_thing(a, &l, &page.items[i]));
            q.before = is_last ? page.next : page.items[i].entry.number;
            q.before = is_past ? q.before : 0;
        }
    } while (q.before && has_room(&l, query) && count < MET_PAGE_SIGHTINGS_MAX);
    l.found.next = q.before;
    *out = l.found;
    return NULL;
}

/* ---- for the console */

struct met_walk {
    struct arena *a;
    struct store *store;
    const struct reading_query *q;
    err (*each)(void *context, const struct met_thing *thing);
    void *context;
    struct map told;
    uint32_t newest; /* entry that the last page could have seen */
};

static err read_things(struct arena *a, struct met_walk *w, const struct met_things_query *q,
                       struct met_things *out)
{
    OWNED(session_done) struct session s = {0};
    struct reader reader;
    TRY(reading_go_on(a, w->store, w->q, &s, &reader));
    w->newest = (uint32_t)s.last_number;
    return met_things_read(a, &s, &reader, q, out);
}

static err tell_things(struct met_walk *w, const struct met_things *things)
{
    for (size_t i = 0; i < things->count; i++) {
        const struct met_thing *thing = &things->items[i];
        if (map_get(&w->told, thing->id))
            continue;
        map_put(&w->told, arena_copy(w->a, thing->id), w);
        TRY(w->each(w->context, thing));
    }
    return NULL;
}

/* `q->before` moves along; zero, where no page is left. */
static err walk_page(struct met_walk *w, struct met_things_query *q)
{
    OWNED(arena_done) struct arena scratch = {0};
    struct met_things things = {0};
    err failure = read_things(&scratch, w, q, &things);
    failure = failure ? failure : tell_things(w, &things);
    q->before = things.next;
    if (failure) /* in longer-lived memory */
        return FAIL(w->a, failure->code, "%.*s", STR_ARG(error_text(w->a, failure)));
    return w->q->is_stopped && w->q->is_stopped() ? FAIL(w->a, ERR_TIMEOUT, "stopped as asked")
                                                  : NULL;
}

/*
 * A thing that is met meanwhile moves to the front, which may have been read by then: as long as
 * something was committed between the first page and the last, what is new since is read too.
 */
err met_things_walk(struct arena *a, struct store *store, const struct reading_query *q,
                    err (*each)(void *context, const struct met_thing *thing), void *context)
{
    struct met_walk w = {.a = a, .store = store, .q = q, .each = each, .context = context};
    struct met_things_query page = {.limit = MET_PAGE_THINGS_MAX};
    uint32_t first;
    map_init(&w.told, a);
    TRY(reading_record(a, store, q));
    do {
        TRY(indexer_catch_up(a, store, &(struct watch){0}));
        TRY(walk_page(&w, &page));
        first = w.newest;
        while (page.before)
            TRY(walk_page(&w, &page));
        page.since = first;
    } while (w.newest != first);
    return NULL;
}
