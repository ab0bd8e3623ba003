/*
 * Sharing a secret (S15): known answers, and a property against a field that is written out slowly.
 */
#include "base/shamir.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define ROUNDS 300

/* Worked out by another program: the secret 0, 1, … 31; coefficients 3, 10, 17, … 3 of 5. */
static const char *const KNOWN[] = {
    "e0e1e2e3e425262728696a6b6c6d2e2f3031f2f3f4f5f63738393a7b7c7d7e7f",
    "a790c9feeb51683f12053c6b7e49cbfca19694a3b6e1d8624f18213623144d7a",
    "4770291e0b71481f32655c0b1e29ebdc81b67443560138426f38015643742d1a",
    "be0bcf7a11fd628c4f0c937d16a3bd0880356adfb45ac529ea049bd8b306c277",
    "5eeb2f9af1dd42ac6f6cf31d76c39d28a0158a3f54ba2509ca24bbb8d366a217",
};

static void known_answers(void **state)
{
    unsigned char secret[SECRET_KEY_BYTES];
    unsigned char coefficients[2 * SECRET_KEY_BYTES];
    unsigned char expected[SECRET_KEY_BYTES];
    struct shamir_share shares[5];
    (void)state;
    for (unsigned i = 0; i < sizeof(secret); i++)
        secret[i] = (unsigned char)i;
    for (unsigned i = 0; i < sizeof(coefficients); i++)
        coefficients[i] = (unsigned char)(7 * i + 3);
    shamir_split_with(secret, (struct shamir_count){3, 5}, coefficients, shares);
    for (unsigned i = 0; i < 5; i++) {
        assert_true(secret_from_hex(str_of(KNOWN[i]), expected, sizeof(expected)));
        assert_int_equal(shares[i].x, i + 1);
        assert_memory_equal(shares[i].y, expected, sizeof(expected));
    }
    const struct shamir_share some[] = {shares[4], shares[0], shares[2]};
    shamir_join(some, 3, expected);
    assert_memory_equal(expected, secret, sizeof(secret));
}

/* ---- the slow field: long multiplication, long division, and looking for the inverse */

static unsigned slow_multiply(unsigned a, unsigned b)
{
    unsigned product = 0;
    for (unsigned i = 0; i < 8; i++) {
        if (b >> i & 1)
            product ^= a << i;
    }
    for (unsigned i = 15; i >= 8; i--) {
        if (product >> i & 1)
            product ^= 0x11bu << (i - 8);
    }
    return product;
}

static unsigned slow_divide(unsigned a, unsigned b)
{
    for (unsigned q = 0; q < 256; q++) {
        if (slow_multiply(q, b) == a)
            return q;
    }
    fail_msg("nothing times %u is %u", b, a);
    return 0;
}

static unsigned slow_value(const struct shamir_share *shares, unsigned count, size_t byte)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < count; i++) {
        unsigned term = shares[i].y[byte];
        for (unsigned k = 0; k < count; k++) {
            if (k != i)
                term = slow_divide(slow_multiply(term, shares[k].x),
                                   (unsigned)shares[k].x ^ shares[i].x);
        }
        sum ^= term;
    }
    return sum;
}

static void shuffle(struct shamir_share *shares, unsigned count)
{
    for (unsigned i = count - 1; i > 0; i--) {
        unsigned other = secret_random_below(i + 1);
        struct shamir_share kept = shares[i];
        shares[i] = shares[other];
        shares[other] = kept;
    }
}

static void any_k_of_n_join_as_the_slow_field_says(void **state)
{
    struct shamir_share shares[SHAMIR_SHARES_MAX];
    unsigned char secret[SECRET_KEY_BYTES];
    unsigned char joined[SECRET_KEY_BYTES];
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        unsigned n = 1 + secret_random_below(SHAMIR_SHARES_MAX);
        unsigned k = 1 + secret_random_below(n);
        secret_random(secret, sizeof(secret));
        shamir_split(secret, (struct shamir_count){k, n}, shares);
        shuffle(shares, n);
        shamir_join(shares, k, joined);
        assert_memory_equal(joined, secret, sizeof(secret));
        size_t byte = round % SECRET_KEY_BYTES;
        if (k <= 8) /* it is slow */
            assert_int_equal(slow_value(shares, k, byte), secret[byte]);
        shamir_join(shares, n, joined); /* more of them say the same */
        assert_memory_equal(joined, secret, sizeof(secret));
    }
}

static void one_fewer_never_do(void **state)
{
    struct shamir_share shares[SHAMIR_SHARES_MAX];
    unsigned char secret[SECRET_KEY_BYTES];
    unsigned char joined[SECRET_KEY_BYTES];
    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        unsigned n = 2 + secret_random_below(SHAMIR_SHARES_MAX - 1);
        unsigned k = 2 + secret_random_below(n - 1);
        secret_random(secret, sizeof(secret));
        shamir_split(secret, (struct shamir_count){k, n}, shares);
        shuffle(shares, n);
        shamir_join(shares, k - 1, joined);
        assert_memory_not_equal(joined, secret, sizeof(secret));
    }
}

/* Whatever the secret is, one share of two is every byte alike: here each value comes up. */
static void a_share_alone_tells_nothing(void **state)
{
    const unsigned char secret[SECRET_KEY_BYTES] = {0};
    bool has_come[256] = {false};
    size_t count = 0;
    (void)state;
    for (unsigned round = 0; round < 1000; round++) {
        struct shamir_share shares[2];
        shamir_split(secret, (struct shamir_count){2, 2}, shares);
        for (size_t i = 0; i < SECRET_KEY_BYTES; i++) {
            count += !has_come[shares[0].y[i]];
            has_come[shares[0].y[i]] = true;
        }
    }
    assert_int_equal(count, 256);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(any_k_of_n_join_as_the_slow_field_says),
        cmocka_unit_test(one_fewer_never_do),
        cmocka_unit_test(a_share_alone_tells_nothing),
    };
    return cmocka_run_group_tests_name("base/shamir", tests, NULL, NULL);
}
