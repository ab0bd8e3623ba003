/*
 * The directory as a sheet (CSV): who has which duty where, to be taken away, edited and brought
 * back (B3). A line that is brought back says the duty anew, with the day on which it was checked,
 * or that it is over; what is not in the sheet stays. Other columns are those of the sheet taken
 * away, and are not read.
 */
#ifndef TOCSIN_SERVICE_DUTY_SHEET_H
#define TOCSIN_SERVICE_DUTY_SHEET_H

#include "service/admin_people.h"

#define DUTY_SHEET_LINES_MAX 5000

#define DUTY_CHANGES(X)        \
    X(DUTY_NEW, "new")         \
    X(DUTY_CHANGED, "changed") \
    X(DUTY_SAME, "same")       \
    X(DUTY_OVER, "over")       \
    X(DUTY_FAULTY, "faulty")
#define DUTY_CHANGE_ENUM(word, name) word,
enum duty_change { DUTY_CHANGES(DUTY_CHANGE_ENUM) DUTY_CHANGE_COUNT };
#undef DUTY_CHANGE_ENUM
str duty_change_name(enum duty_change change);

struct duty_line {
    size_t line; /* of the file, from 1 */
    str organization;
    str email;
    str duty;
    str verified;
    enum duty_change change;
    str fault;              /* what is wrong and what to do; with DUTY_FAULTY */
    struct admin_duty said; /* without one */
};
struct duty_sheet {
    struct duty_line *items;
    size_t count;
    size_t capacity;
    size_t faults;
    size_t changes; /* lines that change anything */
};

/*
 * What bringing a sheet back would do, as far as the reader manages the organizations in it.
 * ERR_INVALID: this is no such sheet, with the line that says so.
 */
err duty_sheet_read(struct arena *a, struct session *s, const struct reader *r, str csv,
                    struct duty_sheet *out) MUST_USE;

/* In a write session: brings it back, wholly or, where a line is faulty (ERR_INVALID), not. */
err duty_sheet_apply(struct arena *a, struct session *s, const struct reader *r, str csv,
                     struct duty_sheet *out) MUST_USE;

/* A sheet of all duties of active members. */
err duty_sheet_write(struct arena *a, struct session *s, str *out) MUST_USE;

#endif
