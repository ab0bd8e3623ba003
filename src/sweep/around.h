/*
 * What stands around a host in a text: the URL that it is the host of, the e-mail address that it
 * ends.
 */
#ifndef TOCSIN_SWEEP_AROUND_H
#define TOCSIN_SWEEP_AROUND_H

#include "base/str.h"

/*
 * Where the URL begins whose host begins at `host`; `*end` is where the host ends, and then where
 * the URL does. False if it is the host of none.
 */
bool around_url(str text, size_t host, size_t *first, size_t *end);

/* Where the e-mail address begins whose host begins at `host`; false if it is that of none. */
bool around_email(str text, size_t host, size_t *first);

/* What ends a sentence may, but need not, end what stands before it. */
bool around_ends_sentence(char c);

#endif
