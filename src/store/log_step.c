/*
 * Two random bits decide whether a step goes on, so that its length is geometric with mean 4.
 */
#include "store/log_step.h"

#include "base/secret.h"

#define PAIR_BITS 2u

static unsigned random_pair(struct log_step *step)
{
    if (step->bits == 0) {
        secret_random(step->words, sizeof(step->words));
        step->bits = LOG_STEP_WORDS * 64;
    }
    step->bits -= PAIR_BITS;
    uint64_t word = step->words[step->bits / 64];
    return (unsigned)(word >> step->bits % 64) & ((1u << PAIR_BITS) - 1);
}

int64_t log_step_next(struct log_step *step, int64_t last_us, int64_t now_us)
{
    int64_t next_us = last_us + 1;
    while (random_pair(step) != 0)
        next_us++;
    return next_us < now_us ? now_us : next_us;
}
