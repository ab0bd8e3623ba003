/*
 * The record of a briefing (B27): everything about it that a reader may read and that may leave the
 * exchange, as a STIX bundle and as one document for people.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_RECORD_H
#define TOCSIN_SERVICE_BRIEFING_RECORD_H

#include "service/briefing_after.h"

struct briefing_record_totals {
    struct log_entries given;
    size_t withheld; /* readable, and bound to stay here: TLP:AMBER+STRICT and RED (G3) */
};

/* The bundle, in `a`: the objects as the same bytes in which they stand in the log. */
err briefing_record_bundle(struct arena *a, struct session *s, const struct reader *r, str briefing,
                           str *out, struct briefing_record_totals *totals) MUST_USE;

/* Plain text with headings; hosts are told how much was withheld from the bundle. */
err briefing_record_document(struct arena *a, struct session *s, const struct reader *r,
                             str briefing, str *out, struct log_entries *given) MUST_USE;

#endif
