/*
 * Corrections (B22): a text that was given out was wrong, and another takes its place. A correction
 * names the object, which of its versions takes the place of which, and why; it holds neither text.
 * Each reader is shown the versions that they may read, so that nobody learns by a difference what
 * was not theirs.
 */
#ifndef TOCSIN_SERVICE_CORRECTION_H
#define TOCSIN_SERVICE_CORRECTION_H

#include "service/briefing.h"

#define CORRECTION_REASON_BYTES_MAX 2000

/* What of a briefing can be corrected: what it is about, an item, the answer to a question. */
enum correction_of { CORRECTION_OF_ABOUT, CORRECTION_OF_ITEM, CORRECTION_OF_ANSWER };
/* "about", … */
str correction_of_name(enum correction_of of);

/* One version of the text; the entry is zero where the reader may not read it. */
struct correction_text {
    struct log_entry entry;
    str title; /* of an item; else empty */
    str words;
};

struct correction {
    str id;
    struct log_entry entry;
    str briefing;
    enum correction_of of;
    str object; /* the briefing, the item, or the question that was answered */
    str reason;
    enum tlp label;
    struct correction_text before;
    struct correction_text after;
    bool is_new; /* the reader was not given it yet (R1), and did not make it */
};
struct corrections {
    struct correction *items; /* the newest first */
    size_t count;
    size_t capacity;
};

struct correction_input {
    str object;  /* as in struct correction */
    str version; /* of the text that is wrong, as the corrector saw it */
    bool has_title;
    str title; /* of an item */
    str words;
    str reason;
};

/*
 * By a publisher of a host, of a briefing that was sent, also once it is over or called off: writes
 * the text, notes the correction, and has everyone who is invited told by mail. ERR_CONFLICT:
 * somebody changed the text meanwhile. ERR_INVALID: no such text, or nothing is different.
 */
err correction_make(struct arena *a, struct session *s, const struct reader *r, str briefing,
                    const struct correction_input *in, str *id) MUST_USE;

/* Those of a briefing that the reader may read. */
err correction_list(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, struct corrections *out) MUST_USE;

/*
 * Briefings with corrections that the reader has not seen: of what they were given, or were invited
 * to. In a read session that holds its views.
 */
struct corrected {
    struct briefing briefing;
    size_t count;
};
struct corrected_list {
    struct corrected *items;
    size_t count;
    size_t capacity;
};
err correction_awaited(struct arena *a, struct session *s, const struct reader *r,
                       struct corrected_list *out) MUST_USE;

#endif
