/*
 * What pointing objects carry (G6): the audiences of all that they point at, worked out together
 * for the whole submission, round by round, until nothing more is carried; and what those ends
 * await.
 */
#include "store/log_outlook_parts.h"

#include "base/clock.h"
#include "store/log_await.h"

#include <stdlib.h>

#define ROUNDS_MAX 64
#define INHERITED_MAX 256 /* objects that are awaited, through what an object points at */
#define CLAUSES_NEW_MAX ((size_t)200000)
#define CARRYING_US_MAX INT64_C(60000000)

static void inherit_awaited(struct outlook *o, struct extra *x, int64_t hash, bool *has_grown)
{
    for (size_t i = 0; i < x->awaited.count; i++) {
        if (x->awaited.items[i] == hash)
            return;
    }
    *LIST_ADD(o->a, &x->awaited) = hash;
    *has_grown = true;
}

static void inherit_carried(struct outlook *o, struct extra *x, uint32_t number, bool *has_grown)
{
    for (size_t i = 0; i < x->carried.count; i++) {
        if (x->carried.items[i] == number)
            return;
    }
    *LIST_ADD(o->a, &x->carried) = number;
    *has_grown = true;
}

static void refuse_awaiting(struct outlook *o, struct extra *x)
{
    x->refusal = arena_print(o->a,
                             "what this object points at awaits more than %d objects that are "
                             "not here yet; send those first",
                             INHERITED_MAX);
}

/* What a pointing end of the submission still awaits, whatever points at it awaits too. */
static void inherit(struct outlook *o, struct extra *x, const struct extra *from, bool *has_grown)
{
    if (x == from || x->refusal.len)
        return;
    for (size_t i = 0; i < from->awaited.count; i++)
        inherit_awaited(o, x, from->awaited.items[i], has_grown);
    size_t carried = x->carried.count;
    for (size_t i = 0; i < from->carried.count; i++)
        inherit_carried(o, x, from->carried.items[i], has_grown);
    if (x->carried.count > carried)
        x->stored_awaits += from->stored_awaits;
    if (x->awaited.count + x->carried.count > INHERITED_MAX &&
        from->awaited.count + from->carried.count > 0)
        refuse_awaiting(o, x);
    if (x->stored_awaits > INHERITED_MAX)
        refuse_awaiting(o, x);
}

/* What points at something of an exercise belongs to the exercise (B25). */
static void inherit_exercise(struct extra *x, bool is_exercise, bool *has_grown)
{
    *has_grown |= is_exercise && !x->is_exercise;
    x->is_exercise |= is_exercise;
}

/* The audience of one end in a collection; what that end still awaits is inherited. */
static uint32_t end_audience(struct outlook *o, struct extra *x, const struct link *link, size_t k,
                             bool *has_grown)
{
    inherit_exercise(x, link->flags & ENTRY_IS_EXERCISE, has_grown);
    if (link->index == UINT32_MAX)
        return link->audience;
    const struct looked_at *end = &o->all.items[link->index];
    const struct combination *marked = &o->combinations.items[end->combination];
    const struct extra *its = end->extra == NOT_POINTING ? NULL : &o->extras.items[end->extra];
    inherit_exercise(x, marked->sum.is_exercise || (its && its->is_exercise), has_grown);
    if (its == NULL || its->is_container)
        return marked->clauses[k];
    inherit(o, x, its, has_grown);
    return its->audiences[k];
}

struct numbers {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

static int number_order(const void *a, const void *b)
{
    const uint32_t *one = a;
    const uint32_t *two = b;
    return (*one > *two) - (*one < *two);
}

/* The union of audiences, made in one step: those in between would stay for good. */
static err unite(struct arena *a, struct session *s, struct numbers *from, uint32_t *out)
{
    qsort(from->items, from->count, sizeof(*from->items), number_order);
    struct {
        struct gate_clause *items;
        size_t count;
        size_t capacity;
    } clauses = {0};
    for (size_t i = 0; i < from->count; i++) {
        if (i > 0 && from->items[i] == from->items[i - 1])
            continue;
        const struct gate_audience *one = audience_get(s->store->audiences, from->items[i]);
        for (size_t k = 0; k < one->count; k++)
            *LIST_ADD(a, &clauses) = one->clauses[k];
    }
    const struct gate_audience united = {clauses.items, clauses.count};
    return audience_intern(a, s->store->audiences, s->db, &united, out);
}

/* Others wait meanwhile, and what is added to the audiences stays: both have limits. */
static err check_limits(struct arena *a, const struct session *s, struct outlook *o)
{
    if (clock_monotonic_us() > o->until_us)
        return FAIL(a, ERR_TOO_LARGE,
                    "these objects point at each other in ways that take too long to follow; send "
                    "fewer at once");
    size_t count;
    size_t named_count;
    audience_table_counts(s->store->audiences, &count, &named_count);
    for (; o->audience_count < count; o->audience_count++)
        o->clause_count +=
            audience_get(s->store->audiences, (uint32_t)o->audience_count + 1)->count;
    if (o->clause_count > CLAUSES_NEW_MAX)
        return FAIL(a, ERR_TOO_LARGE,
                    "what the objects of this submission point at is shared with too many "
                    "different audiences; send fewer at once");
    return NULL;
}

/* Adds the audiences of all ends of one pointing object to its own. */
static err carry_into(struct arena *a, struct session *s, struct outlook *o, struct extra *x,
                      bool *has_grown)
{
    for (size_t k = 0; k < o->sub.collection_count; k++) {
        struct numbers from = {0};
        *LIST_ADD(a, &from) = x->audiences[k];
        for (size_t l = 0; l < x->links[k].count; l++) {
            uint32_t audience = end_audience(o, x, &x->links[k].items[l], k, has_grown);
            if (audience != from.items[from.count - 1])
                *LIST_ADD(a, &from) = audience;
        }
        if (from.count == 1)
            continue;
        uint32_t united;
        TRY(unite(a, s, &from, &united));
        *has_grown |= united != x->audiences[k];
        x->audiences[k] = united;
        TRY(check_limits(a, s, o));
    }
    return NULL;
}

/*
 * One more round: true if anything grew. Rounds go back and forth, since objects mostly stand in
 * the order, or against the order, in which they point at each other.
 */
static err carry(struct arena *a, struct session *s, struct outlook *o, bool is_backwards,
                 bool *has_grown)
{
    *has_grown = false;
    for (size_t i = 0; i < o->extras.count; i++) {
        struct extra *x = &o->extras.items[is_backwards ? o->extras.count - 1 - i : i];
        if (!x->is_container)
            TRY(carry_into(a, s, o, x, has_grown));
    }
    return NULL;
}

err outlook_note_carried(struct arena *a, struct session *s, struct outlook *o, struct extra *x)
{
    for (size_t k = 0; k < o->sub.collection_count; k++) {
        for (size_t l = 0; l < x->links[k].count && x->refusal.len == 0; l++) {
            const struct link *link = &x->links[k].items[l];
            if (link->index != UINT32_MAX || !(link->flags & ENTRY_IS_POINTING))
                continue;
            size_t awaits;
            TRY(log_await_count(a, s, link->number, INHERITED_MAX + 1, &awaits));
            if (awaits == 0)
                continue;
            *LIST_ADD(o->a, &x->carried) = link->number;
            x->stored_awaits += awaits;
            if (x->stored_awaits > INHERITED_MAX)
                refuse_awaiting(o, x);
        }
    }
    return NULL;
}

err outlook_carry(struct arena *a, struct session *s, struct outlook *o)
{
    size_t named_count;
    audience_table_counts(s->store->audiences, &o->audience_count, &named_count);
    o->until_us = clock_monotonic_us() + CARRYING_US_MAX;
    bool has_grown = o->extras.count > 0;
    for (unsigned round = 0; has_grown; round++) {
        if (round == ROUNDS_MAX)
            return FAIL(a, ERR_INVALID, "objects point at each other in more than %d steps",
                        ROUNDS_MAX);
        TRY(carry(a, s, o, round % 2 == 1, &has_grown));
    }
    return NULL;
}
