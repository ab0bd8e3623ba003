/*
 * Checks of whole tables against each other. Most are one query that gives the rows that must not
 * be: a row in a table.
 */
#include "store/check.h"

#include "base/num.h"
#include "store/bitmap.h"

#include <inttypes.h>
#include <stdlib.h>

#define FAULTS_PER_RULE_MAX 100
#define PROGRESS_ROWS 65536
#define RECEIPT_KIND_MAX RECEIPT_OPENED

/* In SQL below. */
#define TOMBSTONE "2"
#define CONTESTS "4"
#define WITHDRAWN "8"
_Static_assert(ENTRY_TOMBSTONE == 2 && ENTRY_CONTESTS == 4 && ENTRY_WITHDRAWN == 8,
               "the queries below name these flags by number");

/* `sql` gives two numbers for each row that must not be; they go where `words` has {}. */
struct rule {
    const char *part;
    const char *words;
    const char *sql;
};

static const struct rule RULES[] = {
    {"state", "the log ends with entry {}, and the state row says {}",
     "SELECT m, last_number FROM state, (SELECT coalesce(max(n), 0) AS m FROM entry) AS newest "
     "WHERE last_number <> m"},
    {"state", "the newest entry is of {}, later than the {} of the state row",
     "SELECT e.added, s.last_added FROM state s JOIN entry e ON e.n = s.last_number "
     "WHERE e.added > s.last_added"},
    {"withdrawals", "entry {} is withdrawn by entry {}, which is no tombstone",
     "SELECT w.n, w.tombstone FROM withdrawal w LEFT JOIN entry t ON t.n = w.tombstone "
     "WHERE t.n IS NULL OR (t.flags & " TOMBSTONE ") = 0"},
    {"withdrawals",
     "entry {} is withdrawn by tombstone {}"
     " and not marked so (tocsin rebuild mends this)",
     "SELECT w.n, w.tombstone FROM withdrawal w LEFT JOIN entry e ON e.n = w.n "
     "WHERE e.n IS NULL OR (e.flags & " WITHDRAWN ") = 0"},
    {"withdrawals",
     "entry {} is withdrawn by tombstone {}"
     " of another collection or contributor, or an earlier one",
     "SELECT w.n, w.tombstone FROM withdrawal w JOIN entry e ON e.n = w.n "
     "JOIN entry t ON t.n = w.tombstone WHERE e.collection <> t.collection "
     "OR e.contributor <> t.contributor OR e.n >= t.n"},
    {"withdrawals",
     "entry {} is marked as withdrawn, and no tombstone says so (tocsin rebuild mends "
     "this; flags {})",
     "SELECT n, flags FROM entry WHERE (flags & " WITHDRAWN ") <> 0 "
     "AND n NOT IN (SELECT n FROM withdrawal)"},
    {"withdrawals", "tombstone {} withdraws nothing (flags {})",
     "SELECT n, flags FROM entry WHERE (flags & " TOMBSTONE ") <> 0 "
     "AND n NOT IN (SELECT tombstone FROM withdrawal)"},
    {"contests", "entry {} is contested by entry {}, which contests nothing",
     "SELECT c.n, c.by_number FROM contest c LEFT JOIN entry b ON b.n = c.by_number "
     "WHERE b.n IS NULL OR (b.flags & " CONTESTS ") = 0"},
    {"contests", "entry {} is contested by entry {} of another collection, or an earlier one",
     "SELECT c.n, c.by_number FROM contest c JOIN entry b ON b.n = c.by_number "
     "LEFT JOIN entry e ON e.n = c.n WHERE e.n IS NULL OR e.collection <> b.collection "
     "OR c.n > c.by_number"},
    {"contests", "entry {} is contested by entry {}, which is another object",
     "SELECT c.n, c.by_number FROM contest c JOIN entry e ON e.n = c.n "
     "JOIN entry b ON b.n = c.by_number JOIN body eb ON eb.n = e.body "
     "JOIN body bb ON bb.n = b.body WHERE eb.id <> bb.id"},
    {"contests", "entry {} contests others but not itself (flags {})",
     "SELECT e.n, e.flags FROM entry e WHERE (e.flags & " CONTESTS ") <> 0 "
     "AND (e.flags & " TOMBSTONE ") = 0 AND NOT EXISTS "
     "(SELECT 1 FROM contest c WHERE c.by_number = e.n AND c.n = e.n)"},
    {"awaited ends", "entry {} awaits an end and is withdrawn or not there (contributor {})",
     "SELECT w.n, w.contributor FROM awaited_end w LEFT JOIN entry e ON e.n = w.n "
     "WHERE e.n IS NULL OR (e.flags & " WITHDRAWN ") <> 0"},
    {"keys",
     "an object is said to have entry {} in collection {}"
     ", which is no object there (tocsin rebuild mends this)",
     "SELECT k.n, k.collection FROM object_key k LEFT JOIN entry e ON e.n = k.n "
     "WHERE k.audience > 0 AND (e.n IS NULL OR (e.flags & " TOMBSTONE ") <> 0)"},
    {"keys", "{} keys of objects stand for {} entries (tocsin rebuild mends this)",
     "SELECT * FROM (SELECT (SELECT count(*) FROM object_key WHERE audience > 0) AS k, "
     "(SELECT count(*) FROM entry WHERE (flags & " TOMBSTONE
     ") = 0) AS e) AS counted WHERE k <> e"},
    {"bytes", "the bytes of entry {} ({} of them) have no entry",
     "SELECT b.n, length(b.bytes) FROM body b LEFT JOIN entry e ON e.n = b.n WHERE e.n IS NULL"},
};

static __attribute__((format(printf, 4, 5))) void fault(struct arena *a, const struct check_to *to,
                                                        const char *part, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str words = arena_vprint(a, format, args);
    va_end(args);
    to->on_fault(to->context, part, words);
}

/* The rule's words with the row's numbers in them. */
static str rule_words(struct arena *a, const struct rule *rule, const struct db_query *q)
{
    str words = {0};
    str rest = str_of(rule->words);
    for (unsigned column = 0; column < 2; column++) {
        size_t at = str_find(rest, LIT("{}"));
        str number = arena_print(a, "%" PRId64, db_get_int(q, column));
        words = arena_join(a, words, str_part(rest, 0, at), number);
        rest = str_skip(rest, at + 2);
    }
    return arena_join(a, words, rest, (str){0});
}

static err check_rule(struct arena *a, struct session *s, const struct check_to *to,
                      const struct rule *rule)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, rule->sql, DB_NO_ARGS, &q));
    for (size_t i = 0; i < FAULTS_PER_RULE_MAX; i++) {
        bool has_row;
        TRY(db_next(a, &q, &has_row));
        if (!has_row)
            return NULL;
        to->on_fault(to->context, rule->part, rule_words(a, rule, &q));
    }
    return NULL;
}

err check_references(struct arena *a, struct session *s, const struct check_to *to)
{
    for (size_t i = 0; i < COUNT_OF(RULES); i++) {
        TRY(check_rule(a, s, to, &RULES[i]));
        TRY(to->on_progress(a, to->context, i + 1, COUNT_OF(RULES)));
    }
    return NULL;
}

/* ---- objects with several entries */

struct withdrawn {
    uint32_t number;
    uint32_t tombstone; /* the first that names it */
};

struct objects {
    struct arena *a;
    struct arena scratch; /* of one object */
    struct session *s;
    const struct check_to *to;
    struct {
        struct withdrawn *items;
        size_t count;
        size_t capacity;
    } withdrawn; /* ascending by number */
    struct log_keys group;
};

static void objects_done(struct objects *o)
{
    arena_done(&o->scratch);
}

static err load_withdrawn(struct objects *o)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(o->a, o->s->db, "SELECT n, min(tombstone) FROM withdrawal GROUP BY n ORDER BY n",
                 DB_NO_ARGS, &q));
    DB_ROWS(o->a, &q)
        *LIST_ADD(o->a, &o->withdrawn) =
            (struct withdrawn){(uint32_t)db_get_int(&q, 0), (uint32_t)db_get_int(&q, 1)};
    return NULL;
}

static int by_number(const void *x, const void *y)
{
    uint32_t first = ((const struct withdrawn *)x)->number;
    uint32_t second = ((const struct withdrawn *)y)->number;
    return (first > second) - (first < second);
}

/* Whether an entry was still there when entry `later` was appended. */
static bool is_live_before(const struct objects *o, uint32_t number, uint32_t later)
{
    const struct withdrawn key = {.number = number};
    const struct withdrawn *found =
        o->withdrawn.count
            ? bsearch(&key, o->withdrawn.items, o->withdrawn.count, sizeof(key), by_number)
            : NULL;
    return found == NULL || found->tombstone > later;
}

/* The second of two entries of one object, collection and audience, the first of which is live. */
static err check_pair(struct objects *o, uint32_t first, uint32_t second, bool *is_good)
{
    struct log_entry e;
    struct log_entry before;
    if (log_entry_get(&o->scratch, o->s, second, &e) ||
        log_entry_get(&o->scratch, o->s, first, &before)) {
        *is_good = true; /* reported elsewhere */
        return NULL;
    }
    str id;
    str other;
    *is_good = true;
    if (log_body_id(&o->scratch, o->s, e.body, &id) ||
        log_body_id(&o->scratch, o->s, before.body, &other) || !str_eq(id, other))
        return NULL;
    *is_good = e.flags & ENTRY_CONTESTS || e.supersedes != 0;
    return NULL;
}

static err check_group(struct objects *o)
{
    const struct log_key *keys = o->group.items;
    for (size_t i = 1; i < o->group.count; i++) {
        bool is_good = true;
        for (size_t k = i; is_good && k-- > 0;) {
            if (keys[k].collection == keys[i].collection &&
                is_live_before(o, keys[k].number, keys[i].number)) {
                TRY(check_pair(o, keys[k].number, keys[i].number, &is_good));
                break;
            }
        }
        if (!is_good)
            fault(&o->scratch, o->to, "objects",
                  "entry %u has earlier ones of its object beside it, and neither supersedes nor "
                  "contests any",
                  keys[i].number);
    }
    o->group = (struct log_keys){0};
    arena_reset(&o->scratch);
    return NULL;
}

static err check_heads(struct objects *o)
{
    struct key_hashes wrong = {0};
    TRY(object_key_wrong_heads(o->a, o->s->db, &wrong));
    for (size_t i = 0; i < wrong.count && i < FAULTS_PER_RULE_MAX; i++)
        fault(&o->scratch, o->to, "keys",
              "the index does not say under which audiences the object of the key %" PRId64
              " stands (tocsin rebuild mends this)",
              wrong.items[i]);
    return NULL;
}

err check_objects(struct arena *a, struct session *s, const struct check_to *to)
{
    OWNED(objects_done) struct objects o = {.a = a, .s = s, .to = to};
    TRY(load_withdrawn(&o));
    OWNED(db_query_done) struct db_query q = {0};
    TRY(check_heads(&o));
    TRY(db_query(a, s->db,
                 "SELECT hash, n, collection, audience FROM object_key WHERE audience > 0 "
                 "ORDER BY hash, audience, n",
                 DB_NO_ARGS, &q));
    int64_t hash = 0;
    int64_t audience = 0;
    for (uint64_t rows = 1;; rows++) {
        bool has_row;
        TRY(db_next(a, &q, &has_row));
        if (!has_row || db_get_int(&q, 0) != hash || db_get_int(&q, 3) != audience)
            TRY(check_group(&o));
        if (!has_row)
            return NULL;
        hash = db_get_int(&q, 0);
        audience = db_get_int(&q, 3);
        *LIST_ADD(&o.scratch, &o.group) = (struct log_key){
            .number = (uint32_t)db_get_int(&q, 1), .collection = (uint32_t)db_get_int(&q, 2)};
        if (rows % PROGRESS_ROWS == 0)
            TRY(to->on_progress(a, to->context, rows, (uint64_t)s->last_number));
    }
}

/* ---- what is stored as text or bytes */

/* Texts were read when the session began; here, what they speak of must be there. */
static void check_audience(struct arena *a, struct session *s, const struct check_to *to,
                           uint32_t n)
{
    const struct gate_audience *audience = audience_get(s->store->audiences, n);
    if (audience->count == 0)
        fault(a, to, "audiences", "audience %u holds no clause: everyone would hold it", n);
    for (size_t i = 0; i < audience->count; i++) {
        const struct gate_clause *c = &audience->clauses[i];
        if (policy_collection(s->policy, c->collection) == NULL)
            fault(a, to, "audiences", "audience %u speaks of a collection that is not there", n);
        if (policy_org(s->policy, c->contributor) == NULL)
            fault(a, to, "audiences", "audience %u speaks of a contributor who is not there", n);
        if (c->named_count && c->named[c->named_count - 1] > s->named_count)
            fault(a, to, "audiences", "audience %u speaks of a named audience that is not there",
                  n);
    }
}

static void check_receipt(struct arena *a, const struct session *s, const struct check_to *to,
                          const struct db_query *q)
{
    int64_t actor = db_get_int(q, 0);
    int64_t collection = db_get_int(q, 1);
    int64_t chunk = db_get_int(q, 3);
    OWNED(bitmap_close_owned) struct bitmap *set = NULL;
    err failure = bitmap_read(a, db_get_blob(q, 4), &set);
    if (failure) {
        fault(a, to, "receipts",
              "those of actor %" PRId64 " in collection %" PRId64 ", chunk %" PRId64
              " are not readable: %.*s",
              actor, collection, chunk, STR_ARG(error_text(a, failure)));
        return;
    }
    int64_t past = s->last_number + 1 - chunk * BITMAP_VALUES;
    if (db_get_int(q, 2) > RECEIPT_KIND_MAX || chunk < 0 ||
        (past < BITMAP_VALUES && bitmap_count_from(set, past > 0 ? (uint32_t)past : 0)))
        fault(a, to, "receipts",
              "actor %" PRId64 " is said to have got entries of collection %" PRId64
              " that are not there (chunk %" PRId64 ")",
              actor, collection, chunk);
}

static err check_receipts(struct arena *a, struct session *s, const struct check_to *to)
{
    struct arena scratch = {0};
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT actor, collection, kind, chunk, bitmap FROM receipt", DB_NO_ARGS,
                 &q));
    DB_ROWS(a, &q) {
        check_receipt(&scratch, s, to, &q);
        arena_done(&scratch);
    }
    return NULL;
}

err check_stored(struct arena *a, struct session *s, const struct check_to *to)
{
    struct arena scratch = {0};
    for (size_t n = 1; n <= s->audience_count; n++) {
        check_audience(&scratch, s, to, (uint32_t)n);
        arena_done(&scratch);
    }
    return check_receipts(a, s, to);
}
