/*
 * The gate: who may read what (rules G1 to G10). Pure: no SQL, no clock, no allocation.
 *
 * A clause says what must be true of a reader; an audience is a set of clauses that must all hold.
 * Every read on every surface ends in gate_audience_holds. The answer it does not know is no.
 *
 * Organizations, groups, collections, named audiences and actors are small numbers given by the
 * store; zero is nobody. An actor is an organization's person or token, so that a person acting for
 * another organization is another actor (B1).
 */
#ifndef TOCSIN_GATE_GATE_H
#define TOCSIN_GATE_GATE_H

#include "stix/marking.h"

/* What a reader holds of a collection. */
enum gate_hold {
    GATE_HOLD_NOTHING,
    GATE_HOLD_PUBLIC, /* as the anonymous do: ceiling CLEAR, in no list (G2) */
    GATE_HOLD_READ,   /* by a grant, or the built-in collection of an active member */
};

/* A named audience (G4). Strings are STIX ids; jurisdictions are canonical. */
struct gate_named {
    const str *organizations;
    size_t organization_count;
    const str *people;
    size_t person_count;
    const str *tokens;
    size_t token_count;
    unsigned sectors; /* bit 1 << sector; zero: the list is absent */
    const str *jurisdictions;
    size_t jurisdiction_count;
    unsigned roles; /* bit 1 << role; zero: the list is absent */
};

/* The named audience that admits nobody: for markings that are not understood (G5). */
#define GATE_NAMED_NOBODY 0u

struct gate_clause {
    uint32_t collection;
    enum tlp label;
    int64_t contributor;   /* organization or group */
    int64_t author;        /* actor, for RED; zero otherwise */
    const uint32_t *named; /* numbers of named audiences, ascending */
    size_t named_count;
};

struct gate_audience {
    const struct gate_clause *clauses;
    size_t count;
};

/* The named audiences by number; [GATE_NAMED_NOBODY] exists and is not looked at. */
struct gate_names {
    const struct gate_named *items;
    size_t count;
};

struct gate_hold_row {
    uint32_t collection;
    enum gate_hold hold;
};

/* A reader: a person for one organization, a token, a certificate, an organization or nobody. */
struct gate_reader {
    int64_t org;    /* zero: anonymous */
    bool is_active; /* the organization is a member and not suspended */
    int64_t actor;  /* zero: nobody in particular (a bare organization, or anonymous) */
    str org_id;
    str person_id;        /* empty: none */
    str token_id;         /* empty: none */
    enum tlp ceiling;     /* the organization's */
    enum tlp own_ceiling; /* of a person nobody has called yet (B12); else TLP_RED */
    unsigned sectors;     /* bit of the organization's sector */
    const str *jurisdictions;
    size_t jurisdiction_count;
    unsigned roles;        /* bits; zero for tokens of no person (G4) */
    const int64_t *groups; /* group identities the organization owns */
    size_t group_count;
    /* Ascending by collection; absent: nothing. A narrowed token's are those it was given (G9). */
    const struct gate_hold_row *holds;
    size_t hold_count;
};

/* What the reader holds of `collection`. */
enum gate_hold gate_holds_collection(const struct gate_reader *r, uint32_t collection);

/* True if the named audience admits the reader (G4), by any of its lists. */
bool gate_named_admits(const struct gate_named *n, const struct gate_reader *r);

/* True if it does so by naming this very person or token, as RED asks. */
bool gate_named_names(const struct gate_named *n, const struct gate_reader *r);

/* G1. */
bool gate_clause_holds(const struct gate_clause *c, const struct gate_names *names,
                       const struct gate_reader *r);
bool gate_audience_holds(const struct gate_audience *audience, const struct gate_names *names,
                         const struct gate_reader *r);

/*
 * G7: true if a container under `container` may list content under `content`: the content's label
 * is no stricter and every named audience of the content stands at the container too.
 */
bool gate_may_contain(const struct gate_clause *container, const struct gate_clause *content);

/* Orders clauses for interning: by collection, label, contributor, author, named audiences. */
int gate_clause_cmp(const struct gate_clause *a, const struct gate_clause *b);

#endif
