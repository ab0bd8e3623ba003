/*
 * The administration of an exchange: one function for each thing a person can do at its console.
 * Each checks, changes and writes the audit row in one transaction of its own, so that it is done
 * wholly or not at all, also while a server runs; those that end in _in do so in the caller's
 * write session, for a surface that has checked who may, and whose session says who acts.
 *
 * Organizations are named by identity id or exact name, people by e-mail, collections by id,
 * alias or title, tokens by id. Results are put in the arena given.
 */
#ifndef TOCSIN_SERVICE_ADMIN_H
#define TOCSIN_SERVICE_ADMIN_H

#include "store/members.h"
#include "store/store.h"

/* By identity id or exact name; ERR_NOT_FOUND. Good until the session's policy changes. */
err admin_find_org(struct arena *a, const struct session *s, str key,
                   const struct policy_org **out) MUST_USE;

/* As admin_find_org; ERR_FORBIDDEN unless it is a member that is not suspended. */
err admin_find_active(struct arena *a, const struct session *s, str key,
                      const struct policy_org **out) MUST_USE;

/* The audit row of what the session does, by whoever acts in it; `detail` holds nothing secret. */
err admin_record(struct arena *a, struct session *s, const char *verb, str object,
                 str detail) MUST_USE;

/* The steward's organization, and a first token of it: for init. */
struct admin_first {
    str org_id;
    str token_id;
    str secret;
};
err admin_first_token(struct arena *a, struct store *store, struct admin_first *out) MUST_USE;

/* ---- organizations */

/* One organization, and where it came from for words about failures (a line; 0: not a file). */
struct admin_org {
    struct member_org org;
    size_t line;
    str id; /* set by admin_add_orgs */
};

/* All or none. */
err admin_add_orgs(struct arena *a, struct store *store, struct admin_org *orgs,
                   size_t count) MUST_USE;
err admin_add_orgs_in(struct arena *a, struct session *s, struct admin_org *orgs,
                      size_t count) MUST_USE;

/* What is to change; empty texts and lists without their flag stay. */
struct admin_org_change {
    str name;
    str sector;
    str status;
    bool has_note;
    str note;
    bool has_ceiling;
    enum tlp ceiling;
    bool has_jurisdictions;
    const str *jurisdictions; /* canonical */
    size_t jurisdiction_count;
};
err admin_edit_org(struct arena *a, struct store *store, str org,
                   const struct admin_org_change *change) MUST_USE;
err admin_edit_org_in(struct arena *a, struct session *s, str org,
                      const struct admin_org_change *change) MUST_USE;

err admin_suspend_org(struct arena *a, struct store *store, str org, bool is_suspended) MUST_USE;
err admin_suspend_org_in(struct arena *a, struct session *s, str org, bool is_suspended) MUST_USE;

struct admin_link {
    str org;
    str kind; /* member-of or part-of */
    str other;
};
err admin_link_org(struct arena *a, struct store *store, const struct admin_link *link) MUST_USE;
err admin_link_org_in(struct arena *a, struct session *s, const struct admin_link *link) MUST_USE;

#endif
