/*
 * How a person is called and reached, changed by themselves (B5): it waits a day, during which the
 * old address is told and may stop it, and a new one is to confirm it by the link mailed there. So
 * nobody learns which addresses have an account: one that has is accepted alike and told so, and
 * the change never counts. Without a relay nothing can be confirmed, and only that is so.
 *
 * Each verb works in the caller's write session and writes the audit row.
 */
#ifndef TOCSIN_SERVICE_CONTACT_H
#define TOCSIN_SERVICE_CONTACT_H

#include "store/contact_changes.h"
#include "store/web_session.h"

/* What is to become of each; empty: it stays. */
struct contact_wish {
    str name;
    str email;
    str phone;
    str public_url; /* of the exchange, for the mail about it */
};

/*
 * In place of a change that waits already. ERR_USAGE: not such a value, or nothing differs.
 * ERR_CONFLICT: too many in a day, each of which is mailed about.
 */
err contact_change(struct arena *a, struct session *s, const struct web_session *w,
                   const struct contact_wish *wish) MUST_USE;

/* Its maker thinks better of it. ERR_NOT_FOUND: none waits. */
err contact_withdraw(struct arena *a, struct session *s, const struct web_session *w) MUST_USE;

/* Whether the new address is still to confirm it, as far as its maker is told. */
bool contact_is_unconfirmed(const struct session *s, const struct contact_change *change);

/*
 * Whoever reads the new address confirms it, by the secret in the mail. ERR_NOT_FOUND.
 * ERR_CONFLICT: the address is about to be another account's.
 */
err contact_confirm(struct arena *a, struct session *s, str secret) MUST_USE;

/* Whoever reads the old address stops it, by the secret in the mail. ERR_NOT_FOUND. */
err contact_refuse(struct arena *a, struct session *s, str secret) MUST_USE;

#endif
