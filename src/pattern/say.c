/*
 * A pattern as one sentence. What belongs together and might be read otherwise stands in
 * parentheses.
 */
#include "base/num.h"
#include "pattern/explain.h"

/* What objects are called; others are objects of their type. */
static const struct {
    str type;
    const char *words;
} OBJECTS[] = {
    {LIT_INIT("artifact"), "an artifact"},
    {LIT_INIT("autonomous-system"), "an autonomous system"},
    {LIT_INIT("directory"), "a folder"},
    {LIT_INIT("domain-name"), "a domain name"},
    {LIT_INIT("email-addr"), "an e-mail address"},
    {LIT_INIT("email-message"), "an e-mail message"},
    {LIT_INIT("file"), "a file"},
    {LIT_INIT("ipv4-addr"), "an IPv4 address"},
    {LIT_INIT("ipv6-addr"), "an IPv6 address"},
    {LIT_INIT("mac-addr"), "a MAC address"},
    {LIT_INIT("mutex"), "a mutex"},
    {LIT_INIT("network-traffic"), "network traffic"},
    {LIT_INIT("process"), "a process"},
    {LIT_INIT("software"), "software"},
    {LIT_INIT("url"), "a URL"},
    {LIT_INIT("user-account"), "a user account"},
    {LIT_INIT("windows-registry-key"), "a registry key"},
    {LIT_INIT("x509-certificate"), "a certificate"},
};

static void put_object(str type, struct buf *to)
{
    for (size_t i = 0; i < COUNT_OF(OBJECTS); i++) {
        if (str_eq(OBJECTS[i].type, type)) {
            buf_put(to, str_of(OBJECTS[i].words));
            return;
        }
    }
    buf_print(to, "an object of type %.*s", STR_ARG(type));
}

static void put_test(const struct pattern_test *t, struct buf *to)
{
    buf_put(to, t->is_negated ? LIT("of which it is not so that its ") : LIT("whose "));
    pattern_write_steps(&t->path, to);
    buf_print(to, " %s", t->op->words);
    for (size_t i = 0; i < t->value_count; i++) {
        buf_put(to, i ? LIT(", ") : LIT(" "));
        pattern_write_value(&t->values[i], to);
    }
    if (t->op->takes == PATTERN_TAKES_SET && t->value_count == 0)
        buf_put(to, LIT(" nothing"));
}

/* How much was said already of what holds a part. */
struct around {
    bool names_object;
    bool is_compound;
};

static const char *joint_of(enum pattern_node_kind kind)
{
    switch (kind) {
    case PATTERN_TEST_AND:
        return " and ";
    case PATTERN_AND:
        return ", and in another observation ";
    case PATTERN_FOLLOWEDBY:
        return ", followed in another observation by ";
    default:
        return " or ";
    }
}

static void put_qualifier(const struct pattern_qualifier *q, struct buf *to)
{
    switch (q->kind) {
    case PATTERN_WITHIN:
        buf_put(to, LIT(", all within less than "));
        pattern_write_value(&q->first, to);
        buf_put(to, LIT(" seconds"));
        break;
    case PATTERN_REPEATS:
        buf_put(to, LIT(", "));
        pattern_write_value(&q->first, to);
        buf_put(to, LIT(" times"));
        break;
    case PATTERN_START_STOP:
        buf_print(to, ", from %.*s until before %.*s", STR_ARG(q->first.text),
                  STR_ARG(q->second.text));
        break;
    }
}

static void put_node(const struct pattern_node *n, struct around around, struct buf *to);

static void put_children(const struct pattern_node *n, struct around around, struct buf *to)
{
    struct around inside = {.names_object = around.names_object, .is_compound = true};
    for (const struct pattern_node *child = n->first; child; child = child->next) {
        if (child != n->first)
            buf_put(to, str_of(joint_of(n->kind)));
        put_node(child, inside, to);
    }
}

/* A part of its own kind that another holds stands in parentheses. */
static void put_enclosed(const struct pattern_node *n, struct around around, struct buf *to)
{
    if (around.is_compound)
        buf_put_char(to, '(');
    put_children(n, around, to);
    if (around.is_compound)
        buf_put_char(to, ')');
}

/* The depth of the tree is bounded by the parser. */
static void put_node(const struct pattern_node *n, struct around around, struct buf *to)
{
    bool is_inside =
        n->kind == PATTERN_TEST || n->kind == PATTERN_TEST_AND || n->kind == PATTERN_TEST_OR;
    if (is_inside && n->type.len && !around.names_object) {
        put_object(n->type, to);
        buf_put_char(to, ' ');
        around = (struct around){.names_object = true};
    }
    if (n->kind == PATTERN_TEST) {
        put_test(n->test, to);
    } else if (n->kind == PATTERN_OBSERVATION) {
        put_node(n->first, (struct around){0}, to);
    } else if (n->kind == PATTERN_QUALIFIED) {
        put_node(n->first, (struct around){.is_compound = true}, to);
        for (size_t i = 0; i < n->qualifier_count; i++)
            put_qualifier(&n->qualifiers[i], to);
    } else {
        put_enclosed(n, around, to);
    }
}

void pattern_say(const struct pattern *p, struct buf *to)
{
    buf_put(to, LIT("Looks for "));
    put_node(p->root, (struct around){0}, to);
    buf_put(to, LIT(".\n"));
}
