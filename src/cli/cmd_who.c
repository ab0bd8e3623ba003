/*
 * tocsin who: who may see an object, who has, and who met it.
 */
#include "cli/commands.h"
#include "cli/reading.h"
#include "cli/record.h"
#include "cli/stop.h"
#include "service/admin_entries.h"
#include "service/indexer.h"
#include "service/met.h"

/* Where one is not told how many there are, since they are few or none. */
static void say_what_is_few(struct cli *cli)
{
    cli_note(cli, "of a sector with fewer than %d of them, or none, nothing is told",
             ADMIN_SECTOR_COUNT_MIN);
}

static err run_may_see(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_viewers viewers;
    const struct admin_question q = {.id = cli_argument(cli, 0), .as = cli_value(cli, "as")};
    TRY(cli_store(a, cli, &store));
    TRY(admin_may_see(a, store, &q, &viewers));
    struct records list = {.arena = a};
    for (size_t i = 0; i < viewers.count; i++) {
        const struct admin_viewer *v = &viewers.items[i];
        struct record *r = records_add(&list);
        record_text(r, "id", v->org_id);
        record_text(r, "name", v->name);
        record_text(r, "sector", v->sector);
        record_text(r, "through",
                    v->is_by_name ? LIT("some of its people or tokens") : LIT("the organization"));
    }
    for (size_t i = 0; i < viewers.unnamed.count; i++) {
        const struct admin_seen_sector *sector = &viewers.unnamed.items[i];
        struct record *r = records_add(&list);
        record_text(r, "id", LIT("not named"));
        record_text(r, "name", arena_print(a, "%zu", sector->count));
        record_text(r, "sector", sector->sector);
        record_text(r, "through", LIT("invited by the hosts of a briefing"));
    }
    if (viewers.is_by_invitation)
        say_what_is_few(cli);
    return records_print(a, cli, &list, "organization that may see it");
}

static err print_names(struct arena *a, struct cli *cli, const struct admin_seen *seen)
{
    struct records list = {.arena = a};
    for (size_t i = 0; i < seen->name_count; i++) {
        struct record *r = records_add(&list);
        record_text(r, "id", seen->names[i].org_id);
        record_text(r, "name", seen->names[i].name);
        record_text(r, "person", seen->names[i].person);
    }
    return records_print(a, cli, &list, "organization that has obtained it");
}

static err print_counts(struct arena *a, struct cli *cli, const struct admin_seen *seen)
{
    struct records list = {.arena = a};
    for (size_t i = 0; i < seen->sectors.count; i++) {
        const struct admin_seen_sector *sector = &seen->sectors.items[i];
        struct record *r = records_add(&list);
        record_text(r, "sector", sector->sector);
        record_text(r, "organizations", arena_print(a, "%zu", sector->count));
    }
    say_what_is_few(cli);
    return records_print(a, cli, &list, "sector of which so many have obtained it");
}

static err run_has_seen(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_seen seen;
    const struct admin_question q = {
        .id = cli_argument(cli, 0), .as = cli_value(cli, "as"), .reason = cli_value(cli, "reason")};
    TRY(cli_store(a, cli, &store));
    TRY(admin_has_seen(a, store, &q, &seen));
    return q.reason.len ? print_names(a, cli, &seen) : print_counts(a, cli, &seen);
}

/* Nothing, where no sighting says when. */
static void add_when(struct record *r, const char *name, int64_t time_us)
{
    if (time_us)
        record_time(r, name, time_us);
    else
        record_text(r, name, (str){0});
}

static err print_met(struct arena *a, struct cli *cli, const struct met *met)
{
    struct records list = {.arena = a};
    for (size_t i = 0; i < met->count; i++) {
        const struct met_by *by = &met->items[i];
        struct record *r = records_add(&list);
        record_text(r, "organization", by->source);
        record_number(r, "times", (int64_t)by->times);
        record_number(r, "sightings", (int64_t)by->sightings);
        add_when(r, "first", by->first_us);
        add_when(r, "last", by->last_us);
        record_text(r, "label", tlp_name(by->label));
    }
    TRY(records_print(a, cli, &list, "organization that has met it"));
    if (met->has_more)
        cli_note(cli, "only the newest %d sightings are added up", MET_SIGHTINGS_MAX);
    return NULL;
}

/* The thing is good during the call, the list longer. */
static err add_thing(void *context, const struct met_thing *thing)
{
    struct records *list = context;
    struct record *r = records_add(list);
    record_text(r, "id", arena_copy(list->arena, thing->id));
    record_text(r, "label", tlp_name(thing->label));
    record_number(r, "times", (int64_t)thing->met.times);
    record_number(r, "organizations", (int64_t)thing->met.count);
    add_when(r, "first", thing->met.first_us);
    add_when(r, "last", thing->met.last_us);
    record_text(r, "name", arena_copy(list->arena, thing->title));
    return NULL;
}

static err print_things(struct arena *a, struct cli *cli, struct store *store,
                        const struct reading_query *as)
{
    struct records list = {.arena = a};
    TRY(met_things_walk(a, store, as, add_thing, &list));
    return records_print(a, cli, &list, "thing of theirs that others have met");
}

static err run_has_met(struct arena *a, struct cli *cli)
{
    struct store *store;
    OWNED(session_done) struct session s = {0};
    struct reader reader;
    struct reading_query as = {
        .command = "who has-met", .id = cli_argument(cli, 0), .is_stopped = stop_is_asked};
    const struct met_query of = {as.id, MET_SIGHTINGS_MAX};
    struct met met;
    TRY(cli_store(a, cli, &store));
    TRY(reading_query_of(a, cli, store, &as));
    if (of.id.len == 0)
        return print_things(a, cli, store, &as);
    TRY(indexer_catch_up(a, store, &(struct watch){0}));
    TRY(reading_open(a, store, &as, &s, &reader));
    TRY(met_read(a, &s, &reader, &of, &met));
    return print_met(a, cli, &met);
}

#define FLAG_AS                                                            \
    {                                                                      \
        .name = "as", .value = "ORG", .is_required = true,                 \
        .help = "Who asks: the contributor, or the steward's organization" \
    }

static const struct flag MAY_FLAGS[] = {
    FLAG_AS,
    {0},
};

static const struct flag HAS_FLAGS[] = {
    FLAG_AS,
    {.name = "reason",
     .value = "TEXT",
     .help = "Names instead of counts, of RED, AMBER+STRICT and what was corrected since; the "
             "reason goes on the record"},
    {0},
};

static const struct flag MET_FLAGS[] = {
    READING_FLAGS_WHO,
    {0},
};

static const struct verb VERBS[] = {
    {.name = "may-see",
     ONE_ARGUMENT("ID"),
     .flags = MAY_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "List the organizations that may see some version of an object",
     .example = "tocsin who --data exchange may-see "
                "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as \"Ohio Secretary of State\"",
     .run = run_may_see},
    {.name = "has-seen",
     ONE_ARGUMENT("ID"),
     .flags = HAS_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Count by sector the organizations that have obtained an object",
     .example = "tocsin who --data exchange has-seen "
                "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f --as \"Ohio Secretary of State\"",
     .run = run_has_seen},
    {.name = "has-met",
     .arguments = "[ID]",
     .argument_max = 1,
     .flags = MET_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Add up by organization the sightings of an object; without one, list what others "
                "met of what --as shared",
     .example = "tocsin who --data exchange has-met --as \"Ohio Secretary of State\"",
     .run = run_has_met},
    {0},
};

const struct command command_who = {
    .name = "who",
    .summary = "Who may see an object, who has, and who met it",
    .help = "Only the contributor of an object and the steward may ask who may see it and who has. "
            "Fewer than five organizations of a sector are not counted out. Where the hosts of a "
            "briefing decided by inviting them who reads something, organizations are named to "
            "hosts, and counted by sector for whoever is none. Who met it is what "
            "sightings say that --as may read. Every question about who has seen something, and "
            "every reading for somebody else, goes into the audit log.",
    .verbs = VERBS,
};
