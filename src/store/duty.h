/*
 * Duty officers (B3): who answers for an organization, and when somebody last checked that. Facts
 * with a date, no permission: nothing about reading follows from them.
 *
 * What changes something runs in a write session and leaves the audit row to the caller (service/).
 */
#ifndef TOCSIN_STORE_DUTY_H
#define TOCSIN_STORE_DUTY_H

#include "store/store.h"

#define DUTIES(X)                \
    X(DUTY_PRIMARY, "primary")   \
    X(DUTY_STAND_IN, "stand-in") \
    X(DUTY_AFTER_HOURS, "after-hours")

#define DUTY_ENUM(word, name) word,
enum duty { DUTIES(DUTY_ENUM) DUTY_COUNT };
#undef DUTY_ENUM

str duty_name(unsigned duty);
bool duty_read(str text, enum duty *out);
/* All words, for error texts and help. */
const char *duty_words(void);

struct duty_entry {
    int64_t person;
    int64_t org;
    enum duty duty;
    int64_t verified_us; /* a day; 0: nobody checked */
    str verified_by;     /* who checked, in words */
    str timezone;        /* the person's; set by duty_list */
};

/* Takes the place of what was known of this person, organization and duty. */
err duty_put(struct arena *a, struct session *s, const struct duty_entry *entry) MUST_USE;

/* ERR_NOT_FOUND where the person has no such duty there. */
err duty_take(struct arena *a, struct session *s, const struct duty_entry *entry) MUST_USE;

struct duty_entries {
    struct duty_entry *items;
    size_t count;
    size_t capacity;
};
/* By organization, duty and person; of one organization or (0) of all. */
err duty_list(struct arena *a, struct session *s, int64_t org, struct duty_entries *out) MUST_USE;

#endif
