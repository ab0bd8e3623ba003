/*
 * The bare program that an import is measured against: it puts the rows of a finished exchange into
 * a new SQLite database and does nothing else. Same tables and indexes, same rows, same commits,
 * checkpoints at the same points, WAL, synchronous=FULL, prepared statements.
 *
 *   bench_import_floor FINISHED_DB NEW_DB [CACHE_KIB]
 *
 * Prints the seconds spent on inserting, committing, folding the log in and closing, not on making
 * the tables. The rows of a commit are read into memory while the clock stands still. Where a
 * commit began is read off the log: its times step by a few microseconds inside a commit and jump
 * between two.
 */
#include <sqlite3.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COMMIT_GAP_US 500
#define CHUNK_ENTRIES 65536
#define COLUMNS_MAX 16
#define ROWS_MAX 262144

struct table {
    const char *select; /* the key comes first; rows from ?1 to before ?2 */
    const char *insert;
    sqlite3_stmt *from;
    sqlite3_stmt *to;
    sqlite3_value **rows; /* of one commit, column by column */
    size_t columns;
    size_t count;
};

struct bench {
    sqlite3 *from;
    sqlite3 *to;
    sqlite3_stmt *position;
    double seconds;
    struct timespec began;
    long commits;
    long rows;
};

static void fail(sqlite3 *db, const char *what)
{
    fprintf(stderr, "bench_import_floor: %s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
}

static void check(sqlite3 *db, int code, const char *what)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        fail(db, what);
}

static void run(sqlite3 *db, const char *sql)
{
    check(db, sqlite3_exec(db, sql, NULL, NULL, NULL), sql);
}

static void start(struct bench *b)
{
    clock_gettime(CLOCK_MONOTONIC, &b->began);
}

static void stop(struct bench *b)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    b->seconds +=
        (double)(now.tv_sec - b->began.tv_sec) + (double)(now.tv_nsec - b->began.tv_nsec) / 1e9;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    check(db, sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), sql);
    return statement;
}

static int64_t number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q = prepare(db, sql);
    check(db, sqlite3_step(q), sql);
    int64_t value = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return value;
}

/* Makes the tables and indexes that the finished database has. */
static void copy_schema(struct bench *b)
{
    sqlite3_stmt *q = prepare(b->from, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND "
                                       "name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%' "
                                       "ORDER BY type DESC, rowid");
    while (sqlite3_step(q) == SQLITE_ROW)
        run(b->to, (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
}

static void open_new(struct bench *b, const char *path, const char *cache_kib)
{
    char pragma[64];
    snprintf(pragma, sizeof(pragma), "PRAGMA cache_size = -%d", atoi(cache_kib));
    unlink(path);
    check(b->to, sqlite3_open(path, &b->to), path);
    sqlite3_wal_autocheckpoint(b->to, 0);
    run(b->to, "PRAGMA journal_mode = WAL");
    run(b->to, "PRAGMA synchronous = FULL");
    run(b->to, "PRAGMA journal_size_limit = 268435456");
    run(b->to, pragma);
    copy_schema(b);
}

static void open_table(struct bench *b, struct table *t)
{
    t->from = prepare(b->from, t->select);
    t->to = prepare(b->to, t->insert);
    t->columns = (size_t)sqlite3_column_count(t->from);
    t->rows = calloc(ROWS_MAX * t->columns, sizeof(*t->rows));
}

static void load(struct bench *b, struct table *t, int64_t first, int64_t end)
{
    t->count = 0;
    sqlite3_bind_int64(t->from, 1, first);
    sqlite3_bind_int64(t->from, 2, end);
    while (sqlite3_step(t->from) == SQLITE_ROW) {
        if (t->count == ROWS_MAX)
            fail(b->from, "more rows in a commit than there is room for");
        for (size_t c = 0; c < t->columns; c++)
            t->rows[t->count * t->columns + c] =
                sqlite3_value_dup(sqlite3_column_value(t->from, (int)c));
        t->count++;
    }
    sqlite3_reset(t->from);
}

static void bind(sqlite3_stmt *to, int at, sqlite3_value *v)
{
    if (sqlite3_value_type(v) == SQLITE_TEXT)
        sqlite3_bind_text(to, at, (const char *)sqlite3_value_text(v), sqlite3_value_bytes(v),
                          SQLITE_STATIC);
    else if (sqlite3_value_type(v) == SQLITE_BLOB)
        sqlite3_bind_blob(to, at, sqlite3_value_blob(v), sqlite3_value_bytes(v), SQLITE_STATIC);
    else
        sqlite3_bind_value(to, at, v);
}

static void insert_row(struct bench *b, struct table *t, size_t row)
{
    for (size_t c = 0; c < t->columns; c++)
        bind(t->to, (int)c + 1, t->rows[row * t->columns + c]);
    check(b->to, sqlite3_step(t->to), t->insert);
    sqlite3_reset(t->to);
    b->rows++;
}

static void clear(struct table *t)
{
    for (size_t i = 0; i < t->count * t->columns; i++)
        sqlite3_value_free(t->rows[i]);
    t->count = 0;
}

enum { ENTRY, BODY, KEY, CONTEST, AWAITED, AUDIT, VIEW, TABLES };

static struct table tables[TABLES] = {
    [ENTRY] = {.select = "SELECT * FROM entry WHERE n >= ?1 AND n < ?2",
               .insert = "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"},
    [BODY] = {.select = "SELECT * FROM body WHERE n >= ?1 AND n < ?2",
              .insert = "INSERT INTO body VALUES (?,?,?,?)"},
    [KEY] = {.select = "SELECT * FROM temp.key_by_n WHERE n >= ?1 AND n < ?2",
             .insert = "INSERT INTO object_key (n, hash, collection, audience) VALUES (?,?,?,?)"},
    [CONTEST] = {.select = "SELECT * FROM contest WHERE by_number >= ?1 AND by_number < ?2",
                 .insert = "INSERT INTO contest VALUES (?,?)"},
    [AWAITED] = {.select = "SELECT hash, contributor, n FROM awaited_end WHERE n >= ?1 AND n < ?2",
                 .insert = "INSERT INTO awaited_end VALUES (?,?,?)"},
    [AUDIT] = {.select = "SELECT * FROM audit WHERE n >= ?1 AND n < ?2",
               .insert = "INSERT INTO audit VALUES (?,?,?,?,?,?,?,?)"},
    [VIEW] = {.select = "SELECT * FROM view_chunk LIMIT ?2 - ?1 OFFSET ?1",
              .insert = "INSERT INTO view_chunk VALUES (?,?)"},
};

/* The entries of one commit, row by row as the exchange appends them. */
static void insert_commit(struct bench *b, int64_t last)
{
    size_t body = 0;
    size_t key = 0;
    run(b->to, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < tables[ENTRY].count; i++) {
        insert_row(b, &tables[ENTRY], i);
        if (body < tables[BODY].count)
            insert_row(b, &tables[BODY], body++);
        if (key < tables[KEY].count)
            insert_row(b, &tables[KEY], key++);
    }
    for (int t = CONTEST; t <= AUDIT; t++) {
        for (size_t i = 0; i < tables[t].count; i++)
            insert_row(b, &tables[t], i);
    }
    sqlite3_bind_int64(b->position, 1, last);
    check(b->to, sqlite3_step(b->position), "state");
    sqlite3_reset(b->position);
    run(b->to, "COMMIT");
    b->commits++;
}

/* After a full chunk: its sets, in a commit of their own, and the log is folded in. */
static void seal(struct bench *b, int64_t from, int64_t to)
{
    load(b, &tables[VIEW], from, to);
    start(b);
    run(b->to, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < tables[VIEW].count; i++)
        insert_row(b, &tables[VIEW], i);
    run(b->to, "COMMIT");
    check(b->to, sqlite3_wal_checkpoint_v2(b->to, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL),
          "checkpoint");
    stop(b);
    clear(&tables[VIEW]);
    b->commits++;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The numbers at which commits began, ended by last + 1. */
static int64_t *find_commits(struct bench *b, size_t *count)
{
    size_t room = 1024;
    int64_t *starts = malloc(room * sizeof(*starts));
    int64_t before = -COMMIT_GAP_US;
    int64_t last = 0;
    *count = 0;
    sqlite3_stmt *q = prepare(b->from, "SELECT n, added FROM entry ORDER BY n");
    while (sqlite3_step(q) == SQLITE_ROW) {
        last = sqlite3_column_int64(q, 0);
        int64_t added = sqlite3_column_int64(q, 1);
        if (*count + 2 > room)
            starts = realloc(starts, (room *= 2) * sizeof(*starts));
        if (added - before >= COMMIT_GAP_US)
            starts[(*count)++] = last;
        before = added;
    }
    sqlite3_finalize(q);
    starts[*count] = last + 1;
    return starts;
}

static void insert_all(struct bench *b)
{
    size_t count;
    int64_t *starts = find_commits(b, &count);
    int64_t audits = number(b->from, "SELECT count(*) FROM audit");
    int64_t views = number(b->from, "SELECT count(*) FROM view_chunk");
    int64_t chunks = (starts[count] - 1) / CHUNK_ENTRIES;
    int64_t sealed = 0;
    int64_t made = (int64_t)count;
    for (int64_t i = 0; i < made; i++) {
        for (int t = ENTRY; t <= AWAITED; t++)
            load(b, &tables[t], starts[i], starts[i + 1]);
        load(b, &tables[AUDIT], 1 + i * audits / made, 1 + (i + 1) * audits / made);
        start(b);
        insert_commit(b, starts[i + 1] - 1);
        stop(b);
        for (int t = 0; t < TABLES; t++)
            clear(&tables[t]);
        for (; (starts[i + 1] - 1) / CHUNK_ENTRIES > sealed; sealed++)
            seal(b, sealed * views / chunks, (sealed + 1) * views / chunks);
    }
    free(starts);
}

int main(int count, char **args)
{
    struct bench b = {0};
    double began = seconds_now();
    if (count != 3 && count != 4) {
        fprintf(stderr, "usage: bench_import_floor FINISHED_DB NEW_DB [CACHE_KIB]\n");
        return 2;
    }
    check(b.from, sqlite3_open_v2(args[1], &b.from, SQLITE_OPEN_READWRITE, NULL), args[1]);
    run(b.from, "CREATE TEMP TABLE key_by_n (n INTEGER PRIMARY KEY, hash, collection, audience);"
                "INSERT INTO temp.key_by_n SELECT n, hash, collection, audience FROM object_key "
                "WHERE n > 0 ORDER BY n");
    open_new(&b, args[2], count == 4 ? args[3] : "2048");
    for (int t = 0; t < TABLES; t++)
        open_table(&b, &tables[t]);
    run(b.to, "INSERT INTO state VALUES (1, '', '', 0, 0, 0, 0, 0, 0, 0)");
    run(b.to, "PRAGMA wal_checkpoint(TRUNCATE)");
    b.position = prepare(b.to, "UPDATE state SET last_number = ?1");
    insert_all(&b);
    sqlite3_finalize(b.position);
    for (int t = 0; t < TABLES; t++) {
        sqlite3_finalize(tables[t].to);
        sqlite3_finalize(tables[t].from);
        free(tables[t].rows);
    }
    start(&b);
    check(b.to, sqlite3_close(b.to), "close"); /* folds in what is left of the log */
    stop(&b);
    sqlite3_close(b.from);
    printf("%.4f seconds, %ld commits, %ld rows, %.4f not counted\n", b.seconds, b.commits, b.rows,
           seconds_now() - began - b.seconds);
    return 0;
}
