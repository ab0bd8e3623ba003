/*
 * The search for a binding.
 *
 * Only two things need trying one after the other: which side of an OR, and when. WITHIN holds if
 * there is an instant L such that all that is bound ends at L or later and begins before L + x;
 * FOLLOWEDBY if there is an instant T such that what is left of it begins at T or earlier and what
 * is right of it ends at T or later. With L and T chosen (they are times that occur in the data),
 * both are windows for single observations, and what remains is a question of supply: parts that
 * need so many observations out of those that fit, each of which is there number_observed times.
 * That is a flow, kept up to date by augmenting paths: a part takes what is free, or what another
 * part can do without. So an ordinary pattern costs no search at all.
 *
 * The search walks a list of goals: what must still be bound once this part is.
 */
#include "pattern/bind.h"

#include <stdlib.h>

#define DEMANDS_MAX 1024u
#define DEMAND_CELLS_MAX ((size_t)1 << 23) /* of all flows together */
#define FREE_OF_TIME ((struct window){INT64_MIN, INT64_MAX})

/* So many observations out of the leaf's that fit the window. */
struct demand {
    const struct plan *leaf;
    struct window window;
    uint64_t *flow; /* by observation: how many it has of it */
};

struct goal {
    const struct plan *plan;
    struct window window;
    uint64_t times;
    size_t from;    /* ALL, ANY, ORDER: the child that is next */
    size_t instant; /* ORDER: which one was chosen before that child */
    const struct goal *next;
};

struct solver {
    struct arena *arena;
    const struct observed *data;
    uint64_t *budget;
    uint64_t supply; /* all observations there are */
    uint64_t *used;  /* by observation */
    struct demand *demands;
    size_t demand_count;
    const int64_t *firsts; /* all times that occur, in order, each once */
    size_t first_count;
    const int64_t *lasts;
    size_t last_count;
    /* For one search of an augmenting path. */
    uint32_t *from_demand; /* by observation: the demand that reached it, from 1 */
    uint32_t *from_place;  /* by demand: the observation by which it was reached, from 1 */
    uint32_t *queue;       /* demands */
};

static bool spend(struct solver *s, uint64_t cost)
{
    *s->budget = *s->budget > cost ? *s->budget - cost : 0;
    return *s->budget > 0;
}

static bool is_welcome(const struct solver *s, const struct demand *d, uint32_t place)
{
    const struct observation *o = &s->data->items[place];
    return o->first_us <= d->window.first_max && o->last_us >= d->window.last_min;
}

/* Flow. */

static uint64_t left_of(const struct solver *s, uint32_t place)
{
    return s->data->items[place].count - s->used[place];
}

/* Takes what is free. Returns what is still lacking. */
static uint64_t take_free(struct solver *s, struct demand *d, uint64_t need)
{
    for (size_t i = 0; i < d->leaf->hit_count && need; i++) {
        uint32_t place = d->leaf->hits[i];
        if (!is_welcome(s, d, place))
            continue;
        uint64_t taken = left_of(s, place) < need ? left_of(s, place) : need;
        d->flow[place] += taken;
        s->used[place] += taken;
        need -= taken;
    }
    return need;
}

/* Demands that have some of `place` can be reached through it. */
static size_t reach_holders(struct solver *s, uint32_t place, size_t queued)
{
    for (uint32_t e = 0; e < s->demand_count; e++) {
        if (s->from_place[e] || s->demands[e].flow[place] == 0)
            continue;
        s->from_place[e] = place + 1;
        s->queue[queued++] = e;
    }
    return queued;
}

/* Looks for a place with something left, from `start` over what others could give. */
static bool find_path(struct solver *s, uint32_t start, uint32_t *end)
{
    memset(s->from_demand, 0, s->data->count * sizeof(*s->from_demand));
    memset(s->from_place, 0, s->demand_count * sizeof(*s->from_place));
    s->from_place[start] = UINT32_MAX;
    s->queue[0] = start;
    size_t queued = 1;
    for (size_t at = 0; at < queued; at++) {
        uint32_t d = s->queue[at];
        const struct plan *leaf = s->demands[d].leaf;
        if (!spend(s, leaf->hit_count + s->demand_count))
            return false;
        for (size_t i = 0; i < leaf->hit_count; i++) {
            uint32_t place = leaf->hits[i];
            if (s->from_demand[place] || !is_welcome(s, &s->demands[d], place))
                continue;
            s->from_demand[place] = d + 1;
            *end = place;
            if (left_of(s, place))
                return true;
            queued = reach_holders(s, place, queued);
        }
    }
    return false;
}

/* The most that can move along the path that ends at `end`, `most` at most. */
static uint64_t path_width(const struct solver *s, uint32_t start, uint32_t end, uint64_t most)
{
    uint64_t width = left_of(s, end) < most ? left_of(s, end) : most;
    for (uint32_t d = s->from_demand[end] - 1; d != start; d = s->from_demand[end] - 1) {
        end = s->from_place[d] - 1;
        if (s->demands[d].flow[end] < width)
            width = s->demands[d].flow[end];
    }
    return width;
}

static void move_along(struct solver *s, uint32_t start, uint32_t end, uint64_t width)
{
    s->used[end] += width;
    for (;;) {
        uint32_t d = s->from_demand[end] - 1;
        s->demands[d].flow[end] += width;
        if (d == start)
            return;
        end = s->from_place[d] - 1;
        s->demands[d].flow[end] -= width;
    }
}

/* A demand on top of the others; NULL where there are too many to go on. */
static struct demand *push_demand(struct solver *s, const struct goal *g)
{
    size_t places = s->data->count;
    bool is_too_many =
        s->demand_count == DEMANDS_MAX || (s->demand_count + 1) * places > DEMAND_CELLS_MAX;
    if (is_too_many || !spend(s, places + g->plan->hit_count)) {
        *s->budget = 0;
        return NULL;
    }
    struct demand *d = &s->demands[s->demand_count++];
    d->leaf = g->plan;
    d->window = g->window;
    if (d->flow == NULL)
        d->flow = NEW_ARRAY(s->arena, places, uint64_t);
    else
        memset(d->flow, 0, places * sizeof(*d->flow));
    return d;
}

static void pop_demand(struct solver *s)
{
    const struct demand *d = &s->demands[--s->demand_count];
    for (size_t i = 0; i < d->leaf->hit_count; i++)
        s->used[d->leaf->hits[i]] -= d->flow[d->leaf->hits[i]];
}

/* True if the demand on top can have `need` without taking from the others what they need. */
static bool supply_demand(struct solver *s, struct demand *d, uint64_t need)
{
    uint32_t start = (uint32_t)s->demand_count - 1;
    uint32_t end = 0;
    need = take_free(s, d, need);
    while (need && find_path(s, start, &end)) {
        uint64_t width = path_width(s, start, end, need);
        move_along(s, start, end, width);
        need -= width;
    }
    return need == 0;
}

/* Goals. */

static bool solve(struct solver *s, const struct goal *g);

static bool solve_leaf(struct solver *s, const struct goal *g)
{
    struct demand *d = push_demand(s, g);
    if (d == NULL)
        return false;
    if (supply_demand(s, d, g->times) && solve(s, g->next))
        return true;
    pop_demand(s);
    return false;
}

/* All children, each with what binds them together already: the window and the times. */
static bool solve_all(struct solver *s, const struct goal *g)
{
    if (g->from == g->plan->child_count)
        return solve(s, g->next);
    struct goal rest = *g;
    rest.from++;
    struct goal child = {
        .plan = g->plan->children[g->from], .window = g->window, .times = g->times, .next = &rest};
    return solve(s, &child);
}

static bool solve_any_once(struct solver *s, const struct goal *g)
{
    for (size_t i = g->from; i < g->plan->child_count; i++) {
        struct goal child = {
            .plan = g->plan->children[i], .window = g->window, .times = 1, .next = g->next};
        if (solve(s, &child))
            return true;
    }
    return false;
}

/* Of several times, how many fall to the next child: as many as go first. */
static bool solve_any(struct solver *s, const struct goal *g)
{
    if (g->times == 0)
        return solve(s, g->next);
    if (g->times == 1)
        return solve_any_once(s, g);
    bool is_last = g->from + 1 == g->plan->child_count;
    for (uint64_t share = g->times; *s->budget; share--) {
        struct goal rest = *g;
        rest.from++;
        rest.times -= share;
        struct goal child = {.plan = g->plan->children[g->from],
                             .window = g->window,
                             .times = share,
                             .next = is_last ? g->next : &rest};
        if (solve(s, share ? &child : &rest))
            return true;
        if (share == 0 || is_last)
            return false;
    }
    return false;
}

static struct window narrow(struct window a, struct window b)
{
    return (struct window){
        a.last_min > b.last_min ? a.last_min : b.last_min,
        a.first_max < b.first_max ? a.first_max : b.first_max,
    };
}

/* One of several copies, the others behind it. */
static bool solve_one_copy(struct solver *s, const struct goal *g)
{
    struct goal rest = *g;
    rest.times--;
    struct goal one = *g;
    one.times = 1;
    one.next = &rest;
    return solve(s, &one);
}

static bool solve_within(struct solver *s, const struct goal *g)
{
    if (g->times > 1)
        return solve_one_copy(s, g);
    for (size_t i = 0; i < s->last_count && spend(s, 1); i++) {
        struct window near = {s->lasts[i], s->lasts[i] + g->plan->within_us - 1};
        struct goal child = {.plan = g->plan->children[0],
                             .window = narrow(g->window, near),
                             .times = 1,
                             .next = g->next};
        if (solve(s, &child))
            return true;
    }
    return false;
}

/* The child that is next ends at the instant before it or later, and begins at the next or earlier.
 */
static bool solve_order(struct solver *s, const struct goal *g)
{
    if (g->times > 1)
        return solve_one_copy(s, g);
    bool is_last = g->from + 1 == g->plan->child_count;
    struct goal child = {.plan = g->plan->children[g->from], .times = 1, .next = g->next};
    struct window behind = g->window;
    if (g->from > 0)
        behind = narrow(behind, (struct window){s->firsts[g->instant], INT64_MAX});
    if (is_last) {
        child.window = behind;
        return solve(s, &child);
    }
    for (size_t i = g->instant; i < s->first_count && spend(s, 1); i++) {
        struct goal rest = *g;
        rest.from++;
        rest.instant = i;
        child.window = narrow(behind, (struct window){INT64_MIN, s->firsts[i]});
        child.next = &rest;
        if (solve(s, &child))
            return true;
    }
    return false;
}

static bool solve_repeat(struct solver *s, const struct goal *g)
{
    uint64_t times = 0;
    if (__builtin_mul_overflow(g->times, g->plan->times, &times) || times > s->supply)
        return false;
    struct goal child = {
        .plan = g->plan->children[0], .window = g->window, .times = times, .next = g->next};
    return solve(s, &child);
}

static bool solve_window(struct solver *s, const struct goal *g)
{
    struct goal child = {.plan = g->plan->children[0],
                         .window = narrow(g->window, g->plan->window),
                         .times = g->times,
                         .next = g->next};
    return solve(s, &child);
}

static bool solve(struct solver *s, const struct goal *g)
{
    if (g == NULL)
        return true;
    if (!spend(s, 1) || g->plan->is_impossible)
        return false;
    switch (g->plan->kind) {
    case PLAN_LEAF:
        return solve_leaf(s, g);
    case PLAN_ALL:
        return solve_all(s, g);
    case PLAN_ANY:
        return solve_any(s, g);
    case PLAN_ORDER:
        return solve_order(s, g);
    case PLAN_REPEAT:
        return solve_repeat(s, g);
    case PLAN_WITHIN:
        return solve_within(s, g);
    case PLAN_WINDOW:
        break;
    }
    return solve_window(s, g);
}

/* Setting up. */

static int compare_times(const void *left, const void *right)
{
    const int64_t *a = left;
    const int64_t *b = right;
    return (*a > *b) - (*a < *b);
}

/* Sorts, and leaves one of each. */
static size_t settle_times(int64_t *times, size_t count)
{
    qsort(times, count, sizeof(*times), compare_times);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || times[kept - 1] != times[i])
            times[kept++] = times[i];
    }
    return kept;
}

static void gather_times(struct solver *s)
{
    size_t count = s->data->count;
    int64_t *firsts = NEW_ARRAY(s->arena, count, int64_t);
    int64_t *lasts = NEW_ARRAY(s->arena, count, int64_t);
    for (size_t i = 0; i < count; i++) {
        firsts[i] = s->data->items[i].first_us;
        lasts[i] = s->data->items[i].last_us;
        s->supply += s->data->items[i].count;
    }
    s->firsts = firsts;
    s->first_count = settle_times(firsts, count);
    s->lasts = lasts;
    s->last_count = settle_times(lasts, count);
}

static void put_bound(struct solver *s, const uint32_t **bound, size_t *count)
{
    uint32_t *places = NEW_ARRAY(s->arena, s->data->count, uint32_t);
    size_t found = 0;
    for (size_t i = 0; i < s->data->count; i++) {
        if (s->used[i])
            places[found++] = (uint32_t)i;
    }
    *bound = places;
    *count = found;
}

/* A plan of one observation needs no search. */
static bool bind_leaf(struct arena *a, const struct plan *leaf, const uint32_t **bound,
                      size_t *count)
{
    uint32_t *first = NEW(a, uint32_t);
    *first = leaf->hits[0];
    *bound = first;
    *count = 1;
    return true;
}

bool bind_find(struct arena *a, const struct plan *plan, const struct observed *data,
               uint64_t *budget, const uint32_t **bound, size_t *count)
{
    if (plan->is_impossible)
        return false;
    if (plan->kind == PLAN_LEAF)
        return bind_leaf(a, plan, bound, count);
    struct solver s = {.arena = a, .data = data, .budget = budget};
    gather_times(&s);
    s.used = NEW_ARRAY(a, data->count, uint64_t);
    s.from_demand = NEW_ARRAY(a, data->count, uint32_t);
    s.demands = NEW_ARRAY(a, DEMANDS_MAX, struct demand);
    s.from_place = NEW_ARRAY(a, DEMANDS_MAX, uint32_t);
    s.queue = NEW_ARRAY(a, DEMANDS_MAX, uint32_t);
    struct goal whole = {.plan = plan, .window = FREE_OF_TIME, .times = 1};
    if (!solve(&s, &whole))
        return false;
    put_bound(&s, bound, count);
    return true;
}
