/*
 * Inside validation: what the parts of the checker share.
 */
#ifndef TOCSIN_STIX_CHECK_H
#define TOCSIN_STIX_CHECK_H

#include "stix/catalog.h"
#include "stix/validate.h"

/* Where we are: a chain on the stack, written out only for a finding. */
struct place {
    const struct place *up; /* NULL at the top */
    str key;                /* key.at NULL: `index` counts */
    size_t index;
};

/* At most this many properties a shape and its common one have together. */
#define CHECK_PROPERTIES_MAX 64

/* Of each length modulo this a list: names of properties differ in length more than in anything. */
#define CHECK_LENGTHS 32

/*
 * The properties an object may have, those of `own` numbered before those of `common` (or NULL),
 * and what a walk over its members found of them.
 */
struct shape_view {
    const struct catalog_shape *own;
    const struct catalog_shape *common;
    uint64_t required;
    uint64_t mask; /* of those found */
    json values[CHECK_PROPERTIES_MAX];
    /* By length the first, and behind each the next: numbers + 1, 0 ends. */
    uint8_t first[CHECK_LENGTHS];
    uint8_t next[CHECK_PROPERTIES_MAX];
};

/* The property of that number. */
static inline const struct catalog_property *shape_property(const struct shape_view *v,
                                                            size_t number)
{
    if (number < v->own->property_count)
        return &v->own->properties[number];
    ASSERT(v->common != NULL);
    return &v->common->properties[number - v->own->property_count];
}

void shape_view_init(struct shape_view *v, const struct catalog_shape *own,
                     const struct catalog_shape *common);

/* The number of the property of that name, below CHECK_PROPERTIES_MAX; that if there is none. */
size_t shape_find(const struct shape_view *v, str name);

/* What was found of the property of that name, or absent. */
json shape_value(const struct shape_view *v, str name);

struct check {
    struct arena *a;
    struct stix_findings *out;
    enum catalog_edition edition;
    enum stix_spec spec;
    json object;             /* the object under check */
    const struct place *top; /* where it stands; NULL if it stands alone */
    str type_name;
    const struct catalog_type *type; /* NULL for a type the standard does not have */
    size_t custom_count;             /* properties that its type has not */
    str first_custom;
    const struct shape_view *found; /* of its members, once they were checked */
};

/* Adds a finding; the rule is printf's. */
void check_add(struct check *c, const struct place *at, enum stix_level level, const char *section,
               const char *rule, ...) __attribute__((format(printf, 5, 6)));

/* Checks a value against a property, lists element by element. */
void check_value(struct check *c, const struct place *at, const struct catalog_property *p,
                 json value);

/* Checks the members of an object against a view, which is left with what was found. */
void check_members(struct check *c, const struct place *at, struct shape_view *v, json value);

/* Checks what should be an object against a shape (and `common`, or NULL). */
void check_shape(struct check *c, const struct place *at, const struct catalog_shape *own,
                 const struct catalog_shape *common, json value);

/*
 * What no definition covers: U+0000 in keys is a MUST; null and empty lists and dictionaries are
 * of level `empties` in `value` itself, and warnings further down (L5).
 */
void check_foreign(struct check *c, const struct place *at, json value, enum stix_level empties);

void check_hashes(struct check *c, const struct place *at, json value);
void check_dictionary(struct check *c, const struct place *at, const struct catalog_property *p,
                      json value);
void check_extensions(struct check *c, const struct place *at, json value);
void check_granular(struct check *c, const struct place *at, const struct catalog_property *p,
                    json value);
void check_contents(struct check *c, const struct place *at, json value);
void check_definition(struct check *c, const struct place *at, json value);
void check_container(struct check *c, const struct place *at, json value);
void check_bundle_objects(struct check *c, const struct place *at, json value);

/* Rules between properties, and those that only one type has, once its members were checked. */
void check_rules(struct check *c, const struct place *at, const struct shape_view *v);
void check_type_rules(struct check *c, const struct place *at);

/* A property of the object, by its type, once its members were checked. */
static inline json check_member(const struct check *c, str name)
{
    return shape_value(c->found, name);
}

/* One object of a bundle or alone. */
void check_object(struct check *c, const struct place *at, json value);

#endif
