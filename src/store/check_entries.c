/*
 * The walk over all entries. A fault of one entry is one sentence; the walk goes on.
 */
#include "store/check.h"

#include "base/map.h"
#include "stix/object.h"
#include "store/log_row.h"

#include <inttypes.h>

#define PROGRESS_ENTRIES 4096

static const char SQL_ENTRIES[] = "SELECT " LOG_ROW_COLUMNS ", b.n, b.id, b.bytes "
                                  "FROM entry e LEFT JOIN body b ON b.n = e.body ORDER BY e.n";
static const char SQL_KEY[] =
    "SELECT collection, audience FROM object_key WHERE hash = ?1 AND n = ?2 AND audience > 0";
static const char SQL_ID[] = "SELECT id FROM body WHERE n = ?1";
static const char SQL_TYPES[] = "SELECT n, name FROM type_name ORDER BY n";
static const char SQL_ACTOR[] = "SELECT 1 FROM actor WHERE n = ?1";

struct walk {
    struct arena *a;
    struct arena scratch; /* of one entry */
    struct session *s;
    const struct check_to *to;
    struct json_reader reader;
    const str *types; /* by number */
    size_t type_count;
    struct log_entry entry;
    str id;    /* of the body; borrowed from the row */
    str bytes; /* likewise */
    bool has_body;
    int64_t last_number;
    int64_t last_added;
};

static void walk_done(struct walk *w)
{
    json_reader_done(&w->reader);
    arena_done(&w->scratch);
}

static __attribute__((format(printf, 2, 3))) void fault(struct walk *w, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str what = arena_vprint(&w->scratch, format, args);
    va_end(args);
    str words = arena_print(&w->scratch, "entry %u: %.*s", w->entry.number, STR_ARG(what));
    w->to->on_fault(w->to->context, "entries", words);
}

static void read_row(struct walk *w, const struct db_query *q)
{
    log_row_read(q, &w->entry);
    w->has_body = !db_is_null(q, LOG_ROW_COLUMN_COUNT);
    w->id = db_get_text(q, LOG_ROW_COLUMN_COUNT + 1);
    w->bytes = db_get_blob(q, LOG_ROW_COLUMN_COUNT + 2);
}

/* L1: dense numbers, rising times. */
static void check_position(struct walk *w)
{
    const struct log_entry *e = &w->entry;
    if (e->number != w->last_number + 1)
        fault(w, "the number before it is %" PRId64 ", so that entries are missing",
              w->last_number);
    if (e->added_us <= w->last_added)
        fault(w, "its time is not later than that of the entry before it");
    w->last_number = e->number;
    w->last_added = e->added_us;
}

static err check_owner(struct walk *w)
{
    const struct log_entry *e = &w->entry;
    if (policy_collection(w->s->policy, e->collection) == NULL)
        fault(w, "its collection %u does not exist", e->collection);
    if (policy_org(w->s->policy, e->contributor) == NULL)
        fault(w, "its contributor %" PRId64 " does not exist", e->contributor);
    int64_t is_there = 1;
    if (e->actor)
        TRY(db_query_int(w->a, w->s->db, SQL_ACTOR, DB_ARGS(db_int(e->actor)), 0, &is_there));
    if (!is_there)
        fault(w, "its author %" PRId64 " does not exist", e->actor);
    return NULL;
}

static void check_tombstone(struct walk *w)
{
    const struct log_entry *e = &w->entry;
    if (e->audience || e->clause || e->body || e->supersedes)
        fault(w, "it is a tombstone and yet has an audience, bytes, or something it supersedes");
    if (e->flags & ENTRY_WITHDRAWN)
        fault(w, "it is a tombstone and yet withdrawn");
}

static bool has_clause(const struct gate_audience *audience, const struct gate_clause *clause)
{
    for (size_t i = 0; i < audience->count; i++) {
        if (gate_clause_cmp(&audience->clauses[i], clause) == 0)
            return true;
    }
    return false;
}

/* Its own clause says where it is and whose; its audience holds that clause (G1, G6). */
static void check_audience(struct walk *w)
{
    const struct log_entry *e = &w->entry;
    struct audience_table *table = w->s->store->audiences;
    size_t count = w->s->audience_count;
    if (e->audience == 0 || e->audience > count || e->clause == 0 || e->clause > count) {
        fault(w, "its audience is not there");
        return;
    }
    const struct gate_audience *own = audience_get(table, e->clause);
    if (own->count != 1) {
        fault(w, "its own clause is not one clause");
        return;
    }
    const struct gate_clause *clause = &own->clauses[0];
    if (clause->collection != e->collection || clause->contributor != e->contributor)
        fault(w, "its clause speaks of another collection or contributor");
    if (clause->author != (clause->label == TLP_RED ? e->actor : 0))
        fault(w, "its clause names another author");
    if (!has_clause(audience_get(table, e->audience), clause))
        fault(w, "its audience is wider than its own clause");
}

static void check_object(struct walk *w, const struct stix_object *object)
{
    const struct log_entry *e = &w->entry;
    if (!str_eq(object->id, w->id))
        fault(w, "its bytes are those of %.*s, and it is kept as %.*s", STR_ARG(object->id),
              STR_ARG(w->id));
    if (e->type >= w->type_count || !str_eq(w->types[e->type], object->type))
        fault(w, "its type is not that of its bytes, %.*s", STR_ARG(object->type));
    bool has_version = object->has_created || object->has_modified;
    if (has_version != ((e->flags & ENTRY_OWN_VERSION) != 0) ||
        (has_version && object->version_us != e->version_us))
        fault(w, "its version is not that of its bytes");
    if (str_eq(object->spec, LIT("2.0")) != ((e->flags & ENTRY_SPEC_20) != 0))
        fault(w, "its version of STIX is not that of its bytes");
}

/* Bytes are read where they were first stored; other entries refer to that one. */
static err check_bytes(struct walk *w, struct check_totals *totals)
{
    const struct log_entry *e = &w->entry;
    if (!w->has_body) {
        fault(w, "its bytes are missing");
        return NULL;
    }
    if (w->bytes.len == 0 && !(e->flags & ENTRY_WITHDRAWN))
        fault(w, "its bytes are gone, though it was not withdrawn");
    if (e->body != e->number) {
        struct log_entry first;
        err absent = log_entry_get(&w->scratch, w->s, e->body, &first);
        if (absent)
            fault(w, "its bytes belong to an entry that is not there");
        else if (first.contributor != e->contributor || first.version_us != e->version_us ||
                 first.number > e->number)
            fault(w, "its bytes belong to another version or contributor");
        return NULL;
    }
    totals->bodies++;
    totals->purged += w->bytes.len == 0;
    if (w->bytes.len == 0)
        return NULL;
    json value;
    struct stix_object object;
    err failure = json_read(&w->scratch, &w->reader, w->bytes, NULL, &value);
    failure = failure ? failure : stix_object_read(&w->scratch, value, &object);
    if (failure)
        fault(w, "its bytes are no STIX object: %.*s", STR_ARG(error_text(&w->scratch, failure)));
    else
        check_object(w, &object);
    return NULL;
}

static err check_key(struct walk *w)
{
    const struct log_entry *e = &w->entry;
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(w->a, w->s->db, SQL_KEY,
                 DB_ARGS(db_int(log_id_hash(w->s, w->id)), db_int(e->number)), &q));
    bool has_row;
    TRY(db_next(w->a, &q, &has_row));
    if (!has_row)
        fault(w, "it is not found by the id of its object (tocsin rebuild mends this)");
    else if (db_get_int(&q, 0) != e->collection || db_get_int(&q, 1) != e->audience)
        fault(w, "the key of its object names another collection or audience (tocsin rebuild "
                 "mends this)");
    return NULL;
}

static err check_supersedes(struct walk *w)
{
    const struct log_entry *e = &w->entry;
    if (e->supersedes == 0)
        return NULL;
    struct log_entry before;
    err absent = log_entry_get(&w->scratch, w->s, e->supersedes, &before);
    if (absent || e->supersedes >= e->number || before.flags & ENTRY_TOMBSTONE) {
        fault(w, "it supersedes entry %u, which is no earlier object", e->supersedes);
        return NULL;
    }
    if (before.collection != e->collection || before.contributor != e->contributor ||
        before.version_us >= e->version_us)
        fault(w, "it supersedes entry %u, which is no earlier version of its lineage",
              e->supersedes);
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(w->a, w->s->db, SQL_ID, DB_ARGS(db_int(before.body)), &q));
    bool has_row;
    TRY(db_next(w->a, &q, &has_row));
    if (has_row && !str_eq(db_get_text(&q, 0), w->id))
        fault(w, "it supersedes entry %u, which is another object", e->supersedes);
    return NULL;
}

static err check_entry(struct walk *w, struct check_totals *totals)
{
    totals->entries++;
    check_position(w);
    TRY(check_owner(w));
    if (w->entry.flags & ENTRY_TOMBSTONE) {
        check_tombstone(w);
        return NULL;
    }
    check_audience(w);
    TRY(check_bytes(w, totals));
    if (!w->has_body)
        return NULL;
    TRY(check_key(w));
    return check_supersedes(w);
}

static err load_types(struct walk *w)
{
    struct {
        str *items;
        size_t count;
        size_t capacity;
    } types = {0};
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(w->a, w->s->db, SQL_TYPES, DB_NO_ARGS, &q));
    DB_ROWS(w->a, &q) {
        int64_t n = db_get_int(&q, 0);
        if (n < 0 || n > UINT16_MAX)
            return FAIL(w->a, ERR_CORRUPT, "table type_name holds the number %" PRId64, n);
        while (types.count <= (size_t)n)
            *LIST_ADD(w->a, &types) = (str){0};
        types.items[n] = arena_copy(w->a, db_get_text(&q, 1));
    }
    w->types = types.items;
    w->type_count = types.count;
    return NULL;
}

err check_entries(struct arena *a, struct session *s, const struct check_to *to,
                  struct check_totals *out)
{
    OWNED(walk_done) struct walk w = {.a = a, .s = s, .to = to, .last_added = INT64_MIN};
    TRY(load_types(&w));
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, SQL_ENTRIES, DB_NO_ARGS, &q));
    DB_ROWS(a, &q) {
        read_row(&w, &q);
        TRY(check_entry(&w, out));
        arena_reset(&w.scratch);
        if (out->entries % PROGRESS_ENTRIES == 0)
            TRY(to->on_progress(a, to->context, out->entries, (uint64_t)s->last_number));
    }
    return to->on_progress(a, to->context, out->entries, (uint64_t)s->last_number);
}
