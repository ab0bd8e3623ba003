/*
 * tocsin show: one object as a reader gets it.
 */
#include "cli/commands.h"
#include "cli/reading.h"
#include "cli/record.h"
#include "cli/stop.h"
#include "json/write.h"

struct showing {
    struct cli *cli;
    struct json_writer *writer; /* with --json */
    uint64_t count;
};

static str name_of_org(const struct reading_row *row)
{
    const struct policy_org *org = policy_org(row->session->policy, row->row->entry.contributor);
    return org ? org->name : (str){0};
}

static err show_json(struct showing *s, const struct reading_row *row)
{
    char text[CLOCK_TEXT_BYTES];
    const struct log_entry *e = &row->row->entry;
    json_open_object(s->writer);
    json_member(s->writer, "id", row->row->body.id);
    json_member(s->writer, "label", tlp_name(row->label));
    json_member(s->writer, "contributor", name_of_org(row));
    json_member(s->writer, "version", log_version_text(e, text));
    json_member(s->writer, "added", clock_write(e->added_us, text));
    if (row->row->body.warnings.len)
        json_member_raw(s->writer, "warnings", row->row->body.warnings);
    json_member_raw(s->writer, "object", row->row->body.bytes);
    json_close_object(s->writer);
    return NULL;
}

static err show_row(struct arena *a, void *context, const struct reading_row *row)
{
    struct showing *s = context;
    char text[CLOCK_TEXT_BYTES];
    s->count++;
    if (s->writer)
        return show_json(s, row);
    if (!cli_has(s->cli, "raw")) {
        cli_print(s->cli, "%.*s, contributed by %.*s", STR_ARG(tlp_name(row->label)),
                  STR_ARG(record_plain(a, name_of_org(row))));
        cli_print(s->cli, ", version %.*s", STR_ARG(log_version_text(&row->row->entry, text)));
        cli_print(s->cli, ", added %.*s\n", STR_ARG(clock_write(row->row->entry.added_us, text)));
    }
    str bytes = row->row->body.bytes;
    cli_print(s->cli, "%.*s\n",
              STR_ARG(cli_has(s->cli, "raw") ? bytes : record_plain_lines(a, bytes)));
    return NULL;
}

static err print_json(struct arena *a, struct cli *cli, struct buf *text)
{
    TRY(buf_check(a, text));
    cli_print(cli, "%.*s\n", STR_ARG(buf_str(text)));
    return NULL;
}

static err run(struct arena *a, struct cli *cli)
{
    struct store *store;
    TRY(cli_store(a, cli, &store));
    struct reading_query q = {.command = "show",
                              .wants_bytes = true,
                              .id = cli_argument(cli, 0),
                              .is_stopped = stop_is_asked};
    TRY(reading_query_of(a, cli, store, &q));
    OWNED(buf_done) struct buf text;
    buf_init(&text, (size_t)1 << 30);
    struct json_writer w;
    json_writer_init(&w, &text);
    struct showing s = {.cli = cli, .writer = cli->is_json ? &w : NULL};
    if (cli->is_json) {
        json_open_object(&w);
        json_member(&w, "id", q.id);
        json_key(&w, LIT("items"));
        json_open_array(&w);
    }
    struct reading_totals totals = {0};
    TRY(reading_walk(a, store, &q, show_row, &s, &totals));
    if (s.count == 0)
        return FAIL(a, ERR_NOT_FOUND, "this reader finds no object %.*s", STR_ARG(q.id));
    if (!cli->is_json)
        return NULL;
    json_close_array(&w);
    json_close_object(&w);
    return print_json(a, cli, &text);
}

static const struct flag FLAGS[] = {
    READING_FLAGS,
    {.name = "versions", .help = "All versions, not the newest alone"},
    {.name = "raw", .help = "The object's exact bytes and nothing else"},
    {0},
};

static const struct verb VERBS[] = {
    {.name = "",
     ONE_ARGUMENT("ID"),
     .flags = FLAGS,
     .needs_data = true,
     .has_json = true,
     .summary = "Show one object as a reader gets it",
     .example = "tocsin show --data exchange --as \"Ohio election office\" --raw "
                "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
     .run = run},
    {0},
};

const struct command command_show = {
    .name = "show",
    .summary = "Show one object as a reader gets it",
    .help = "What is hidden from that reader is not found, just as what does not exist. That the "
            "console read as them goes on the audit log.",
    .verbs = VERBS,
};
