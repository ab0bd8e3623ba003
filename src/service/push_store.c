/*
 * From a collection of ours: what the organization, as such, may read of it, less what never leaves
 * (G3, B25), in the order of the log. The position is the number of the last entry.
 */
#include "service/exercise.h"
#include "service/push_parts.h"
#include "service/reading.h"
#include "store/page.h"
#include "store/transfer.h"

#define PAGE_BYTES_MAX ((size_t)16 << 20)

static err save(struct push *p)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&p->scratch, p->options->store, &s));
    TRY(transfer_put(&p->scratch, &s, p->key, push_position_write(&p->scratch, &p->position)));
    return session_commit(&p->scratch, &s);
}

static err load(struct push *p)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(p->a, p->options->store, &s));
    const struct policy_collection *c = policy_collection(s.policy, p->options->collection);
    if (c == NULL)
        return FAIL(p->a, ERR_NOT_FOUND, "the collection to push from is not there any more");
    p->key =
        arena_print(p->a, "push %.*s %.*s from %.*s as %lld", STR_ARG(p->remote->root),
                    STR_ARG(p->remote->collection), STR_ARG(c->id), (long long)p->options->org);
    str text;
    TRY(transfer_get(p->a, &s, p->key, &text));
    if (text.len && !push_position_read(text, &p->position))
        return FAIL(p->a, ERR_CORRUPT, "the position of this push is not readable: %.*s",
                    STR_ARG(text));
    return NULL;
}

/* What one page gives. */
struct round {
    struct push_items items;
    uint32_t *numbers; /* of the items, for receipts */
    uint64_t barred;
    uint64_t exercises;
    uint32_t last_number;
    bool has_more;
};

static err make_reader(struct push *p, struct session *s, struct reader *out)
{
    const struct policy_org *org = policy_org(s->policy, p->options->org);
    if (org == NULL)
        return FAIL(&p->scratch, ERR_NOT_FOUND, "the organization is not there any more");
    return reader_make(&p->scratch, s, org, NULL, NULL, out);
}

static struct page_query query_after(const struct push *p, uint32_t after)
{
    return (struct page_query){
        .collection = p->options->collection,
        .since = after,
        .after = after,
        .limit = PUSH_OBJECTS_MAX,
        .bytes_max = PAGE_BYTES_MAX,
        .specs = p->options->wants_all_versions ? VIEW_SPEC_20 | VIEW_SPEC_21 : 0,
        .wants_all = p->options->wants_all_versions,
        .wants_bytes = true,
    };
}

static err read_round(struct push *p, uint32_t after, struct round *out)
{
    struct arena *a = &p->scratch;
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, p->options->store, &s));
    struct reader reader;
    TRY(make_reader(p, &s, &reader));
    const struct page_query query = query_after(p, after);
    struct page page = {0};
    TRY(page_read(a, &s, &reader, &query, &page));
    out->numbers = NEW_ARRAY(a, page.count, uint32_t);
    for (size_t i = 0; i < page.count; i++) {
        const struct page_row *row = &page.items[i];
        bool is_barred = reading_is_barred(&s, &row->entry);
        bool is_exercise = exercise_holds(&s, &row->entry);
        out->barred += is_barred;
        out->exercises += is_exercise && !is_barred;
        if (is_barred || is_exercise)
            continue;
        out->numbers[out->items.count] = row->entry.number;
        *LIST_ADD(a, &out->items) =
            (struct push_item){row->body.id, row->body.bytes, row->entry.number};
    }
    out->last_number = page.last_number;
    out->has_more = page.has_more;
    return NULL;
}

/* R1: before the bytes leave. */
static err note_receipts(struct push *p, const struct round *round)
{
    struct receipts *receipts = p->options->store->receipts;
    OWNED(session_done) struct session s = {0};
    TRY(session_write(&p->scratch, p->options->store, &s));
    struct reader reader;
    TRY(make_reader(p, &s, &reader));
    int64_t actor;
    TRY(reader_receipt_actor(&p->scratch, &s, &reader, &actor));
    receipts_add(receipts, actor, p->options->collection, RECEIPT_OBTAINED, round->numbers,
                 round->items.count);
    err failure = receipts_flush(&p->scratch, receipts, s.db);
    failure = failure ? failure : session_commit(&p->scratch, &s);
    receipts_flushed(receipts, failure == NULL);
    return failure;
}

static err push_round(struct push *p, bool *has_more)
{
    struct round round = {0};
    uint64_t before = p->position.sent;
    TRY(read_round(p, (uint32_t)before, &round));
    p->totals->barred += round.barred;
    p->totals->exercises += round.exercises;
    *has_more = round.has_more;
    if (round.items.count) {
        TRY(note_receipts(p, &round));
        TRY(push_send(p, &round.items));
    }
    if (round.last_number <= p->position.sent)
        return NULL;
    push_show(p);
    p->position.sent = round.last_number; /* past what was barred */
    return save(p);
}

/* How many objects are still to be looked at. */
static err count_expected(struct push *p)
{
    OWNED(session_done) struct session s = {0};
    struct reader reader;
    const struct page_query query = query_after(p, (uint32_t)p->position.sent);
    const struct push_totals *t = p->totals;
    TRY(session_read(&p->scratch, p->options->store, &s));
    TRY(make_reader(p, &s, &reader));
    TRY(page_count(&p->scratch, &s, &reader, &query, &p->expected));
    p->expected += t->objects + t->failures;
    return NULL;
}

err push_store(struct push *p)
{
    p->save = save;
    TRY(load(p));
    TRY(push_settle_pending(p));
    TRY(count_expected(p));
    for (bool has_more = true; has_more;) {
        TRY(push_round(p, &has_more));
        arena_reset(&p->scratch);
    }
    return NULL;
}
