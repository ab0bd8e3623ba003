/*
 * The audit log. The signing key lives in a file, so that who can write the database cannot also
 * sign; a store without that key still appends rows and says that heads cannot be signed.
 */
#include "store/audit.h"

#include "base/clock.h"
#include "base/file.h"

#include <stdlib.h>

#define KEY_FILE_BYTES_MAX 4096
#define LIST_MAX 10000
#define HEAD_WORD "tocsin-head"
#define HOUR_US (3600 * US_PER_SECOND)

static const char LINK_PURPOSE[] = "tocsin audit row";

static str hex_of(struct arena *a, const unsigned char *bytes, size_t size)
{
    return secret_hex(a, bytes, size);
}

/* ---- the signing key */

err audit_create_key(struct arena *a, str dir)
{
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    unsigned char secret_key[SECRET_SIGNING_KEY_BYTES];
    secret_signing_pair(public_key, secret_key);
    str text = arena_print(a, "%.*s\n%.*s\n", STR_ARG(hex_of(a, secret_key, sizeof(secret_key))),
                           STR_ARG(hex_of(a, public_key, sizeof(public_key))));
    secret_wipe(secret_key, sizeof(secret_key));
    return file_write(a, arena_join(a, dir, LIT("/audit.key"), (str){0}), text, 0600);
}

struct signing_key {
    unsigned char secret[SECRET_SIGNING_KEY_BYTES];
    unsigned char public[SECRET_PUBLIC_KEY_BYTES];
};

static void signing_key_done(struct signing_key *key)
{
    secret_wipe(key, sizeof(*key));
}

static err read_key(struct arena *a, const struct store *store, struct signing_key *out)
{
    str path = store_config(store)->signing_key_file;
    if (path.len == 0)
        path = arena_join(a, store->dir, LIT("/audit.key"), (str){0});
    str text;
    TRY(file_read(a, path, KEY_FILE_BYTES_MAX, &text));
    str secret;
    str public;
    bool is_whole = str_cut(&text, '\n', &secret) && str_cut(&text, '\n', &public) &&
                    secret_from_hex(str_trim(secret), out->secret, sizeof(out->secret)) &&
                    secret_from_hex(str_trim(public), out->public, sizeof(out->public));
    if (!is_whole)
        return FAIL(a, ERR_CORRUPT,
                    "%.*s is not a key file: two lines of hexadecimal digits are "
                    "expected",
                    STR_ARG(path));
    return NULL;
}

/* ---- rows */

static void number_bytes(int64_t number, char out[8])
{
    for (int i = 0; i < 8; i++)
        out[i] = (char)((uint64_t)number >> (56 - 8 * i) & 0xff);
}

static void link_of(const struct audit_row *row, str before, unsigned char out[SECRET_DIGEST_BYTES])
{
    char numbers[3][8];
    number_bytes(row->n, numbers[0]);
    number_bytes(row->time_us, numbers[1]);
    number_bytes(row->actor, numbers[2]);
    const str parts[] = {
        LIT(LINK_PURPOSE), before,      {numbers[0], 8}, {numbers[1], 8}, {numbers[2], 8},
        row->verb,         row->object, row->outcome,    row->detail,
    };
    secret_digest_parts(NULL, parts, sizeof(parts) / sizeof(parts[0]), out);
}

static err newest_link(struct arena *a, struct session *s, int64_t *n, str *link)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT n, link FROM audit ORDER BY n DESC LIMIT 1", DB_NO_ARGS, &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    *n = has_row ? db_get_int(&q, 0) : 0;
    *link = has_row ? arena_copy(a, db_get_blob(&q, 1)) : (str){0};
    return NULL;
}

err audit_put(struct arena *a, struct session *s, const struct audit_row *row)
{
    ASSERT(s->is_write);
    struct audit_row whole = *row;
    int64_t last;
    str before;
    TRY(newest_link(a, s, &last, &before));
    whole.n = last + 1;
    whole.time_us = s->now_us;
    unsigned char link[SECRET_DIGEST_BYTES];
    link_of(&whole, before, link);
    return db_run(a, s->db,
                  "INSERT INTO audit (n, time, actor, verb, object, outcome, detail, link) "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                  DB_ARGS(db_int(whole.n), db_int(whole.time_us), db_int(whole.actor),
                          db_text(whole.verb), db_text(whole.object), db_text(whole.outcome),
                          db_text(whole.detail), db_blob((str){(char *)link, sizeof(link)})));
}

static void read_row(struct arena *a, const struct db_query *q, struct audit_row *out)
{
    *out = (struct audit_row){
        .n = db_get_int(q, 0),
        .time_us = db_get_int(q, 1),
        .actor = db_get_int(q, 2),
        .verb = arena_copy(a, db_get_text(q, 3)),
        .object = arena_copy(a, db_get_text(q, 4)),
        .outcome = arena_copy(a, db_get_text(q, 5)),
        .detail = arena_copy(a, db_get_text(q, 6)),
    };
}

#define ROW_COLUMNS "n, time, actor, verb, object, outcome, detail"
#define ROW_FILTER                                                       \
    "substr(verb, 1, length(?2)) = ?2 AND (?3 = '' OR object = ?3) AND " \
    "(?4 = 0 OR actor IN (SELECT n FROM actor WHERE org = ?4)) "

err audit_list(struct arena *a, struct session *s, const struct audit_query *q,
               struct audit_rows *out)
{
    static const char *const OLDEST_FIRST =
        "SELECT " ROW_COLUMNS " FROM audit WHERE n > ?1 AND n < ?6 AND " ROW_FILTER
        "ORDER BY n LIMIT ?5";
    static const char *const NEWEST_FIRST =
        "SELECT " ROW_COLUMNS " FROM audit WHERE n > ?1 AND n < ?6 AND " ROW_FILTER
        "ORDER BY n DESC LIMIT ?5";
    size_t limit = q->limit && q->limit < LIST_MAX ? q->limit : LIST_MAX;
    OWNED(db_query_done) struct db_query rows = {0};
    TRY(db_query(a, s->db, q->is_newest_first ? NEWEST_FIRST : OLDEST_FIRST,
                 DB_ARGS(db_int(q->after), db_text(q->verb), db_text(q->object),
                         db_int(q->actor_org), db_int((int64_t)limit),
                         db_int(q->before ? q->before : INT64_MAX)),
                 &rows));
    DB_ROWS(a, &rows)
        read_row(a, &rows, LIST_ADD(a, out));
    return NULL;
}

/* ---- heads */

static str signed_text(struct arena *a, const struct audit_head *head)
{
    char time[CLOCK_TEXT_BYTES];
    return arena_print(a, HEAD_WORD " 1 %lld %.*s %.*s", (long long)head->n,
                       STR_ARG(clock_write(head->time_us, time)),
                       STR_ARG(hex_of(a, head->link, sizeof(head->link))));
}

static err find_head(struct arena *a, struct session *s, int64_t n, struct audit_head *head,
                     bool *is_found)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT time, link, signature FROM audit_head WHERE n = ?1",
                 DB_ARGS(db_int(n)), &q));
    TRY(db_next(a, &q, is_found));
    if (!*is_found)
        return NULL;
    str link = db_get_blob(&q, 1);
    str signature = db_get_blob(&q, 2);
    if (link.len != sizeof(head->link) || signature.len != sizeof(head->signature))
        return FAIL(a, ERR_CORRUPT, "audit head %lld is damaged", (long long)n);
    head->n = n;
    head->time_us = db_get_int(&q, 0);
    memcpy(head->link, link.at, link.len);
    memcpy(head->signature, signature.at, signature.len);
    return NULL;
}

err audit_head_get(struct arena *a, struct session *s, struct audit_head *out)
{
    OWNED(signing_key_done) struct signing_key key = {0};
    TRY(read_key(a, s->store, &key));
    struct audit_head head = {0};
    memcpy(head.public_key, key.public, sizeof(key.public));
    str link;
    TRY(newest_link(a, s, &head.n, &link));
    if (link.len != sizeof(head.link))
        return FAIL(a, ERR_NOT_FOUND, "the audit log is empty; there is no head yet");
    bool is_found;
    TRY(find_head(a, s, head.n, &head, &is_found));
    if (!is_found) {
        ASSERT(s->is_write);
        head.time_us = s->now_us;
        memcpy(head.link, link.at, link.len);
        secret_sign(key.secret, signed_text(a, &head), head.signature);
        TRY(db_run(a, s->db,
                   "INSERT INTO audit_head (n, time, link, signature) VALUES (?1, ?2, ?3, ?4)",
                   DB_ARGS(db_int(head.n), db_int(head.time_us), db_blob(link),
                           db_blob((str){(char *)head.signature, sizeof(head.signature)}))));
    }
    *out = head;
    return NULL;
}

/* The row that a head as of `hour_us` is of. */
static err find_row_before(struct arena *a, struct session *s, int64_t hour_us,
                           struct audit_head *head)
{
    static const char *const FIND = "SELECT n, time, link FROM audit WHERE time < ?1 OR n = 1 "
                                    "ORDER BY n DESC LIMIT 1";
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, FIND, DB_ARGS(db_int(hour_us)), &q));
    TRY(db_next(a, &q, &has_row));
    str link = has_row ? db_get_blob(&q, 2) : (str){0};
    if (link.len != sizeof(head->link))
        return FAIL(a, ERR_CORRUPT, "the audit log has no row that a head could be of");
    int64_t time_us = db_get_int(&q, 1);
    head->n = db_get_int(&q, 0);
    head->time_us = time_us > hour_us ? time_us : hour_us;
    memcpy(head->link, link.at, link.len);
    return NULL;
}

err audit_head_of_hour(struct arena *a, struct session *s, struct audit_head *out)
{
    OWNED(signing_key_done) struct signing_key key = {0};
    TRY(read_key(a, s->store, &key));
    struct audit_head head = {0};
    TRY(find_row_before(a, s, s->now_us - s->now_us % HOUR_US, &head));
    memcpy(head.public_key, key.public, sizeof(key.public));
    secret_sign(key.secret, signed_text(a, &head), head.signature);
    *out = head;
    return NULL;
}

str audit_head_write(struct arena *a, const struct audit_head *head)
{
    return arena_print(a, "%.*s %.*s %.*s", STR_ARG(signed_text(a, head)),
                       STR_ARG(hex_of(a, head->public_key, sizeof(head->public_key))),
                       STR_ARG(hex_of(a, head->signature, sizeof(head->signature))));
}

err audit_head_read(struct arena *a, str text, struct audit_head *out)
{
    str rest = str_trim(text);
    str parts[7];
    size_t count = 0;
    while (count < 7 && str_cut(&rest, ' ', &parts[count]))
        count++;
    struct audit_head head = {0};
    bool is_whole = count == 7 && rest.len == 0 && str_eq(parts[0], LIT(HEAD_WORD)) &&
                    str_eq(parts[1], LIT("1")) && str_to_i64(parts[2], &head.n) &&
                    clock_read(parts[3], &head.time_us, NULL) &&
                    secret_from_hex(parts[4], head.link, sizeof(head.link)) &&
                    secret_from_hex(parts[5], head.public_key, sizeof(head.public_key)) &&
                    secret_from_hex(parts[6], head.signature, sizeof(head.signature));
    if (!is_whole)
        return FAIL(a, ERR_INPUT,
                    "this is not an audit head; it is one line that begins with " HEAD_WORD
                    ", as it was given or printed");
    if (!secret_signature_is_good(head.public_key, signed_text(a, &head), head.signature))
        return FAIL(a, ERR_CORRUPT, "the signature of this audit head is wrong");
    *out = head;
    return NULL;
}

/* ---- verifying */

struct walk {
    int64_t n;
    str link; /* of row n */
    unsigned char kept[SECRET_DIGEST_BYTES];
    bool meets_against;
};

static err check_row(struct arena *a, const struct db_query *q, struct walk *at)
{
    struct arena scratch = {0};
    struct audit_row row;
    read_row(&scratch, q, &row);
    unsigned char link[SECRET_DIGEST_BYTES];
    link_of(&row, at->link, link);
    arena_done(&scratch);
    if (row.n != at->n + 1)
        return FAIL(a, ERR_CORRUPT, "audit row %lld is missing or out of order",
                    (long long)(at->n + 1));
    if (!secret_eq((str){(char *)link, sizeof(link)}, db_get_blob(q, 7)))
        return FAIL(a, ERR_CORRUPT, "audit row %lld was changed, or the one before it was removed",
                    (long long)row.n);
    memcpy(at->kept, link, sizeof(link));
    at->link = (str){(char *)at->kept, sizeof(at->kept)};
    at->n = row.n;
    return NULL;
}

static err check_stored_head(struct arena *a, struct session *s, const struct walk *at,
                             const struct signing_key *key)
{
    struct audit_head head = {0};
    bool is_found;
    TRY(find_head(a, s, at->n, &head, &is_found));
    if (!is_found)
        return NULL;
    memcpy(head.public_key, key->public, sizeof(key->public));
    bool is_good = secret_eq((str){(char *)head.link, sizeof(head.link)}, at->link) &&
                   secret_signature_is_good(key->public, signed_text(a, &head), head.signature);
    if (!is_good)
        return FAIL(a, ERR_CORRUPT, "the signed head of audit row %lld does not fit the row",
                    (long long)at->n);
    return NULL;
}

static err check_against(struct arena *a, const struct audit_head *against, struct walk *at)
{
    if (against == NULL || against->n != at->n)
        return NULL;
    if (!secret_eq((str){(const char *)against->link, sizeof(against->link)}, at->link))
        return FAIL(a, ERR_CORRUPT,
                    "audit row %lld or one before it differs from the head that "
                    "was kept",
                    (long long)at->n);
    at->meets_against = true;
    return NULL;
}

err audit_verify(struct arena *a, struct session *s, const struct audit_head *against,
                 uint64_t *rows)
{
    return audit_verify_telling(a, s, against, &(struct audit_progress){0}, rows);
}

static err walk_rows(struct arena *a, struct session *s, const struct audit_head *against,
                     const struct audit_progress *progress, struct walk *at)
{
    OWNED(signing_key_done) struct signing_key key = {0};
    OWNED(db_query_done) struct db_query q = {0};
    int64_t total = 0;
    TRY(read_key(a, s->store, &key));
    if (against && !secret_eq((str){(const char *)against->public_key, sizeof(key.public)},
                              (str){(const char *)key.public, sizeof(key.public)}))
        return FAIL(a, ERR_CORRUPT, "the head was signed with another key than this exchange's");
    if (progress->on_row)
        TRY(db_query_int(a, s->db, "SELECT max(n) FROM audit", DB_NO_ARGS, 0, &total));
    TRY(db_query(a, s->db, "SELECT " ROW_COLUMNS ", link FROM audit ORDER BY n", DB_NO_ARGS, &q));
    DB_ROWS(a, &q) {
        TRY(check_row(a, &q, at));
        TRY(check_stored_head(a, s, at, &key));
        TRY(check_against(a, against, at));
        if (progress->on_row)
            progress->on_row(progress->context, (uint64_t)at->n, (uint64_t)total);
    }
    return NULL;
}

err audit_verify_telling(struct arena *a, struct session *s, const struct audit_head *against,
                         const struct audit_progress *progress, uint64_t *rows)
{
    struct walk at = {0};
    TRY(walk_rows(a, s, against, progress, &at));
    if (against && !at.meets_against)
        return FAIL(a, ERR_CORRUPT, "audit row %lld is missing: the log was cut after row %lld",
                    (long long)against->n, (long long)at.n);
    int64_t newest_head;
    TRY(db_query_int(a, s->db, "SELECT max(n) FROM audit_head", DB_NO_ARGS, 0, &newest_head));
    if (newest_head > at.n)
        return FAIL(a, ERR_CORRUPT, "audit row %lld is missing: a signed head speaks of it",
                    (long long)newest_head);
    *rows = (uint64_t)at.n;
    return NULL;
}
