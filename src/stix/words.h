/*
 * The vocabularies of STIX 2.1 §10 and those of 2.0 that differ.
 */
#ifndef TOCSIN_STIX_WORDS_H
#define TOCSIN_STIX_WORDS_H

#include "stix/catalog.h"

extern const struct catalog_words WORDS_ACCOUNT_TYPE;
extern const struct catalog_words WORDS_ATTACK_MOTIVATION;
extern const struct catalog_words WORDS_ATTACK_RESOURCE_LEVEL;
extern const struct catalog_words WORDS_ENCRYPTION_ALGORITHM;
extern const struct catalog_words WORDS_EXTENSION_TYPE;
extern const struct catalog_words WORDS_GROUPING_CONTEXT;
extern const struct catalog_words WORDS_HASH_ALGORITHM;
extern const struct catalog_words WORDS_IDENTITY_CLASS;
extern const struct catalog_words WORDS_IMPLEMENTATION_LANGUAGE;
extern const struct catalog_words WORDS_INDICATOR_TYPE;
extern const struct catalog_words WORDS_INDUSTRY_SECTOR;
extern const struct catalog_words WORDS_INFRASTRUCTURE_TYPE;
extern const struct catalog_words WORDS_MALWARE_CAPABILITIES;
extern const struct catalog_words WORDS_MALWARE_RESULT;
extern const struct catalog_words WORDS_MALWARE_TYPE;
extern const struct catalog_words WORDS_NETWORK_SOCKET_ADDRESS_FAMILY;
extern const struct catalog_words WORDS_NETWORK_SOCKET_TYPE;
extern const struct catalog_words WORDS_OPINION;
extern const struct catalog_words WORDS_PATTERN_TYPE;
extern const struct catalog_words WORDS_PROCESSOR_ARCHITECTURE;
extern const struct catalog_words WORDS_REGION;
extern const struct catalog_words WORDS_REPORT_TYPE;
extern const struct catalog_words WORDS_THREAT_ACTOR_TYPE;
extern const struct catalog_words WORDS_THREAT_ACTOR_ROLE;
extern const struct catalog_words WORDS_THREAT_ACTOR_SOPHISTICATION;
extern const struct catalog_words WORDS_TOOL_TYPE;
extern const struct catalog_words WORDS_WINDOWS_INTEGRITY_LEVEL;
extern const struct catalog_words WORDS_WINDOWS_PEBINARY_TYPE;
extern const struct catalog_words WORDS_WINDOWS_REGISTRY_DATATYPE;
extern const struct catalog_words WORDS_WINDOWS_SERVICE_START_TYPE;
extern const struct catalog_words WORDS_WINDOWS_SERVICE_TYPE;
extern const struct catalog_words WORDS_WINDOWS_SERVICE_STATUS;
extern const struct catalog_words WORDS_20_THREAT_ACTOR_LABEL;
extern const struct catalog_words WORDS_20_INDICATOR_LABEL;
extern const struct catalog_words WORDS_20_MALWARE_LABEL;
extern const struct catalog_words WORDS_20_REPORT_LABEL;
extern const struct catalog_words WORDS_20_TOOL_LABEL;
extern const struct catalog_words WORDS_MARKING_TYPE;
extern const struct catalog_words WORDS_COUNTRY;

#endif
