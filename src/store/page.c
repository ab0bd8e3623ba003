/*
 * Pages. The view gives candidates in the order of the log. Of each it is asked under how many of
 * the reader's audiences its object stands. Regular ones that stand under one are taken as they
 * come; the others are settled by looking at all entries of their object that the reader may read.
 * What others read plays no part in either, so that no time tells of it (O1).
 */
#include "store/page.h"

#include "base/map.h"
#include "store/held.h"

#include <stdlib.h>

#define HITS_MAX 512
#define IDS_MAX 4096
#define TYPE_UNKNOWN UINT32_C(0x1fffffff) /* no type has it: far beyond those of any exchange */

struct paging {
    struct arena *a;
    struct session *s;
    const struct page_query *q;
    struct page *page;
    size_t bytes;
    struct held_list held; /* audiences */
    struct map settled;    /* id to struct log_entries: what of an object is shown */
    bool is_plain_last;
    bool is_plain_all;
};

err page_entries_of(struct arena *a, struct session *s, const struct reader *r, str id,
                    uint32_t collection, struct log_entries *out)
{
    bool is_known;
    const struct log_asking asking = {r, id, collection};
    return log_entries_held(a, s, &asking, out, &is_known);
}

static int64_t chosen_contributor(const struct session *s, uint32_t collection,
                                  const struct log_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->items[i].flags & ENTRY_NAMED_AUTHOR)
            return entries->items[i].contributor;
    }
    const struct policy_collection *in = policy_collection(s->policy, collection);
    for (size_t i = 0; in && i < entries->count; i++) {
        if (entries->items[i].contributor == in->publisher)
            return in->publisher;
    }
    return entries->count ? entries->items[0].contributor : 0;
}

static bool has_version(const struct log_entry *entries, size_t count, int64_t version_us)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].version_us == version_us)
            return true;
    }
    return false;
}

void page_choose_lineage(const struct session *s, uint32_t collection, struct log_entries *entries)
{
    int64_t contributor = chosen_contributor(s, collection, entries);
    size_t kept = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const struct log_entry e = entries->items[i];
        if (e.contributor == contributor && !has_version(entries->items, kept, e.version_us))
            entries->items[kept++] = e;
    }
    entries->count = kept;
}

static unsigned spec_of(const struct log_entry *e)
{
    return e->flags & ENTRY_SPEC_20 ? VIEW_SPEC_20 : VIEW_SPEC_21;
}

static bool wants_version(const struct page_query *q, int64_t version_us)
{
    for (size_t i = 0; i < q->version_count; i++) {
        if (q->versions_us[i] == version_us)
            return true;
    }
    return false;
}

/* What the filters other than those of version leave. */
static void filter_entries(const struct page_query *q, struct log_entries *entries)
{
    unsigned newest = VIEW_SPEC_20;
    size_t kept = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const struct log_entry e = entries->items[i];
        if (e.number <= q->since || (q->specs && !(q->specs & spec_of(&e))))
            continue;
        newest = spec_of(&e) > newest ? spec_of(&e) : newest;
        entries->items[kept++] = e;
    }
    entries->count = kept;
    if (q->specs)
        return;
    kept = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const struct log_entry e = entries->items[i];
        if (spec_of(&e) == newest || wants_version(q, e.version_us))
            entries->items[kept++] = e;
    }
    entries->count = kept;
}

/* L7: first, last, all and named versions, among what is left. */
static void filter_versions(const struct page_query *q, struct log_entries *entries)
{
    bool is_default = !q->wants_first && !q->wants_all && q->version_count == 0;
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < entries->count; i++) {
        int64_t version = entries->items[i].version_us;
        first = version < first ? version : first;
        last = version > last ? version : last;
    }
    size_t kept = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const struct log_entry e = entries->items[i];
        bool is_wanted = q->wants_all || (q->wants_first && e.version_us == first) ||
                         ((q->wants_last || is_default) && e.version_us == last) ||
                         wants_version(q, e.version_us);
        if (is_wanted)
            entries->items[kept++] = e;
    }
    entries->count = kept;
}

/* An object of which something is asked for. */
struct asked {
    str id;
    const struct log_entry *known; /* one of its entries that was read already; NULL: none */
    struct key_audiences held;     /* under which the reader reads something of it */
};

static err ask(struct paging *p, str id, struct asked *out)
{
    struct key_audiences list;
    size_t kept = 0;
    TRY(object_key_audiences(p->a, p->s->db, log_id_hash(p->s, id), &list));
    for (size_t i = 0; i < list.count; i++) {
        if (held_has(&p->held, list.items[i]))
            list.items[kept++] = list.items[i];
    }
    list.count = kept;
    *out = (struct asked){.id = id, .held = list};
    return NULL;
}

static err read_keys(struct paging *p, const struct asked *asked, struct log_keys *out)
{
    struct key_place at = {.hash = log_id_hash(p->s, asked->id), .collection = p->q->collection};
    for (size_t i = 0; i < asked->held.count; i++) {
        at.audience = asked->held.items[i];
        TRY(object_key_list(p->a, p->s->db, &at, out));
    }
    object_keys_sort(out);
    return NULL;
}

/* What is shown of one object. */
static err settle(struct paging *p, const struct asked *asked, struct log_entries *out)
{
    struct log_keys keys = {0};
    TRY(read_keys(p, asked, &keys));
    if (asked->known && keys.count == 1)
        *LIST_ADD(p->a, out) = *asked->known;
    else
        TRY(log_entries_by(p->a, p->s, &keys, asked->id, out));
    page_choose_lineage(p->s, p->q->collection, out);
    filter_entries(p->q, out);
    filter_versions(p->q, out);
    return NULL;
}

static err settled_object(struct paging *p, const struct asked *asked, struct log_entries **out)
{
    *out = map_get(&p->settled, asked->id);
    if (*out)
        return NULL;
    *out = NEW(p->a, struct log_entries);
    TRY(settle(p, asked, *out));
    map_put(&p->settled, asked->id, *out);
    return NULL;
}

static bool contains_number(const struct log_entries *entries, uint32_t number)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (entries->items[i].number == number)
            return true;
    }
    return false;
}

/* A regular entry: in its audience one lineage, one spec, versions rising with the numbers. */
static bool takes_regular(const struct paging *p, const struct log_entry *e)
{
    if (p->is_plain_last || p->is_plain_all)
        return true;
    bool is_first = p->q->wants_first && e->supersedes <= p->q->since;
    return is_first || wants_version(p->q, e->version_us);
}

/* What the page wants of a body, once. */
static err read_body(struct paging *p, const struct log_entry *e, struct log_body *body)
{
    if (body->id.len)
        return NULL;
    if (p->q->wants_listed)
        return log_body_get_listed(p->a, p->s, e->body, body);
    return p->q->wants_bytes ? log_body_get(p->a, p->s, e->body, body)
                             : log_body_id(p->a, p->s, e->body, &body->id);
}

/* Reads the body on the way. Whether an object stands under others' audiences too costs nothing. */
static err is_shown(struct paging *p, const struct view_hit *hit, const struct log_entry *e,
                    struct log_body *body, bool *out)
{
    bool is_mixed = p->q->wants_last && !p->is_plain_last && !p->is_plain_all;
    struct asked asked;
    TRY(read_body(p, e, body));
    TRY(ask(p, body->id, &asked));
    if (!hit->is_contested && !is_mixed && asked.held.count <= 1) {
        *out = takes_regular(p, e);
        return NULL;
    }
    asked.known = e;
    struct log_entries *settled;
    TRY(settled_object(p, &asked, &settled));
    *out = contains_number(settled, e->number);
    return NULL;
}

/* Adds a row; `*is_full` when the page has all it may hold, and this one did not fit. */
static err add_row(struct paging *p, const struct log_entry *e, struct log_body *body,
                   bool *is_full)
{
    struct page *page = p->page;
    if (page->count == p->q->limit) {
        page->has_more = *is_full = true;
        return NULL;
    }
    TRY(read_body(p, e, body));
    if (p->q->bytes_max && page->count && p->bytes + body->bytes.len > p->q->bytes_max) {
        page->has_more = *is_full = true;
        return NULL;
    }
    p->bytes += body->bytes.len;
    *LIST_ADD(p->a, page) = (struct page_row){.entry = *e, .body = *body};
    page->last_number = e->number;
    return NULL;
}

static err add_hits(struct paging *p, const struct view_hit *hits, size_t count, bool *is_full)
{
    for (size_t i = 0; i < count && !*is_full; i++) {
        struct log_entry entry;
        *is_full = p->q->before && hits[i].number >= p->q->before;
        if (*is_full)
            break;
        TRY(log_entry_get(p->a, p->s, hits[i].number, &entry));
        struct log_body body = {0};
        bool is_wanted;
        TRY(is_shown(p, &hits[i], &entry, &body, &is_wanted));
        if (is_wanted)
            TRY(add_row(p, &entry, &body, is_full));
    }
    return NULL;
}

/* An unknown type is looked for like a known one: time tells nobody what types others use (O1). */
static err type_numbers(struct paging *p, uint32_t **out)
{
    uint32_t *numbers = NEW_ARRAY(p->a, p->q->type_count, uint32_t);
    for (size_t i = 0; i < p->q->type_count; i++) {
        TRY(log_type_number(p->a, p->s, p->q->types[i], &numbers[i]));
        if (numbers[i] == 0)
            numbers[i] = TYPE_UNKNOWN;
    }
    *out = numbers;
    return NULL;
}

static bool clause_fits(const struct page_only *only, const struct gate_clause *clause)
{
    if (only->labels && !(only->labels & 1U << clause->label))
        return false;
    size_t from = 0;
    size_t to = only->contributor_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (only->contributors[middle] < clause->contributor)
            from = middle + 1;
        else
            to = middle;
    }
    return only->contributors == NULL ||
           (from < only->contributor_count && only->contributors[from] == clause->contributor);
}

bool page_fits(const struct session *s, const struct page_only *only, const struct log_entry *e)
{
    return clause_fits(only, &audience_get(s->store->audiences, e->clause)->clauses[0]);
}

/* Of the audiences held, and of no other, those under which something may fit. */
static void narrow(const struct paging *p, struct view_query *view)
{
    uint32_t *kept = NEW_ARRAY(p->a, p->held.count, uint32_t);
    size_t count = 0;
    for (size_t i = 0; i < p->held.count; i++) {
        const struct gate_audience *audience =
            audience_get(p->s->store->audiences, p->held.items[i]);
        bool fits = false;
        for (size_t k = 0; k < audience->count && !fits; k++)
            fits = audience->clauses[k].collection == p->q->collection &&
                   clause_fits(p->q->only, &audience->clauses[k]);
        if (fits)
            kept[count++] = p->held.items[i];
    }
    view->audiences = kept;
    view->audience_count = count;
    view->generation = 0;
}

static err view_of(struct paging *p, struct view_query *out)
{
    const struct page_query *q = p->q;
    uint32_t *types = NULL;
    if (q->type_count)
        TRY(type_numbers(p, &types));
    *out = (struct view_query){
        .collection = q->collection,
        .types = types,
        .type_count = q->type_count,
        .specs = q->specs,
        .is_newest_only = p->is_plain_last,
        .after = q->after > q->since ? q->after : q->since,
        .audiences = p->held.items,
        .audience_count = p->held.count,
        .generation = p->held.generation,
    };
    if (q->only)
        narrow(p, out);
    return NULL;
}

static err page_by_choice(struct paging *p)
{
    const struct page_query *q = p->q;
    struct view_query view;
    struct view_hit hits[HITS_MAX];
    bool is_full = false;
    TRY(view_of(p, &view));
    for (size_t at = 0; at < q->among_count && !is_full;) {
        size_t left = q->among_count - at;
        struct view_choice among = {q->among + at, left < HITS_MAX ? left : HITS_MAX};
        struct view_hits found = {.items = hits, .max = HITS_MAX};
        TRY(views_choose(p->a, p->s->store->views, p->s->db, &view, &among, &found));
        TRY(add_hits(p, hits, found.count, &is_full));
        at += among.count;
    }
    return NULL;
}

static err page_by_view(struct paging *p)
{
    const struct page_query *q = p->q;
    struct view_query view;
    bool is_full = false;
    struct view_hit hits[HITS_MAX];
    TRY(view_of(p, &view));
    while (!is_full) {
        size_t left = q->limit - p->page->count + 1;
        struct view_hits found = {.items = hits, .max = left < HITS_MAX ? left : HITS_MAX};
        TRY(views_walk(p->a, p->s->store->views, p->s->db, &view, &found));
        TRY(add_hits(p, hits, found.count, &is_full));
        if (found.count < found.max)
            break;
        view.after = hits[found.count - 1].number;
    }
    return NULL;
}

static bool is_wanted_type(const struct page_query *q, str id)
{
    for (size_t i = 0; i < q->type_count; i++) {
        if (str_eq(q->types[i], stix_id_type(id)))
            return true;
    }
    return q->type_count == 0;
}

static int number_order(const void *a, const void *b)
{
    const struct log_entry *one = a;
    const struct log_entry *two = b;
    return (one->number > two->number) - (one->number < two->number);
}

static err page_by_ids(struct paging *p)
{
    struct log_entries all = {0};
    for (size_t i = 0; i < p->q->id_count; i++) {
        str id = p->q->ids[i];
        if (!is_wanted_type(p->q, id) || map_get(&p->settled, id))
            continue;
        struct asked asked;
        struct log_entries *settled;
        TRY(ask(p, id, &asked));
        TRY(settled_object(p, &asked, &settled));
        for (size_t k = 0; k < settled->count; k++)
            *LIST_ADD(p->a, &all) = settled->items[k];
    }
    if (all.count)
        qsort(all.items, all.count, sizeof(*all.items), number_order);
    bool is_full = false;
    for (size_t i = 0; i < all.count && !is_full; i++) {
        struct log_body body = {0};
        if (all.items[i].number > p->q->after)
            TRY(add_row(p, &all.items[i], &body, &is_full));
    }
    return NULL;
}

static void paging_init(struct paging *p, const struct reader *r)
{
    const struct page_query *q = p->q;
    map_init(&p->settled, p->a);
    p->held = reader_held(p->s, r);
    p->is_plain_all = q->wants_all;
    p->is_plain_last = !q->wants_all && !q->wants_first && q->version_count == 0;
}

err page_count(struct arena *a, struct session *s, const struct reader *r,
               const struct page_query *q, uint64_t *out)
{
    ASSERT(s->holds_views && q->id_count == 0 && q->among == NULL);
    struct paging p = {.a = a, .s = s, .q = q};
    struct view_query view;
    uint64_t regular;
    uint64_t contested;
    paging_init(&p, r);
    TRY(view_of(&p, &view));
    TRY(views_count(a, s->store->views, s->db, &view, &regular, &contested));
    *out = regular + contested;
    return NULL;
}

err page_read(struct arena *a, struct session *s, const struct reader *r,
              const struct page_query *q, struct page *out)
{
    ASSERT(q->limit > 0 && s->holds_views);
    struct page page = {0};
    struct paging p = {.a = a, .s = s, .q = q, .page = &page};
    paging_init(&p, r);
    if (q->id_count > IDS_MAX)
        return FAIL(a, ERR_INPUT, "at most %d ids can be asked for at once", IDS_MAX);
    if (q->id_count)
        TRY(page_by_ids(&p));
    else if (q->among)
        TRY(page_by_choice(&p));
    else
        TRY(page_by_view(&p));
    *out = page;
    return NULL;
}

err page_shows(struct arena *a, struct session *s, const struct reader *r,
               const struct log_entry *e, const struct page_query *q, bool *out)
{
    struct page_query one = *q;
    struct page page;
    one.collection = e->collection;
    one.limit = 1;
    one.among = &e->number;
    one.among_count = 1;
    TRY(page_read(a, s, r, &one, &page));
    *out = page.count > 0;
    return NULL;
}
