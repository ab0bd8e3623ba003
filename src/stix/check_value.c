/*
 * Single values against their properties, and the walk over an object's members.
 */
#include "stix/check.h"

#include "base/clock.h"
#include "base/uuid.h"
#include "stix/formats.h"
#include "stix/object.h"

/* A value's beginning, for error texts. */
#define SHOWN_BYTES 60
#define SHOW(s) (int)((s).len > SHOWN_BYTES ? SHOWN_BYTES : (s).len), (s).len ? (s).at : ""

static bool refuse_type(struct check *c, const struct place *at, json value, enum json_type type)
{
    check_add(c, at, STIX_MUST, "3.1", "must be %s, not %s", json_type_name(type),
              json_type_name(json_type(value)));
    return false;
}

static inline bool must_be(struct check *c, const struct place *at, json value, enum json_type type)
{
    return json_is(value, type) || refuse_type(c, at, value, type);
}

static void check_id(struct check *c, const struct place *at, json value)
{
    if (!must_be(c, at, value, JSON_STRING))
        return;
    str id = json_string(value);
    str type = stix_id_type(id);
    unsigned version = 0;
    if (type.len == 0 || !uuid_read(str_skip(id, type.len + 2), &version) || version == 0) {
        check_add(c, at, STIX_MUST, "2.9", "must be of the form TYPE--UUID");
        return;
    }
    if (!str_eq(type, c->type_name))
        check_add(c, at, STIX_MUST, "2.9", "must begin with the object's type, \"%.*s--\"",
                  SHOW(c->type_name));
    bool is_sco = c->type && c->type->class == CATALOG_SCO;
    if (!is_sco && version != 4 && c->type)
        check_add(c, at, STIX_SHOULD, "2.9", "should be a UUID of version 4");
    if (!is_sco)
        return;
    bool has_parts = false;
    for (size_t i = 0; i < CATALOG_ID_NAMES_MAX && c->type->id_names[i].len; i++)
        has_parts = has_parts || !json_is(json_get(c->object, c->type->id_names[i]), JSON_NONE);
    if (!has_parts && version != 4)
        check_add(c, at, STIX_MUST, "2.9",
                  "must be a UUID of version 4, since there is nothing to derive it from");
    if (has_parts && version != 5)
        check_add(c, at, STIX_SHOULD, "2.9", "should be a UUID of version 5");
}

static bool is_target(const struct check *c, const struct catalog_targets *targets, str type)
{
    for (size_t i = 0; i < targets->count; i++) {
        if (str_eq(targets->types[i], type))
            return true;
    }
    if (targets->classes == 0)
        return false;
    const struct catalog_type *known = catalog_find(c->edition, type);
    return known == NULL || (known->class & targets->classes) != 0;
}

static void check_ref(struct check *c, const struct place *at, const struct catalog_property *p,
                      json value)
{
    if (!must_be(c, at, value, JSON_STRING))
        return;
    str id = json_string(value);
    str type = stix_id_type(id);
    unsigned version = 0;
    if (!format_is_type_name(type) || !uuid_read(str_skip(id, type.len + 2), &version) ||
        version == 0) {
        check_add(c, at, STIX_MUST, "2.9", "must be an identifier, TYPE--UUID");
        return;
    }
    if (p->targets && !is_target(c, p->targets, type))
        check_add(c, at, STIX_MUST, "3.3", "must name %s, not %.*s", p->targets->words, SHOW(type));
}

static void check_time(struct check *c, const struct place *at, bool is_version, json value)
{
    if (!must_be(c, at, value, JSON_STRING))
        return;
    unsigned precision;
    if (!clock_read(json_string(value), NULL, &precision)) {
        check_add(c, at, STIX_MUST, "2.16", "must be a time like 2026-11-24T10:00:00.000Z (UTC)");
        return;
    }
    if (is_version && precision < 3)
        check_add(c, at, STIX_MUST, "3.2", "must be precise to the millisecond at least");
    else if (is_version && precision > 3 && c->edition == CATALOG_2_0)
        check_add(c, at, STIX_MUST, "2.0 part 1, 3.1", "must have three digits of fraction");
}

static void check_word(struct check *c, const struct place *at, const struct catalog_words *words,
                       json value)
{
    if (!must_be(c, at, value, JSON_STRING))
        return;
    str word = json_string(value);
    for (size_t i = 0; i < words->count; i++) {
        if (str_eq(words->items[i], word))
            return;
    }
    if (words->is_closed)
        check_add(c, at, STIX_MUST, words->section, "must be a word of %s", words->name);
    else
        check_add(c, at, STIX_SHOULD, words->section, "should be a word of %s", words->name);
}

static void check_number(struct check *c, const struct place *at, const struct catalog_property *p,
                         json value)
{
    int64_t whole;
    double number;
    if (!must_be(c, at, value, JSON_NUMBER))
        return;
    if (p->kind == KIND_INTEGER && !json_to_i64(value, &whole)) {
        check_add(c, at, STIX_MUST, "2.10", "must be an integer of 64 bits");
        return;
    }
    if (p->range && json_to_double(value, &number) &&
        (number < p->range->least || number > p->range->most)) {
        if (p->range->most < 1e300)
            check_add(c, at, STIX_MUST, "3.2", "must be between %.10g and %.10g", p->range->least,
                      p->range->most);
        else
            check_add(c, at, STIX_MUST, "3.2", "must not be below %.10g", p->range->least);
    }
}

static void check_string(struct check *c, const struct place *at, const struct catalog_property *p,
                         json value)
{
    if (!must_be(c, at, value, JSON_STRING) || !p->format)
        return;
    if (!p->format->is_good(json_string(value)))
        check_add(c, at, p->format->is_should ? STIX_SHOULD : STIX_MUST, p->format->section, "%s",
                  p->format->rule);
}

static void check_type_name(struct check *c, const struct place *at, json value)
{
    if (must_be(c, at, value, JSON_STRING) && !c->type && !format_is_type_name(c->type_name))
        check_add(c, at, STIX_MUST, "3.1",
                  "must be of the characters a-z, 0-9 and hyphen, 3 to 250 of them");
}

static void check_spec_version(struct check *c, const struct place *at, json value)
{
    str wanted = c->edition == CATALOG_2_0 ? LIT("2.0") : LIT("2.1");
    if (must_be(c, at, value, JSON_STRING) && !str_eq(json_string(value), wanted))
        check_add(c, at, STIX_MUST, "3.2", "must be \"%.*s\"", STR_ARG(wanted));
}

static void check_boolean(struct check *c, const struct place *at, json value)
{
    enum json_type type = json_type(value);
    if (type != JSON_TRUE && type != JSON_FALSE)
        check_add(c, at, STIX_MUST, "2.2", "must be true or false, not %s", json_type_name(type));
}

/* Values with a structure of their own. */
static void check_part(struct check *c, const struct place *at, const struct catalog_property *p,
                       json value)
{
    switch (p->kind) {
    case KIND_HASHES:
        check_hashes(c, at, value);
        break;
    case KIND_DICTIONARY:
        check_dictionary(c, at, p, value);
        break;
    case KIND_OBJECT:
        check_shape(c, at, p->shape, NULL, value);
        break;
    case KIND_EXTENSIONS:
        check_extensions(c, at, value);
        break;
    case KIND_GRANULAR:
        check_granular(c, at, p, value);
        break;
    case KIND_CONTENTS:
        check_contents(c, at, value);
        break;
    case KIND_DEFINITION:
        check_definition(c, at, value);
        break;
    case KIND_CONTAINER:
        check_container(c, at, value);
        break;
    case KIND_OBJECTS:
        check_bundle_objects(c, at, value);
        break;
    default:
        check_foreign(c, at, value, STIX_MUST);
        break;
    }
}

static void check_one(struct check *c, const struct place *at, const struct catalog_property *p,
                      json value)
{
    switch (p->kind) {
    case KIND_TYPE:
        check_type_name(c, at, value);
        break;
    case KIND_SPEC_VERSION:
        check_spec_version(c, at, value);
        break;
    case KIND_ID:
        check_id(c, at, value);
        break;
    case KIND_STRING:
        check_string(c, at, p, value);
        break;
    case KIND_INTEGER:
    case KIND_FLOAT:
        check_number(c, at, p, value);
        break;
    case KIND_BOOLEAN:
        check_boolean(c, at, value);
        break;
    case KIND_TIMESTAMP:
    case KIND_VERSION_TIME:
        check_time(c, at, p->kind == KIND_VERSION_TIME, value);
        break;
    case KIND_REF:
        check_ref(c, at, p, value);
        break;
    case KIND_WORD:
        check_word(c, at, p->words, value);
        break;
    default:
        check_part(c, at, p, value);
        break;
    }
}

static void check_list(struct check *c, const struct place *at, const struct catalog_property *p,
                       json value)
{
    if (!must_be(c, at, value, JSON_ARRAY))
        return;
    struct json_walk w = json_walk(value);
    bool is_empty = true;
    while (json_next(&w)) {
        struct place element = {at, {0}, w.index};
        is_empty = false;
        if (json_is(w.value, JSON_NULL))
            check_add(c, &element, STIX_MUST, "3.1", "must not be null");
        else
            check_one(c, &element, p, w.value);
    }
    if (is_empty)
        check_add(c, at, STIX_MUST, "2.12", "must not be an empty list");
}

void check_value(struct check *c, const struct place *at, const struct catalog_property *p,
                 json value)
{
    if (p->need == FORBIDDEN)
        check_add(c, at, STIX_MUST, "3.2", "must not be used on this type");
    else if (p->need == UNFIT)
        check_add(c, at, STIX_SHOULD, "3.2", "should not be used on this type");
    else if (p->need == DEPRECATED)
        check_add(c, at, STIX_SHOULD, "3.1", "should not be used any more");
    if (json_is(value, JSON_NULL))
        check_add(c, at, STIX_MUST, "3.1", "must not be null");
    else if (p->is_list)
        check_list(c, at, p, value);
    else
        check_one(c, at, p, value);
}

size_t shape_find(const struct shape_view *v, str name)
{
    size_t number = v->first[name.len % CHECK_LENGTHS];
    while (number && !str_eq(shape_property(v, number - 1)->name, name))
        number = v->next[number - 1];
    return number ? number - 1 : CHECK_PROPERTIES_MAX;
}

/* Numbers the properties of `shape` from `first` on; behind those that are there already. */
static void add_properties(struct shape_view *v, const struct catalog_shape *shape, size_t first)
{
    ASSERT(first + shape->property_count <= CHECK_PROPERTIES_MAX);
    for (size_t i = shape->property_count; i-- > 0;) {
        const struct catalog_property *p = &shape->properties[i];
        uint8_t *list = &v->first[p->name.len % CHECK_LENGTHS];
        v->next[first + i] = *list;
        *list = (uint8_t)(first + i + 1);
        v->required |= (uint64_t)(p->need == REQUIRED) << (first + i);
    }
}

/* From the last on, so that lists begin with the lowest number. */
void shape_view_init(struct shape_view *v, const struct catalog_shape *own,
                     const struct catalog_shape *common)
{
    v->own = own;
    v->common = common;
    v->required = 0;
    v->mask = 0;
    memset(v->first, 0, sizeof(v->first));
    if (common)
        add_properties(v, common, own->property_count);
    add_properties(v, own, 0);
}

json shape_value(const struct shape_view *v, str name)
{
    size_t number = shape_find(v, name);
    return number < CHECK_PROPERTIES_MAX && v->mask >> number & 1 ? v->values[number] : (json){0};
}

/* A property that the standard does not define. */
static void check_custom(struct check *c, const struct place *at, json value)
{
    bool is_own_type = at->up == c->top && c->type == NULL;
    if (!format_is_property_name(at->key))
        check_add(c, at, STIX_MUST, "3.1",
                  "names of properties must be of a-z, 0-9 and underscore, 3 to 250 of them");
    check_foreign(c, at, value, is_own_type ? STIX_SHOULD : STIX_MUST);
    if (is_own_type || (c->edition == CATALOG_2_0 && str_starts(at->key, LIT("x_"))))
        return;
    if (c->custom_count++ == 0)
        c->first_custom = at->key;
}

static void check_required(struct check *c, const struct place *at, const struct shape_view *v)
{
    for (uint64_t missing = v->required & ~v->mask; missing; missing &= missing - 1) {
        size_t number = (size_t)__builtin_ctzll(missing);
        struct place place = {at, shape_property(v, number)->name, 0};
        check_add(c, &place, STIX_MUST,
                  number < v->own->property_count ? v->own->section : v->common->section,
                  "is required and missing");
    }
}

void check_members(struct check *c, const struct place *at, struct shape_view *v, json value)
{
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        struct place member = {at, w.key, 0};
        size_t number = shape_find(v, w.key);
        if (number == CHECK_PROPERTIES_MAX) {
            check_custom(c, &member, w.value);
            continue;
        }
        v->mask |= (uint64_t)1 << number;
        v->values[number] = w.value;
        check_value(c, &member, shape_property(v, number), w.value);
    }
    check_required(c, at, v);
    check_rules(c, at, v);
}

void check_shape(struct check *c, const struct place *at, const struct catalog_shape *own,
                 const struct catalog_shape *common, json value)
{
    if (!must_be(c, at, value, JSON_OBJECT))
        return;
    struct shape_view v;
    shape_view_init(&v, own, common);
    check_members(c, at, &v, value);
}
