/*
 * tocsin: finds the command, reads its flags, runs it, and says in words what went wrong.
 */
#include "cli/run.h"

#include <stdlib.h>

int main(int argc, char **argv)
{
    const struct cli_run run = {.argc = argc,
                                .argv = argv,
                                .data = getenv("TOCSIN_DATA"),
                                .out = stdout,
                                .err_out = stderr};
    return cli_run(&run);
}
