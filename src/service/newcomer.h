/*
 * Somebody without an account goes to a briefing in the place of who is invited and vouches for
 * them (B12). They get an account at once, with a ceiling of their own (GREEN) until a second
 * person has called them: to a briefing under it they go at once, to another one after the call.
 *
 * Whether an address belongs to an account of another organization is told to stewards alone: to
 * whoever vouches everything looks the same, and the call is theirs to make.
 */
#ifndef TOCSIN_SERVICE_NEWCOMER_H
#define TOCSIN_SERVICE_NEWCOMER_H

#include "service/briefing_answer.h"

/* What somebody reads whom nobody has called yet. */
#define NEWCOMER_CEILING TLP_GREEN
/* For so many whom nobody has called yet one person vouches at a time. */
#define NEWCOMERS_OPEN_MAX 3
/* Their number is called, and its last four digits are asked for. */
#define NEWCOMER_PHONE_DIGITS_MIN 7

struct newcomer {
    str name;
    str email;
    str phone;
    str public_url; /* of the exchange, for their mail */
};

/* Whether there are digits enough to call. */
bool newcomer_has_number(str phone);

/*
 * The reader vouches for them, and sends them in their place. Said twice it is done once.
 * ERR_INVALID: their address is no newcomer's here. ERR_CONFLICT: too late, or too many of the
 * reader's wait for a call. ERR_FORBIDDEN: nobody has called the reader.
 */
err newcomer_send(struct arena *a, struct session *s, const struct reader *r, str briefing,
                  const struct newcomer *who) MUST_USE;

enum newcomer_standing {
    NEWCOMER_NONE,
    NEWCOMER_WAITS,   /* for the call */
    NEWCOMER_SENT,    /* they are invited */
    NEWCOMER_LAPSED,  /* the call began before anybody had called them */
    NEWCOMER_REFUSED, /* whoever called could not confirm that it was them */
};
/* "waits", … */
str newcomer_standing_name(enum newcomer_standing standing);

struct newcomer_sent {
    enum newcomer_standing standing;
    str name; /* as who vouched gave it */
};

/* As briefing_my_invitation, with whom the reader vouched for by it: one that was refused leaves
 * the invitation without an answer. */
err newcomer_my_invitation(struct arena *a, struct session *s, const struct reader *r,
                           const struct briefing *b, struct briefing_invitation *mine,
                           struct newcomer_sent *sent) MUST_USE;

/* ---- the second person */

/* Whom the reader is asked to call. */
struct newcomer_asked {
    str person; /* identity id */
    str name;   /* name and number as who vouched gave them */
    str phone;
    const struct policy_org *org;
    str voucher;
    struct briefing briefing; /* they are to go to; its id is empty: not for the reader's eyes */
};
struct newcomers_asked {
    struct newcomer_asked *items;
    size_t count;
    size_t capacity;
};
/* Of vouchings that stand open and whose briefing is not over. */
err newcomers_asked(struct arena *a, struct session *s, const struct reader *r,
                    struct newcomers_asked *out) MUST_USE;

/*
 * In the session that vouched: a mail to everyone who is asked to call about it, if it is the first
 * word for them and this briefing. It names nobody and no briefing.
 */
struct vouching;
err newcomer_tell(struct arena *a, struct session *s, const struct vouching *v,
                  str public_url) MUST_USE;

/* In a write session: nobody is asked any more, or looks, about whom the briefing is over. */
err newcomers_lapse(struct arena *a, struct session *s) MUST_USE;

/* Whether somebody acts for an organization without having been called, who vouched (empty: only
 * the console knows), and whether the reader may say what came of the call. */
struct newcomer_note {
    const struct policy_org *org; /* NULL: no such organization */
    str voucher;
    str phone; /* as who vouched gave it; empty: as on file */
    bool may_say;
};
err newcomer_note(struct arena *a, struct session *s, const struct reader *r,
                  const struct policy_person *person, struct newcomer_note *out) MUST_USE;

struct newcomer_word {
    str person; /* identity ids */
    str organization;
    bool is_them;   /* else it could not be confirmed */
    bool is_strong; /* the reader proved themselves by two things: asked of who manages people */
};
/*
 * The reader has called. It was them: they read as their organization does, and go where they were
 * to be sent. It was not: they have no access, and whoever vouched is asked again. The same word
 * twice is no error; ERR_CONFLICT: somebody has said otherwise. ERR_NOT_FOUND: it is not the
 * reader's to say. ERR_FORBIDDEN: they vouched themselves.
 */
err newcomer_decide(struct arena *a, struct session *s, const struct reader *r,
                    const struct newcomer_word *w) MUST_USE;

/* On the console: it was them. `org` may be empty where there is one that they wait for. */
err newcomer_confirm_now(struct arena *a, struct store *store, str person, str org) MUST_USE;

#endif
