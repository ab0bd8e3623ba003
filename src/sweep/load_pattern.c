/*
 * Which values a pattern asks for. Most are one comparison in the plainest spelling, which is
 * recognized without a parse; what it takes, the parser takes alike.
 *
 * Of an OR each part is enough by itself, so that those which logs can be searched for are taken,
 * whatever becomes of the others. Nothing below an AND, a FOLLOWEDBY or a qualifier is enough.
 */
#include "base/num.h"
#include "base/utf8.h"
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

#define PARTS_SAID 8u
#define PART_BYTES 100u

/* What is found in a pattern, and what of it is left out. */
struct finding {
    struct arena *arena;
    struct load_found *to;
    struct buf left_out; /* in words: the first parts */
    size_t part_count;
    err failure; /* of the first part that is broken, else of the first */
};

static void finding_done(struct finding *f)
{
    buf_done(&f->left_out);
}

static err not_sweepable(struct arena *a, str why)
{
    return FAIL(a, ERR_NOT_FOUND, "%.*s", STR_ARG(why));
}

static bool is_broken(err failure)
{
    return failure->code != ERR_NOT_FOUND;
}

static void put_cut(struct buf *to, str part)
{
    buf_put(to, utf8_part(part, PART_BYTES));
    if (part.len > PART_BYTES)
        buf_put(to, LIT("…"));
}

/* A part that is not looked for: a value of a test, or all that is below a node. */
static void leave_out(struct finding *f, const struct pattern_node *n,
                      const struct pattern_value *value, err why)
{
    OWNED(buf_done) struct buf part;
    buf_init(&part, PATTERN_BYTES_MAX * 2);
    if (f->failure == NULL || (is_broken(why) && !is_broken(f->failure)))
        f->failure = why;
    f->to->is_broken |= is_broken(why);
    if (f->part_count++ >= PARTS_SAID)
        return;
    if (value) {
        pattern_write_path(&n->test->path, &part);
        str op = n->test->op->id == PATTERN_IN ? LIT("=") : n->test->op->name;
        buf_print(&part, " %.*s ", STR_ARG(op));
        pattern_write_value(value, &part);
    } else {
        pattern_write_node(n, &part);
    }
    if (f->left_out.len)
        buf_put(&f->left_out, LIT("; "));
    put_cut(&f->left_out, buf_str(&part));
    buf_print(&f->left_out, ": %.*s", STR_ARG(error_text(f->arena, why)));
}

static err new_value(struct arena *a, const struct load_found *to, struct sweep_value **out)
{
    if (to->count == LOAD_VALUES_MAX)
        return FAIL(a, ERR_TOO_LARGE, "more than %d values in one pattern", LOAD_VALUES_MAX);
    *out = &to->values[to->count];
    return NULL;
}

static err add_value(struct arena *a, struct load_found *to, enum sweep_kind kind, str text)
{
    struct sweep_value *value = NULL;
    TRY(new_value(a, to, &value));
    TRY(kind == SWEEP_KIND_COUNT ? sweep_value_guess(a, text, value)
                                 : sweep_value_make(a, kind, text, value));
    to->count++;
    return NULL;
}

static err add_template(struct arena *a, struct load_found *to, enum sweep_kind kind,
                        struct sweep_target target, str text)
{
    bool is_any = target.kind == SWEEP_KIND_COUNT;
    for (size_t i = 0; i < (is_any ? COUNT_OF(ENDPOINTS) : 1); i++) {
        struct sweep_value *value = NULL;
        TRY(new_value(a, to, &value));
        target.kind = is_any ? ENDPOINTS[i] : target.kind;
        TRY(sweep_template_make(a, kind, target, text, value));
        to->count++;
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

static err add_constant(struct arena *a, struct load_found *to, const struct known_path *path,
                        enum pattern_op_id op, const struct pattern_value *value)
{
    str text = value->text;
    if (value->type != PATTERN_STRING)
        return not_sweepable(a, LIT("its value is no text"));
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

/* Why no value of the test is looked for; NULL: they may be. */
static err check_test(struct arena *a, const struct pattern_test *t, const struct known_path **out)
{
    OWNED(buf_done) struct buf written;
    buf_init(&written, PATTERN_BYTES_MAX * 2);
    pattern_write_path(&t->path, &written);
    *out = find_path(buf_str(&written));
    if (*out == NULL)
        return not_sweepable(a, arena_print(a, "%.*s is no value that is looked for in them",
                                            STR_ARG(buf_str(&written))));
    if (t->is_negated)
        return not_sweepable(a, LIT("what is not so is not found"));
    return t->value_count ? NULL : not_sweepable(a, LIT("it names no value"));
}

static void add_test(struct finding *f, const struct pattern_node *n)
{
    const struct pattern_test *t = n->test;
    const struct known_path *path = NULL;
    err failure = check_test(f->arena, t, &path);
    if (failure)
        leave_out(f, n, NULL, failure);
    for (size_t i = 0; failure == NULL && i < t->value_count; i++) {
        err why = add_constant(f->arena, f->to, path, t->op->id, &t->values[i]);
        if (why)
            leave_out(f, n, &t->values[i], why);
    }
}

/* Once is what every observation is. */
static bool is_once(const struct pattern_node *n)
{
    return n->kind == PATTERN_QUALIFIED && n->qualifier_count == 1 &&
           n->qualifiers[0].kind == PATTERN_REPEATS && n->qualifiers[0].first.is_integer &&
           n->qualifiers[0].first.integer == 1;
}

/* Depth is bounded by the parser. */
static void add_node(struct finding *f, const struct pattern_node *n)
{
    if (n->kind == PATTERN_TEST) {
        add_test(f, n);
        return;
    }
    bool is_or = n->kind == PATTERN_OBSERVATION || n->kind == PATTERN_OR ||
                 n->kind == PATTERN_TEST_OR || is_once(n);
    if (!is_or)
        leave_out(
            f, n, NULL,
            not_sweepable(f->arena, n->kind == PATTERN_TEST_AND
                                        ? LIT("it asks for several things of one object (AND)")
                                        : LIT("it asks for several observations, or for times")));
    for (const struct pattern_node *child = n->first; is_or && child; child = child->next)
        add_node(f, child);
}

/* What was left out; an error where that is all. */
static err finish(struct arena *a, struct finding *f)
{
    if (f->part_count > PARTS_SAID)
        buf_print(&f->left_out, "; and %zu more parts", f->part_count - PARTS_SAID);
    if (f->to->count) {
        f->to->left_out = arena_copy(a, buf_str(&f->left_out));
        return NULL;
    }
    ASSERT(f->failure != NULL);
    if (is_broken(f->failure))
        return f->failure;
    return FAIL(a, ERR_NOT_FOUND, "logs cannot be searched for this pattern: %.*s",
                STR_ARG(error_text(a, f->failure)));
}

err load_pattern(struct arena *a, str pattern, bool is_20, struct load_found *out)
{
    str path;
    str value;
    const struct known_path *known = NULL;
    *out = (struct load_found){.values = out->values};
    if (is_plainest(pattern, &path, &value) && (known = find_path(path)) != NULL &&
        is_of_its_length(known, value))
        return add_value(a, out, known->kind, value);
    struct pattern *p;
    TRY(is_20 ? pattern_read_20(a, pattern, &p) : pattern_read(a, pattern, &p));
    OWNED(finding_done) struct finding f = {.arena = a, .to = out};
    buf_init(&f.left_out, PATTERN_BYTES_MAX * 2);
    add_node(&f, p->root);
    return finish(a, &f);
}
