/*
 * The catalog: every type of STIX 2.1 and 2.0 as constant data, one block per type.
 *
 * A block lists the properties a type has of its own, the rules that hold between them, the
 * predefined extensions it may carry and the properties its deterministic id is made of. The common
 * properties stand in one block per class. Nothing here runs; validate.c walks it.
 */
#ifndef TOCSIN_STIX_CATALOG_H
#define TOCSIN_STIX_CATALOG_H

#include "base/str.h"

enum catalog_edition { CATALOG_2_0, CATALOG_2_1 };

enum catalog_class {
    CATALOG_SDO = 1,
    CATALOG_SRO = 2,
    CATALOG_SCO = 4,
    CATALOG_META = 8,
    CATALOG_BUNDLE = 16,
    CATALOG_PART = 32, /* embedded objects and extensions */
};

enum catalog_kind {
    KIND_ANY,
    KIND_TYPE,
    KIND_SPEC_VERSION,
    KIND_ID,
    KIND_STRING,  /* `format` may narrow it */
    KIND_INTEGER, /* `range` may narrow it */
    KIND_FLOAT,
    KIND_BOOLEAN,
    KIND_TIMESTAMP,
    KIND_VERSION_TIME, /* created, modified: milliseconds at least */
    KIND_REF,          /* `targets` may narrow it */
    KIND_WORD,         /* of `words` */
    KIND_HASHES,
    KIND_DICTIONARY, /* `values` says of what */
    KIND_OBJECT,     /* of `shape` */
    KIND_EXTENSIONS,
    KIND_GRANULAR,   /* `shape`, and selectors that must resolve */
    KIND_CONTENTS,   /* translations by language */
    KIND_DEFINITION, /* of a marking */
    KIND_CONTAINER,  /* observables by local name */
    KIND_OBJECTS,    /* what a bundle holds */
};

enum catalog_need {
    OPTIONAL,
    REQUIRED,
    DEPRECATED, /* a SHOULD is broken by using it */
    UNFIT,      /* "not applicable": a SHOULD as well */
    FORBIDDEN,  /* a MUST */
};

enum catalog_values { VALUES_ANY, VALUES_STRING, VALUES_STRINGS, VALUES_INTEGER, VALUES_SCALAR };

/* A vocabulary: closed ones are a MUST. */
struct catalog_words {
    const char *name;
    const char *section;
    bool is_closed;
    const str *items;
    size_t count;
};

/* What a string must look like. `level` as for findings: false is a MUST. */
struct catalog_format {
    bool (*is_good)(str value);
    const char *rule;
    bool is_should;
    const char *section;
};

struct catalog_range {
    double least;
    double most;
};

/* Types a reference may name: those listed, and all of the classes. Unknown types pass. */
struct catalog_targets {
    const char *words; /* for error texts: "file or directory" */
    const str *types;
    size_t count;
    unsigned classes; /* bits of enum catalog_class */
};

struct catalog_shape;

struct catalog_property {
    str name;
    enum catalog_kind kind;
    enum catalog_need need;
    bool is_list;
    enum catalog_values values;
    const struct catalog_words *words;
    const struct catalog_format *format;
    const struct catalog_range *range;
    const struct catalog_targets *targets;
    const struct catalog_shape *shape;
};

enum catalog_rule_kind {
    RULE_ONE_OF,        /* at least one of `names` */
    RULE_ANY_OWN,       /* at least one property of the block's own, or an extension */
    RULE_NEEDS,         /* the first needs the second */
    RULE_EXCLUDES,      /* the first and the second not together */
    RULE_NOT_BEFORE,    /* the first is at or after the second */
    RULE_AFTER,         /* the first is after the second */
    RULE_TRUE_NEEDS,    /* if the first is true, the second is there */
    RULE_TRUE_EXCLUDES, /* if the first is true, the second is not there */
    RULE_FALSE_EXCLUDES,
    RULE_SHOULD_HAVE, /* a SHOULD: the first is there */
};

#define CATALOG_RULE_NAMES_MAX 4

struct catalog_rule {
    enum catalog_rule_kind kind;
    str names[CATALOG_RULE_NAMES_MAX]; /* ends at the first empty one */
};

struct catalog_extension {
    str name;
    const struct catalog_shape *shape;
};

/* Properties, their rules, and where the standard has them. At most 56 properties a shape. */
struct catalog_shape {
    const char *section;
    const struct catalog_property *properties;
    size_t property_count;
    const struct catalog_rule *rules;
    size_t rule_count;
};

#define CATALOG_ID_NAMES_MAX 8

struct catalog_type {
    str name;
    enum catalog_class class;
    const struct catalog_shape *common;
    struct catalog_shape own;
    const struct catalog_extension *extensions;
    size_t extension_count;
    str id_names[CATALOG_ID_NAMES_MAX]; /* contributing properties, ends at the first empty one */
    str extension;                      /* of our own types: the definition by which they come */
};

/* A table of types; each edition is made of some. */
struct catalog_table {
    const struct catalog_type *types;
    size_t count;
};
extern const struct catalog_table CATALOG_SDO_2_1;
extern const struct catalog_table CATALOG_OWN;
extern const struct catalog_table CATALOG_SCO_2_1;
extern const struct catalog_table CATALOG_META_2_1;
extern const struct catalog_table CATALOG_TYPES_2_0;
extern const struct catalog_table CATALOG_OBSERVABLES_2_0;

/* Shapes that several blocks use. */
extern const struct catalog_shape CATALOG_COMMON_SDO;
extern const struct catalog_shape CATALOG_COMMON_SCO;
extern const struct catalog_shape CATALOG_EXTERNAL_REFERENCE;
extern const struct catalog_shape CATALOG_KILL_CHAIN_PHASE;
extern const struct catalog_shape CATALOG_GRANULAR_MARKING;
extern const struct catalog_shape CATALOG_STATEMENT;
extern const struct catalog_targets CATALOG_TO_IDENTITY;
extern const struct catalog_targets CATALOG_TO_MARKING;

/* The type of that name, or NULL. */
const struct catalog_type *catalog_find(enum catalog_edition edition, str name);

/* Our own type of that name, or NULL; for objects that come by its extension definition. */
const struct catalog_type *catalog_find_own(str name);

/* A 2.0 cyber-observable as it stands in observed-data's container, or NULL. */
const struct catalog_type *catalog_find_observable(str name);

/*
 * Relationships the standard defines (STIX 2.1 appendix B): false if it knows both types and has
 * not this one. Unknown types and the relationships common to all pass.
 */
bool catalog_relationship_is_defined(str source_type, str relationship, str target_type);

/* Shorthand of the tables. */
#define N(text) .name = LIT_INIT(text)
#define LIST .is_list = true
#define OF(list) .words = &(list)
#define TO(list) .targets = &(list)
#define LIKE(form) .format = &(form)
#define IN(limits) .range = &(limits)
#define SHAPED(form) .shape = &(form)

#define PROPERTIES(list) .properties = (list), .property_count = COUNT_OF(list)
#define RULES(list) .rules = (list), .rule_count = COUNT_OF(list)

#endif
