/*
 * What goes wrong without ending the work: a bad indicator, a broken line, a file that vanished.
 * Whoever sweeps says each in one line and counts them; the exit status tells.
 */
#ifndef TOCSIN_SWEEP_TROUBLE_H
#define TOCSIN_SWEEP_TROUBLE_H

#include "base/error.h"

struct trouble {
    /* `place` is "FILE:LINE", "FILE" or empty; `words` say what is wrong. */
    void (*say)(void *context, str place, str words);
    void *context;
};

#endif
