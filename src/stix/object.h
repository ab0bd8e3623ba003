/*
 * The envelope of a STIX object: what the store and the gate need of any object, read cheaply and
 * without validation. Unknown types are as welcome as known ones.
 */
#ifndef TOCSIN_STIX_OBJECT_H
#define TOCSIN_STIX_OBJECT_H

#include "json/json.h"

struct stix_strs {
    str *items;
    size_t count;
    size_t capacity;
};

struct stix_object {
    json value;
    str bytes; /* exactly as in the source */
    str type;
    str id;
    str spec; /* "2.0" or "2.1", by rule L4 */
    bool is_sco;
    bool is_revoked;
    bool has_created;
    bool has_modified;
    int64_t version_us; /* `modified`, else `created`, else 0 */
    str version_text;   /* the same as it is written; empty without one */
    str name;           /* `name`, may be empty */
    str created_by_ref; /* may be empty */
    struct stix_strs
        markings; /* object_marking_refs, in order; also what is no id, since it restricts */
    struct stix_strs granular; /* marking_refs of granular_markings, likewise */
    struct stix_strs refs;     /* every *_ref and *_refs, at any depth, without those of markings */
    bool is_pointing;          /* G6: carries the audiences of its `ends` */
    struct stix_strs ends;     /* what it points at; empty unless is_pointing */
    bool is_container;         /* G7: may not be less strict than its `contents` */
    struct stix_strs contents; /* what it contains; empty unless is_container */
};

/*
 * Reads the envelope; lists go to `a`, strings are borrowed from the value's document. ERR_INVALID
 * where `value` is no object or has no usable `type` and `id` (L9), or where one of them holds
 * U+0000 (L5).
 */
err stix_object_read(struct arena *a, json value, struct stix_object *out) MUST_USE;

/* True for "TYPE--UUID", TYPE in lower-case letters, digits and hyphens. */
bool stix_id_is_usable(str id);

/* The part before "--"; empty if there is none. Borrowed. */
str stix_id_type(str id);

/* True for the SCO types of STIX 2.1 (standard ones only). */
bool stix_type_is_sco(str type);

/* True for names ending in _ref or in _refs, which hold identifiers (STIX 2.1 §2.9). */
bool stix_property_is_ref(str name);
bool stix_property_is_refs(str name);

#endif
