/*
 * STIX 2.1 domain objects (§4) and relationship objects (§5): one block per type.
 */
#include "base/num.h"
#include "stix/formats.h"
#include "stix/words.h"

#define COMMON CATALOG_SDO, &CATALOG_COMMON_SDO

static const struct catalog_range LATITUDE_RANGE = {-90, 90};
static const struct catalog_range LONGITUDE_RANGE = {-180, 180};
static const struct catalog_range NOT_NEGATIVE = {0, 1e308};
static const struct catalog_range OBSERVED_RANGE = {1, 999999999};
static const struct catalog_range SIGHTED_RANGE = {0, 999999999};

static const str SOFTWARE[] = {LIT_INIT("software")};
static const struct catalog_targets TO_SOFTWARE = {"software", SOFTWARE, 1, 0};
static const str SAMPLES[] = {LIT_INIT("file"), LIT_INIT("artifact")};
static const struct catalog_targets TO_SAMPLES = {"file or artifact", SAMPLES, 2, 0};
static const str ANALYSED[] = {LIT_INIT("file"), LIT_INIT("network-traffic"), LIT_INIT("artifact")};
static const struct catalog_targets TO_ANALYSED = {"file, network-traffic or artifact", ANALYSED, 3,
                                                   0};
static const struct catalog_targets TO_SCO = {"a cyber-observable", NULL, 0, CATALOG_SCO};
static const struct catalog_targets TO_SCO_SRO = {"a cyber-observable or a relationship object",
                                                  NULL, 0, CATALOG_SCO | CATALOG_SRO};
static const struct catalog_targets TO_SDO = {"a domain object", NULL, 0, CATALOG_SDO};
static const struct catalog_targets TO_SDO_SCO = {"a domain object or a cyber-observable", NULL, 0,
                                                  CATALOG_SDO | CATALOG_SCO};
static const struct catalog_targets TO_ANY = {
    "a STIX object", NULL, 0, CATALOG_SDO | CATALOG_SRO | CATALOG_SCO | CATALOG_META};
static const str OBSERVED_DATA_TYPE[] = {LIT_INIT("observed-data")};
static const struct catalog_targets TO_OBSERVED_DATA = {"observed-data", OBSERVED_DATA_TYPE, 1, 0};
static const str PLACES[] = {LIT_INIT("identity"), LIT_INIT("location")};
static const struct catalog_targets TO_PLACES = {"identity or location", PLACES, 2, 0};

#define PHASES                                                                                \
    {                                                                                         \
        N("kill_chain_phases"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(CATALOG_KILL_CHAIN_PHASE) \
    }

static const struct catalog_rule SEEN_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("last_seen"), LIT_INIT("first_seen")}},
};

static const struct catalog_property ATTACK_PATTERN[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    PHASES,
};

static const struct catalog_property CAMPAIGN[] = {
    {N("name"), KIND_STRING, REQUIRED},          {N("description"), KIND_STRING, OPTIONAL},
    {N("aliases"), KIND_STRING, OPTIONAL, LIST}, {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},  {N("objective"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property COURSE_OF_ACTION[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("action"), KIND_ANY, UNFIT},
};

static const struct catalog_property GROUPING[] = {
    {N("name"), KIND_STRING, OPTIONAL},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("context"), KIND_WORD, REQUIRED, OF(WORDS_GROUPING_CONTEXT)},
    {N("object_refs"), KIND_REF, REQUIRED, LIST, TO(TO_ANY)},
};

static const struct catalog_property IDENTITY[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("roles"), KIND_STRING, OPTIONAL, LIST},
    {N("identity_class"), KIND_WORD, OPTIONAL, OF(WORDS_IDENTITY_CLASS)},
    {N("sectors"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_INDUSTRY_SECTOR)},
    {N("contact_information"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property INCIDENT[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property INDICATOR[] = {
    {N("name"), KIND_STRING, OPTIONAL},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("indicator_types"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_INDICATOR_TYPE)},
    {N("pattern"), KIND_STRING, REQUIRED},
    {N("pattern_type"), KIND_WORD, REQUIRED, OF(WORDS_PATTERN_TYPE)},
    {N("pattern_version"), KIND_STRING, OPTIONAL},
    {N("valid_from"), KIND_TIMESTAMP, REQUIRED},
    {N("valid_until"), KIND_TIMESTAMP, OPTIONAL},
    PHASES,
};
static const struct catalog_rule INDICATOR_RULES[] = {
    {RULE_AFTER, {LIT_INIT("valid_until"), LIT_INIT("valid_from")}},
    {RULE_SHOULD_HAVE, {LIT_INIT("name")}},
    {RULE_SHOULD_HAVE, {LIT_INIT("description")}},
};

static const struct catalog_property INFRASTRUCTURE[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("infrastructure_types"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_INFRASTRUCTURE_TYPE)},
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    PHASES,
    {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},
};

static const struct catalog_property INTRUSION_SET[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("goals"), KIND_STRING, OPTIONAL, LIST},
    {N("resource_level"), KIND_WORD, OPTIONAL, OF(WORDS_ATTACK_RESOURCE_LEVEL)},
    {N("primary_motivation"), KIND_WORD, OPTIONAL, OF(WORDS_ATTACK_MOTIVATION)},
    {N("secondary_motivations"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_ATTACK_MOTIVATION)},
};

static const struct catalog_property LOCATION[] = {
    {N("name"), KIND_STRING, OPTIONAL},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("latitude"), KIND_FLOAT, OPTIONAL, IN(LATITUDE_RANGE)},
    {N("longitude"), KIND_FLOAT, OPTIONAL, IN(LONGITUDE_RANGE)},
    {N("precision"), KIND_FLOAT, OPTIONAL, IN(NOT_NEGATIVE)},
    {N("region"), KIND_WORD, OPTIONAL, OF(WORDS_REGION)},
    {N("country"), KIND_STRING, OPTIONAL, LIKE(FORMAT_COUNTRY)},
    {N("administrative_area"), KIND_STRING, OPTIONAL},
    {N("city"), KIND_STRING, OPTIONAL},
    {N("street_address"), KIND_STRING, OPTIONAL},
    {N("postal_code"), KIND_STRING, OPTIONAL},
};
static const struct catalog_rule LOCATION_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("region"), LIT_INIT("country"), LIT_INIT("latitude")}},
    {RULE_NEEDS, {LIT_INIT("latitude"), LIT_INIT("longitude")}},
    {RULE_NEEDS, {LIT_INIT("longitude"), LIT_INIT("latitude")}},
    {RULE_NEEDS, {LIT_INIT("precision"), LIT_INIT("latitude")}},
};

static const struct catalog_property MALWARE[] = {
    {N("name"), KIND_STRING, OPTIONAL},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("malware_types"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_MALWARE_TYPE)},
    {N("is_family"), KIND_BOOLEAN, REQUIRED},
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    PHASES,
    {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("operating_system_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_SOFTWARE)},
    {N("architecture_execution_envs"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_PROCESSOR_ARCHITECTURE)},
    {N("implementation_languages"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_IMPLEMENTATION_LANGUAGE)},
    {N("capabilities"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_MALWARE_CAPABILITIES)},
    {N("sample_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_SAMPLES)},
};
static const struct catalog_rule MALWARE_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("last_seen"), LIT_INIT("first_seen")}},
    {RULE_TRUE_NEEDS, {LIT_INIT("is_family"), LIT_INIT("name")}},
};

static const struct catalog_property MALWARE_ANALYSIS[] = {
    {N("product"), KIND_STRING, REQUIRED},
    {N("version"), KIND_STRING, OPTIONAL},
    {N("host_vm_ref"), KIND_REF, OPTIONAL, TO(TO_SOFTWARE)},
    {N("operating_system_ref"), KIND_REF, OPTIONAL, TO(TO_SOFTWARE)},
    {N("installed_software_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_SOFTWARE)},
    {N("configuration_version"), KIND_STRING, OPTIONAL},
    {N("modules"), KIND_STRING, OPTIONAL, LIST},
    {N("analysis_engine_version"), KIND_STRING, OPTIONAL},
    {N("analysis_definition_version"), KIND_STRING, OPTIONAL},
    {N("submitted"), KIND_TIMESTAMP, OPTIONAL},
    {N("analysis_started"), KIND_TIMESTAMP, OPTIONAL},
    {N("analysis_ended"), KIND_TIMESTAMP, OPTIONAL},
    {N("result_name"), KIND_STRING, OPTIONAL},
    {N("result"), KIND_WORD, OPTIONAL, OF(WORDS_MALWARE_RESULT)},
    {N("analysis_sco_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_SCO)},
    {N("sample_ref"), KIND_REF, OPTIONAL, TO(TO_ANALYSED)},
};
static const struct catalog_rule MALWARE_ANALYSIS_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("result"), LIT_INIT("analysis_sco_refs")}},
};

static const struct catalog_property NOTE[] = {
    {N("abstract"), KIND_STRING, OPTIONAL},
    {N("content"), KIND_STRING, REQUIRED},
    {N("authors"), KIND_STRING, OPTIONAL, LIST},
    {N("object_refs"), KIND_REF, REQUIRED, LIST, TO(TO_ANY)},
};

static const struct catalog_property OBSERVED_DATA[] = {
    {N("first_observed"), KIND_TIMESTAMP, REQUIRED},
    {N("last_observed"), KIND_TIMESTAMP, REQUIRED},
    {N("number_observed"), KIND_INTEGER, REQUIRED, IN(OBSERVED_RANGE)},
    {N("objects"), KIND_CONTAINER, DEPRECATED},
    {N("object_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_SCO_SRO)},
};
static const struct catalog_rule OBSERVED_DATA_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("last_observed"), LIT_INIT("first_observed")}},
    {RULE_ONE_OF, {LIT_INIT("objects"), LIT_INIT("object_refs")}},
    {RULE_EXCLUDES, {LIT_INIT("objects"), LIT_INIT("object_refs")}},
};

static const struct catalog_property OPINION[] = {
    {N("explanation"), KIND_STRING, OPTIONAL},
    {N("authors"), KIND_STRING, OPTIONAL, LIST},
    {N("opinion"), KIND_WORD, REQUIRED, OF(WORDS_OPINION)},
    {N("object_refs"), KIND_REF, REQUIRED, LIST, TO(TO_ANY)},
};

static const struct catalog_property REPORT[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("report_types"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_REPORT_TYPE)},
    {N("published"), KIND_TIMESTAMP, REQUIRED},
    {N("object_refs"), KIND_REF, REQUIRED, LIST, TO(TO_ANY)},
};

static const struct catalog_property THREAT_ACTOR[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("threat_actor_types"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_THREAT_ACTOR_TYPE)},
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("roles"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_THREAT_ACTOR_ROLE)},
    {N("goals"), KIND_STRING, OPTIONAL, LIST},
    {N("sophistication"), KIND_WORD, OPTIONAL, OF(WORDS_THREAT_ACTOR_SOPHISTICATION)},
    {N("resource_level"), KIND_WORD, OPTIONAL, OF(WORDS_ATTACK_RESOURCE_LEVEL)},
    {N("primary_motivation"), KIND_WORD, OPTIONAL, OF(WORDS_ATTACK_MOTIVATION)},
    {N("secondary_motivations"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_ATTACK_MOTIVATION)},
    {N("personal_motivations"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_ATTACK_MOTIVATION)},
};

static const struct catalog_property TOOL[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("tool_types"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_TOOL_TYPE)},
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    PHASES,
    {N("tool_version"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property VULNERABILITY[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("description"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property RELATIONSHIP[] = {
    {N("relationship_type"), KIND_STRING, REQUIRED, LIKE(FORMAT_RELATIONSHIP_TYPE)},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("source_ref"), KIND_REF, REQUIRED, TO(TO_SDO_SCO)},
    {N("target_ref"), KIND_REF, REQUIRED, TO(TO_SDO_SCO)},
    {N("start_time"), KIND_TIMESTAMP, OPTIONAL},
    {N("stop_time"), KIND_TIMESTAMP, OPTIONAL},
};
static const struct catalog_rule RELATIONSHIP_RULES[] = {
    {RULE_AFTER, {LIT_INIT("stop_time"), LIT_INIT("start_time")}},
};

static const struct catalog_property SIGHTING[] = {
    {N("description"), KIND_STRING, OPTIONAL},
    {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("count"), KIND_INTEGER, OPTIONAL, IN(SIGHTED_RANGE)},
    {N("sighting_of_ref"), KIND_REF, REQUIRED, TO(TO_SDO)},
    {N("observed_data_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_OBSERVED_DATA)},
    {N("where_sighted_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_PLACES)},
    {N("summary"), KIND_BOOLEAN, OPTIONAL},
};

static const struct catalog_type TYPES[] = {
    {N("relationship"),
     CATALOG_SRO,
     &CATALOG_COMMON_SDO,
     {"5.1", PROPERTIES(RELATIONSHIP), RULES(RELATIONSHIP_RULES)}},
    {N("indicator"), COMMON, {"4.7", PROPERTIES(INDICATOR), RULES(INDICATOR_RULES)}},
    {N("attack-pattern"), COMMON, {"4.1", PROPERTIES(ATTACK_PATTERN)}},
    {N("campaign"), COMMON, {"4.2", PROPERTIES(CAMPAIGN), RULES(SEEN_RULES)}},
    {N("course-of-action"), COMMON, {"4.3", PROPERTIES(COURSE_OF_ACTION)}},
    {N("grouping"), COMMON, {"4.4", PROPERTIES(GROUPING)}},
    {N("identity"), COMMON, {"4.5", PROPERTIES(IDENTITY)}},
    {N("incident"), COMMON, {"4.6", PROPERTIES(INCIDENT)}},
    {N("infrastructure"), COMMON, {"4.8", PROPERTIES(INFRASTRUCTURE), RULES(SEEN_RULES)}},
    {N("intrusion-set"), COMMON, {"4.9", PROPERTIES(INTRUSION_SET), RULES(SEEN_RULES)}},
    {N("location"), COMMON, {"4.10", PROPERTIES(LOCATION), RULES(LOCATION_RULES)}},
    {N("malware"), COMMON, {"4.11", PROPERTIES(MALWARE), RULES(MALWARE_RULES)}},
    {N("malware-analysis"),
     COMMON,
     {"4.12", PROPERTIES(MALWARE_ANALYSIS), RULES(MALWARE_ANALYSIS_RULES)}},
    {N("note"), COMMON, {"4.13", PROPERTIES(NOTE)}},
    {N("observed-data"), COMMON, {"4.14", PROPERTIES(OBSERVED_DATA), RULES(OBSERVED_DATA_RULES)}},
    {N("opinion"), COMMON, {"4.15", PROPERTIES(OPINION)}},
    {N("report"), COMMON, {"4.16", PROPERTIES(REPORT)}},
    {N("threat-actor"), COMMON, {"4.17", PROPERTIES(THREAT_ACTOR), RULES(SEEN_RULES)}},
    {N("tool"), COMMON, {"4.18", PROPERTIES(TOOL)}},
    {N("vulnerability"), COMMON, {"4.19", PROPERTIES(VULNERABILITY)}},
    {N("sighting"),
     CATALOG_SRO,
     &CATALOG_COMMON_SDO,
     {"5.2", PROPERTIES(SIGHTING), RULES(SEEN_RULES)}},
};

const struct catalog_table CATALOG_SDO_2_1 = {TYPES, COUNT_OF(TYPES)};
