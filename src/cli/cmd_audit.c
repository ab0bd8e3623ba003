/*
 * tocsin audit: the chain of who did what.
 */
#include "base/clock.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/record.h"
#include "cli/values.h"
#include "cli/watching.h"
#include "store/audit.h"

#define HEAD_BYTES_MAX 4096
#define SHOWN_ROWS 50

/* A head is given as its line, or as the file that it was kept in. */
static err read_head(struct arena *a, str given, struct audit_head *out)
{
    if (str_starts(given, LIT("tocsin-head ")))
        return audit_head_read(a, given, out);
    str text;
    TRY(file_read(a, given, HEAD_BYTES_MAX, &text));
    return audit_head_read(a, text, out);
}

static err run_verify(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct audit_head head;
    bool has_head = cli_has(cli, "against");
    if (has_head)
        TRY(read_head(a, cli_value(cli, "against"), &head));
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    session_release_views(&s);
    uint64_t rows;
    OWNED(progress_done) struct progress bar = progress_open(0, "rows");
    struct watch watch = watching(&bar);
    const struct audit_progress progress = {watch.on_progress, watch.context};
    TRY(audit_verify_telling(a, &s, has_head ? &head : NULL, &progress, &rows));
    progress_done(&bar);
    struct record r = {.arena = a};
    record_number(&r, "rows", (int64_t)rows);
    record_flag(&r, "whole", true);
    if (has_head)
        record_number(&r, "agrees_with_head_of_row", head.n);
    return record_print(a, cli, &r);
}

static err run_head(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct audit_head head;
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(audit_head_get(a, &s, &head));
    TRY(session_commit(a, &s));
    str line = audit_head_write(a, &head);
    struct record r = {.arena = a};
    record_text(&r, "head", line);
    record_number(&r, "row", head.n);
    record_time(&r, "time", head.time_us);
    if (cli->is_json)
        return record_print(a, cli, &r);
    cli_print(cli, "%.*s\n", STR_ARG(line));
    return NULL;
}

/* "Ohio Secretary of State / duty@ohio.example" */
static err actor_name(struct arena *a, struct session *s, int64_t actor, str *out)
{
    struct reader r;
    *out = LIT("console");
    if (actor == 0)
        return NULL;
    TRY(reader_of_actor(a, s, actor, 0, &r));
    str org = r.org ? r.org->name : LIT("?");
    str who = r.person ? r.person->email : r.token ? r.token->id : (str){0};
    *out = arena_join(a, org, who.len ? LIT(" / ") : (str){0}, who);
    return NULL;
}

static err run_show(struct arena *a, struct cli *cli)
{
    struct store *store;
    struct audit_query q = {.verb = cli_value(cli, "verb"),
                            .object = cli_value(cli, "object"),
                            .is_newest_first = true};
    TRY(values_count(a, cli_value(cli, "limit"), SHOWN_ROWS, &q.limit));
    TRY(cli_store(a, cli, &store));
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    struct audit_rows rows = {0};
    struct records list = {.arena = a};
    TRY(audit_list(a, &s, &q, &rows));
    for (size_t i = rows.count; i-- > 0;) {
        const struct audit_row *row = &rows.items[i];
        str who;
        TRY(actor_name(a, &s, row->actor, &who));
        struct record *r = records_add(&list);
        record_number(r, "row", row->n);
        record_time(r, "time", row->time_us);
        record_text(r, "who", who);
        record_text(r, "verb", row->verb);
        record_text(r, "object", row->object);
        record_text(r, "outcome", row->outcome);
        record_text(r, "detail", row->detail);
    }
    return records_print(a, cli, &list, "audit rows");
}

static const struct flag VERIFY_FLAGS[] = {
    {.name = "against",
     .value = "HEAD",
     .help = "A head that somebody kept: its line, or the file it is in"},
    {0},
};

static const struct flag SHOW_FLAGS[] = {
    {.name = "verb", .value = "V", .help = "Only verbs that begin so, such as org or token.add"},
    {.name = "object", .value = "ID", .help = "Only what was done to this"},
    {.name = "limit", .value = "N", .help = "The newest N (50)"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "verify",
     .flags = VERIFY_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Check the whole chain and name the first row that was changed, removed or moved",
     .example = "tocsin audit --data exchange verify --against head.txt",
     .run = run_verify},
    {.name = "head",
     .needs_data = true,
     .has_json = true,
     .summary = "Print the newest head, signed, to be kept elsewhere",
     .example = "tocsin audit --data exchange head > head.txt",
     .run = run_head},
    {.name = "show",
     .flags = SHOW_FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Show the newest rows",
     .example = "tocsin audit --data exchange show --verb grant --limit 20",
     .run = run_show},
    {0},
};

const struct command command_audit = {
    .name = "audit",
    .summary = "The audit log: who did what",
    .help = "Each row is chained to the one before, and heads are signed. Keep heads outside the "
            "exchange: what was cut off after the last head that anybody kept cannot be seen.",
    .verbs = VERBS,
};
