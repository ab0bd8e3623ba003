/*
 * What strings must look like: addresses, languages, hashes and encodings.
 */
#ifndef TOCSIN_STIX_FORMATS_H
#define TOCSIN_STIX_FORMATS_H

#include "stix/catalog.h"

extern const struct catalog_format FORMAT_IPV4;
extern const struct catalog_format FORMAT_IPV6;
extern const struct catalog_format FORMAT_MAC;
extern const struct catalog_format FORMAT_EMAIL;
extern const struct catalog_format FORMAT_URL;
extern const struct catalog_format FORMAT_DOMAIN;
extern const struct catalog_format FORMAT_LANGUAGE;
extern const struct catalog_format FORMAT_CPE;
extern const struct catalog_format FORMAT_BASE64;
extern const struct catalog_format FORMAT_HEX;
extern const struct catalog_format FORMAT_COUNTRY;
extern const struct catalog_format FORMAT_RELATIONSHIP_TYPE;
extern const struct catalog_format FORMAT_KILL_CHAIN_NAME;
extern const struct catalog_format FORMAT_PRIORITY;

/* The shape a hash has, by the name of its algorithm; unknown algorithms pass (STIX 2.1 §10.7). */
bool format_hash_is_good(str algorithm, str value);

/* An RFC 5646 language tag. */
bool format_is_language(str tag);

/* Letters a to z, digits, hyphens; begins with a letter; 3 to 250 bytes (STIX 2.1 §3.1). */
bool format_is_type_name(str name);

/* As format_is_type_name with underscores for hyphens; a single letter may begin "x_". */
bool format_is_property_name(str name);

/* Keys of dictionaries (STIX 2.1 §2.3). */
bool format_is_dictionary_key(str key);

#endif
