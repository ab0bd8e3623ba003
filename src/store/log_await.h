/*
 * Ends that are not there yet (G6): which entries await them, and what those carry once they come.
 * For files of this folder only.
 *
 * Kept in the table awaited_end: the hash of an end's id, and the entry that awaits it from its own
 * contributor.
 */
#ifndef TOCSIN_STORE_LOG_AWAIT_H
#define TOCSIN_STORE_LOG_AWAIT_H

#include "store/log_outlook.h"

/* An entry that was just appended. */
struct log_arrival {
    str id;
    int64_t contributor;
    uint32_t number;
    uint32_t audience;
    bool is_exercise;
};

/* Whether anything is awaited at all. */
err log_await_any(struct arena *a, struct session *s, bool *out) MUST_USE;

/* How many ends an entry awaits; counted no further than to `max`. */
err log_await_count(struct arena *a, struct session *s, uint32_t number, size_t max,
                    size_t *out) MUST_USE;

/* Ends that were not there: its own, and those that what it carries still awaits. */
err log_await_ends(struct arena *a, struct session *s, const struct log_arrival *e,
                   const struct outlook_answer *answer) MUST_USE;

/* The entries that await this one. */
struct log_waiting {
    uint32_t *items;
    size_t count;
    size_t capacity;
};
err log_await_list(struct arena *a, struct session *s, const struct log_arrival *end,
                   struct log_waiting *out) MUST_USE;

/* What one of them awaited has come: it carries it from now on, if its author may read it. */
err log_await_over(struct arena *a, struct session *s, const struct log_arrival *end,
                   uint32_t waiting) MUST_USE;

#endif
