/*
 * Who hosts a briefing together (B7): one more organization joins when every host has said yes, and
 * one may leave alone.
 */
#ifndef TOCSIN_SERVICE_BRIEFING_HOSTS_H
#define TOCSIN_SERVICE_BRIEFING_HOSTS_H

#include "service/approval.h"

#define BRIEFING_HOSTS_MAX 20

struct host_voice {
    const struct policy_org *org;
    enum approval_word word;
    str reason;
    struct log_entry entry; /* zero: nothing was said */
};
/* An organization that somebody wants to host with them. */
struct host_proposal {
    const struct policy_org *org;
    struct {
        struct host_voice *items; /* of each host */
        size_t count;
        size_t capacity;
    } voices;
};
struct host_proposals {
    struct host_proposal *items;
    size_t count;
    size_t capacity;
};
/* For whoever got the briefing from briefing_get_hosted. */
err host_proposals_get(struct arena *a, struct session *s, const struct reader *r,
                       const struct briefing *b, struct host_proposals *out) MUST_USE;
/* True where the reader's own organization has not said anything to one of them. */
bool host_is_awaited(const struct host_proposals *p, const struct reader *r);

struct host_answer {
    str organization;
    bool is_approved;
    str reason;
};
/*
 * A yes proposes the organization where nobody has yet; the last yes makes it a host. A no ends it
 * until its host says otherwise. ERR_CONFLICT: it is a host. ERR_INVALID: it is no member.
 */
err host_say(struct arena *a, struct session *s, const struct reader *r, str briefing,
             const struct host_answer *answer) MUST_USE;

/* The reader's organization hosts it no more. ERR_CONFLICT: it is the only one. */
err host_leave(struct arena *a, struct session *s, const struct reader *r, str briefing) MUST_USE;

#endif
