/*
 * tocsin hold: what nobody may remove for now (B27).
 */
#include "base/clock.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "service/hold.h"
#include "store/log.h"

/* A hold may be placed before its object comes; a slip in the id would cover nothing, unseen. */
static void note_unknown(struct cli *cli, str object, const struct log_entries *there)
{
    if (object.len && there->count == 0)
        cli_note(cli,
                 "nothing that is there now has the id %.*s. The hold stands, for what was "
                 "withdrawn or is to come; if the id is wrong, release it and place another",
                 STR_ARG(object));
}

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    str id;
    const struct hold_order order = {.object = cli_argument(cli, 0),
                                     .reason = cli_value(cli, "reason")};
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(hold_place_in(a, &s, &order, &id));
    struct log_entries there = {0};
    if (order.object.len)
        TRY(log_entries_of(a, &s, order.object, 0, &there));
    TRY(session_commit(a, &s));
    note_unknown(cli, order.object, &there);
    struct record r = {.arena = a};
    record_text(&r, "id", id);
    return record_print_id(a, cli, &r);
}

static void put_hold(struct arena *a, const struct hold *h, struct record *r)
{
    char text[CLOCK_TEXT_BYTES];
    record_text(r, "id", h->id);
    record_text(r, "holds", h->object.len ? h->object : LIT("everything"));
    record_text(r, "placed", arena_copy(a, clock_write(h->placed_us, text)));
    record_text(r, "released",
                h->released_us ? arena_copy(a, clock_write(h->released_us, text)) : (str){0});
    record_text(r, "reason", h->reason);
}

static err run_list(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct holds list = {0};
    struct records shown = {.arena = a};
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    TRY(holds_list(a, &s, &list));
    for (size_t i = 0; i < list.count; i++)
        put_hold(a, &list.items[i], records_add(&shown));
    return records_print(a, cli, &shown, "holds");
}

static err run_release(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(hold_release_in(a, &s, cli_argument(cli, 0), 0));
    return session_commit(a, &s);
}

static const struct flag ADD_FLAGS[] = {
    {.name = "reason", .value = "TEXT", .is_required = true, .help = "Why; it goes on the record"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "add",
     .arguments = "[ID]",
     .argument_max = 1,
     .flags = ADD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Hold an object and all that belongs to it, or everything",
     .example = "tocsin hold --data exchange add "
                "briefing--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --reason \"request 18-204\"",
     .run = run_add},
    {.name = "list",
     .needs_data = true,
     .has_json = true,
     .summary = "List holds, the newest first, and when they were released",
     .example = "tocsin hold --data exchange list",
     .run = run_list},
    {.name = "release",
     ONE_ARGUMENT("HOLD"),
     .needs_data = true,
     .summary = "Let what it covers be removed again",
     .example = "tocsin hold --data exchange release hold--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
     .run = run_release},
    {0},
};

const struct command command_hold = {
    .name = "hold",
    .summary = "Legal holds: what nobody may remove for now",
    .help = "While a hold stands, purge and the dropping of old mail leave what it covers. What is "
            "withdrawn is read by nobody all the same. A briefing's hold covers its answers, "
            "questions, materials, files and mail, but not its other editions.",
    .verbs = VERBS,
};
