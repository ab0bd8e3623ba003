/*
 * A progress bar with rate and time left, on standard error and only where that is a terminal.
 * Nothing is shown in the first second. Cheap: the clock is looked at once in many calls.
 */
#ifndef TOCSIN_CLI_PROGRESS_H
#define TOCSIN_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *unit; /* "objects"; "bytes" is shown as kB, MB, GB */
    uint64_t total;   /* 0: not known */
    uint64_t count;
    int64_t begun_us;
    int64_t shown_us;
    uint64_t look_at; /* the count at which the clock is looked at next */
    bool is_terminal;
    bool is_shown;
};

/* `total` may be 0 (not known). */
struct progress progress_open(uint64_t total, const char *unit);

void progress_add(struct progress *p, uint64_t count);

/* Takes the bar away until it is shown next: before other words on standard error. */
void progress_hide(struct progress *p);

/* Takes the bar away for good. Accepts a zeroed one; may be used with OWNED. */
void progress_done(struct progress *p);

/* The line as it is shown: for tests. Returns its length; `elapsed_us` is at least 1. */
int progress_line(const struct progress *p, int64_t elapsed_us, char *line, unsigned size);

#endif
