/*
 * Elections: the federal day is worked out; primaries, special elections and the like are data that
 * the steward keeps, one by one or by a sheet (CSV). Who may is for the caller's surface to check.
 */
#ifndef TOCSIN_SERVICE_ELECTION_H
#define TOCSIN_SERVICE_ELECTION_H

#include "store/elections.h"

#define ELECTION_KINDS "primary, runoff, special, general, other"
#define ELECTION_NAME_BYTES_MAX 100
#define ELECTION_SHEET_LINES_MAX 5000

/* ---- what comes next */

/* An election that the pages count the days to. */
struct election_day {
    str name;
    int64_t day;  /* since 1970 */
    int64_t days; /* until then */
};

/*
 * The steward's (election_day in the settings) until it is over, else the next federal one on or
 * after `today` (days since 1970): the Tuesday after the first Monday of November of even years.
 */
struct election_day election_federal(const struct config *config, int64_t today);

/*
 * The first from today on, by the reader's own calendar, that concerns their organization: in one
 * of its jurisdictions, in what these lie in (a county's state), or federal. A reader without a
 * person is nobody in particular.
 */
err election_next(struct arena *a, struct session *s, const struct reader *r,
                  struct election_day *out) MUST_USE;

/* ---- keeping them */

/* As somebody wrote it; or of each of them what is wrong, empty where nothing is. */
struct election_words {
    str name;
    str jurisdiction;
    str kind;
    str date; /* "2026-05-05" */
};
/* False where something is wrong: `*out` is unset then. */
bool election_read(struct arena *a, const struct election_words *words, struct election *out,
                   struct election_words *faults);
/* The first fault, for one who reads one line. */
str election_first_fault(const struct election_words *faults);
/* "2026-05-05" */
str election_date(struct arena *a, int64_t day);

/* ERR_CONFLICT: there is one of that jurisdiction, day and kind. Without an id: a new one. */
err election_put_in(struct arena *a, struct session *s, struct election *election) MUST_USE;
/* ERR_NOT_FOUND. */
err election_remove_in(struct arena *a, struct session *s, str id) MUST_USE;

/* ---- as a sheet */

#define ELECTION_CHANGES(X)    \
    X(ELECTION_NEW, "new")     \
    X(ELECTION_NAMED, "named") \
    X(ELECTION_SAME, "same")   \
    X(ELECTION_FAULTY, "faulty")
#define ELECTION_CHANGE_ENUM(word, name) word,
enum election_change { ELECTION_CHANGES(ELECTION_CHANGE_ENUM) };
#undef ELECTION_CHANGE_ENUM
str election_change_name(enum election_change change);

struct election_line {
    size_t line; /* of the file, from 1 */
    struct election_words words;
    enum election_change change;
    str fault;                /* what is wrong and what to do; with ELECTION_FAULTY */
    struct election election; /* without one */
};
struct election_sheet {
    struct election_line *items;
    size_t count;
    size_t capacity;
    size_t faults;
    size_t changes; /* lines that change anything */
};

/* What a sheet would do. ERR_INVALID: this is none, with the line that says so. */
err election_sheet_read(struct arena *a, struct session *s, str csv,
                        struct election_sheet *out) MUST_USE;
/* In a write session: all lines or, where one is faulty (ERR_INVALID), none. */
err election_sheet_apply_in(struct arena *a, struct session *s, str csv,
                            struct election_sheet *out) MUST_USE;

#endif
