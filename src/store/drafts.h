/*
 * What somebody typed into a form and has not sent yet (B6): by person, organization and form.
 */
#ifndef TOCSIN_STORE_DRAFTS_H
#define TOCSIN_STORE_DRAFTS_H

#include "store/store.h"

#define DRAFTS_BODY_BYTES_MAX ((size_t)64 << 10)
#define DRAFTS_FORM_BYTES_MAX 100
#define DRAFTS_PER_PERSON_MAX 100

struct draft {
    int64_t person;
    int64_t org;
    str form;
    str body; /* JSON */
    int64_t updated_us;
};

/* ERR_NOT_FOUND where there is none. */
err drafts_get(struct arena *a, struct session *s, const struct draft *which,
               struct draft *out) MUST_USE;
/* ERR_CONFLICT: they have too many already. */
err drafts_put(struct arena *a, struct session *s, const struct draft *draft) MUST_USE;
/* To remove one that is gone is no error. */
err drafts_remove(struct arena *a, struct session *s, const struct draft *which) MUST_USE;

#endif
