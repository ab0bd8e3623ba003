/*
 * Between the work and the terminal.
 */
#include "cli/watching.h"

#include "cli/stop.h"

static void show(void *context, uint64_t done, uint64_t total)
{
    struct progress *bar = context;
    if (done < bar->count) {
        progress_done(bar);
        *bar = progress_open(total, bar->unit);
    }
    bar->total = total;
    progress_add(bar, done - bar->count);
}

struct watch watching(struct progress *bar)
{
    return (struct watch){.on_progress = show, .check_stop = stop_check, .context = bar};
}
