/*
 * Approvals as they stand on the log. For approval*.c, briefing_hosts.c and the record.
 */
#ifndef TOCSIN_SERVICE_APPROVAL_PARTS_H
#define TOCSIN_SERVICE_APPROVAL_PARTS_H

#include "service/approval.h"
#include "service/briefing_parts.h"

/* What an organization said last about a scope, or about one that is to host with them. */
struct approval_said {
    str organization;
    enum approval_scope scope;
    str candidate; /* with APPROVAL_HOSTS */
    str person;
    bool is_approved;
    bool is_without;
    str state;
    str reason;
    int64_t at_us;
    struct log_entry entry;
};
struct approvals_said {
    struct approval_said *items;
    size_t count;
    size_t capacity;
};
err approvals_list(struct arena *a, struct session *s, const struct reader *r,
                   const struct briefing *b, struct approvals_said *out) MUST_USE;
/* The next version of what the organization said. */
err approval_put(struct batch *batch, const struct briefing *b,
                 const struct approval_said *said) MUST_USE;

/* Each scope as it is, and one item of the agenda: texts that differ when it does. */
err approval_states(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, str out[APPROVAL_SCOPES]) MUST_USE;
str approval_item_state(struct arena *a, const struct briefing_item *item);

/* When whoever was told so often is told again; INT64_MAX: not again. */
struct asking;
int64_t approval_due(const struct asking *asking);

/* ERR_CONFLICT where the briefing is over or was called off. */
err approval_check_open(struct arena *a, const struct briefing *b) MUST_USE;

#endif
