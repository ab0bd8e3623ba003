/*
 * The hash under which values stand in the index, and the filter before it.
 *
 * It reads backwards from the end of the value, 32 bytes at a time, in whole words: the 32 bytes
 * before the value must be readable. Upper and lower case of ASCII letters hash alike; whoever
 * looks up compares the bytes. The same on every machine, since compiled indexes hold it.
 */
#ifndef TOCSIN_SWEEP_HASH_H
#define TOCSIN_SWEEP_HASH_H

#include "base/str.h"

#define SWEEP_HASH_SLACK 32

static inline uint64_t sweep_plain_word(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static inline uint64_t sweep_word(const char *at)
{
    return sweep_plain_word(at) | UINT64_C(0x2020202020202020);
}

__extension__ typedef unsigned __int128 sweep_product;

static inline uint64_t sweep_fold(uint64_t a, uint64_t b)
{
    sweep_product product = (sweep_product)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Goes on with the `len` bytes before `end`, 32 at most. */
static inline uint64_t sweep_mix(uint64_t h, const char *end, size_t len)
{
    /* Of 32 bytes that begin at place `len`, the last `len` count. */
    static const uint64_t COUNTS[8] = {0, 0, 0, 0, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    const char *counts = (const char *)COUNTS + 32 + len;
    uint64_t a = sweep_word(end - 8) & sweep_plain_word(counts - 8);
    uint64_t b = sweep_word(end - 16) & sweep_plain_word(counts - 16);
    uint64_t c = sweep_word(end - 24) & sweep_plain_word(counts - 24);
    uint64_t d = sweep_word(end - 32) & sweep_plain_word(counts - 32);
    return sweep_fold(a ^ UINT64_C(0x9e3779b97f4a7c15), b ^ h ^ UINT64_C(0xbf58476d1ce4e5b9)) ^
           sweep_fold(c ^ UINT64_C(0x94d049bb133111eb), d ^ h ^ UINT64_C(0xd6e8feb86659fd93));
}

static inline uint64_t sweep_hash(const char *end, size_t len)
{
    uint64_t h = len * UINT64_C(0xa0761d6478bd642f);
    for (; len > 32; len -= 32, end -= 32)
        h = sweep_mix(h, end, 32);
    return sweep_mix(h, end, len);
}

/* By the last 16 bytes of what is longer: enough for a filter. */
static inline uint64_t sweep_brief_hash(const char *end, size_t len)
{
    static const uint64_t COUNTS[4] = {0, 0, UINT64_MAX, UINT64_MAX};
    size_t beyond = len < 16 ? 16 - len : 0;
    const char *counts = (const char *)(COUNTS + 4) - beyond;
    uint64_t a = sweep_word(end - 8) & sweep_plain_word(counts - 8);
    uint64_t b = sweep_word(end - 16) & sweep_plain_word(counts - 16);
    return sweep_fold(a ^ UINT64_C(0x9e3779b97f4a7c15), b ^ UINT64_C(0xbf58476d1ce4e5b9));
}

static inline uint64_t sweep_sum_block(uint64_t sum, const char *at)
{
    return sweep_fold(sum ^ sweep_plain_word(at) ^ UINT64_C(0x9e3779b97f4a7c15),
                      sweep_plain_word(at + 8) ^ UINT64_C(0xbf58476d1ce4e5b9)) ^
           sweep_fold(sum ^ sweep_plain_word(at + 16) ^ UINT64_C(0x94d049bb133111eb),
                      sweep_plain_word(at + 24) ^ UINT64_C(0xd6e8feb86659fd93));
}

/*
 * Goes on with a sum by which damage is seen; it is no secret, and so no seal. What is no multiple
 * of 64 bytes counts as filled up with zeros.
 */
static inline uint64_t sweep_sum(uint64_t sum, const char *at, size_t size)
{
    for (; size >= 64; at += 64, size -= 64)
        sum = sweep_sum_block(sweep_sum_block(sum, at), at + 32);
    if (size == 0)
        return sum;
    char rest[64] = {0};
    memcpy(rest, at, size);
    return sweep_sum(sum, rest, sizeof(rest));
}

/* A filter: three bits in one word of a table of a power of two of words. */
struct sweep_filter {
    const uint64_t *words;
    uint64_t mask; /* words, less one */
};

static inline uint64_t sweep_filter_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash >> 1 & 63) | UINT64_C(1) << (hash >> 7 & 63) |
           UINT64_C(1) << (hash >> 13 & 63);
}

static inline size_t sweep_filter_place(const struct sweep_filter *f, uint64_t hash)
{
    return (size_t)(hash >> 19 & f->mask);
}

static inline bool sweep_filter_may_have(const struct sweep_filter *f, uint64_t hash)
{
    uint64_t bits = sweep_filter_bits(hash);
    return (f->words[sweep_filter_place(f, hash)] & bits) == bits;
}

/* Other bits of the same word, for what the same hash stands for besides. */
static inline uint64_t sweep_filter_other_bits(uint64_t hash)
{
    return sweep_filter_bits(hash >> 45);
}

static inline bool sweep_filter_may_have_other(const struct sweep_filter *f, uint64_t hash)
{
    uint64_t bits = sweep_filter_other_bits(hash);
    return (f->words[sweep_filter_place(f, hash)] & bits) == bits;
}

static inline void sweep_filter_fetch(const struct sweep_filter *f, uint64_t hash)
{
    __builtin_prefetch(&f->words[sweep_filter_place(f, hash)]);
}

#endif
