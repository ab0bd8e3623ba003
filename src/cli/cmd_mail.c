/*
 * tocsin mail: whether mail can go out.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "service/mail_check.h"

static err run_check(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct mail_findings found;
    size_t bad = 0;
    const struct mail_check_options options = {.dkim_selector = cli_value(cli, "dkim-selector"),
                                               .name_server = cli_value(cli, "name-server"),
                                               .to = cli_value(cli, "to")};
    TRY(cli_store(a, cli, &store));
    TRY(mail_check(a, store, &options, &found));
    struct records list = {.arena = a};
    for (size_t i = 0; i < found.count; i++) {
        struct record *r = records_add(&list);
        record_text(r, "what", str_of(found.items[i].name));
        record_flag(r, "good", found.items[i].is_good);
        record_text(r, "words", found.items[i].words);
        bad += !found.items[i].is_good;
    }
    TRY(records_print(a, cli, &list, "findings"));
    return bad ? FAIL(a, ERR_IO, "%zu of %zu are not as mail needs them", bad, found.count) : NULL;
}

static const struct flag CHECK_FLAGS[] = {
    {.name = "to", .value = "ADDR", .help = "Send a test message there"},
    {.name = "dkim-selector", .value = "S", .help = "Under which name the relay signs"},
    {.name = "name-server",
     .value = "ADDR:PORT",
     .help = "Ask this name server and not the system's"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "check",
     .flags = CHECK_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Try the relay, and read what the domain says about its mail",
     .example = "tocsin mail --data exchange check --dkim-selector relay",
     .run = run_check},
    {0},
};

const struct command command_mail = {
    .name = "mail",
    .summary = "Mail that goes out",
    .help =
        "Connects to mail_relay of tocsin.conf, signs in where a name is set, and sends nothing "
        "unless --to says where. Then looks up what the domain of mail_from publishes: SPF "
        "(which machines send for it), DKIM (the key of its signatures), DMARC (what to do "
        "with forged mail).",
    .verbs = VERBS,
};
