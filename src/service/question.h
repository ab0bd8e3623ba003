/*
 * Questions to a briefing or to one of its items, before and during the call (B18), and what the
 * hosts answer.
 *
 * An attributed question is contributed by the asker's organization and names the person. An
 * unattributed one is contributed by the briefing's group and says nothing of who asked: neither
 * the entry, nor the audit row, nor an idempotency key. Both carry the audience of what they are
 * about (B9, G6). An answer is a note of the group that points at the question.
 */
#ifndef TOCSIN_SERVICE_QUESTION_H
#define TOCSIN_SERVICE_QUESTION_H

#include "service/briefing.h"

#define QUESTION_BYTES_MAX 4000
#define QUESTIONS_MAX 1000 /* of one briefing */
/* Where fewer people could have asked, the asker is warned. */
#define QUESTION_FEW 5

struct question {
    str id;
    struct log_entry entry;
    str item; /* empty: the briefing as a whole */
    str content;
    str person; /* identity ids; empty: unattributed */
    str organization;
    enum tlp label;
    bool is_answered;
    bool is_on_call; /* it was answered in the call, not (only) here */
    str answer;      /* empty: in the call alone */
    int64_t answered_us;
    struct log_entry answer_entry; /* zero: none */
};

struct questions {
    struct question *items; /* in the order in which they were asked */
    size_t count;
    size_t capacity;
};

struct question_input {
    str content;
    str item;
    bool is_unattributed;
};

/*
 * By who is invited, until the end. ERR_NOT_FOUND: not invited. ERR_CONFLICT: over, called off, or
 * there are too many already. The session's reader stays out of what an unattributed one leaves.
 */
err question_ask(struct arena *a, struct session *s, const struct reader *r, str briefing,
                 const struct question_input *in, str *id) MUST_USE;

struct question_answer {
    str words; /* may be empty where it was answered in the call */
    bool is_on_call;
};
/* By hosts, who may answer again: the last answer counts. */
err question_answer(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    str question, const struct question_answer *answer) MUST_USE;

/* Those the reader may read. */
err question_list(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, struct questions *out) MUST_USE;
err question_get(struct arena *a, struct session *s, const struct reader *r,
                 const struct briefing *b, str id, struct question *out) MUST_USE;

/* For hosts: how many have no answer yet. */
err question_count_open(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, size_t *out) MUST_USE;

/* Whether the reader may ask now. */
err question_may_ask(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, bool *out) MUST_USE;

/*
 * Where so few people could ask that an unattributed question might give its asker away: about the
 * briefing, and about which of the items that the reader sees. Of those invited; what an item
 * points at may narrow it more.
 */
struct question_few {
    bool is_few;
    struct stix_strs items; /* ids */
};
err question_few_get(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct question_few *out) MUST_USE;

#endif
