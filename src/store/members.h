/*
 * Organizations and the built-in collection Members (L11, B2, B4).
 *
 * Everything here runs in a write session, changes the policy epoch and leaves the audit row to the
 * caller (service/). Identities of active members, groups and the built-in markings are entries of
 * the collection Members, contributed by the steward's organization.
 */
#ifndef TOCSIN_STORE_MEMBERS_H
#define TOCSIN_STORE_MEMBERS_H

#include "store/store.h"

#define MEMBERS_NAME_BYTES_MAX 300
#define MEMBERS_NOTE_BYTES_MAX 2000
#define MEMBERS_JURISDICTIONS_MAX 64

/* Of a new exchange: the collection Members, the steward's organization, the built-in markings. */
err members_create_first(struct arena *a, struct session *s, str name) MUST_USE;

/* In Members, the marking of exercises: where it is there already nothing changes (B25). */
err members_put_exercise(struct arena *a, struct session *s) MUST_USE;

struct member_org {
    str name;
    str sector;
    enum tlp ceiling;
    str status;               /* known, invited, member, left */
    str note;                 /* outreach: who asked them, and when (B4) */
    const str *jurisdictions; /* canonical */
    size_t jurisdiction_count;
    bool is_group;
    bool is_exercise; /* a group: what it contributes belongs to an exercise */
    bool is_steward;
};

/* ERR_CONFLICT where the name is taken. `*id` is the identity's id, in `a`. */
err members_add(struct arena *a, struct session *s, const struct member_org *org, str *id) MUST_USE;

/*
 * The same for many at once, where the policy is loaded but once: members_insert for each, then
 * members_settle with all their ids. In between the policy does not know them.
 */
err members_insert(struct arena *a, struct session *s, const struct member_org *org,
                   str *id) MUST_USE;
err members_settle(struct arena *a, struct session *s, const str *ids, size_t count) MUST_USE;

/* Replaces everything but the id. ERR_NOT_FOUND, ERR_CONFLICT. */
err members_edit(struct arena *a, struct session *s, str id, const struct member_org *org) MUST_USE;

/* Reads one as it stands, into `a`. */
err members_get(struct arena *a, struct session *s, str id, struct member_org *out,
                bool *is_suspended) MUST_USE;

err members_suspend(struct arena *a, struct session *s, str id, bool is_suspended) MUST_USE;

/* `kind` is member-of, part-of or owned-by; to link twice is no error. */
err members_link(struct arena *a, struct session *s, str id, str kind, str other) MUST_USE;
/* The same among other changes: session_policy_changed is for the caller. */
err members_insert_link(struct arena *a, struct session *s, str id, str kind, str other) MUST_USE;
/* Takes it away, if it is there; session_policy_changed is for the caller. */
err members_remove_link(struct arena *a, struct session *s, str id, str kind, str other) MUST_USE;

struct member_link {
    str kind;
    str other; /* identity id */
};
struct member_links {
    struct member_link *items;
    size_t count;
    size_t capacity;
};
err members_links(struct arena *a, struct session *s, str id, struct member_links *out) MUST_USE;

/* Of many organizations something each, as ids and texts in the arena given. */
struct member_pair {
    str org;
    str value;
};
struct member_pairs {
    struct member_pair *items;
    size_t count;
    size_t capacity;
};
/* All that are member-of or part-of another: which. */
err members_all_links(struct arena *a, struct session *s, struct member_pairs *out) MUST_USE;
/* The notes of those that are no members (B4). */
err members_notes(struct arena *a, struct session *s, struct member_pairs *out) MUST_USE;

#endif
