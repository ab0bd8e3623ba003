/*
 * Calendar files (B14): one event of one edition, for one attendee, as RFC 5545 and, where it is
 * mailed, RFC 5546 have it. It says when, and nothing of what the call is about.
 */
#ifndef TOCSIN_SERVICE_CALENDAR_H
#define TOCSIN_SERVICE_CALENDAR_H

#include "base/buf.h"
#include "base/zone.h"

enum calendar_method {
    CALENDAR_REQUEST, /* an invitation, or what has changed of it */
    CALENDAR_CANCEL,
    CALENDAR_PUBLISH, /* a file that somebody fetches; it has no attendee */
};
/* "REQUEST", … */
str calendar_method_name(enum calendar_method method);

struct calendar_event {
    enum calendar_method method;
    str uid;
    int64_t sequence;
    int64_t stamp_us; /* when this file is made */
    int64_t start_us;
    int64_t end_us;
    const struct zone *zone; /* in which the call is planned */
    str organizer;           /* an e-mail address; empty: none is named */
    str attendee;            /* an e-mail address */
    str answer;              /* PARTSTAT: "NEEDS-ACTION", "ACCEPTED", "DECLINED", "DELEGATED" */
    str summary;
    str description; /* line feeds end its lines */
    str url;
};

/* Lines end with CR LF and are folded at 75 bytes, between characters. */
void calendar_write(struct buf *to, struct arena *a, const struct calendar_event *e);

#endif
