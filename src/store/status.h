/*
 * What became of submissions: the TAXII status resources (TAXII 2.1 §4.3), written in the commit of
 * what they speak of (L9) and kept for a day.
 */
#ifndef TOCSIN_STORE_STATUS_H
#define TOCSIN_STORE_STATUS_H

#include "base/clock.h"
#include "store/store.h"

#define STATUS_KEPT_US US_PER_DAY

/* In a write session: keeps the status `id` of what `actor` submitted; drops those past their day.
 */
err status_put(struct arena *a, struct session *s, int64_t actor, str id, str text) MUST_USE;

/* ERR_NOT_FOUND: there is none of that id, it is past its day, or another actor submitted it. */
err status_get(struct arena *a, struct session *s, int64_t actor, str id, str *text) MUST_USE;

#endif
