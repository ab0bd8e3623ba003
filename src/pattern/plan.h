/*
 * A pattern over given data as a plan: which observations each [ … ] matches is found already, what
 * is left is to bind different observations to its parts (pattern/bind.h).
 */
#ifndef TOCSIN_PATTERN_PLAN_H
#define TOCSIN_PATTERN_PLAN_H

#include "pattern/evaluate.h"
#include "pattern/operate.h"

enum plan_kind {
    PLAN_LEAF,   /* one of `hits` */
    PLAN_ALL,    /* each of the children */
    PLAN_ANY,    /* one of the children */
    PLAN_ORDER,  /* each of the children, one behind the other */
    PLAN_REPEAT, /* the child `times` over */
    PLAN_WITHIN, /* the child, all in less than `within_us` */
    PLAN_WINDOW, /* the child, all in `window` */
};

/* Which observations are welcome: those that may be at an instant of it. */
struct window {
    int64_t last_min;  /* last_observed at least this */
    int64_t first_max; /* first_observed at most this */
};

struct plan {
    enum plan_kind kind;
    bool is_impossible; /* nothing can be bound */
    const uint32_t *hits;
    size_t hit_count;
    const struct plan **children;
    size_t child_count;
    uint64_t times;
    int64_t within_us;
    struct window window;
};

/* Evaluates every [ … ] of the tree at `node` over `data`. */
const struct plan *plan_make(struct arena *a, const struct pattern_node *node,
                             const struct observed *data, struct operation *run);

#endif
