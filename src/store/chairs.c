/*
 * The chairs of a demo exchange.
 */
#include "store/chairs.h"

#define ID_BYTES_MAX 40

static struct chair read_row(struct arena *a, const struct db_query *q)
{
    return (struct chair){.id = arena_copy(a, db_get_text(q, 0)),
                          .title = arena_copy(a, db_get_text(q, 1)),
                          .about = arena_copy(a, db_get_text(q, 2)),
                          .person = db_get_int(q, 3),
                          .org = db_get_int(q, 4)};
}

err chairs_list(struct arena *a, struct session *s, struct chairs *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    struct chairs chairs = {0};
    TRY(db_query(a, s->db, "SELECT id, title, about, person, org FROM chair ORDER BY place, id",
                 DB_NO_ARGS, &q));
    DB_ROWS(a, &q)
        *LIST_ADD(a, &chairs) = read_row(a, &q);
    *out = chairs;
    return NULL;
}

err chairs_get(struct arena *a, struct session *s, str id, struct chair *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    bool has_row;
    TRY(db_query(a, s->db, "SELECT id, title, about, person, org FROM chair WHERE id = ?1",
                 DB_ARGS(db_text(id)), &q));
    TRY(db_next(a, &q, &has_row));
    if (!has_row)
        return FAIL(a, ERR_NOT_FOUND, "there is no chair '%.*s'", STR_ARG(id));
    *out = read_row(a, &q);
    return NULL;
}

static bool is_word(str id)
{
    for (size_t i = 0; i < id.len; i++) {
        if (!char_is_lower(id.at[i]) && !char_is_digit(id.at[i]) && id.at[i] != '-')
            return false;
    }
    return id.len > 0 && id.len <= ID_BYTES_MAX;
}

err chairs_put(struct arena *a, struct session *s, const struct chair *chair)
{
    if (!is_word(chair->id))
        return FAIL(a, ERR_USAGE,
                    "'%.*s' is no name of a chair: lower-case letters, digits and hyphens, %d at "
                    "most",
                    STR_ARG(chair->id), ID_BYTES_MAX);
    if (chair->title.len == 0 || chair->title.len > CHAIRS_TEXT_BYTES_MAX ||
        chair->about.len > CHAIRS_TEXT_BYTES_MAX)
        return FAIL(a, ERR_USAGE, "a chair's title and sentence have up to %d bytes",
                    CHAIRS_TEXT_BYTES_MAX);
    return db_run(a, s->db,
                  "INSERT INTO chair (id, place, person, org, title, about) "
                  "VALUES (?1, (SELECT coalesce(max(place), 0) + 1 FROM chair), ?2, ?3, ?4, ?5) "
                  "ON CONFLICT (id) DO UPDATE SET person = excluded.person, org = excluded.org, "
                  "title = excluded.title, about = excluded.about",
                  DB_ARGS(db_text(chair->id), db_int(chair->person), db_int(chair->org),
                          db_text(chair->title), db_text(chair->about)));
}
