/*
 * tocsin org: the organizations of the exchange.
 */
#include "base/csv.h"
#include "base/file.h"
#include "base/num.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/values.h"
#include "service/admin.h"
#include "store/collections.h"
#include "store/grants.h"

#define CSV_BYTES_MAX ((size_t)64 << 20)

/* ---- add, import */

static err read_new(struct arena *a, const struct cli *cli, struct member_org *out)
{
    struct member_org org = {.name = cli_value(cli, "name"),
                             .sector = cli_value(cli, "sector"),
                             .ceiling = TLP_RED,
                             .status = LIT("member"),
                             .note = cli_value(cli, "note")};
    struct value_list codes;
    TRY(values_jurisdictions(a, values_of(a, cli, "jurisdiction"), &codes));
    org.jurisdictions = codes.items;
    org.jurisdiction_count = codes.count;
    if (cli_has(cli, "ceiling"))
        TRY(values_tlp(a, cli_value(cli, "ceiling"), &org.ceiling));
    if (cli_has(cli, "status"))
        org.status = cli_value(cli, "status");
    *out = org;
    return NULL;
}

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_org org = {0};
    TRY(read_new(a, cli, &org.org));
    TRY(cli_store(a, cli, &store));
    TRY(admin_add_orgs(a, store, &org, 1));
    struct record r = {.arena = a};
    record_text(&r, "id", org.id);
    record_text(&r, "name", org.org.name);
    record_text(&r, "status", org.org.status);
    return record_print_id(a, cli, &r);
}

enum column { NAME, SECTOR, JURISDICTIONS, CEILING, STATUS, NOTE };

static const struct csv_column COLUMNS[] = {
    [NAME] = {"name", true},
    [SECTOR] = {"sector", true},
    [JURISDICTIONS] = {"jurisdictions", false, "jurisdiction"},
    [CEILING] = {"ceiling"},
    [STATUS] = {"status"},
    [NOTE] = {"note"},
    [NOTE + 1] = {0},
};

static err read_row(struct arena *a, const struct csv_row *row, struct admin_org *out)
{
    *out = (struct admin_org){.line = row->line};
    out->org =
        (struct member_org){.name = row->cells[NAME],
                            .sector = row->cells[SECTOR],
                            .ceiling = TLP_RED,
                            .status = row->cells[STATUS].len ? row->cells[STATUS] : LIT("member"),
                            .note = row->cells[NOTE]};
    struct value_list codes;
    TRY(values_jurisdictions(a, values_split(a, row->cells[JURISDICTIONS]), &codes));
    out->org.jurisdictions = codes.items;
    out->org.jurisdiction_count = codes.count;
    return row->cells[CEILING].len ? values_tlp(a, row->cells[CEILING], &out->org.ceiling) : NULL;
}

static err import_file(struct arena *a, struct cli *cli, str path, struct records *made)
{
    str text;
    struct csv csv;
    struct store *store;
    TRY(file_read(a, path, CSV_BYTES_MAX, &text));
    TRY(csv_read(a, text, COLUMNS, &csv));
    struct admin_org *orgs = NEW_ARRAY(a, csv.count, struct admin_org);
    for (size_t i = 0; i < csv.count; i++) {
        err failure = read_row(a, &csv.items[i], &orgs[i]);
        if (failure)
            return WRAP(a, failure, "line %zu", csv.items[i].line);
    }
    TRY(cli_store(a, cli, &store));
    TRY(admin_add_orgs(a, store, orgs, csv.count));
    for (size_t i = 0; i < csv.count; i++) {
        struct record *r = records_add(made);
        record_text(r, "id", orgs[i].id);
        record_text(r, "name", orgs[i].org.name);
    }
    return NULL;
}

static err run_import(struct arena *a, struct cli *cli)
{
    str path = cli_argument(cli, 0);
    struct records made = {.arena = a};
    err failure = import_file(a, cli, path, &made);
    if (failure)
        return WRAP(a, failure, "%.*s, nothing of which was kept", STR_ARG(path));
    return records_print(a, cli, &made, "organizations in this file");
}

/* ---- list, show */

static err put_org(struct arena *a, struct session *s, const struct policy_org *org,
                   struct record *r)
{
    struct member_org full;
    bool is_suspended;
    TRY(members_get(a, s, org->id, &full, &is_suspended));
    record_text(r, "id", arena_copy(a, org->id));
    record_text(r, "name", full.name);
    record_text(r, "sector", full.sector);
    record_text(r, "status", full.status);
    record_text(r, "ceiling", tlp_word(full.ceiling));
    record_list(r, "jurisdictions", full.jurisdictions, full.jurisdiction_count);
    record_flag(r, "suspended", is_suspended);
    record_text(r, "note", full.note);
    record_flag(r, "steward", full.is_steward);
    record_json_only(r);
    return NULL;
}

static err run_list(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    struct records list = {.arena = a};
    for (size_t i = 0; i < s.policy->org_count; i++) {
        const struct policy_org *org = &s.policy->orgs[i];
        if (!cli_has(cli, "status") || str_eq(cli_value(cli, "status"), org->status))
            TRY(put_org(a, &s, org, records_add(&list)));
    }
    return records_print(a, cli, &list, "organizations");
}

typedef struct {
    str *items;
    size_t count;
    size_t capacity;
} text_list;

static err put_links(struct arena *a, struct session *s, str id, struct record *r)
{
    struct member_links links = {0};
    text_list texts = {0};
    TRY(members_links(a, s, id, &links));
    for (size_t i = 0; i < links.count; i++)
        *LIST_ADD(a, &texts) = arena_join(a, links.items[i].kind, LIT(" "), links.items[i].other);
    record_list(r, "links", texts.items, texts.count);
    return NULL;
}

static void put_people(struct arena *a, const struct policy *p, const struct policy_org *org,
                       struct record *r)
{
    text_list texts = {0};
    for (size_t i = 0; i < p->person_count; i++) {
        const struct policy_person *person = &p->people[i];
        if (policy_affiliation(person, org->n))
            *LIST_ADD(a, &texts) = arena_copy(a, person->email);
    }
    record_list(r, "people", texts.items, texts.count);
}

static int64_t count_tokens(const struct session *s, const struct policy_org *org)
{
    int64_t count = 0;
    for (size_t i = 0; i < s->policy->token_count; i++) {
        const struct policy_token *t = &s->policy->tokens[i];
        count += t->org == org->n && policy_token_is_good(t, s->now_us);
    }
    return count;
}

static bool grant_reaches(const struct grant_entry *g, const struct policy_org *org)
{
    bool is_sector = str_starts(g->subject, LIT("sector:"));
    return str_eq(g->subject, org->id) || str_eq(g->subject, LIT("all")) ||
           (is_sector && str_eq(str_skip(g->subject, 7), org->sector));
}

static err put_grants(struct arena *a, struct session *s, const struct policy_org *org,
                      struct record *r)
{
    struct grant_entries grants = {0};
    text_list texts = {0};
    TRY(grants_list(a, s, &grants));
    for (size_t i = 0; i < grants.count; i++) {
        const struct grant_entry *g = &grants.items[i];
        const struct policy_collection *c = policy_collection(s->policy, g->collection);
        if (c == NULL || !grant_reaches(g, org) || policy_is_over(g->until_us, s->now_us))
            continue;
        *LIST_ADD(a, &texts) =
            arena_print(a, "%.*s (%.*s):%s%s", STR_ARG(c->title), STR_ARG(c->id),
                        g->may_read ? " read" : "", g->may_write ? " write" : "");
    }
    record_list(r, "grants", texts.items, texts.count);
    return NULL;
}

static err run_show(struct arena *a, struct cli *cli)
{
    struct store *store;
    const struct policy_org *org;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    TRY(admin_find_org(a, &s, cli_argument(cli, 0), &org));
    struct record r = {.arena = a};
    TRY(put_org(a, &s, org, &r));
    TRY(put_links(a, &s, org->id, &r));
    put_people(a, s.policy, org, &r);
    record_number(&r, "tokens", count_tokens(&s, org));
    TRY(put_grants(a, &s, org, &r));
    return record_print(a, cli, &r);
}

/* ---- edit, suspend, reinstate, link */

static err print_org(struct arena *a, struct cli *cli, struct store *store, str key)
{
    OWNED(session_done) struct session s = {0};
    const struct policy_org *org;
    TRY(session_read(a, store, &s));
    TRY(admin_find_org(a, &s, key, &org));
    struct record r = {.arena = a};
    TRY(put_org(a, &s, org, &r));
    return record_print_id(a, cli, &r);
}

static err read_change(struct arena *a, const struct cli *cli, struct admin_org_change *out)
{
    struct value_list codes;
    TRY(values_jurisdictions(a, values_of(a, cli, "jurisdiction"), &codes));
    bool has_none = cli_has(cli, "no-jurisdictions");
    if (has_none && codes.count)
        return FAIL(a, ERR_USAGE, "give either --jurisdiction or --no-jurisdictions");
    *out = (struct admin_org_change){.name = cli_value(cli, "name"),
                                     .sector = cli_value(cli, "sector"),
                                     .status = cli_value(cli, "status"),
                                     .has_note = cli_has(cli, "note"),
                                     .note = cli_value(cli, "note"),
                                     .has_ceiling = cli_has(cli, "ceiling"),
                                     .has_jurisdictions = has_none || codes.count > 0,
                                     .jurisdictions = codes.items,
                                     .jurisdiction_count = codes.count};
    return out->has_ceiling ? values_tlp(a, cli_value(cli, "ceiling"), &out->ceiling) : NULL;
}

static err run_edit(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_org_change change;
    str key = cli_argument(cli, 0);
    if (cli->value_count == (size_t)cli_has(cli, "data") + cli_has(cli, "json"))
        return FAIL(a, ERR_USAGE, "say what to change; see: tocsin org edit --help");
    TRY(read_change(a, cli, &change));
    TRY(cli_store(a, cli, &store));
    TRY(admin_edit_org(a, store, key, &change));
    return print_org(a, cli, store,
                     change.name.len && !str_starts(key, LIT("identity--")) ? change.name : key);
}

static err suspend(struct arena *a, struct cli *cli, bool is_suspended)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    TRY(admin_suspend_org(a, store, cli_argument(cli, 0), is_suspended));
    return print_org(a, cli, store, cli_argument(cli, 0));
}

static err run_suspend(struct arena *a, struct cli *cli)
{
    return suspend(a, cli, true);
}

static err run_reinstate(struct arena *a, struct cli *cli)
{
    return suspend(a, cli, false);
}

static err run_link(struct arena *a, struct cli *cli)
{
    struct store *store;
    const struct admin_link link = {
        .org = cli_argument(cli, 0), .kind = cli_argument(cli, 1), .other = cli_argument(cli, 2)};
    TRY(cli_store(a, cli, &store));
    TRY(admin_link_org(a, store, &link));
    return print_org(a, cli, store, link.org);
}

/* ---- the tables */

#define FLAG_JURISDICTION                                                                    \
    {                                                                                        \
        .name = "jurisdiction", .value = "J", .is_repeated = true,                           \
        .help = "Where it is responsible: us, us-39, us-39-c035, us-39-p16000, or 39, 39035" \
    }
#define FLAG_CEILING                                                                              \
    {                                                                                             \
        .name = "ceiling", .value = "TLP",                                                        \
        .help = "The strictest label it may read: clear, green, amber, amber+strict or red (the " \
                "default)"                                                                        \
    }
#define FLAG_STATUS                                            \
    {                                                          \
        .name = "status", .value = "STATUS",                   \
        .help = "known, invited, member (the default) or left" \
    }
#define FLAG_NOTE                                                                     \
    {                                                                                 \
        .name = "note", .value = "TEXT", .help = "Outreach: who asked them, and when" \
    }
#define SECTOR_HELP                                                                         \
    "federal, state, local, tribal, territorial, association, platform, vendor, research, " \
    "civil-society or other"

static const struct flag ADD_FLAGS[] = {
    {.name = "name", .value = "N", .is_required = true, .help = "Its name"},
    {.name = "sector", .value = "S", .is_required = true, .help = SECTOR_HELP},
    FLAG_JURISDICTION,
    FLAG_CEILING,
    FLAG_STATUS,
    FLAG_NOTE,
    {0},
};

static const struct flag EDIT_FLAGS[] = {
    {.name = "name", .value = "N", .help = "Its name"},
    {.name = "sector", .value = "S", .help = SECTOR_HELP},
    FLAG_JURISDICTION,
    {.name = "no-jurisdictions", .help = "Take all jurisdictions away"},
    FLAG_CEILING,
    FLAG_STATUS,
    FLAG_NOTE,
    {0},
};

static const struct flag LIST_FLAGS[] = {
    {.name = "status", .value = "STATUS", .help = "Only those: known, invited, member or left"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "add",
     .flags = ADD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Add an organization and print its identity id",
     .example = "tocsin org --data exchange add --name \"Ohio Secretary of State\" --sector state "
                "--jurisdiction us-39",
     .run = run_add},
    {.name = "import",
     ONE_ARGUMENT("F.csv"),
     .needs_data = true,
     .has_json = true,
     .summary = "Add the organizations of a CSV file, all or none; its columns: "
                "name,sector,jurisdictions,ceiling,status,note (several jurisdictions: a;b)",
     .example = "tocsin org --data exchange import organizations.csv",
     .run = run_import},
    {.name = "list",
     .flags = LIST_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "List the organizations",
     .example = "tocsin org --data exchange list --status known",
     .run = run_list},
    {.name = "show",
     ONE_ARGUMENT("ID"),
     .needs_data = true,
     .has_json = true,
     .summary = "Show one with its links, people, tokens and grants",
     .example = "tocsin org --data exchange show \"Ohio Secretary of State\"",
     .run = run_show},
    {.name = "edit",
     ONE_ARGUMENT("ID"),
     .flags = EDIT_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Change what is given, leave the rest",
     .example = "tocsin org --data exchange edit \"Chirper\" --status invited --note \"called "
                "them on 3 July\"",
     .run = run_edit},
    {.name = "suspend",
     ONE_ARGUMENT("ID"),
     .needs_data = true,
     .has_json = true,
     .summary = "Take all access from an organization, its people and tokens at once",
     .example = "tocsin org --data exchange suspend \"Chirper\"",
     .run = run_suspend},
    {.name = "reinstate",
     ONE_ARGUMENT("ID"),
     .needs_data = true,
     .has_json = true,
     .summary = "Undo suspend",
     .example = "tocsin org --data exchange reinstate \"Chirper\"",
     .run = run_reinstate},
    {.name = "link",
     .arguments = "A member-of|part-of B",
     .argument_min = 3,
     .argument_max = 3,
     .needs_data = true,
     .has_json = true,
     .summary = "Say that an organization is a member or a part of another",
     .example = "tocsin org --data exchange link \"Franklin County\" part-of \"Ohio Secretary of "
                "State\"",
     .run = run_link},
    {0},
};

const struct command command_org = {
    .name = "org",
    .summary = "The organizations of the exchange",
    .help = "Where ID is asked for, the identity id or the exact name will do. Only a member that "
            "is not suspended reads, posts, or is reached by grants.",
    .verbs = VERBS,
};
