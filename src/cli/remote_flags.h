/*
 * The flags by which pull and push reach another server. Secrets come from files or standard input.
 */
#ifndef TOCSIN_CLI_REMOTE_FLAGS_H
#define TOCSIN_CLI_REMOTE_FLAGS_H

#include "cli/command.h"
#include "cli/progress.h"
#include "service/remote.h"

/* Rows for a table of flags. */
/* clang-format off */
#define REMOTE_FLAGS                                                                               \
    {.name = "token-file", .value = "FILE", .help = "File that holds a Bearer token"},             \
    {.name = "user", .value = "USER", .help = "Name for HTTP Basic, with --password-stdin"},       \
    {.name = "password-stdin", .help = "The password is the first line of standard input"},        \
    {.name = "ca", .value = "FILE", .help = "Authorities to trust (PEM), not the system's"},       \
    {.name = "pin", .value = "FINGERPRINT",                                                        \
     .help = "Trust just the certificate with this SHA-256 fingerprint"}
/* clang-format on */

/* Where at the other server. */
struct remote_place {
    str url;
    str collection;
};

/* The first argument and the first --collection. */
struct remote_place remote_flags_place(struct arena *a, const struct cli *cli);

/* That place, reached as these flags say. */
err remote_flags_read(struct arena *a, struct cli *cli, struct remote_place place,
                      struct progress *bar, struct remote_options *out) MUST_USE;

/* The token in the first line of a file. */
err remote_flags_token(struct arena *a, str path, str *out) MUST_USE;

#endif
