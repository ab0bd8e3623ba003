/*
 * Editions of a series, each of which names the one before it.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_SERIES_H
#define TOCSIN_SERVICE_BRIEFING_SERIES_H

#include "service/briefing.h"

/*
 * Makes the next edition as a draft, a fortnight on, hosted by the same organizations; `items` are
 * those carried over. In a write session; for hosts. ERR_INVALID: an item of another briefing.
 */
err briefing_next(struct arena *a, struct session *s, const struct reader *r, str briefing,
                  const struct stix_strs *items, str *id) MUST_USE;

/* The editions that follow this one, as far as the reader may see them. */
err briefing_following(struct arena *a, struct session *s, const struct reader *r, str briefing,
                       struct stix_strs *out) MUST_USE;

#endif
