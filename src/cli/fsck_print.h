/*
 * Printing what fsck found: for `tocsin fsck` and `tocsin restore`.
 */
#ifndef TOCSIN_CLI_FSCK_PRINT_H
#define TOCSIN_CLI_FSCK_PRINT_H

#include "cli/command.h"
#include "service/fsck.h"

/* For people faults on standard error and totals on standard output; with --json one object. */
err fsck_print(struct arena *a, struct cli *cli, const struct fsck_report *report) MUST_USE;

#endif
