/*
 * Asking the hosts of a briefing to put an item under a wider label, so that it may be passed on
 * (B13): read by the hosts and the organization that asks. A yes is the item's next version under
 * that label (G8).
 */
#ifndef TOCSIN_SERVICE_WIDENING_H
#define TOCSIN_SERVICE_WIDENING_H

#include "service/briefing.h"

#define WIDENING_BYTES_MAX 1000

struct widening {
    str id; /* empty: nobody asked */
    struct log_entry entry;
    str item;
    str organization; /* identity ids */
    str person;
    str words; /* what for; may be empty */
    bool is_answered;
    bool is_granted;
    str reason; /* of a no */
    struct log_entry answer_entry;
};
struct widenings {
    struct widening *items; /* in the order in which they were asked */
    size_t count;
    size_t capacity;
};

/* Whether a label lets who received a text pass it on to their own members (TLP 2.0). */
bool widening_may_pass(const struct briefing_item *item);

/*
 * By a publisher of an organization that was invited. ERR_CONFLICT: it may be passed on as it is,
 * or is asked for already. After a no one may ask again.
 */
err widening_ask(struct arena *a, struct session *s, const struct reader *r, str briefing, str item,
                 str words) MUST_USE;

/* To hosts all of them, to others those of their own organization. */
err widening_list(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, struct widenings *out) MUST_USE;

/* For hosts: how many have no answer yet. */
err widening_count_open(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, size_t *out) MUST_USE;

struct widening_answer {
    bool is_granted;
    enum tlp label; /* of a yes: AMBER at most, and wider than it was */
    str reason;     /* of a no */
};
/* By a publisher of a host. ERR_CONFLICT: answered already. */
err widening_answer(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    str widening, const struct widening_answer *answer) MUST_USE;

#endif
