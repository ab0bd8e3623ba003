/*
 * The record of a briefing (B27): everything about it that a reader may read and that may leave the
 * exchange, as a STIX bundle and as one document for people.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_RECORD_H
#define TOCSIN_SERVICE_BRIEFING_RECORD_H

#include "service/briefing_after.h"

struct briefing_record_totals {
    struct log_entries given;
    size_t withheld; /* readable, and bound to stay here: TLP:AMBER+STRICT and RED (G3, G6) */
};

/* The bundle, in `a`: the objects as the same bytes in which they stand in the log. */
err briefing_record_bundle(struct arena *a, struct session *s, const struct reader *r, str briefing,
                           str *out, struct briefing_record_totals *totals) MUST_USE;

/* What may leave is printed and saved; what may not is read in the exchange alone. */
enum record_part { RECORD_LEAVES, RECORD_STAYS };

struct briefing_document {
    str text; /* empty: nothing stays */
    struct log_entries given;
};
/*
 * Plain text with headings, under the strictest label of what it tells; each thing stands in the
 * part in which the bundle has it or has it not. Hosts are told how much the bundle withholds.
 */
err briefing_record_document(struct arena *a, struct session *s, const struct reader *r,
                             str briefing, enum record_part part,
                             struct briefing_document *out) MUST_USE;

#endif
