/*
 * Files by their digest, and what the log says of them.
 */
#include "store/files.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/map.h"
#include "stix/briefing_types.h"
#include "store/holds.h"
#include "store/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static str folder_of(struct arena *a, str dir)
{
    return arena_join(a, dir, LIT("/"), LIT(FILES_FOLDER));
}

static str path_of(struct arena *a, const struct store *store, str digest)
{
    ASSERT(files_is_digest(digest));
    return arena_join(a, folder_of(a, store->dir), LIT("/"), digest);
}

bool files_is_digest(str text)
{
    unsigned char digest[HASH_SHA256_BYTES];
    return secret_from_hex(text, digest, sizeof(digest));
}

str files_digest(struct arena *a, str bytes)
{
    unsigned char digest[HASH_SHA256_BYTES];
    hash_sha256(&bytes, 1, digest);
    return secret_hex(a, digest, sizeof(digest));
}

/* Written each time, also where it is there: how long it takes tells nobody that it was. */
err files_put(struct arena *a, const struct store *store, str bytes, str *digest)
{
    str name = files_digest(a, bytes);
    TRY(file_make_dir(a, folder_of(a, store->dir)));
    TRY(file_write(a, path_of(a, store, name), bytes, 0600));
    *digest = name;
    return NULL;
}

bool files_have(struct arena *a, const struct store *store, str digest)
{
    return file_exists(a, path_of(a, store, digest));
}

err files_open(struct arena *a, const struct store *store, str digest, struct file_map *out)
{
    err failure = file_map_open(a, path_of(a, store, digest), out);
    if (failure && failure->code == ERR_NOT_FOUND)
        return FAIL(a, ERR_CORRUPT,
                    "The bytes of this file are missing in the exchange; its operator can find out "
                    "more with tocsin fsck");
    return failure;
}

/* ---- the folder */

static void close_folder(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

static err list_names(struct arena *a, str dir, bool wants_strays, struct files_names *out)
{
    str path = folder_of(a, dir);
    OWNED(close_folder) DIR *folder = opendir(path.at);
    if (folder == NULL)
        return errno == ENOENT ? NULL : file_fail(a, "open the folder", path, errno);
    for (struct dirent *one; (one = readdir(folder));) {
        str name = str_of(one->d_name);
        if (one->d_name[0] != '.' && (wants_strays || files_is_digest(name)))
            *LIST_ADD(a, out) = arena_copy(a, name);
    }
    return NULL;
}

err files_list(struct arena *a, str dir, struct files_names *out)
{
    return list_names(a, dir, false, out);
}

static bool is_old(str path)
{
    struct stat about;
    if (stat(path.at, &about) != 0)
        return false;
    int64_t age_seconds = clock_now_us() / US_PER_SECOND - (int64_t)about.st_mtime;
    return age_seconds > FILES_UNUSED_SECONDS_MAX;
}

err files_sweep(struct arena *a, struct session *s, const struct files_names *dropped,
                uint64_t *removed)
{
    struct files_names names = {0};
    struct files_uses uses = {0};
    struct map live;
    struct map gone;
    ASSERT(s->is_write);
    map_init(&live, a);
    map_init(&gone, a);
    TRY(list_names(a, s->store->dir, true, &names));
    if (names.count)
        TRY(files_used(a, s, &uses));
    for (size_t i = 0; i < uses.count; i++) {
        if (!uses.items[i].is_dropped)
            map_put(&live, uses.items[i].digest, &uses.items[i]);
    }
    for (size_t i = 0; i < dropped->count; i++)
        map_put(&gone, dropped->items[i], &dropped->items[i]);
    *removed = 0;
    for (size_t i = 0; i < names.count; i++) {
        str path = arena_join(a, folder_of(a, s->store->dir), LIT("/"), names.items[i]);
        bool is_due = map_get(&gone, names.items[i]) || is_old(path);
        if (map_get(&live, names.items[i]) || !is_due)
            continue;
        if (unlink(path.at) != 0 && errno != ENOENT)
            return file_fail(a, "remove", path, errno);
        ++*removed;
    }
    return NULL;
}

err files_lock(struct arena *a, const struct store *store, bool is_to_remove, int *out)
{
    str path = folder_of(a, store->dir);
    int lock = open(path.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0 && errno == ENOENT)
        return NULL;
    if (lock < 0)
        return file_fail(a, "open the folder", path, errno);
    if (flock(lock, (is_to_remove ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) {
        *out = lock;
        return NULL;
    }
    close(lock);
    return FAIL(a, ERR_BUSY, "files are being %s just now; try again in a moment",
                is_to_remove ? "backed up" : "removed");
}

void files_unlock(int *lock)
{
    if (*lock > STDERR_FILENO)
        close(*lock);
    *lock = 0;
}

/* ---- what the log says */

/* Every one of them names who gave it, and so stands in the index of what names what. */
static const char SQL_ARTIFACTS[] =
    "SELECT DISTINCT e.n, e.flags, b.id, b.bytes FROM type_name t JOIN about r ON r.type = t.n "
    "JOIN entry e ON e.n = r.n JOIN body b ON b.n = e.body "
    "WHERE t.name = 'artifact' AND length(b.bytes) > 0 ORDER BY e.n";

static err read_use(struct arena *a, struct json_reader *reader, str bytes, struct files_use *out)
{
    json value;
    TRY(json_read(a, reader, bytes, NULL, &value));
    json own = json_get(json_get(value, LIT("extensions")), LIT(FILE_EXTENSION));
    json hashes = json_get(value, LIT("hashes"));
    out->digest = arena_copy(a, json_get_string(hashes, LIT("SHA-256")));
    out->organization = arena_copy(a, json_get_string(own, LIT("organization_ref")));
    if (!json_to_i64(json_get(own, LIT("bytes")), &out->bytes))
        out->bytes = 0;
    return NULL;
}

err files_used(struct arena *a, struct session *s, struct files_uses *out)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    OWNED(db_query_done) struct db_query q = {0};
    struct hold_cover cover;
    TRY(hold_cover_read(a, s, &cover));
    TRY(db_query(a, s->db, SQL_ARTIFACTS, DB_NO_ARGS, &q));
    DB_ROWS(a, &q) {
        struct files_use one = {.artifact = arena_copy(a, db_get_text(&q, 2))};
        one.is_dropped =
            db_get_int(&q, 1) & ENTRY_WITHDRAWN && !hold_covers(s, &cover, one.artifact);
        TRY(read_use(a, &reader, db_get_blob(&q, 3), &one));
        if (files_is_digest(one.digest))
            *LIST_ADD(a, out) = one;
    }
    return NULL;
}

static err check_one(struct arena *a, const struct session *s, const struct files_use *use,
                     str *fault)
{
    OWNED(file_map_close) struct file_map map = {0};
    err missing = files_open(a, s->store, use->digest, &map);
    if (missing && missing->code != ERR_CORRUPT)
        return missing;
    if (missing)
        *fault = LIT("its bytes are missing");
    else if (!str_eq(files_digest(a, map.bytes), use->digest))
        *fault = LIT("its bytes are not those of its SHA-256");
    return NULL;
}

err files_check(struct arena *a, struct session *s, void (*on_fault)(void *context, str words),
                void *context)
{
    struct files_uses uses = {0};
    struct map seen;
    map_init(&seen, a);
    TRY(files_used(a, s, &uses));
    for (size_t i = 0; i < uses.count; i++) {
        const struct files_use *use = &uses.items[i];
        str fault = {0};
        if (use->is_dropped || map_put_new(&seen, use->digest, &uses.items[i]) != use)
            continue;
        TRY(check_one(a, s, use, &fault));
        if (fault.len)
            on_fault(context, arena_print(a, "%.*s: %.*s", STR_ARG(use->artifact), STR_ARG(fault)));
    }
    return NULL;
}

/* ---- room */

err files_check_room(struct arena *a, struct session *s, int64_t org, int64_t bytes)
{
    int64_t stored;
    uint64_t max = store_config(s->store)->stored_bytes_max;
    TRY(db_query_int(a, s->db,
                     "SELECT stored_bytes + (SELECT coalesce(sum(bytes), 0) FROM handed "
                     "WHERE org = ?1) FROM org WHERE n = ?1",
                     DB_ARGS(db_int(org)), 0, &stored));
    if ((uint64_t)(stored + bytes) <= max)
        return NULL;
    return FAIL(a, ERR_NO_SPACE,
                "your organization has stored %lld MB of the %llu MB it may keep here; take back "
                "what is no longer needed or ask the steward",
                (long long)(stored >> 20), (unsigned long long)(max >> 20));
}

err files_take_room(struct arena *a, struct session *s, str organization, int64_t bytes)
{
    const struct policy_org *org = policy_org_by_id(s->policy, organization);
    if (org == NULL)
        return NULL;
    return db_run(a, s->db, "UPDATE org SET stored_bytes = max(stored_bytes + ?1, 0) WHERE n = ?2",
                  DB_ARGS(db_int(bytes), db_int(org->n)));
}

err files_hand_in(struct arena *a, struct session *s, int64_t org, int64_t bytes, int64_t *handed)
{
    int64_t n = 0;
    ASSERT(s->is_write);
    TRY(files_check_room(a, s, org, bytes));
    /* Never used again: whoever gives an old one once more must not take another's away. */
    secret_random(&n, sizeof(n));
    n &= INT64_MAX;
    TRY(db_run(a, s->db, "INSERT INTO handed (n, org, bytes, created) VALUES (?1, ?2, ?3, ?4)",
               DB_ARGS(db_int(n), db_int(org), db_int(bytes), db_int(s->now_us))));
    *handed = n;
    return NULL;
}

err files_forget_handed(struct arena *a, struct session *s, int64_t handed)
{
    return db_run(a, s->db, "DELETE FROM handed WHERE n = ?1", DB_ARGS(db_int(handed)));
}

err files_forget_unused(struct arena *a, struct session *s)
{
    int64_t before_us = s->now_us - INT64_C(1) * FILES_UNUSED_SECONDS_MAX * US_PER_SECOND;
    return db_run(a, s->db, "DELETE FROM handed WHERE created < ?1", DB_ARGS(db_int(before_us)));
}
