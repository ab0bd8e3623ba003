/*
 * Which values a pattern asks for. Most are one comparison in the plainest spelling, which is
 * recognized without a parse; what it takes, the parser takes alike.
 */
#include "base/num.h"
#include "pattern/pattern.h"
#include "sweep/load.h"

/* Object paths that logs can be searched for, as canonical patterns write them. */
static const struct {
    str path;
    enum sweep_kind kind;
} PATHS[] = {
    {LIT_INIT("domain-name:value"), SWEEP_DOMAIN},
    {LIT_INIT("ipv4-addr:value"), SWEEP_NET},
    {LIT_INIT("ipv6-addr:value"), SWEEP_NET},
    {LIT_INIT("url:value"), SWEEP_URL},
    {LIT_INIT("email-addr:value"), SWEEP_EMAIL},
    {LIT_INIT("email-message:from_ref.value"), SWEEP_EMAIL},
    {LIT_INIT("email-message:sender_ref.value"), SWEEP_EMAIL},
    {LIT_INIT("file:name"), SWEEP_FILE},
    {LIT_INIT("user-account:user_id"), SWEEP_ACCOUNT},
    {LIT_INIT("user-account:account_login"), SWEEP_ACCOUNT},
    {LIT_INIT("user-account:display_name"), SWEEP_ACCOUNT},
    {LIT_INIT("file:hashes.MD5"), SWEEP_HASH},
    {LIT_INIT("file:hashes.'MD5'"), SWEEP_HASH},
    {LIT_INIT("file:hashes.'SHA-1'"), SWEEP_HASH},
    {LIT_INIT("file:hashes.'SHA-256'"), SWEEP_HASH},
    {LIT_INIT("file:hashes.'SHA-512'"), SWEEP_HASH},
    {LIT_INIT("artifact:hashes.MD5"), SWEEP_HASH},
    {LIT_INIT("artifact:hashes.'SHA-1'"), SWEEP_HASH},
    {LIT_INIT("artifact:hashes.'SHA-256'"), SWEEP_HASH},
    {LIT_INIT("x509-certificate:hashes.'SHA-1'"), SWEEP_HASH},
    {LIT_INIT("x509-certificate:hashes.'SHA-256'"), SWEEP_HASH},
    {LIT_INIT("network-traffic:dst_ref.value"), SWEEP_KIND_COUNT}, /* by its looks */
    {LIT_INIT("network-traffic:src_ref.value"), SWEEP_KIND_COUNT},
};

static bool kind_of_path(str path, enum sweep_kind *out)
{
    for (size_t i = 0; i < COUNT_OF(PATHS); i++) {
        if (str_eq(PATHS[i].path, path)) {
            *out = PATHS[i].kind;
            return true;
        }
    }
    return false;
}

static err not_sweepable(struct arena *a)
{
    return FAIL(a, ERR_NOT_FOUND, "logs cannot be searched for this pattern");
}

static err add_value(struct arena *a, enum sweep_kind kind, str text, struct sweep_value *values,
                     size_t *count)
{
    if (*count == LOAD_VALUES_MAX)
        return FAIL(a, ERR_TOO_LARGE, "more than %d values in one pattern", LOAD_VALUES_MAX);
    struct sweep_value *to = &values[*count];
    TRY(kind == SWEEP_KIND_COUNT ? sweep_value_guess(a, text, to)
                                 : sweep_value_make(a, kind, text, to));
    ++*count;
    return NULL;
}

/* [path = 'value'] and nothing else, without escapes: the path and the value. */
static bool is_plainest(str pattern, str *path, str *value)
{
    size_t equals = str_find(pattern, LIT(" = '"));
    if (!str_starts(pattern, LIT("[")) || !str_ends(pattern, LIT("']")) || equals + 6 > pattern.len)
        return false;
    *path = str_part(pattern, 1, equals);
    *value = str_part(pattern, equals + 4, pattern.len - 2);
    ASSERT(value->at != NULL);
    return memchr(value->at, '\'', value->len) == NULL &&
           memchr(value->at, '\\', value->len) == NULL;
}

static err add_test(struct arena *a, const struct pattern_test *t, struct sweep_value *values,
                    size_t *count)
{
    OWNED(buf_done) struct buf path;
    buf_init(&path, PATTERN_BYTES_MAX * 2);
    pattern_write_path(&t->path, &path);
    enum sweep_kind kind;
    bool is_equality = t->op->id == PATTERN_EQ || t->op->id == PATTERN_IN;
    bool is_known = kind_of_path(buf_str(&path), &kind) && !t->is_negated &&
                    (is_equality || (t->op->id == PATTERN_ISSUBSET && kind == SWEEP_NET));
    if (!is_known)
        return not_sweepable(a);
    for (size_t i = 0; i < t->value_count; i++) {
        if (t->values[i].type != PATTERN_STRING)
            return not_sweepable(a);
        TRY(add_value(a, kind, t->values[i].text, values, count));
    }
    return NULL;
}

/* Depth is bounded by the parser. */
static err add_node(struct arena *a, const struct pattern_node *n, struct sweep_value *values,
                    size_t *count)
{
    if (n->kind == PATTERN_TEST)
        return add_test(a, n->test, values, count);
    bool is_or =
        n->kind == PATTERN_OBSERVATION || n->kind == PATTERN_OR || n->kind == PATTERN_TEST_OR;
    if (!is_or)
        return not_sweepable(a);
    for (const struct pattern_node *child = n->first; child; child = child->next)
        TRY(add_node(a, child, values, count));
    return NULL;
}

err load_pattern(struct arena *a, str pattern, bool is_20, struct sweep_value *values,
                 size_t *count)
{
    str path;
    str value;
    enum sweep_kind kind;
    if (is_plainest(pattern, &path, &value) && kind_of_path(path, &kind))
        return add_value(a, kind, value, values, count);
    struct pattern *p;
    TRY(is_20 ? pattern_read_20(a, pattern, &p) : pattern_read(a, pattern, &p));
    return add_node(a, p->root, values, count);
}
