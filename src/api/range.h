/*
 * Answers that may be fetched in parts (RFC 9110 §14): what is saved as a file, so that after a
 * line broke it goes on where it was.
 */
#ifndef TOCSIN_API_RANGE_H
#define TOCSIN_API_RANGE_H

#include "api/call.h"

/*
 * Of an answer that has so many bytes under this strong tag: sets its status (200; 206 and the part
 * of it; 304) and the headers that belong to that. ERR_RANGE: it has nothing of what is asked for.
 */
err range_choose(struct api_call *c, str etag, uint64_t size) MUST_USE;

#endif
