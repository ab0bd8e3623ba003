/*
 * Resolving markings: which label and which named audiences a list of marking ids amounts to (G3 to
 * G5). For log_*.c only.
 */
#ifndef TOCSIN_STORE_LOG_MARKING_H
#define TOCSIN_STORE_LOG_MARKING_H

#include "base/map.h"
#include "store/log.h"

/* The marking definitions that a submission brings along. */
struct marking_book {
    struct arena *a;
    const struct log_submission *sub;
    struct map by_id; /* struct marking_entry */
};

/* The submission outlives the book; its items are not looked at. */
void marking_book_init(struct marking_book *book, struct arena *a,
                       const struct log_submission *sub);

/*
 * Adds a definition; one with an id of TLP is passed over, since its id decides (validation refuses
 * one that says otherwise). ERR_INVALID with words for one that is malformed. `*is_named` tells a
 * named audience.
 */
err marking_book_add(struct arena *a, struct marking_book *book, const struct stix_object *object,
                     bool *is_named) MUST_USE;

/* The marking ids of an object: of all of it, and of parts of it. */
struct marking_list {
    str *ids;
    size_t count;
    str *granular;
    size_t granular_count;
};

struct marking_sum {
    bool has_label;          /* by a marking of the whole object; else the collection's default */
    enum tlp label;          /* the strictest of those */
    enum tlp granular_label; /* the strictest of its parts; TLP_CLEAR without any */
    bool is_explicit;        /* carries any marking at all */
    bool is_exercise;        /* carries the marking of exercises (B25) */
    bool lacks_definition;   /* a definition that would count is not there */
    uint32_t *named;         /* numbers of named audiences, ascending, without doubles */
    size_t named_count;
};

/* In a write session, since named audiences are interned. */
err marking_sum_up(struct arena *a, struct session *s, const struct marking_book *book,
                   const struct marking_list *list, struct marking_sum *out) MUST_USE;

/* The label of an object in a collection with this default (G3). */
enum tlp marking_label(const struct marking_sum *sum, const struct log_submission *sub,
                       enum tlp default_tlp);

#endif
