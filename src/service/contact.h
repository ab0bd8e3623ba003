/*
 * How a person is called and reached, changed by themselves (B5): it waits a day, during which the
 * old address is told and may stop it. Each verb works in the caller's write session and writes the
 * audit row.
 */
#ifndef TOCSIN_SERVICE_CONTACT_H
#define TOCSIN_SERVICE_CONTACT_H

#include "store/contact_changes.h"
#include "store/web_session.h"

#define CONTACT_DELAY_US US_PER_DAY

/* What is to become of each; empty: it stays. */
struct contact_wish {
    str name;
    str email;
    str phone;
    str public_url; /* of the exchange, for the mail to the old address */
};

/*
 * In place of a change that waits already. ERR_USAGE: not such a value, or nothing differs.
 * ERR_CONFLICT: the address is another account's, or is about to be.
 */
err contact_change(struct arena *a, struct session *s, const struct web_session *w,
                   const struct contact_wish *wish) MUST_USE;

/* Its maker thinks better of it. ERR_NOT_FOUND: none waits. */
err contact_withdraw(struct arena *a, struct session *s, const struct web_session *w) MUST_USE;

/* Whoever reads the old address stops it, by the secret in the mail. ERR_NOT_FOUND. */
err contact_refuse(struct arena *a, struct session *s, str secret) MUST_USE;

#endif
