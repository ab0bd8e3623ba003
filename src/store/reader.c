/*
 * Readers: what an organization, a person or a token may read and write, from the policy (G1, G2,
 * G9).
 */
#include "store/held.h"
#include "store/store.h"

/* By identity id, by sector, or to all: grants to the last two reach active members only. */
static bool grant_reaches(const struct policy_grant *g, const struct policy_org *org)
{
    if (str_eq(g->subject, org->id))
        return true;
    if (str_eq(g->subject, LIT("all")))
        return true;
    return str_starts(g->subject, LIT("sector:")) && str_eq(str_skip(g->subject, 7), org->sector);
}

struct rights {
    bool may_read;
    bool may_write;
};

static bool token_reaches(const struct policy_token *t, uint32_t collection)
{
    if (t == NULL || !t->is_narrowed)
        return true;
    for (size_t i = 0; i < t->collection_count; i++) {
        if (t->collections[i] == collection)
            return true;
    }
    return false;
}

/* A narrowed token counts as if its organization had been granted only those collections (G9). */
static struct rights rights_of(const struct policy *p, const struct reader *r,
                               const struct policy_collection *c)
{
    struct rights rights = {0};
    if (r->org == NULL || !r->org->is_active)
        return rights;
    if (!token_reaches(r->token, c->n))
        return rights;
    rights.may_read = c->is_builtin;
    for (size_t i = 0; i < p->grant_count; i++) {
        const struct policy_grant *g = &p->grants[i];
        if (g->collection != c->n || !grant_reaches(g, r->org))
            continue;
        rights.may_read |= g->may_read;
        rights.may_write |= g->may_write && !c->is_builtin;
    }
    return rights;
}

/* One row for each collection that is held; the public ones are held by everyone (G2). */
static void make_holds(struct arena *a, const struct policy *p, struct reader *r)
{
    struct gate_hold_row *rows = NEW_ARRAY(a, p->collection_count, struct gate_hold_row);
    uint32_t *writes = NEW_ARRAY(a, p->collection_count, uint32_t);
    for (size_t i = 0; i < p->collection_count; i++) {
        const struct policy_collection *c = &p->collections[i];
        struct rights rights = rights_of(p, r, c);
        if (rights.may_read)
            rows[r->gate.hold_count++] = (struct gate_hold_row){c->n, GATE_HOLD_READ};
        else if (c->is_public)
            rows[r->gate.hold_count++] = (struct gate_hold_row){c->n, GATE_HOLD_PUBLIC};
        if (rights.may_write)
            writes[r->write_count++] = c->n;
    }
    r->gate.holds = rows;
    r->writes = writes;
}

#define ROLE_BIT(role) (1u << (role))

/*
 * Publishers write, observers only read; a token of no person writes where its organization does. A
 * person may have a ceiling of their own (B12).
 */
static void make_roles(struct reader *r)
{
    r->gate.own_ceiling = TLP_RED;
    if (r->person) {
        const struct policy_affiliation *where = policy_affiliation(r->person, r->org->n);
        r->gate.roles = where ? where->roles : 0;
        r->gate.own_ceiling = where ? where->ceiling : TLP_CLEAR;
        r->may_post = r->gate.roles & ROLE_BIT(ROLE_PUBLISHER);
        r->may_reply = r->gate.roles != ROLE_BIT(ROLE_OBSERVER);
    } else {
        r->may_post = true;
        r->may_reply = true;
    }
    if (r->token && r->token->is_read_only)
        r->may_post = false;
}

static int64_t actor_person(const struct reader *r)
{
    return r->person ? r->person->n : 0;
}

/* A person's token is that person. */
static int64_t actor_token(const struct reader *r)
{
    return r->token && !r->person ? r->token->n : 0;
}

static err actor_number(struct arena *a, struct session *s, const struct reader *r, int64_t *out)
{
    TRY(session_rows(a, s));
    return db_query_int(
        a, s->db, "SELECT n FROM actor WHERE org = ?1 AND person = ?2 AND token = ?3",
        DB_ARGS(db_int(r->org->n), db_int(actor_person(r)), db_int(actor_token(r))), 0, out);
}

/* A bare organization is nobody in particular: it is the author of nothing. */
static bool is_somebody(const struct reader *r)
{
    return r->org && (r->person || r->token);
}

static err find_actor(struct arena *a, struct session *s, struct reader *r)
{
    r->gate.actor = 0;
    return is_somebody(r) ? actor_number(a, s, r, &r->gate.actor) : NULL;
}

static err make(struct arena *a, struct session *s, const struct policy_org *org,
                const struct policy_person *person, const struct policy_token *token,
                struct reader *out)
{
    struct reader r = {.org = org, .person = person, .token = token};
    if (org) {
        r.gate.org = org->n;
        r.gate.is_active = org->is_active && (person == NULL || !person->is_suspended) &&
                           (person == NULL || policy_affiliation(person, org->n));
        r.gate.org_id = org->id;
        r.gate.person_id = person ? person->id : (str){0};
        r.gate.token_id = token ? token->id : (str){0};
        r.gate.ceiling = org->ceiling;
        r.gate.sectors = org->sector_bit;
        r.gate.jurisdictions = org->jurisdictions;
        r.gate.jurisdiction_count = org->jurisdiction_count;
        r.gate.groups = org->groups;
        r.gate.group_count = org->group_count;
        make_roles(&r);
    }
    make_holds(a, s->policy, &r);
    TRY(find_actor(a, s, &r));
    *out = r;
    return NULL;
}

/*
 * A reader is kept with the policy once the number of its actor is known for good: what a write
 * session finds may yet be undone, and who has never acted may act at any time.
 */
err reader_make(struct arena *a, struct session *s, const struct policy_org *org,
                const struct policy_person *person, const struct policy_token *token,
                struct reader *out)
{
    person = org ? person : NULL;
    token = org ? token : NULL;
    struct held_key key = held_key(org, person, token);
    if (held_get_reader(s->policy->held, &key, out))
        return NULL;
    TRY(make(a, s, org, person, token, out));
    if (!s->is_write && (out->gate.actor || !is_somebody(out)))
        held_put_reader(s->policy->held, &key, out);
    return NULL;
}

err reader_of_actor(struct arena *a, struct session *s, int64_t actor, int64_t org,
                    struct reader *out)
{
    int64_t person = 0;
    int64_t token = 0;
    if (actor) {
        OWNED(db_query_done) struct db_query q = {0};
        TRY(db_query(a, s->db, "SELECT org, person, token FROM actor WHERE n = ?1",
                     DB_ARGS(db_int(actor)), &q));
        bool has_row;
        TRY(db_next(a, &q, &has_row));
        if (has_row) {
            org = db_get_int(&q, 0);
            person = db_get_int(&q, 1);
            token = db_get_int(&q, 2);
        }
    }
    return reader_make(a, s, policy_org(s->policy, org),
                       person ? policy_person(s->policy, person) : NULL,
                       token ? policy_token(s->policy, token) : NULL, out);
}

err reader_receipt_actor(struct arena *a, struct session *s, const struct reader *r, int64_t *actor)
{
    ASSERT(r->org != NULL);
    TRY(actor_number(a, s, r, actor));
    if (*actor)
        return NULL;
    TRY(db_run(a, s->db,
               "INSERT INTO actor (n, org, person, token) "
               "SELECT coalesce(max(n), 0) + 1, ?1, ?2, ?3 FROM actor",
               DB_ARGS(db_int(r->org->n), db_int(actor_person(r)), db_int(actor_token(r)))));
    return actor_number(a, s, r, actor);
}

err reader_intern_actor(struct arena *a, struct session *s, struct reader *r)
{
    return is_somebody(r) ? reader_receipt_actor(a, s, r, &r->gate.actor) : NULL;
}

bool reader_may_read_collection(const struct reader *r, uint32_t collection)
{
    if (r->org && !r->gate.is_active)
        return false;
    return gate_holds_collection(&r->gate, collection) != GATE_HOLD_NOTHING;
}

bool reader_may_write_collection(const struct reader *r, uint32_t collection)
{
    bool may_write = false;
    for (size_t i = 0; i < r->write_count; i++)
        may_write |= r->writes[i] == collection;
    return may_write && r->gate.is_active && r->may_post;
}

struct held_list reader_held(struct session *s, const struct reader *r)
{
    ASSERT(!s->is_write); /* what is not committed must not be remembered */
    return held_get(s->policy->held, s->store->audiences, r, s->audience_count);
}

void reader_audiences(struct session *s, const struct reader *r, const uint32_t **audiences,
                      size_t *count, uint64_t *generation)
{
    struct held_list held = reader_held(s, r);
    *audiences = held.items;
    *count = held.count;
    *generation = held.generation;
}

bool reader_may_read(const struct session *s, const struct reader *r, uint32_t audience)
{
    struct gate_names names = audience_names(s->store->audiences);
    return gate_audience_holds(audience_get(s->store->audiences, audience), &names, &r->gate);
}
