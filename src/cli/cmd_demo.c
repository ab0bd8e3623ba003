/*
 * tocsin demo: a story played into a demo exchange.
 */
#include "base/file.h"
#include "cli/commands.h"
#include "cli/demo_steps.h"
#include "cli/record.h"

#define STORY_BYTES_MAX ((size_t)16 << 20)

static err play_all(struct demo *demo, json steps)
{
    for (struct json_walk w = json_walk(steps); json_next(&w);) {
        err failure = demo_step(demo, w.value);
        if (failure)
            return WRAP(demo->a, failure, "step %zu", w.index + 1);
    }
    return NULL;
}

/* All of it in one commit: `added` is now, whatever time a step says (L1). */
static err play(struct arena *a, struct store *store, json steps)
{
    OWNED(session_done) struct session s = {0};
    struct demo demo = {.a = a, .s = &s};
    map_init(&demo.named, a);
    TRY(session_write(a, store, &s));
    TRY(play_all(&demo, steps));
    return session_commit(a, &s);
}

static err run(struct arena *a, struct cli *cli)
{
    struct store *store;
    str text;
    json steps;
    OWNED(json_reader_done) struct json_reader reader = {0};
    TRY(cli_store(a, cli, &store));
    if (!store->is_demo)
        return FAIL(a, ERR_FORBIDDEN,
                    "a story, in which people act at times that are past, is for a demo exchange "
                    "only (tocsin init --demo)");
    TRY(file_read(a, cli_argument(cli, 0), STORY_BYTES_MAX, &text));
    TRY(json_read(a, &reader, text, NULL, &steps));
    if (!json_is(steps, JSON_ARRAY))
        return FAIL(a, ERR_INPUT, "a story is a JSON array of steps");
    TRY(play(a, store, steps));
    struct record r = {.arena = a};
    record_number(&r, "steps", (int64_t)json_count(steps));
    return record_print(a, cli, &r);
}

static const struct verb VERBS[] = {
    {.name = "",
     ONE_ARGUMENT("FILE"),
     .needs_data = true,
     .has_json = true,
     .summary = "Play a story into a demo exchange",
     .example = "tocsin demo --data demo-data story.json",
     .run = run},
    {0},
};

const struct command command_demo = {
    .name = "demo",
    .summary = "Play a story into a demo exchange",
    .help = "FILE (- for standard input) is a JSON array of steps: who makes a briefing, sends it, "
            "answers, was there, says whether it helped, asks, promises, gives a file, and when. "
            "Each is done by what the pages call, with its rights and its row in the audit log, as "
            "if it were that time; either all steps are done or none. Only on an exchange made "
            "with init --demo.",
    .verbs = VERBS,
};
