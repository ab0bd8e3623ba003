/*
 * The administration of people (B1, B3, B5).
 */
#ifndef TOCSIN_SERVICE_ADMIN_PEOPLE_H
#define TOCSIN_SERVICE_ADMIN_PEOPLE_H

#include "service/admin.h"
#include "store/duty.h"

#define ADMIN_PASSWORD_BYTES_MIN 12
#define ADMIN_PASSWORD_BYTES_MAX 1000

struct admin_person {
    str org; /* identity id or exact name */
    str email;
    str name; /* may be empty for a known e-mail */
    str phone;
    str timezone;
    str password;        /* in clear; empty: none is set */
    unsigned roles;      /* bits in the order of STIX_ROLES */
    unsigned duties;     /* bits 1 << enum duty, in that organization */
    int64_t verified_us; /* the day on which the duties were checked; 0: nobody did */
    bool has_own_ceiling;
    enum tlp own_ceiling; /* CLEAR or GREEN, until somebody has called them (B12) */
    str public_url;       /* for mail to the owner of an account; empty: the setting */
    size_t line;          /* of a file; 0: not from one */
    str id;               /* set by admin_add_people */
    bool is_new;          /* set as well; false: a known e-mail gained an affiliation */
};

/*
 * Which of a person's organizations `key` names (empty: their only one). ERR_USAGE: it is not
 * theirs, or there is none or more than one to choose from.
 */
err admin_org_of_person(struct arena *a, const struct session *s,
                        const struct policy_person *person, str key, int64_t *out) MUST_USE;

/* ERR_CONFLICT, with what to do about it, unless they do. */
err admin_check_belongs(struct arena *a, const struct policy_person *person,
                        const struct policy_org *org) MUST_USE;

/* All or none. */
err admin_add_people(struct arena *a, struct store *store, struct admin_person *people,
                     size_t count) MUST_USE;

/* One, in the caller's write session, without a password: a link sets it. */
err admin_add_person_in(struct arena *a, struct session *s, struct admin_person *person) MUST_USE;

err admin_suspend_person(struct arena *a, struct store *store, str email,
                         bool is_suspended) MUST_USE;
err admin_suspend_person_in(struct arena *a, struct session *s, str email,
                            bool is_suspended) MUST_USE;

/* ERR_USAGE: too short, too long, no text. The hash takes about 20 ms. */
err admin_check_password(struct arena *a, str password) MUST_USE;
err admin_hash_password(struct arena *a, str password, str *out) MUST_USE;

/* Ends the person's sessions in browsers. */
err admin_set_password(struct arena *a, struct store *store, str email, str password) MUST_USE;

/* Says that a person answers for an organization they belong to, or (is_over) no longer does. */
struct admin_duty {
    str org; /* identity id or exact name */
    str email;
    enum duty duty;
    int64_t verified_us; /* the day on which it was checked; 0: nobody did */
    str verified_by;     /* who checked, in words; empty: the console */
    bool is_over;
};
err admin_set_duty(struct arena *a, struct store *store, const struct admin_duty *duty) MUST_USE;
err admin_set_duty_in(struct arena *a, struct session *s, const struct admin_duty *duty) MUST_USE;

/*
 * The last resort (B5): a random password takes the place of the old one; all tokens and
 * certificates of the person are revoked, their second steps, recovery codes and links are gone,
 * their sessions ended.
 */
struct admin_reset {
    str id;
    str password; /* shown once */
    int64_t revoked_count;
};
err admin_reset_person(struct arena *a, struct store *store, str email,
                       struct admin_reset *out) MUST_USE;

#endif
