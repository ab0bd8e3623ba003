/*
 * Checking a data directory and printing what was found: for `tocsin fsck` and `tocsin restore`.
 */
#ifndef TOCSIN_CLI_FSCK_PRINT_H
#define TOCSIN_CLI_FSCK_PRINT_H

#include "cli/command.h"
#include "service/fsck.h"

/*
 * Checks --data. For people faults on standard error and totals on standard output; with --json
 * one object. Fails as fsck_verdict does.
 */
err fsck_check(struct arena *a, struct cli *cli) MUST_USE;

#endif
