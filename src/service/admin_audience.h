/*
 * Named audiences (G4): marking definitions that name whom they admit.
 */
#ifndef TOCSIN_SERVICE_ADMIN_AUDIENCE_H
#define TOCSIN_SERVICE_ADMIN_AUDIENCE_H

#include "service/admin.h"

struct admin_audience {
    str as; /* the organization that defines it */
    str name;
    const str *organizations; /* identity ids or exact names */
    size_t organization_count;
    const str *people; /* e-mails */
    size_t person_count;
    const str *tokens; /* ids */
    size_t token_count;
    unsigned sectors;         /* bits 1 << enum sector */
    const str *jurisdictions; /* canonical */
    size_t jurisdiction_count;
    unsigned roles;       /* bits 1 << enum role */
    enum marking_use use; /* MARKING_USE_UNSAID: nothing is said of it */
    str use_text;         /* in words; may be empty */
};

/*
 * Appends the marking definition to the collection Members, as an entry of that organization which
 * only the organization and those it admits can read. `*id` is the marking's id.
 */
err admin_add_audience(struct arena *a, struct store *store, const struct admin_audience *audience,
                       str *id) MUST_USE;
err admin_add_audience_in(struct arena *a, struct session *s, const struct admin_audience *audience,
                          str *id) MUST_USE;

#endif
