/*
 * Looking at receipts (R2): who has been given an object. The contributor's people and stewards are
 * told how many organizations, by sector. Publishers among them, and stewards, may ask for names,
 * of what names are told of, with a reason; they are told once a second person has agreed. Whose
 * receipts are looked at finds out.
 */
#ifndef TOCSIN_SERVICE_LOOK_H
#define TOCSIN_SERVICE_LOOK_H

#include "service/admin_entries.h"
#include "store/log.h"
#include "store/looks.h"

/* Where nobody else could agree, names are told by themselves after this; who is concerned sees it
 * meanwhile. Else nobody's word in time is a no. */
#define LOOK_ALONE_HOURS 24
#define LOOK_WAITS_DAYS 7
/* So many questions of one person may wait at once: each is mailed, and stands on others' home. */
#define LOOK_WAITING_MAX 20
/* So long what was told is shown again to who asked and who agreed. */
#define LOOK_SHOWN_DAYS 30

/* ---- asking; in a write session with the reader's actor interned */

/* How many have been given it, by sector. ERR_NOT_FOUND: it is not theirs to ask. */
err look_count(struct arena *a, struct session *s, const struct reader *r, str object,
               struct admin_seen *out) MUST_USE;

struct look_request {
    str object;
    str reason;
    str public_url; /* of the exchange, for the mail to who may agree */
};
/*
 * Asks for names. ERR_NOT_FOUND: it is not theirs to ask. ERR_FORBIDDEN: no names are told of this,
 * or not to them. ERR_CONFLICT: they have asked already, and it waits.
 */
err look_ask(struct arena *a, struct session *s, const struct reader *r,
             const struct look_request *request) MUST_USE;

struct look_word {
    str look;       /* its id */
    bool agrees;    /* else they refuse */
    bool is_strong; /* the reader proved themselves by two things: asked of stewards */
};
/*
 * The second person. The same word twice is no error; ERR_CONFLICT: it is settled otherwise.
 * ERR_NOT_FOUND: it is not theirs to say, or the object is gone. ERR_FORBIDDEN: they asked
 * themselves.
 */
err look_decide(struct arena *a, struct session *s, const struct reader *r,
                const struct look_word *w) MUST_USE;

/* ---- seeing */

/* A look, as somebody may see it. Texts live as long as arena and session. */
struct look_view {
    struct look look;
    str asker;   /* name of the person; empty: the operator of the exchange, at the console */
    str source;  /* in whose name */
    str decider; /* empty: nobody (yet) */
    bool is_own; /* the reader asked */
    str title;   /* of the object; empty: it is gone */
    struct log_entry entry;
    enum tlp label;
    struct admin_seen names; /* where they were told */
};
struct look_views {
    struct look_view *items;
    size_t count;
    size_t capacity;
};

/* Whether names are told of the object, and to the reader; `*rule` says why not. */
err look_may_name(struct arena *a, struct session *s, const struct reader *r, str object,
                  str *rule) MUST_USE;
/* Looks for names of one object that the reader asked or answered, the newest first. */
err looks_of(struct arena *a, struct session *s, const struct reader *r, str object,
             struct look_views *out) MUST_USE;
/* Those that wait for this reader's word. */
err looks_asked(struct arena *a, struct session *s, const struct reader *r,
                struct look_views *out) MUST_USE;

struct look_page {
    int64_t before; /* 0: from the newest on */
    size_t limit;
};
/* Looks at what the reader's organization had been given, of what the reader may read. */
err looks_at_ours(struct arena *a, struct session *s, const struct reader *r,
                  const struct look_page *page, struct look_views *out) MUST_USE;

/* ---- what is settled by itself, for the thread that mails */

err look_is_due(struct arena *a, struct session *s, bool *out) MUST_USE;
err look_settle_due(struct arena *a, struct session *s, str public_url, bool *is_idle) MUST_USE;

#endif
