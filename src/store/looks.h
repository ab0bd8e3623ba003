/*
 * Who asked who has been given an object, and whose receipts were looked at for it (R2). Private
 * state. What changes something runs in a write session.
 */
#ifndef TOCSIN_STORE_LOOKS_H
#define TOCSIN_STORE_LOOKS_H

#include "store/store.h"

#define LOOK_REASON_BYTES_MAX 500

enum look_state {
    LOOK_COUNTED, /* counts were told */
    LOOK_WAITS,   /* names were asked for; a second person has to agree */
    LOOK_TOLD,    /* names were told */
    LOOK_REFUSED,
    LOOK_LAPSED, /* nobody has agreed in time */
};
/* "counted", … */
str look_state_name(enum look_state state);

struct look {
    int64_t n;  /* 0: there is none */
    str id;     /* a UUID, for the outside */
    str object; /* its id */
    int64_t asked_us;
    int64_t actor;  /* who asked; 0: the console */
    int64_t org;    /* in whose name */
    str reason;     /* empty: for counts */
    bool of_people; /* people and tokens are named, not organizations alone */
    enum look_state state;
    int64_t
        due_us; /* one that waits is settled by itself then: told where `is_alone`, else lapsed */
    bool is_alone;      /* nobody else could agree */
    int64_t decided_us; /* 0: not yet */
    int64_t decided_by; /* actor; 0: nobody */
};
struct looks {
    struct look *items;
    size_t count;
    size_t capacity;
};

/* Somebody whose receipts are looked at. */
struct look_holder {
    int64_t actor;
    int64_t org;
    uint32_t audience; /* of an entry that they were given */
};
struct look_holders {
    struct look_holder *items;
    size_t count;
    size_t capacity;
};

/* Sets `n` and `id`; it was asked now. */
err look_add(struct arena *a, struct session *s, struct look *l,
             const struct look_holders *holders) MUST_USE;
/* The newest count of the same object by the same actor since then; `n` is 0 where there is none.
 */
err look_find_count(struct arena *a, struct session *s, const struct look *like, int64_t since_us,
                    struct look *out) MUST_USE;
/* `n` of the answer is 0 where there is none. */
err look_get(struct arena *a, struct session *s, str id, struct look *out) MUST_USE;
/* Settles it now. */
struct look_end {
    enum look_state state;
    bool of_people;
    int64_t by; /* actor; 0: nobody */
};
err look_settle(struct arena *a, struct session *s, int64_t n, const struct look_end *end) MUST_USE;
/* It waits until then, and somebody else can agree now. */
err look_prolong(struct arena *a, struct session *s, int64_t n, int64_t due_us) MUST_USE;

/* Those that wait, the oldest first; and the one that is due by now (`n` 0: none). */
err looks_list_waiting(struct arena *a, struct session *s, struct looks *out) MUST_USE;
err look_next_due(struct arena *a, struct session *s, struct look *out) MUST_USE;
/* Those for names of one object, the newest first, at most `limit`. */
err looks_list_of(struct arena *a, struct session *s, str object, size_t limit,
                  struct looks *out) MUST_USE;

/* ---- whose receipts */

/* In the place of those that were noted for this look before. */
err look_put_holders(struct arena *a, struct session *s, int64_t look,
                     const struct look_holders *holders) MUST_USE;
err look_list_holders(struct arena *a, struct session *s, int64_t look,
                      struct look_holders *out) MUST_USE;

/* A look at what somebody of an organization had been given under an audience. */
struct look_at {
    struct look look;
    uint32_t audience;
};
struct looks_at {
    struct look_at *items;
    size_t count;
    size_t capacity;
};
/* At most `limit` looks before `before` (0: all), the newest first, each once by audience. */
err looks_list_at(struct arena *a, struct session *s, int64_t org, int64_t before, size_t limit,
                  struct looks_at *out) MUST_USE;

#endif
