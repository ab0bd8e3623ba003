/*
 * tocsin cert: client certificates mapped to an organization.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/token_verbs.h"

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_token token;
    TRY(token_verbs_read(a, cli, &token));
    token.fingerprint = cli_value(cli, "fingerprint");
    if (token.name.len == 0)
        token.name = LIT("certificate");
    TRY(cli_store(a, cli, &store));
    struct admin_token_made made;
    TRY(admin_add_token(a, store, &token, &made));
    return record_print_only_id(a, cli, made.id);
}

static err run_list(struct arena *a, struct cli *cli)
{
    return token_verbs_list(a, cli, true);
}

static const struct flag ADD_FLAGS[] = {
    {.name = "org", .value = "ID", .is_required = true, .help = "The organization it acts for"},
    {.name = "fingerprint",
     .value = "SHA256",
     .is_required = true,
     .help = "Of the certificate: 64 hexadecimal digits, or the line that openssl prints"},
    {.name = "name", .value = "N", .help = "What it is for"},
    TOKEN_FLAGS,
    {0},
};

static const struct verb VERBS[] = {
    {.name = "add",
     .flags = ADD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Let a client certificate act for an organization",
     .example = "tocsin cert --data exchange add --org \"Ohio Secretary of State\" --fingerprint "
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
     .run = run_add},
    {.name = "list",
     .needs_data = true,
     .has_json = true,
     .summary = "List the certificates",
     .example = "tocsin cert --data exchange list",
     .run = run_list},
    {.name = "revoke",
     ONE_ARGUMENT("F"),
     .needs_data = true,
     .has_json = true,
     .summary = "End a certificate at once, by fingerprint or id",
     .example = "tocsin cert --data exchange revoke "
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
     .run = token_verbs_revoke},
    {0},
};

const struct command command_cert = {
    .name = "cert",
    .summary = "Client certificates, by which programs sign in",
    .help = "The server accepts certificates of the authority given with --client-ca; one whose "
            "fingerprint is listed here acts for its organization. Print a fingerprint with: "
            "openssl x509 -noout -fingerprint -sha256 -in F",
    .verbs = VERBS,
};
