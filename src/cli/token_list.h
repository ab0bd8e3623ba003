/*
 * The lists of tokens and of certificates, which are one kind of thing.
 */
#ifndef TOCSIN_CLI_TOKEN_LIST_H
#define TOCSIN_CLI_TOKEN_LIST_H

#include "cli/command.h"

err token_list_print(struct arena *a, struct cli *cli, bool is_of_certificates) MUST_USE;

#endif
