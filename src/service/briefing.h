/*
 * The joint briefing: several organizations invite people to a call, and the record stands
 * (B1 to B27 in docs/rules.md).
 *
 * Everything of a briefing is STIX objects in the built-in collection Briefings: the briefing, its
 * agenda items, invitations, replies, attendance, what people found of it. A briefing is
 * contributed by a group made for it, which its hosts own (B7); each object is read by whom B9
 * says. What a verb here reads, it reads as the reader given; the gate decides.
 *
 * Verbs that change something run in a write session with the reader's actor interned, and write
 * their audit row. A briefing that the reader may not see, or not host, is ERR_NOT_FOUND.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_H
#define TOCSIN_SERVICE_BRIEFING_H

#include "stix/object.h"
#include "store/about.h"
#include "store/duty.h"
#include "store/store.h"

#define BRIEFING_TITLE_BYTES_MAX 800
#define BRIEFING_TEXT_BYTES_MAX 20000
#define BRIEFING_ITEMS_MAX 50
#define BRIEFING_LIST_MAX 5000
/* How long before the start who is invited is shown how to join (B17). */
#define BRIEFING_JOIN_BEFORE_US (INT64_C(30) * 60 * US_PER_SECOND)

/* Who contributed something, as people are told: of a group the names of who owns it; in `a`. */
str briefing_source(struct arena *a, const struct session *s, int64_t contributor);

enum briefing_status { BRIEFING_DRAFT, BRIEFING_SENT, BRIEFING_CANCELLED, BRIEFING_HELD };
/* "draft", … */
str briefing_status_name(enum briefing_status status);

/* A wall clock, and what moment it is (B16). */
struct briefing_when {
    str local; /* "2018-08-29T14:30" */
    str timezone;
    int64_t minutes;
    int64_t start_us;
    bool is_first_of_two; /* the clock shows that time twice that day: the first is meant */
};
static inline int64_t briefing_end_us(const struct briefing_when *when)
{
    return when->start_us + when->minutes * 60 * US_PER_SECOND;
}

/* Sets start_us. ERR_INVALID: no such zone or time, or one that the clocks skip, in words. */
err briefing_when_settle(struct arena *a, struct session *s, struct briefing_when *when) MUST_USE;

/* Whom to invite (B10): duty officers of the organizations found, and the people named. */
struct briefing_plan {
    unsigned sectors;               /* bits 1 << enum sector */
    struct stix_strs jurisdictions; /* canonical; narrow sectors and associations */
    struct stix_strs associations;  /* whose members are meant (B2) */
    struct stix_strs organizations;
    struct stix_strs people;
    unsigned duties; /* bits 1 << enum duty; zero: all of them */
};

struct briefing {
    str id;
    struct log_entry entry; /* the newest version that the reader may read */
    str version;            /* its text: differs whenever the briefing does */
    str title;
    str about;
    struct briefing_when when;
    enum briefing_status status;
    str cancelled_because;
    struct stix_strs hosts; /* organizations */
    enum tlp label;
    int64_t sequence; /* raised by what people would notice in their calendar (B14) */
    int64_t sent_us;  /* 0: not sent */
    int64_t created_us;
    bool is_exercise;
    int64_t edition;
    str follows;        /* the edition before; empty: none */
    str source;         /* from whom it was passed on (B13); empty: nobody */
    str urgent_because; /* why one host sent it alone (B8); empty: all had agreed */
    int64_t group;      /* who contributes it */
    bool is_host;       /* the reader's organization owns the group */
    bool is_over;       /* sent, and past its end: shown as held */
};

/* ERR_NOT_FOUND. Texts are in `a`. */
err briefing_get(struct arena *a, struct session *s, const struct reader *r, str id,
                 struct briefing *out) MUST_USE;

/* The same for hosts only: everybody else is told that there is none. */
err briefing_get_hosted(struct arena *a, struct session *s, const struct reader *r, str id,
                        struct briefing *out) MUST_USE;

struct briefings {
    struct briefing *items;
    size_t count;
    size_t capacity;
};
/* Those the reader hosts or is invited to, in no particular order. */
err briefing_list(struct arena *a, struct session *s, const struct reader *r,
                  struct briefings *out) MUST_USE;

/* Hosts only: the plan, and how to join. Absent ones leave `*out` empty. */
err briefing_plan_get(struct arena *a, struct session *s, const struct reader *r, str briefing,
                      struct briefing_plan *out) MUST_USE;
struct briefing_join {
    str content; /* empty: not (yet) for the reader */
    struct log_entry entry;
};
/* How to join, as far as the reader may read it. */
err briefing_join_get(struct arena *a, struct session *s, const struct reader *r, str briefing,
                      struct briefing_join *out) MUST_USE;

/* ---- agenda items */

struct briefing_item {
    str id;
    struct log_entry entry;
    str title;
    str about;
    int64_t position; /* among the others; distances mean nothing */
    int64_t minutes;
    int64_t start_us; /* by those before it that the reader sees: right for hosts alone */
    str presenter;    /* a person's id; empty: nobody the exchange knows */
    str presenter_words;
    str source; /* from whom it was passed on (B13); empty: nobody */
    enum tlp label;
    struct stix_strs organizations; /* only these of those invited; empty: all */
    struct stix_strs refs;          /* objects it is about */
    bool is_red;                    /* only the place of one: who holds it; label is TLP_RED */
    bool is_dropped;
    str instead_of;   /* of one that is being written: the item that it takes the place of */
    bool is_left_out; /* dropped, since a host had not answered in time (B8) */
};
struct briefing_items {
    struct briefing_item *items;
    size_t count;
    size_t capacity;
};
/* Those the reader may read, in the order of the agenda, dropped ones left out. */
err briefing_items_get(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, struct briefing_items *out) MUST_USE;

/* ---- making and changing */

/* For making: all of the four answers. For a change: what is there. */
struct briefing_input {
    bool has_when;
    struct briefing_when when;
    bool has_plan;
    struct briefing_plan plan;
    str title;
    bool has_about;
    str about;
    bool has_join;
    str join;
    bool has_label;
    enum tlp label;
    struct stix_strs hosts; /* others beside one's own organization; for making only */
    bool has_items;
    struct briefing_items items; /* id empty: a new one */
    bool is_exercise;
    str follows;
    str source; /* for making only */
};

/* A draft that only its hosts see. ERR_FORBIDDEN: one's role or organization hosts nothing. */
err briefing_make(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing_input *input, str *id) MUST_USE;

/*
 * The next version, and of what else the input changes. `version` is the one the editor saw;
 * ERR_PRECONDITION where it is no longer the newest: nothing is changed then.
 */
err briefing_edit(struct arena *a, struct session *s, const struct reader *r, str id, str version,
                  const struct briefing_input *input) MUST_USE;

err briefing_cancel(struct arena *a, struct session *s, const struct reader *r, str id, str version,
                    str reason) MUST_USE;

/*
 * From 30 minutes before the start on: makes how to join readable by those invited, by a new
 * version of it. Nothing happens where it is done already, or too early. No reader: the exchange
 * does it.
 */
err briefing_open_join(struct arena *a, struct session *s, str id) MUST_USE;
bool briefing_is_join_due(const struct session *s, const struct briefing *b);

#endif
