/*
 * "What we did": what an organization did by its own decision, told to the others (B23). Nobody is
 * asked for one, and nobody is reminded.
 */
#ifndef TOCSIN_SERVICE_ACTION_H
#define TOCSIN_SERVICE_ACTION_H

#include "service/briefing.h"
#include "stix/briefing_types.h"

#define ACTION_LIST_MAX 100
#define ACTION_AGENDA_MINUTES 5

#define ACTION_DEED_ENUM(ident, word) ident,
enum action_deed { ACTION_DEEDS(ACTION_DEED_ENUM) DEED_COUNT };
#undef ACTION_DEED_ENUM
/* "removed", … */
str action_deed_name(enum action_deed deed);

/* How many, and of what: "212 accounts". */
struct action_count {
    bool is_done;  /* this is among what was done */
    int64_t count; /* -1: not said */
    str what;      /* may be empty */
};

struct action {
    str id;
    struct log_entry entry;
    str title; /* made of what was done: "Removed 212 accounts: Paper Lantern" */
    struct action_count deeds[DEED_COUNT];
    int64_t taken_us; /* a day */
    str concerns;     /* may be empty, as advice */
    str happened;
    str advice; /* what recipients can do now */
    enum tlp label;
};

struct action_input {
    struct action action; /* id, entry and title are made */
    size_t people;        /* how many the teller was shown */
    str briefing;         /* whose agenda it also goes on; empty: none */
};

/*
 * Tells it, and puts it on the agenda of a briefing that the reader hosts, in one commit.
 * ERR_FORBIDDEN: their role tells nothing. ERR_CONFLICT: another number of people sees it now.
 */
err action_tell(struct arena *a, struct session *s, const struct reader *r,
                const struct action_input *in, str *id) MUST_USE;

struct actions {
    struct action *items;
    size_t count;
    size_t capacity;
    uint32_t next; /* `before` of those that follow; 0: there are none */
};
/*
 * The newest first, those below the entry number `before` (0: all), at most ACTION_LIST_MAX; in a
 * session that holds its views.
 */
err action_list(struct arena *a, struct session *s, const struct reader *r, uint32_t before,
                size_t limit, struct actions *out) MUST_USE;

/* Those that are about to be told, or were, on a briefing: the items that the reader sees refer to
 * them. */
err action_list_told(struct arena *a, struct session *s, const struct reader *r,
                     const struct briefing *b, struct actions *out) MUST_USE;

/* ERR_NOT_FOUND. */
err action_get(struct arena *a, struct session *s, const struct reader *r, str id,
               struct action *out) MUST_USE;

#endif
