/*
 * The deterministic ids of cyber-observables (STIX 2.1 §2.9): a UUID of version 5 of the
 * contributing properties, written canonically (RFC 8785).
 */
#ifndef TOCSIN_STIX_SCO_ID_H
#define TOCSIN_STIX_SCO_ID_H

#include "base/buf.h"
#include "json/json.h"

/*
 * The id that the standard would give `object`, "ipv4-addr--…", in `a`. False where its type has no
 * contributing properties or none of them is there. Validation does not demand it: a producer may
 * use a namespace of its own.
 */
bool sco_id_make(struct arena *a, json object, str *out);

/* Writes a value canonically: sorted keys, no white space, numbers as ECMAScript prints them. */
void sco_id_put_canonical(struct arena *a, json value, struct buf *to);

#endif
