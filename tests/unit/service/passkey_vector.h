/*
 * A passkey in numbers, for tests of what is done with one: made, and used once. Its key is a
 * test's own and signs in nowhere.
 */
#ifndef TOCSIN_TESTS_SERVICE_PASSKEY_VECTOR_H
#define TOCSIN_TESTS_SERVICE_PASSKEY_VECTOR_H

#include "service/account.h"
#include "service/signing.h"

struct account_passkey passkey_vector_made(struct arena *a, str challenge);
struct signing_passkey passkey_vector_used(struct arena *a, str challenge);

#endif
