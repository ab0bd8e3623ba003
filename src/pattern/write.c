/*
 * Trees as canonical text: one space between words, no parentheses that change nothing, operators
 * in the standard's spelling, names quoted only where they must be.
 */
#include "pattern/lexer.h"
#include "pattern/pattern.h"

static void write_string(str s, struct buf *to)
{
    buf_put_char(to, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '\'' || s.at[i] == '\\')
            buf_put_char(to, '\\');
        buf_put_char(to, s.at[i]);
    }
    buf_put_char(to, '\'');
}

static bool is_bare_name(str name)
{
    if (name.len == 0 || char_is_digit(name.at[0]) || lexer_is_reserved(name))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if (!char_is_alnum(name.at[i]) && name.at[i] != '_')
            return false;
    }
    return true;
}

static void write_property(str name, struct buf *to)
{
    if (is_bare_name(name))
        buf_put(to, name);
    else
        write_string(name, to);
}

void pattern_write_path(const struct pattern_path *path, struct buf *to)
{
    buf_put(to, path->type);
    buf_put_char(to, ':');
    pattern_write_steps(path, to);
}

void pattern_write_steps(const struct pattern_path *path, struct buf *to)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct pattern_step *step = &path->steps[i];
        if (step->kind == PATTERN_EACH) {
            buf_put(to, LIT("[*]"));
        } else if (step->kind == PATTERN_INDEX) {
            buf_put_char(to, '[');
            buf_put_i64(to, step->index);
            buf_put_char(to, ']');
        } else {
            if (i > 0)
                buf_put_char(to, '.');
            write_property(step->name, to);
        }
    }
}

/* t'…', h'…', b'…' */
static void write_prefixed(char prefix, str text, struct buf *to)
{
    buf_put_char(to, prefix);
    buf_put_char(to, '\'');
    buf_put(to, text);
    buf_put_char(to, '\'');
}

void pattern_write_value(const struct pattern_value *v, struct buf *to)
{
    switch (v->type) {
    case PATTERN_STRING:
        write_string(v->text, to);
        break;
    case PATTERN_TIMESTAMP:
        write_prefixed('t', v->text, to);
        break;
    case PATTERN_BINARY:
        write_prefixed('b', v->text, to);
        break;
    case PATTERN_HEX:
        write_prefixed('h', v->text, to);
        break;
    case PATTERN_BOOLEAN:
    case PATTERN_INTEGER:
    case PATTERN_FLOAT:
        buf_put(to, v->text);
        break;
    }
}

static void write_set(const struct pattern_test *t, struct buf *to)
{
    buf_put_char(to, '(');
    for (size_t i = 0; i < t->value_count; i++) {
        if (i > 0)
            buf_put(to, LIT(", "));
        pattern_write_value(&t->values[i], to);
    }
    buf_put_char(to, ')');
}

static void write_test(const struct pattern_test *t, struct buf *to)
{
    if (t->op->takes == PATTERN_TAKES_NONE) {
        if (t->is_negated)
            buf_put(to, LIT("NOT "));
        buf_put(to, t->op->name);
        buf_put_char(to, ' ');
        pattern_write_path(&t->path, to);
        return;
    }
    pattern_write_path(&t->path, to);
    if (t->is_negated)
        buf_put(to, LIT(" NOT"));
    buf_put_char(to, ' ');
    buf_put(to, t->op->name);
    buf_put_char(to, ' ');
    if (t->op->takes == PATTERN_TAKES_SET)
        write_set(t, to);
    else
        pattern_write_value(&t->values[0], to);
}

static void write_qualifier(const struct pattern_qualifier *q, struct buf *to)
{
    static const struct {
        str before;
        str after;
    } WORDS[] = {
        [PATTERN_WITHIN] = {LIT_INIT(" WITHIN "), LIT_INIT(" SECONDS")},
        [PATTERN_REPEATS] = {LIT_INIT(" REPEATS "), LIT_INIT(" TIMES")},
        [PATTERN_START_STOP] = {LIT_INIT(" START "), LIT_INIT(" STOP ")},
    };
    buf_put(to, WORDS[q->kind].before);
    pattern_write_value(&q->first, to);
    buf_put(to, WORDS[q->kind].after);
    if (q->kind == PATTERN_START_STOP)
        pattern_write_value(&q->second, to);
}

static bool has_repeated_qualifier(const struct pattern_node *n)
{
    unsigned seen = 0;
    for (size_t i = 0; i < n->qualifier_count; i++) {
        unsigned bit = 1u << n->qualifiers[i].kind;
        if (seen & bit)
            return true;
        seen |= bit;
    }
    return false;
}

/*
 * A leaf stands bare, except under a qualifier that is there twice, which is taken behind
 * parentheses only. Groups were groups when read: they keep their parentheses.
 */
static bool needs_parentheses(const struct pattern_node *parent, const struct pattern_node *child)
{
    if (parent->kind == PATTERN_OBSERVATION || child->kind == PATTERN_TEST)
        return false;
    if (parent->kind == PATTERN_QUALIFIED)
        return child->kind != PATTERN_OBSERVATION || has_repeated_qualifier(parent);
    return child->kind != PATTERN_OBSERVATION && child->kind != PATTERN_QUALIFIED;
}

static void write_children(const struct pattern_node *n, str between, struct buf *to)
{
    for (const struct pattern_node *child = n->first; child; child = child->next) {
        bool is_grouped = needs_parentheses(n, child);
        if (child != n->first)
            buf_put(to, between);
        if (is_grouped)
            buf_put_char(to, '(');
        pattern_write_node(child, to);
        if (is_grouped)
            buf_put_char(to, ')');
    }
}

/* The depth of the tree is bounded (PATTERN_DEPTH_MAX), so is this recursion. */
void pattern_write_node(const struct pattern_node *n, struct buf *to)
{
    static const str BETWEEN[] = {
        [PATTERN_TEST] = {0},
        [PATTERN_TEST_AND] = LIT_INIT(" AND "),
        [PATTERN_TEST_OR] = LIT_INIT(" OR "),
        [PATTERN_OBSERVATION] = {0},
        [PATTERN_AND] = LIT_INIT(" AND "),
        [PATTERN_OR] = LIT_INIT(" OR "),
        [PATTERN_FOLLOWEDBY] = LIT_INIT(" FOLLOWEDBY "),
        [PATTERN_QUALIFIED] = {0},
    };
    if (n->kind == PATTERN_TEST) {
        write_test(n->test, to);
        return;
    }
    if (n->kind == PATTERN_OBSERVATION)
        buf_put_char(to, '[');
    write_children(n, BETWEEN[n->kind], to);
    if (n->kind == PATTERN_OBSERVATION)
        buf_put_char(to, ']');
    for (size_t i = 0; i < n->qualifier_count; i++)
        write_qualifier(&n->qualifiers[i], to);
}

void pattern_write(const struct pattern *p, struct buf *to)
{
    pattern_write_node(p->root, to);
}
