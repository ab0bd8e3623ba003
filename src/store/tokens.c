/*
 * Tokens and certificates.
 */
#include "store/tokens.h"

#include "base/utf8.h"
#include "base/uuid.h"

str tokens_new_secret(struct arena *a)
{
    unsigned char bytes[32];
    secret_random(bytes, sizeof(bytes));
    str text = secret_base64url(a, (str){(char *)bytes, sizeof(bytes)});
    secret_wipe(bytes, sizeof(bytes));
    return arena_join(a, LIT(TOKENS_SECRET_PREFIX), text, (str){0});
}

void tokens_digest(const struct store_keys *keys, str secret,
                   unsigned char out[SECRET_DIGEST_BYTES])
{
    secret_digest(keys->token, secret, out);
}

bool tokens_read_fingerprint(str text, unsigned char out[HASH_SHA256_BYTES])
{
    char hex[2 * HASH_SHA256_BYTES];
    size_t count = 0;
    size_t label = str_find_char(text, '=');
    if (label < text.len)
        text = str_skip(text, label + 1);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ':')
            continue;
        if (count == sizeof(hex) || char_hex(text.at[i]) < 0)
            return false;
        hex[count++] = char_lower(text.at[i]);
    }
    return count == sizeof(hex) && secret_from_hex((str){hex, count}, out, HASH_SHA256_BYTES);
}

static err check_entry(struct arena *a, const struct session *s, const struct token_entry *entry)
{
    bool is_name = str_trim(entry->name).len > 0 && entry->name.len <= TOKENS_NAME_BYTES_MAX &&
                   utf8_find_fault(entry->name) == entry->name.len;
    if (!is_name)
        return FAIL(a, ERR_USAGE, "a token needs a name of 1 to %d bytes", TOKENS_NAME_BYTES_MAX);
    if (policy_is_over(entry->expires_us, s->now_us))
        return FAIL(a, ERR_USAGE, "the token would have expired already; choose a later day");
    if (map_get(&s->policy->token_by_digest, entry->digest))
        return FAIL(a, ERR_CONFLICT, "this certificate is known already; see: tocsin cert list");
    return NULL;
}

static err insert_token(struct arena *a, struct session *s, const struct token_entry *entry, str id)
{
    return db_run(
        a, s->db,
        "INSERT INTO token (id, kind, digest, name, org, person, created, expires, is_read_only, "
        "is_narrowed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        DB_ARGS(db_text(id), db_text(entry->is_certificate ? LIT("certificate") : LIT("bearer")),
                db_blob(entry->digest), db_text(str_trim(entry->name)), db_int(entry->org),
                entry->person ? db_int(entry->person) : db_null(), db_int(s->now_us),
                entry->expires_us ? db_int(entry->expires_us) : db_null(),
                db_int(entry->is_read_only), db_int(entry->collection_count > 0)));
}

static err narrow(struct arena *a, struct session *s, const struct token_entry *entry, str id)
{
    for (size_t i = 0; i < entry->collection_count; i++) {
        TRY(db_run(a, s->db,
                   "INSERT INTO token_collection (token, collection) "
                   "SELECT n, ?1 FROM token WHERE id = ?2 ON CONFLICT DO NOTHING",
                   DB_ARGS(db_int(entry->collections[i]), db_text(id))));
    }
    return NULL;
}

/* So that receipts always have an actor to stand under. */
static err intern(struct arena *a, struct session *s, str id)
{
    const struct policy_token *token = map_get(&s->policy->token_by_id, id);
    ASSERT(token != NULL);
    struct reader reader;
    TRY(reader_make(a, s, policy_org(s->policy, token->org),
                    token->person ? policy_person(s->policy, token->person) : NULL, token,
                    &reader));
    return reader_intern_actor(a, s, &reader);
}

err tokens_add(struct arena *a, struct session *s, const struct token_entry *entry, str *id)
{
    TRY(check_entry(a, s, entry));
    str made = uuid_random_id(a, LIT("token"));
    TRY(insert_token(a, s, entry, made));
    TRY(narrow(a, s, entry, made));
    TRY(session_policy_changed(a, s));
    TRY(intern(a, s, made));
    *id = made;
    return NULL;
}

err tokens_revoke(struct arena *a, struct session *s, int64_t token)
{
    TRY(db_run(a, s->db, "UPDATE token SET is_revoked = 1 WHERE n = ?1", DB_ARGS(db_int(token))));
    return session_policy_changed(a, s);
}

err tokens_revoke_of_person(struct arena *a, struct session *s, int64_t person, int64_t *count)
{
    TRY(db_run(a, s->db, "UPDATE token SET is_revoked = 1 WHERE person = ?1 AND is_revoked = 0",
               DB_ARGS(db_int(person))));
    *count = db_changes(s->db);
    return session_policy_changed(a, s);
}
