/*
 * A progress bar and the stop flag as the watch of long work (service/watch.h).
 */
#ifndef TOCSIN_CLI_WATCHING_H
#define TOCSIN_CLI_WATCHING_H

#include "cli/progress.h"
#include "service/watch.h"

/* The bar must stay where it is. Work in several rounds shows one bar after the other. */
struct watch watching(struct progress *bar);

#endif
