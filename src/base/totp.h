/*
 * One-time codes of authenticator apps (RFC 6238: HMAC-SHA-1, 30 seconds, six digits).
 */
#ifndef TOCSIN_BASE_TOTP_H
#define TOCSIN_BASE_TOTP_H

#include "base/arena.h"

#define TOTP_SECRET_BYTES 20
#define TOTP_STEP_SECONDS 30
#define TOTP_DIGITS 6

/* The step that a time lies in. */
int64_t totp_step(int64_t time_us);

/* The code of a step, as a number of six digits. */
uint32_t totp_code(str secret, int64_t step);

/*
 * Finds the step whose code was typed: this one, or one before or after for clocks that differ.
 * Never one up to `last`, since a code counts once. False where there is none.
 */
bool totp_find(str secret, str typed, int64_t now_us, int64_t last, int64_t *step);

/* Base32 without padding (RFC 4648 §6), as people type a secret. */
str totp_base32(struct arena *a, str bytes);

/* What apps read from a QR code: otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=… */
str totp_uri(struct arena *a, str issuer, str account, str secret);

#endif
