/*
 * Random tests that can be run again: numbers from a seed, which is printed and may be given.
 */
#ifndef TOCSIN_TESTS_SEEDED_H
#define TOCSIN_TESTS_SEEDED_H

#include "base/clock.h"
#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* The environment's, under this name, else the time. */
static inline uint64_t choose_seed(const char *name)
{
    const char *given = getenv(name);
    uint64_t seed;
    if (given == NULL || !str_to_u64(str_of(given), &seed))
        seed = (uint64_t)clock_now_us();
    print_message("%s=%llu\n", name, (unsigned long long)seed);
    return seed;
}

/* splitmix64 */
static inline uint64_t next_random(uint64_t *seed)
{
    *seed += 0x9e3779b97f4a7c15u;
    uint64_t z = *seed;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static inline size_t random_below(uint64_t *seed, size_t bound)
{
    return (size_t)(next_random(seed) % bound);
}

#endif
