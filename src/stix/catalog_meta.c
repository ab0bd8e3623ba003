/*
 * STIX 2.1 meta objects (§7) and the bundle (§8).
 */
#include "base/num.h"
#include "stix/formats.h"
#include "stix/words.h"

static const struct catalog_range PERCENT = {0, 100};
static const struct catalog_targets TO_ANY = {
    "a STIX object", NULL, 0, CATALOG_SDO | CATALOG_SRO | CATALOG_SCO | CATALOG_META};

#define BEGINNING                                                                       \
    {N("type"), KIND_TYPE, REQUIRED}, {N("spec_version"), KIND_SPEC_VERSION, REQUIRED}, \
        {N("id"), KIND_ID, REQUIRED},                                                   \
    {                                                                                   \
        N("created"), KIND_VERSION_TIME, REQUIRED                                       \
    }
#define REFERENCES                                                                                \
    {                                                                                             \
        N("external_references"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(CATALOG_EXTERNAL_REFERENCE) \
    }
#define MARKINGS                                                                                \
    {N("object_marking_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_MARKING)},               \
    {                                                                                           \
        N("granular_markings"), KIND_GRANULAR, OPTIONAL, LIST, SHAPED(CATALOG_GRANULAR_MARKING) \
    }

static const struct catalog_rule VERSION_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("modified"), LIT_INIT("created")}},
};

static const struct catalog_property LANGUAGE_COMMON[] = {
    BEGINNING,
    {N("modified"), KIND_VERSION_TIME, REQUIRED},
    {N("created_by_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    {N("revoked"), KIND_BOOLEAN, OPTIONAL},
    {N("labels"), KIND_STRING, OPTIONAL, LIST},
    {N("confidence"), KIND_INTEGER, OPTIONAL, IN(PERCENT)},
    REFERENCES,
    MARKINGS,
    {N("extensions"), KIND_EXTENSIONS, OPTIONAL},
    {N("lang"), KIND_STRING, UNFIT, LIKE(FORMAT_LANGUAGE)},
    {N("defanged"), KIND_BOOLEAN, FORBIDDEN},
};
static const struct catalog_shape LANGUAGE_COMMON_SHAPE = {"3.2", PROPERTIES(LANGUAGE_COMMON),
                                                           RULES(VERSION_RULES)};
static const struct catalog_property LANGUAGE_CONTENT[] = {
    {N("object_ref"), KIND_REF, REQUIRED, TO(TO_ANY)},
    {N("object_modified"), KIND_TIMESTAMP, OPTIONAL},
    {N("contents"), KIND_CONTENTS, REQUIRED},
};

static const struct catalog_property EXTENSION_COMMON[] = {
    BEGINNING,
    {N("modified"), KIND_VERSION_TIME, REQUIRED},
    {N("created_by_ref"), KIND_REF, REQUIRED, TO(CATALOG_TO_IDENTITY)},
    {N("revoked"), KIND_BOOLEAN, OPTIONAL},
    {N("labels"), KIND_STRING, OPTIONAL, LIST},
    REFERENCES,
    MARKINGS,
    {N("confidence"), KIND_INTEGER, UNFIT, IN(PERCENT)},
    {N("lang"), KIND_STRING, UNFIT, LIKE(FORMAT_LANGUAGE)},
    {N("extensions"), KIND_EXTENSIONS, UNFIT},
    {N("defanged"), KIND_BOOLEAN, FORBIDDEN},
};
static const struct catalog_shape EXTENSION_COMMON_SHAPE = {"3.2", PROPERTIES(EXTENSION_COMMON),
                                                            RULES(VERSION_RULES)};
static const struct catalog_property EXTENSION_DEFINITION[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("schema"), KIND_STRING, REQUIRED},
    {N("version"), KIND_STRING, REQUIRED},
    {N("extension_types"), KIND_WORD, REQUIRED, LIST, OF(WORDS_EXTENSION_TYPE)},
    {N("extension_properties"), KIND_STRING, OPTIONAL, LIST},
};
static const struct catalog_rule EXTENSION_DEFINITION_RULES[] = {
    {RULE_SHOULD_HAVE, {LIT_INIT("description")}},
};

static const struct catalog_property MARKING_COMMON[] = {
    BEGINNING,
    {N("created_by_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    REFERENCES,
    MARKINGS,
    {N("extensions"), KIND_EXTENSIONS, OPTIONAL},
    {N("modified"), KIND_VERSION_TIME, UNFIT},
    {N("revoked"), KIND_BOOLEAN, UNFIT},
    {N("labels"), KIND_STRING, UNFIT, LIST},
    {N("confidence"), KIND_INTEGER, UNFIT, IN(PERCENT)},
    {N("lang"), KIND_STRING, UNFIT, LIKE(FORMAT_LANGUAGE)},
    {N("defanged"), KIND_BOOLEAN, FORBIDDEN},
};
static const struct catalog_shape MARKING_COMMON_SHAPE = {"3.2", PROPERTIES(MARKING_COMMON), NULL,
                                                          0};
static const struct catalog_property MARKING_DEFINITION[] = {
    {N("name"), KIND_STRING, OPTIONAL},
    {N("definition_type"), KIND_WORD, OPTIONAL, OF(WORDS_MARKING_TYPE)},
    {N("definition"), KIND_DEFINITION, OPTIONAL},
};
static const struct catalog_rule MARKING_DEFINITION_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("definition"), LIT_INIT("extensions")}},
    {RULE_NEEDS, {LIT_INIT("definition"), LIT_INIT("definition_type")}},
    {RULE_NEEDS, {LIT_INIT("definition_type"), LIT_INIT("definition")}},
};
static const struct catalog_property STATEMENT[] = {
    {N("statement"), KIND_STRING, REQUIRED},
};
const struct catalog_shape CATALOG_STATEMENT = {"7.2.1.3", PROPERTIES(STATEMENT), NULL, 0};

static const struct catalog_property BUNDLE_COMMON[] = {
    {N("type"), KIND_TYPE, REQUIRED},
    {N("id"), KIND_ID, REQUIRED},
};
static const struct catalog_shape BUNDLE_COMMON_SHAPE = {"8", PROPERTIES(BUNDLE_COMMON), NULL, 0};
static const struct catalog_property BUNDLE[] = {
    {N("objects"), KIND_OBJECTS, OPTIONAL, LIST},
    {N("spec_version"), KIND_STRING, UNFIT},
};

static const struct catalog_type TYPES[] = {
    {N("marking-definition"),
     CATALOG_META,
     &MARKING_COMMON_SHAPE,
     {"7.2.1", PROPERTIES(MARKING_DEFINITION), RULES(MARKING_DEFINITION_RULES)}},
    {N("extension-definition"),
     CATALOG_META,
     &EXTENSION_COMMON_SHAPE,
     {"7.3", PROPERTIES(EXTENSION_DEFINITION), RULES(EXTENSION_DEFINITION_RULES)}},
    {N("language-content"),
     CATALOG_META,
     &LANGUAGE_COMMON_SHAPE,
     {"7.1", PROPERTIES(LANGUAGE_CONTENT)}},
    {N("bundle"), CATALOG_BUNDLE, &BUNDLE_COMMON_SHAPE, {"8", PROPERTIES(BUNDLE)}},
};

const struct catalog_table CATALOG_META_2_1 = {TYPES, COUNT_OF(TYPES)};
