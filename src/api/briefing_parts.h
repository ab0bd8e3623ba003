/*
 * Parts of the answers about briefings: the schemas of api/openapi.yaml with the same names.
 */
#ifndef TOCSIN_API_BRIEFING_PARTS_H
#define TOCSIN_API_BRIEFING_PARTS_H

#include "api/given.h"
#include "api/parts.h"
#include "service/briefing_after.h"
#include "service/briefing_audience.h"
#include "service/newcomer.h"

/* Where an answer is written, and for whom. */
struct part_to {
    struct json_writer *w;
    struct arena *a;
    struct session *s;
    const struct reader *r;
    struct api_given *given; /* NULL: what is written here is given to nobody */
};
/* Into the call's answer. */
struct part_to part_to_answer(struct api_call *c);

/* An entry whose content is told. */
void part_give(const struct part_to *to, const struct log_entry *entry);

/* Briefing. */
err part_briefing(const struct part_to *to, const struct briefing *b) MUST_USE;
/* BriefingRow. */
err part_briefing_row(const struct part_to *to, const struct briefing *b) MUST_USE;
/* PersonName, of an identity id. */
void part_person(const struct part_to *to, str person, str organization);
/* "label": "amber". */
void part_label(struct json_writer *w, enum tlp label);
/* The words of an answer: yes, no, delegate, open. */
str part_answer_word(enum about_word word);
/* Member `noted_by`: which host noted the answer; none for what somebody said themselves. */
void part_noted_by(const struct part_to *to, const struct briefing_invitation *of);
/* Member `newcomer`: whom the reader vouched for, and what came of it; none for nobody. */
void part_newcomer_sent(const struct part_to *to, const struct newcomer_sent *sent);
/* Member `reads_up_to`, of a reader whom nobody has called yet; none for others. */
void part_reads_up_to(const struct part_to *to);
void part_counts(const struct part_to *to, const struct briefing_counts *counts);
/* A wall clock as local time. */
void part_local(struct json_writer *w, const char *key, int64_t local_us);
/* A day. */
void part_day(struct json_writer *w, const char *key, int64_t day_us);
void part_odd_hours(const struct part_to *to, const struct briefing_audience *audience);

/* places.c: member `audience_names`: for a host, what the plan holds by name. */
void part_plan_names(const struct part_to *to, const struct briefing_plan *plan);

/* The field `when` of a briefing; what is wrong with it becomes a fault. */
err part_read_when(struct api_fields *f, struct briefing_input *out) MUST_USE;

/* Answers with the briefing that was made, or that the path names, as it is now. */
err part_briefing_send(struct api_call *c, unsigned status) MUST_USE;
/* The same with 200, for api_change. */
err part_briefing_answer(struct api_call *c, void *context) MUST_USE;

/* The briefing that the path names, as the reader finds it. */
err part_find_briefing(struct api_call *c, struct briefing *out) MUST_USE;

/* What the service says is not there is told in the words of the API. */
err part_hide(struct api_call *c, err failure) MUST_USE;

#endif
