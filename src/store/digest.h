/*
 * Keyed digests of secrets, one purpose apart from the other: what the database holds instead.
 */
#ifndef TOCSIN_STORE_DIGEST_H
#define TOCSIN_STORE_DIGEST_H

#include "store/store.h"

/* A new secret, in `a`: 256 random bits as 43 characters of base64url. */
str digest_new_secret(struct arena *a);

/* Of `secret` for one `purpose`, in `a`; SECRET_DIGEST_BYTES long. */
str digest_of(struct arena *a, const struct store_keys *keys, str purpose, str secret);

#endif
