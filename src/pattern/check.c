/*
 * Checks of parsed parts. Each is about one part alone and is called when that part is complete.
 */
#include "pattern/check.h"

#include "base/num.h"
#include "pattern/lexer.h"

/* The largest integer of STIX (§2.9: 54 bits with sign). */
#define STIX_INTEGER_MAX ((INT64_C(1) << 53) - 1)

struct hash_format {
    str name;
    size_t digits;
};

/* Hashes that are written in hexadecimal (hash-algorithm-ov of STIX 2.1 and 2.0). */
static const struct hash_format HASHES[] = {
    {LIT_INIT("MD5"), 32},       {LIT_INIT("SHA-1"), 40},      {LIT_INIT("SHA-224"), 56},
    {LIT_INIT("SHA-256"), 64},   {LIT_INIT("SHA-384"), 96},    {LIT_INIT("SHA-512"), 128},
    {LIT_INIT("SHA3-224"), 56},  {LIT_INIT("SHA3-256"), 64},   {LIT_INIT("SHA3-384"), 96},
    {LIT_INIT("SHA3-512"), 128}, {LIT_INIT("RIPEMD-160"), 40}, {LIT_INIT("WHIRLPOOL"), 128},
};

void check_warn(struct arena *a, struct pattern *p, size_t offset, const char *what)
{
    if (p->warnings.count == PATTERN_WARNINGS_MAX)
        return;
    *LIST_ADD(a, &p->warnings) = (struct pattern_warning){
        .offset = offset,
        .text = arena_print(a, "%s: %s", pattern_place(a, p->text, offset), what),
    };
}

/* The format that `path` asks for, if it ends in hashes.NAME; else NULL. */
static const struct hash_format *hash_of_path(const struct pattern_path *path)
{
    if (path->count < 2 || !str_eq(path->steps[path->count - 2].name, LIT("hashes")))
        return NULL;
    for (size_t i = 0; i < COUNT_OF(HASHES); i++) {
        if (str_eq_nocase(HASHES[i].name, path->steps[path->count - 1].name))
            return &HASHES[i];
    }
    return NULL;
}

static bool is_hex_of(str s, size_t digits)
{
    size_t good = 0;
    while (good < s.len && char_hex(s.at[good]) >= 0)
        good++;
    return good == s.len && good == digits;
}

/*
 * A mistyped hash would silently match nothing, which is why `=` refuses it; with other operators
 * a part of a hash may be meant.
 */
static err check_hash(struct arena *a, struct pattern *p, const struct pattern_test *t)
{
    const struct hash_format *format = hash_of_path(&t->path);
    bool is_exact = t->op->id == PATTERN_EQ || t->op->id == PATTERN_NE || t->op->id == PATTERN_IN;
    if (format == NULL || !is_exact)
        return NULL;
    for (size_t i = 0; i < t->value_count; i++) {
        const struct pattern_value *v = &t->values[i];
        if (v->type != PATTERN_STRING || is_hex_of(v->text, format->digits))
            continue;
        if (t->op->id == PATTERN_EQ && !t->is_negated)
            return PATTERN_FAIL(a, p->text, v->offset, "%.*s is %zu hexadecimal digits",
                                STR_ARG(format->name), format->digits);
        check_warn(a, p, v->offset, "no hash of this kind looks like this");
    }
    return NULL;
}

static bool is_number(const struct pattern_value *v)
{
    return v->type == PATTERN_INTEGER || v->type == PATTERN_FLOAT;
}

static bool is_bytes(const struct pattern_value *v)
{
    return v->type == PATTERN_BINARY || v->type == PATTERN_HEX;
}

static bool is_of_one_type(const struct pattern_value *a, const struct pattern_value *b)
{
    return a->type == b->type || (is_number(a) && is_number(b)) || (is_bytes(a) && is_bytes(b));
}

static void check_value(struct arena *a, struct pattern *p, const struct pattern_value *v)
{
    if (p->text.at[v->offset] == '+')
        check_warn(a, p, v->offset, "positive numbers are written without a plus sign");
    bool is_beyond =
        v->type == PATTERN_INTEGER &&
        (!v->is_integer || v->integer > STIX_INTEGER_MAX || v->integer < -STIX_INTEGER_MAX);
    if (is_beyond)
        check_warn(a, p, v->offset, "no property holds an integer beyond 2^53 - 1");
}

static void check_set(struct arena *a, struct pattern *p, const struct pattern_test *t)
{
    if (t->value_count == 0)
        check_warn(a, p, t->path.offset, "IN with nothing in its parentheses is never true");
    for (size_t i = 1; i < t->value_count; i++) {
        if (!is_of_one_type(&t->values[0], &t->values[i])) {
            check_warn(a, p, t->values[i].offset,
                       "the constants of IN must be of one type (STIX 2.1 §9.6.1)");
            return;
        }
    }
}

static void check_path(struct arena *a, struct pattern *p, const struct pattern_path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        if (path->steps[i].kind == PATTERN_INDEX && path->steps[i].index < 0)
            check_warn(a, p, path->offset, "list positions begin at 0; a negative one is nowhere");
    }
}

/* Subsets are of addresses (§9.6.1). */
static void check_subset(struct arena *a, struct pattern *p, const struct pattern_test *t)
{
    bool is_subset = t->op->id == PATTERN_ISSUBSET || t->op->id == PATTERN_ISSUPERSET;
    const struct pattern_step *last = &t->path.steps[t->path.count - 1];
    if (is_subset && !str_eq(last->name, LIT("value")))
        check_warn(a, p, t->path.offset,
                   "ISSUBSET and ISSUPERSET ask about the value of an ipv4-addr or ipv6-addr");
}

err check_test(struct arena *a, struct pattern *p, const struct pattern_test *t)
{
    check_path(a, p, &t->path);
    for (size_t i = 0; i < t->value_count; i++)
        check_value(a, p, &t->values[i]);
    if (t->op->takes == PATTERN_TAKES_SET)
        check_set(a, p, t);
    check_subset(a, p, t);
    return check_hash(a, p, t);
}

err check_qualifier(struct arena *a, struct pattern *p, const struct pattern_qualifier *q)
{
    check_value(a, p, &q->first);
    if (q->kind == PATTERN_WITHIN && !(q->first.real > 0))
        return PATTERN_FAIL(a, p->text, q->first.offset,
                            "WITHIN takes a number of seconds above zero");
    if (q->kind == PATTERN_REPEATS && !(q->first.is_integer && q->first.integer > 0))
        return PATTERN_FAIL(a, p->text, q->first.offset, "REPEATS takes a whole number above zero");
    if (q->kind == PATTERN_START_STOP && q->first.time_us >= q->second.time_us)
        check_warn(a, p, q->first.offset, "STOP is not after START: this is never true");
    return NULL;
}

void check_and(struct arena *a, struct pattern *p, const struct pattern_node *n)
{
    str type = {0};
    for (const struct pattern_node *child = n->first; child; child = child->next) {
        if (child->type.len == 0)
            continue;
        if (type.len && !str_eq(type, child->type)) {
            check_warn(a, p, child->offset,
                       "AND joins comparisons of two object types, which no object satisfies; "
                       "two observations are written [ … ] AND [ … ]");
            return;
        }
        type = child->type;
    }
}
