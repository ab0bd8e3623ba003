/*
 * Ctrl-C and the like: the first SIGINT or SIGTERM asks the command to end in order, the second
 * ends it at once. The flag is one of the two mutable globals of the program.
 */
#ifndef TOCSIN_CLI_STOP_H
#define TOCSIN_CLI_STOP_H

#include "base/error.h"

void stop_install(void);

bool stop_is_asked(void);

/* ERR_BUSY "stopped" once it is asked: for loops that end by being run again. */
err stop_check(struct arena *a) MUST_USE;

#endif
