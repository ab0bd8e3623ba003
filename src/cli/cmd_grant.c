/*
 * tocsin grant: who may read and write a collection.
 */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/values.h"
#include "service/admin_access.h"

static err run_set(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_grant grant = {.collection = cli_value(cli, "collection"),
                                .to = cli_value(cli, "to"),
                                .may_read = cli_has(cli, "read"),
                                .may_write = cli_has(cli, "write"),
                                .is_revoked = cli_has(cli, "revoke"),
                                .purpose = cli_value(cli, "purpose")};
    TRY(values_end(a, cli_value(cli, "until"), clock_now_us(), &grant.until_us));
    if (!grant.is_revoked && !grant.may_read && !grant.may_write)
        return FAIL(a, ERR_USAGE, "say which right: --read, --write or both; or --revoke");
    if (grant.is_revoked && (grant.until_us || grant.purpose.len))
        return FAIL(a, ERR_USAGE,
                    "--until and --purpose do not go with --revoke, which takes "
                    "rights back at once");
    TRY(cli_store(a, cli, &store));
    TRY(admin_grant(a, store, &grant));
    struct record r = {.arena = a};
    record_text(&r, "id", grant.collection);
    record_text(&r, "to", grant.to);
    record_flag(&r, "read", grant.may_read && !grant.is_revoked);
    record_flag(&r, "write", grant.may_write && !grant.is_revoked);
    record_flag(&r, "revoked", grant.is_revoked);
    record_time(&r, "until", grant.until_us);
    return cli->is_json ? record_print(a, cli, &r) : NULL;
}

static str subject_name(struct arena *a, const struct policy *p, str subject)
{
    const struct policy_org *org = policy_org_by_id(p, subject);
    return arena_copy(a, org ? org->name : subject);
}

static void put_grant(struct arena *a, const struct session *s, const struct grant_entry *g,
                      struct record *r)
{
    const struct policy_collection *c = policy_collection(s->policy, g->collection);
    record_text(r, "collection", c ? arena_copy(a, c->id) : (str){0});
    record_json_only(r);
    record_text(r, "title", c ? arena_copy(a, c->title) : (str){0});
    record_text(r, "to", g->subject);
    record_json_only(r);
    record_text(r, "who", subject_name(a, s->policy, g->subject));
    record_flag(r, "read", g->may_read);
    record_flag(r, "write", g->may_write);
    record_time(r, "until", g->until_us);
    record_flag(r, "expired", policy_is_over(g->until_us, s->now_us));
    record_time(r, "since", g->created_us);
    record_text(r, "purpose", g->purpose);
}

static err run_list(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    struct grant_entries grants = {0};
    struct records list = {.arena = a};
    TRY(grants_list(a, &s, &grants));
    for (size_t i = 0; i < grants.count; i++)
        put_grant(a, &s, &grants.items[i], records_add(&list));
    return records_print(a, cli, &list, "grants");
}

static const struct flag SET_FLAGS[] = {
    {.name = "collection", .value = "ID", .is_required = true, .help = "By id, alias or title"},
    {.name = "to",
     .value = "WHO",
     .is_required = true,
     .help = "An organization, sector:SECTOR, or all (active members)"},
    {.name = "read", .help = "To read"},
    {.name = "write", .help = "To post and delete"},
    {.name = "until", .value = "DATE", .help = "The last day, such as 2027-01-31, or 90d"},
    {.name = "purpose", .value = "TEXT", .help = "What it is for"},
    {.name = "revoke", .help = "Take the rights named; alone, every right of that pair"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .flags = SET_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Give or take rights in a collection",
     .example = "tocsin grant --data exchange --collection domains --to sector:state --read "
                "--until 2027-01-31",
     .run = run_set},
    {.name = "list",
     .needs_data = true,
     .has_json = true,
     .summary = "List all grants, the expired too",
     .example = "tocsin grant --data exchange list",
     .run = run_list},
    {0},
};

const struct command command_grant = {
    .name = "grant",
    .summary = "Who may read and write a collection",
    .help = "Without a verb, gives the rights named, or takes them with --revoke. A right that "
            "the pair had already gets the new end and purpose. Members who get a right to read "
            "later see older entries where they stand.",
    .verbs = VERBS,
};
