/*
 * The data directory: making one, opening one, its settings and keys.
 */
#include "store/store.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/uuid.h"
#include "store/audit.h"
#include "store/ends.h"
#include "store/members.h"
#include "store/migrations.h"
#include "store/picture.h"
#include "store/policy_slot.h"
#include "store/pool.h"

#include <stdlib.h>
#include <sys/stat.h>

#define CONFIG_BYTES_MAX ((size_t)1 << 20)
#define BUSY_MS_MAX 30000
#define NAME_BYTES_MAX 200

static str path_in(struct arena *a, str dir, str name)
{
    return arena_join(a, dir, LIT("/"), name);
}

/* One row a key: its name in table secret_key and where it belongs. */
struct key_row {
    const char *name;
    unsigned char *at;
    size_t size;
};

#define KEY_COUNT 4

static void key_rows(struct store_keys *keys, struct key_row rows[KEY_COUNT])
{
    rows[0] = (struct key_row){"id_hash", keys->id_hash, sizeof(keys->id_hash)};
    rows[1] = (struct key_row){"next", keys->next, sizeof(keys->next)};
    rows[2] = (struct key_row){"etag", keys->etag, sizeof(keys->etag)};
    rows[3] = (struct key_row){"token", keys->token, sizeof(keys->token)};
}

static err write_keys(struct arena *a, struct db *db)
{
    struct store_keys keys;
    secret_random(&keys, sizeof(keys));
    struct key_row rows[KEY_COUNT];
    key_rows(&keys, rows);
    for (size_t i = 0; i < KEY_COUNT; i++) {
        TRY(db_run(a, db, "INSERT INTO secret_key (name, value) VALUES (?1, ?2)",
                   DB_ARGS(db_text(str_of(rows[i].name)),
                           db_blob((str){(const char *)rows[i].at, rows[i].size}))));
    }
    secret_wipe(&keys, sizeof(keys));
    return NULL;
}

static err read_keys(struct arena *a, struct db *db, struct store_keys *out)
{
    struct key_row rows[KEY_COUNT];
    key_rows(out, rows);
    for (size_t i = 0; i < KEY_COUNT; i++) {
        OWNED(db_query_done) struct db_query q = {0};
        TRY(db_query(a, db, "SELECT value FROM secret_key WHERE name = ?1",
                     DB_ARGS(db_text(str_of(rows[i].name))), &q));
        bool has_row;
        TRY(db_next(a, &q, &has_row));
        str value = has_row ? db_get_blob(&q, 0) : (str){0};
        if (value.len != rows[i].size)
            return FAIL(a, ERR_CORRUPT,
                        "the key '%s' is missing from the database; restore a "
                        "backup",
                        rows[i].name);
        memcpy(rows[i].at, value.at, value.len);
    }
    return NULL;
}

static err check_name(struct arena *a, str name)
{
    if (str_trim(name).len == 0 || name.len > NAME_BYTES_MAX)
        return FAIL(a, ERR_USAGE, "the exchange needs a name of 1 to %d bytes", NAME_BYTES_MAX);
    return NULL;
}

static err write_first_rows(struct arena *a, struct db *db, const struct store_init *init)
{
    int64_t now_us = clock_now_us();
    TRY(db_begin(a, db, DB_BEGIN_WRITE));
    TRY(db_run(a, db,
               "INSERT INTO state (one, exchange_id, name, created, last_number, last_added, "
               "policy_epoch, sealed_chunks, view_epoch, is_demo) "
               "VALUES (1, ?1, ?2, ?3, 0, ?3, 1, 0, 0, ?4)",
               DB_ARGS(db_text(uuid_random(a)), db_text(init->name), db_int(now_us),
                       db_int(init->is_demo))));
    TRY(write_keys(a, db));
    return db_commit(a, db);
}

static void close_db(struct db **db)
{
    db_close(*db);
}

static err create_database(struct arena *a, str path, const struct store_init *init)
{
    const struct db_options options = {
        .driver = "sqlite", .address = path, .may_create = true, .busy_ms_max = BUSY_MS_MAX};
    OWNED(close_db) struct db *db = NULL;
    TRY(db_open(a, &options, &db));
    TRY(db_migrate(a, db, STORE_MIGRATIONS, STORE_MIGRATION_COUNT));
    return write_first_rows(a, db, init);
}

static err write_sample_config(struct arena *a, str dir)
{
    OWNED(buf_done) struct buf sample;
    buf_init(&sample, CONFIG_BYTES_MAX);
    config_write_sample(&sample);
    return file_write(a, path_in(a, dir, LIT("tocsin.conf")), buf_str(&sample), 0600);
}

static err fill_first(struct arena *a, struct store *s, str name)
{
    OWNED(session_done) struct session w = {0};
    TRY(session_write(a, s, &w));
    TRY(members_create_first(a, &w, name));
    return session_commit(a, &w);
}

err store_create(struct arena *a, const struct store_init *init)
{
    TRY(check_name(a, init->name));
    str database = path_in(a, init->dir, LIT("tocsin.db"));
    if (file_exists(a, database))
        return FAIL(a, ERR_CONFLICT, "%.*s already holds an exchange; choose another folder",
                    STR_ARG(init->dir));
    TRY(file_make_dir(a, init->dir));
    umask(077);
    TRY(create_database(a, database, init));
    TRY(write_sample_config(a, init->dir));
    TRY(audit_create_key(a, init->dir));
    struct store *s;
    TRY(store_open(a, init->dir, &s));
    err failure = fill_first(a, s, init->name);
    store_close(s);
    return failure;
}

static err read_config(struct arena *a, struct arena *keep, str dir, struct config *out)
{
    str path = path_in(a, dir, LIT("tocsin.conf"));
    if (!file_exists(a, path)) {
        config_init(out);
        return NULL;
    }
    str text;
    TRY(file_read(keep, path, CONFIG_BYTES_MAX, &text));
    return config_read(a, path, text, out);
}

const struct config *store_config(const struct store *s)
{
    return __atomic_load_n(&s->config, __ATOMIC_ACQUIRE);
}

/* Settings read before stay where they are: a request under way may be looking at them. */
err store_reload_config(struct arena *a, struct store *s,
                        err (*check)(struct arena *a, const struct config *c))
{
    struct config config;
    TRY(read_config(a, &s->arena, s->dir, &config));
    if (check)
        TRY(check(a, &config));
    struct config *kept = NEW(&s->arena, struct config);
    *kept = config;
    __atomic_store_n(&s->config, kept, __ATOMIC_RELEASE);
    return NULL;
}

static err read_first_row(struct arena *a, struct store *s, struct db *db)
{
    TRY(read_keys(a, db, &s->keys));
    int64_t is_demo;
    TRY(db_query_int(a, db, "SELECT is_demo FROM state", DB_NO_ARGS, 0, &is_demo));
    s->is_demo = is_demo != 0;
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, db, "SELECT name, exchange_id FROM state", DB_NO_ARGS, &q));
    bool has_row;
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_CORRUPT, "the database has lost its state row; restore a backup");
    s->name = arena_copy(&s->arena, db_get_text(&q, 0));
    s->exchange_id = arena_copy(&s->arena, db_get_text(&q, 1));
    return NULL;
}

static err open_parts(struct arena *a, struct store *s, str database)
{
    TRY(store_reload_config(a, s, NULL));
    const struct db_options options = {
        .driver = s->driver, .address = database, .busy_ms_max = BUSY_MS_MAX, .cache_kib = 4096};
    s->pool = pool_open(&options);
    struct connection *c;
    TRY(pool_take(a, s->pool, &c));
    err failure = db_migrate(a, c->db, STORE_MIGRATIONS, STORE_MIGRATION_COUNT);
    failure = failure ? failure : read_first_row(a, s, c->db);
    pool_give(s->pool, c);
    TRY(failure);
    s->views = views_open(store_config(s)->view_cache_bytes_max);
    s->receipts = receipts_open();
    s->ends = ends_open();
    s->audiences = audience_table_open();
    s->policy = policy_slot_open();
    s->zones = zone_book_open(ZONE_FOLDER);
    s->picture = picture_open(s->pool);
    return NULL;
}

err store_open_with(struct arena *a, str dir, const char *driver, struct store **out)
{
    str database = path_in(a, dir, LIT("tocsin.db"));
    if (!file_is_dir(a, dir))
        return FAIL(a, ERR_NOT_FOUND,
                    "there is no data directory %.*s; make one with: tocsin "
                    "init --data %.*s --name NAME",
                    STR_ARG(dir), STR_ARG(dir));
    if (!file_exists(a, database))
        return FAIL(a, ERR_DATA_DIR,
                    "%.*s is not a data directory of tocsin (there is no "
                    "tocsin.db in it)",
                    STR_ARG(dir));
    struct store *s = calloc(1, sizeof(*s));
    ASSERT(s != NULL);
    s->dir = arena_copy(&s->arena, dir);
    s->driver = driver;
    err failure = open_parts(a, s, arena_copy(&s->arena, database));
    if (failure) {
        store_close(s);
        return failure;
    }
    *out = s;
    return NULL;
}

err store_open(struct arena *a, str dir, struct store **out)
{
    return store_open_with(a, dir, "sqlite", out);
}

void store_close(struct store *s)
{
    if (s == NULL)
        return;
    picture_close(s->picture);
    receipts_close(s->receipts);
    ends_close(s->ends);
    views_close(s->views);
    zone_book_close(s->zones);
    policy_slot_close(s->policy);
    audience_table_close(s->audiences);
    pool_close(s->pool);
    secret_wipe(&s->keys, sizeof(s->keys));
    arena_done(&s->arena);
    free(s);
}
