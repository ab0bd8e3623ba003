/*
 * Authenticators, recovery codes, and failed second steps.
 */
#include "store/authenticators.h"

#include "base/num.h"
#include "base/uuid.h"
#include "store/digest.h"

#define SEAL_PURPOSE LIT("totp")

/* ---- authenticators */

static err open_secret(struct arena *a, struct session *s, struct authenticator *one)
{
    if (!str_eq(one->kind, LIT("totp")))
        return NULL;
    return secret_open(a, s->store->keys.token, SEAL_PURPOSE, one->secret, &one->secret);
}

static err add_row(struct arena *a, struct session *s, const struct db_query *q,
                   struct authenticators *list)
{
    struct authenticator one = {.n = db_get_int(q, 0),
                                .id = arena_copy(a, db_get_text(q, 1)),
                                .person = db_get_int(q, 2),
                                .kind = arena_copy(a, db_get_text(q, 3)),
                                .name = arena_copy(a, db_get_text(q, 4)),
                                .secret = arena_copy(a, db_get_blob(q, 5)),
                                .credential = arena_copy(a, db_get_blob(q, 6)),
                                .counter = db_get_int(q, 7),
                                .is_confirmed = db_get_int(q, 8) != 0,
                                .created_us = db_get_int(q, 9),
                                .used_us = db_get_int(q, 10)};
    TRY(open_secret(a, s, &one));
    *LIST_ADD(a, list) = one;
    return NULL;
}

err authenticators_list(struct arena *a, struct session *s, int64_t person,
                        struct authenticators *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    struct authenticators list = {0};
    TRY(db_query(a, s->db,
                 "SELECT n, id, person, kind, name, secret, coalesce(credential, x''), counter, "
                 "is_confirmed, created, used FROM authenticator WHERE person = ?1 ORDER BY n",
                 DB_ARGS(db_int(person)), &q));
    DB_ROWS(a, &q)
        TRY(add_row(a, s, &q, &list));
    *out = list;
    return NULL;
}

err authenticators_find_passkey(struct arena *a, struct session *s, str credential,
                                struct authenticator *out)
{
    int64_t person;
    struct authenticators list;
    TRY(db_query_int(a, s->db, "SELECT person FROM authenticator WHERE credential = ?1",
                     DB_ARGS(db_blob(credential)), 0, &person));
    TRY(authenticators_list(a, s, person, &list));
    *out = (struct authenticator){0};
    for (size_t i = 0; i < list.count; i++) {
        if (credential.len && str_eq(list.items[i].credential, credential))
            *out = list.items[i];
    }
    return NULL;
}

static err check_room(struct arena *a, struct session *s, const struct authenticator *one)
{
    int64_t count;
    TRY(db_query_int(a, s->db, "SELECT count(*) FROM authenticator WHERE person = ?1",
                     DB_ARGS(db_int(one->person)), 0, &count));
    if (count >= AUTHENTICATORS_MAX)
        return FAIL(a, ERR_CONFLICT, "There are %d authenticators already; remove one first",
                    AUTHENTICATORS_MAX);
    TRY(db_query_int(a, s->db, "SELECT count(*) FROM authenticator WHERE credential = ?1",
                     DB_ARGS(one->credential.len ? db_blob(one->credential) : db_null()), 0,
                     &count));
    return count ? FAIL(a, ERR_CONFLICT, "This passkey is known already") : NULL;
}

err authenticators_add(struct arena *a, struct session *s, struct authenticator *one)
{
    TRY(check_room(a, s, one));
    one->id = uuid_random_id(a, LIT("authenticator"));
    one->created_us = s->now_us;
    bool is_totp = str_eq(one->kind, LIT("totp"));
    str kept =
        is_totp ? secret_seal(a, s->store->keys.token, SEAL_PURPOSE, one->secret) : one->secret;
    TRY(db_run(a, s->db,
               "INSERT INTO authenticator (id, person, kind, name, secret, credential, counter, "
               "is_confirmed, created, used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
               DB_ARGS(db_text(one->id), db_int(one->person), db_text(one->kind),
                       db_text(str_part(one->name, 0, AUTHENTICATOR_NAME_BYTES_MAX)), db_blob(kept),
                       one->credential.len ? db_blob(one->credential) : db_null(),
                       db_int(one->counter), db_int(one->is_confirmed), db_int(s->now_us))));
    if (one->is_confirmed)
        TRY(session_policy_changed(a, s));
    return db_query_int(a, s->db, "SELECT n FROM authenticator WHERE id = ?1",
                        DB_ARGS(db_text(one->id)), 0, &one->n);
}

err authenticators_use(struct arena *a, struct session *s, int64_t n, int64_t counter)
{
    int64_t is_confirmed;
    TRY(db_query_int(a, s->db, "SELECT is_confirmed FROM authenticator WHERE n = ?1",
                     DB_ARGS(db_int(n)), 1, &is_confirmed));
    TRY(db_run(a, s->db,
               "UPDATE authenticator SET used = ?1, counter = ?2, is_confirmed = 1 WHERE n = ?3",
               DB_ARGS(db_int(s->now_us), db_int(counter), db_int(n))));
    return is_confirmed ? NULL : session_policy_changed(a, s);
}

err authenticators_remove(struct arena *a, struct session *s, int64_t n)
{
    TRY(db_run(a, s->db, "DELETE FROM authenticator WHERE n = ?1", DB_ARGS(db_int(n))));
    return session_policy_changed(a, s);
}

err authenticators_drop_unconfirmed(struct arena *a, struct session *s, int64_t person)
{
    return db_run(a, s->db, "DELETE FROM authenticator WHERE person = ?1 AND is_confirmed = 0",
                  DB_ARGS(db_int(person)));
}

err authenticators_clear(struct arena *a, struct session *s, int64_t person)
{
    TRY(db_run(a, s->db, "DELETE FROM authenticator WHERE person = ?1", DB_ARGS(db_int(person))));
    TRY(db_run(a, s->db, "DELETE FROM recovery_code WHERE person = ?1", DB_ARGS(db_int(person))));
    TRY(session_policy_changed(a, s));
    return second_tries_clear(a, s, person);
}

/* ---- recovery codes */

/* Letters and digits that nobody takes for each other. */
static const char LETTERS[] = "23456789abcdefghjkmnpqrstuvwxyz";

static str new_code(struct arena *a)
{
    char *code = arena_take(a, RECOVERY_CODE_LETTERS);
    for (size_t i = 0; i < RECOVERY_CODE_LETTERS; i++)
        code[i] = LETTERS[secret_random_below(sizeof(LETTERS) - 1)];
    return (str){code, RECOVERY_CODE_LETTERS};
}

static str with_hyphens(struct arena *a, str code)
{
    str text = {0};
    for (size_t i = 0; i < code.len; i += 4)
        text = arena_join(a, text, text.len ? LIT("-") : (str){0}, str_part(code, i, i + 4));
    return text;
}

static str plain_code(struct arena *a, str typed)
{
    char *plain = arena_take(a, typed.len);
    size_t count = 0;
    for (size_t i = 0; i < typed.len; i++) {
        if (char_is_alnum(typed.at[i]))
            plain[count++] = char_lower(typed.at[i]);
    }
    return (str){plain, count};
}

static struct db_value code_digest(struct arena *a, const struct session *s, int64_t person,
                                   str code)
{
    str whole = arena_print(a, "%lld %.*s", (long long)person, STR_ARG(code));
    return db_blob(digest_of(a, &s->store->keys, LIT("recovery"), whole));
}

err recovery_codes_make(struct arena *a, struct session *s, int64_t person,
                        str codes[RECOVERY_CODES])
{
    TRY(db_run(a, s->db, "DELETE FROM recovery_code WHERE person = ?1", DB_ARGS(db_int(person))));
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        str code = new_code(a);
        TRY(db_run(a, s->db, "INSERT INTO recovery_code (person, digest) VALUES (?1, ?2)",
                   DB_ARGS(db_int(person), code_digest(a, s, person, code))));
        codes[i] = with_hyphens(a, code);
    }
    return NULL;
}

err recovery_codes_use(struct arena *a, struct session *s, int64_t person, str typed, bool *is_used)
{
    TRY(db_run(a, s->db, "DELETE FROM recovery_code WHERE person = ?1 AND digest = ?2",
               DB_ARGS(db_int(person), code_digest(a, s, person, plain_code(a, typed)))));
    *is_used = db_changes(s->db) > 0;
    return NULL;
}

err recovery_codes_count(struct arena *a, struct session *s, int64_t person, int64_t *count)
{
    return db_query_int(a, s->db, "SELECT count(*) FROM recovery_code WHERE person = ?1",
                        DB_ARGS(db_int(person)), 0, count);
}

/* ---- challenges of passkeys */

#define CHALLENGE_PURPOSE LIT("passkey challenge")

str passkey_challenge_make(struct arena *a, const struct session *s, int64_t person)
{
    str plain = arena_print(a, "%lld %lld %.*s", (long long)person, (long long)s->now_us,
                            STR_ARG(digest_new_secret(a)));
    return secret_base64url(a, secret_seal(a, s->store->keys.token, CHALLENGE_PURPOSE, plain));
}

static bool is_challenge_of(struct arena *a, const struct session *s, int64_t person, str challenge)
{
    str sealed;
    str rest;
    str word;
    int64_t number;
    int64_t made_us;
    if (secret_from_base64url(a, challenge, &sealed) ||
        secret_open(a, s->store->keys.token, CHALLENGE_PURPOSE, sealed, &rest))
        return false;
    bool is_read = str_cut(&rest, ' ', &word) && str_to_i64(word, &number) &&
                   str_cut(&rest, ' ', &word) && str_to_i64(word, &made_us);
    return is_read && number == person && made_us > s->now_us - PASSKEY_CHALLENGE_US;
}

err passkey_challenge_take(struct arena *a, struct session *s, int64_t person, str challenge)
{
    int64_t before;
    struct db_value digest = db_blob(digest_of(a, &s->store->keys, CHALLENGE_PURPOSE, challenge));
    TRY(db_query_int(a, s->db, "SELECT count(*) FROM passkey_challenge WHERE digest = ?1",
                     DB_ARGS(digest), 0, &before));
    if (before || !is_challenge_of(a, s, person, challenge))
        return FAIL(a, ERR_INVALID, "This took too long, or was sent before; begin again");
    TRY(db_run(a, s->db, "DELETE FROM passkey_challenge WHERE created <= ?1",
               DB_ARGS(db_int(s->now_us - PASSKEY_CHALLENGE_US))));
    return db_run(a, s->db,
                  "INSERT INTO passkey_challenge (digest, person, created) VALUES (?1, ?2, ?3)",
                  DB_ARGS(digest, db_int(person), db_int(s->now_us)));
}

/* ---- failed second steps */

err second_tries_check(struct arena *a, struct session *s, int64_t person)
{
    int64_t count;
    TRY(db_query_int(a, s->db, "SELECT count FROM second_try WHERE person = ?1 AND began > ?2",
                     DB_ARGS(db_int(person), db_int(s->now_us - SECOND_TRIES_US)), 0, &count));
    if (count >= SECOND_TRIES_MAX)
        return FAIL(a, ERR_THROTTLED,
                    "Too many codes were wrong; wait an hour, or ask an admin or a steward");
    return NULL;
}

err second_tries_fail(struct arena *a, struct session *s, int64_t person)
{
    TRY(db_run(a, s->db, "DELETE FROM second_try WHERE began <= ?1",
               DB_ARGS(db_int(s->now_us - SECOND_TRIES_US))));
    return db_run(a, s->db,
                  "INSERT INTO second_try (person, began, count) VALUES (?1, ?2, 1) "
                  "ON CONFLICT (person) DO UPDATE SET count = count + 1",
                  DB_ARGS(db_int(person), db_int(s->now_us)));
}

err second_tries_clear(struct arena *a, struct session *s, int64_t person)
{
    return db_run(a, s->db, "DELETE FROM second_try WHERE person = ?1", DB_ARGS(db_int(person)));
}
