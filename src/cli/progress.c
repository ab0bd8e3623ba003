/*
 * The progress bar.
 */
#include "cli/progress.h"

#include "base/clock.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_CELLS 24
#define LINE_BYTES 160
#define FIRST_SHOWN_US US_PER_SECOND
#define SHOWN_EVERY_US (US_PER_SECOND / 5)
#define LOOKS_PER_SHOW 8 /* how often the clock is looked at between two pictures */

struct progress progress_open(uint64_t total, const char *unit)
{
    return (struct progress){.unit = unit,
                             .total = total,
                             .begun_us = clock_monotonic_us(),
                             .is_terminal = isatty(STDERR_FILENO) == 1};
}

/* "12,345 objects" or "1.2 GB". */
static int put_amount(char *at, size_t size, double amount, const char *unit)
{
    static const char *const SCALES[] = {"B", "kB", "MB", "GB", "TB"};
    if (!str_eq(str_of(unit), LIT("bytes")))
        return snprintf(at, size, "%.0f", amount);
    unsigned scale = 0;
    while (amount >= 1000 && scale < 4) {
        amount /= 1000;
        scale++;
    }
    return snprintf(at, size, scale ? "%.1f %s" : "%.0f %s", amount, SCALES[scale]);
}

static void put_time(char *at, size_t size, double seconds)
{
    unsigned long whole = (unsigned long)(seconds + 0.5);
    if (whole >= 3600)
        snprintf(at, size, "%lu h %02lu min", whole / 3600, whole / 60 % 60);
    else if (whole >= 60)
        snprintf(at, size, "%lu min %02lu s", whole / 60, whole % 60);
    else
        snprintf(at, size, "%lu s", whole);
}

int progress_line(const struct progress *p, int64_t elapsed_us, char *line, unsigned size)
{
    char amount[32];
    char rate[32];
    double per_second = (double)p->count * 1e6 / (double)elapsed_us;
    put_amount(amount, sizeof(amount), (double)p->count, p->unit);
    put_amount(rate, sizeof(rate), per_second, p->unit);
    const char *unit = str_eq(str_of(p->unit), LIT("bytes")) ? "" : " ";
    const char *word = *unit ? p->unit : "";
    if (p->total == 0 || p->count == 0)
        return snprintf(line, size, "%s%s%s, %s/s", amount, unit, word, rate);
    double share = (double)p->count / (double)p->total;
    share = share > 1 ? 1 : share;
    char bar[BAR_CELLS + 1];
    for (int i = 0; i < BAR_CELLS; i++)
        bar[i] = (double)i < share * BAR_CELLS ? '#' : '.';
    bar[BAR_CELLS] = 0;
    char left[32];
    double remaining = p->count < p->total ? (double)(p->total - p->count) : 0;
    put_time(left, sizeof(left), per_second > 0 ? remaining / per_second : 0);
    return snprintf(line, size, "[%s] %3.0f %%  %s%s%s, %s/s, %s left", bar, share * 100, amount,
                    unit, word, rate, left);
}

static void show(struct progress *p, int64_t now_us)
{
    char line[LINE_BYTES];
    progress_line(p, now_us - p->begun_us, line, sizeof(line));
    fprintf(stderr, "\r\033[K%s", line);
    fflush(stderr);
    p->is_shown = true;
    p->shown_us = now_us;
}

void progress_add(struct progress *p, uint64_t count)
{
    p->count += count;
    if (!p->is_terminal || p->count < p->look_at)
        return;
    int64_t now_us = clock_monotonic_us();
    int64_t elapsed_us = now_us - p->begun_us + 1;
    double per_second = (double)p->count * 1e6 / (double)elapsed_us;
    p->look_at = p->count + (uint64_t)(per_second * SHOWN_EVERY_US / 1e6 / LOOKS_PER_SHOW);
    if (elapsed_us >= FIRST_SHOWN_US && now_us - p->shown_us >= SHOWN_EVERY_US)
        show(p, now_us);
}

void progress_hide(struct progress *p)
{
    if (p->is_shown)
        fputs("\r\033[K", stderr);
    p->is_shown = false;
}

void progress_done(struct progress *p)
{
    progress_hide(p);
    p->is_terminal = false;
}
