/*
 * Which values a pattern asks for. Most are one comparison in the plainest spelling, which is
 * recognized without a parse; what it takes, the parser takes alike.
 */
#include "base/num.h"
#include "pattern/pattern.h"
#include "sweep/load.h"
#include "sweep/template.h"

/*
 * Object paths that logs can be searched for, as canonical patterns write them; what is looked up
 * for an equality, and which values LIKE and MATCHES are tried on.
 */
struct known_path {
    str path;
    enum sweep_kind kind; /* SWEEP_KIND_COUNT: by its looks */
    struct sweep_target target;
};

static const struct known_path PATHS[] = {
    {LIT_INIT("domain-name:value"), SWEEP_DOMAIN, {SWEEP_DOMAIN, 0}},
    {LIT_INIT("ipv4-addr:value"), SWEEP_NET, {SWEEP_IPV4, 0}},
    {LIT_INIT("ipv6-addr:value"), SWEEP_NET, {SWEEP_IPV6, 0}},
    {LIT_INIT("url:value"), SWEEP_URL, {SWEEP_URL, 0}},
    {LIT_INIT("email-addr:value"), SWEEP_EMAIL, {SWEEP_EMAIL, 0}},
    {LIT_INIT("email-message:from_ref.value"), SWEEP_EMAIL, {SWEEP_EMAIL, 0}},
    {LIT_INIT("email-message:sender_ref.value"), SWEEP_EMAIL, {SWEEP_EMAIL, 0}},
    {LIT_INIT("file:name"), SWEEP_FILE, {SWEEP_FILE, 0}},
    {LIT_INIT("user-account:user_id"), SWEEP_ACCOUNT, {SWEEP_ACCOUNT, 0}},
    {LIT_INIT("user-account:account_login"), SWEEP_ACCOUNT, {SWEEP_ACCOUNT, 0}},
    {LIT_INIT("user-account:display_name"), SWEEP_ACCOUNT, {SWEEP_ACCOUNT, 0}},
    {LIT_INIT("file:hashes.MD5"), SWEEP_HASH, {SWEEP_HASH, 32}},
    {LIT_INIT("file:hashes.'MD5'"), SWEEP_HASH, {SWEEP_HASH, 32}},
    {LIT_INIT("file:hashes.'SHA-1'"), SWEEP_HASH, {SWEEP_HASH, 40}},
    {LIT_INIT("file:hashes.'SHA-256'"), SWEEP_HASH, {SWEEP_HASH, 64}},
    {LIT_INIT("file:hashes.'SHA-512'"), SWEEP_HASH, {SWEEP_HASH, 128}},
    {LIT_INIT("artifact:hashes.MD5"), SWEEP_HASH, {SWEEP_HASH, 32}},
    {LIT_INIT("artifact:hashes.'SHA-1'"), SWEEP_HASH, {SWEEP_HASH, 40}},
    {LIT_INIT("artifact:hashes.'SHA-256'"), SWEEP_HASH, {SWEEP_HASH, 64}},
    {LIT_INIT("x509-certificate:hashes.'SHA-1'"), SWEEP_HASH, {SWEEP_HASH, 40}},
    {LIT_INIT("x509-certificate:hashes.'SHA-256'"), SWEEP_HASH, {SWEEP_HASH, 64}},
    {LIT_INIT("network-traffic:dst_ref.value"), SWEEP_KIND_COUNT, {SWEEP_KIND_COUNT, 0}},
    {LIT_INIT("network-traffic:src_ref.value"), SWEEP_KIND_COUNT, {SWEEP_KIND_COUNT, 0}},
};

/* What may stand for SWEEP_KIND_COUNT. */
static const enum sweep_kind ENDPOINTS[] = {SWEEP_DOMAIN, SWEEP_IPV4, SWEEP_IPV6};

static const struct known_path *find_path(str path)
{
    for (size_t i = 0; i < COUNT_OF(PATHS); i++) {
        if (str_eq(PATHS[i].path, path))
            return &PATHS[i];
    }
    return NULL;
}

static err not_sweepable(struct arena *a, str why)
{
    return FAIL(a, ERR_NOT_FOUND, "logs cannot be searched for this pattern: %.*s", STR_ARG(why));
}

/* The values of a pattern, as they are found. */
struct found_values {
    struct sweep_value *items;
    size_t *count;
};

static err new_value(struct arena *a, const struct found_values *to, struct sweep_value **out)
{
    if (*to->count == LOAD_VALUES_MAX)
        return FAIL(a, ERR_TOO_LARGE, "more than %d values in one pattern", LOAD_VALUES_MAX);
    *out = &to->items[*to->count];
    return NULL;
}

static err add_value(struct arena *a, const struct found_values *to, enum sweep_kind kind, str text)
{
    struct sweep_value *value = NULL;
    TRY(new_value(a, to, &value));
    TRY(kind == SWEEP_KIND_COUNT ? sweep_value_guess(a, text, value)
                                 : sweep_value_make(a, kind, text, value));
    ++*to->count;
    return NULL;
}

static err add_template(struct arena *a, const struct found_values *to, enum sweep_kind kind,
                        struct sweep_target target, str text)
{
    bool is_any = target.kind == SWEEP_KIND_COUNT;
    for (size_t i = 0; i < (is_any ? COUNT_OF(ENDPOINTS) : 1); i++) {
        struct sweep_value *value = NULL;
        TRY(new_value(a, to, &value));
        target.kind = is_any ? ENDPOINTS[i] : target.kind;
        TRY(sweep_template_make(a, kind, target, text, value));
        ++*to->count;
    }
    return NULL;
}

/* [path = 'value'] and nothing else, without escapes: the path and the value. */
static bool is_plainest(str pattern, str *path, str *value)
{
    size_t equals = str_find_char(pattern, '=');
    if (!str_starts(pattern, LIT("[")) || !str_ends(pattern, LIT("']")) || equals < 2 ||
        equals + 5 > pattern.len || memcmp(pattern.at + equals - 1, " = '", 4) != 0)
        return false;
    *path = str_part(pattern, 1, equals - 1);
    *value = str_part(pattern, equals + 3, pattern.len - 2);
    return str_find_char(*value, '\'') == value->len && str_find_char(*value, '\\') == value->len;
}

/* A hash of another length than its path names: the parser says so. */
static bool is_of_its_length(const struct known_path *path, str value)
{
    return path->kind != SWEEP_HASH || value.len == path->target.hex_digits;
}

static err add_constant(struct arena *a, const struct found_values *to,
                        const struct known_path *path, enum pattern_op_id op, str text)
{
    switch (op) {
    case PATTERN_EQ:
    case PATTERN_IN:
        return add_value(a, to, path->kind, text);
    case PATTERN_LIKE:
        return add_template(a, to, SWEEP_LIKE, path->target, text);
    case PATTERN_MATCHES:
        return add_template(a, to, SWEEP_MATCHES, path->target, text);
    case PATTERN_ISSUBSET:
        return path->kind == SWEEP_NET ? add_value(a, to, SWEEP_NET, text)
                                       : not_sweepable(a, LIT("ISSUBSET is of addresses"));
    default:
        return not_sweepable(
            a,
            arena_print(a, "of comparisons =, IN, ISSUBSET, LIKE and MATCHES are tried, not %.*s",
                        STR_ARG(pattern_op_get(op)->name)));
    }
}

static err add_test(struct arena *a, const struct pattern_test *t, const struct found_values *to)
{
    OWNED(buf_done) struct buf written;
    buf_init(&written, PATTERN_BYTES_MAX * 2);
    pattern_write_path(&t->path, &written);
    const struct known_path *path = find_path(buf_str(&written));
    if (path == NULL)
        return not_sweepable(a, arena_print(a, "%.*s is no value that is looked for in them",
                                            STR_ARG(buf_str(&written))));
    if (t->is_negated)
        return not_sweepable(a, LIT("what is not so is not found"));
    if (t->value_count == 0)
        return not_sweepable(a, LIT("it names no value"));
    for (size_t i = 0; i < t->value_count; i++) {
        if (t->values[i].type != PATTERN_STRING)
            return not_sweepable(a, LIT("its value is no text"));
        TRY(add_constant(a, to, path, t->op->id, t->values[i].text));
    }
    return NULL;
}

/* Depth is bounded by the parser. */
static err add_node(struct arena *a, const struct pattern_node *n, const struct found_values *to)
{
    if (n->kind == PATTERN_TEST)
        return add_test(a, n->test, to);
    bool is_or =
        n->kind == PATTERN_OBSERVATION || n->kind == PATTERN_OR || n->kind == PATTERN_TEST_OR;
    if (!is_or)
        return not_sweepable(a, n->kind == PATTERN_TEST_AND
                                    ? LIT("it asks for several things of one object (AND)")
                                    : LIT("it asks for several observations, or for times"));
    for (const struct pattern_node *child = n->first; child; child = child->next)
        TRY(add_node(a, child, to));
    return NULL;
}

err load_pattern(struct arena *a, str pattern, bool is_20, struct sweep_value *values,
                 size_t *count)
{
    str path;
    str value;
    const struct known_path *known = NULL;
    struct found_values to = {values, count};
    if (is_plainest(pattern, &path, &value) && (known = find_path(path)) != NULL &&
        is_of_its_length(known, value))
        return add_value(a, &to, known->kind, value);
    struct pattern *p;
    TRY(is_20 ? pattern_read_20(a, pattern, &p) : pattern_read(a, pattern, &p));
    return add_node(a, p->root, &to);
}
