/*
 * Commitments (B22): what an organization promised at a briefing, by when, and what became of it.
 * Read by the hosts and the organizations of those who were there. What is still open shows in
 * every later edition of the series.
 *
 * Verbs run in a write session with the reader's actor interned, and write their audit row.
 */
#ifndef TOCSIN_SERVICE_COMMITMENT_H
#define TOCSIN_SERVICE_COMMITMENT_H

#include "service/briefing.h"

#define COMMITMENT_BYTES_MAX 2000

enum commitment_word { COMMITMENT_OPEN, COMMITMENT_DONE, COMMITMENT_DROPPED };
/* "open", … */
str commitment_word_name(enum commitment_word word);
bool commitment_word_read(str text, enum commitment_word *out);

struct commitment {
    str id;
    struct log_entry entry;
    str briefing; /* at which it was promised */
    str content;
    str organization; /* identity ids */
    str person;       /* empty: nobody in particular */
    int64_t due_us;   /* the beginning of the day, UTC; 0: no day yet */
    enum commitment_word word;
    bool is_late;    /* open, and its day is over everywhere */
    bool may_settle; /* the reader may say what became of it */
};
struct commitments {
    struct commitment *items;
    size_t count;
    size_t capacity;
};

/*
 * Those of a briefing that the reader may read, then those of the editions before it that are still
 * open. For whoever got the briefing from briefing_get.
 */
err commitments_list(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct commitments *out) MUST_USE;
/* The open ones that wait for this very person, acting for their organization. */
err commitments_awaited(struct arena *a, struct session *s, const struct reader *r,
                        struct commitments *out) MUST_USE;

/* One, as the group of its hosts reads it; whoever asks has checked the right. ERR_NOT_FOUND. */
err commitment_get_as_group(struct arena *a, struct session *s, str id,
                            struct commitment *out) MUST_USE;

/* Hosts note one: content, organization, person and due_us count. ERR_CONFLICT: nobody has said
 * yet who was there. ERR_INVALID: by somebody who neither hosts nor was there. */
err commitment_add(struct arena *a, struct session *s, const struct reader *r, str briefing,
                   const struct commitment *promise) MUST_USE;

struct commitment_change {
    bool has_word;
    enum commitment_word word;
    bool has_due;
    int64_t due_us;
};
/* By a host, or by whoever promised. ERR_FORBIDDEN. */
err commitment_settle(struct arena *a, struct session *s, const struct reader *r, str id,
                      const struct commitment_change *change) MUST_USE;

#endif
