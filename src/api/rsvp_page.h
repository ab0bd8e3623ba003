/*
 * The HTML of the pages of a mailed link. For rsvp*.c only.
 */
#ifndef TOCSIN_API_RSVP_PAGE_H
#define TOCSIN_API_RSVP_PAGE_H

#include "api/rsvp_words.h"
#include "service/app.h"
#include "service/rsvp.h"

#define RSVP_PAGE_BYTES_MAX ((size_t)512 * 1024)

/* What is wrong with what was sent. */
enum rsvp_wrong {
    RSVP_FINE,
    RSVP_WRONG_DIGITS,
    RSVP_NO_ANSWER,
    RSVP_STALE_PAGE,
    RSVP_NO_PERSON,
    RSVP_REFUSED_PERSON,
    RSVP_LONG_NOTE
};

struct rsvp_page {
    struct arena *a;
    const struct app *app;
    enum language language;
    str secret;
    str token;                /* of the form */
    struct rsvp rsvp;         /* not for rsvp_page_words */
    const struct zone *shown; /* "your time" */
    bool is_shown_chosen;     /* by the reader */
    enum about_word answer;   /* chosen, or given */
    str note;                 /* what they need, as it was just sent */
    enum rsvp_wrong wrong;
    str proof; /* that the digits were right, for the page of who goes instead */
    int64_t now_us;
};

str rsvp_answer_name(enum about_word answer);

void rsvp_page_form(struct buf *b, const struct rsvp_page *p);
void rsvp_page_kept(struct buf *b, const struct rsvp_page *p);
void rsvp_page_delegates(struct buf *b, const struct rsvp_page *p,
                         const struct briefing_delegates *people);
/* A heading, a sentence, and the way to sign in. */
void rsvp_page_words(struct buf *b, const struct rsvp_page *p, enum rsvp_word head,
                     enum rsvp_word why);

#endif
