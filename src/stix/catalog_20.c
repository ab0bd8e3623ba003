/*
 * STIX 2.0: domain and relationship objects, marking definitions, and the cyber-observables that
 * stand in observed-data. Sections name the part of the standard.
 */
#include "base/num.h"
#include "stix/formats.h"
#include "stix/observables.h"
#include "stix/words.h"

static const struct catalog_range NOT_NEGATIVE = {0, 1e308};
static const struct catalog_range PORT = {0, 65535};
static const struct catalog_range OBSERVED_RANGE = {1, 999999999};
static const struct catalog_range SIGHTED_RANGE = {0, 999999999};

static const struct catalog_targets TO_SDO = {"a domain object", NULL, 0, CATALOG_SDO};
static const struct catalog_targets TO_ANY = {"a STIX object", NULL, 0,
                                              CATALOG_SDO | CATALOG_SRO | CATALOG_META};
static const str OBSERVED_DATA_TYPE[] = {LIT_INIT("observed-data")};
static const struct catalog_targets TO_OBSERVED_DATA = {"observed-data", OBSERVED_DATA_TYPE, 1, 0};

static const struct catalog_property GRANULAR_MARKING[] = {
    {N("marking_ref"), KIND_REF, REQUIRED, TO(CATALOG_TO_MARKING)},
    {N("selectors"), KIND_STRING, REQUIRED, LIST},
};
static const struct catalog_shape GRANULAR_MARKING_SHAPE = {"2.0 part 1, 4.3",
                                                            PROPERTIES(GRANULAR_MARKING), NULL, 0};

static const struct catalog_property COMMON_PROPERTIES[] = {
    {N("type"), KIND_TYPE, REQUIRED},
    {N("id"), KIND_ID, REQUIRED},
    {N("created_by_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    {N("created"), KIND_VERSION_TIME, REQUIRED},
    {N("modified"), KIND_VERSION_TIME, REQUIRED},
    {N("revoked"), KIND_BOOLEAN, OPTIONAL},
    {N("labels"), KIND_STRING, OPTIONAL, LIST},
    {N("external_references"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(CATALOG_EXTERNAL_REFERENCE)},
    {N("object_marking_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_MARKING)},
    {N("granular_markings"), KIND_GRANULAR, OPTIONAL, LIST, SHAPED(GRANULAR_MARKING_SHAPE)},
    {N("spec_version"), KIND_SPEC_VERSION, OPTIONAL},
};
static const struct catalog_rule COMMON_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("modified"), LIT_INIT("created")}},
};
static const struct catalog_shape COMMON_SHAPE = {"2.0 part 1, 3.1", PROPERTIES(COMMON_PROPERTIES),
                                                  RULES(COMMON_RULES)};
#define COMMON CATALOG_SDO, &COMMON_SHAPE

#define NAMED                                   \
    {N("name"), KIND_STRING, REQUIRED},         \
    {                                           \
        N("description"), KIND_STRING, OPTIONAL \
    }
#define PHASES                                                                                \
    {                                                                                         \
        N("kill_chain_phases"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(CATALOG_KILL_CHAIN_PHASE) \
    }

static const struct catalog_property ATTACK_PATTERN[] = {NAMED, PHASES};
static const struct catalog_property COURSE_OF_ACTION[] = {
    NAMED,
    {N("action"), KIND_ANY, UNFIT},
};
static const struct catalog_property VULNERABILITY[] = {NAMED};

static const struct catalog_property CAMPAIGN[] = {
    NAMED,
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("objective"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property IDENTITY[] = {
    NAMED,
    {N("identity_class"), KIND_WORD, REQUIRED, OF(WORDS_IDENTITY_CLASS)},
    {N("sectors"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_INDUSTRY_SECTOR)},
    {N("contact_information"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property INDICATOR[] = {
    {N("labels"), KIND_WORD, REQUIRED, LIST, OF(WORDS_20_INDICATOR_LABEL)},
    {N("name"), KIND_STRING, OPTIONAL},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("pattern"), KIND_STRING, REQUIRED},
    {N("valid_from"), KIND_TIMESTAMP, REQUIRED},
    {N("valid_until"), KIND_TIMESTAMP, OPTIONAL},
    PHASES,
};
static const struct catalog_rule INDICATOR_RULES[] = {
    {RULE_AFTER, {LIT_INIT("valid_until"), LIT_INIT("valid_from")}},
};

static const struct catalog_property INTRUSION_SET[] = {
    NAMED,
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("goals"), KIND_STRING, OPTIONAL, LIST},
    {N("resource_level"), KIND_WORD, OPTIONAL, OF(WORDS_ATTACK_RESOURCE_LEVEL)},
    {N("primary_motivation"), KIND_WORD, OPTIONAL, OF(WORDS_ATTACK_MOTIVATION)},
    {N("secondary_motivations"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_ATTACK_MOTIVATION)},
};

static const struct catalog_property MALWARE[] = {
    {N("labels"), KIND_WORD, REQUIRED, LIST, OF(WORDS_20_MALWARE_LABEL)},
    NAMED,
    PHASES,
};

static const struct catalog_property OBSERVED_DATA[] = {
    {N("first_observed"), KIND_TIMESTAMP, REQUIRED},
    {N("last_observed"), KIND_TIMESTAMP, REQUIRED},
    {N("number_observed"), KIND_INTEGER, REQUIRED, IN(OBSERVED_RANGE)},
    {N("objects"), KIND_CONTAINER, REQUIRED},
};
static const struct catalog_rule OBSERVED_DATA_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("last_observed"), LIT_INIT("first_observed")}},
};

static const struct catalog_property REPORT[] = {
    {N("labels"), KIND_WORD, REQUIRED, LIST, OF(WORDS_20_REPORT_LABEL)},
    NAMED,
    {N("published"), KIND_TIMESTAMP, REQUIRED},
    {N("object_refs"), KIND_REF, REQUIRED, LIST, TO(TO_ANY)},
};

static const struct catalog_property THREAT_ACTOR[] = {
    {N("labels"), KIND_WORD, REQUIRED, LIST, OF(WORDS_20_THREAT_ACTOR_LABEL)},
    NAMED,
    {N("aliases"), KIND_STRING, OPTIONAL, LIST},
    {N("roles"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_THREAT_ACTOR_ROLE)},
    {N("goals"), KIND_STRING, OPTIONAL, LIST},
    {N("sophistication"), KIND_WORD, OPTIONAL, OF(WORDS_THREAT_ACTOR_SOPHISTICATION)},
    {N("resource_level"), KIND_WORD, OPTIONAL, OF(WORDS_ATTACK_RESOURCE_LEVEL)},
    {N("primary_motivation"), KIND_WORD, OPTIONAL, OF(WORDS_ATTACK_MOTIVATION)},
    {N("secondary_motivations"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_ATTACK_MOTIVATION)},
    {N("personal_motivations"), KIND_WORD, OPTIONAL, LIST, OF(WORDS_ATTACK_MOTIVATION)},
};

static const struct catalog_property TOOL[] = {
    {N("labels"), KIND_WORD, REQUIRED, LIST, OF(WORDS_20_TOOL_LABEL)},
    NAMED,
    PHASES,
    {N("tool_version"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property RELATIONSHIP[] = {
    {N("relationship_type"), KIND_STRING, REQUIRED, LIKE(FORMAT_RELATIONSHIP_TYPE)},
    {N("description"), KIND_STRING, OPTIONAL},
    {N("source_ref"), KIND_REF, REQUIRED, TO(TO_SDO)},
    {N("target_ref"), KIND_REF, REQUIRED, TO(TO_SDO)},
};

static const struct catalog_property SIGHTING[] = {
    {N("first_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("last_seen"), KIND_TIMESTAMP, OPTIONAL},
    {N("count"), KIND_INTEGER, OPTIONAL, IN(SIGHTED_RANGE)},
    {N("sighting_of_ref"), KIND_REF, REQUIRED, TO(TO_SDO)},
    {N("observed_data_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_OBSERVED_DATA)},
    {N("where_sighted_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_IDENTITY)},
    {N("summary"), KIND_BOOLEAN, OPTIONAL},
};
static const struct catalog_rule SIGHTING_RULES[] = {
    {RULE_NOT_BEFORE, {LIT_INIT("last_seen"), LIT_INIT("first_seen")}},
};

static const struct catalog_property MARKING_COMMON[] = {
    {N("type"), KIND_TYPE, REQUIRED},
    {N("id"), KIND_ID, REQUIRED},
    {N("created"), KIND_VERSION_TIME, REQUIRED},
    {N("created_by_ref"), KIND_REF, OPTIONAL, TO(CATALOG_TO_IDENTITY)},
    {N("external_references"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(CATALOG_EXTERNAL_REFERENCE)},
    {N("object_marking_refs"), KIND_REF, OPTIONAL, LIST, TO(CATALOG_TO_MARKING)},
    {N("granular_markings"), KIND_GRANULAR, OPTIONAL, LIST, SHAPED(GRANULAR_MARKING_SHAPE)},
    {N("spec_version"), KIND_SPEC_VERSION, OPTIONAL},
};
static const struct catalog_shape MARKING_COMMON_SHAPE = {"2.0 part 1, 4.1",
                                                          PROPERTIES(MARKING_COMMON), NULL, 0};
static const struct catalog_property MARKING_DEFINITION[] = {
    {N("name"), KIND_STRING, OPTIONAL},
    {N("definition_type"), KIND_WORD, REQUIRED, OF(WORDS_MARKING_TYPE)},
    {N("definition"), KIND_DEFINITION, REQUIRED},
};

static const struct catalog_property BUNDLE_COMMON[] = {
    {N("type"), KIND_TYPE, REQUIRED},
    {N("id"), KIND_ID, REQUIRED},
    {N("spec_version"), KIND_SPEC_VERSION, REQUIRED},
};
static const struct catalog_shape BUNDLE_COMMON_SHAPE = {"2.0 part 1, 5", PROPERTIES(BUNDLE_COMMON),
                                                         NULL, 0};
static const struct catalog_property BUNDLE[] = {
    {N("objects"), KIND_OBJECTS, OPTIONAL, LIST},
};

#define PART_2(section, list)                             \
    {                                                     \
        "2.0 part 2, " section, PROPERTIES(list), NULL, 0 \
    }
#define PART_2_RULES(section, list, rule_list)                     \
    {                                                              \
        "2.0 part 2, " section, PROPERTIES(list), RULES(rule_list) \
    }

static const struct catalog_type TYPES[] = {
    {N("relationship"), CATALOG_SRO, &COMMON_SHAPE, PART_2("3.1", RELATIONSHIP)},
    {N("attack-pattern"), COMMON, PART_2("2.1", ATTACK_PATTERN)},
    {N("campaign"), COMMON, PART_2("2.2", CAMPAIGN)},
    {N("course-of-action"), COMMON, PART_2("2.3", COURSE_OF_ACTION)},
    {N("identity"), COMMON, PART_2("2.4", IDENTITY)},
    {N("indicator"), COMMON, PART_2_RULES("2.5", INDICATOR, INDICATOR_RULES)},
    {N("intrusion-set"), COMMON, PART_2("2.6", INTRUSION_SET)},
    {N("malware"), COMMON, PART_2("2.7", MALWARE)},
    {N("observed-data"), COMMON, PART_2_RULES("2.8", OBSERVED_DATA, OBSERVED_DATA_RULES)},
    {N("report"), COMMON, PART_2("2.9", REPORT)},
    {N("threat-actor"), COMMON, PART_2("2.10", THREAT_ACTOR)},
    {N("tool"), COMMON, PART_2("2.11", TOOL)},
    {N("vulnerability"), COMMON, PART_2("2.12", VULNERABILITY)},
    {N("sighting"), CATALOG_SRO, &COMMON_SHAPE, PART_2_RULES("3.2", SIGHTING, SIGHTING_RULES)},
    {N("marking-definition"),
     CATALOG_META,
     &MARKING_COMMON_SHAPE,
     {"2.0 part 1, 4.1", PROPERTIES(MARKING_DEFINITION), NULL, 0}},
    {N("bundle"), CATALOG_BUNDLE, &BUNDLE_COMMON_SHAPE, {"2.0 part 1, 5", PROPERTIES(BUNDLE)}},
};
const struct catalog_table CATALOG_TYPES_2_0 = {TYPES, COUNT_OF(TYPES)};

/* In a container, references are names of other objects there. */
#define LOCAL(name)                    \
    {                                  \
        N(name), KIND_STRING, OPTIONAL \
    }
#define LOCALS(name)                         \
    {                                        \
        N(name), KIND_STRING, OPTIONAL, LIST \
    }

static const struct catalog_property OBSERVABLE_COMMON[] = {
    {N("type"), KIND_TYPE, REQUIRED},        {N("extensions"), KIND_EXTENSIONS, OPTIONAL},
    {N("id"), KIND_ANY, OPTIONAL},           {N("spec_version"), KIND_STRING, OPTIONAL},
    {N("defanged"), KIND_BOOLEAN, OPTIONAL},
};
static const struct catalog_shape OBSERVABLE_COMMON_SHAPE = {
    "2.0 part 3, 3.1", PROPERTIES(OBSERVABLE_COMMON), NULL, 0};
#define OBSERVABLE CATALOG_SCO, &OBSERVABLE_COMMON_SHAPE

static const struct catalog_property ARTIFACT[] = {
    {N("mime_type"), KIND_STRING, OPTIONAL},
    {N("payload_bin"), KIND_STRING, OPTIONAL, LIKE(FORMAT_BASE64)},
    {N("url"), KIND_STRING, OPTIONAL, LIKE(FORMAT_URL)},
    {N("hashes"), KIND_HASHES, OPTIONAL},
    {N("encryption_algorithm"), KIND_STRING, OPTIONAL},
    {N("decryption_key"), KIND_STRING, OPTIONAL},
};
static const struct catalog_rule ARTIFACT_RULES[] = {
    {RULE_EXCLUDES, {LIT_INIT("payload_bin"), LIT_INIT("url")}},
    {RULE_ONE_OF, {LIT_INIT("payload_bin"), LIT_INIT("url")}},
    {RULE_NEEDS, {LIT_INIT("url"), LIT_INIT("hashes")}},
};

static const struct catalog_property AUTONOMOUS_SYSTEM[] = {
    {N("number"), KIND_INTEGER, REQUIRED},
    {N("name"), KIND_STRING, OPTIONAL},
    {N("rir"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property DIRECTORY[] = {
    {N("path"), KIND_STRING, REQUIRED},
    {N("path_enc"), KIND_STRING, OPTIONAL},
    {N("created"), KIND_TIMESTAMP, OPTIONAL},
    {N("modified"), KIND_TIMESTAMP, OPTIONAL},
    {N("accessed"), KIND_TIMESTAMP, OPTIONAL},
    {N("ctime"), KIND_TIMESTAMP, OPTIONAL},
    {N("mtime"), KIND_TIMESTAMP, OPTIONAL},
    {N("atime"), KIND_TIMESTAMP, OPTIONAL},
    LOCALS("contains_refs"),
};

static const struct catalog_property NAME_RESOLVED[] = {
    {N("value"), KIND_STRING, REQUIRED},
    LOCALS("resolves_to_refs"),
    LOCALS("belongs_to_refs"),
};

static const struct catalog_property IPV4_ADDR[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_IPV4)},
    LOCALS("resolves_to_refs"),
    LOCALS("belongs_to_refs"),
};

static const struct catalog_property IPV6_ADDR[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_IPV6)},
    LOCALS("resolves_to_refs"),
    LOCALS("belongs_to_refs"),
};

static const struct catalog_property EMAIL_ADDR[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_EMAIL)},
    {N("display_name"), KIND_STRING, OPTIONAL},
    LOCAL("belongs_to_ref"),
};

static const struct catalog_property MIME_PART[] = {
    {N("body"), KIND_STRING, OPTIONAL},
    LOCAL("body_raw_ref"),
    {N("content_type"), KIND_STRING, OPTIONAL},
    {N("content_disposition"), KIND_STRING, OPTIONAL},
};
static const struct catalog_rule MIME_PART_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("body"), LIT_INIT("body_raw_ref")}},
};
static const struct catalog_shape MIME_PART_SHAPE = {"2.0 part 4, 2.6.2", PROPERTIES(MIME_PART),
                                                     RULES(MIME_PART_RULES)};

static const struct catalog_property EMAIL_MESSAGE[] = {
    {N("is_multipart"), KIND_BOOLEAN, REQUIRED},
    {N("date"), KIND_TIMESTAMP, OPTIONAL},
    {N("content_type"), KIND_STRING, OPTIONAL},
    LOCAL("from_ref"),
    LOCAL("sender_ref"),
    LOCALS("to_refs"),
    LOCALS("cc_refs"),
    LOCALS("bcc_refs"),
    {N("message_id"), KIND_STRING, OPTIONAL},
    {N("subject"), KIND_STRING, OPTIONAL},
    {N("received_lines"), KIND_STRING, OPTIONAL, LIST},
    {N("additional_header_fields"), KIND_DICTIONARY, OPTIONAL},
    {N("body"), KIND_STRING, OPTIONAL},
    {N("body_multipart"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(MIME_PART_SHAPE)},
    LOCAL("raw_email_ref"),
};
static const struct catalog_rule EMAIL_MESSAGE_RULES[] = {
    {RULE_TRUE_EXCLUDES, {LIT_INIT("is_multipart"), LIT_INIT("body")}},
    {RULE_FALSE_EXCLUDES, {LIT_INIT("is_multipart"), LIT_INIT("body_multipart")}},
};

static const struct catalog_property FILE_PROPERTIES[] = {
    {N("hashes"), KIND_HASHES, OPTIONAL},
    {N("size"), KIND_INTEGER, OPTIONAL, IN(NOT_NEGATIVE)},
    {N("name"), KIND_STRING, OPTIONAL},
    {N("name_enc"), KIND_STRING, OPTIONAL},
    {N("magic_number_hex"), KIND_STRING, OPTIONAL, LIKE(FORMAT_HEX)},
    {N("mime_type"), KIND_STRING, OPTIONAL},
    {N("created"), KIND_TIMESTAMP, OPTIONAL},
    {N("modified"), KIND_TIMESTAMP, OPTIONAL},
    {N("accessed"), KIND_TIMESTAMP, OPTIONAL},
    {N("ctime"), KIND_TIMESTAMP, OPTIONAL},
    {N("mtime"), KIND_TIMESTAMP, OPTIONAL},
    {N("atime"), KIND_TIMESTAMP, OPTIONAL},
    LOCAL("parent_directory_ref"),
    {N("is_encrypted"), KIND_BOOLEAN, OPTIONAL},
    {N("encryption_algorithm"), KIND_STRING, OPTIONAL},
    {N("decryption_key"), KIND_STRING, OPTIONAL},
    LOCALS("contains_refs"),
    LOCAL("content_ref"),
};
static const struct catalog_rule FILE_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("hashes"), LIT_INIT("name")}},
};

static const struct catalog_property MAC_ADDR[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_MAC)},
};
static const struct catalog_property MUTEX[] = {
    {N("name"), KIND_STRING, REQUIRED},
};

static const struct catalog_property NETWORK_TRAFFIC[] = {
    {N("start"), KIND_TIMESTAMP, OPTIONAL},
    {N("end"), KIND_TIMESTAMP, OPTIONAL},
    {N("is_active"), KIND_BOOLEAN, OPTIONAL},
    LOCAL("src_ref"),
    LOCAL("dst_ref"),
    {N("src_port"), KIND_INTEGER, OPTIONAL, IN(PORT)},
    {N("dst_port"), KIND_INTEGER, OPTIONAL, IN(PORT)},
    {N("protocols"), KIND_STRING, REQUIRED, LIST},
    {N("src_byte_count"), KIND_INTEGER, OPTIONAL},
    {N("dst_byte_count"), KIND_INTEGER, OPTIONAL},
    {N("src_packets"), KIND_INTEGER, OPTIONAL},
    {N("dst_packets"), KIND_INTEGER, OPTIONAL},
    {N("ipfix"), KIND_DICTIONARY, OPTIONAL},
    LOCAL("src_payload_ref"),
    LOCAL("dst_payload_ref"),
    LOCALS("encapsulates_refs"),
    LOCAL("encapsulated_by_ref"),
};
static const struct catalog_rule NETWORK_TRAFFIC_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("src_ref"), LIT_INIT("dst_ref")}},
    {RULE_NOT_BEFORE, {LIT_INIT("end"), LIT_INIT("start")}},
    {RULE_TRUE_EXCLUDES, {LIT_INIT("is_active"), LIT_INIT("end")}},
};

static const struct catalog_property PROCESS[] = {
    {N("is_hidden"), KIND_BOOLEAN, OPTIONAL},
    {N("pid"), KIND_INTEGER, OPTIONAL},
    {N("name"), KIND_STRING, OPTIONAL},
    {N("created"), KIND_TIMESTAMP, OPTIONAL},
    {N("created_time"), KIND_TIMESTAMP, OPTIONAL},
    {N("cwd"), KIND_STRING, OPTIONAL},
    {N("arguments"), KIND_STRING, OPTIONAL, LIST},
    {N("command_line"), KIND_STRING, OPTIONAL},
    {N("environment_variables"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_STRING},
    LOCALS("opened_connection_refs"),
    LOCAL("creator_user_ref"),
    LOCAL("binary_ref"),
    LOCAL("image_ref"),
    LOCAL("parent_ref"),
    LOCALS("child_refs"),
};

static const struct catalog_property SOFTWARE[] = {
    {N("name"), KIND_STRING, REQUIRED},   {N("cpe"), KIND_STRING, OPTIONAL, LIKE(FORMAT_CPE)},
    {N("swid"), KIND_STRING, OPTIONAL},   {N("languages"), KIND_STRING, OPTIONAL, LIST},
    {N("vendor"), KIND_STRING, OPTIONAL}, {N("version"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property URL[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_URL)},
};

static const struct catalog_property USER_ACCOUNT[] = {
    {N("user_id"), KIND_STRING, OPTIONAL},
    {N("credential"), KIND_STRING, OPTIONAL},
    {N("account_login"), KIND_STRING, OPTIONAL},
    {N("account_type"), KIND_WORD, OPTIONAL, OF(WORDS_ACCOUNT_TYPE)},
    {N("display_name"), KIND_STRING, OPTIONAL},
    {N("is_service_account"), KIND_BOOLEAN, OPTIONAL},
    {N("is_privileged"), KIND_BOOLEAN, OPTIONAL},
    {N("can_escalate_privs"), KIND_BOOLEAN, OPTIONAL},
    {N("is_disabled"), KIND_BOOLEAN, OPTIONAL},
    {N("account_created"), KIND_TIMESTAMP, OPTIONAL},
    {N("account_expires"), KIND_TIMESTAMP, OPTIONAL},
    {N("password_last_changed"), KIND_TIMESTAMP, OPTIONAL},
    {N("credential_last_changed"), KIND_TIMESTAMP, OPTIONAL},
    {N("account_first_login"), KIND_TIMESTAMP, OPTIONAL},
    {N("account_last_login"), KIND_TIMESTAMP, OPTIONAL},
};

static const struct catalog_property WINDOWS_REGISTRY_KEY[] = {
    {N("key"), KIND_STRING, OPTIONAL},
    {N("values"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(OBSERVABLE_REGISTRY_VALUE)},
    {N("modified"), KIND_TIMESTAMP, OPTIONAL},
    {N("modified_time"), KIND_TIMESTAMP, OPTIONAL},
    LOCAL("creator_user_ref"),
    {N("number_of_subkeys"), KIND_INTEGER, OPTIONAL},
};

static const struct catalog_property X509_CERTIFICATE[] = {
    {N("is_self_signed"), KIND_BOOLEAN, OPTIONAL},
    {N("hashes"), KIND_HASHES, OPTIONAL},
    {N("version"), KIND_STRING, OPTIONAL},
    {N("serial_number"), KIND_STRING, OPTIONAL},
    {N("signature_algorithm"), KIND_STRING, OPTIONAL},
    {N("issuer"), KIND_STRING, OPTIONAL},
    {N("validity_not_before"), KIND_TIMESTAMP, OPTIONAL},
    {N("validity_not_after"), KIND_TIMESTAMP, OPTIONAL},
    {N("subject"), KIND_STRING, OPTIONAL},
    {N("subject_public_key_algorithm"), KIND_STRING, OPTIONAL},
    {N("subject_public_key_modulus"), KIND_STRING, OPTIONAL},
    {N("subject_public_key_exponent"), KIND_INTEGER, OPTIONAL},
    {N("x509_v3_extensions"), KIND_OBJECT, OPTIONAL, SHAPED(OBSERVABLE_X509_EXTENSIONS)},
};

#define PART_4(section, list)                             \
    {                                                     \
        "2.0 part 4, " section, PROPERTIES(list), NULL, 0 \
    }
#define PART_4_RULES(section, list, rule_list)                     \
    {                                                              \
        "2.0 part 4, " section, PROPERTIES(list), RULES(rule_list) \
    }
#define MAY_CARRY(list) .extensions = (list), .extension_count = COUNT_OF(list)

static const struct catalog_type OBSERVABLES[] = {
    {N("artifact"), OBSERVABLE, PART_4_RULES("2.1", ARTIFACT, ARTIFACT_RULES)},
    {N("autonomous-system"), OBSERVABLE, PART_4("2.2", AUTONOMOUS_SYSTEM)},
    {N("directory"), OBSERVABLE, PART_4("2.3", DIRECTORY)},
    {N("domain-name"), OBSERVABLE, PART_4("2.4", NAME_RESOLVED)},
    {N("email-addr"), OBSERVABLE, PART_4("2.5", EMAIL_ADDR)},
    {N("email-message"), OBSERVABLE, PART_4_RULES("2.6", EMAIL_MESSAGE, EMAIL_MESSAGE_RULES)},
    {N("file"), OBSERVABLE, PART_4_RULES("2.7", FILE_PROPERTIES, FILE_RULES),
     MAY_CARRY(OBSERVABLE_FILE_EXTENSIONS)},
    {N("ipv4-addr"), OBSERVABLE, PART_4("2.8", IPV4_ADDR)},
    {N("ipv6-addr"), OBSERVABLE, PART_4("2.9", IPV6_ADDR)},
    {N("mac-addr"), OBSERVABLE, PART_4("2.10", MAC_ADDR)},
    {N("mutex"), OBSERVABLE, PART_4("2.11", MUTEX)},
    {N("network-traffic"), OBSERVABLE, PART_4_RULES("2.12", NETWORK_TRAFFIC, NETWORK_TRAFFIC_RULES),
     MAY_CARRY(OBSERVABLE_TRAFFIC_EXTENSIONS)},
    {N("process"), OBSERVABLE, PART_4("2.13", PROCESS), MAY_CARRY(OBSERVABLE_PROCESS_EXTENSIONS)},
    {N("software"), OBSERVABLE, PART_4("2.14", SOFTWARE)},
    {N("url"), OBSERVABLE, PART_4("2.15", URL)},
    {N("user-account"), OBSERVABLE, PART_4("2.16", USER_ACCOUNT),
     MAY_CARRY(OBSERVABLE_ACCOUNT_EXTENSIONS)},
    {N("windows-registry-key"), OBSERVABLE, PART_4("2.17", WINDOWS_REGISTRY_KEY)},
    {N("x509-certificate"), OBSERVABLE, PART_4("2.18", X509_CERTIFICATE)},
};
const struct catalog_table CATALOG_OBSERVABLES_2_0 = {OBSERVABLES, COUNT_OF(OBSERVABLES)};
