/*
 * The handlers of the route table, by resource. What each takes and gives stands in
 * api/openapi.yaml.
 */
#ifndef TOCSIN_API_HANDLERS_H
#define TOCSIN_API_HANDLERS_H

#include "api/call.h"

/* session.c */
err api_get_session(struct api_call *c) MUST_USE;
err api_sign_in(struct api_call *c) MUST_USE;
err api_change_affiliation(struct api_call *c) MUST_USE;
err api_sign_out(struct api_call *c) MUST_USE;

/* chairs.c */
err api_list_chairs(struct api_call *c) MUST_USE;
err api_take_chair(struct api_call *c) MUST_USE;

#endif
