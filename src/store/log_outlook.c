/*
 * The outlook over a submission (G3, G5 to G7, L10): gathering what it says of each object, and,
 * after everything was added (a definition may stand anywhere in it), settling that.
 */
#include "store/log_outlook_parts.h"

err outlook_open(struct arena *a, struct session *s, const struct log_submission *sub,
                 struct outlook **out)
{
    struct outlook *o = NEW(a, struct outlook);
    o->a = a;
    o->sub = *sub;
    o->sub.items = NULL;
    o->sub.item_count = 0;
    memcpy(o->hash_key, s->store->keys.id_hash, sizeof(o->hash_key));
    const struct policy_org *contributor = policy_org(s->policy, sub->contributor);
    ASSERT(contributor != NULL);
    o->contributor_id = arena_copy(a, contributor->id);
    map_init(&o->combination_by_text, a);
    marking_book_init(&o->book, a, &o->sub);
    *out = o;
    return NULL;
}

static void rehash(struct outlook *o, size_t bucket_count)
{
    o->buckets = arena_take(o->a, bucket_count * sizeof(*o->buckets));
    memset(o->buckets, 0xff, bucket_count * sizeof(*o->buckets));
    o->bucket_count = bucket_count;
    for (size_t i = 0; i < o->all.count; i++) {
        size_t bucket = (uint64_t)o->all.items[i].hash & (bucket_count - 1);
        o->all.items[i].next = o->buckets[bucket];
        o->buckets[bucket] = (uint32_t)i;
    }
}

static void copy_ids(struct arena *a, const struct stix_strs *from, str also, str **out,
                     size_t *count)
{
    str *ids = NEW_ARRAY(a, from->count + 1, str);
    for (size_t i = 0; i < from->count; i++)
        ids[i] = arena_copy(a, from->items[i]);
    if (also.len)
        ids[from->count] = arena_copy(a, also);
    *out = ids;
    *count = from->count + (also.len > 0);
}

static void put_ids(struct buf *text, const struct stix_strs *ids)
{
    for (size_t i = 0; i < ids->count; i++) {
        buf_put_u64(text, ids->items[i].len);
        buf_put_char(text, ':');
        buf_put(text, ids->items[i]);
    }
    buf_put_char(text, '|');
}

/* A definition of a named audience is for those it admits (G5): `named` is its own id. */
static uint32_t combination_of(struct outlook *o, const struct stix_object *object, str named)
{
    struct arena *a = o->a;
    OWNED(buf_done) struct buf text;
    buf_init(&text, (size_t)1 << 20);
    put_ids(&text, &object->markings);
    put_ids(&text, &object->granular);
    buf_put(&text, named);
    uintptr_t known = (uintptr_t)map_get(&o->combination_by_text, buf_str(&text));
    if (known)
        return (uint32_t)(known - 1);
    struct marking_list *list = &LIST_ADD(a, &o->combinations)->list;
    copy_ids(a, &object->markings, named, &list->ids, &list->count);
    copy_ids(a, &object->granular, (str){0}, &list->granular, &list->granular_count);
    map_put(&o->combination_by_text, arena_copy(a, buf_str(&text)),
            (void *)(uintptr_t)o->combinations.count);
    return (uint32_t)(o->combinations.count - 1);
}

static uint32_t add_extra(struct outlook *o, const struct stix_object *object, str refusal)
{
    if (!object->is_pointing && !object->is_container && refusal.len == 0)
        return NOT_POINTING;
    struct extra *x = LIST_ADD(o->a, &o->extras);
    const struct stix_strs *from = object->is_pointing ? &object->ends : &object->contents;
    x->is_container = !object->is_pointing;
    x->refusal = arena_copy(o->a, refusal);
    for (size_t i = 0; i < from->count; i++)
        *LIST_ADD(o->a, &x->ids) = arena_copy(o->a, from->items[i]);
    return (uint32_t)(o->extras.count - 1);
}

err outlook_add(struct arena *a, struct outlook *o, const struct stix_object *object, size_t *index)
{
    ASSERT(!o->is_settled && o->all.count < UINT32_MAX - 1);
    bool is_named = false;
    str refusal = {0};
    if (str_eq(object->type, LIT("marking-definition"))) {
        err e = marking_book_add(a, &o->book, object, &is_named);
        if (e && e->code != ERR_INVALID)
            return e;
        refusal = e ? error_text(a, e) : refusal;
    }
    if (o->all.count >= o->bucket_count)
        rehash(o, o->bucket_count ? o->bucket_count * 2 : 64);
    size_t at = o->all.count;
    struct looked_at *item = LIST_ADD(o->a, &o->all);
    item->hash = (int64_t)secret_short_hash(o->hash_key, object->id);
    item->version_us = object->version_us;
    item->combination = combination_of(o, object, is_named ? object->id : (str){0});
    item->extra = add_extra(o, object, refusal);
    item->is_own_author = str_eq(object->created_by_ref, o->contributor_id);
    size_t bucket = (uint64_t)item->hash & (o->bucket_count - 1);
    item->next = o->buckets[bucket];
    o->buckets[bucket] = (uint32_t)at;
    *index = at;
    return NULL;
}

/* The clause of a combination in each collection. */
static err settle_combination(struct arena *a, struct session *s, struct outlook *o,
                              struct combination *c)
{
    TRY(marking_sum_up(a, s, &o->book, &c->list, &c->sum));
    c->clauses = NEW_ARRAY(o->a, o->sub.collection_count, uint32_t);
    for (size_t k = 0; k < o->sub.collection_count; k++) {
        const struct policy_collection *in = policy_collection(s->policy, o->sub.collections[k]);
        ASSERT(in != NULL);
        const enum tlp label = marking_label(&c->sum, &o->sub, in->default_tlp);
        const struct gate_clause clause = {
            .collection = in->n,
            .label = label,
            .contributor = o->sub.contributor,
            .author = label == TLP_RED ? o->sub.reader->gate.actor : 0,
            .named = c->sum.named,
            .named_count = c->sum.named_count,
        };
        const struct gate_audience alone = {&clause, 1};
        TRY(audience_intern(a, s->store->audiences, s->db, &alone, &c->clauses[k]));
    }
    return NULL;
}

static const struct looked_at *newest_of(const struct outlook *o, int64_t hash)
{
    const struct looked_at *newest = NULL;
    uint32_t at = o->bucket_count ? o->buckets[(uint64_t)hash & (o->bucket_count - 1)] : UINT32_MAX;
    while (at != UINT32_MAX) {
        const struct looked_at *item = &o->all.items[at];
        bool is_refused = item->extra != NOT_POINTING && o->extras.items[item->extra].refusal.len;
        if (item->hash == hash && !is_refused &&
            (newest == NULL || item->version_us > newest->version_us))
            newest = item;
        at = item->next;
    }
    return newest;
}

static void add_stored_link(struct outlook *o, struct extra *x, size_t k,
                            const struct log_entry *entry)
{
    *LIST_ADD(o->a, &x->links[k]) = (struct link){
        .index = UINT32_MAX,
        .audience = entry->audience,
        .clause = entry->clause,
        .flags = entry->flags,
        .number = entry->number,
    };
}

/*
 * Between the submission's own object and what the log holds of the same id: the same collection
 * first, then L6's lineage, then the newest version.
 */
static bool own_wins(const struct outlook *o, const struct session *s, const struct looked_at *own,
                     const struct log_entry *stored, uint32_t collection)
{
    if (stored->collection != collection)
        return true;
    if (stored->contributor == o->sub.contributor)
        return own->version_us >= stored->version_us;
    if (stored->flags & ENTRY_NAMED_AUTHOR)
        return false;
    if (own->is_own_author)
        return true;
    const struct policy_collection *in = policy_collection(s->policy, collection);
    if (in && in->publisher == stored->contributor)
        return false;
    return in && in->publisher == o->sub.contributor;
}

static err settle_link(struct arena *a, struct session *s, struct outlook *o, struct extra *x,
                       str id)
{
    int64_t hash = (int64_t)secret_short_hash(o->hash_key, id);
    const struct looked_at *own = newest_of(o, hash);
    bool is_found = own != NULL;
    for (size_t k = 0; k < o->sub.collection_count; k++) {
        struct log_entries stored = {0};
        TRY(log_find_end(a, s, o->sub.reader, id, o->sub.collections[k], &stored));
        is_found |= stored.count > 0;
        if (own &&
            (stored.count == 0 || own_wins(o, s, own, &stored.items[0], o->sub.collections[k])))
            *LIST_ADD(o->a, &x->links[k]) = (struct link){.index = (uint32_t)(own - o->all.items)};
        else if (stored.count)
            add_stored_link(o, x, k, &stored.items[0]);
    }
    if (!is_found && !x->is_container)
        *LIST_ADD(o->a, &x->awaited) = hash;
    return NULL;
}

/* The clause of one content in a collection; true if it is marked, not left to the default. */
static bool content_clause(const struct outlook *o, const struct link *link, size_t k,
                           uint32_t *clause)
{
    if (link->index == UINT32_MAX) {
        *clause = link->clause;
        return link->flags & ENTRY_IS_EXPLICIT;
    }
    const struct combination *c = &o->combinations.items[o->all.items[link->index].combination];
    *clause = c->clauses[k];
    return c->sum.is_explicit;
}

/* Refuses a container that the content just linked is marked more strictly than (G7). */
static void check_content(const struct session *s, const struct outlook *o, struct extra *x,
                          const struct combination *c, str id)
{
    for (size_t k = 0; k < o->sub.collection_count && x->refusal.len == 0; k++) {
        uint32_t content;
        if (x->links[k].count == 0 ||
            !content_clause(o, &x->links[k].items[x->links[k].count - 1], k, &content))
            continue;
        const struct gate_audience *outer = audience_get(s->store->audiences, c->clauses[k]);
        const struct gate_audience *inner = audience_get(s->store->audiences, content);
        if (!gate_may_contain(&outer->clauses[0], &inner->clauses[0]))
            x->refusal =
                arena_print(o->a,
                            "it contains %.*s, which is marked more strictly (%.*s) or for a named "
                            "audience; mark this object at least as strictly, or take that one out",
                            STR_ARG(id), STR_ARG(tlp_name(inner->clauses[0].label)));
    }
}

static err settle_links(struct arena *a, struct session *s, struct outlook *o, struct extra *x,
                        const struct combination *c)
{
    x->links = arena_array(o->a, o->sub.collection_count, sizeof(*x->links));
    x->audiences = NEW_ARRAY(o->a, o->sub.collection_count, uint32_t);
    memcpy(x->audiences, c->clauses, o->sub.collection_count * sizeof(*x->audiences));
    for (size_t i = 0; i < x->ids.count; i++) {
        TRY(settle_link(a, s, o, x, x->ids.items[i]));
        if (x->is_container)
            check_content(s, o, x, c, x->ids.items[i]);
    }
    return NULL;
}

/* Containers first: one that is refused is no end of anything. */
static err settle_extras(struct arena *a, struct session *s, struct outlook *o, bool are_containers)
{
    for (size_t i = 0; i < o->all.count; i++) {
        const struct looked_at *item = &o->all.items[i];
        struct extra *x = item->extra == NOT_POINTING ? NULL : &o->extras.items[item->extra];
        if (x == NULL || x->is_container != are_containers)
            continue;
        TRY(settle_links(a, s, o, x, &o->combinations.items[item->combination]));
        if (!x->is_container)
            TRY(outlook_note_carried(a, s, o, x));
    }
    return NULL;
}

err outlook_settle(struct arena *a, struct session *s, struct outlook *o)
{
    ASSERT(s->is_write);
    for (size_t i = 0; i < o->combinations.count; i++)
        TRY(settle_combination(a, s, o, &o->combinations.items[i]));
    TRY(settle_extras(a, s, o, true));
    TRY(settle_extras(a, s, o, false));
    TRY(outlook_carry(a, s, o));
    o->is_settled = true;
    return NULL;
}

struct outlook_answer outlook_answer(const struct outlook *o, size_t index, size_t collection)
{
    ASSERT(o->is_settled && index < o->all.count && collection < o->sub.collection_count);
    const struct looked_at *item = &o->all.items[index];
    const struct combination *c = &o->combinations.items[item->combination];
    const struct extra *x = item->extra == NOT_POINTING ? NULL : &o->extras.items[item->extra];
    struct outlook_answer answer = {
        .clause = c->clauses[collection],
        .audience = x && !x->is_container ? x->audiences[collection] : c->clauses[collection],
        .is_explicit = c->sum.is_explicit,
        .lacks_definition = c->sum.lacks_definition,
        .is_exercise = c->sum.is_exercise || (x && x->is_exercise),
        .is_exercise_marked = c->sum.is_exercise,
        .refusal = x ? x->refusal : (str){0},
    };
    if (x) {
        answer.awaited = x->awaited.items;
        answer.awaited_count = x->awaited.count;
        answer.carried_entries = x->carried.items;
        answer.carried_count = x->carried.count;
    }
    return answer;
}
