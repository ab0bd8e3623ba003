/*
 * Observed data: two walks over the objects, since an observed-data may stand before what it lists.
 */
#include "pattern/observed.h"

#include "base/clock.h"

struct gathering {
    struct arena *arena;
    const struct map *by_id;
    struct observed *out;
};

static void add_fault(struct gathering *g, json data, const char *text)
{
    *LIST_ADD(g->arena, &g->out->faults) =
        (struct observed_fault){json_get_string(data, LIT("id")), str_of(text)};
}

/* NULL, or what is wrong with the times and the number. */
static const char *read_extent(json data, struct observation *o)
{
    if (!clock_read(json_get_string(data, LIT("first_observed")), &o->first_us, NULL) ||
        !clock_read(json_get_string(data, LIT("last_observed")), &o->last_us, NULL))
        return "first_observed and last_observed must be timestamps";
    if (o->last_us < o->first_us)
        return "last_observed is before first_observed";
    json number = json_get(data, LIT("number_observed"));
    int64_t count = 1;
    if (!json_is(number, JSON_NONE) && (!json_to_i64(number, &count) || count < 1))
        return "number_observed must be a positive whole number";
    o->count = (uint64_t)count;
    return NULL;
}

static void add_object(struct observation *o, str ref, json object)
{
    json *place = &o->objects[o->object_count++];
    *place = object;
    map_put(&o->by_ref, ref, place);
}

static void list_referenced(struct gathering *g, json refs, struct observation *o)
{
    for (struct json_walk w = json_walk(refs); json_next(&w);) {
        const json *object = map_get(g->by_id, json_string(w.value));
        if (object && map_get(&o->by_ref, json_string(w.value)) == NULL)
            add_object(o, json_string(w.value), *object);
    }
}

/* As STIX 2.0 has them: keys stand for ids. */
static void list_contained(json objects, struct observation *o)
{
    for (struct json_walk w = json_walk(objects); json_next(&w);) {
        if (json_is(w.value, JSON_OBJECT) && map_get(&o->by_ref, w.key) == NULL)
            add_object(o, w.key, w.value);
    }
}

static void gather_one(struct gathering *g, json data)
{
    struct observation o = {.id = json_get_string(data, LIT("id"))};
    const char *fault = read_extent(data, &o);
    if (fault) {
        add_fault(g, data, fault);
        return;
    }
    json refs = json_get(data, LIT("object_refs"));
    json objects = json_get(data, LIT("objects"));
    o.objects = NEW_ARRAY(g->arena, json_count(refs) + json_count(objects), json);
    map_init(&o.by_ref, g->arena);
    if (json_is(refs, JSON_ARRAY))
        list_referenced(g, refs, &o);
    if (json_is(objects, JSON_OBJECT))
        list_contained(objects, &o);
    *LIST_ADD(g->arena, g->out) = o;
}

void observed_gather(struct arena *a, const json *objects, size_t count, struct observed *out)
{
    *out = (struct observed){0};
    json *kept = NEW_ARRAY(a, count, json);
    if (count)
        memcpy(kept, objects, count * sizeof(*kept));
    struct map by_id;
    map_init(&by_id, a);
    for (size_t i = 0; i < count; i++) {
        str id = json_get_string(objects[i], LIT("id"));
        if (id.len)
            map_put(&by_id, id, &kept[i]);
    }
    struct gathering g = {a, &by_id, out};
    for (size_t i = 0; i < count; i++) {
        if (str_eq(json_get_string(objects[i], LIT("type")), LIT("observed-data")))
            gather_one(&g, objects[i]);
    }
}
