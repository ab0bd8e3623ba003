/*
 * What waits for a person: what needs their answer, what is new, what is coming (P8).
 */
#ifndef TOCSIN_SERVICE_HOME_H
#define TOCSIN_SERVICE_HOME_H

#include "service/absence.h"
#include "service/fresh.h"
#include "service/look.h"
#include "service/newcomer.h"
#include "service/writer.h"

#define HOME_NEW_MAX 8

enum home_kind {
    HOME_INVITATION,
    HOME_APPROVAL,
    HOME_NOTED,
    HOME_CORRECTION,
    HOME_COMMITMENT,
    HOME_USEFULNESS,
    HOME_SEND,
    HOME_QUESTIONS,
    HOME_ABSENCE,
    HOME_WIDENING,
};
/* "invitation", … */
str home_kind_name(enum home_kind kind);

struct home_question {
    enum home_kind kind;
    struct briefing briefing;
    size_t count; /* of questions and requests without an answer, or corrections not seen */
    str words;    /* of a commitment: what was promised */
    struct log_entry said;       /* the commitment's; else zero */
    struct absence_note absence; /* with HOME_ABSENCE */
    struct newcomer_sent sent;   /* what came of vouching for somebody */
};

struct home {
    struct {
        struct home_question *items; /* the most urgent first */
        size_t count;
        size_t capacity;
    } questions;
    struct fresh_list fresh;
    int64_t since_us;                 /* of the last visit; 0: never here before */
    uint64_t others;                  /* how much else is new to them */
    struct briefings coming;          /* theirs, the next one first */
    struct newcomers_asked newcomers; /* whom they are asked to call (B12) */
    struct look_views looks;          /* of whose names their word is waited for (R2) */
};

/* For a person who acts for an organization; in a read session that holds its views. */
err home_read(struct arena *a, struct session *s, const struct reader *r,
              struct home *out) MUST_USE;

/* They look now: written in some commit soon, or not at all while the writer is busy. */
void home_note_visit(struct writer *w, const struct reader *r);

#endif
