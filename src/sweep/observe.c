/*
 * Patterns over observed data. The table maps a path and a value to the patterns that ask for them;
 * each path is walked once in each object of its type, whatever the number of its values.
 */
#include "sweep/observe.h"

#include "pattern/path.h"

#define NOTHING UINT32_MAX
/* [*] in one path: more of them may cost much, and are evaluated within limits. */
#define PLAIN_LISTS_MAX 2

/* One pattern; of one that is in the table only what was found. */
struct entry {
    struct pattern *tree; /* NULL: it is in the table, or broken */
    uint32_t found;       /* table: the first observation, or NOTHING */
};

struct entries {
    struct entry *items;
    size_t count;
    size_t capacity;
};

/* The patterns that ask for one value: their numbers, in a list. */
struct asker {
    uint32_t number;
    struct asker *next;
};

struct asked_path {
    struct pattern_path path;
    struct map values; /* to the first struct asker */
};

struct asked_paths {
    struct asked_path **items;
    size_t count;
    size_t capacity;
};

struct observe {
    struct arena *arena;
    struct arena scratch;
    struct entries entries;
    struct map by_path; /* the path as written: struct asked_path */
    struct asked_paths paths;
};

struct observe *observe_open(struct arena *a)
{
    struct observe *o = NEW(a, struct observe);
    o->arena = a;
    map_init(&o->by_path, a);
    return o;
}

void observe_close(struct observe *o)
{
    if (o == NULL)
        return;
    for (size_t i = 0; i < o->entries.count; i++)
        pattern_release(o->entries.items[i].tree);
    arena_done(&o->scratch);
}

/* Adding. */

static bool is_plain_test(const struct pattern_node *n)
{
    const struct pattern_test *t = n->test;
    if (t == NULL || t->op->id != PATTERN_EQ || t->is_negated ||
        t->values[0].type != PATTERN_STRING)
        return false;
    size_t lists = 0;
    for (size_t i = 0; i < t->path.count; i++)
        lists += t->path.steps[i].kind == PATTERN_EACH;
    str property = path_property(&t->path);
    return lists <= PLAIN_LISTS_MAX && !str_ends(property, LIT("_hex")) &&
           !str_ends(property, LIT("_bin"));
}

/* True if the pattern fits the table. */
static bool is_plain(const struct pattern *p)
{
    if (p->root->kind != PATTERN_OBSERVATION)
        return false;
    const struct pattern_node *inside = p->root->first;
    if (inside->kind != PATTERN_TEST_OR)
        return is_plain_test(inside);
    for (const struct pattern_node *child = inside->first; child; child = child->next) {
        if (!is_plain_test(child))
            return false;
    }
    return true;
}

static void copy_path(struct arena *a, const struct pattern_path *from, struct pattern_path *to)
{
    *to = *from;
    to->type = arena_copy(a, from->type);
    to->steps = NEW_ARRAY(a, from->count, struct pattern_step);
    for (size_t i = 0; i < from->count; i++) {
        to->steps[i] = from->steps[i];
        to->steps[i].name = arena_copy(a, from->steps[i].name);
    }
}

static struct asked_path *find_path(struct observe *o, const struct pattern_path *path)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, PATTERN_BYTES_MAX * 2);
    pattern_write_path(path, &text);
    struct asked_path *asked = map_get(&o->by_path, buf_str(&text));
    if (asked)
        return asked;
    asked = NEW(o->arena, struct asked_path);
    copy_path(o->arena, path, &asked->path);
    map_init(&asked->values, o->arena);
    map_put(&o->by_path, arena_copy(o->arena, buf_str(&text)), asked);
    *LIST_ADD(o->arena, &o->paths) = asked;
    return asked;
}

static void ask(struct observe *o, const struct pattern_test *t, uint32_t number)
{
    struct asked_path *path = find_path(o, &t->path);
    struct asker *asker = NEW(o->arena, struct asker);
    asker->number = number;
    struct asker *first = map_get(&path->values, t->values[0].text);
    if (first) {
        asker->next = first->next;
        first->next = asker;
        return;
    }
    map_put(&path->values, arena_copy(o->arena, t->values[0].text), asker);
}

static err keep_tree(struct observe *o, str text, bool is_20, struct entry *entry)
{
    str copy = arena_copy(o->arena, text);
    struct pattern *p = NULL;
    TRY(is_20 ? pattern_read_20(o->arena, copy, &p) : pattern_read(o->arena, copy, &p));
    err failure = pattern_prepare(o->arena, p);
    if (failure) {
        pattern_release(p);
        return failure;
    }
    entry->tree = p;
    return NULL;
}

err observe_add(struct arena *a, struct observe *o, str text, bool is_20)
{
    size_t number = o->entries.count;
    struct entry *entry = LIST_ADD(o->arena, &o->entries);
    entry->found = NOTHING;
    if (number >= NOTHING)
        return FAIL(a, ERR_TOO_LARGE, "at most %u patterns are taken", NOTHING);
    arena_reset(&o->scratch);
    struct pattern *p = NULL;
    err failure =
        is_20 ? pattern_read_20(&o->scratch, text, &p) : pattern_read(&o->scratch, text, &p);
    if (failure)
        return FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
    if (!is_plain(p))
        return keep_tree(o, text, is_20, entry);
    const struct pattern_node *inside = p->root->first;
    if (inside->test)
        ask(o, inside->test, (uint32_t)number);
    for (const struct pattern_node *child = inside->first; child; child = child->next)
        ask(o, child->test, (uint32_t)number);
    return NULL;
}

/* Running. */

struct looking {
    struct observe *o;
    const struct asked_path *path;
    uint32_t observation;
};

static bool look_up(void *context, json value)
{
    const struct looking *l = context;
    if (!json_is(value, JSON_STRING))
        return false;
    for (const struct asker *a = map_get(&l->path->values, json_string(value)); a; a = a->next) {
        struct entry *entry = &l->o->entries.items[a->number];
        if (entry->found == NOTHING)
            entry->found = l->observation;
    }
    return false;
}

static void look_through(struct observe *o, const struct observed *data)
{
    for (size_t i = 0; i < o->entries.count; i++)
        o->entries.items[i].found = NOTHING;
    struct looking l = {.o = o};
    for (size_t i = 0; i < data->count; i++) {
        const struct observation *where = &data->items[i];
        l.observation = (uint32_t)i;
        for (size_t k = 0; k < where->object_count; k++) {
            for (size_t p = 0; p < o->paths.count; p++) {
                l.path = o->paths.items[p];
                pattern_each_value(&l.path->path, where, where->objects[k], look_up, &l);
            }
        }
    }
}

err observe_run(struct observe *o, const struct observed *data, observe_fn *fn, void *context)
{
    look_through(o, data);
    for (size_t i = 0; i < o->entries.count; i++) {
        const struct entry *entry = &o->entries.items[i];
        struct observe_result result = {.number = i};
        arena_reset(&o->scratch);
        if (entry->tree) {
            struct pattern_verdict verdict = {0};
            result.failure = pattern_evaluate(&o->scratch, entry->tree, data, &verdict);
            result.observations = verdict.observations;
            result.count = verdict.is_match ? verdict.count : 0;
        } else if (entry->found != NOTHING) {
            result.observations = &entry->found;
            result.count = 1;
        }
        if (result.failure || result.count)
            TRY(fn(context, &result));
    }
    return NULL;
}
