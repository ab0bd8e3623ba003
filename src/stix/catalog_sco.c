/*
 * STIX 2.1 cyber-observables (§6) with their embedded types and predefined extensions.
 */
#include "base/num.h"
#include "stix/formats.h"
#include "stix/observables.h"
#include "stix/words.h"

#define COMMON CATALOG_SCO, &CATALOG_COMMON_SCO

static const struct catalog_range NOT_NEGATIVE = {0, 1e308};
static const struct catalog_range PORT = {0, 65535};

#define TARGETS(name, words, ...)                    \
    static const str name##_TYPES[] = {__VA_ARGS__}; \
    static const struct catalog_targets name = {words, name##_TYPES, COUNT_OF(name##_TYPES), 0}

TARGETS(TO_FILE, "file", LIT_INIT("file"));
TARGETS(TO_ARTIFACT, "artifact", LIT_INIT("artifact"));
TARGETS(TO_DIRECTORY, "directory", LIT_INIT("directory"));
TARGETS(TO_FILE_DIRECTORY, "file or directory", LIT_INIT("file"), LIT_INIT("directory"));
TARGETS(TO_ARTIFACT_FILE, "artifact or file", LIT_INIT("artifact"), LIT_INIT("file"));
TARGETS(TO_RESOLVED, "ipv4-addr, ipv6-addr or domain-name", LIT_INIT("ipv4-addr"),
        LIT_INIT("ipv6-addr"), LIT_INIT("domain-name"));
TARGETS(TO_MAC, "mac-addr", LIT_INIT("mac-addr"));
TARGETS(TO_AS, "autonomous-system", LIT_INIT("autonomous-system"));
TARGETS(TO_ACCOUNT, "user-account", LIT_INIT("user-account"));
TARGETS(TO_EMAIL, "email-addr", LIT_INIT("email-addr"));
TARGETS(TO_ENDPOINT, "ipv4-addr, ipv6-addr, mac-addr or domain-name", LIT_INIT("ipv4-addr"),
        LIT_INIT("ipv6-addr"), LIT_INIT("mac-addr"), LIT_INIT("domain-name"));
TARGETS(TO_TRAFFIC, "network-traffic", LIT_INIT("network-traffic"));
TARGETS(TO_PROCESS, "process", LIT_INIT("process"));
static const struct catalog_targets TO_SCO = {"a cyber-observable", NULL, 0, CATALOG_SCO};

static const struct catalog_rule ANY_RULES[] = {{RULE_ANY_OWN, {{0}}}};

static const struct catalog_property ARTIFACT[] = {
    {N("mime_type"), KIND_STRING, OPTIONAL},
    {N("payload_bin"), KIND_STRING, OPTIONAL, LIKE(FORMAT_BASE64)},
    {N("url"), KIND_STRING, OPTIONAL, LIKE(FORMAT_URL)},
    {N("hashes"), KIND_HASHES, OPTIONAL},
    {N("encryption_algorithm"), KIND_WORD, OPTIONAL, OF(WORDS_ENCRYPTION_ALGORITHM)},
    {N("decryption_key"), KIND_STRING, OPTIONAL},
};
static const struct catalog_rule ARTIFACT_RULES[] = {
    {RULE_EXCLUDES, {LIT_INIT("payload_bin"), LIT_INIT("url")}},
    {RULE_ONE_OF, {LIT_INIT("payload_bin"), LIT_INIT("url")}},
    {RULE_NEEDS, {LIT_INIT("url"), LIT_INIT("hashes")}},
    {RULE_NEEDS, {LIT_INIT("decryption_key"), LIT_INIT("encryption_algorithm")}},
};

static const struct catalog_property AUTONOMOUS_SYSTEM[] = {
    {N("number"), KIND_INTEGER, REQUIRED},
    {N("name"), KIND_STRING, OPTIONAL},
    {N("rir"), KIND_STRING, OPTIONAL},
};

static const struct catalog_property DIRECTORY[] = {
    {N("path"), KIND_STRING, REQUIRED},
    {N("path_enc"), KIND_STRING, OPTIONAL},
    {N("ctime"), KIND_TIMESTAMP, OPTIONAL},
    {N("mtime"), KIND_TIMESTAMP, OPTIONAL},
    {N("atime"), KIND_TIMESTAMP, OPTIONAL},
    {N("contains_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_FILE_DIRECTORY)},
};

static const struct catalog_property DOMAIN_NAME[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_DOMAIN)},
    {N("resolves_to_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_RESOLVED)},
};

static const struct catalog_property EMAIL_ADDR[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_EMAIL)},
    {N("display_name"), KIND_STRING, OPTIONAL},
    {N("belongs_to_ref"), KIND_REF, OPTIONAL, TO(TO_ACCOUNT)},
};

static const struct catalog_property MIME_PART[] = {
    {N("body"), KIND_STRING, OPTIONAL},
    {N("body_raw_ref"), KIND_REF, OPTIONAL, TO(TO_ARTIFACT_FILE)},
    {N("content_type"), KIND_STRING, OPTIONAL},
    {N("content_disposition"), KIND_STRING, OPTIONAL},
};
static const struct catalog_rule MIME_PART_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("body"), LIT_INIT("body_raw_ref")}},
};
static const struct catalog_shape MIME_PART_SHAPE = {"6.6.2", PROPERTIES(MIME_PART),
                                                     RULES(MIME_PART_RULES)};

static const struct catalog_property EMAIL_MESSAGE[] = {
    {N("is_multipart"), KIND_BOOLEAN, REQUIRED},
    {N("date"), KIND_TIMESTAMP, OPTIONAL},
    {N("content_type"), KIND_STRING, OPTIONAL},
    {N("from_ref"), KIND_REF, OPTIONAL, TO(TO_EMAIL)},
    {N("sender_ref"), KIND_REF, OPTIONAL, TO(TO_EMAIL)},
    {N("to_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_EMAIL)},
    {N("cc_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_EMAIL)},
    {N("bcc_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_EMAIL)},
    {N("message_id"), KIND_STRING, OPTIONAL},
    {N("subject"), KIND_STRING, OPTIONAL},
    {N("received_lines"), KIND_STRING, OPTIONAL, LIST},
    {N("additional_header_fields"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_STRINGS},
    {N("body"), KIND_STRING, OPTIONAL},
    {N("body_multipart"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(MIME_PART_SHAPE)},
    {N("raw_email_ref"), KIND_REF, OPTIONAL, TO(TO_ARTIFACT)},
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
    {N("ctime"), KIND_TIMESTAMP, OPTIONAL},
    {N("mtime"), KIND_TIMESTAMP, OPTIONAL},
    {N("atime"), KIND_TIMESTAMP, OPTIONAL},
    {N("parent_directory_ref"), KIND_REF, OPTIONAL, TO(TO_DIRECTORY)},
    {N("contains_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_SCO)},
    {N("content_ref"), KIND_REF, OPTIONAL, TO(TO_ARTIFACT)},
};
static const struct catalog_rule FILE_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("hashes"), LIT_INIT("name")}},
    {RULE_NEEDS, {LIT_INIT("name_enc"), LIT_INIT("name")}},
};

static const struct catalog_property ARCHIVE[] = {
    {N("contains_refs"), KIND_REF, REQUIRED, LIST, TO(TO_FILE_DIRECTORY)},
    {N("comment"), KIND_STRING, OPTIONAL},
};
static const struct catalog_shape ARCHIVE_SHAPE = {"6.7.2", PROPERTIES(ARCHIVE)};

static const struct catalog_property STREAM[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("hashes"), KIND_HASHES, OPTIONAL},
    {N("size"), KIND_INTEGER, OPTIONAL, IN(NOT_NEGATIVE)},
};
static const struct catalog_shape STREAM_SHAPE = {"6.7.3", PROPERTIES(STREAM)};
static const struct catalog_property NTFS[] = {
    {N("sid"), KIND_STRING, OPTIONAL},
    {N("alternate_data_streams"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(STREAM_SHAPE)},
};
static const struct catalog_shape NTFS_SHAPE = {"6.7.3", PROPERTIES(NTFS), RULES(ANY_RULES)};

static const struct catalog_property PDF[] = {
    {N("version"), KIND_STRING, OPTIONAL},
    {N("is_optimized"), KIND_BOOLEAN, OPTIONAL},
    {N("document_info_dict"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_STRING},
    {N("pdfid0"), KIND_STRING, OPTIONAL},
    {N("pdfid1"), KIND_STRING, OPTIONAL},
};
static const struct catalog_shape PDF_SHAPE = {"6.7.4", PROPERTIES(PDF), RULES(ANY_RULES)};

static const struct catalog_property RASTER[] = {
    {N("image_height"), KIND_INTEGER, OPTIONAL},
    {N("image_width"), KIND_INTEGER, OPTIONAL},
    {N("bits_per_pixel"), KIND_INTEGER, OPTIONAL},
    {N("exif_tags"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_SCALAR},
};
static const struct catalog_shape RASTER_SHAPE = {"6.7.5", PROPERTIES(RASTER), RULES(ANY_RULES)};

#define HEX_FIELD(name)                                  \
    {                                                    \
        N(name), KIND_STRING, OPTIONAL, LIKE(FORMAT_HEX) \
    }
#define COUNT_FIELD(name)                                 \
    {                                                     \
        N(name), KIND_INTEGER, OPTIONAL, IN(NOT_NEGATIVE) \
    }
#define INTEGER_FIELD(name)             \
    {                                   \
        N(name), KIND_INTEGER, OPTIONAL \
    }

static const struct catalog_property PE_OPTIONAL_HEADER[] = {
    HEX_FIELD("magic_hex"),
    INTEGER_FIELD("major_linker_version"),
    INTEGER_FIELD("minor_linker_version"),
    COUNT_FIELD("size_of_code"),
    COUNT_FIELD("size_of_initialized_data"),
    COUNT_FIELD("size_of_uninitialized_data"),
    INTEGER_FIELD("address_of_entry_point"),
    INTEGER_FIELD("base_of_code"),
    INTEGER_FIELD("base_of_data"),
    INTEGER_FIELD("image_base"),
    INTEGER_FIELD("section_alignment"),
    INTEGER_FIELD("file_alignment"),
    INTEGER_FIELD("major_os_version"),
    INTEGER_FIELD("minor_os_version"),
    INTEGER_FIELD("major_image_version"),
    INTEGER_FIELD("minor_image_version"),
    INTEGER_FIELD("major_subsystem_version"),
    INTEGER_FIELD("minor_subsystem_version"),
    HEX_FIELD("win32_version_value_hex"),
    COUNT_FIELD("size_of_image"),
    COUNT_FIELD("size_of_headers"),
    HEX_FIELD("checksum_hex"),
    HEX_FIELD("subsystem_hex"),
    HEX_FIELD("dll_characteristics_hex"),
    COUNT_FIELD("size_of_stack_reserve"),
    COUNT_FIELD("size_of_stack_commit"),
    COUNT_FIELD("size_of_heap_reserve"),
    COUNT_FIELD("size_of_heap_commit"),
    HEX_FIELD("loader_flags_hex"),
    INTEGER_FIELD("number_of_rva_and_sizes"),
    {N("hashes"), KIND_HASHES, OPTIONAL},
};
static const struct catalog_shape PE_OPTIONAL_HEADER_SHAPE = {
    "6.7.6", PROPERTIES(PE_OPTIONAL_HEADER), RULES(ANY_RULES)};

static const struct catalog_property PE_SECTION[] = {
    {N("name"), KIND_STRING, REQUIRED},
    COUNT_FIELD("size"),
    {N("entropy"), KIND_FLOAT, OPTIONAL},
    {N("hashes"), KIND_HASHES, OPTIONAL},
};
static const struct catalog_shape PE_SECTION_SHAPE = {"6.7.6", PROPERTIES(PE_SECTION)};

static const struct catalog_property PE_BINARY[] = {
    {N("pe_type"), KIND_WORD, REQUIRED, OF(WORDS_WINDOWS_PEBINARY_TYPE)},
    {N("imphash"), KIND_STRING, OPTIONAL},
    HEX_FIELD("machine_hex"),
    COUNT_FIELD("number_of_sections"),
    {N("time_date_stamp"), KIND_TIMESTAMP, OPTIONAL},
    HEX_FIELD("pointer_to_symbol_table_hex"),
    COUNT_FIELD("number_of_symbols"),
    COUNT_FIELD("size_of_optional_header"),
    HEX_FIELD("characteristics_hex"),
    {N("file_header_hashes"), KIND_HASHES, OPTIONAL},
    {N("optional_header"), KIND_OBJECT, OPTIONAL, SHAPED(PE_OPTIONAL_HEADER_SHAPE)},
    {N("sections"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(PE_SECTION_SHAPE)},
};
static const struct catalog_shape PE_BINARY_SHAPE = {"6.7.6", PROPERTIES(PE_BINARY)};

const struct catalog_extension OBSERVABLE_FILE_EXTENSIONS[OBSERVABLE_FILE_EXTENSION_COUNT] = {
    {LIT_INIT("archive-ext"), &ARCHIVE_SHAPE},
    {LIT_INIT("ntfs-ext"), &NTFS_SHAPE},
    {LIT_INIT("pdf-ext"), &PDF_SHAPE},
    {LIT_INIT("raster-image-ext"), &RASTER_SHAPE},
    {LIT_INIT("windows-pebinary-ext"), &PE_BINARY_SHAPE},
};

static const struct catalog_property IPV4_ADDR[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_IPV4)},
    {N("resolves_to_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_MAC)},
    {N("belongs_to_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_AS)},
};

static const struct catalog_property IPV6_ADDR[] = {
    {N("value"), KIND_STRING, REQUIRED, LIKE(FORMAT_IPV6)},
    {N("resolves_to_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_MAC)},
    {N("belongs_to_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_AS)},
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
    {N("src_ref"), KIND_REF, OPTIONAL, TO(TO_ENDPOINT)},
    {N("dst_ref"), KIND_REF, OPTIONAL, TO(TO_ENDPOINT)},
    {N("src_port"), KIND_INTEGER, OPTIONAL, IN(PORT)},
    {N("dst_port"), KIND_INTEGER, OPTIONAL, IN(PORT)},
    {N("protocols"), KIND_STRING, REQUIRED, LIST},
    COUNT_FIELD("src_byte_count"),
    COUNT_FIELD("dst_byte_count"),
    COUNT_FIELD("src_packets"),
    COUNT_FIELD("dst_packets"),
    {N("ipfix"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_SCALAR},
    {N("src_payload_ref"), KIND_REF, OPTIONAL, TO(TO_ARTIFACT)},
    {N("dst_payload_ref"), KIND_REF, OPTIONAL, TO(TO_ARTIFACT)},
    {N("encapsulates_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_TRAFFIC)},
    {N("encapsulated_by_ref"), KIND_REF, OPTIONAL, TO(TO_TRAFFIC)},
};
static const struct catalog_rule NETWORK_TRAFFIC_RULES[] = {
    {RULE_ONE_OF, {LIT_INIT("src_ref"), LIT_INIT("dst_ref")}},
    {RULE_NOT_BEFORE, {LIT_INIT("end"), LIT_INIT("start")}},
    {RULE_TRUE_EXCLUDES, {LIT_INIT("is_active"), LIT_INIT("end")}},
};

static const struct catalog_property HTTP_REQUEST[] = {
    {N("request_method"), KIND_STRING, REQUIRED},
    {N("request_value"), KIND_STRING, REQUIRED},
    {N("request_version"), KIND_STRING, OPTIONAL},
    {N("request_header"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_STRINGS},
    INTEGER_FIELD("message_body_length"),
    {N("message_body_data_ref"), KIND_REF, OPTIONAL, TO(TO_ARTIFACT)},
};
static const struct catalog_shape HTTP_REQUEST_SHAPE = {"6.12.2", PROPERTIES(HTTP_REQUEST)};

static const struct catalog_property ICMP[] = {
    {N("icmp_type_hex"), KIND_STRING, REQUIRED, LIKE(FORMAT_HEX)},
    {N("icmp_code_hex"), KIND_STRING, REQUIRED, LIKE(FORMAT_HEX)},
};
static const struct catalog_shape ICMP_SHAPE = {"6.12.3", PROPERTIES(ICMP)};

static const struct catalog_property SOCKET[] = {
    {N("address_family"), KIND_WORD, REQUIRED, OF(WORDS_NETWORK_SOCKET_ADDRESS_FAMILY)},
    {N("is_blocking"), KIND_BOOLEAN, OPTIONAL},
    {N("is_listening"), KIND_BOOLEAN, OPTIONAL},
    {N("options"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_INTEGER},
    {N("socket_type"), KIND_WORD, OPTIONAL, OF(WORDS_NETWORK_SOCKET_TYPE)},
    COUNT_FIELD("socket_descriptor"),
    INTEGER_FIELD("socket_handle"),
};
static const struct catalog_shape SOCKET_SHAPE = {"6.12.4", PROPERTIES(SOCKET)};

static const struct catalog_property TCP[] = {
    HEX_FIELD("src_flags_hex"),
    HEX_FIELD("dst_flags_hex"),
};
static const struct catalog_shape TCP_SHAPE = {"6.12.5", PROPERTIES(TCP), RULES(ANY_RULES)};

const struct catalog_extension OBSERVABLE_TRAFFIC_EXTENSIONS[OBSERVABLE_TRAFFIC_EXTENSION_COUNT] = {
    {LIT_INIT("http-request-ext"), &HTTP_REQUEST_SHAPE},
    {LIT_INIT("icmp-ext"), &ICMP_SHAPE},
    {LIT_INIT("socket-ext"), &SOCKET_SHAPE},
    {LIT_INIT("tcp-ext"), &TCP_SHAPE},
};

static const struct catalog_property PROCESS[] = {
    {N("is_hidden"), KIND_BOOLEAN, OPTIONAL},
    INTEGER_FIELD("pid"),
    {N("created_time"), KIND_TIMESTAMP, OPTIONAL},
    {N("cwd"), KIND_STRING, OPTIONAL},
    {N("command_line"), KIND_STRING, OPTIONAL},
    {N("environment_variables"), KIND_DICTIONARY, OPTIONAL, .values = VALUES_STRING},
    {N("opened_connection_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_TRAFFIC)},
    {N("creator_user_ref"), KIND_REF, OPTIONAL, TO(TO_ACCOUNT)},
    {N("image_ref"), KIND_REF, OPTIONAL, TO(TO_FILE)},
    {N("parent_ref"), KIND_REF, OPTIONAL, TO(TO_PROCESS)},
    {N("child_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_PROCESS)},
};

static const struct catalog_property WINDOWS_PROCESS[] = {
    {N("aslr_enabled"), KIND_BOOLEAN, OPTIONAL},
    {N("dep_enabled"), KIND_BOOLEAN, OPTIONAL},
    {N("priority"), KIND_STRING, OPTIONAL, LIKE(FORMAT_PRIORITY)},
    {N("owner_sid"), KIND_STRING, OPTIONAL},
    {N("window_title"), KIND_STRING, OPTIONAL},
    {N("startup_info"), KIND_DICTIONARY, OPTIONAL},
    {N("integrity_level"), KIND_WORD, OPTIONAL, OF(WORDS_WINDOWS_INTEGRITY_LEVEL)},
};
static const struct catalog_shape WINDOWS_PROCESS_SHAPE = {"6.13.2", PROPERTIES(WINDOWS_PROCESS),
                                                           RULES(ANY_RULES)};

static const struct catalog_property WINDOWS_SERVICE[] = {
    {N("service_name"), KIND_STRING, OPTIONAL},
    {N("descriptions"), KIND_STRING, OPTIONAL, LIST},
    {N("display_name"), KIND_STRING, OPTIONAL},
    {N("group_name"), KIND_STRING, OPTIONAL},
    {N("start_type"), KIND_WORD, OPTIONAL, OF(WORDS_WINDOWS_SERVICE_START_TYPE)},
    {N("service_dll_refs"), KIND_REF, OPTIONAL, LIST, TO(TO_FILE)},
    {N("service_type"), KIND_WORD, OPTIONAL, OF(WORDS_WINDOWS_SERVICE_TYPE)},
    {N("service_status"), KIND_WORD, OPTIONAL, OF(WORDS_WINDOWS_SERVICE_STATUS)},
};
static const struct catalog_shape WINDOWS_SERVICE_SHAPE = {"6.13.3", PROPERTIES(WINDOWS_SERVICE),
                                                           RULES(ANY_RULES)};

const struct catalog_extension OBSERVABLE_PROCESS_EXTENSIONS[OBSERVABLE_PROCESS_EXTENSION_COUNT] = {
    {LIT_INIT("windows-process-ext"), &WINDOWS_PROCESS_SHAPE},
    {LIT_INIT("windows-service-ext"), &WINDOWS_SERVICE_SHAPE},
};

static const struct catalog_property SOFTWARE[] = {
    {N("name"), KIND_STRING, REQUIRED},
    {N("cpe"), KIND_STRING, OPTIONAL, LIKE(FORMAT_CPE)},
    {N("swid"), KIND_STRING, OPTIONAL},
    {N("languages"), KIND_STRING, OPTIONAL, LIST, LIKE(FORMAT_LANGUAGE)},
    {N("vendor"), KIND_STRING, OPTIONAL},
    {N("version"), KIND_STRING, OPTIONAL},
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
    {N("credential_last_changed"), KIND_TIMESTAMP, OPTIONAL},
    {N("account_first_login"), KIND_TIMESTAMP, OPTIONAL},
    {N("account_last_login"), KIND_TIMESTAMP, OPTIONAL},
};

static const struct catalog_property UNIX_ACCOUNT[] = {
    INTEGER_FIELD("gid"),
    {N("groups"), KIND_STRING, OPTIONAL, LIST},
    {N("home_dir"), KIND_STRING, OPTIONAL},
    {N("shell"), KIND_STRING, OPTIONAL},
};
static const struct catalog_shape UNIX_ACCOUNT_SHAPE = {"6.16.2", PROPERTIES(UNIX_ACCOUNT),
                                                        RULES(ANY_RULES)};
const struct catalog_extension OBSERVABLE_ACCOUNT_EXTENSIONS[OBSERVABLE_ACCOUNT_EXTENSION_COUNT] = {
    {LIT_INIT("unix-account-ext"), &UNIX_ACCOUNT_SHAPE},
};

static const struct catalog_property REGISTRY_VALUE[] = {
    {N("name"), KIND_STRING, OPTIONAL},
    {N("data"), KIND_STRING, OPTIONAL},
    {N("data_type"), KIND_WORD, OPTIONAL, OF(WORDS_WINDOWS_REGISTRY_DATATYPE)},
};
const struct catalog_shape OBSERVABLE_REGISTRY_VALUE = {"6.17.2", PROPERTIES(REGISTRY_VALUE),
                                                        RULES(ANY_RULES)};

static const struct catalog_property WINDOWS_REGISTRY_KEY[] = {
    {N("key"), KIND_STRING, OPTIONAL},
    {N("values"), KIND_OBJECT, OPTIONAL, LIST, SHAPED(OBSERVABLE_REGISTRY_VALUE)},
    {N("modified_time"), KIND_TIMESTAMP, OPTIONAL},
    {N("creator_user_ref"), KIND_REF, OPTIONAL, TO(TO_ACCOUNT)},
    COUNT_FIELD("number_of_subkeys"),
};

static const struct catalog_property X509_EXTENSIONS[] = {
    {N("basic_constraints"), KIND_STRING, OPTIONAL},
    {N("name_constraints"), KIND_STRING, OPTIONAL},
    {N("policy_constraints"), KIND_STRING, OPTIONAL},
    {N("key_usage"), KIND_STRING, OPTIONAL},
    {N("extended_key_usage"), KIND_STRING, OPTIONAL},
    {N("subject_key_identifier"), KIND_STRING, OPTIONAL},
    {N("authority_key_identifier"), KIND_STRING, OPTIONAL},
    {N("subject_alternative_name"), KIND_STRING, OPTIONAL},
    {N("issuer_alternative_name"), KIND_STRING, OPTIONAL},
    {N("subject_directory_attributes"), KIND_STRING, OPTIONAL},
    {N("crl_distribution_points"), KIND_STRING, OPTIONAL},
    {N("inhibit_any_policy"), KIND_STRING, OPTIONAL},
    {N("private_key_usage_period_not_before"), KIND_TIMESTAMP, OPTIONAL},
    {N("private_key_usage_period_not_after"), KIND_TIMESTAMP, OPTIONAL},
    {N("certificate_policies"), KIND_STRING, OPTIONAL},
    {N("policy_mappings"), KIND_STRING, OPTIONAL},
};
const struct catalog_shape OBSERVABLE_X509_EXTENSIONS = {"6.18.2", PROPERTIES(X509_EXTENSIONS),
                                                         RULES(ANY_RULES)};

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

#define ID_FROM(...) .id_names = {__VA_ARGS__}
#define MAY_CARRY(list) .extensions = (list), .extension_count = COUNT_OF(list)

static const struct catalog_type TYPES[] = {
    {N("artifact"),
     COMMON,
     {"6.1", PROPERTIES(ARTIFACT), RULES(ARTIFACT_RULES)},
     ID_FROM(LIT_INIT("hashes"), LIT_INIT("payload_bin"))},
    {N("autonomous-system"),
     COMMON,
     {"6.2", PROPERTIES(AUTONOMOUS_SYSTEM)},
     ID_FROM(LIT_INIT("number"))},
    {N("directory"), COMMON, {"6.3", PROPERTIES(DIRECTORY)}, ID_FROM(LIT_INIT("path"))},
    {N("domain-name"), COMMON, {"6.4", PROPERTIES(DOMAIN_NAME)}, ID_FROM(LIT_INIT("value"))},
    {N("email-addr"), COMMON, {"6.5", PROPERTIES(EMAIL_ADDR)}, ID_FROM(LIT_INIT("value"))},
    {N("email-message"),
     COMMON,
     {"6.6", PROPERTIES(EMAIL_MESSAGE), RULES(EMAIL_MESSAGE_RULES)},
     ID_FROM(LIT_INIT("from_ref"), LIT_INIT("subject"), LIT_INIT("body"))},
    {N("file"),
     COMMON,
     {"6.7", PROPERTIES(FILE_PROPERTIES), RULES(FILE_RULES)},
     MAY_CARRY(OBSERVABLE_FILE_EXTENSIONS),
     ID_FROM(LIT_INIT("hashes"), LIT_INIT("name"), LIT_INIT("extensions"),
             LIT_INIT("parent_directory_ref"))},
    {N("ipv4-addr"), COMMON, {"6.8", PROPERTIES(IPV4_ADDR)}, ID_FROM(LIT_INIT("value"))},
    {N("ipv6-addr"), COMMON, {"6.9", PROPERTIES(IPV6_ADDR)}, ID_FROM(LIT_INIT("value"))},
    {N("mac-addr"), COMMON, {"6.10", PROPERTIES(MAC_ADDR)}, ID_FROM(LIT_INIT("value"))},
    {N("mutex"), COMMON, {"6.11", PROPERTIES(MUTEX)}, ID_FROM(LIT_INIT("name"))},
    {N("network-traffic"),
     COMMON,
     {"6.12", PROPERTIES(NETWORK_TRAFFIC), RULES(NETWORK_TRAFFIC_RULES)},
     MAY_CARRY(OBSERVABLE_TRAFFIC_EXTENSIONS),
     ID_FROM(LIT_INIT("start"), LIT_INIT("end"), LIT_INIT("src_ref"), LIT_INIT("dst_ref"),
             LIT_INIT("src_port"), LIT_INIT("dst_port"), LIT_INIT("protocols"),
             LIT_INIT("extensions"))},
    {N("process"),
     COMMON,
     {"6.13", PROPERTIES(PROCESS), RULES(ANY_RULES)},
     MAY_CARRY(OBSERVABLE_PROCESS_EXTENSIONS)},
    {N("software"),
     COMMON,
     {"6.14", PROPERTIES(SOFTWARE)},
     ID_FROM(LIT_INIT("name"), LIT_INIT("cpe"), LIT_INIT("swid"), LIT_INIT("vendor"),
             LIT_INIT("version"))},
    {N("url"), COMMON, {"6.15", PROPERTIES(URL)}, ID_FROM(LIT_INIT("value"))},
    {N("user-account"),
     COMMON,
     {"6.16", PROPERTIES(USER_ACCOUNT), RULES(ANY_RULES)},
     MAY_CARRY(OBSERVABLE_ACCOUNT_EXTENSIONS),
     ID_FROM(LIT_INIT("account_type"), LIT_INIT("user_id"), LIT_INIT("account_login"))},
    {N("windows-registry-key"),
     COMMON,
     {"6.17", PROPERTIES(WINDOWS_REGISTRY_KEY), RULES(ANY_RULES)},
     ID_FROM(LIT_INIT("key"), LIT_INIT("values"))},
    {N("x509-certificate"),
     COMMON,
     {"6.18", PROPERTIES(X509_CERTIFICATE), RULES(ANY_RULES)},
     ID_FROM(LIT_INIT("hashes"), LIT_INIT("serial_number"))},
};

const struct catalog_table CATALOG_SCO_2_1 = {TYPES, COUNT_OF(TYPES)};
