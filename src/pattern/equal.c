/*
 * Equality of trees: structure, operators, paths and constants, not where they stand.
 */
#include "pattern/pattern.h"

/* To the bit: unlike ==, it tells zero from minus zero. */
static bool is_same_real(double a, double b)
{
    uint64_t bits_a;
    uint64_t bits_b;
    memcpy(&bits_a, &a, sizeof(bits_a));
    memcpy(&bits_b, &b, sizeof(bits_b));
    return bits_a == bits_b;
}

static bool is_same_value(const struct pattern_value *a, const struct pattern_value *b)
{
    return a->type == b->type && a->is_true == b->is_true && a->is_integer == b->is_integer &&
           a->integer == b->integer && is_same_real(a->real, b->real) && a->time_us == b->time_us &&
           str_eq(a->text, b->text) && str_eq(a->bytes, b->bytes);
}

static bool is_same_path(const struct pattern_path *a, const struct pattern_path *b)
{
    if (a->count != b->count || !str_eq(a->type, b->type))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct pattern_step *s = &a->steps[i];
        const struct pattern_step *t = &b->steps[i];
        if (s->kind != t->kind || s->index != t->index || s->is_ref != t->is_ref ||
            s->is_refs != t->is_refs || !str_eq(s->name, t->name))
            return false;
    }
    return true;
}

static bool is_same_test(const struct pattern_test *a, const struct pattern_test *b)
{
    if (a->op != b->op || a->is_negated != b->is_negated || a->value_count != b->value_count)
        return false;
    for (size_t i = 0; i < a->value_count; i++) {
        if (!is_same_value(&a->values[i], &b->values[i]))
            return false;
    }
    return is_same_path(&a->path, &b->path);
}

static bool is_same_qualifier(const struct pattern_qualifier *a, const struct pattern_qualifier *b)
{
    return a->kind == b->kind && is_same_value(&a->first, &b->first) &&
           is_same_value(&a->second, &b->second);
}

/* The depth of a tree is bounded, so is this recursion. */
static bool is_same_node(const struct pattern_node *a, const struct pattern_node *b)
{
    if (a->kind != b->kind || a->depth != b->depth || !str_eq(a->type, b->type) ||
        a->qualifier_count != b->qualifier_count)
        return false;
    for (size_t i = 0; i < a->qualifier_count; i++) {
        if (!is_same_qualifier(&a->qualifiers[i], &b->qualifiers[i]))
            return false;
    }
    if (a->kind == PATTERN_TEST)
        return is_same_test(a->test, b->test);
    const struct pattern_node *x = a->first;
    const struct pattern_node *y = b->first;
    for (; x && y; x = x->next, y = y->next) {
        if (!is_same_node(x, y))
            return false;
    }
    return x == y;
}

bool pattern_equal(const struct pattern *a, const struct pattern *b)
{
    return is_same_node(a->root, b->root);
}
