/*
 * What of all briefings that a reader ever got still concerns them, at a cost that follows from
 * that: the view gives numbers, and what is long over is known by its number alone (store/ends.h).
 */
#include "service/briefing_current.h"

#include "base/map.h"
#include "service/briefing_answer.h"
#include "service/briefing_parts.h"
#include "store/ends.h"

#define HITS_MAX 512
/* An edition held later than this after the one before is told of on that one's page alone. */
#define CONTINUED_WITHIN_US (365 * US_PER_DAY)

/* Each briefing that the reader may read, by the newest version of it. */
struct seen {
    uint32_t number;
    struct entry_end end;
};
struct seen_list {
    struct seen *items;
    size_t count;
    size_t capacity;
    struct map places; /* by object: where in `items` */
};

static err read_end(struct arena *a, struct session *s, uint32_t number, struct entry_end *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    struct log_entry e;
    struct briefing_when when;
    if (ends_get(s->store->ends, number, out))
        return NULL;
    TRY(log_entry_get(a, s, number, &e));
    TRY(parsed_read(a, s, &e, &p));
    briefing_when_read(a, s, p.value, &when);
    *out = (struct entry_end){.end_us = briefing_end_us(&when), .object = log_id_hash(s, p.id)};
    ends_put(s->store->ends, number, out);
    return NULL;
}

static str key_of(const int64_t *object)
{
    return (str){(const char *)object, sizeof(*object)};
}

static const size_t *find_seen(const struct seen_list *all, int64_t object)
{
    return map_get(&all->places, key_of(&object));
}

/* Numbers come in the order of the log: a later one is of a newer version. */
static void add_seen(struct arena *a, uint32_t number, const struct entry_end *end,
                     struct seen_list *out)
{
    const size_t *place = find_seen(out, end->object);
    if (place) {
        out->items[*place] = (struct seen){number, *end};
        return;
    }
    size_t *made = NEW(a, size_t);
    *made = out->count;
    *LIST_ADD(a, out) = (struct seen){number, *end};
    map_put(&out->places, arena_copy(a, key_of(&end->object)), made);
}

/*
 * The view also holds versions of some briefings that are not the newest any more: those of which
 * the newer ones went to other readers.
 */
static err see_all(struct arena *a, struct session *s, const struct reader *r, uint32_t type,
                   struct seen_list *out)
{
    struct view_query q = {.collection = s->policy->briefings,
                           .types = &type,
                           .type_count = 1,
                           .is_newest_only = true};
    struct view_hit hits[HITS_MAX];
    struct view_hits found = {.items = hits, .count = HITS_MAX, .max = HITS_MAX};
    reader_audiences(s, r, &q.audiences, &q.audience_count, &q.generation);
    while (found.count == HITS_MAX) {
        TRY(views_walk(a, s->store->views, s->db, &q, &found));
        for (size_t i = 0; i < found.count; i++) {
            struct entry_end end;
            q.after = hits[i].number;
            TRY(read_end(a, s, q.after, &end));
            add_seen(a, q.after, &end, out);
        }
    }
    return NULL;
}

/* If the reader hosts it or is invited. */
static err add_theirs(struct arena *a, struct session *s, const struct reader *r, uint32_t number,
                      struct briefings *out)
{
    struct briefing_invitation invitation = {0};
    struct log_entry e;
    struct briefing b;
    str id;
    TRY(log_entry_get(a, s, number, &e));
    TRY(log_body_id(a, s, e.body, &id));
    TRY(briefing_get(a, s, r, id, &b));
    if (!b.is_host)
        TRY(briefing_find_invitation(a, s, r, id, r->person->id, &invitation));
    if (b.is_host || invitation.id.len)
        *LIST_ADD(a, out) = b;
    return NULL;
}

static err has_hidden_next(struct arena *a, struct session *s, const struct seen_list *all,
                           const struct seen *one, uint32_t type, bool *out)
{
    struct about_objects next = {0};
    TRY(about_objects_get(a, s, one->end.object, type, &next));
    *out = false;
    for (size_t i = 0; i < next.count; i++)
        *out |= find_seen(all, next.items[i]) == NULL;
    return NULL;
}

err briefing_list_current(struct arena *a, struct session *s, const struct reader *r,
                          int64_t since_us, struct briefings_current *out)
{
    struct seen_list all = {0};
    uint32_t type;
    ASSERT(r->org && r->person);
    map_init(&all.places, a);
    TRY(log_type_number(a, s, LIT("briefing"), &type));
    if (type)
        TRY(see_all(a, s, r, type, &all));
    for (size_t i = 0; i < all.count; i++) {
        const struct seen *one = &all.items[i];
        bool is_continued = false;
        if (one->end.end_us > since_us) {
            TRY(add_theirs(a, s, r, one->number, &out->open));
            continue;
        }
        if (one->end.end_us > since_us - CONTINUED_WITHIN_US)
            TRY(has_hidden_next(a, s, &all, one, type, &is_continued));
        if (is_continued)
            TRY(add_theirs(a, s, r, one->number, &out->continued));
    }
    return NULL;
}
