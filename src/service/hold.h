/*
 * Placing and releasing legal holds (B27), each with its audit row. Stewards and the console do it;
 * who may is for the caller's surface to check.
 */
#ifndef TOCSIN_SERVICE_HOLD_H
#define TOCSIN_SERVICE_HOLD_H

#include "store/holds.h"

struct hold_order {
    str object; /* id; need not be there yet; empty: everything */
    str reason;
    int64_t by; /* actor; 0: the console */
};
/* In a write session. ERR_INVALID: that is no id, or there is no reason. */
err hold_place_in(struct arena *a, struct session *s, const struct hold_order *order,
                  str *id) MUST_USE;
/* ERR_NOT_FOUND, ERR_CONFLICT as holds_release. */
err hold_release_in(struct arena *a, struct session *s, str id, int64_t by) MUST_USE;

#endif
