/*
 * "Pass it on" (B13): whoever was briefed holds an edition of their own for their own members and
 * parts, from the items whose label allows. CLEAR and GREEN go as they are; AMBER goes to those
 * members alone, whoever else is invited; AMBER+STRICT and RED do not go.
 */
#ifndef TOCSIN_SERVICE_ONWARD_H
#define TOCSIN_SERVICE_ONWARD_H

#include "service/widening.h"

struct onward_item {
    struct briefing_item item;
    bool may_pass;
    struct widening asked; /* by the reader's organization */
};
struct onward {
    struct onward_item *items; /* those that the reader sees */
    size_t count;
    size_t capacity;
    struct stix_strs organizations; /* own members and parts, active ones */
    enum tlp label;                 /* that the new briefing would have */
    bool passes_words;              /* title and what it is about may go too */
    bool may_make;                  /* there is something to pass on, and somebody to pass it to */
};

/* For a publisher of an organization that was invited. ERR_FORBIDDEN: others, and hosts. */
err onward_look(struct arena *a, struct session *s, const struct reader *r,
                const struct briefing *b, struct onward *out) MUST_USE;

struct onward_input {
    struct briefing_when when;
    str join;
};
/* The draft. ERR_CONFLICT: nothing may go, or there is nobody to whom. */
err onward_make(struct arena *a, struct session *s, const struct reader *r, str briefing,
                const struct onward_input *in, str *id) MUST_USE;

#endif
