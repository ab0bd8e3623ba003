/*
 * Sharing a secret among n, of whom any k have it together and k - 1 know nothing (A. Shamir, How
 * to Share a Secret, 1979). Each byte is the value at 0 of a polynomial of degree k - 1 with random
 * coefficients over GF(256), the field of AES (x^8 + x^4 + x^3 + x + 1); share x is its value at x.
 * No tables and no branches on secrets: the time tells nothing.
 */
#ifndef TOCSIN_BASE_SHAMIR_H
#define TOCSIN_BASE_SHAMIR_H

#include "base/secret.h"

#define SHAMIR_SHARES_MAX 32

struct shamir_share {
    unsigned char x; /* from 1 */
    unsigned char y[SECRET_KEY_BYTES];
};

struct shamir_count {
    unsigned threshold; /* k, from 1 */
    unsigned shares;    /* n, from k to SHAMIR_SHARES_MAX */
};

/* Shares 1 to n. */
void shamir_split(const unsigned char secret[SECRET_KEY_BYTES], struct shamir_count count,
                  struct shamir_share *out);

/* The same with given coefficients, those of x first, SECRET_KEY_BYTES for each power: for tests
 * with known answers. */
void shamir_split_with(const unsigned char secret[SECRET_KEY_BYTES], struct shamir_count count,
                       const unsigned char *coefficients, struct shamir_share *out);

/* From `count` shares of different x: exactly the threshold, or more. Too few, or changed ones,
 * give some other bytes: whoever joins must be able to tell. */
void shamir_join(const struct shamir_share *shares, unsigned count,
                 unsigned char secret[SECRET_KEY_BYTES]);

#endif
