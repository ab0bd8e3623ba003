/*
 * Reading for the console.
 */
#include "service/reading.h"

#include "service/admin.h"
#include "service/exercise.h"
#include "service/indexer.h"
#include "store/search.h"

#include <stdlib.h>

#define PAGE_OBJECTS 500

/* Bodies shown already: an object in several collections is shown once. */
struct seen {
    uint32_t *slots; /* 0: free */
    size_t slot_count;
    size_t count;
};

static void seen_done(struct seen *s)
{
    free(s->slots);
}

static void seen_grow(struct seen *s)
{
    struct seen larger = {.slot_count = s->slot_count ? s->slot_count * 2 : 1024};
    larger.slots = calloc(larger.slot_count, sizeof(*larger.slots));
    ASSERT(larger.slots != NULL);
    for (size_t i = 0; i < s->slot_count; i++) {
        size_t at = s->slots[i] * 2654435761u & (larger.slot_count - 1);
        while (s->slots[i] && larger.slots[at])
            at = (at + 1) & (larger.slot_count - 1);
        if (s->slots[i])
            larger.slots[at] = s->slots[i];
    }
    larger.count = s->count;
    free(s->slots);
    *s = larger;
}

static bool seen_add(struct seen *s, uint32_t body)
{
    if ((s->count + 1) * 2 > s->slot_count)
        seen_grow(s);
    size_t at = body * 2654435761u & (s->slot_count - 1);
    while (s->slots[at] && s->slots[at] != body)
        at = (at + 1) & (s->slot_count - 1);
    bool is_new = s->slots[at] == 0;
    s->slots[at] = body;
    s->count += is_new;
    return is_new;
}

struct walk {
    struct arena *a;
    struct store *store;
    const struct reading_query *q;
    err (*each)(struct arena *a, void *context, const struct reading_row *row);
    void *context;
    struct reading_totals *totals;
    struct seen seen;
    uint64_t done;  /* rows of all pages so far, */
    uint64_t total; /* and of all there are, if somebody wants to know */
};

/* Where the next page begins: in a collection, behind this number; in a search, before it. */
struct place {
    uint32_t collection;
    uint32_t number;
};

static void walk_done(struct walk *w)
{
    seen_done(&w->seen);
}

enum tlp reading_label(const struct session *s, const struct log_entry *e)
{
    enum tlp strictest = TLP_CLEAR;
    const struct gate_audience *audience = audience_get(s->store->audiences, e->audience);
    for (size_t i = 0; i < audience->count; i++) {
        if (audience->clauses[i].label > strictest)
            strictest = audience->clauses[i].label;
    }
    return strictest;
}

bool reading_is_barred(const struct session *s, const struct log_entry *e)
{
    return reading_label(s, e) >= TLP_AMBER_STRICT;
}

static err make_reader(struct arena *a, struct session *s, const struct reading_query *q,
                       struct reader *reader)
{
    const struct policy_org *org = policy_org(s->policy, q->org);
    const struct policy_person *person = q->person ? policy_person(s->policy, q->person) : NULL;
    if (org == NULL || (q->person && person == NULL))
        return FAIL(a, ERR_NOT_FOUND, "there is no such reader any more");
    return reader_make(a, s, org, person, NULL, reader);
}

static err show_rows(struct arena *a, struct walk *w, const struct session *s,
                     const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct page_row *row = &page->items[i];
        if (!seen_add(&w->seen, row->entry.body))
            continue;
        if (w->q->leaves_out_barred && reading_is_barred(s, &row->entry)) {
            w->totals->barred++;
            continue;
        }
        w->totals->shown++;
        w->totals->exercises += exercise_holds(s, &row->entry);
        const struct reading_row shown = {
            .row = row,
            .session = s,
            .label = audience_get(s->store->audiences, row->entry.clause)->clauses[0].label,
        };
        TRY(w->each(a, w->context, &shown));
    }
    return NULL;
}

/* Who reads as whom, before anything is shown. */
err reading_record(struct arena *a, struct store *store, const struct reading_query *q)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    struct reader reader = {0};
    TRY(make_reader(a, &s, q, &reader));
    const struct policy_collection *c = policy_collection(s.policy, q->collection);
    const str person = reader.person ? reader.person->id : (str){0};
    const str of = person.len ? LIT(", ") : (str){0};
    str detail = arena_print(a, "%s as %.*s%.*s%.*s", q->command, STR_ARG(reader.org->id),
                             STR_ARG(of), STR_ARG(person));
    TRY(admin_record(a, &s, "console.read", q->id.len || c == NULL ? q->id : c->id, detail));
    return session_commit(a, &s);
}

err reading_go_on(struct arena *a, struct store *store, const struct reading_query *q,
                  struct session *s, struct reader *out)
{
    TRY(session_read(a, store, s));
    return make_reader(a, s, q, out);
}

err reading_open(struct arena *a, struct store *store, const struct reading_query *q,
                 struct session *s, struct reader *out)
{
    TRY(reading_record(a, store, q));
    return reading_go_on(a, store, q, s, out);
}

/* What the reader gets of one page, in a session that holds its views. */
static err read_page(struct arena *a, struct session *s, const struct reader *reader,
                     const struct walk *w, const struct place *at, struct page *out)
{
    const struct search_query search = {.text = w->q->words,
                                        .collection = w->q->collection,
                                        .types = w->q->types,
                                        .type_count = w->q->type_count,
                                        .before = at->number,
                                        .limit = PAGE_OBJECTS};
    const struct page_query query = {
        .collection = at->collection,
        .after = at->number,
        .limit = PAGE_OBJECTS,
        .types = w->q->types,
        .type_count = w->q->type_count,
        .ids = w->q->id.len ? &w->q->id : NULL,
        .id_count = w->q->id.len ? 1 : 0,
        .wants_all = w->q->wants_all_versions,
        .wants_bytes = w->q->wants_bytes,
        .bytes_max = (size_t)store_config(w->store)->page_bytes_max,
    };
    return w->q->words.len ? search_read(a, s, reader, &search, out)
                           : page_read(a, s, reader, &query, out);
}

/* One page in a session of its own. */
static err walk_page(struct walk *w, struct place *at, bool *has_more)
{
    struct arena scratch = {0};
    struct arena *a = &scratch;
    OWNED(session_done) struct session s = {0};
    struct reader reader;
    struct page page = {0};
    err failure = reading_go_on(a, w->store, w->q, &s, &reader);
    failure = failure ? failure : read_page(a, &s, &reader, w, at, &page);
    session_release_views(&s);
    failure = failure ? failure : show_rows(a, w, &s, &page);
    session_done(&s);
    at->number = page.last_number;
    w->done += page.count;
    if (w->total) /* it may have grown meanwhile */
        watch_progress(&w->q->watch, w->done, w->total > w->done ? w->total : w->done);
    *has_more = page.has_more;
    if (failure)
        failure = FAIL(w->a, failure->code, "%.*s", STR_ARG(error_text(w->a, failure)));
    arena_done(&scratch);
    return failure;
}

/* All pages of a collection, or (0) of a search. */
static err walk_pages(struct walk *w, uint32_t collection)
{
    struct place at = {.collection = collection};
    bool has_more = true;
    while (has_more) {
        TRY(walk_page(w, &at, &has_more));
        if (w->q->is_stopped && w->q->is_stopped())
            return FAIL(w->a, ERR_TIMEOUT, "stopped as asked");
    }
    return NULL;
}

static err list_collections(struct walk *w, uint32_t **out, size_t *count)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(w->a, w->store, &s));
    uint32_t *numbers = NEW_ARRAY(w->a, s.policy->collection_count, uint32_t);
    size_t n = 0;
    for (size_t i = 0; i < s.policy->collection_count; i++) {
        if (w->q->collection == 0 || s.policy->collections[i].n == w->q->collection)
            numbers[n++] = s.policy->collections[i].n;
    }
    *out = numbers;
    *count = n;
    return NULL;
}

static err count_collection(struct arena *a, struct walk *w, uint32_t collection)
{
    OWNED(session_done) struct session s = {0};
    struct reader reader;
    uint64_t count = 0;
    const struct page_query query = {.collection = collection,
                                     .types = w->q->types,
                                     .type_count = w->q->type_count,
                                     .wants_all = w->q->wants_all_versions};
    TRY(reading_go_on(a, w->store, w->q, &s, &reader));
    err failure = page_count(a, &s, &reader, &query, &count);
    session_release_views(&s);
    w->total += count;
    return failure;
}

static err count_all(struct walk *w, const uint32_t *collections, size_t count)
{
    bool is_wanted = w->q->watch.on_progress && w->q->id.len == 0;
    for (size_t i = 0; i < count && is_wanted; i++)
        TRY(count_collection(w->a, w, collections[i]));
    return NULL;
}

err reading_walk(struct arena *a, struct store *store, const struct reading_query *q,
                 err (*each)(struct arena *a, void *context, const struct reading_row *row),
                 void *context, struct reading_totals *totals)
{
    OWNED(walk_done)
    struct walk w = {
        .a = a, .store = store, .q = q, .each = each, .context = context, .totals = totals};
    uint32_t *collections;
    size_t count;
    TRY(reading_record(a, store, q));
    if (q->words.len) {
        TRY(indexer_catch_up(a, store, &(struct watch){0}));
        return walk_pages(&w, 0);
    }
    TRY(list_collections(&w, &collections, &count));
    TRY(count_all(&w, collections, count));
    for (size_t i = 0; i < count; i++)
        TRY(walk_pages(&w, collections[i]));
    return NULL;
}
