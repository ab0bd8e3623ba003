/*
 * ETag and If-Match: who edits says which state they saw, and hears the current one if somebody was
 * faster. Who asks again says what they have, and hears whether it is still so (If-None-Match).
 */
#ifndef TOCSIN_API_ETAG_H
#define TOCSIN_API_ETAG_H

#include "api/call.h"

/* The tag of a state, for a list of things that are edited one by one. */
str api_tag(struct api_call *c, str state);

/* Sets the ETag of an answer; `state` is any text that differs when the thing does. */
void api_etag(struct api_call *c, str state);

/*
 * The same for an answer in which more may differ than what one edits (`rest`): a copy of it goes
 * stale by either, an edit is refused by the state alone.
 */
void api_etag_with(struct api_call *c, str state, str rest);

/* Sets that of an answer which is nobody's to edit: of its bytes, for each encoding (O3). */
void api_etag_bytes(struct api_call *c, str bytes, bool is_packed);

/*
 * For an edit, in the session that makes it: whether If-Match names `state`. ERR_NO_PRECONDITION:
 * there is no If-Match. ERR_PRECONDITION: it names another; the caller has put the current state
 * into c->current.
 */
err api_check_match(struct api_call *c, str state) MUST_USE;

#endif
