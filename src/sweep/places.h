/*
 * The places of bits, without what a processor has for it.
 */
#ifndef TOCSIN_SWEEP_PLACES_H
#define TOCSIN_SWEEP_PLACES_H

#include <stddef.h>
#include <stdint.h>

/* See walk.inc. Most blocks have four or fewer. */
static inline void put_places(uint16_t *to, size_t base, uint64_t ends)
{
    size_t count = (size_t)__builtin_popcountll(ends);
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++, ends &= ends - 1)
        to[i] = (uint16_t)(base + (size_t)__builtin_ctzll(ends | UINT64_C(1) << 63));
    for (size_t i = 4; i < count; i++, ends &= ends - 1)
        to[i] = (uint16_t)(base + (size_t)__builtin_ctzll(ends));
}

#endif
