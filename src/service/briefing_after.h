/*
 * After the call: who was there and who was missing (B20), and whether it was useful (B21).
 */
#ifndef TOCSIN_SERVICE_BRIEFING_AFTER_H
#define TOCSIN_SERVICE_BRIEFING_AFTER_H

#include "service/briefing_answer.h"
#include "stix/vocab.h"

/* ---- attendance, for hosts */

struct briefing_presence {
    str person; /* identity id */
    bool was_there;
    int64_t joined_us; /* 0: not known */
    int64_t left_us;
};
/* Says of some people whether they were there; others stay. ERR_INVALID: somebody not invited. */
err briefing_take_attendance(struct arena *a, struct session *s, const struct reader *r,
                             str briefing, const struct briefing_presence *people,
                             size_t count) MUST_USE;

/* The briefing for its hosts, once its attendance may be taken. ERR_NOT_FOUND, ERR_CONFLICT. */
err briefing_get_for_attendance(struct arena *a, struct session *s, const struct reader *r,
                                str briefing, struct briefing *out) MUST_USE;

struct briefing_attendee {
    struct briefing_invitation invitation; /* with the answer */
    bool is_said;                          /* somebody said whether they were there */
    struct briefing_presence presence;
    struct log_entry entry; /* of what was said */
};

/* ---- who came without an invitation, for hosts */

#define GUEST_NAME_BYTES_MAX 200
#define GUESTS_MAX 200

/* Somebody of the directory, with the organization that they answer for; or a name alone. */
struct briefing_guest {
    str id; /* of what was noted */
    str person;
    str organization; /* identity ids; empty: known by name alone */
    str name;
    int64_t joined_us; /* 0: not known */
    int64_t left_us;
    struct log_entry entry;
};
struct briefing_guests {
    struct briefing_guest *items; /* in the order in which they were noted */
    size_t count;
    size_t capacity;
};
/*
 * Notes that they were there, and changes nothing of what they may read. ERR_INVALID, in the same
 * words for an id that the directory does not have and for one that nobody has. ERR_CONFLICT: they
 * were invited, or are noted already.
 */
err briefing_add_guest(struct arena *a, struct session *s, const struct reader *r, str briefing,
                       const struct briefing_guest *guest) MUST_USE;
/* Takes it back: they were not there. ERR_NOT_FOUND. */
err briefing_drop_guest(struct arena *a, struct session *s, const struct reader *r, str briefing,
                        str id) MUST_USE;
/* For whoever got the briefing from briefing_get_hosted, and for its group. */
err briefing_guests_list(struct arena *a, struct session *s, const struct reader *r,
                         const struct briefing *b, struct briefing_guests *out) MUST_USE;
/* Whether one of them came for an organization; `hosts` is the group. */
err briefing_had_guest_of(struct arena *a, struct session *s, const struct reader *hosts,
                          const struct briefing *b, str organization, bool *out) MUST_USE;

/* ---- who was missing */

#define BRIEFING_ABSENCES(X)                \
    X(ABSENCE_ABSENT, "invited-and-absent") \
    X(ABSENCE_DECLINED, "declined")         \
    X(ABSENCE_NOT_REACHED, "not-reached")   \
    X(ABSENCE_NOT_ASKED, "not-asked")       \
    X(ABSENCE_NOT_MEMBER, "not-a-member")
#define ABSENCE_ENUM(word, name) word,
enum briefing_absence { BRIEFING_ABSENCES(ABSENCE_ENUM) ABSENCE_COUNT };
#undef ABSENCE_ENUM
str briefing_absence_name(enum briefing_absence why);

struct briefing_absent {
    const struct policy_org *org;
    enum briefing_absence why;
};

struct briefing_attendance {
    struct briefing_attendee *items; /* in the order in which they were invited */
    size_t count;
    size_t capacity;
    size_t present; /* of those invited */
    struct briefing_guests guests;
    struct {
        struct briefing_absent *items; /* by reason, then name; none before anybody was there */
        size_t count;
        size_t capacity;
    } missing;
};
/* For hosts: with who was missing. */
err briefing_attendance_get(struct arena *a, struct session *s, const struct reader *r,
                            const struct briefing *b, struct briefing_attendance *out) MUST_USE;
/* For whoever got the briefing from briefing_get: of those invited, and of what was said of them,
 * what the reader may read. */
err briefing_attendees_get(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, struct briefing_attendance *out) MUST_USE;

/* How many of those invited were there, without a look at who; `*is_said` false: nobody has said it
 * of anybody. */
err briefing_present_count(struct arena *a, struct session *s, const struct reader *r, str briefing,
                           size_t *present, bool *is_said) MUST_USE;

/* ---- was it useful? */

#define USEFULNESS_STEPS 5
/* Fewer answers than this say who gave them. */
#define USEFULNESS_FEW 5

struct briefing_opinion {
    unsigned value; /* 1 no use … 5 very useful; 0: none given */
    str words;
    bool is_for_attendees; /* who may read the words; else the hosts only */
};

/* True if the reader was there, or said they would be and nobody said otherwise. */
err briefing_may_judge(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, bool *out) MUST_USE;
err briefing_my_opinion(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, struct briefing_opinion *out) MUST_USE;
/* One answer each; the last counts. ERR_CONFLICT: not over yet. ERR_NOT_FOUND: was not there. */
err briefing_judge(struct arena *a, struct session *s, const struct reader *r, str briefing,
                   const struct briefing_opinion *opinion) MUST_USE;

struct usefulness_row {
    size_t counts[USEFULNESS_STEPS];
    bool is_cell_hidden[USEFULNESS_STEPS];
    bool is_there; /* somebody of the sector answered */
    bool is_hidden;
};
struct usefulness {
    size_t answers;
    struct usefulness_row rows[SECTOR_COUNT];
    bool has_sums;                 /* else the sums would give hidden cells away */
    size_t sums[USEFULNESS_STEPS]; /* over the sectors that are shown */
};
/*
 * Hides what few people said (B21): sectors under five answers, one more where only one is hidden;
 * in the others each cell of one to four, and as many more as it takes so that neither a row nor a
 * column can be solved for it. A cell of none is shown. Sets everything but counts and answers.
 */
void usefulness_hide(struct usefulness *u);

struct briefing_words {
    str words;
    const struct policy_org *org; /* NULL: not told */
    struct log_entry entry;       /* of the opinion that holds them */
    bool is_given;                /* to hosts, under whose audience it stands; to others not (R1) */
};
struct briefing_verdict {
    struct usefulness tally;
    struct {
        struct briefing_words *items;
        size_t count;
        size_t capacity;
    } words; /* those that the reader may read */
};
/* For whoever got the briefing from briefing_get. */
err briefing_verdict_get(struct arena *a, struct session *s, const struct briefing *b,
                         struct briefing_verdict *out) MUST_USE;

#endif
