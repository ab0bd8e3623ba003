/*
 * Pulled pages into a collection: each is imported as a file would be, then the position moves.
 */
#include "base/file.h"
#include "base/uuid.h"
#include "service/import.h"
#include "service/pull_parts.h"
#include "store/transfer.h"

#include <unistd.h>

static str key_of(struct arena *a, const struct pull_sink *sink, str into)
{
    str from = arena_join(a, sink->remote->root, LIT(" "), sink->remote->collection);
    return arena_print(a, "pull %.*s %.*s as %lld", STR_ARG(from), STR_ARG(into),
                       (long long)sink->options->org);
}

static err find_key(struct arena *a, struct pull_sink *sink, const struct session *s)
{
    const struct policy_collection *c = policy_collection(s->policy, sink->options->collection);
    if (c == NULL)
        return FAIL(a, ERR_NOT_FOUND, "the collection to pull into is not there any more");
    sink->key = key_of(sink->lasting, sink, c->id);
    return NULL;
}

static err get_position(struct arena *a, struct pull_sink *sink, int64_t *position_us)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, sink->options->store, &s));
    TRY(find_key(a, sink, &s));
    str text;
    TRY(transfer_get(a, &s, sink->key, &text));
    *position_us = pull_read_position(text);
    return NULL;
}

static void take_totals(struct pull_sink *sink, const struct import_totals *t)
{
    struct pull_totals *all = sink->totals;
    all->added += t->added;
    all->already_there += t->duplicates;
    all->refused += t->refused;
    for (size_t i = 0; i < t->count && all->count < PULL_REFUSALS_MAX; i++)
        *LIST_ADD(sink->lasting, all) =
            (struct pull_refusal){arena_copy(sink->lasting, t->items[i].id),
                                  arena_copy(sink->lasting, t->items[i].reason)};
}

static err import_page(struct arena *a, struct pull_sink *sink, str path)
{
    const struct pull_options *o = sink->options;
    const struct import_options options = {
        .org = o->org,
        .collections = &o->collection,
        .collection_count = 1,
        .files = &path,
        .file_count = 1,
        .unmarked_least = o->unmarked_least,
        .actor_detail = arena_join(a, LIT("pulled from "), sink->remote->root, (str){0}),
    };
    struct import_totals totals = {0};
    TRY(import_files(a, o->store, &options, &totals));
    take_totals(sink, &totals);
    return NULL;
}

static err store_objects(struct arena *a, struct pull_sink *sink, const struct pull_page *page)
{
    str name = arena_join(a, LIT("/pull-"), uuid_random(a), LIT(".part"));
    str path = arena_join(a, sink->options->store->dir, name, (str){0});
    err failure = file_write(a, path, page->body, 0600);
    failure = failure ? failure : import_page(a, sink, path);
    unlink(path.at);
    return failure;
}

static err put_page(struct arena *a, struct pull_sink *sink, const struct pull_page *page)
{
    if (json_count(page->objects))
        TRY(store_objects(a, sink, page));
    if (page->position_us == PULL_NO_TIME)
        return NULL;
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, sink->options->store, &s));
    TRY(transfer_put(a, &s, sink->key, pull_write_position(a, page->position_us)));
    return session_commit(a, &s);
}

void pull_store_init(struct pull_sink *sink)
{
    sink->get_position = get_position;
    sink->put_page = put_page;
}
