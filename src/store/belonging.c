/*
 * Following the index of what names what, backwards.
 */
#include "store/belonging.h"

#include "store/log.h"
#include "json/json.h"

/* What names it, and what names that. */
#define DEPTH 2

struct following {
    struct arena *a;
    struct session *s;
    struct belonging *out;
    uint32_t briefing; /* types */
    uint32_t material;
};

/* False: it was there. */
static bool add(struct belonging *to, int64_t hash)
{
    int64_t *kept = NEW(to->arena, int64_t);
    *kept = hash;
    if (map_put_new(&to->objects, (str){(const char *)kept, sizeof(*kept)}, kept) != kept)
        return false;
    *LIST_ADD(to->arena, to) = hash;
    return true;
}

/* The artifact that a material names. */
static err add_file(struct following *c, uint32_t body)
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

static err list_naming(struct following *c, int64_t target, struct namings *out)
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

static err add_what_names(struct following *c, int64_t target, int depth)
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

void belonging_init(struct belonging *b, struct arena *a)
{
    *b = (struct belonging){.arena = a};
    map_init(&b->objects, a);
}

err belonging_add(struct arena *a, struct session *s, struct belonging *b, str id)
{
    struct following c = {.a = a, .s = s, .out = b};
    int64_t hash = log_id_hash(s, id);
    TRY(log_type_number(a, s, LIT("briefing"), &c.briefing));
    TRY(log_type_number(a, s, LIT("briefing-material"), &c.material));
    add(b, hash);
    return add_what_names(&c, hash, 1);
}

static bool has(const struct belonging *b, int64_t hash)
{
    return map_get(&b->objects, (str){(const char *)&hash, sizeof(hash)}) != NULL;
}

bool belonging_has(const struct session *s, const struct belonging *b, str id)
{
    return has(b, log_id_hash(s, id));
}

bool belonging_meets(const struct belonging *a, const struct belonging *b)
{
    bool meets = false;
    for (size_t i = 0; i < a->count && !meets; i++)
        meets = has(b, a->items[i]);
    return meets;
}
