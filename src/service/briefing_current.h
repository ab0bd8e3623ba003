/*
 * The briefings that may ask something of a reader now, for home: it costs by these, and next to
 * nothing by those that ended long ago.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_CURRENT_H
#define TOCSIN_SERVICE_BRIEFING_CURRENT_H

#include "service/briefing.h"

struct briefings_current {
    struct briefings open;      /* to come, or ended past the time asked for */
    struct briefings continued; /* ended before it, within a year; of a later edition the reader
                                   gets none */
};
/*
 * Of those that the reader, a person acting for an organization, hosts or is invited to, in no
 * particular order. In a read session that holds its views.
 */
err briefing_list_current(struct arena *a, struct session *s, const struct reader *r,
                          int64_t since_us, struct briefings_current *out) MUST_USE;

#endif
