/*
 * Approvals (B8): the hosts of a briefing agree scope by scope to what was prepared in the name of
 * all of them. A yes is to a scope as it is; a change asks again only for the scope it touched, and
 * silence is never yes. Where one organization hosts alone, nobody is asked.
 *
 * Verbs run in a write session with the reader's actor interned, and write their audit row.
 */
#ifndef TOCSIN_SERVICE_APPROVAL_H
#define TOCSIN_SERVICE_APPROVAL_H

#include "service/briefing.h"

#define APPROVAL_DEPUTIES_MAX 2
#define APPROVAL_REASON_BYTES_MAX 4000
/* How long before the start the others may go on without a host that is silent. */
#define APPROVAL_WITHOUT_US (INT64_C(2) * 3600 * US_PER_SECOND)
/*
 * How long one has to have been asked whom to invite before that is silence: a briefing that begins
 * soon would else go out in the name of a host who never saw it.
 */
#define APPROVAL_SILENCE_US (INT64_C(30) * 60 * US_PER_SECOND)

enum approval_scope {
    APPROVAL_AUDIENCE, /* whom to invite, and up to which label */
    APPROVAL_AGENDA,   /* title, what it is about, length, items */
    APPROVAL_RELEASE,  /* that it takes place may be public: hosts, day, titles that are CLEAR */
    APPROVAL_SCOPES,
    APPROVAL_HOSTS = APPROVAL_SCOPES, /* that one more hosts with them (briefing_hosts.h) */
};
/* "audience", … */
str approval_scope_name(enum approval_scope scope);
bool approval_scope_read(str text, enum approval_scope *out);

/* OPEN: not answered, or what was answered has changed. WITHOUT: the others went on (B8). */
enum approval_word { APPROVAL_OPEN, APPROVAL_YES, APPROVAL_NO, APPROVAL_WITHOUT };
/* "open", … */
str approval_word_name(enum approval_word word);

struct approval_cell {
    enum approval_word word;
    bool is_again;          /* open, and they had answered before it changed */
    str person;             /* who said so */
    str reason;             /* of a no */
    str said_state;         /* of the scope, when they last answered */
    int64_t at_us;          /* when that was said; of an open one, since when it is asked */
    int64_t due_us;         /* of an open one: when they are told again; INT64_MAX: not again */
    struct log_entry entry; /* of what was said and stands; else zero */
};

struct approval_host {
    const struct policy_org *org; /* good until the policy changes */
    str approver;                 /* person's id; empty: nobody is named, any publisher answers */
    struct stix_strs deputies;
    struct log_entry entry; /* that says who answers */
    struct approval_cell cells[APPROVAL_SCOPES];
};

struct approval_matrix {
    struct approval_host *items; /* in the order of the briefing's hosts */
    size_t count;
    size_t capacity;
    str states[APPROVAL_SCOPES]; /* of each scope as it is now: opaque */
    const struct approval_host *own;
    bool may_answer; /* the reader, for their own organization */
    bool is_closed;  /* over or called off: nobody is asked, and what was said last stands */
};

/* For whoever got the briefing from briefing_get_hosted. */
err approval_matrix_get(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, struct approval_matrix *out) MUST_USE;
/* How many answers are open that the scopes named (bits 1 << scope) need; a no counts as well. */
size_t approval_open_count(const struct approval_matrix *m, unsigned scopes);
/* True where somebody waits for this very reader. */
bool approval_is_awaited(const struct approval_matrix *m);

struct approval_answer {
    enum approval_scope scope; /* one of the first three */
    str state;                 /* of the scope as the reader saw it */
    bool is_approved;
    str reason; /* may be empty */
};
/* ERR_CONFLICT: the scope has changed since. ERR_FORBIDDEN: others answer for this host. */
err approval_say(struct arena *a, struct session *s, const struct reader *r, str briefing,
                 const struct approval_answer *answer) MUST_USE;

/* Who answers for the reader's own organization: people of it. */
err approval_name(struct arena *a, struct session *s, const struct reader *r, str briefing,
                  str approver, const struct stix_strs *deputies) MUST_USE;

/*
 * From two hours before the start on: what hangs on a host that has not answered (items it
 * presents, and those that were changed since it agreed) is left out, and it is not waited for.
 * ERR_CONFLICT: too early, it has answered, or it said no.
 */
err approval_go_without(struct arena *a, struct session *s, const struct reader *r, str briefing,
                        str organization) MUST_USE;

/*
 * In the session of a change to a briefing: what the reader's own organization had agreed to
 * before, and afterwards the same for as it is then, if the reader may answer for it: one's own
 * change is no question to oneself. Then everyone else is asked.
 */
struct approval_before {
    str states[APPROVAL_SCOPES];
    bool has_agreed[APPROVAL_SCOPES];
};
err approval_look(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, struct approval_before *out) MUST_USE;
err approval_follow(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    const struct approval_before *before) MUST_USE;

/* Whoever has something open is asked, whoever has not is no longer. */
err approval_settle(struct arena *a, struct session *s, str briefing) MUST_USE;

/*
 * ERR_CONFLICT in words while an answer about audience or agenda is open. In urgency the audience
 * alone counts, if every host has agreed to the same one, here or in an edition before.
 */
err approval_check_send(struct arena *a, struct session *s, const struct reader *r,
                        const struct briefing *b, bool is_urgent) MUST_USE;
/* Whether all hosts agreed to this audience, here or in an edition before. */
err approval_is_standing(struct arena *a, struct session *s, const struct reader *r,
                         const struct briefing *b, bool *out) MUST_USE;

#endif
