/*
 * Answers to invitations (B11, B12), and what hosts see of them.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_ANSWER_H
#define TOCSIN_SERVICE_BRIEFING_ANSWER_H

#include "service/briefing.h"
#include "stix/places.h"

#define BRIEFING_NOTE_BYTES_MAX 4000

struct briefing_invitation {
    str id; /* empty: not invited */
    struct log_entry entry;
    str briefing;
    str person; /* identity ids */
    str organization;
    int duty;         /* enum duty; -1: by name */
    bool is_delegate; /* in somebody's place */
    str reply;        /* id of the reply that counts; empty: no answer yet */
    int64_t reply_us; /* version of the reply */
    struct log_entry reply_entry;
    enum about_word answer;
    str delegate; /* identity id of who goes instead */
    str note;     /* what they need, or say */
    str noted_by; /* identity id of the host that noted it; empty: their own answer */
};

/* The reader's own invitation to a briefing, for the organization they act for. */
err briefing_my_invitation(struct arena *a, struct session *s, const struct reader *r, str briefing,
                           struct briefing_invitation *out) MUST_USE;

/* The invitation of a person, without its reply; its id is empty where the reader sees none. */
err briefing_find_invitation(struct arena *a, struct session *s, const struct reader *r,
                             str briefing, str person, struct briefing_invitation *out) MUST_USE;
/* All of a person or an organization to one briefing, whatever else they were invited to. */
err briefing_list_invitations(struct arena *a, struct session *s, const struct reader *r,
                              str briefing, str who, struct about_rows *out) MUST_USE;

struct briefing_reply {
    enum about_word answer;
    str delegate; /* identity id; with ABOUT_DELEGATE */
    str note;     /* what the hosts should know; may be empty */
    str noted_by; /* identity id of the host that notes what they said by phone; else empty */
};
/*
 * The reader answers their invitation; the last answer counts. ERR_CONFLICT: too late.
 * ERR_INVALID: whoever is to go instead may not, in the words of the rule (B12).
 */
err briefing_answer(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    const struct briefing_reply *reply) MUST_USE;

/*
 * The same for whoever was invited by this invitation, by a way that proves it is they (B11).
 * ERR_NOT_FOUND: no such invitation, or its person may no longer act for that organization.
 */
err briefing_answer_as(struct arena *a, struct session *s, str invitation,
                       const struct briefing_reply *reply) MUST_USE;

/* Who may go in the reader's place, and for which organization (B12): colleagues first. */
struct briefing_delegate {
    const struct policy_person *person;
    const struct policy_org *org;
};
struct briefing_delegates {
    struct briefing_delegate *items;
    size_t count;
    size_t capacity;
};
err briefing_delegates_list(struct arena *a, struct session *s, const struct reader *r,
                            const struct briefing *b, struct briefing_delegates *out) MUST_USE;

/* What a calendar holds of a briefing for one invitee (B14), as that invitee reads it. */
struct briefing_calendar {
    struct briefing briefing; /* id, when, status and sequence are what an event is made of */
    struct briefing_invitation invitation;
    const struct policy_person *person; /* good until the policy changes */
    const struct policy_org *org;
};
err briefing_calendar_get(struct arena *a, struct session *s, str invitation,
                          struct briefing_calendar *out) MUST_USE;

/*
 * A publisher of a host notes the yes or no that somebody gave by phone. It counts until that
 * person answers themselves, also if they did before: ERR_CONFLICT, as after the end. What is noted
 * already is not noted again. ERR_FORBIDDEN: no publisher. ERR_NOT_FOUND: nobody invited.
 */
struct briefing_noted {
    str person;
    enum about_word answer; /* ABOUT_YES or ABOUT_NO */
};
err briefing_note_answer(struct arena *a, struct session *s, const struct reader *r, str briefing,
                         const struct briefing_noted *noted) MUST_USE;

/* ---- for hosts: whoever got the briefing from briefing_get_hosted */

/* The invitation of one person, with the answer that counts. ERR_NOT_FOUND: not invited. */
err briefing_answer_get(struct arena *a, struct session *s, const struct briefing *b, str person,
                        struct briefing_invitation *out) MUST_USE;

/* The number at which they are asked: that of a duty officer, as the directory has it; or none. */
err briefing_phone_get(struct arena *a, struct session *s, const struct briefing_invitation *of,
                       str *out) MUST_USE;

struct briefing_counts {
    size_t invited;
    size_t by_word[ABOUT_WORD_COUNT]; /* ABOUT_NOTHING: still open */
};
err briefing_counts_get(struct arena *a, struct session *s, str briefing,
                        struct briefing_counts *out) MUST_USE;

struct briefing_invitations {
    struct briefing_invitation *items;
    size_t count;
    size_t capacity;
    bool has_more;
};
/* A part of them in the order in which they were sent: those past entry number `after`. */
struct briefing_answers_query {
    str briefing;
    uint32_t after;
    size_t limit;
};
err briefing_answers_list(struct arena *a, struct session *s, const struct reader *r,
                          const struct briefing_answers_query *q,
                          struct briefing_invitations *out) MUST_USE;

/* All of them: replies are read in one go, so that 10,000 cost no query each. */
err briefing_answers_all(struct arena *a, struct session *s, str briefing,
                         struct briefing_invitations *out) MUST_USE;

/* The same as far as the reader may read them. */
err briefing_answers_seen(struct arena *a, struct session *s, const struct reader *r, str briefing,
                          struct briefing_invitations *out) MUST_USE;

/*
 * Of all of them, those who will join, or send someone, and said what is needed for it: so that the
 * hosts can see to it before the call (B9).
 */
err briefing_needs_list(struct arena *a, struct session *s, str briefing,
                        struct briefing_invitations *out) MUST_USE;

/* Those of one organization, without a look at the others. */
err briefing_answers_of(struct arena *a, struct session *s, const struct briefing *b,
                        str organization, struct briefing_invitations *out) MUST_USE;

/* How many states and territories somebody will join from, and those that nobody will. */
struct briefing_places {
    size_t reached;
    struct {
        const struct place_of_us **items;
        size_t count;
        size_t capacity;
    } missing;
};
err briefing_places_get(struct arena *a, struct session *s, str briefing,
                        struct briefing_places *out) MUST_USE;

#endif
