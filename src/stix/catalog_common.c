/*
 * What many types share: the common properties of STIX 2.1 §3.2, and the common data types of §2.
 */
#include "base/num.h"
#include "stix/formats.h"
#include "stix/words.h"

static const str IDENTITY[] = {LIT_INIT("identity")};
const struct catalog_targets CATALOG_TO_IDENTITY = {"identity", IDENTITY, 1, 0};
static const str MARKING[] = {LIT_INIT("marking-definition")};
const struct catalog_targets CATALOG_TO_MARKING = {"marking-definition", MARKING, 1, 0};

static const struct catalog_range PERCENT = {0, 100};

static const struct catalog_property EXTERNAL_REFERENCE[] = {
    {N("source_name"), KIND_STRING, REQUIRED}, {N("description"), KIND_STRING, OPTIONAL},
    {N("url"), KIND_STRING, OPTIONAL},         {N("hashes"), KIND_HASHES, OPTIONAL},
    {N("external_id"), KIND_STRING, OPTIONAL},
};
static const struct catalog_rule EXTERNAL_REFERENCE_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("description"), LIT_INIT("url"), LIT_INIT("external_id")}},
};
const struct catalog_shape CATALOG_EXTERNAL_REFERENCE = {"2.5", PROPERTIES(EXTERNAL_REFERENCE),
                                                         RULES(EXTERNAL_REFERENCE_RULES)};

static const struct catalog_property KILL_CHAIN_PHASE[] = {
    {N("kill_chain_name"), KIND_STRING, REQUIRED, LIKE(FORMAT_KILL_CHAIN_NAME)},
    {N("phase_name"), KIND_STRING, REQUIRED, LIKE(FORMAT_KILL_CHAIN_NAME)},
};
const struct catalog_shape CATALOG_KILL_CHAIN_PHASE = {"2.11", PROPERTIES(KILL_CHAIN_PHASE), NULL,
                                                       0};

static const struct catalog_property GRANULAR_MARKING[] = {
    {N("lang"), KIND_STRING, OPTIONAL, LIKE(FORMAT_LANGUAGE)},
    {N("marking_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_MARKING)},
    {N("selectors"), KIND_STRING, REQUIRED, LIST},
};
static const struct catalog_rule GRANULAR_MARKING_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("lang"), LIT_INIT("marking_ref")}},
    {RULE_EXCLUDES, {LIT_INIT("lang"), LIT_INIT("marking_ref")}},
};
const struct catalog_shape CATALOG_GRANULAR_MARKING = {"7.2.3", PROPERTIES(GRANULAR_MARKING),
                                                       RULES(GRANULAR_MARKING_RULES)};

static const struct catalog_property COMMON_SDO[] = {
    {N("type"), KIND_TYPE, REQUIRED},
    {N("spec_version"), KIND_SPEC_VERSION, REQUIRED},
    {N("id"), KIND_ID, REQUIRED},
    {N("created_by_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    {N("created"), KIND_VERSION_TIME, REQUIRED},
    {N("modified"), KIND_VERSION_TIME, REQUIRED},
    {N("revoked"), KIND_BOOLEAN, OPTIONAL},
    {N("labels"), KIND_STRING, OPTIONAL, LIST},
    {N("confidence"), KIND_INTEGER, OPTIONAL, IN(PERCENT)},
    {N("lang"), KIND_STRING, OPTIONAL, LIKE(FORMAT_LANGUAGE)},
    {N("external_references"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(CATALOG_EXTERNAL_REFERENCE)},
    {N("object_marking_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_MARKING)},
    {N("granular_markings"), KIND_GRANULAR, OPTIONAL, LIST, SHAPED(CATALOG_GRANULAR_MARKING)},
    {N("defanged"), KIND_BOOLEAN, FORBIDDEN},
    {N("extensions"), KIND_EXTENSIONS, OPTIONAL},
};
static const struct catalog_rule COMMON_SDO_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("modified"), LIT_INIT("created")}},
};
const struct catalog_shape CATALOG_COMMON_SDO = {"3.2", PROPERTIES(COMMON_SDO),
                                                 RULES(COMMON_SDO_RULES)};

static const struct catalog_property COMMON_SCO[] = {
    {N("type"), KIND_TYPE, REQUIRED},
    {N("spec_version"), KIND_SPEC_VERSION, OPTIONAL},
    {N("id"), KIND_ID, REQUIRED},
    {N("object_marking_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_MARKING)},
    {N("granular_markings"), KIND_GRANULAR, OPTIONAL, LIST, SHAPED(CATALOG_GRANULAR_MARKING)},
    {N("defanged"), KIND_BOOLEAN, OPTIONAL},
    {N("extensions"), KIND_EXTENSIONS, OPTIONAL},
    {N("created_by_ref"), KIND_REF, UNFIT, TO(CATALOG_TO_IDENTITY)},
    {N("created"), KIND_VERSION_TIME, UNFIT},
    {N("modified"), KIND_VERSION_TIME, UNFIT},
    {N("revoked"), KIND_BOOLEAN, UNFIT},
    {N("labels"), KIND_STRING, UNFIT, LIST},
    {N("confidence"), KIND_INTEGER, UNFIT, IN(PERCENT)},
    {N("lang"), KIND_STRING, UNFIT, LIKE(FORMAT_LANGUAGE)},
    {N("external_references"), KIND_OBJECT, UNFIT, LIST, SHAPED(CATALOG_EXTERNAL_REFERENCE)},
};
const struct catalog_shape CATALOG_COMMON_SCO = {"3.2", PROPERTIES(COMMON_SCO), NULL, 0};
