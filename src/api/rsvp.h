/*
 * The pages of a mailed link (B11, P7): HTML without script, English and Spanish. Asking for one
 * changes nothing, since mail scanners follow links; the form is what answers.
 */
#ifndef TOCSIN_API_RSVP_H
#define TOCSIN_API_RSVP_H

#include "service/app.h"

/* "/rsvp/SECRET", "/rsvp/SECRET/calendar" and "/rsvp.css". */
bool rsvp_owns_path(str path);
/* When only the header is there: a form is small. */
void rsvp_prepare(struct http_request *rq);
/* Ends in one http_reply, then or later. */
void rsvp_handle(struct app *app, struct http_request *rq);

/* The path as it may stand in a log: without the secret. */
str rsvp_path_for_log(str path);

/* The style sheet, made from rsvp.css at build time. */
extern const char RSVP_CSS[];
extern const size_t RSVP_CSS_BYTES;

#endif
