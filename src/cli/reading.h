/*
 * What the reading commands share: who reads, and what.
 */
#ifndef TOCSIN_CLI_READING_H
#define TOCSIN_CLI_READING_H

#include "cli/command.h"
#include "service/reading.h"

#define READING_FLAGS_WHO                                                                   \
    {.name = "as", .value = "ORG", .is_required = true, .help = "Organization that reads"}, \
    {                                                                                       \
        .name = "person", .value = "E", .help = "One of its people, by e-mail"              \
    }
#define READING_FLAGS                                                                           \
    READING_FLAGS_WHO,                                                                          \
    {                                                                                           \
        .name = "collection", .value = "ID", .help = "Only this collection: id, alias or title" \
    }

/* Fills who, which collection, which types and versions from the flags the verb has. */
err reading_query_of(struct arena *a, struct cli *cli, struct store *store,
                     struct reading_query *q) MUST_USE;

#endif
