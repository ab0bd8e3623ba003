/*
 * tocsin collection: where entries stand.
 */
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/values.h"
#include "service/admin_access.h"

static err run_add(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct collection_entry entry = {.id = cli_value(cli, "id"),
                                     .alias = cli_value(cli, "alias"),
                                     .title = cli_value(cli, "title"),
                                     .description = cli_value(cli, "description"),
                                     .default_tlp = TLP_AMBER,
                                     .is_public = cli_has(cli, "public")};
    if (cli_has(cli, "default-tlp"))
        TRY(values_tlp(a, cli_value(cli, "default-tlp"), &entry.default_tlp));
    TRY(cli_store(a, cli, &store));
    str id;
    TRY(admin_add_collection(a, store, &entry, cli_value(cli, "publisher"), &id));
    return record_print_only_id(a, cli, id);
}

static err run_list(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    struct records list = {.arena = a};
    for (size_t i = 0; i < s.policy->collection_count; i++) {
        const struct policy_collection *c = &s.policy->collections[i];
        const struct policy_org *publisher =
            c->publisher ? policy_org(s.policy, c->publisher) : NULL;
        struct record *r = records_add(&list);
        record_text(r, "id", arena_copy(a, c->id));
        record_text(r, "alias", arena_copy(a, c->alias));
        record_text(r, "title", arena_copy(a, c->title));
        record_text(r, "default_tlp", tlp_word(c->default_tlp));
        record_flag(r, "public", c->is_public);
        record_text(r, "publisher", publisher ? arena_copy(a, publisher->name) : (str){0});
        record_text(r, "description", arena_copy(a, c->description));
        record_flag(r, "builtin", c->is_builtin);
        record_json_only(r);
    }
    return records_print(a, cli, &list, "collections");
}

/* "none" takes away. */
static str unless_none(str text)
{
    return str_eq(text, LIT("none")) ? (str){0} : text;
}

static err read_change(struct arena *a, const struct cli *cli, struct admin_collection_change *out)
{
    bool is_public = cli_has(cli, "public");
    bool is_closed = cli_has(cli, "not-public");
    *out = (struct admin_collection_change){
        .title = cli_value(cli, "title"),
        .has_alias = cli_has(cli, "alias"),
        .alias = unless_none(cli_value(cli, "alias")),
        .has_description = cli_has(cli, "description"),
        .description = cli_value(cli, "description"),
        .has_default_tlp = cli_has(cli, "default-tlp"),
        .has_public = is_public || is_closed,
        .is_public = is_public,
        .has_publisher = cli_has(cli, "publisher"),
        .publisher = unless_none(cli_value(cli, "publisher")),
    };
    if (is_public && is_closed)
        return FAIL(a, ERR_USAGE, "give either --public or --not-public");
    bool is_change = out->title.len || out->has_alias || out->has_description ||
                     out->has_default_tlp || out->has_public || out->has_publisher;
    if (!is_change)
        return FAIL(a, ERR_USAGE, "say what to change; see: tocsin collection edit --help");
    if (out->has_default_tlp)
        TRY(values_tlp(a, cli_value(cli, "default-tlp"), &out->default_tlp));
    return NULL;
}

static err run_edit(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct admin_collection_change change;
    TRY(read_change(a, cli, &change));
    TRY(cli_store(a, cli, &store));
    str id;
    TRY(admin_edit_collection(a, store, cli_argument(cli, 0), &change, &id));
    return record_print_only_id(a, cli, id);
}

#define FLAG_DESCRIPTION                                                 \
    {                                                                    \
        .name = "description", .value = "D", .help = "A sentence or two" \
    }
#define FLAG_DEFAULT                                                                       \
    {                                                                                      \
        .name = "default-tlp", .value = "L",                                               \
        .help = "The label of what comes without one: clear, green, amber (unless said), " \
                "amber+strict or red"                                                      \
    }
#define FLAG_PUBLIC                                                                   \
    {                                                                                 \
        .name = "public", .help = "Anyone may read what is CLEAR, without signing in" \
    }

static const struct flag ADD_FLAGS[] = {
    {.name = "title", .value = "T", .is_required = true, .help = "Its title"},
    {.name = "id", .value = "UUID", .help = "Its id, if it is to have a certain one"},
    {.name = "alias", .value = "A", .help = "A short name for URLs"},
    FLAG_DESCRIPTION,
    FLAG_DEFAULT,
    FLAG_PUBLIC,
    {.name = "publisher", .value = "ORG", .help = "Whose version counts where several have one"},
    {0},
};

static const struct flag EDIT_FLAGS[] = {
    {.name = "title", .value = "T", .help = "Its title"},
    {.name = "alias", .value = "A", .help = "A short name for URLs; none takes it away"},
    FLAG_DESCRIPTION,
    FLAG_DEFAULT,
    FLAG_PUBLIC,
    {.name = "not-public", .help = "Nobody reads it without a grant"},
    {.name = "publisher",
     .value = "ORG",
     .help = "Whose version counts where several have one; none takes it away"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "add",
     .flags = ADD_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Add a collection and print its id",
     .example = "tocsin collection --data exchange add --title \"Lookalike domains\" --alias "
                "domains --default-tlp green",
     .run = run_add},
    {.name = "list",
     .needs_data = true,
     .has_json = true,
     .summary = "List the collections",
     .example = "tocsin collection --data exchange list",
     .run = run_list},
    {.name = "edit",
     ONE_ARGUMENT("ID"),
     .flags = EDIT_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Change what is given, leave the rest",
     .example = "tocsin collection --data exchange edit domains --public",
     .run = run_edit},
    {0},
};

const struct command command_collection = {
    .name = "collection",
    .summary = "Collections of objects",
    .help = "Where ID is asked for, the id, alias or exact title will do. The built-in collection "
            "Members "
            "holds the organizations and the markings in use; every member reads it.",
    .verbs = VERBS,
};
