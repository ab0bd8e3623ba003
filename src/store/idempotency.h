/*
 * What was made under an Idempotency-Key: the same key within a day makes nothing twice.
 */
#ifndef TOCSIN_STORE_IDEMPOTENCY_H
#define TOCSIN_STORE_IDEMPOTENCY_H

#include "base/clock.h"
#include "store/store.h"

#define IDEMPOTENCY_KEPT_US US_PER_DAY

struct idempotency_key {
    unsigned char key[SECRET_DIGEST_BYTES];     /* of who, where and the key they chose */
    unsigned char request[SECRET_DIGEST_BYTES]; /* of the body */
};

struct idempotency_request {
    int64_t org;
    int64_t person;
    str method;
    str path;
    str key;
    str body;
};

void idempotency_key(const struct store_keys *keys, const struct idempotency_request *r,
                     struct idempotency_key *out);

/*
 * What was made before under this key. `*is_known` false: nothing within the last day.
 * ERR_INVALID: the key came with another body then.
 */
err idempotency_get(struct arena *a, struct session *s, const struct idempotency_key *k,
                    bool *is_known, str *result) MUST_USE;

/* In the write session that makes it; drops what is past its day. */
err idempotency_put(struct arena *a, struct session *s, const struct idempotency_key *k,
                    str result) MUST_USE;

#endif
