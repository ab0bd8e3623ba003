/*
 * tocsin audience: named audiences, to mark objects with.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/values.h"
#include "service/admin_audience.h"
#include "store/named.h"
#include "json/json.h"

static err read_use(struct arena *a, struct cli *cli, struct admin_audience *out)
{
    str use = cli_value(cli, "use");
    out->use_text = cli_value(cli, "use-text");
    if (use.len && !marking_use_read(use, &out->use))
        return FAIL(a, ERR_USAGE, "--use is none, ask, internal or visible, not %.*s",
                    STR_ARG(use));
    return NULL;
}

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct value_list organizations = values_of(a, cli, "organization");
    struct value_list people = values_of(a, cli, "person");
    struct value_list tokens = values_of(a, cli, "token");
    struct value_list codes;
    struct admin_audience audience = {.as = cli_value(cli, "as"),
                                      .name = cli_value(cli, "name"),
                                      .organizations = organizations.items,
                                      .organization_count = organizations.count,
                                      .people = people.items,
                                      .person_count = people.count,
                                      .tokens = tokens.items,
                                      .token_count = tokens.count};
    TRY(values_sectors(a, values_of(a, cli, "sector"), &audience.sectors));
    TRY(values_roles(a, values_of(a, cli, "role"), &audience.roles));
    TRY(values_jurisdictions(a, values_of(a, cli, "jurisdiction"), &codes));
    audience.jurisdictions = codes.items;
    audience.jurisdiction_count = codes.count;
    TRY(read_use(a, cli, &audience));
    TRY(cli_store(a, cli, &store));
    struct record r = {.arena = a};
    str id;
    TRY(admin_add_audience(a, store, &audience, &id));
    record_text(&r, "id", id);
    record_text(&r, "name", audience.name);
    return record_print_id(a, cli, &r);
}

static struct value_list copy_list(struct arena *a, const struct marking_strs *texts)
{
    str *items = NEW_ARRAY(a, texts->count, str);
    for (size_t i = 0; i < texts->count; i++)
        items[i] = arena_copy(a, texts->items[i]);
    return (struct value_list){items, texts->count};
}

static void put_list(struct record *r, const char *name, struct value_list list)
{
    record_list(r, name, list.items, list.count);
}

static void put_audience(struct arena *a, const struct policy *p, const struct named_entry *e,
                         const struct marking *m, struct record *r)
{
    const struct policy_org *org = policy_org(p, e->contributor);
    record_text(r, "id", e->id);
    record_text(r, "name", arena_copy(a, m->name));
    record_text(r, "of", org ? arena_copy(a, org->name) : (str){0});
    put_list(r, "organizations", copy_list(a, &m->organizations));
    put_list(r, "people", copy_list(a, &m->people));
    put_list(r, "tokens", copy_list(a, &m->tokens));
    put_list(r, "sectors", values_sector_names(a, m->sectors));
    put_list(r, "jurisdictions", copy_list(a, &m->jurisdictions));
    put_list(r, "roles", values_role_names(a, m->roles));
    record_text(r, "use", marking_use_name(m->use));
    record_text(r, "use_text", arena_copy(a, m->use_text));
}

static err run_list(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    OWNED(json_reader_done) struct json_reader reader = {0};
    struct named_entries entries = {0};
    struct records list = {.arena = a};
    TRY(session_read(a, store, &s));
    TRY(named_list(a, &s, &entries));
    for (size_t i = 0; i < entries.count; i++) {
        json value;
        struct marking m;
        TRY(json_read(a, &reader, entries.items[i].definition, NULL, &value));
        TRY(marking_read(a, value, &m));
        put_audience(a, s.policy, &entries.items[i], &m, records_add(&list));
    }
    return records_print(a, cli, &list, "named audiences");
}

static const struct flag ADD_FLAGS[] = {
    {.name = "as", .value = "ORG", .is_required = true, .help = "The organization that defines it"},
    {.name = "name", .value = "N", .is_required = true, .help = "Its name"},
    {.name = "organization", .value = "ID", .is_repeated = true, .help = "Admit an organization"},
    {.name = "person", .value = "E", .is_repeated = true, .help = "Admit a person"},
    {.name = "token", .value = "ID", .is_repeated = true, .help = "Admit a token"},
    {.name = "sector", .value = "S", .is_repeated = true, .help = "Admit who is of the sector"},
    {.name = "jurisdiction",
     .value = "J",
     .is_repeated = true,
     .help = "... and lies within the jurisdiction"},
    {.name = "role", .value = "R", .is_repeated = true, .help = "... and has the role"},
    {.name = "use",
     .value = "U",
     .help = "What readers may do: none (read only), ask, internal, visible"},
    {.name = "use-text", .value = "T", .help = "... in words, for them to read"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "add",
     .flags = ADD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Define a named audience and print the id of its marking",
     .example = "tocsin audience --data exchange add --as \"Ohio Secretary of State\" --name "
                "\"Ohio counties\" --sector local --jurisdiction us-39",
     .run = run_add},
    {.name = "list",
     .needs_data = true,
     .has_json = true,
     .summary = "List the named audiences",
     .example = "tocsin audience --data exchange list",
     .run = run_list},
    {0},
};

const struct command command_audience = {
    .name = "audience",
    .summary = "Named audiences, to mark objects with",
    .help = "An object that carries an audience's id in object_marking_refs is read by those whom "
            "the audience admits: who is named (organization, person or token), or who matches "
            "sectors and jurisdictions and roles, each that is given. Only objects of the "
            "organization that defined it can be marked so. RED opens only to people and tokens "
            "that are named. It is defined in the collection Members, where those it admits can "
            "read it; tocsin withdraw takes it back.",
    .verbs = VERBS,
};
