/*
 * Answering from a mailed link without signing in (B11). The link shows when the call is; to answer
 * takes the last four digits of the phone number on file as well. It ends with the briefing and
 * opens nothing else.
 */
#ifndef TOCSIN_SERVICE_RSVP_H
#define TOCSIN_SERVICE_RSVP_H

#include "service/briefing_answer.h"
#include "store/mailing.h"

#define RSVP_DIGIT_COUNT 4

struct rsvp {
    struct briefing_calendar of;
    struct mail_told told;
    str phone; /* digits only; shorter than RSVP_DIGIT_COUNT: none that could be asked for */
    const struct zone *own;
    const struct zone *sender;
    bool is_exercise;
};

/*
 * ERR_NOT_FOUND, in the same words: no such link, its person is gone, or the briefing is over.
 * ERR_CONFLICT: it was cancelled.
 */
err rsvp_open(struct arena *a, struct session *s, str secret, struct rsvp *out) MUST_USE;

static inline bool rsvp_has_phone(const struct rsvp *r)
{
    return r->phone.len >= RSVP_DIGIT_COUNT;
}
/* 0: the page answers no more. */
int64_t rsvp_tries_left(const struct rsvp *r);

/*
 * In a write session. A wrong one is counted, so that the caller must commit all the same.
 * `*is_right` is false too where no try is left, or there is no number on file.
 */
err rsvp_try_digits(struct arena *a, struct session *s, struct rsvp *r, str digits,
                    bool *is_right) MUST_USE;

/* After the digits: as briefing_answer_as. */
err rsvp_answer(struct arena *a, struct session *s, const struct rsvp *r,
                const struct briefing_reply *reply) MUST_USE;

/* Who could go instead (B12). */
err rsvp_list_delegates(struct arena *a, struct session *s, const struct rsvp *r,
                        struct briefing_delegates *out) MUST_USE;

#endif
