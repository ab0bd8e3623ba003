/*
 * Legal holds (B27): while one stands, nothing that it covers is removed. What was withdrawn is
 * read by nobody, but its bytes, files and mail stay. Private state.
 */
#ifndef TOCSIN_STORE_HOLDS_H
#define TOCSIN_STORE_HOLDS_H

#include "store/belonging.h"

#define HOLD_REASON_BYTES_MAX 500

struct hold {
    str id;     /* hold--UUID */
    str object; /* an object with all that belongs to it, such as a briefing; empty: everything */
    str reason;
    int64_t placed_us;
    int64_t placed_by;   /* actor; 0: the console */
    int64_t released_us; /* 0: it stands */
    int64_t released_by;
};
struct holds {
    struct hold *items;
    size_t count;
    size_t capacity;
};

/* In a write session. Sets `id`; placed now. */
err holds_place(struct arena *a, struct session *s, struct hold *h) MUST_USE;
/* ERR_NOT_FOUND; ERR_CONFLICT: it was released before. */
err holds_release(struct arena *a, struct session *s, str id, int64_t by) MUST_USE;
/* The newest first; those that were released, too. */
err holds_list(struct arena *a, struct session *s, struct holds *out) MUST_USE;

/* ---- what they cover */

struct hold_cover {
    bool is_all;
    struct belonging objects;
};

/* What the holds that stand cover. */
err hold_cover_read(struct arena *a, struct session *s, struct hold_cover *out) MUST_USE;
bool hold_covers(const struct session *s, const struct hold_cover *cover, str id);

#endif
