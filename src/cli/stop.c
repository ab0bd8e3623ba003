/*
 * The stop flag.
 */
#include "cli/stop.h"

#include <signal.h>

static volatile sig_atomic_t is_asked;

static void on_signal(int number)
{
    is_asked = 1;
    signal(number, SIG_DFL);
}

void stop_install(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* A closed pipe and a limit on the size of files are errors of the write, with words, not a
     * death. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

bool stop_is_asked(void)
{
    return is_asked != 0;
}

err stop_check(struct arena *a)
{
    if (!stop_is_asked())
        return NULL;
    return FAIL(a, ERR_BUSY,
                "stopped as asked; what was done before stays, and running the "
                "command again does the rest");
}
