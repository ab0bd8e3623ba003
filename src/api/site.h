/*
 * The pages that need no script and no account: what this exchange is, what anyone may read of it,
 * and how to connect; and the health check. The style sheet is embedded.
 */
#ifndef TOCSIN_API_SITE_H
#define TOCSIN_API_SITE_H

#include "api/site_words.h"
#include "service/app.h"

/* Answers a request for /, /style.css or /healthz; anything else is a plain 404. */
void site_handle(struct app *app, struct http_request *rq);

/* A page that says one sentence. */
void site_reply_words(struct app *app, struct http_request *rq, unsigned status,
                      enum site_word words);

/* Puts a refusal into the form of a page. */
void site_refusal(struct http_request *rq, str text, struct http_response *out);

/* The style sheet, made from site.css at build time. */
extern const char SITE_CSS[];
extern const size_t SITE_CSS_BYTES;

#endif
