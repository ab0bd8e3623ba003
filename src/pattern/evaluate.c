/*
 * Evaluation: the plan of a pattern over the data, and a binding of it.
 */
#include "pattern/evaluate.h"

#include "pattern/bind.h"
#include "pattern/operate.h"
#include "pattern/path.h"
#include "pattern/plan.h"

typedef err test_fn(struct arena *a, str text, struct pattern_test *t);

/* Calls `fn` for each comparison below `n`, until it fails. Depth is bounded by the parser. */
static err each_test(struct arena *a, str text, struct pattern_node *n, test_fn *fn)
{
    if (n->test)
        return fn(a, text, n->test);
    for (struct pattern_node *child = n->first; child; child = child->next)
        TRY(each_test(a, text, child, fn));
    return NULL;
}

err pattern_prepare(struct arena *a, struct pattern *p)
{
    return each_test(a, p->text, p->root, operate_prepare);
}

static err release_test(struct arena *a, str text, struct pattern_test *t)
{
    (void)a;
    (void)text;
    operate_release(t);
    return NULL;
}

void pattern_release(struct pattern *p)
{
    err none = p ? each_test(NULL, p->text, p->root, release_test) : NULL;
    ASSERT(none == NULL);
}

static err give_up(struct arena *a, const struct operation *run)
{
    if (run->is_regex_beyond)
        return FAIL(a, ERR_TOO_LARGE,
                    "a regular expression of the pattern takes more than %u steps on one value",
                    REGEX_MATCH_LIMIT);
    return FAIL(a, ERR_TOO_LARGE, "the pattern takes more than %llu steps over these observations",
                (unsigned long long)PATTERN_STEPS_LIMIT);
}

err pattern_evaluate(struct arena *a, const struct pattern *p, const struct observed *data,
                     struct pattern_verdict *out)
{
    OWNED(arena_done) struct arena scratch = {0};
    struct operation run = {.scratch = &scratch, .budget = PATTERN_STEPS_LIMIT};
    struct pattern_verdict verdict = {0};
    const struct plan *plan = plan_make(a, p->root, data, &run);
    verdict.is_match = bind_find(a, plan, data, &run.budget, &verdict.observations, &verdict.count);
    if (run.budget == 0)
        return give_up(a, &run);
    *out = verdict;
    return NULL;
}

bool pattern_each_value(const struct pattern_path *path, const struct observation *where,
                        json object, pattern_value_fn *fn, void *context)
{
    struct path_walk walk = {.path = path, .where = where, .fn = fn, .context = context};
    return path_walk(&walk, object);
}
