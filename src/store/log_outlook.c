/*
 * The outlook over a submission (G3, G5 to G7, L10).
 *
 * Objects that carry the same markings share one "combination", so that markings are resolved once
 * each, after everything was added (a definition may stand anywhere in the submission). Audiences
 * of pointing objects are then worked out together, round by round, until nothing more is carried.
 */
#include "store/log_outlook.h"

#include "base/clock.h"
#include "base/map.h"
#include "store/log_await.h"
#include "store/log_marking.h"

#include <stdlib.h>

#define ROUNDS_MAX 64
#define INHERITED_MAX 256 /* objects that are awaited, through what an object points at */
#define CLAUSES_NEW_MAX ((size_t)200000)
#define CARRYING_US_MAX INT64_C(60000000)
#define NOT_POINTING UINT32_MAX

struct combination {
    struct marking_list list;
    struct marking_sum sum;
    uint32_t *clauses; /* per collection: interned */
};

struct looked_at {
    int64_t hash;
    int64_t version_us;
    uint32_t combination;
    uint32_t next;  /* of the same bucket; UINT32_MAX ends it */
    uint32_t extra; /* index into extras, or NOT_POINTING */
    bool is_own_author;
};

/* One end or content that lies in the log already, or in the submission (`index`). */
struct link {
    uint32_t index;    /* UINT32_MAX: in the log */
    uint32_t audience; /* in the log */
    uint32_t clause;
    unsigned flags; /* ENTRY_* */
    uint32_t number;
};

/* What only pointing objects and containers need. */
struct extra {
    struct stix_strs ids; /* ends or contents, copied */
    bool is_container;
    bool is_exercise; /* since an end is */
    str refusal;
    uint32_t *audiences; /* per collection */
    struct {
        struct link *items;
        size_t count;
        size_t capacity;
    } * links; /* per collection */
    struct {
        int64_t *items;
        size_t count;
        size_t capacity;
    } awaited;
    struct {
        uint32_t *items;
        size_t count;
        size_t capacity;
    } carried;
    size_t stored_awaits; /* objects that the carried entries of the log await, at least */
};

struct outlook {
    struct arena *a;
    const struct session *opened_in;
    struct log_submission sub; /* without items */
    str contributor_id;
    unsigned char hash_key[SECRET_HASH_KEY_BYTES];
    struct {
        struct looked_at *items;
        size_t count;
        size_t capacity;
    } all;
    uint32_t *buckets;
    size_t bucket_count;
    LIST_OF(struct combination) combinations;
    struct map combination_by_text; /* index + 1 */
    LIST_OF(struct extra) extras;
    struct marking_book book; /* definitions of this submission */
    size_t audience_count;    /* audiences looked at by check_limits */
    size_t clause_count;      /* in those that this submission added */
    int64_t until_us;         /* for carrying */
    bool is_settled;
};

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

static void inherit_awaited(struct outlook *o, struct extra *x, int64_t hash, bool *has_grown)
{
    for (size_t i = 0; i < x->awaited.count; i++) {
        if (x->awaited.items[i] == hash)
            return;
    }
    *LIST_ADD(o->a, &x->awaited) = hash;
    *has_grown = true;
}

static void inherit_carried(struct outlook *o, struct extra *x, uint32_t number, bool *has_grown)
{
    for (size_t i = 0; i < x->carried.count; i++) {
        if (x->carried.items[i] == number)
            return;
    }
    *LIST_ADD(o->a, &x->carried) = number;
    *has_grown = true;
}

static void refuse_awaiting(struct outlook *o, struct extra *x)
{
    x->refusal = arena_print(o->a,
                             "what this object points at awaits more than %d objects that are "
                             "not here yet; send those first",
                             INHERITED_MAX);
}

/* What a pointing end of the submission still awaits, whatever points at it awaits too. */
static void inherit(struct outlook *o, struct extra *x, const struct extra *from, bool *has_grown)
{
    if (x == from || x->refusal.len)
        return;
    for (size_t i = 0; i < from->awaited.count; i++)
        inherit_awaited(o, x, from->awaited.items[i], has_grown);
    size_t carried = x->carried.count;
    for (size_t i = 0; i < from->carried.count; i++)
        inherit_carried(o, x, from->carried.items[i], has_grown);
    if (x->carried.count > carried)
        x->stored_awaits += from->stored_awaits;
    if (x->awaited.count + x->carried.count > INHERITED_MAX &&
        from->awaited.count + from->carried.count > 0)
        refuse_awaiting(o, x);
    if (x->stored_awaits > INHERITED_MAX)
        refuse_awaiting(o, x);
}

/* What points at something of an exercise belongs to the exercise (B25). */
static void inherit_exercise(struct extra *x, bool is_exercise, bool *has_grown)
{
    *has_grown |= is_exercise && !x->is_exercise;
    x->is_exercise |= is_exercise;
}

/* The audience of one end in a collection; what that end still awaits is inherited. */
static uint32_t end_audience(struct outlook *o, struct extra *x, const struct link *link, size_t k,
                             bool *has_grown)
{
    inherit_exercise(x, link->flags & ENTRY_IS_EXERCISE, has_grown);
    if (link->index == UINT32_MAX)
        return link->audience;
    const struct looked_at *end = &o->all.items[link->index];
    const struct combination *marked = &o->combinations.items[end->combination];
    const struct extra *its = end->extra == NOT_POINTING ? NULL : &o->extras.items[end->extra];
    inherit_exercise(x, marked->sum.is_exercise || (its && its->is_exercise), has_grown);
    if (its == NULL || its->is_container)
        return marked->clauses[k];
    inherit(o, x, its, has_grown);
    return its->audiences[k];
}

struct numbers {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

static int number_order(const void *a, const void *b)
{
    const uint32_t *one = a;
    const uint32_t *two = b;
    return (*one > *two) - (*one < *two);
}

/* The union of audiences, made in one step: those in between would stay for good. */
static err unite(struct arena *a, struct session *s, struct numbers *from, uint32_t *out)
{
    qsort(from->items, from->count, sizeof(*from->items), number_order);
    struct {
        struct gate_clause *items;
        size_t count;
        size_t capacity;
    } clauses = {0};
    for (size_t i = 0; i < from->count; i++) {
        if (i > 0 && from->items[i] == from->items[i - 1])
            continue;
        const struct gate_audience *one = audience_get(s->store->audiences, from->items[i]);
        for (size_t k = 0; k < one->count; k++)
            *LIST_ADD(a, &clauses) = one->clauses[k];
    }
    const struct gate_audience united = {clauses.items, clauses.count};
    return audience_intern(a, s->store->audiences, s->db, &united, out);
}

/* Others wait meanwhile, and what is added to the audiences stays: both have limits. */
static err check_limits(struct arena *a, const struct session *s, struct outlook *o)
{
    if (clock_monotonic_us() > o->until_us)
        return FAIL(a, ERR_TOO_LARGE,
                    "these objects point at each other in ways that take too long to follow; send "
                    "fewer at once");
    size_t count;
    size_t named_count;
    audience_table_counts(s->store->audiences, &count, &named_count);
    for (; o->audience_count < count; o->audience_count++)
        o->clause_count +=
            audience_get(s->store->audiences, (uint32_t)o->audience_count + 1)->count;
    if (o->clause_count > CLAUSES_NEW_MAX)
        return FAIL(a, ERR_TOO_LARGE,
                    "what the objects of this submission point at is shared with too many "
                    "different audiences; send fewer at once");
    return NULL;
}

/* Adds the audiences of all ends of one pointing object to its own. */
static err carry_into(struct arena *a, struct session *s, struct outlook *o, struct extra *x,
                      bool *has_grown)
{
    for (size_t k = 0; k < o->sub.collection_count; k++) {
        struct numbers from = {0};
        *LIST_ADD(a, &from) = x->audiences[k];
        for (size_t l = 0; l < x->links[k].count; l++) {
            uint32_t audience = end_audience(o, x, &x->links[k].items[l], k, has_grown);
            if (audience != from.items[from.count - 1])
                *LIST_ADD(a, &from) = audience;
        }
        if (from.count == 1)
            continue;
        uint32_t united;
        TRY(unite(a, s, &from, &united));
        *has_grown |= united != x->audiences[k];
        x->audiences[k] = united;
        TRY(check_limits(a, s, o));
    }
    return NULL;
}

/*
 * One more round: true if anything grew. Rounds go back and forth, since objects mostly stand in
 * the order, or against the order, in which they point at each other.
 */
static err carry(struct arena *a, struct session *s, struct outlook *o, bool is_backwards,
                 bool *has_grown)
{
    *has_grown = false;
    for (size_t i = 0; i < o->extras.count; i++) {
        struct extra *x = &o->extras.items[is_backwards ? o->extras.count - 1 - i : i];
        if (!x->is_container)
            TRY(carry_into(a, s, o, x, has_grown));
    }
    return NULL;
}

/* Ends that are pointing entries of the log: what those still await, this one awaits too. */
static err note_carried(struct arena *a, struct session *s, struct outlook *o, struct extra *x)
{
    for (size_t k = 0; k < o->sub.collection_count; k++) {
        for (size_t l = 0; l < x->links[k].count && x->refusal.len == 0; l++) {
            const struct link *link = &x->links[k].items[l];
            if (link->index != UINT32_MAX || !(link->flags & ENTRY_IS_POINTING))
                continue;
            size_t awaits;
            TRY(log_await_count(a, s, link->number, INHERITED_MAX + 1, &awaits));
            if (awaits == 0)
                continue;
            *LIST_ADD(o->a, &x->carried) = link->number;
            x->stored_awaits += awaits;
            if (x->stored_awaits > INHERITED_MAX)
                refuse_awaiting(o, x);
        }
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
            TRY(note_carried(a, s, o, x));
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
    size_t named_count;
    audience_table_counts(s->store->audiences, &o->audience_count, &named_count);
    o->until_us = clock_monotonic_us() + CARRYING_US_MAX;
    bool has_grown = o->extras.count > 0;
    for (unsigned round = 0; has_grown; round++) {
        if (round == ROUNDS_MAX)
            return FAIL(a, ERR_INVALID, "objects point at each other in more than %d steps",
                        ROUNDS_MAX);
        TRY(carry(a, s, o, round % 2 == 1, &has_grown));
    }
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
