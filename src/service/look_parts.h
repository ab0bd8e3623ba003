/*
 * What asking for receipts and showing who asked share, inside service/.
 */
#ifndef TOCSIN_SERVICE_LOOK_PARTS_H
#define TOCSIN_SERVICE_LOOK_PARTS_H

#include "service/inquiry.h"
#include "service/look.h"

/* Publishers and stewards: they ask for names, and agree that they are told. */
bool look_may_have_names(const struct reader *r);
/* ERR_FORBIDDEN with the rule; leaves what names are told of, as inquiry_keep_nameable. */
err look_check_may_name(struct arena *a, struct session *s, const struct reader *r,
                        struct inquiry *in, str object, bool *of_people) MUST_USE;
/* Whether this one may agree to it: not who asked, and who could have asked about all of it. */
err look_is_second(struct arena *a, struct session *s, const struct reader *r,
                   const struct look *look, bool *out) MUST_USE;

#endif
