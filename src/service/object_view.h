/*
 * One object of the log, for whoever may read it, as what a page shows of any object: what it is
 * called, what it says, its times, what it points at, and its own bytes.
 */
#ifndef TOCSIN_SERVICE_OBJECT_VIEW_H
#define TOCSIN_SERVICE_OBJECT_VIEW_H

#include "store/log.h"

#define OBJECT_TEXT_BYTES_MAX 20000
#define OBJECT_RAW_BYTES_MAX ((size_t)1 << 20)
#define OBJECT_PARTS_MAX 200 /* of each kind; the bytes have the rest */
#define OBJECT_TITLE_BYTES_MAX 200

/* A property and what it says. */
struct object_part {
    str name;
    str text;
};
struct object_parts {
    struct object_part *items;
    size_t count;
    size_t capacity;
};

/* What a property points at: a title and an entry only where the reader may read it. */
struct object_end {
    str name;
    str id;
    str title;
    struct log_entry entry;
};
struct object_ends {
    struct object_end *items;
    size_t count;
    size_t capacity;
};

/* What a named audience that it carries says of its use (G4). */
struct object_use {
    str audience; /* its name */
    enum marking_use use;
    str text; /* may be empty */
    struct log_entry entry;
};
struct object_uses {
    struct object_use *items;
    size_t count;
    size_t capacity;
};

struct object_view {
    str id;
    str type;
    str title;    /* empty: it has none */
    str briefing; /* what it is part of; empty: of none */
    str source;   /* empty: somebody who is gone */
    enum tlp label;
    bool is_exercise;
    bool is_answer; /* a note by which hosts answer a question */
    bool may_ask;   /* who may see it (R2) */
    struct log_entry entry;
    struct object_parts texts; /* in the order of the object */
    struct object_parts times;
    struct object_ends ends;
    struct object_uses uses;
    str raw; /* empty: longer than OBJECT_RAW_BYTES_MAX */
};

/* The entry of what object_view_get gives; fails alike. */
err object_entry_get(struct arena *a, struct session *s, const struct reader *r, str id,
                     struct log_entry *out) MUST_USE;
/* What to call it, and its entry; both stay empty for what is hidden and for what is not there. */
err object_title_get(struct arena *a, struct session *s, const struct reader *r, str id,
                     struct log_entry *entry, str *title) MUST_USE;
/* What to call an object, of which this is an entry that the reader may read. */
err object_title_of(struct arena *a, struct session *s, const struct log_entry *entry, str id,
                    str *title) MUST_USE;

/* The newest version that the reader may read. ERR_NOT_FOUND, in the same words, where none is. */
err object_view_get(struct arena *a, struct session *s, const struct reader *r, str id,
                    struct object_view *out) MUST_USE;

/* The organizations that may see it, for whoever may ask; ERR_NOT_FOUND for others. */
struct admin_viewers;
err object_viewers(struct arena *a, struct session *s, const struct reader *r, str id,
                   struct admin_viewers *out) MUST_USE;

#endif
