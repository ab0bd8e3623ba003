/*
 * The times of entries (L1): strictly rising, following the clock, in steps of a random length, so
 * that a gap between two times proves nothing about what lies between. For files of this folder.
 */
#ifndef TOCSIN_STORE_LOG_STEP_H
#define TOCSIN_STORE_LOG_STEP_H

#include "base/str.h"

#define LOG_STEP_WORDS 16 /* asked of the system at once */

/* Random bits in hand; zeroed it has none and asks. */
struct log_step {
    uint64_t words[LOG_STEP_WORDS];
    unsigned bits; /* left */
};

/* The time after `last_us`: four microseconds later on average, or the clock's if it is ahead. */
int64_t log_step_next(struct log_step *step, int64_t last_us, int64_t now_us);

#endif
