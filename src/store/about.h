/*
 * The index of what briefings consist of: which entries of the built-in collection Briefings name
 * an object ("all replies to briefing X", "the invitations of person P"), so that such a question
 * costs what it returns: what is hidden from whoever asks is not read (V1, O1). Derived from the
 * log: filled as entries are appended, made anew by `tocsin rebuild`, compared by `tocsin fsck`.
 */
#ifndef TOCSIN_STORE_ABOUT_H
#define TOCSIN_STORE_ABOUT_H

#include "store/log.h"

/* What a reply says, or the attendance of somebody invited, so that counting reads no bytes. */
enum about_word { ABOUT_NOTHING, ABOUT_YES, ABOUT_NO, ABOUT_DELEGATE, ABOUT_WORD_COUNT };

/* In a write session: notes what a new entry names, if it stands in the collection Briefings. */
struct about_source {
    uint32_t collection;
    uint32_t type;
    uint32_t number;
    uint32_t audience;
};
err about_put(struct arena *a, struct session *s, const struct about_source *entry,
              const struct stix_object *object) MUST_USE;

struct about_row {
    struct log_entry entry;
    int64_t object; /* keyed hash of its id */
    enum about_word word;
};
struct about_rows {
    struct about_row *items;
    size_t count;
    size_t capacity;
};

/*
 * Of each object of `type` that names `target`, the newest version that the reader may read, in the
 * order of the log. A type that was never used gives none.
 */
err about_list(struct arena *a, struct session *s, const struct reader *r, str target, str type,
               struct about_rows *out) MUST_USE;

/*
 * The same of objects that name `other` too, by entries past number `after`: costs by what names
 * the target by then, so that of the two it is to be the one that is named more rarely.
 */
struct about_pair {
    str target;
    str other;
    str type;
    uint32_t after;
};
err about_list_pair(struct arena *a, struct session *s, const struct reader *r,
                    const struct about_pair *q, struct about_rows *out) MUST_USE;

/* How many of them there are, counted no further than `limit`: nor is more read. */
struct about_counting {
    str target;
    str type;
    size_t limit;
};
err about_count(struct arena *a, struct session *s, const struct reader *r,
                const struct about_counting *q, size_t *out) MUST_USE;

/*
 * The objects of a type that name a target, by the keyed hashes of their ids. Not filtered: the
 * caller tells nobody.
 */
struct about_objects {
    int64_t *items;
    size_t count;
    size_t capacity;
};
err about_objects_get(struct arena *a, struct session *s, int64_t target, uint32_t type,
                      struct about_objects *out) MUST_USE;

/* Of them, by id, those of which something is not withdrawn; at most `limit`. */
struct about_live {
    int64_t target;
    uint32_t type;
    size_t limit;
};
err about_live_ids(struct arena *a, struct session *s, const struct about_live *q,
                   struct stix_strs *out) MUST_USE;
/* The same of one object, by the keyed hash of its id; empty: all of it is withdrawn. */
err about_live_id(struct arena *a, struct session *s, int64_t object, str *out) MUST_USE;

/*
 * The newest version of an object in the collection Briefings that the reader may read.
 * ERR_NOT_FOUND, in the same words for what is hidden and what is not there.
 */
err about_get(struct arena *a, struct session *s, const struct reader *r, str id,
              struct log_entry *out) MUST_USE;

/* Entries whose rows are not what the log implies; in a read session. */
struct about_numbers {
    uint32_t *items;
    size_t count;
    size_t capacity;
};
err about_find_differences(struct arena *a, struct session *s, struct about_numbers *out) MUST_USE;
/* In a write session: makes the rows of one entry anew. */
err about_mend(struct arena *a, struct session *s, uint32_t number) MUST_USE;

/* What of one type names one object. */
struct about_key {
    int64_t target;
    uint32_t type;
};
struct about_keys {
    struct about_key *items;
    size_t count;
    size_t capacity;
};
/* Of which it is not said under which audiences there is anything; in a read session. */
err about_find_wrong_audiences(struct arena *a, struct session *s, struct about_keys *out) MUST_USE;
/* In a write session: says it anew. */
err about_mend_audiences(struct arena *a, struct session *s, const struct about_key *key) MUST_USE;

#endif
