/*
 * The policy: organizations, people, tokens, collections and grants as one immutable picture in
 * memory, made from the database whenever its epoch moves or something in it expires.
 *
 * Everything in a policy lives as long as the session that gave it. Readers are made from it; the
 * audiences a reader holds are worked out once and remembered with it.
 */
#ifndef TOCSIN_STORE_POLICY_H
#define TOCSIN_STORE_POLICY_H

#include "base/map.h"
#include "db/db.h"
#include "gate/gate.h"

struct store;
struct session;

struct policy_org {
    int64_t n;
    str id;
    str name;
    str sector;
    unsigned sector_bit;
    enum tlp ceiling;
    str status; /* known, invited, member, left */
    bool is_suspended;
    bool is_group;
    bool is_exercise; /* a group: what it contributes belongs to an exercise (B25) */
    bool is_steward;
    bool is_active;
    const str *jurisdictions;
    size_t jurisdiction_count;
    const int64_t *groups; /* group identities it owns */
    size_t group_count;
};

struct policy_affiliation {
    int64_t org;
    unsigned roles;   /* bits in the order of STIX_ROLES */
    enum tlp ceiling; /* below TLP_RED: of somebody whom nobody has called yet (B12) */
};

struct policy_person {
    int64_t n;
    str id;
    str email;
    str name;
    str password; /* encoded hash; empty: none */
    bool is_suspended;
    bool has_second; /* an authenticator that their password alone does not stand in for */
    const struct policy_affiliation *affiliations;
    size_t affiliation_count;
};

struct policy_token {
    int64_t n;
    str id;
    str digest;
    str name;
    int64_t org;
    int64_t person;     /* 0: none */
    int64_t expires_us; /* 0: never */
    bool is_certificate;
    bool is_read_only;
    bool is_revoked;
    bool is_narrowed;
    const int64_t *collections; /* where narrowed */
    size_t collection_count;
};

/* Values of collection.is_builtin. */
enum collection_builtin { COLLECTION_ORDINARY, COLLECTION_MEMBERS, COLLECTION_BRIEFINGS };

struct policy_collection {
    uint32_t n;
    str id;
    str alias; /* empty: none */
    str title;
    str description;
    enum tlp default_tlp;
    bool is_public;
    bool is_builtin; /* Members (L11), Briefings */
    enum collection_builtin builtin;
    int64_t publisher; /* org; 0: none */
};

struct policy_grant {
    uint32_t collection;
    str subject; /* an identity id, sector:S or all */
    bool may_read;
    bool may_write;
    int64_t until_us; /* 0: for good */
};

struct held_cache;

struct policy {
    int holders; /* sessions and the slot */
    struct arena arena;
    int64_t epoch;
    uint64_t serial;               /* never the same twice in this process: for cache keys */
    int64_t good_until_us;         /* something expires then; INT64_MAX: nothing does */
    const struct policy_org *orgs; /* ascending by n */
    size_t org_count;
    const struct policy_person *people; /* ascending by n */
    size_t person_count;
    const struct policy_token *tokens; /* ascending by n */
    size_t token_count;
    const struct policy_collection *collections; /* ascending by n */
    size_t collection_count;
    uint32_t members;   /* the built-in collections */
    uint32_t briefings; /* written by the verbs of the exchange only */
    const struct policy_grant *grants;
    size_t grant_count;
    struct map org_by_id;
    struct map person_by_id;
    struct map person_by_email;
    struct map token_by_digest;
    struct map token_by_id;
    struct map collection_by_id; /* ids and aliases */
    struct held_cache *held;
};

/* A reader with what goes with it. All of it lives as long as the policy and the arena given. */
struct reader {
    struct gate_reader gate;
    const struct policy_org *org;       /* NULL: anonymous */
    const struct policy_person *person; /* NULL: none */
    const struct policy_token *token;   /* NULL: none */
    bool may_post;                      /* by role and token: publishers write (G9) */
    bool may_reply;                     /* in the organization's name: more than an observer (G9) */
    const uint32_t *writes;             /* collections whose grants allow it, ascending */
    size_t write_count;
};

/* From its end on a thing is over; an end of 0 never comes. */
bool policy_is_over(int64_t end_us, int64_t now_us);

/* Neither revoked nor expired. */
bool policy_token_is_good(const struct policy_token *t, int64_t now_us);

/* By row number or id; NULL where there is none. `key` may be a collection's id or alias. */
const struct policy_org *policy_org(const struct policy *p, int64_t n);
const struct policy_org *policy_org_by_id(const struct policy *p, str id);
const struct policy_person *policy_person(const struct policy *p, int64_t n);
const struct policy_person *policy_person_by_email(const struct policy *p, str email);
/* As what the person acts for this organization; NULL if they do not, or there is no person. */
const struct policy_affiliation *policy_affiliation(const struct policy_person *person,
                                                    int64_t org);
/* The strictest label that a person may read there: their own ceiling or the organization's,
 * whichever is lower. For who acts for it. */
enum tlp policy_ceiling(const struct policy_person *person, const struct policy_org *org);
/* Nobody has called this person yet: they act for the organization with a ceiling of their own. */
bool policy_is_provisional(const struct policy_person *person, int64_t org);
const struct policy_token *policy_token(const struct policy *p, int64_t n);
const struct policy_collection *policy_collection(const struct policy *p, uint32_t n);
const struct policy_collection *policy_collection_by_key(const struct policy *p, str key);

/*
 * Makes a reader. `person` and `token` may be NULL; `org` NULL is the anonymous. A person must be
 * affiliated with `org` (else they get no roles and nothing but the public). Interns the actor if
 * it is known already; `gate.actor` is 0 for an actor that has never acted (session_actor makes
 * one).
 */
err reader_make(struct arena *a, struct session *s, const struct policy_org *org,
                const struct policy_person *person, const struct policy_token *token,
                struct reader *out) MUST_USE;

/* The reader that an actor (who submitted an entry) is today; a bare organization for actor 0. */
err reader_of_actor(struct arena *a, struct session *s, int64_t actor, int64_t org,
                    struct reader *out) MUST_USE;

/* In a write session: the actor's number, interned. 0 for a bare organization. */
err reader_intern_actor(struct arena *a, struct session *s, struct reader *r) MUST_USE;

/*
 * In a write session: the actor under which receipts are kept. As reader_intern_actor, but a bare
 * organization has one too.
 */
err reader_receipt_actor(struct arena *a, struct session *s, const struct reader *r,
                         int64_t *actor) MUST_USE;

/* What the reader may do with a collection, before roles of people are looked at. */
bool reader_may_read_collection(const struct reader *r, uint32_t collection);
/* By grant, role and token; the built-in collection is written by nobody. */
bool reader_may_write_collection(const struct reader *r, uint32_t collection);

/*
 * The audiences that the reader holds, ascending, from cache where possible; borrowed until the
 * session ends. `*generation` identifies this set for cache keys (0: do not cache).
 */
void reader_audiences(struct session *s, const struct reader *r, const uint32_t **audiences,
                      size_t *count, uint64_t *generation);

/* All of it: in a read session. */
struct held_list reader_held(struct session *s, const struct reader *r);

/* True if the reader may read what stands under this interned audience. */
bool reader_may_read(const struct session *s, const struct reader *r, uint32_t audience);

#endif
