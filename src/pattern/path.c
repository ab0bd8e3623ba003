/*
 * Object paths: from an object to the values at the end.
 */
#include "pattern/path.h"

/* True if a value reached by the steps before `at` is a reference to another object. */
static bool is_reference(const struct pattern_path *path, size_t at)
{
    const struct pattern_step *before = at > 0 ? &path->steps[at - 1] : NULL;
    if (before == NULL)
        return false;
    if (before->kind == PATTERN_PROPERTY)
        return before->is_ref;
    return at > 1 && path->steps[at - 2].is_refs;
}

static bool step_on(struct path_walk *w, json value, size_t at);

static bool step_into_each(struct path_walk *w, json list, size_t at)
{
    if (!json_is(list, JSON_ARRAY))
        return false;
    for (struct json_walk walk = json_walk(list); json_next(&walk);) {
        if (step_on(w, walk.value, at))
            return true;
    }
    return false;
}

static bool step_into_index(struct path_walk *w, json list, int64_t index, size_t at)
{
    if (!json_is(list, JSON_ARRAY) || index < 0 || (uint64_t)index >= json_count(list))
        return false;
    return step_on(w, json_at(list, (size_t)index), at);
}

static bool step_into_property(struct path_walk *w, json value, str name, size_t at)
{
    if (json_is(value, JSON_STRING) && is_reference(w->path, at)) {
        const json *object = map_get(&w->where->by_ref, json_string(value));
        if (object == NULL)
            return false;
        value = *object;
    }
    json member = json_get(value, name);
    return !json_is(member, JSON_NONE) && step_on(w, member, at + 1);
}

/* What the steps from `at` on find in `value`. */
static bool step_on(struct path_walk *w, json value, size_t at)
{
    if (w->budget) {
        if (*w->budget == 0)
            return false;
        --*w->budget;
    }
    if (at == w->path->count)
        return w->fn(w->context, value);
    const struct pattern_step *step = &w->path->steps[at];
    switch (step->kind) {
    case PATTERN_EACH:
        return step_into_each(w, value, at + 1);
    case PATTERN_INDEX:
        return step_into_index(w, value, step->index, at + 1);
    case PATTERN_PROPERTY:
        break;
    }
    return step_into_property(w, value, step->name, at);
}

bool path_walk(struct path_walk *w, json object)
{
    return str_eq(json_get_string(object, LIT("type")), w->path->type) && step_on(w, object, 0);
}

str path_property(const struct pattern_path *path)
{
    const struct pattern_step *last = &path->steps[path->count - 1];
    return last->kind == PATTERN_PROPERTY ? last->name : (str){0};
}
