/*
 * Who was missing (B20), over the editions of a series for the hosts, and about itself for an
 * organization that was missing, which may answer.
 *
 * An organization that cannot read an edition learns of it only where it can read an earlier one of
 * the series, was meant to be invited, and may receive the label: that a later edition was held
 * without it and why; not which, when, by whom or about what.
 */
#ifndef TOCSIN_SERVICE_ABSENCE_H
#define TOCSIN_SERVICE_ABSENCE_H

#include "service/briefing_after.h"

#define ABSENCE_BYTES_MAX 1000
/* Editions that are looked at, the newest. */
#define ABSENCE_EDITIONS_MAX 12

/* What a missing organization said; the last answer to a note counts. */
struct absence_answer {
    struct log_entry entry; /* zero: nothing */
    str content;
    str person; /* identity ids */
    str organization;
    enum briefing_absence why; /* what was noted when it was said */
    bool is_later;
};
struct absence_answers {
    struct absence_answer *items;
    size_t count;
    size_t capacity;
};

/* ---- one's own organization */

struct absence_note {
    bool is_later; /* of an edition after this one, which is not theirs to see */
    enum briefing_absence why;
    struct absence_answer answer;
};
struct absence_notes {
    struct absence_note *items; /* one of this edition at most, and one of later ones */
    size_t count;
    size_t capacity;
};

/* For whoever got the briefing from briefing_get; of editions that ended since; none for hosts,
 * nor for observers (G9). */
err absence_notes_get(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, int64_t since_us,
                      struct absence_notes *out) MUST_USE;

/* By a person of that organization, for the hosts. ERR_CONFLICT: nothing of the kind is noted. */
err absence_say(struct arena *a, struct session *s, const struct reader *r, str briefing,
                bool is_later, str content) MUST_USE;

/* Those to a briefing, as its hosts read them. */
err absence_answers_list(struct arena *a, struct session *s, const struct briefing *b,
                         struct absence_answers *out) MUST_USE;

/* ---- over the series, for hosts */

#define ABSENCE_THERE ABSENCE_COUNT
#define ABSENCE_NOT_MEANT (ABSENCE_COUNT + 1)

struct absence_row {
    const struct policy_org *org; /* good until the policy changes */
    unsigned *cells;              /* by edition: enum briefing_absence, or one of the two above */
    size_t missing;               /* editions */
    size_t in_a_row;              /* of them the newest ones */
    struct absence_answers answers;
};
struct absence_series {
    struct briefings editions; /* held, with attendance taken; the oldest first */
    struct absence_row *items; /* who was missing: the most often in a row first */
    size_t count;
    size_t capacity;
};
/* For whoever got the briefing from briefing_get_hosted; of editions that they host. */
err absence_series_get(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, struct absence_series *out) MUST_USE;

#endif
