/*
 * The log: appending versions of objects, withdrawing them, and looking one up (L1 to L10, G3 to
 * G8).
 *
 * A submission is what one reader contributes at once. Its objects are read and validated before
 * (stix/), outside any transaction; log_append then works out label and audience of each, finds
 * duplicates, and appends, all inside the caller's write session. Each object has its own outcome;
 * an err means that the submission as a whole could not be handled and must be rolled back.
 */
#ifndef TOCSIN_STORE_LOG_H
#define TOCSIN_STORE_LOG_H

#include "base/clock.h"
#include "stix/object.h"
#include "store/object_key.h"
#include "store/store.h"

enum log_outcome {
    LOG_PENDING,
    LOG_ADDED,     /* a new entry */
    LOG_DUPLICATE, /* the same bytes were there already: success, no new entry */
    LOG_REFUSED,   /* `message` says why */
};

struct log_item {
    struct stix_object object;
    str warnings; /* broken SHOULDs as a JSON list; empty: none */
    enum log_outcome outcome;
    str message;        /* for LOG_REFUSED; a warning otherwise, or empty */
    int64_t version_us; /* as stored, once added or found */
    unsigned version_digits;
    size_t outlook_index; /* with an outlook of the caller's */
    bool is_new;          /* log_append's: neither the index nor an item before it has its id */
};

/* What a submission as a whole knows about all its objects (log_outlook.c). */
struct outlook;

struct log_submission {
    const struct reader *reader; /* the submitter, with its actor interned */
    int64_t contributor;         /* org: the reader's own, or a group it owns */
    const uint32_t *collections; /* each item gets an entry in each */
    size_t collection_count;
    struct log_item *items;
    size_t item_count;
    enum tlp unmarked_least; /* what has no label gets this one, or the collection's if stricter */
    struct outlook *outlook; /* NULL: made from the items; else items carry outlook_index */
};

/*
 * Appends what can be appended. Items that come with outcome LOG_REFUSED (they broke a MUST) are
 * passed over. ERR_NO_SPACE: the organization's quota is used up, or the disk is full.
 */
err log_append(struct arena *a, struct session *s, struct log_submission *sub) MUST_USE;

/*
 * A look ahead over a large import (L10): pass one adds every object, then outlook_settle works out
 * the audiences of pointing objects and checks containers, and pass two appends in pieces with the
 * same outlook. What it interns needs a write session; outlook_add needs none. A marking definition
 * that cannot be is refused when it is appended. The outlook lives in the arena of outlook_open.
 */
err outlook_open(struct arena *a, struct session *s, const struct log_submission *sub,
                 struct outlook **out) MUST_USE;
err outlook_add(struct arena *a, struct outlook *o, const struct stix_object *object,
                size_t *index) MUST_USE;
err outlook_settle(struct arena *a, struct session *s, struct outlook *o) MUST_USE;

/* Withdraws, of the reader's own lineage in a collection, the versions they may read (L8). */
struct log_withdrawal {
    const struct reader *reader;
    int64_t contributor; /* a group the reader's organization owns; 0: that organization itself */
    uint32_t collection;
    str id;
    const int64_t *versions_us; /* NULL: all; see also the two flags */
    size_t version_count;
    bool is_first;
    bool is_last;
    unsigned specs; /* VIEW_SPEC_*; zero: every one */
};
/* ERR_NOT_FOUND: absent or unreadable. ERR_FORBIDDEN: readable, but somebody else's. */
err log_withdraw(struct arena *a, struct session *s, const struct log_withdrawal *w,
                 size_t *withdrawn) MUST_USE;

/* Withdraws every version of an object, whoever contributed it and whoever may read it: for what is
 * kept no longer (B27). */
err log_drop(struct arena *a, struct session *s, str id, uint32_t collection,
             size_t *dropped) MUST_USE;

/* Removes the bytes of withdrawn entries, but what is under a hold (B27); in a write session. */
struct log_purged {
    uint64_t bodies;
    uint64_t held; /* that stay for it */
};
/* Called before each of what is withdrawn: how far it is. An error ends it. */
struct log_look {
    err (*fn)(struct arena *a, void *context, uint64_t done, uint64_t total); /* may be NULL */
    void *context;
};
err log_purge(struct arena *a, struct session *s, const struct log_look *look,
              struct log_purged *out) MUST_USE;

/* One entry as it stands. */
struct log_entry {
    uint32_t number;
    int64_t added_us;
    uint32_t collection;
    uint32_t audience;
    uint32_t clause;
    int64_t contributor;
    int64_t actor;
    uint32_t type;
    int64_t version_us;
    unsigned flags; /* ENTRY_* */
    uint32_t body;
    uint32_t supersedes; /* 0: none */
};

/* ERR_NOT_FOUND where there is none. */
err log_entry_get(struct arena *a, struct session *s, uint32_t number,
                  struct log_entry *out) MUST_USE;

/*
 * All live entries of an object in the order of the log, in one collection or (0) in all. Not
 * filtered: the caller asks the gate.
 */
struct log_entries {
    struct log_entry *items;
    size_t count;
    size_t capacity;
};
err log_entries_of(struct arena *a, struct session *s, str id, uint32_t collection,
                   struct log_entries *out) MUST_USE;

/* The live entries that stand under one audience, in one collection or (0) in all. */
struct log_place {
    str id;
    uint32_t audience;
    uint32_t collection;
};
err log_entries_under(struct arena *a, struct session *s, const struct log_place *at,
                      struct log_entries *out) MUST_USE;

/* Those that a reader may read; costs by what that is (log_keys_held). */
struct log_asking {
    const struct reader *reader;
    str id;
    uint32_t collection; /* 0: all */
};
err log_entries_held(struct arena *a, struct session *s, const struct log_asking *asking,
                     struct log_entries *out, bool *is_known) MUST_USE;

/* All that stands under an object's id, withdrawn entries included, in the order of the log; not
 * filtered. */
err log_keys_of(struct arena *a, struct session *s, str id, uint32_t collection,
                struct log_keys *out) MUST_USE;

/*
 * The same as far as a reader may read it: what stands there for others is not read, so that a
 * hidden object costs what an absent one does, and an object with hidden entries what it costs
 * without them (O1). `*is_known`: there is something, be it hidden; not to be told.
 */
err log_keys_held(struct arena *a, struct session *s, const struct log_asking *asking,
                  struct log_keys *out, bool *is_known) MUST_USE;

/* The live entries of an object among those that stand under its hash. */
err log_entries_by(struct arena *a, struct session *s, const struct log_keys *keys, str id,
                   struct log_entries *out) MUST_USE;

/* The keyed hash under which an object's entries are found. */
int64_t log_id_hash(const struct session *s, str id);

/*
 * What a reader may read of an object, the entry that counts as an end or as content (G6, G7): in
 * `collection` if there is any, else anywhere; in L6's lineage; its newest version, alone. None:
 * nothing. What a submission under way holds is not looked at.
 */
err log_find_end(struct arena *a, struct session *s, const struct reader *r, str id,
                 uint32_t collection, struct log_entries *candidates) MUST_USE;

/* Id, bytes and stored warnings (may be empty) of a body. Bytes are empty once purged. */
struct log_body {
    str id;
    str bytes;
    str warnings;
};
err log_body_get(struct arena *a, struct session *s, uint32_t body, struct log_body *out) MUST_USE;

/*
 * The same for lists of many: bytes are empty too where they are more than this, so that nobody
 * makes everyone's lists read what fills the memory.
 */
#define LOG_LISTED_BYTES_MAX (256 * 1024)
err log_body_get_listed(struct arena *a, struct session *s, uint32_t body,
                        struct log_body *out) MUST_USE;

/* The id alone, without reading the bytes. */
err log_body_id(struct arena *a, struct session *s, uint32_t body, str *out) MUST_USE;

/* Interned type names. Zero where the name has never been used. */
err log_type_number(struct arena *a, struct session *s, str name, uint32_t *out) MUST_USE;

/* The first number whose `added` is past `added_us`; last number + 1 if there is none. */
err log_number_after(struct arena *a, struct session *s, int64_t added_us, uint32_t *out) MUST_USE;

/* The text of a version with its own precision, as in the object (CLOCK_TEXT_BYTES). */
str log_version_text(const struct log_entry *e, char text[CLOCK_TEXT_BYTES]);

#endif
