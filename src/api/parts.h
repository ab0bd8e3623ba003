/*
 * Parts that several resources write: the schemas of api/openapi.yaml with the same names.
 */
#ifndef TOCSIN_API_PARTS_H
#define TOCSIN_API_PARTS_H

#include "api/call.h"

/* Organization. */
void part_organization(struct json_writer *w, const struct policy_org *org);
/* Affiliation: the organization and the roles held there. */
void part_affiliation(struct json_writer *w, const struct policy_org *org, unsigned roles);
/* A member with a time, RFC 3339. */
void part_time(struct json_writer *w, const char *key, int64_t time_us);

/* session.c: answers with the session as it is now; for api_change's answer. */
err part_session_answer(struct api_call *c, void *context) MUST_USE;
/* In a change: the browser gets this secret with the answer. */
err part_session_begun(struct api_call *c, struct session *s, str secret) MUST_USE;
/* The same where the session went on under another secret. */
err part_session_renewed(struct api_call *c, struct session *s, str secret) MUST_USE;
/* What the browser says of itself. */
struct signing_browser;
struct signing_browser part_browser(const struct api_call *c, bool is_shared);

#endif
