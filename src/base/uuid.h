/*
 * UUIDs (RFC 9562) in their lower-case text form of 36 characters.
 */
#ifndef TOCSIN_BASE_UUID_H
#define TOCSIN_BASE_UUID_H

#include "base/arena.h"

#define UUID_TEXT_BYTES 36

/* A random (version 4) UUID. */
str uuid_random(struct arena *a);

/* `prefix` + "--" + a random UUID, as STIX ids are made. */
str uuid_random_id(struct arena *a, str prefix);

/* A name-based (version 5, SHA-1) UUID of `name` in the namespace `namespace_text`. */
void uuid_of_name(str namespace_text, str name, char out[UUID_TEXT_BYTES]);

/* True for 8-4-4-4-12 hexadecimal digits of either case, whatever they say. */
bool uuid_is_shape(str text);

/* The 16 bytes of what uuid_is_shape; false, and no bytes that mean anything, for another text. */
bool uuid_to_bytes(str text, unsigned char bytes[16]);

/*
 * As uuid_is_shape, with the variant of RFC 9562. `*version` (may be NULL) is the version digit, 0
 * to 15.
 */
bool uuid_read(str text, unsigned *version);

#endif
