/*
 * Appending a submission (L1 to L4, L9, G6 to G8): duplicates are found among what the submitter
 * may read, everything else becomes an entry in each collection.
 */
#include "store/log.h"

#include "base/clock.h"
#include "base/map.h"
#include "store/about.h"
#include "store/log_await.h"
#include "store/log_outlook.h"
#include "store/log_step.h"

#include <stdlib.h>

#define SUBMISSION_US_MAX INT64_C(30000000)
#define VERSIONS_MAX 10000

struct append {
    struct arena *a;
    struct session *s;
    struct log_submission *sub;
    const struct outlook *outlook;
    struct json_reader reader; /* for stored bytes */
    struct json_reader sent_reader;
    struct map types;                 /* numbers met already, by name */
    struct map met_ids, met_versions; /* the first items of each */
    struct log_step step;
    bool has_awaited;     /* some entry awaits an end */
    struct arena scratch; /* of one item: entries and bytes that it is compared with */
    int64_t until_us;     /* others wait for the writer */
    int64_t stored_bytes;
};

static void append_done(struct append *p)
{
    json_reader_done(&p->reader);
    json_reader_done(&p->sent_reader);
    arena_done(&p->scratch);
}

/* A failure out of the scratch arena, which is gone before anybody reads it. */
static err keep_failure(struct append *p, err e)
{
    return e ? FAIL(p->a, e->code, "%.*s", STR_ARG(error_text(p->a, e))) : NULL;
}

/*
 * The live entries of the item's id that its submitter may read; they last until the next item.
 * `*is_known`: its id stands in the index, be it for others.
 */
static err load_entries(struct append *p, const struct log_item *item, struct log_entries *out,
                        bool *is_known)
{
    const struct log_asking asking = {p->sub->reader, item->object.id, 0};
    arena_reset(&p->scratch);
    return keep_failure(p, log_entries_held(&p->scratch, p->s, &asking, out, is_known));
}

/* All others wait while one submission is written: it may not take for ever. */
static err check_time(const struct append *p)
{
    if (clock_monotonic_us() < p->until_us)
        return NULL;
    return FAIL(p->a, ERR_TOO_LARGE,
                "this submission takes longer than %d seconds, and nothing of it was stored; "
                "send it in smaller parts",
                (int)(SUBMISSION_US_MAX / 1000000));
}

static int64_t next_added(struct append *p)
{
    p->s->last_added = log_step_next(&p->step, p->s->last_added, p->s->now_us);
    return p->s->last_added;
}

static uint32_t next_number(struct append *p)
{
    ASSERT(p->s->last_number < UINT32_MAX - 1);
    p->s->is_changed = true;
    return (uint32_t)++p->s->last_number;
}

static void refuse(struct log_item *item, str why)
{
    item->outcome = LOG_REFUSED;
    item->message = why;
}

/* The number of a type name, interned. */
static err type_number(struct append *p, str name, uint32_t *out)
{
    *out = (uint32_t)(uintptr_t)map_get(&p->types, name);
    if (*out)
        return NULL;
    TRY(log_type_number(p->a, p->s, name, out));
    if (*out == 0) {
        TRY(db_run(p->a, p->s->db,
                   "INSERT INTO type_name (n, name) "
                   "SELECT coalesce(max(n), 0) + 1, ?1 FROM type_name",
                   DB_ARGS(db_text(name))));
        TRY(log_type_number(p->a, p->s, name, out));
    }
    map_put(&p->types, name, (void *)(uintptr_t)*out);
    return NULL;
}

/* What is the same object, version and JSON, and what merely the same version. */
struct likeness {
    const struct log_entry *same; /* earliest with equal JSON */
    bool is_other;                /* same version, other JSON */
    size_t count;                 /* of all entries that may be compared */
};

static err equals_stored(struct arena *a, struct append *p, const struct log_item *item,
                         const struct log_entry *e, bool *out)
{
    struct log_body body;
    TRY(log_body_get(a, p->s, e->body, &body));
    *out = str_eq(body.bytes, item->object.bytes);
    if (*out)
        return NULL;
    json stored, sent;
    TRY(json_read(a, &p->reader, body.bytes, NULL, &stored));
    TRY(json_read(a, &p->sent_reader, item->object.bytes, NULL, &sent));
    *out = json_equal(stored, sent);
    return NULL;
}

/* L2: only the contributor's own entries, and only those that the submitter may read. */
static err find_likeness(struct append *p, const struct log_item *item,
                         const struct log_entries *entries, struct likeness *out)
{
    *out = (struct likeness){0};
    bool has_version = item->object.has_created || item->object.has_modified;
    for (size_t i = 0; i < entries->count; i++) {
        const struct log_entry *e = &entries->items[i];
        if (e->contributor != p->sub->contributor ||
            !reader_may_read(p->s, p->sub->reader, e->audience))
            continue;
        out->count++;
        if (has_version && e->version_us != item->object.version_us)
            continue;
        bool is_equal = false;
        TRY(keep_failure(p, equals_stored(&p->scratch, p, item, e, &is_equal)));
        if (is_equal && out->same == NULL)
            out->same = e;
        out->is_other |= !is_equal && has_version;
    }
    return NULL;
}

/* The same bytes in this very collection, under the audience they would get today (G5). */
static bool is_there(const struct append *p, const struct log_entries *entries,
                     const struct log_entry *same, uint32_t collection, bool lacks_definition)
{
    for (size_t i = 0; same && i < entries->count; i++) {
        const struct log_entry *e = &entries->items[i];
        if (e->collection != collection || e->body != same->body ||
            e->contributor != p->sub->contributor ||
            !reader_may_read(p->s, p->sub->reader, e->audience))
            continue;
        if (!(e->flags & ENTRY_LACKS_DEFINITION) || lacks_definition)
            return true;
    }
    return false;
}

struct placing {
    struct log_item *item;
    const struct log_entries *entries; /* live ones of the id that the submitter may read */
    struct log_entries beside;         /* live ones of the id in this collection and audience */
    struct outlook_answer answer;
    uint32_t collection;
    uint32_t type;
    uint32_t number;
    uint32_t body;
    int64_t added_us;
    unsigned flags;
    bool is_first; /* no entry of this item has been placed yet */
};

static unsigned flags_of(const struct append *p, const struct placing *at)
{
    const struct stix_object *o = &at->item->object;
    const struct policy_org *org = policy_org(p->s->policy, p->sub->contributor);
    unsigned flags = at->item->version_digits << ENTRY_DIGITS_SHIFT;
    if (str_eq(o->spec, LIT("2.0")))
        flags |= ENTRY_SPEC_20;
    if (o->has_created || o->has_modified)
        flags |= ENTRY_OWN_VERSION;
    if (at->answer.is_explicit)
        flags |= ENTRY_IS_EXPLICIT;
    if (at->answer.lacks_definition)
        flags |= ENTRY_LACKS_DEFINITION;
    if (o->is_pointing)
        flags |= ENTRY_IS_POINTING;
    if (at->answer.is_exercise)
        flags |= ENTRY_IS_EXERCISE;
    if (org && str_eq(o->created_by_ref, org->id))
        flags |= ENTRY_NAMED_AUTHOR;
    return flags;
}

/*
 * What the new entry is beside: whoever reads it reads these too, and nobody else does. Mostly the
 * submitter is among them.
 */
static err find_beside(struct append *p, struct placing *at)
{
    struct log_entries all = {0};
    const struct log_place place = {at->item->object.id, at->answer.audience, at->collection};
    at->beside = (struct log_entries){0};
    if (at->item->is_new)
        return NULL;
    if (!reader_may_read(p->s, p->sub->reader, place.audience))
        TRY(keep_failure(p, log_entries_under(&p->scratch, p->s, &place, &all)));
    else
        all = *at->entries;
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].collection == place.collection && all.items[i].audience == place.audience)
            *LIST_ADD(&p->scratch, &at->beside) = all.items[i];
    }
    return NULL;
}

/* It follows on the newest of one regular lineage, or it makes all that it is beside contested. */
static bool follows(const struct placing *at, const struct log_entry **newest)
{
    *newest = NULL;
    for (size_t i = 0; i < at->beside.count; i++) {
        const struct log_entry *e = &at->beside.items[i];
        if (*newest && e->version_us <= (*newest)->version_us)
            return false;
        *newest = e;
    }
    return true;
}

static bool is_regular(const struct append *p, const struct placing *at,
                       const struct log_entry *newest)
{
    for (size_t i = 0; i < at->beside.count; i++) {
        const struct log_entry *e = &at->beside.items[i];
        if (e->contributor != p->sub->contributor || ((e->flags ^ at->flags) & ENTRY_SPEC_20))
            return false;
    }
    return newest == NULL || newest->version_us < at->item->version_us;
}

static err contest(struct append *p, const struct placing *at)
{
    static const char *const PUT = "INSERT OR IGNORE INTO contest (by_number, n) VALUES (?1, ?2)";
    size_t first = 0; /* one that contests has made all before it contested, and itself */
    for (size_t i = 0; i < at->beside.count; i++) {
        if (at->beside.items[i].flags & ENTRY_CONTESTS)
            first = i + 1;
    }
    for (size_t i = first; i < at->beside.count; i++)
        TRY(db_run(p->a, p->s->db, PUT,
                   DB_ARGS(db_int(at->number), db_int(at->beside.items[i].number))));
    return db_run(p->a, p->s->db, PUT, DB_ARGS(db_int(at->number), db_int(at->number)));
}

static err insert_body(struct append *p, const struct placing *at)
{
    const struct stix_object *o = &at->item->object;
    p->stored_bytes += (int64_t)o->bytes.len;
    return db_run(p->a, p->s->db,
                  "INSERT INTO body (n, id, warnings, bytes) VALUES (?1, ?2, ?3, ?4)",
                  DB_ARGS(db_int(at->body), db_text(o->id), db_text_or_null(at->item->warnings),
                          db_blob(o->bytes)));
}

static err insert_entry(struct append *p, const struct placing *at, unsigned flags,
                        uint32_t supersedes)
{
    return db_run(
        p->a, p->s->db,
        "INSERT INTO entry (n, added, collection, audience, clause, contributor, actor, type, "
        "version, flags, supersedes, body) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        DB_ARGS(db_int(at->number), db_int(at->added_us), db_int(at->collection),
                db_int(at->answer.audience), db_int(at->answer.clause), db_int(p->sub->contributor),
                db_int(p->sub->reader->gate.actor), db_int(at->type), db_int(at->item->version_us),
                db_int(flags), supersedes ? db_int(supersedes) : db_null(), db_int(at->body)));
}

static err insert_key(struct append *p, struct placing *at)
{
    const struct log_key key = {at->number, at->collection, at->answer.audience};
    int64_t hash = log_id_hash(p->s, at->item->object.id);
    bool is_first = at->item->is_new && at->is_first;
    at->is_first = false;
    return object_key_add(p->a, p->s->db, hash, &key, is_first);
}

static struct log_arrival arrival_of(const struct append *p, const struct placing *at)
{
    return (struct log_arrival){.id = at->item->object.id,
                                .contributor = p->sub->contributor,
                                .number = at->number,
                                .audience = at->answer.audience,
                                .is_exercise = (at->flags & ENTRY_IS_EXERCISE) != 0};
}

/* What it awaits, and what awaited it (G6). */
static err settle_awaited(struct append *p, const struct placing *at)
{
    const struct log_arrival arrival = arrival_of(p, at);
    struct log_waiting waiting = {0};
    p->has_awaited |= at->answer.awaited_count > 0;
    if (!p->has_awaited)
        return NULL;
    TRY(log_await_ends(p->a, p->s, &arrival, &at->answer));
    TRY(log_await_list(p->a, p->s, &arrival, &waiting));
    for (size_t i = 0; i < waiting.count; i++) {
        TRY(check_time(p));
        TRY(log_await_over(p->a, p->s, &arrival, waiting.items[i]));
    }
    return NULL;
}

static err place(struct append *p, struct placing *at)
{
    at->flags = flags_of(p, at);
    const struct log_entry *newest;
    TRY(find_beside(p, at));
    bool is_contested = !follows(at, &newest) || !is_regular(p, at, newest);
    unsigned flags = at->flags | (is_contested ? ENTRY_CONTESTS : 0);
    uint32_t supersedes = newest && !is_contested ? newest->number : 0;
    TRY(insert_entry(p, at, flags, supersedes));
    TRY(insert_key(p, at));
    const struct about_source source = {at->collection, at->type, at->number, at->answer.audience};
    TRY(about_put(p->a, p->s, &source, &at->item->object));
    if (is_contested)
        TRY(contest(p, at));
    return settle_awaited(p, at);
}

static void set_version(struct append *p, struct log_item *item, const struct log_entry *same)
{
    unsigned digits = 6;
    if (item->object.has_created || item->object.has_modified) {
        item->version_us = item->object.version_us;
        clock_read(item->object.version_text, NULL, &digits);
    } else if (same) {
        item->version_us = same->version_us;
    } else {
        item->version_us = p->s->last_added;
    }
    item->version_digits = digits > 6 ? 6 : digits;
}

/* One object into all collections; `*entries` are the live ones of its id, as far as readable. */
static err place_all(struct append *p, struct log_item *item, size_t index,
                     const struct log_entries *entries, const struct log_entry *same)
{
    struct placing at = {
        .item = item, .entries = entries, .body = same ? same->body : 0, .is_first = true};
    TRY(type_number(p, item->object.type, &at.type));
    item->outcome = LOG_DUPLICATE;
    if (same)
        set_version(p, item, same);
    for (size_t k = 0; k < p->sub->collection_count; k++) {
        at.collection = p->sub->collections[k];
        at.answer = outlook_answer(p->outlook, index, k);
        if (is_there(p, entries, same, at.collection, at.answer.lacks_definition))
            continue;
        at.added_us = next_added(p);
        at.number = next_number(p);
        if (item->outcome != LOG_ADDED && same == NULL)
            set_version(p, item, NULL);
        if (at.body == 0) {
            at.body = at.number;
            TRY(insert_body(p, &at));
        }
        item->outcome = LOG_ADDED;
        TRY(place(p, &at));
    }
    return NULL;
}

static str other_version_text(struct append *p, const struct log_item *item)
{
    return arena_print(p->a,
                       "version %.*s of %.*s is already here with other content; raise "
                       "`modified` to change it",
                       STR_ARG(item->object.version_text), STR_ARG(item->object.id));
}

/* RED is opened by naming people or tokens; organizations alone do not (G1). */
static bool names_anyone(const struct append *p, const struct gate_clause *clause)
{
    struct gate_names names = audience_names(p->s->store->audiences);
    for (size_t i = 0; i < clause->named_count; i++) {
        const struct gate_named *n = &names.items[clause->named[i]];
        if (clause->named[i] == GATE_NAMED_NOBODY || n->person_count + n->token_count == 0)
            return false;
    }
    return true;
}

static void look_at_red(const struct append *p, struct log_item *item,
                        const struct outlook_answer *answer)
{
    const struct gate_clause *clause =
        &audience_get(p->s->store->audiences, answer->clause)->clauses[0];
    if (clause->label != TLP_RED || item->outcome == LOG_REFUSED)
        return;
    if (clause->author == 0)
        refuse(item, LIT("TLP:RED needs an author, since only the author and the people named read "
                         "it; name one (--author E-MAIL), or post it with a token"));
    else if (!names_anyone(p, clause))
        item->message =
            LIT("this is TLP:RED and its named audience names no person or token: "
                "organizations, sectors and roles do not open RED, so only you read it");
}

/* It stays what it was sent as, so that whoever reads it over TAXII is not told (B25). */
static void look_at_exercise(struct log_item *item, const struct outlook_answer *answer)
{
    if (answer->is_exercise && !answer->is_exercise_marked && item->message.len == 0)
        item->message = LIT("this points at something of an exercise, and so belongs to it; mark "
                            "it with " MARKING_EXERCISE " too");
}

static err append_item(struct append *p, struct log_item *item, size_t index)
{
    struct outlook_answer answer = outlook_answer(p->outlook, index, 0);
    if (answer.refusal.len)
        refuse(item, answer.refusal);
    look_at_exercise(item, &answer);
    for (size_t k = 0; k < p->sub->collection_count; k++) {
        answer = outlook_answer(p->outlook, index, k);
        look_at_red(p, item, &answer);
    }
    if (item->outcome == LOG_REFUSED)
        return NULL;
    struct log_entries entries = {0};
    bool is_known = false;
    if (!item->is_new)
        TRY(load_entries(p, item, &entries, &is_known));
    item->is_new = !is_known;
    struct likeness like;
    TRY(find_likeness(p, item, &entries, &like));
    if (like.same == NULL && like.is_other) {
        refuse(item, other_version_text(p, item));
        return NULL;
    }
    if (like.same == NULL && like.count >= VERSIONS_MAX) {
        refuse(item, LIT("so many versions of this object are here that no more are taken; "
                         "withdraw the old ones"));
        return NULL;
    }
    return place_all(p, item, index, &entries, like.same);
}

/* The same version twice in one submission, with different JSON. */
static err differs_from_earlier(struct append *p, struct log_item *item, bool *out)
{
    const str version = {(const char *)&item->object.version_us, sizeof(item->object.version_us)};
    str key = arena_join(p->a, item->object.id, version, (str){0});
    const struct log_item *first = map_put_new(&p->met_versions, key, item);
    *out = false;
    if (first == item || str_eq(first->object.bytes, item->object.bytes))
        return NULL;
    json one, two;
    TRY(json_read(p->a, &p->reader, first->object.bytes, NULL, &one));
    TRY(json_read(p->a, &p->sent_reader, item->object.bytes, NULL, &two));
    *out = !json_equal(one, two);
    return NULL;
}

/* What L2 will refuse is no end of anything, so it must be known before audiences are. */
static err check_version(struct append *p, struct log_item *item)
{
    bool is_first = map_put_new(&p->met_ids, item->object.id, item) == item;
    if (!item->object.has_created && !item->object.has_modified)
        return NULL;
    struct log_entries entries = {0};
    bool is_known;
    TRY(load_entries(p, item, &entries, &is_known));
    struct likeness like;
    TRY(find_likeness(p, item, &entries, &like));
    item->is_new = is_first && !is_known;
    bool is_refused = like.same == NULL && like.is_other;
    if (!is_refused)
        TRY(differs_from_earlier(p, item, &is_refused));
    if (is_refused)
        refuse(item, other_version_text(p, item));
    return NULL;
}

/* Without an outlook of the caller's, one over the items themselves. */
static err make_outlook(struct append *p)
{
    struct outlook *o;
    map_init(&p->met_ids, p->a);
    map_init(&p->met_versions, p->a);
    TRY(outlook_open(p->a, p->s, p->sub, &o));
    for (size_t i = 0; i < p->sub->item_count; i++) {
        struct log_item *item = &p->sub->items[i];
        TRY(check_time(p));
        if (item->outcome != LOG_REFUSED)
            TRY(check_version(p, item));
        if (item->outcome != LOG_REFUSED)
            TRY(outlook_add(p->a, o, &item->object, &item->outlook_index));
    }
    TRY(outlook_settle(p->a, p->s, o));
    p->outlook = o;
    return NULL;
}

static err check_quota(struct append *p)
{
    uint64_t max = store_config(p->s->store)->stored_bytes_max;
    int64_t stored;
    if (p->stored_bytes == 0) /* what is there already needs no room */
        return NULL;
    TRY(db_query_int(p->a, p->s->db, "SELECT stored_bytes FROM org WHERE n = ?1",
                     DB_ARGS(db_int(p->sub->contributor)), 0, &stored));
    if ((uint64_t)(stored + p->stored_bytes) > max)
        return FAIL(p->a, ERR_NO_SPACE,
                    "your organization has stored %lld MB of the %llu MB it may keep here; "
                    "withdraw what is no longer needed or ask the steward",
                    (long long)(stored >> 20), (unsigned long long)(max >> 20));
    return db_run(p->a, p->s->db, "UPDATE org SET stored_bytes = stored_bytes + ?1 WHERE n = ?2",
                  DB_ARGS(db_int(p->stored_bytes), db_int(p->sub->contributor)));
}

err log_append(struct arena *a, struct session *s, struct log_submission *sub)
{
    ASSERT(s->is_write && sub->collection_count > 0);
    OWNED(append_done) struct append p = {.a = a, .s = s, .sub = sub, .outlook = sub->outlook};
    p.until_us = clock_monotonic_us() + SUBMISSION_US_MAX;
    map_init(&p.types, a);
    TRY(log_await_any(a, s, &p.has_awaited));
    if (p.outlook == NULL)
        TRY(make_outlook(&p));
    for (size_t i = 0; i < sub->item_count; i++) {
        struct log_item *item = &sub->items[i];
        TRY(check_time(&p));
        if (item->outcome != LOG_REFUSED)
            TRY(append_item(&p, item, item->outlook_index));
    }
    return check_quota(&p);
}
