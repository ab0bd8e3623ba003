/*
 * Jurisdictions by FIPS codes (rule G4): "us", "us-39" (a state), "us-39-c035" (a county),
 * "us-39-p16000" (a place). One contains what lies within it, by whole parts.
 */
#ifndef TOCSIN_STIX_JURISDICTION_H
#define TOCSIN_STIX_JURISDICTION_H

#include "base/arena.h"

/* Reads a canonical text or its short form: 39 is us-39, 39035 is us-39-c035. */
bool jurisdiction_read(struct arena *a, str text, str *out);

/* True for the four canonical forms only, in lower case. */
bool jurisdiction_is_canonical(str text);

/* Both canonical. "us-3" contains nothing of "us-39"; each contains itself. */
bool jurisdiction_contains(str outer, str inner);

#endif
