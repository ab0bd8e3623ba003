/*
 * tocsin list: what one reader may read.
 */
#include "cli/commands.h"
#include "cli/names.h"
#include "cli/reading.h"
#include "cli/record.h"
#include "cli/stop.h"
#include "json/json.h"

struct listing {
    struct records records;
    struct arena *a;
    struct json_reader reader;
};

static str name_of(struct arena *a, struct listing *l, const struct page_row *row)
{
    json value;
    err e = json_read(a, &l->reader, row->body.bytes, NULL, &value);
    if (e)
        return (str){0};
    str name = json_get_string(value, LIT("name"));
    return arena_copy(l->a, name.len ? name : json_get_string(value, LIT("value")));
}

static err list_row(struct arena *a, void *context, const struct reading_row *row)
{
    struct listing *l = context;
    const struct log_entry *e = &row->row->entry;
    const struct policy_org *org = policy_org(row->session->policy, e->contributor);
    const struct policy_collection *c = policy_collection(row->session->policy, e->collection);
    char version[CLOCK_TEXT_BYTES];
    struct record *r = records_add(&l->records);
    record_text(r, "id", arena_copy(l->a, row->row->body.id));
    record_text(r, "type", arena_copy(l->a, stix_id_type(row->row->body.id)));
    record_text(r, "label", tlp_name(row->label));
    record_text(r, "name", name_of(a, l, row->row));
    record_text(r, "version", arena_copy(l->a, log_version_text(e, version)));
    record_text(r, "contributor", org ? arena_copy(l->a, org->name) : (str){0});
    record_text(r, "collection", c ? arena_copy(l->a, c->id) : (str){0});
    record_json_only(r);
    return NULL;
}

static err run(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    struct reading_query q = {.command = "list", .wants_bytes = true, .is_stopped = stop_is_asked};
    TRY(reading_query_of(a, cli, store, &q));
    q.words = str_trim(cli_value(cli, "search"));
    if (cli_has(cli, "search") && q.wants_all_versions)
        return FAIL(a, ERR_USAGE, "a search finds newest versions; leave out --versions");
    if (cli_has(cli, "search") && q.words.len == 0)
        return FAIL(a, ERR_USAGE, "say with --search which words to look for");
    struct listing l = {.a = a, .records = {.arena = a}};
    struct reading_totals totals = {0};
    err failure = reading_walk(a, store, &q, list_row, &l, &totals);
    json_reader_done(&l.reader);
    TRY(failure);
    return records_print(a, cli, &l.records, "objects that this reader may read");
}

static const struct flag FLAGS[] = {
    READING_FLAGS,
    {.name = "type", .value = "T", .is_repeated = true, .help = "Only objects of this type"},
    {.name = "search",
     .value = "WORDS",
     .help = "Only what has all of these words, the newest first, as the pages search"},
    {.name = "versions", .help = "All versions, not the newest alone"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     .flags = FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "List what an organization, or one of its people, may read",
     .example =
         "tocsin list --data exchange --as \"Ohio election office\" --search \"harbor login\"",
     .run = run},
    {0},
};

const struct command command_list = {
    .name = "list",
    .summary = "List what a reader may read",
    .help = "Goes through the same gate as every other way of reading: the list is what that "
            "organization, or that person acting for it, would get. That the console read as "
            "them goes on the audit log. --search looks for up to eight words in names, "
            "descriptions, patterns and values, without case and accents; a word of three letters "
            "or more finds those that begin with it. The index behind it is brought up to the log "
            "first, which takes a while after a large import if no server is running.",
    .verbs = VERBS,
};
