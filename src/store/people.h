/*
 * People and their affiliations (B1, B3): one account by e-mail, one or more organizations with
 * roles in each.
 *
 * What changes something runs in a write session, changes the policy epoch and leaves the audit row
 * to the caller (service/). Everything is put in the arena given.
 */
#ifndef TOCSIN_STORE_PEOPLE_H
#define TOCSIN_STORE_PEOPLE_H

#include "store/store.h"

#define PEOPLE_EMAIL_BYTES_MAX 254
#define PEOPLE_NAME_BYTES_MAX 300
#define PEOPLE_PHONE_BYTES_MAX 40
#define PEOPLE_TIMEZONE_BYTES_MAX 64

struct person_entry {
    str email; /* any case */
    str name;  /* may be empty for a known e-mail */
    str phone;
    str timezone;
    str password;         /* encoded hash; empty: none is set */
    int64_t org;          /* the affiliation gained */
    unsigned roles;       /* bits in the order of STIX_ROLES */
    bool has_own_ceiling; /* else a new affiliation has the organization's, another keeps its own */
    enum tlp own_ceiling; /* below TLP_RED: until somebody has called them (B12) */
};

/* An e-mail address in lower case, in `a`. ERR_USAGE if it is none. */
err people_read_email(struct arena *a, str text, str *out) MUST_USE;

/*
 * A new person, or for a known e-mail a new affiliation: name, phone and time zone then stay as
 * they are; roles in an organization they belong to already are replaced, and so is the password if
 * one is given. `*id` is the identity's id. The actor is interned.
 */
err people_add(struct arena *a, struct session *s, const struct person_entry *entry, str *id,
               bool *is_new) MUST_USE;

/*
 * The same for many at once, where the policy is loaded but once: people_insert for each, then
 * session_policy_changed, then people_intern with each.
 */
struct person_made {
    int64_t n;
    str id;
    bool is_new;
};
err people_insert(struct arena *a, struct session *s, const struct person_entry *entry,
                  struct person_made *out) MUST_USE;
err people_intern(struct arena *a, struct session *s, int64_t person, int64_t org) MUST_USE;

/* ERR_USAGE: one of them is no single line, or too long. */
err people_check_lines(struct arena *a, str name, str phone) MUST_USE;

/* By e-mail or identity id; ERR_NOT_FOUND. Good until the policy changes. */
err people_find(struct arena *a, const struct session *s, str key,
                const struct policy_person **out) MUST_USE;

/* Up to which label somebody reads for an organization; TLP_RED: as the organization. The policy
 * changes. */
err people_set_ceiling(struct arena *a, struct session *s, int64_t person, int64_t org,
                       enum tlp ceiling) MUST_USE;

/* They act for the organization no longer, and have no duty there. The policy changes. */
err people_leave(struct arena *a, struct session *s, int64_t person, int64_t org) MUST_USE;

err people_suspend(struct arena *a, struct session *s, int64_t person, bool is_suspended) MUST_USE;

/* `password` is an encoded hash; empty: the person has none. */
err people_set_password(struct arena *a, struct session *s, int64_t person, str password) MUST_USE;

/* ERR_USAGE: it is no name such as America/New_York; empty: none is known. */
err people_set_timezone(struct arena *a, struct session *s, int64_t person, str timezone) MUST_USE;

/* How to reach a person. */
struct person_contact {
    str phone;
    str timezone;
};
err people_contact(struct arena *a, struct session *s, int64_t person,
                   struct person_contact *out) MUST_USE;

#endif
