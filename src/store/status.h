/*
 * What became of submissions: the TAXII status resources (TAXII 2.1 §4.3), written in the commit of
 * what they speak of (L9) and kept for a day.
 */
#ifndef TOCSIN_STORE_STATUS_H
#define TOCSIN_STORE_STATUS_H

#include "base/clock.h"
#include "store/store.h"

#define STATUS_KEPT_US US_PER_DAY
/* All of one organization; once there are more the oldest go before their day. */
#define STATUS_BYTES_PER_ORG_MAX (INT64_C(64) << 20)

struct status {
    str id;
    str text;
    int64_t actor; /* who submitted */
    int64_t org;   /* for which organization */
};

/* In a write session: keeps a status, this one in any case; drops those past their day. */
err status_put(struct arena *a, struct session *s, const struct status *status) MUST_USE;

/* ERR_NOT_FOUND: there is none of that id, it is past its day, or another actor submitted it. */
err status_get(struct arena *a, struct session *s, int64_t actor, str id, str *text) MUST_USE;

#endif
