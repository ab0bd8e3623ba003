/*
 * The grammar, by recursive descent over one token of look-ahead. Only parentheses recurse, and
 * they are counted. The three binary operators share one function and a table of precedence.
 */
#include "base/utf8.h"
#include "pattern/check.h"
#include "pattern/constant.h"
#include "pattern/lexer.h"
#include "pattern/pattern.h"

struct parser {
    struct arena *arena;
    str text;
    struct lexer lexer;
    struct token token; /* the next one, not yet taken */
    struct pattern *pattern;
    unsigned depth; /* of parentheses */
    bool is_20;
};

#define PARSE_FAIL(p, format, ...)                           \
    PATTERN_FAIL((p)->arena, (p)->text, (p)->token.offset,   \
                 format ", not %s"__VA_OPT__(, )__VA_ARGS__, \
                 token_name((p)->arena, (p)->text, &(p)->token))

/* Takes the next token. */
static err advance(struct parser *p)
{
    return lexer_next(&p->lexer, &p->token);
}

static bool at_mark(const struct parser *p, char mark)
{
    return p->token.kind == TOKEN_MARK && p->token.mark == mark;
}

static bool at_word(const struct parser *p, enum word word)
{
    return p->token.kind == TOKEN_WORD && p->token.word == word;
}

/* Counts what takes memory. */
static err count_node(struct parser *p)
{
    p->pattern->node_count++;
    if (p->pattern->node_count > PATTERN_NODES_MAX)
        return FAIL(p->arena, ERR_TOO_LARGE,
                    "%s: a pattern has at most %u comparisons, constants and groups",
                    pattern_place(p->arena, p->text, p->token.offset), PATTERN_NODES_MAX);
    return NULL;
}

static err new_node(struct parser *p, enum pattern_node_kind kind, size_t offset,
                    struct pattern_node **out)
{
    TRY(count_node(p));
    struct pattern_node *node = NEW(p->arena, struct pattern_node);
    node->kind = kind;
    node->offset = offset;
    node->depth = 1;
    *out = node;
    return NULL;
}

/* Paths. */

static err read_index(struct parser *p, struct pattern_step *out)
{
    TRY(advance(p));
    if (at_mark(p, '*')) {
        *out = (struct pattern_step){.kind = PATTERN_EACH};
    } else if (p->token.kind == TOKEN_INTEGER) {
        struct pattern_value value = {0};
        TRY(constant_read(p->arena, p->text, &p->token, &value));
        *out = (struct pattern_step){
            .kind = PATTERN_INDEX,
            .index = value.is_integer ? value.integer : INT64_MAX,
        };
    } else {
        return PARSE_FAIL(p, "a list position or * is expected after [");
    }
    TRY(advance(p));
    if (!at_mark(p, ']'))
        return PARSE_FAIL(p, "] is expected after the list position");
    return advance(p);
}

static err read_property(struct parser *p, struct pattern_step *out)
{
    const struct token *t = &p->token;
    if (t->kind == TOKEN_HYPHENED || token_is_reserved(t))
        return PATTERN_FAIL(p->arena, p->text, t->offset,
                            "this property name must stand between apostrophes: '%.*s'",
                            STR_ARG(t->text));
    if (t->kind != TOKEN_NAME && t->kind != TOKEN_STRING)
        return PARSE_FAIL(p, "a property name is expected");
    str name = constant_unescape(p->arena, t);
    *out = (struct pattern_step){
        .kind = PATTERN_PROPERTY,
        .name = name,
        .is_ref = str_ends(name, LIT("_ref")),
        .is_refs = str_ends(name, LIT("_refs")),
    };
    return advance(p);
}

static err read_steps(struct parser *p, struct pattern_path *out)
{
    struct pattern_step steps[PATTERN_STEPS_MAX];
    size_t count = 0;
    TRY(read_property(p, &steps[count++]));
    while (at_mark(p, '.') || at_mark(p, '[')) {
        if (count == PATTERN_STEPS_MAX)
            return FAIL(p->arena, ERR_TOO_LARGE, "%s: an object path has at most %d steps",
                        pattern_place(p->arena, p->text, p->token.offset), PATTERN_STEPS_MAX);
        if (at_mark(p, '[')) {
            TRY(read_index(p, &steps[count++]));
            continue;
        }
        TRY(advance(p));
        TRY(read_property(p, &steps[count++]));
    }
    out->steps = arena_take(p->arena, count * sizeof(steps[0]));
    memcpy(out->steps, steps, count * sizeof(steps[0]));
    out->count = count;
    return NULL;
}

static err read_path(struct parser *p, struct pattern_path *out)
{
    out->offset = p->token.offset;
    out->type = p->token.text;
    if (p->token.kind != TOKEN_NAME && p->token.kind != TOKEN_HYPHENED)
        return PARSE_FAIL(p, "an object path such as file:name is expected");
    TRY(advance(p));
    if (!at_mark(p, ':'))
        return PARSE_FAIL(p, "a colon is expected after the object type '%.*s'",
                          STR_ARG(out->type));
    TRY(advance(p));
    return read_steps(p, out);
}

/* Comparisons. */

static err add_value(struct parser *p, struct pattern_test *t, size_t *capacity)
{
    TRY(count_node(p));
    struct pattern_value *value =
        arena_grow(p->arena, (void **)&t->values, t->value_count, capacity, sizeof(*t->values));
    TRY(constant_read(p->arena, p->text, &p->token, value));
    t->value_count++;
    return advance(p);
}

static err read_set(struct parser *p, struct pattern_test *t)
{
    if (!at_mark(p, '('))
        return PARSE_FAIL(p, "( is expected after IN");
    TRY(advance(p));
    if (at_mark(p, ')'))
        return advance(p);
    size_t capacity = 0;
    for (;;) {
        if (!token_is_constant(&p->token))
            return PARSE_FAIL(p, "a constant is expected");
        TRY(add_value(p, t, &capacity));
        if (at_mark(p, ')'))
            return advance(p);
        if (!at_mark(p, ','))
            return PARSE_FAIL(p, "a comma or ) is expected after the constant");
        TRY(advance(p));
    }
}

static err read_operand(struct parser *p, struct pattern_test *t)
{
    const struct token *token = &p->token;
    if (t->op->takes == PATTERN_TAKES_SET)
        return read_set(p, t);
    if (t->op->takes == PATTERN_TAKES_STRING && token->kind != TOKEN_STRING)
        return PARSE_FAIL(p, "a string is expected after %.*s", STR_ARG(t->op->name));
    if (!token_is_constant(token))
        return PARSE_FAIL(p, "a constant such as 'text', 5, 1.5, true or t'2026-11-03T00:00:00Z' "
                             "is expected after the operator");
    if (t->op->takes == PATTERN_TAKES_ORDERED && token->kind == TOKEN_WORD)
        return PARSE_FAIL(p, "a constant that has an order is expected after %.*s",
                          STR_ARG(t->op->name));
    TRY(count_node(p));
    t->values = NEW(p->arena, struct pattern_value);
    t->value_count = 1;
    TRY(constant_read(p->arena, p->text, token, t->values));
    return advance(p);
}

static err read_comparison(struct parser *p, struct pattern_test *t)
{
    TRY(read_path(p, &t->path));
    t->is_negated = at_word(p, WORD_NOT);
    if (t->is_negated)
        TRY(advance(p));
    t->op = p->token.op;
    if (p->token.kind != TOKEN_OP || t->op->takes == PATTERN_TAKES_NONE)
        return PARSE_FAIL(p, "a comparison operator such as = or LIKE is expected after %s",
                          t->is_negated ? "NOT" : "the path");
    if (!str_eq(p->token.text, t->op->name))
        check_warn(
            p->arena, p->pattern, p->token.offset,
            arena_print(p->arena, "the standard writes this operator %.*s", STR_ARG(t->op->name))
                .at);
    TRY(advance(p));
    return read_operand(p, t);
}

/* [NOT] EXISTS path */
static err read_exists(struct parser *p, struct pattern_test *t)
{
    t->is_negated = at_word(p, WORD_NOT);
    if (t->is_negated)
        TRY(advance(p));
    t->op = pattern_op_get(PATTERN_EXISTS);
    if (p->token.op != t->op)
        return PATTERN_FAIL(p->arena, p->text, p->token.offset,
                            "NOT stands before EXISTS or behind a path, as in file:size NOT = 5");
    TRY(advance(p));
    return read_path(p, &t->path);
}

static err read_test(struct parser *p, struct pattern_node **out)
{
    struct pattern_node *node;
    TRY(new_node(p, PATTERN_TEST, p->token.offset, &node));
    struct pattern_test *test = NEW(p->arena, struct pattern_test);
    bool is_prefix = at_word(p, WORD_NOT) || p->token.op == pattern_op_get(PATTERN_EXISTS);
    TRY(is_prefix ? read_exists(p, test) : read_comparison(p, test));
    TRY(check_test(p->arena, p->pattern, test));
    node->test = test;
    node->type = test->path.type;
    p->pattern->test_count++;
    *out = node;
    return NULL;
}

/* Operators and parentheses. */

typedef err read_fn(struct parser *p, struct pattern_node **out);

static read_fn read_comparison_operand;
static read_fn read_observation_operand;

/* One level of precedence; the last of a group has no word and reads an operand. */
struct level {
    enum word word;
    enum pattern_node_kind kind;
    read_fn *read;
};

static const struct level COMPARISON_LEVELS[] = {
    {WORD_OR, PATTERN_TEST_OR, NULL},
    {WORD_AND, PATTERN_TEST_AND, NULL},
    {WORD_NONE, PATTERN_TEST, read_comparison_operand},
};

static const struct level OBSERVATION_LEVELS[] = {
    {WORD_FOLLOWEDBY, PATTERN_FOLLOWEDBY, NULL},
    {WORD_OR, PATTERN_OR, NULL},
    {WORD_AND, PATTERN_AND, NULL},
    {WORD_NONE, PATTERN_OBSERVATION, read_observation_operand},
};

/* Links `child` behind `last`, the last child so far or NULL. */
static void add_child(struct pattern_node *node, struct pattern_node *last,
                      struct pattern_node *child)
{
    if (last)
        last->next = child;
    else
        node->first = child;
    if (node->depth <= child->depth)
        node->depth = child->depth + 1;
    bool is_same_type = last == NULL || str_eq(node->type, child->type);
    node->type = is_same_type ? child->type : (str){0};
}

static err read_level(struct parser *p, const struct level *level, struct pattern_node **out)
{
    if (level->word == WORD_NONE)
        return level->read(p, out);
    struct pattern_node *last;
    TRY(read_level(p, level + 1, &last));
    if (!at_word(p, level->word)) {
        *out = last;
        return NULL;
    }
    struct pattern_node *node;
    TRY(new_node(p, level->kind, last->offset, &node));
    add_child(node, NULL, last);
    while (at_word(p, level->word)) {
        TRY(advance(p));
        struct pattern_node *next;
        TRY(read_level(p, level + 1, &next));
        add_child(node, last, next);
        last = next;
    }
    if (node->kind == PATTERN_TEST_AND)
        check_and(p->arena, p->pattern, node);
    *out = node;
    return NULL;
}

/* What stands between the parentheses, the first of which is the next token. */
static err read_group(struct parser *p, const struct level *levels, struct pattern_node **out)
{
    p->depth++;
    if (p->depth > PATTERN_DEPTH_MAX)
        return FAIL(p->arena, ERR_TOO_LARGE, "%s: parentheses go at most %d deep",
                    pattern_place(p->arena, p->text, p->token.offset), PATTERN_DEPTH_MAX);
    TRY(advance(p));
    TRY(read_level(p, levels, out));
    if (!at_mark(p, ')'))
        return PARSE_FAIL(p, "AND, OR%s or ) is expected",
                          levels == OBSERVATION_LEVELS ? ", FOLLOWEDBY, a qualifier" : "");
    p->depth--;
    return advance(p);
}

static err read_comparison_operand(struct parser *p, struct pattern_node **out)
{
    if (at_mark(p, '('))
        return read_group(p, COMPARISON_LEVELS, out);
    return read_test(p, out);
}

static err read_observation(struct parser *p, struct pattern_node **out)
{
    struct pattern_node *node;
    TRY(new_node(p, PATTERN_OBSERVATION, p->token.offset, &node));
    TRY(advance(p));
    struct pattern_node *child;
    TRY(read_level(p, COMPARISON_LEVELS, &child));
    add_child(node, NULL, child);
    if (!at_mark(p, ']'))
        return PARSE_FAIL(p, "AND, OR or ] is expected after the comparison");
    *out = node;
    return advance(p);
}

/* Qualifiers. */

/* Takes a word that must stand here. */
static err take_word(struct parser *p, enum word word, const char *expected)
{
    if (!at_word(p, word))
        return PARSE_FAIL(p, "%s", expected);
    return advance(p);
}

static err read_qualifier_number(struct parser *p, struct pattern_qualifier *out)
{
    bool is_number = p->token.kind == TOKEN_INTEGER ||
                     (p->token.kind == TOKEN_FLOAT && out->kind == PATTERN_WITHIN);
    bool is_negative = str_starts(p->token.text, LIT("-"));
    if (!is_number || is_negative)
        return PARSE_FAIL(p, "%s",
                          out->kind == PATTERN_WITHIN ? "a positive number of seconds is expected"
                                                      : "a positive whole number is expected");
    TRY(constant_read(p->arena, p->text, &p->token, &out->first));
    return advance(p);
}

static err read_qualifier_time(struct parser *p, struct pattern_value *out)
{
    if (p->is_20 && p->token.kind == TOKEN_STRING)
        TRY(constant_read_time(p->arena, p->text, &p->token, out));
    else if (p->token.kind == TOKEN_TIMESTAMP)
        TRY(constant_read(p->arena, p->text, &p->token, out));
    else
        return PARSE_FAIL(p, "a timestamp such as t'2026-11-03T20:15:00Z' is expected");
    return advance(p);
}

static bool qualifier_kind_of(const struct token *t, enum pattern_qualifier_kind *kind)
{
    if (t->kind != TOKEN_WORD)
        return false;
    *kind = t->word == WORD_WITHIN    ? PATTERN_WITHIN
            : t->word == WORD_REPEATS ? PATTERN_REPEATS
                                      : PATTERN_START_STOP;
    return t->word == WORD_WITHIN || t->word == WORD_REPEATS || t->word == WORD_START;
}

static err read_qualifier(struct parser *p, struct pattern_qualifier *out)
{
    TRY(advance(p));
    if (out->kind == PATTERN_START_STOP) {
        TRY(read_qualifier_time(p, &out->first));
        TRY(take_word(p, WORD_STOP, "STOP is expected after the time of START"));
        TRY(read_qualifier_time(p, &out->second));
    } else if (out->kind == PATTERN_WITHIN) {
        TRY(read_qualifier_number(p, out));
        TRY(take_word(p, WORD_SECONDS, "SECONDS is expected after the number"));
    } else {
        TRY(read_qualifier_number(p, out));
        TRY(take_word(p, WORD_TIMES, "TIMES is expected after the number"));
    }
    return check_qualifier(p->arena, p->pattern, out);
}

/*
 * One of each kind at most (§9.5.1). Behind parentheses the tools in use let a second one pass, so
 * there it is a warning; behind brackets all of them refuse it.
 */
static err check_repeated(struct parser *p, const struct pattern_node *node,
                          enum pattern_qualifier_kind kind, bool is_group)
{
    for (size_t i = 0; i < node->qualifier_count; i++) {
        if (node->qualifiers[i].kind != kind)
            continue;
        if (!is_group)
            return PATTERN_FAIL(p->arena, p->text, p->token.offset,
                                "an observation has one qualifier of each kind; this is the second "
                                "%.*s",
                                STR_ARG(p->token.text));
        check_warn(p->arena, p->pattern, p->token.offset,
                   "an observation has one qualifier of each kind (STIX 2.1 §9.5.1)");
        break;
    }
    return NULL;
}

static err read_qualifiers(struct parser *p, bool is_group, struct pattern_node **out)
{
    enum pattern_qualifier_kind kind;
    struct pattern_node *node = NULL;
    while (qualifier_kind_of(&p->token, &kind)) {
        if (node == NULL) {
            TRY(new_node(p, PATTERN_QUALIFIED, (*out)->offset, &node));
            add_child(node, NULL, *out);
        }
        TRY(count_node(p));
        TRY(check_repeated(p, node, kind, is_group));
        struct pattern_qualifier qualifier = {.kind = kind};
        TRY(read_qualifier(p, &qualifier));
        struct pattern_qualifier *place =
            arena_grow(p->arena, (void **)&node->qualifiers, node->qualifier_count,
                       &node->qualifier_capacity, sizeof(qualifier));
        *place = qualifier;
        node->qualifier_count++;
    }
    if (node)
        *out = node;
    return NULL;
}

static err read_observation_operand(struct parser *p, struct pattern_node **out)
{
    bool is_group = at_mark(p, '(');
    if (!is_group && !at_mark(p, '['))
        return PARSE_FAIL(p, "an observation in brackets is expected, such as [file:size = 5]");
    struct pattern_node *node = NULL;
    TRY(is_group ? read_group(p, OBSERVATION_LEVELS, &node) : read_observation(p, &node));
    TRY(read_qualifiers(p, is_group, &node));
    *out = node;
    return NULL;
}

/* Whole patterns. */

static err check_text(struct arena *a, str text)
{
    if (text.len > PATTERN_BYTES_MAX)
        return FAIL(a, ERR_TOO_LARGE, "a pattern has at most %zu bytes; this one has %zu",
                    PATTERN_BYTES_MAX, text.len);
    size_t fault = utf8_find_fault(text);
    if (fault < text.len)
        return FAIL(a, ERR_INPUT, "the pattern is not UTF-8 from byte %zu on", fault + 1);
    return NULL;
}

static err read_pattern(struct arena *a, str text, bool is_20, struct pattern **out)
{
    TRY(check_text(a, text));
    struct pattern *pattern = NEW(a, struct pattern);
    pattern->text = text;
    struct parser p = {.arena = a, .text = text, .pattern = pattern, .is_20 = is_20};
    lexer_init(&p.lexer, a, text);
    TRY(advance(&p));
    TRY(read_level(&p, OBSERVATION_LEVELS, &pattern->root));
    if (p.token.kind != TOKEN_END)
        return PARSE_FAIL(&p, "AND, OR, FOLLOWEDBY, a qualifier or the end is expected");
    if (p.lexer.comment < text.len)
        check_warn(a, pattern, p.lexer.comment, "the standard knows no comments in patterns");
    *out = pattern;
    return NULL;
}

err pattern_read(struct arena *a, str text, struct pattern **out)
{
    return read_pattern(a, text, false, out);
}

err pattern_read_20(struct arena *a, str text, struct pattern **out)
{
    return read_pattern(a, text, true, out);
}
