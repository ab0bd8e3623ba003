/*
 * Explaining: the words of an operator stand in its row of ops.c.
 */
#include "pattern/explain.h"

static void put_indent(unsigned level, struct buf *to)
{
    for (unsigned i = 0; i < level; i++)
        buf_put(to, LIT("  "));
}

static void put_values(const struct pattern_test *t, struct buf *to)
{
    for (size_t i = 0; i < t->value_count; i++) {
        buf_put(to, i ? LIT(", ") : LIT(" "));
        pattern_write_value(&t->values[i], to);
    }
    if (t->op->takes == PATTERN_TAKES_SET && t->value_count == 0)
        buf_put(to, LIT(" nothing"));
    if (t->op->id == PATTERN_LIKE)
        buf_put(to, LIT(" (% is any text, _ any character)"));
}

static void put_test(const struct pattern_test *t, struct buf *to)
{
    if (t->is_negated)
        buf_put(to, LIT("it is not so that "));
    pattern_write_path(&t->path, to);
    buf_print(to, " %s", t->op->words);
    put_values(t, to);
}

static const char *head_of(const struct pattern_node *n)
{
    switch (n->kind) {
    case PATTERN_OBSERVATION:
        return "one observation with an object of which";
    case PATTERN_TEST_AND:
        return "all of these are true";
    case PATTERN_TEST_OR:
        return "at least one of these is true";
    case PATTERN_AND:
        return "all of these, in different observations, in any order";
    case PATTERN_OR:
        return "at least one of these";
    case PATTERN_FOLLOWEDBY:
        return "these, in different observations, one behind the other";
    default:
        return "";
    }
}

static void put_qualifier(const struct pattern_qualifier *q, struct buf *to)
{
    switch (q->kind) {
    case PATTERN_WITHIN:
        buf_put(to, LIT("all within less than "));
        pattern_write_value(&q->first, to);
        buf_put(to, LIT(" seconds:"));
        break;
    case PATTERN_REPEATS:
        pattern_write_value(&q->first, to);
        buf_put(to, LIT(" times, each with different observations:"));
        break;
    case PATTERN_START_STOP:
        buf_print(to, "from %.*s until before %.*s:", STR_ARG(q->first.text),
                  STR_ARG(q->second.text));
        break;
    }
    buf_put_char(to, '\n');
}

/* The depth of the tree is bounded by the parser. */
static void explain_node(const struct pattern_node *n, unsigned level, struct buf *to)
{
    /* The last qualifier holds for what the ones before it made. */
    for (size_t i = n->qualifier_count; i > 0; i--) {
        put_indent(level++, to);
        put_qualifier(&n->qualifiers[i - 1], to);
    }
    if (n->kind != PATTERN_QUALIFIED) {
        put_indent(level++, to);
        if (n->test)
            put_test(n->test, to);
        else
            buf_print(to, "%s:", head_of(n));
        buf_put_char(to, '\n');
    }
    for (const struct pattern_node *child = n->first; child; child = child->next)
        explain_node(child, level, to);
}

void pattern_explain(const struct pattern *p, struct buf *to)
{
    explain_node(p->root, 0, to);
}
