/*
 * A passkey in numbers, for tests of what is done with one: made and used once for a challenge that
 * is known beforehand. Its key is a test's own and signs in nowhere.
 */
#ifndef TOCSIN_TESTS_SERVICE_PASSKEY_VECTOR_H
#define TOCSIN_TESTS_SERVICE_PASSKEY_VECTOR_H

#include "service/account.h"
#include "service/signing.h"

/* The challenge waits for an answer of this person; 0: of whoever holds a key. */
err passkey_vector_ask(struct arena *a, struct session *s, int64_t person) MUST_USE;

struct account_passkey passkey_vector_made(struct arena *a);
struct signing_passkey passkey_vector_used(struct arena *a);

#endif
