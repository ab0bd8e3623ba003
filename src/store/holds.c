/*
 * Rows of hold, and what they cover.
 */
#include "store/holds.h"

#include "base/uuid.h"
#include "store/log.h"
#include "json/json.h"

/* From what is held: what names it, and what names that. */
#define DEPTH 2

#define COLUMNS "id, object, reason, placed, placed_by, released, released_by"

err holds_place(struct arena *a, struct session *s, struct hold *h)
{
    h->id = uuid_random_id(a, LIT("hold"));
    h->placed_us = s->now_us;
    return db_run(a, s->db, "INSERT INTO hold (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, 0, 0)",
                  DB_ARGS(db_text(h->id), db_text(h->object), db_text(h->reason),
                          db_int(h->placed_us), db_int(h->placed_by)));
}

static struct hold read_row(struct arena *a, const struct db_query *q)
{
    return (struct hold){.id = arena_copy(a, db_get_text(q, 0)),
                         .object = arena_copy(a, db_get_text(q, 1)),
                         .reason = arena_copy(a, db_get_text(q, 2)),
                         .placed_us = db_get_int(q, 3),
                         .placed_by = db_get_int(q, 4),
                         .released_us = db_get_int(q, 5),
                         .released_by = db_get_int(q, 6)};
}

err holds_list(struct arena *a, struct session *s, struct holds *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(a, s->db, "SELECT " COLUMNS " FROM hold ORDER BY placed DESC, id", DB_NO_ARGS,
                 &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, out) = read_row(a, &q);
    return NULL;
}

err holds_release(struct arena *a, struct session *s, str id, int64_t by)
{
    struct holds all = {0};
    TRY(holds_list(a, s, &all));
    for (size_t i = 0; i < all.count; i++) {
        if (!str_eq(all.items[i].id, id))
            continue;
        if (all.items[i].released_us)
            return FAIL(a, ERR_CONFLICT, "this hold was released already");
        return db_run(a, s->db, "UPDATE hold SET released = ?1, released_by = ?2 WHERE id = ?3",
                      DB_ARGS(db_int(s->now_us), db_int(by), db_text(id)));
    }
    return FAIL(a, ERR_NOT_FOUND, "there is no hold %.*s", STR_ARG(id));
}

/* ---- what they cover */

struct covering {
    struct arena *a;
    struct session *s;
    struct hold_cover *out;
    uint32_t briefing; /* types */
    uint32_t material;
};

/* False: it was there. */
static bool add(struct hold_cover *cover, int64_t hash)
{
    int64_t *kept = NEW(cover->arena, int64_t);
    *kept = hash;
    return map_put_new(&cover->objects, (str){(const char *)kept, sizeof(*kept)}, kept) == kept;
}

/* The artifact that a material names. */
static err add_file(struct covering *c, uint32_t body)
{
    struct log_body bytes;
    OWNED(json_reader_done) struct json_reader reader = {0};
    json object;
    TRY(log_body_get(c->a, c->s, body, &bytes));
    if (bytes.bytes.len == 0) /* removed before */
        return NULL;
    TRY(json_read(c->a, &reader, bytes.bytes, NULL, &object));
    str file = json_get_string(object, LIT("file_ref"));
    if (file.len)
        add(c->out, log_id_hash(c->s, file));
    return NULL;
}

/* An entry that names something. */
struct naming {
    int64_t object;
    uint32_t type;
    uint32_t body;
};
struct namings {
    struct naming *items;
    size_t count;
    size_t capacity;
};

static err list_naming(struct covering *c, int64_t target, struct namings *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(c->a, c->s->db,
                 "SELECT a.object, a.type, e.body FROM about a JOIN entry e ON e.n = a.n "
                 "WHERE a.target = ?1",
                 DB_ARGS(db_int(target)), &q));
    DB_ROWS(c->a, &q)
        *LIST_ADD(c->a, out) = (struct naming){db_get_int(&q, 0), (uint32_t)db_get_int(&q, 1),
                                               (uint32_t)db_get_int(&q, 2)};
    return NULL;
}

static err add_what_names(struct covering *c, int64_t target, int depth)
{
    struct namings found = {0};
    TRY(list_naming(c, target, &found));
    for (size_t i = 0; i < found.count; i++) {
        const struct naming *one = &found.items[i];
        if (one->type == c->briefing) /* another edition */
            continue;
        if (one->type == c->material)
            TRY(add_file(c, one->body));
        if (add(c->out, one->object) && depth < DEPTH)
            TRY(add_what_names(c, one->object, depth + 1));
    }
    return NULL;
}

err hold_cover_read(struct arena *a, struct session *s, struct hold_cover *out)
{
    struct holds all = {0};
    struct covering c = {.a = a, .s = s, .out = out};
    *out = (struct hold_cover){.arena = a};
    map_init(&out->objects, a);
    TRY(holds_list(a, s, &all));
    TRY(log_type_number(a, s, LIT("briefing"), &c.briefing));
    TRY(log_type_number(a, s, LIT("briefing-material"), &c.material));
    for (size_t i = 0; i < all.count && !out->is_all; i++) {
        const struct hold *one = &all.items[i];
        if (one->released_us)
            continue;
        out->is_all = one->object.len == 0;
        add(out, log_id_hash(s, one->object));
        TRY(add_what_names(&c, log_id_hash(s, one->object), 1));
    }
    return NULL;
}

bool hold_covers(const struct session *s, const struct hold_cover *cover, str id)
{
    int64_t hash = log_id_hash(s, id);
    return cover->is_all || map_get(&cover->objects, (str){(const char *)&hash, sizeof(hash)});
}
