/*
 * Ends that are not there yet.
 */
#include "store/log_await.h"

err log_await_any(struct arena *a, struct session *s, bool *out)
{
    int64_t any;
    TRY(db_query_int(a, s->db, "SELECT 1 FROM awaited_end LIMIT 1", DB_NO_ARGS, 0, &any));
    *out = any != 0;
    return NULL;
}

err log_await_count(struct arena *a, struct session *s, uint32_t number, size_t max, size_t *out)
{
    int64_t count;
    TRY(db_query_int(a, s->db,
                     "SELECT count(*) FROM (SELECT 1 FROM awaited_end WHERE n = ?1 LIMIT ?2)",
                     DB_ARGS(db_int(number), db_int((int64_t)max)), 0, &count));
    *out = (size_t)count;
    return NULL;
}

/* What one entry still awaits, the other awaits too: carried audiences carry theirs. */
static err await_likewise(struct arena *a, struct session *s, uint32_t from, uint32_t to)
{
    return db_run(a, s->db,
                  "INSERT OR IGNORE INTO awaited_end (hash, contributor, n) "
                  "SELECT hash, contributor, ?2 FROM awaited_end WHERE n = ?1",
                  DB_ARGS(db_int(from), db_int(to)));
}

err log_await_ends(struct arena *a, struct session *s, const struct log_arrival *e,
                   const struct outlook_answer *answer)
{
    for (size_t i = 0; i < answer->awaited_count; i++)
        TRY(db_run(a, s->db,
                   "INSERT OR IGNORE INTO awaited_end (hash, contributor, n) VALUES (?1, ?2, ?3)",
                   DB_ARGS(db_int(answer->awaited[i]), db_int(e->contributor), db_int(e->number))));
    for (size_t i = 0; i < answer->carried_count; i++)
        TRY(await_likewise(a, s, answer->carried_entries[i], e->number));
    return NULL;
}

err log_await_list(struct arena *a, struct session *s, const struct log_arrival *end,
                   struct log_waiting *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT n FROM awaited_end WHERE hash = ?1 AND contributor = ?2",
                 DB_ARGS(db_int(log_id_hash(s, end->id)), db_int(end->contributor)), &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = (uint32_t)db_get_int(&q, 0);
    return NULL;
}

static err narrow(struct arena *a, struct session *s, const struct log_entry *entry,
                  uint32_t audience)
{
    str id;
    TRY(log_body_id(a, s, entry->body, &id));
    const struct view_narrowing narrowing = {
        .number = entry->number, .audience = audience, .object_hash = log_id_hash(s, id)};
    return views_narrow(a, s->db, &narrowing);
}

/* An audience of too many clauses must not fail who brought the end: its author alone reads it. */
static err unite_late(struct arena *a, struct session *s, const struct log_entry *entry,
                      uint32_t end, uint32_t *out)
{
    struct audience_table *t = s->store->audiences;
    err e = audience_intern_union(a, t, s->db, entry->audience, end, out);
    if (e == NULL || e->code != ERR_INVALID)
        return e;
    const struct gate_clause alone = {.collection = entry->collection,
                                      .label = TLP_RED,
                                      .contributor = entry->contributor,
                                      .author = entry->actor};
    return audience_intern(a, t, s->db, &(struct gate_audience){&alone, 1}, out);
}

err log_await_over(struct arena *a, struct session *s, const struct log_arrival *end,
                   uint32_t waiting)
{
    struct log_entry entry;
    struct reader author;
    TRY(log_entry_get(a, s, waiting, &entry));
    TRY(reader_of_actor(a, s, entry.actor, entry.contributor, &author));
    if (!author.gate.is_active) /* suspended or gone since: their organization asks for them */
        TRY(reader_of_actor(a, s, 0, entry.contributor, &author));
    if (!reader_may_read(s, &author, end->audience))
        return NULL;
    uint32_t united;
    TRY(unite_late(a, s, &entry, end->audience, &united));
    if (united != entry.audience)
        TRY(narrow(a, s, &entry, united));
    TRY(await_likewise(a, s, end->number, entry.number));
    if (end->is_exercise)
        TRY(db_run(a, s->db, "UPDATE entry SET flags = flags | ?2 WHERE n = ?1",
                   DB_ARGS(db_int(entry.number), db_int(ENTRY_IS_EXERCISE))));
    return db_run(
        a, s->db, "DELETE FROM awaited_end WHERE hash = ?1 AND contributor = ?2 AND n = ?3",
        DB_ARGS(db_int(log_id_hash(s, end->id)), db_int(end->contributor), db_int(entry.number)));
}
