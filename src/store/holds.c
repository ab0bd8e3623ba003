/*
 * Rows of hold, and what they cover.
 */
#include "store/holds.h"

#include "base/uuid.h"

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

err hold_cover_read(struct arena *a, struct session *s, struct hold_cover *out)
{
    struct holds all = {0};
    *out = (struct hold_cover){0};
    belonging_init(&out->objects, a);
    TRY(holds_list(a, s, &all));
    for (size_t i = 0; i < all.count && !out->is_all; i++) {
        const struct hold *one = &all.items[i];
        if (one->released_us)
            continue;
        out->is_all = one->object.len == 0;
        TRY(belonging_add(a, s, &out->objects, one->object));
    }
    return NULL;
}

bool hold_covers(const struct session *s, const struct hold_cover *cover, str id)
{
    return cover->is_all || belonging_has(s, &cover->objects, id);
}
