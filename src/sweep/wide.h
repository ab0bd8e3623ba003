/*
 * How the kernels with wide registers classify bytes. Each says, before it includes this, what a
 * block of 64 bytes is (`block`), how it is loaded (`load`), brought to lower case (`lower`), and
 * which of its bytes are a character (`is_byte`), in a range (`is_among`), or beyond ASCII
 * (`is_beyond`), one bit each.
 */
#ifndef TOCSIN_SWEEP_WIDE_H
#define TOCSIN_SWEEP_WIDE_H

#include "sweep/walk.h"

static inline struct sweep_masks classify(const char *at)
{
    block v = load(at);
    block low = lower(v);
    uint64_t dot = is_byte(v, '.');
    uint64_t digit = is_among(v, '0', 10);
    uint64_t colon = is_byte(v, ':');
    uint64_t beyond = is_beyond(v);
    uint64_t open = is_byte(v, '[') | is_byte(v, '(') | is_byte(v, '{');
    uint64_t opened =
        dot | colon | is_byte(low, 'd') | is_byte(v, '@') | is_byte(low, 'a') | is_byte(v, '/');
    return (struct sweep_masks){
        .token = is_among(low, 'a', 26) | digit | dot | beyond | is_byte(v, '-') | is_byte(v, '_'),
        .dot = dot,
        .digit = digit,
        .hex = digit | is_among(low, 'a', 6),
        .colon = colon,
        .newline = is_byte(v, '\n'),
        .disguise = beyond | is_byte(v, '%') | is_byte(v, '\\') |
                    (open & (opened >> 1 | sweep_is_opened(at[64]) << 63)),
    };
}

#endif
