/*
 * Keys by which a request may be repeated.
 */
#include "store/idempotency.h"

void idempotency_key(const struct store_keys *keys, const struct idempotency_request *r,
                     struct idempotency_key *out)
{
    const str parts[] = {LIT("idempotency"),
                         {(const char *)&r->org, sizeof(r->org)},
                         {(const char *)&r->person, sizeof(r->person)},
                         r->method,
                         r->path,
                         r->key};
    secret_digest_parts(keys->token, parts, sizeof(parts) / sizeof(parts[0]), out->key);
    secret_digest(keys->token, r->body, out->request);
}

static str bytes_of(const unsigned char digest[SECRET_DIGEST_BYTES])
{
    return (str){(const char *)digest, SECRET_DIGEST_BYTES};
}

err idempotency_get(struct arena *a, struct session *s, const struct idempotency_key *k,
                    bool *is_known, str *result)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db,
                 "SELECT request, result FROM idempotency WHERE key = ?1 AND created > ?2",
                 DB_ARGS(db_blob(bytes_of(k->key)), db_int(s->now_us - IDEMPOTENCY_KEPT_US)), &q));
    TRY(db_next(a, &q, &has_row));
    if (has_row && !str_eq(db_get_blob(&q, 0), bytes_of(k->request)))
        return FAIL(a, ERR_INVALID,
                    "This Idempotency-Key was used for another request; take a new key for a new "
                    "request");
    *is_known = has_row;
    *result = has_row ? arena_copy(a, db_get_text(&q, 1)) : (str){0};
    return NULL;
}

err idempotency_put(struct arena *a, struct session *s, const struct idempotency_key *k, str result)
{
    TRY(db_run(a, s->db, "DELETE FROM idempotency WHERE created <= ?1",
               DB_ARGS(db_int(s->now_us - IDEMPOTENCY_KEPT_US))));
    return db_run(a, s->db,
                  "INSERT INTO idempotency (key, created, request, result) VALUES (?1, ?2, ?3, ?4)",
                  DB_ARGS(db_blob(bytes_of(k->key)), db_int(s->now_us),
                          db_blob(bytes_of(k->request)), db_text(result)));
}
