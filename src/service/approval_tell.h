/*
 * Telling approvers and deputies that their answer is awaited (B8): at once, at half and at three
 * quarters of the time left. The mail says neither what nor by whom.
 */
#ifndef TOCSIN_SERVICE_APPROVAL_TELL_H
#define TOCSIN_SERVICE_APPROVAL_TELL_H

#include "service/approval.h"

/* Those of one host who are to be told now, if any; in a write session. `*is_idle`: nobody is. */
err approval_tell(struct arena *a, struct session *s, str public_url, bool *is_idle) MUST_USE;
err approval_is_due(struct arena *a, struct session *s, bool *out) MUST_USE;

#endif
