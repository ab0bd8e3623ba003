/*
 * Sharing a secret.
 */
#include "base/shamir.h"

#define REDUCTION 0x1bu /* x^8 in the field */

/* And subtracts. */
static unsigned char add(unsigned char a, unsigned char b)
{
    return (unsigned char)(a ^ b);
}

/* Every step is done for every bit, whatever the bits are. */
static unsigned char multiply(unsigned char a, unsigned char b)
{
    unsigned product = 0;
    unsigned left = a;
    unsigned right = b;
    for (unsigned i = 0; i < 8; i++) {
        product ^= left & (0u - (right & 1u));
        left = (left << 1) ^ (REDUCTION & (0u - (left >> 7)));
        left &= 0xffu;
        right >>= 1;
    }
    return (unsigned char)product;
}

/* a^254 is 1/a: 254 is 2 + 4 + 8 + … + 128. */
static unsigned char invert(unsigned char a)
{
    unsigned char power = a;
    unsigned char product = 1;
    for (unsigned i = 0; i < 7; i++) {
        power = multiply(power, power);
        product = multiply(product, power);
    }
    return product;
}

void shamir_split_with(const unsigned char secret[SECRET_KEY_BYTES], struct shamir_count count,
                       const unsigned char *coefficients, struct shamir_share *out)
{
    ASSERT(count.threshold >= 1 && count.threshold <= count.shares);
    ASSERT(count.shares <= SHAMIR_SHARES_MAX);
    for (unsigned i = 0; i < count.shares; i++) {
        out[i].x = (unsigned char)(i + 1);
        for (size_t byte = 0; byte < SECRET_KEY_BYTES; byte++) {
            unsigned char y = 0; /* Horner, the highest power first */
            for (unsigned power = count.threshold - 1; power > 0; power--)
                y = multiply(add(y, coefficients[(power - 1) * SECRET_KEY_BYTES + byte]), out[i].x);
            out[i].y[byte] = add(y, secret[byte]);
        }
    }
}

void shamir_split(const unsigned char secret[SECRET_KEY_BYTES], struct shamir_count count,
                  struct shamir_share *out)
{
    unsigned char coefficients[(SHAMIR_SHARES_MAX - 1) * SECRET_KEY_BYTES];
    secret_random(coefficients, sizeof(coefficients));
    shamir_split_with(secret, count, coefficients, out);
    secret_wipe(coefficients, sizeof(coefficients));
}

/* What share `at` counts at 0: the product of x / (x - own) over the others (Lagrange). */
static unsigned char weight_of(const struct shamir_share *shares, unsigned count, unsigned at)
{
    unsigned char above = 1;
    unsigned char below = 1;
    for (unsigned i = 0; i < count; i++) {
        if (i == at)
            continue;
        ASSERT(shares[i].x != shares[at].x && shares[i].x != 0);
        above = multiply(above, shares[i].x);
        below = multiply(below, add(shares[i].x, shares[at].x));
    }
    return multiply(above, invert(below));
}

void shamir_join(const struct shamir_share *shares, unsigned count,
                 unsigned char secret[SECRET_KEY_BYTES])
{
    ASSERT(count >= 1 && count <= SHAMIR_SHARES_MAX);
    for (size_t byte = 0; byte < SECRET_KEY_BYTES; byte++)
        secret[byte] = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned char weight = weight_of(shares, count, i);
        for (size_t byte = 0; byte < SECRET_KEY_BYTES; byte++)
            secret[byte] = add(secret[byte], multiply(weight, shares[i].y[byte]));
    }
}
