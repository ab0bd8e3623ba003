/*
 * What is new to a person: reports, notes, campaigns and the like, which speak for themselves, out
 * of every collection that they read, each object once. Indicators and observables are for
 * programs, members have a page of their own.
 */
#ifndef TOCSIN_SERVICE_FRESH_H
#define TOCSIN_SERVICE_FRESH_H

#include "service/briefing.h"

struct fresh_thing {
    str id;
    str type;
    str title;
    str words; /* what to do, or how it begins; may be empty */
    enum tlp label;
    str source; /* empty: somebody who is gone */
    struct log_entry entry;
    int64_t added_us;
    bool is_exercise;
    struct briefing briefing; /* that it is part of, as the reader reads it; id empty: of none */
    bool is_answer;           /* of the hosts to a question */
    bool is_to_mine;          /* that the reader asked, by name */
    str question; /* what was asked; empty: not an answer, or the reader may not read it */
    struct log_entry asked; /* the question, where it was asked by name; else zero (B18) */
};
struct fresh_list {
    struct fresh_thing *items; /* the newest first */
    size_t count;
    size_t capacity;
    uint32_t next; /* `before` of the page behind this one; zero: there is none */
};

/* What can be asked for: the types of the list, and "answer": notes by which hosts answer. */
#define FRESH_KINDS                                                             \
    "action, answer, campaign, channel, course-of-action, grouping, incident, " \
    "intrusion-set, narrative, note, report, threat-actor"
bool fresh_has_kind(str word);

struct fresh_query {
    int64_t since_us; /* added past this */
    uint32_t before;  /* entries below this number, for the page behind another; zero: all */
    size_t limit;     /* more than NEWEST_MAX is as much as NEWEST_MAX */
    const str *kinds; /* any of these FRESH_KINDS; a note is none that answers. None: all */
    size_t kind_count;
    const str *sources; /* organizations that shared it, alone or with others; none: any */
    size_t source_count;
    unsigned labels;             /* as page_only has them; 0: any */
    const uint32_t *collections; /* of any of these; of none: of all */
    size_t collection_count;
};

/*
 * Newest versions. What is asked for must all be true of a thing: of several kinds one, and so for
 * sources, labels and collections. A kind, a source or a label that fits rarely gives less than a
 * page, and `next` (NEWEST_LOOKED_MAX). An organization that is not there, or shared nothing that
 * the reader may read, is one and the same. In a read session that holds its views.
 */
err fresh_read(struct arena *a, struct session *s, const struct reader *r,
               const struct fresh_query *q, struct fresh_list *out) MUST_USE;

#endif
