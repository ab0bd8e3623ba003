/*
 * How the record's document is written: thing by thing, each made of one or more entries of the
 * log, in the part of the record to which it belongs. For briefing_document*.c only.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_DOCUMENT_H
#define TOCSIN_SERVICE_BRIEFING_DOCUMENT_H

#include "service/briefing_parts.h"
#include "service/briefing_record.h"

struct document {
    struct arena *a;
    struct session *s;
    const struct reader *r;
    const struct briefing *b;
    const struct zone *zone; /* of the call */
    enum record_part part;
    bool has_own; /* what the briefing itself says belongs to this part */
    struct buf *to;
    str heading;    /* of a section in which nothing stands yet */
    enum tlp label; /* the strictest of what was told */
    bool is_begun;  /* something was told */
    struct log_entries given;
};

/* What is told from here on; nothing told, and the heading is left out as well. */
void document_section(struct document *d, str heading);
/* Writes the heading that waits. */
void document_open(struct document *d);

/*
 * Begins a thing: false where it is not told in this part. Of what leaves the first entry decides,
 * and the others are asked for one by one; what stays is told whole where any of them stays.
 */
bool document_begin(struct document *d, const struct log_entry *const *entries, size_t count);
bool document_begin_one(struct document *d, const struct log_entry *entry);
/* The same; where it is not given, telling it leaves no receipt of the first entry. */
bool document_begin_as(struct document *d, const struct log_entry *const *entries, size_t count,
                       bool is_given);
/* True where what one entry of the thing says is told here; then it is given (R1). */
bool document_tells(struct document *d, const struct log_entry *entry);

/* Lines under a thing, the first of which begins with `lead`. */
void document_put_lines(struct document *d, const char *lead, str words);
/* A text of several lines as one. */
str document_line(const struct document *d, str words);
/* ", yes" for the second of two names and after. */
void document_put_name(struct document *d, bool is_first, str name);

str document_org(const struct document *d, str id);
str document_person(const struct document *d, str id);
/* "Tuesday, August 29, 2028, 2:30 p.m. EDT", on the clock of the call. */
str document_moment(const struct document *d, int64_t time_us);
/* "2:30 p.m. EDT". */
str document_time(const struct document *d, int64_t time_us);
/* A day that is one wherever it is read. */
err document_day(const struct document *d, int64_t day_us, str *out) MUST_USE;
str document_sector(unsigned sector);

/* ---- the parts, in their order */

/* Questions, corrections, commitments, what was done, and requests to widen an item. */
err document_put_said(struct document *d) MUST_USE;
/* What hosts agreed to, who was invited and there, who was missing, and whether it was useful. */
err document_put_people(struct document *d) MUST_USE;

#endif
