/*
 * tocsin cert: client certificates mapped to an organization.
 */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/token_list.h"
#include "cli/values.h"
#include "service/admin_access.h"

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    str name = cli_value(cli, "name");
    struct value_list collections = values_of(a, cli, "collection");
    struct admin_token token = {.org = cli_value(cli, "org"),
                                .person = cli_value(cli, "person"),
                                .name = name.len ? name : LIT("certificate"),
                                .fingerprint = cli_value(cli, "fingerprint"),
                                .is_read_only = cli_has(cli, "read-only"),
                                .collections = collections.items,
                                .collection_count = collections.count};
    TRY(values_end(a, cli_value(cli, "expires"), clock_now_us(), &token.expires_us));
    TRY(cli_store(a, cli, &store));
    struct admin_token_made made;
    TRY(admin_add_token(a, store, &token, &made));
    struct record r = {.arena = a};
    record_text(&r, "id", made.id);
    return record_print_id(a, cli, &r);
}

static err run_list(struct arena *a, struct cli *cli)
{
    return token_list_print(a, cli, true);
}

static err run_revoke(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct record r = {.arena = a};
    str id;
    TRY(cli_store(a, cli, &store));
    TRY(admin_revoke_token(a, store, cli_argument(cli, 0), &id));
    record_text(&r, "id", id);
    return record_print_id(a, cli, &r);
}

static const struct flag ADD_FLAGS[] = {
    {.name = "org", .value = "ID", .is_required = true, .help = "The organization it acts for"},
    {.name = "fingerprint",
     .value = "SHA256",
     .is_required = true,
     .help = "Of the certificate: 64 hexadecimal digits, colons are welcome"},
    {.name = "person", .value = "E", .help = "It acts as this person of the organization"},
    {.name = "name", .value = "N", .help = "What it is for"},
    {.name = "expires", .value = "WHEN", .help = "90d, 12h, or the last day, such as 2027-01-31"},
    {.name = "read-only", .help = "It may not post or delete"},
    {.name = "collection",
     .value = "ID",
     .is_repeated = true,
     .help = "Only these collections, by id, alias or title"},
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
     .arguments = "F",
     .argument_min = 1,
     .argument_max = 1,
     .needs_data = true,
     .has_json = true,
     .summary = "End a certificate at once, by fingerprint or id",
     .example = "tocsin cert --data exchange revoke "
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
     .run = run_revoke},
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
