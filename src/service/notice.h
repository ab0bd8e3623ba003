/*
 * Mail to a person about their own account (B5): that somebody is about to change it, and how to
 * stop that; and about another's, that they are asked to call. It names nobody and nothing of what
 * is changed. In the write session of what it tells.
 */
#ifndef TOCSIN_SERVICE_NOTICE_H
#define TOCSIN_SERVICE_NOTICE_H

#include "store/store.h"

struct notice_contact {
    str recipient;
    str public_url;
    str secret;
};
/* To the old address: name, address or number are to change; `secret` stops it. */
err notice_contact(struct arena *a, struct session *s, const struct notice_contact *n) MUST_USE;

/*
 * To the new address: it confirms the change by `secret`; an empty one: another account has the
 * address, which is told to nobody else.
 */
err notice_address(struct arena *a, struct session *s, const struct notice_contact *n) MUST_USE;

/* Somebody vouched for them, and they have an account now; `secret` opens it. */
err notice_newcomer(struct arena *a, struct session *s, const struct notice_contact *n) MUST_USE;

/* Somebody vouched for them who cannot know that they have an account: nothing was changed. */
err notice_named(struct arena *a, struct session *s, str recipient, str public_url) MUST_USE;

/*
 * Somebody was vouched for, and the recipient is among those who are asked to call them (B12): not
 * whom, by whom or for what.
 */
err notice_call(struct arena *a, struct session *s, str recipient, str public_url,
                bool is_exercise) MUST_USE;

/* Somebody asks who was given something, by name, and the recipient may agree (R2): not who, what
 * or why. */
err notice_look(struct arena *a, struct session *s, str recipient, str public_url,
                bool is_exercise) MUST_USE;

/* A steward made a token for the recipient's organization: not who, and not what it is for. */
err notice_token(struct arena *a, struct session *s, str recipient, str public_url) MUST_USE;

/*
 * The recipient's account acts for one more organization, or as a steward: not which, and not who
 * said so. Whoever set its sign-in before would act so, too.
 */
err notice_one_more(struct arena *a, struct session *s, str recipient, str public_url) MUST_USE;

/* Another's link to set a new password or passkey waits. */
err notice_link(struct arena *a, struct session *s, str recipient, str public_url) MUST_USE;

/*
 * Such a link was used: what was there before opens nothing any more, but for tokens, which are
 * spoken of where there are any.
 */
struct notice_recovery {
    str recipient;
    str public_url;
    bool has_tokens;
};
err notice_recovery(struct arena *a, struct session *s, const struct notice_recovery *n) MUST_USE;

#endif
