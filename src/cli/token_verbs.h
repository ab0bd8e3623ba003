/*
 * What the commands token and cert share: a certificate is a token of another kind.
 */
#ifndef TOCSIN_CLI_TOKEN_VERBS_H
#define TOCSIN_CLI_TOKEN_VERBS_H

#include "cli/command.h"
#include "service/admin_access.h"

/* The last flags of `add`. */
#define TOKEN_FLAGS                                                                         \
    {.name = "person", .value = "E", .help = "It acts as this person of the organization"}, \
        {.name = "expires",                                                                 \
         .value = "WHEN",                                                                   \
         .help = "90d, 12h, or the last day, such as 2027-01-31"},                          \
        {.name = "read-only", .help = "It may not post or delete"},                         \
    {                                                                                       \
        .name = "collection", .value = "ID", .is_repeated = true,                           \
        .help = "Only these collections, by id, alias or title"                             \
    }

/* What they and --org and --name say. */
err token_verbs_read(struct arena *a, const struct cli *cli, struct admin_token *out) MUST_USE;

err token_verbs_list(struct arena *a, struct cli *cli, bool is_of_certificates) MUST_USE;

/* Runs `revoke`. */
err token_verbs_revoke(struct arena *a, struct cli *cli) MUST_USE;

#endif
