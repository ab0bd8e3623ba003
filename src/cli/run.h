/*
 * One run of the program, from its command line to its exit status.
 */
#ifndef TOCSIN_CLI_RUN_H
#define TOCSIN_CLI_RUN_H

#include <stdio.h>

struct cli_run {
    int argc;
    char **argv;
    const char *data; /* TOCSIN_DATA, or NULL */
    FILE *out;
    FILE *err_out;
};

int cli_run(const struct cli_run *run);

#endif
