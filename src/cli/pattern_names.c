/*
 * Doubts about names. Types of others begin with "x-" or have a hyphen somewhere and an extension
 * definition that we do not see, so that these are doubts and no errors.
 */
#include "cli/pattern_names.h"

#include "pattern/lexer.h"
#include "pattern/subnet.h"
#include "stix/catalog.h"

static void doubt(struct arena *a, const struct pattern *p, size_t offset, str words,
                  struct pattern_doubts *out)
{
    *LIST_ADD(a, out) =
        arena_print(a, "%s: %.*s", pattern_place(a, p->text, offset), STR_ARG(words));
}

static bool has_property(const struct catalog_shape *shape, str name)
{
    for (size_t i = 0; shape && i < shape->property_count; i++) {
        if (str_eq(shape->properties[i].name, name))
            return true;
    }
    return false;
}

static void check_path(struct arena *a, const struct pattern *p, const struct pattern_path *path,
                       struct pattern_doubts *out)
{
    const struct catalog_type *type = catalog_find(CATALOG_2_1, path->type);
    str first = path->steps[0].name;
    bool is_known = type && type->class == CATALOG_SCO;
    if (!is_known && !str_starts(path->type, LIT("x-")))
        doubt(a, p, path->offset,
              arena_print(a,
                          "no observable of STIX 2.1 is called %.*s, as domain-name and file are",
                          STR_ARG(path->type)),
              out);
    if (!is_known || has_property(&type->own, first) || has_property(type->common, first) ||
        str_starts(first, LIT("x_")))
        return;
    str known = {0};
    for (size_t i = 0; i < type->own.property_count; i++)
        known = arena_join(a, known, known.len ? LIT(", ") : LIT(""), type->own.properties[i].name);
    doubt(a, p, path->offset,
          arena_print(a, "%.*s has no property %.*s; it has %.*s", STR_ARG(path->type),
                      STR_ARG(first), STR_ARG(known)),
          out);
}

/* Addresses are compared as text: one that is a network is never seen. */
static void check_address(struct arena *a, const struct pattern *p, const struct pattern_test *t,
                          struct pattern_doubts *out)
{
    bool is_address =
        str_eq(t->path.type, LIT("ipv4-addr")) || str_eq(t->path.type, LIT("ipv6-addr"));
    bool is_equal = t->op->id == PATTERN_EQ || t->op->id == PATTERN_IN;
    for (size_t i = 0; is_address && is_equal && i < t->value_count; i++) {
        struct subnet s;
        const struct pattern_value *v = &t->values[i];
        if (v->type == PATTERN_STRING && subnet_read(v->text, &s) && s.prefix < s.bytes * 8)
            doubt(a, p, v->offset,
                  LIT("= compares text; what lies in a network is found by ISSUBSET"), out);
    }
}

/* Networks and hosts of them are constants that say nothing unless they can be read. */
static void check_network(struct arena *a, const struct pattern *p, const struct pattern_test *t,
                          struct pattern_doubts *out)
{
    struct subnet s;
    bool is_network = t->op->id == PATTERN_ISSUBSET || t->op->id == PATTERN_ISSUPERSET;
    if (is_network && !subnet_read(t->values[0].text, &s))
        doubt(a, p, t->values[0].offset,
              LIT("this is no network such as 198.51.100.0/24 or 2001:db8::/32"), out);
}

/* The depth of the tree is bounded by the parser. */
static void check_node(struct arena *a, const struct pattern *p, const struct pattern_node *n,
                       struct pattern_doubts *out)
{
    if (n->test) {
        check_path(a, p, &n->test->path, out);
        check_address(a, p, n->test, out);
        check_network(a, p, n->test, out);
    }
    for (const struct pattern_node *child = n->first; child; child = child->next)
        check_node(a, p, child, out);
}

void pattern_names_check(struct arena *a, const struct pattern *p, struct pattern_doubts *out)
{
    check_node(a, p, p->root, out);
}
