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

struct check {
    struct arena *a;
    struct stix_findings *out;
    enum catalog_edition edition;
    enum stix_spec spec;
    json object;             /* the object under check */
    const struct place *top; /* where it stands; NULL if it stands alone */
    str type_name;
    const struct catalog_type *type; /* NULL for a type the standard does not have */
    bool may_have_more;  /* an extension brings properties of the top level or the type itself */
    size_t custom_count; /* properties nobody defines */
    str first_custom;
};

/* At most this many properties a shape and its common one have together. */
#define CHECK_PROPERTIES_MAX 64

/* What a walk over an object's members found, by the property's number. */
struct seen {
    uint64_t mask;
    json values[CHECK_PROPERTIES_MAX];
};

/* Adds a finding; the rule is printf's. */
void check_add(struct check *c, const struct place *at, enum stix_level level, const char *section,
               const char *rule, ...) __attribute__((format(printf, 5, 6)));

/* Checks a value against a property, lists element by element. */
void check_value(struct check *c, const struct place *at, const struct catalog_property *p,
                 json value);

/* Checks an object against a shape (and `common`, or NULL). */
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

/* Rules between properties, and those that only one type has. */
void check_rules(struct check *c, const struct place *at, const struct catalog_shape *own,
                 const struct catalog_shape *common, const struct seen *seen);
void check_type_rules(struct check *c, const struct place *at);

/* One object of a bundle or alone. */
void check_object(struct check *c, const struct place *at, json value);

#endif
