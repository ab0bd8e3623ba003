/*
 * What the reading commands share.
 */
#include "cli/reading.h"

#include "cli/names.h"

static bool knows_flag(const struct cli *cli, const char *name)
{
    for (const struct flag *f = cli->verb->flags; f && f->name; f++) {
        if (str_eq(str_of(f->name), str_of(name)))
            return true;
    }
    return false;
}

err reading_query_of(struct arena *a, struct cli *cli, struct store *store, struct reading_query *q)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    TRY(names_org(a, &s, cli_value(cli, "as"), &q->org));
    if (knows_flag(cli, "person") && cli_has(cli, "person"))
        TRY(names_person(a, &s, cli_value(cli, "person"), q->org, &q->person));
    if (knows_flag(cli, "collection") && cli_has(cli, "collection"))
        TRY(names_collection(a, &s, cli_value(cli, "collection"), &q->collection));
    if (knows_flag(cli, "type"))
        q->types = cli_values(a, cli, "type", &q->type_count);
    if (knows_flag(cli, "versions"))
        q->wants_all_versions = cli_has(cli, "versions");
    if (knows_flag(cli, "all-versions"))
        q->wants_all_versions = cli_has(cli, "all-versions");
    return NULL;
}
