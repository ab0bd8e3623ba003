/*
 * The words of mail about a call, in both languages one after the other.
 */
#ifndef TOCSIN_SERVICE_MAIL_WORDS_H
#define TOCSIN_SERVICE_MAIL_WORDS_H

#include "base/buf.h"
#include "service/call_words.h"

enum mail_kind {
    MAIL_NOTHING,
    MAIL_INVITATION,
    MAIL_UPDATE,
    MAIL_CANCELLATION,
    MAIL_APPROVAL,
    MAIL_CORRECTION,
    MAIL_REMINDER,
    MAIL_PROMISE,
};
/* "invitation", … */
str mail_kind_name(enum mail_kind kind);

struct mail_facts {
    enum mail_kind kind;
    int64_t start_us;
    int64_t end_us;
    const struct zone *own;    /* of who reads it */
    const struct zone *sender; /* in which the call is planned */
    bool is_exercise;
    str url;  /* of the exchange */
    str link; /* to answer by; empty: none */
};

str mail_subject(struct arena *a, const struct mail_facts *f);
void mail_put_text(struct buf *to, struct arena *a, const struct mail_facts *f);
/* What the calendar shows. */
str mail_summary(struct arena *a, bool is_exercise);
str mail_description(struct arena *a, str url, bool is_exercise);

#endif
