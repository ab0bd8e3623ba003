/*
 * Making plans. What can be said before any binding is said here: an OR of plain observations is
 * one observation, and what needs an observation that nothing matches is impossible.
 */
#include "pattern/plan.h"

#include "pattern/path.h"

struct planning {
    struct arena *arena;
    const struct observed *data;
    struct operation *run;
};

/* Comparisons. */

struct test_walk {
    const struct pattern_test *test;
    struct operation *run;
};

static bool is_value_true(void *context, json value)
{
    const struct test_walk *w = context;
    const struct pattern_test *t = w->test;
    struct subject s = subject_of(w->run->scratch, path_property(&t->path), value);
    return t->op->is_true(t, &s, w->run) != (t->is_negated && t->op->id != PATTERN_EXISTS);
}

static bool is_test_true(const struct pattern_test *t, const struct observation *where, json object,
                         struct operation *run)
{
    struct test_walk context = {t, run};
    struct path_walk walk = {.path = &t->path,
                             .where = where,
                             .fn = is_value_true,
                             .context = &context,
                             .budget = &run->budget};
    bool is_true = path_walk(&walk, object);
    if (t->op->id == PATTERN_EXISTS && t->is_negated)
        return !is_true && str_eq(json_get_string(object, LIT("type")), t->path.type);
    return is_true;
}

/* The tree's depth is bounded by PATTERN_DEPTH_MAX. */
static bool is_node_true(const struct pattern_node *n, const struct observation *where, json object,
                         struct operation *run)
{
    if (n->kind == PATTERN_TEST)
        return is_test_true(n->test, where, object, run);
    bool is_and = n->kind == PATTERN_TEST_AND;
    for (const struct pattern_node *child = n->first; child; child = child->next) {
        if (is_node_true(child, where, object, run) != is_and)
            return !is_and;
    }
    return is_and;
}

static bool is_observation_true(struct planning *p, const struct pattern_node *inside,
                                const struct observation *where)
{
    for (size_t i = 0; i < where->object_count; i++) {
        arena_reset(p->run->scratch);
        if (is_node_true(inside, where, where->objects[i], p->run))
            return true;
    }
    return false;
}

/* Plans. */

static struct plan *new_plan(struct planning *p, enum plan_kind kind)
{
    struct plan *plan = NEW(p->arena, struct plan);
    plan->kind = kind;
    return plan;
}

static const struct plan *plan_observation(struct planning *p, const struct pattern_node *n)
{
    uint32_t *hits = NEW_ARRAY(p->arena, p->data->count, uint32_t);
    struct plan *plan = new_plan(p, PLAN_LEAF);
    for (size_t i = 0; i < p->data->count; i++) {
        if (is_observation_true(p, n->first, &p->data->items[i]))
            hits[plan->hit_count++] = (uint32_t)i;
    }
    plan->hits = hits;
    plan->is_impossible = plan->hit_count == 0;
    return plan;
}

static size_t count_children(const struct pattern_node *n)
{
    size_t count = 0;
    for (const struct pattern_node *child = n->first; child; child = child->next)
        count++;
    return count;
}

/* One observation that any of the plain ones takes. */
static const struct plan *merge_leaves(struct planning *p, const struct plan *any)
{
    bool *is_hit = NEW_ARRAY(p->arena, p->data->count, bool);
    for (size_t i = 0; i < any->child_count; i++) {
        const struct plan *leaf = any->children[i];
        if (leaf->kind != PLAN_LEAF)
            return any;
        for (size_t k = 0; k < leaf->hit_count; k++)
            is_hit[leaf->hits[k]] = true;
    }
    struct plan *merged = new_plan(p, PLAN_LEAF);
    uint32_t *hits = NEW_ARRAY(p->arena, p->data->count, uint32_t);
    for (size_t i = 0; i < p->data->count; i++) {
        if (is_hit[i])
            hits[merged->hit_count++] = (uint32_t)i;
    }
    merged->hits = hits;
    merged->is_impossible = merged->hit_count == 0;
    return merged;
}

static const struct plan *plan_node(struct planning *p, const struct pattern_node *n);

static const struct plan *plan_children(struct planning *p, const struct pattern_node *n,
                                        enum plan_kind kind)
{
    struct plan *plan = new_plan(p, kind);
    plan->children = NEW_ARRAY(p->arena, count_children(n), const struct plan *);
    for (const struct pattern_node *child = n->first; child; child = child->next) {
        const struct plan *one = plan_node(p, child);
        if (!one->is_impossible)
            plan->children[plan->child_count++] = one;
        else if (kind != PLAN_ANY)
            plan->is_impossible = true;
    }
    if (kind == PLAN_ANY)
        plan->is_impossible = plan->child_count == 0;
    return kind == PLAN_ANY ? merge_leaves(p, plan) : plan;
}

static const struct plan *wrap(struct planning *p, struct plan *outer, const struct plan *inner)
{
    outer->children = NEW(p->arena, const struct plan *);
    outer->children[0] = inner;
    outer->child_count = 1;
    outer->is_impossible = inner->is_impossible;
    return outer;
}

/* Microseconds that are less than this many seconds. */
static int64_t seconds_as_us(const struct pattern_value *seconds)
{
    double us = seconds->real * 1e6;
    if (us >= (double)INT64_MAX / 4)
        return INT64_MAX / 4;
    int64_t whole = (int64_t)us;
    return (double)whole < us ? whole + 1 : whole;
}

static const struct plan *qualify(struct planning *p, const struct plan *inner,
                                  const struct pattern_qualifier *q)
{
    struct plan *plan = NULL;
    switch (q->kind) {
    case PATTERN_REPEATS:
        plan = new_plan(p, PLAN_REPEAT);
        plan->times = q->first.is_integer ? (uint64_t)q->first.integer : UINT64_MAX;
        break;
    case PATTERN_WITHIN:
        /* One observation is within any time. */
        if (inner->kind == PLAN_LEAF)
            return inner;
        plan = new_plan(p, PLAN_WITHIN);
        plan->within_us = seconds_as_us(&q->first);
        break;
    case PATTERN_START_STOP:
        plan = new_plan(p, PLAN_WINDOW);
        plan->window = (struct window){q->first.time_us, q->second.time_us - 1};
        if (q->first.time_us >= q->second.time_us)
            plan->is_impossible = true;
        break;
    }
    bool was_impossible = plan->is_impossible;
    const struct plan *wrapped = wrap(p, plan, inner);
    plan->is_impossible |= was_impossible;
    return wrapped;
}

static const struct plan *plan_node(struct planning *p, const struct pattern_node *n)
{
    switch (n->kind) {
    case PATTERN_OBSERVATION:
        return plan_observation(p, n);
    case PATTERN_OR:
        return plan_children(p, n, PLAN_ANY);
    case PATTERN_FOLLOWEDBY:
        return plan_children(p, n, PLAN_ORDER);
    case PATTERN_QUALIFIED: {
        const struct plan *plan = plan_node(p, n->first);
        for (size_t i = 0; i < n->qualifier_count; i++)
            plan = qualify(p, plan, &n->qualifiers[i]);
        return plan;
    }
    default:
        return plan_children(p, n, PLAN_ALL);
    }
}

const struct plan *plan_make(struct arena *a, const struct pattern_node *node,
                             const struct observed *data, struct operation *run)
{
    struct planning p = {a, data, run};
    return plan_node(&p, node);
}
