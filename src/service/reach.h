/*
 * Who will see something that is about to be told, worked out by the gate before anything is
 * stored: the exact people, as rule 4 of what the program keeps asks.
 */
#ifndef TOCSIN_SERVICE_REACH_H
#define TOCSIN_SERVICE_REACH_H

#include "stix/vocab.h"
#include "store/store.h"

struct reach_person {
    const struct policy_person *person;
    const struct policy_org *org; /* where they read it; the first of them, if it is several */
};

struct reach {
    struct reach_person *items; /* by organization, then by name */
    size_t count;
    size_t capacity;
    size_t organizations;
    size_t by_sector[SECTOR_COUNT];
    /* Active members who may not hear the label, or hold nothing of the collection. */
    size_t missed;
    size_t missed_by_sector[SECTOR_COUNT];
};

/*
 * Who would read an object of this label that the reader's organization contributes to the
 * collection Briefings, naming nobody; their own organization is left out. Not for RED.
 */
err reach_find(struct arena *a, struct session *s, const struct reader *r, enum tlp label,
               struct reach *out) MUST_USE;

/*
 * Who reads an entry of this audience, and so whatever else is given it; of the reader's own
 * organization nobody. Who may be told is the caller's to say.
 */
err reach_of(struct arena *a, struct session *s, const struct reader *r, uint32_t audience,
             struct reach *out) MUST_USE;

#endif
