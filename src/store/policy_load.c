/*
 * Making a policy from the database: one query per table, rows in the order of their numbers.
 */
#include "store/policy_slot.h"

#include "store/contact_changes.h"
#include "store/held.h"

#include <stdlib.h>

struct loader {
    struct arena *a; /* errors */
    struct db *db;
    struct policy *p;
    int64_t now_us;
};

struct code_row {
    int64_t owner;
    str code;
};
struct pair_row {
    int64_t owner;
    int64_t other;
};

typedef LIST_OF(struct code_row) code_rows;
typedef LIST_OF(struct pair_row) pair_rows;

static str keep(struct loader *l, str s)
{
    return arena_copy(&l->p->arena, s);
}

/* The policy must be made anew once `time_us` is past. */
static void expires_at(struct loader *l, int64_t time_us)
{
    if (time_us > l->now_us && time_us < l->p->good_until_us)
        l->p->good_until_us = time_us;
}

static err load_codes(struct loader *l, code_rows *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(l->a, l->db, "SELECT org, code FROM org_jurisdiction ORDER BY org, code",
                 DB_NO_ARGS, &q));
    DB_ROWS(l->a, &q)
        *LIST_ADD(&l->p->arena, out) =
            (struct code_row){db_get_int(&q, 0), keep(l, db_get_text(&q, 1))};
    return NULL;
}

static err load_pairs(struct loader *l, const char *sql, pair_rows *out)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(l->a, l->db, sql, DB_NO_ARGS, &q));
    DB_ROWS(l->a, &q)
        *LIST_ADD(&l->p->arena, out) = (struct pair_row){db_get_int(&q, 0), db_get_int(&q, 1)};
    return NULL;
}

static void give_codes(struct loader *l, struct policy_org *org, const code_rows *rows, size_t *at)
{
    size_t from = *at;
    while (*at < rows->count && rows->items[*at].owner == org->n)
        (*at)++;
    str *codes = NEW_ARRAY(&l->p->arena, *at - from, str);
    for (size_t i = from; i < *at; i++)
        codes[i - from] = rows->items[i].code;
    org->jurisdictions = codes;
    org->jurisdiction_count = *at - from;
}

/* The second numbers of the rows of `owner`; `*at` moves past them. */
static const int64_t *others_of(struct loader *l, const pair_rows *rows, int64_t owner, size_t *at,
                                size_t *count)
{
    while (*at < rows->count && rows->items[*at].owner < owner)
        (*at)++;
    size_t from = *at;
    while (*at < rows->count && rows->items[*at].owner == owner)
        (*at)++;
    int64_t *others = NEW_ARRAY(&l->p->arena, *at - from, int64_t);
    for (size_t i = from; i < *at; i++)
        others[i - from] = rows->items[i].other;
    *count = *at - from;
    return others;
}

static void read_org(struct loader *l, const struct db_query *q, struct policy_org *org)
{
    *org = (struct policy_org){
        .n = db_get_int(q, 0),
        .id = keep(l, db_get_text(q, 1)),
        .name = keep(l, db_get_text(q, 2)),
        .sector = keep(l, db_get_text(q, 3)),
        .ceiling = (enum tlp)db_get_int(q, 4),
        .status = keep(l, db_get_text(q, 5)),
        .is_suspended = db_get_int(q, 6) != 0,
        .is_group = db_get_int(q, 7) != 0,
        .is_steward = db_get_int(q, 8) != 0,
        .is_exercise = db_get_int(q, 9) != 0,
    };
    enum sector sector;
    if (sector_read(org->sector, &sector))
        org->sector_bit = 1u << sector;
    org->is_active = str_eq(org->status, LIT("member")) && !org->is_suspended;
}

typedef LIST_OF(struct policy_org) org_list;

static err query_orgs(struct loader *l, org_list *orgs)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(l->a, l->db,
                 "SELECT n, id, name, sector, ceiling, status, is_suspended, is_group, is_steward, "
                 "is_exercise FROM org ORDER BY n",
                 DB_NO_ARGS, &q));
    DB_ROWS(l->a, &q)
        read_org(l, &q, LIST_ADD(&l->p->arena, orgs));
    return NULL;
}

static err load_orgs(struct loader *l)
{
    struct policy *p = l->p;
    org_list orgs = {0};
    TRY(query_orgs(l, &orgs));
    code_rows codes = {0};
    TRY(load_codes(l, &codes));
    pair_rows groups = {0};
    TRY(load_pairs(l, "SELECT other, org FROM org_link WHERE kind = 'owned-by' ORDER BY other, org",
                   &groups));
    size_t at_code = 0;
    size_t at_group = 0;
    for (size_t i = 0; i < orgs.count; i++) {
        struct policy_org *org = &orgs.items[i];
        give_codes(l, org, &codes, &at_code);
        org->groups = others_of(l, &groups, org->n, &at_group, &org->group_count);
        map_put(&p->org_by_id, org->id, org);
    }
    p->orgs = orgs.items;
    p->org_count = orgs.count;
    return NULL;
}

typedef LIST_OF(struct policy_person) person_list;

static err load_people_rows(struct loader *l, person_list *people)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(l->a, l->db,
                 "SELECT p.n, p.id, coalesce(c.email, p.email), coalesce(c.name, p.name), "
                 "p.password, p.is_suspended, EXISTS (SELECT 1 FROM authenticator x WHERE "
                 "x.person = p.n AND x.is_confirmed = 1) FROM person p " CONTACT_CHANGES_JOIN
                 "ORDER BY p.n",
                 DB_ARGS(db_int(l->now_us)), &q));
    DB_ROWS(l->a, &q)
        *LIST_ADD(&l->p->arena, people) = (struct policy_person){
            .n = db_get_int(&q, 0),
            .id = keep(l, db_get_text(&q, 1)),
            .email = keep(l, db_get_text(&q, 2)),
            .name = keep(l, db_get_text(&q, 3)),
            .password = keep(l, db_get_text(&q, 4)),
            .is_suspended = db_get_int(&q, 5) != 0,
            .has_second = db_get_int(&q, 6) != 0,
        };
    return NULL;
}

typedef LIST_OF(struct policy_affiliation) affiliation_list;

/* Affiliations come in the order of people, so that each person's lie side by side. */
static err load_affiliations(struct loader *l, person_list *people)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(l->a, l->db,
                 "SELECT person, org, roles, ceiling FROM affiliation ORDER BY person, org",
                 DB_NO_ARGS, &q));
    affiliation_list all = {0};
    pair_rows owners = {0};
    DB_ROWS(l->a, &q) {
        owners.count = all.count;
        *LIST_ADD(&l->p->arena, &owners) = (struct pair_row){db_get_int(&q, 0), 0};
        *LIST_ADD(&l->p->arena, &all) = (struct policy_affiliation){
            db_get_int(&q, 1), (unsigned)db_get_int(&q, 2), (enum tlp)db_get_int(&q, 3)};
    }
    size_t at = 0;
    for (size_t i = 0; i < people->count; i++) {
        struct policy_person *person = &people->items[i];
        while (at < all.count && owners.items[at].owner < person->n)
            at++;
        person->affiliations = all.items + at;
        while (at < all.count && owners.items[at].owner == person->n)
            at++;
        person->affiliation_count = (size_t)(all.items + at - person->affiliations);
    }
    return NULL;
}

static err load_people(struct loader *l)
{
    person_list people = {0};
    int64_t change_us;
    TRY(load_people_rows(l, &people));
    TRY(contact_changes_next(l->a, l->db, l->now_us, &change_us));
    expires_at(l, change_us);
    TRY(load_affiliations(l, &people));
    for (size_t i = 0; i < people.count; i++) {
        map_put(&l->p->person_by_id, people.items[i].id, &people.items[i]);
        map_put(&l->p->person_by_email, people.items[i].email, &people.items[i]);
    }
    l->p->people = people.items;
    l->p->person_count = people.count;
    return NULL;
}

typedef LIST_OF(struct policy_token) token_list;

static err load_token_rows(struct loader *l, token_list *tokens)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(l->a, l->db,
                 "SELECT n, id, kind, digest, name, org, person, expires, is_read_only, "
                 "is_narrowed, is_revoked FROM token ORDER BY n",
                 DB_NO_ARGS, &q));
    DB_ROWS(l->a, &q) {
        struct policy_token *t = LIST_ADD(&l->p->arena, tokens);
        *t = (struct policy_token){
            .n = db_get_int(&q, 0),
            .id = keep(l, db_get_text(&q, 1)),
            .is_certificate = str_eq(db_get_text(&q, 2), LIT("certificate")),
            .digest = keep(l, db_get_blob(&q, 3)),
            .name = keep(l, db_get_text(&q, 4)),
            .org = db_get_int(&q, 5),
            .person = db_get_int(&q, 6),
            .expires_us = db_get_int(&q, 7),
            .is_read_only = db_get_int(&q, 8) != 0,
            .is_narrowed = db_get_int(&q, 9) != 0,
            .is_revoked = db_get_int(&q, 10) != 0,
        };
        expires_at(l, t->expires_us);
    }
    return NULL;
}

static err load_tokens(struct loader *l)
{
    token_list tokens = {0};
    TRY(load_token_rows(l, &tokens));
    pair_rows narrowed = {0};
    TRY(load_pairs(l, "SELECT token, collection FROM token_collection ORDER BY token, collection",
                   &narrowed));
    size_t at = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        struct policy_token *t = &tokens.items[i];
        t->collections = others_of(l, &narrowed, t->n, &at, &t->collection_count);
        map_put(&l->p->token_by_digest, t->digest, t);
        map_put(&l->p->token_by_id, t->id, t);
    }
    l->p->tokens = tokens.items;
    l->p->token_count = tokens.count;
    return NULL;
}

typedef LIST_OF(struct policy_collection) collection_list;

static err load_collections(struct loader *l)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(l->a, l->db,
                 "SELECT n, id, alias, title, description, default_tlp, is_public, is_builtin, "
                 "publisher FROM collection ORDER BY n",
                 DB_NO_ARGS, &q));
    collection_list collections = {0};
    DB_ROWS(l->a, &q)
        *LIST_ADD(&l->p->arena, &collections) = (struct policy_collection){
            .n = (uint32_t)db_get_int(&q, 0),
            .id = keep(l, db_get_text(&q, 1)),
            .alias = keep(l, db_get_text(&q, 2)),
            .title = keep(l, db_get_text(&q, 3)),
            .description = keep(l, db_get_text(&q, 4)),
            .default_tlp = (enum tlp)db_get_int(&q, 5),
            .is_public = db_get_int(&q, 6) != 0,
            .is_builtin = db_get_int(&q, 7) != 0,
            .builtin = (enum collection_builtin)db_get_int(&q, 7),
            .publisher = db_get_int(&q, 8),
        };
    for (size_t i = 0; i < collections.count; i++) {
        struct policy_collection *c = &collections.items[i];
        l->p->members = c->builtin == COLLECTION_MEMBERS ? c->n : l->p->members;
        l->p->briefings = c->builtin == COLLECTION_BRIEFINGS ? c->n : l->p->briefings;
        map_put(&l->p->collection_by_id, c->id, c);
        if (c->alias.len)
            map_put_new(&l->p->collection_by_id, c->alias, c);
    }
    l->p->collections = collections.items;
    l->p->collection_count = collections.count;
    return NULL;
}

typedef LIST_OF(struct policy_grant) grant_list;

static err load_grants(struct loader *l)
{
    OWNED(db_query_done) struct db_query q = {0};
    TRY(db_query(l->a, l->db,
                 "SELECT collection, subject, may_read, may_write, until FROM access_grant "
                 "ORDER BY n",
                 DB_NO_ARGS, &q));
    grant_list grants = {0};
    DB_ROWS(l->a, &q) {
        struct policy_grant grant = {
            .collection = (uint32_t)db_get_int(&q, 0),
            .subject = keep(l, db_get_text(&q, 1)),
            .may_read = db_get_int(&q, 2) != 0,
            .may_write = db_get_int(&q, 3) != 0,
            .until_us = db_get_int(&q, 4),
        };
        expires_at(l, grant.until_us);
        if (!policy_is_over(grant.until_us, l->now_us))
            *LIST_ADD(&l->p->arena, &grants) = grant;
    }
    l->p->grants = grants.items;
    l->p->grant_count = grants.count;
    return NULL;
}

static uint64_t next_serial(void)
{
    static uint64_t last; /* only ever counted up: keys must differ, nothing else hangs on it */
    return __atomic_add_fetch(&last, 1, __ATOMIC_RELAXED);
}

static err load_all(struct loader *l)
{
    TRY(load_orgs(l));
    TRY(load_people(l));
    TRY(load_tokens(l));
    TRY(load_collections(l));
    return load_grants(l);
}

err policy_load(struct arena *a, struct db *db, int64_t epoch, int64_t now_us, struct policy **out)
{
    struct policy *p = calloc(1, sizeof(*p));
    ASSERT(p != NULL);
    p->holders = 1;
    p->epoch = epoch;
    p->serial = next_serial();
    p->good_until_us = INT64_MAX;
    p->held = held_open();
    struct map *maps[] = {&p->org_by_id,       &p->person_by_id, &p->person_by_email,
                          &p->token_by_digest, &p->token_by_id,  &p->collection_by_id};
    for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
        map_init(maps[i], &p->arena);
    struct loader l = {.a = a, .db = db, .p = p, .now_us = now_us};
    err failure = load_all(&l);
    if (failure) {
        policy_release(p);
        return failure;
    }
    *out = p;
    return NULL;
}
