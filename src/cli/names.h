/*
 * Finding what people name on a command line: organizations, people and collections.
 */
#ifndef TOCSIN_CLI_NAMES_H
#define TOCSIN_CLI_NAMES_H

#include "cli/command.h"
#include "store/store.h"

/* By identity id or exact name. ERR_NOT_FOUND says how to list them. */
err names_org(struct arena *a, const struct session *s, str text, int64_t *out) MUST_USE;

/* By e-mail or identity id; must be affiliated with `org` (0: any). */
err names_person(struct arena *a, const struct session *s, str text, int64_t org,
                 int64_t *out) MUST_USE;

/* By id, alias or exact title. */
err names_collection(struct arena *a, const struct session *s, str text, uint32_t *out) MUST_USE;

#endif
