/*
 * What people do with their own account (B5, B6): password, authenticators, recovery codes,
 * sessions; and the links by which a first or a new authenticator is set. Each verb works in the
 * caller's write session for the browser's session `w`, and writes the audit row.
 */
#ifndef TOCSIN_SERVICE_ACCOUNT_H
#define TOCSIN_SERVICE_ACCOUNT_H

#include "service/login.h"
#include "service/passkey.h"
#include "store/audit.h"
#include "store/authenticators.h"
#include "store/person_links.h"
#include "store/web_session.h"

/*
 * Ends the person's links and other sessions. In a session opened by a link, older authenticators
 * and recovery codes go too, since that is what the link was for, and the account's owner is mailed
 * where there was something to lose; the session is whole then. Tokens go on. `*secret` is the
 * session's new one.
 */
struct account_password {
    str hash;       /* an encoded one */
    str public_url; /* of the exchange, for that mail */
};
err account_set_password(struct arena *a, struct session *s, const struct web_session *w,
                         const struct account_password *p, str *secret) MUST_USE;

/* Begins an authenticator app; it counts once a code of it was typed (account_confirm_totp). */
err account_begin_totp(struct arena *a, struct session *s, const struct web_session *w, str name,
                       struct authenticator *out) MUST_USE;
/* `*is_right` false: no code of the app that was begun. */
err account_confirm_totp(struct arena *a, struct session *s, const struct web_session *w, str code,
                         bool *is_right, str *secret) MUST_USE;

/*
 * A passkey that was made for a challenge of this person. In a session opened by a link it takes
 * the place of what was there before, as a password does. `*secret` is the session's new one.
 */
struct account_passkey {
    str name;
    str client_data;
    str attestation;
    struct passkey_ceremony ceremony;
    str public_url; /* as in account_password */
};
err account_add_passkey(struct arena *a, struct session *s, const struct web_session *w,
                        const struct account_passkey *p, str *secret) MUST_USE;

/* Whether anything opens the account already: a password, or an authenticator. */
err account_has_means(struct arena *a, struct session *s, const struct policy_person *person,
                      bool *out) MUST_USE;

/*
 * A token asks for no second step: whoever has one, or does what only admins and stewards may,
 * makes it in a session of two steps. ERR_FORBIDDEN.
 */
err account_check_may_make_token(struct arena *a, struct session *s,
                                 const struct web_session *w) MUST_USE;

/* Ends all tokens and certificates that act as this person, for whichever office. */
err account_revoke_tokens(struct arena *a, struct session *s, int64_t person) MUST_USE;

/*
 * ERR_NOT_FOUND: it is not theirs. ERR_FORBIDDEN: this session was opened without a second step.
 * ERR_CONFLICT: there would be no way left into the account.
 */
err account_remove_authenticator(struct arena *a, struct session *s, const struct web_session *w,
                                 str id) MUST_USE;

/* ERR_CONFLICT: there is no authenticator that could be lost. */
err account_make_codes(struct arena *a, struct session *s, const struct web_session *w,
                       str codes[RECOVERY_CODES]) MUST_USE;

/* Ends one of one's own sessions. ERR_NOT_FOUND. */
err account_end_session(struct arena *a, struct session *s, const struct web_session *w,
                        str id) MUST_USE;

/* "I did not ask for this": links that somebody made for this account are ended. */
err account_refuse_links(struct arena *a, struct session *s, const struct web_session *w) MUST_USE;

/* The zone in which times are shown to them. ERR_USAGE: it is none. */
err account_set_timezone(struct arena *a, struct session *s, const struct web_session *w,
                         str timezone) MUST_USE;

/* The audit row of what somebody did with their own account; on the person unless it says more. */
err account_record(struct arena *a, struct session *s, const struct web_session *w,
                   struct audit_row row) MUST_USE;

/* ---- links, made by others */

/*
 * How long a link waits for an account that has something to lose: its owner sees it meanwhile and
 * may refuse it, and another steward may end the wait.
 */
#define ACCOUNT_LINK_DELAY_US US_PER_DAY

struct account_link {
    str person;      /* e-mail or identity id */
    str org;         /* identity id or exact name; empty: their only one */
    int64_t made_by; /* actor; 0: the console */
    bool may_wait;   /* where there is a password or a passkey to lose, it waits a day (B5) */
    str public_url;  /* with may_wait: of the exchange, for the mail to the account's owner */
    str id;          /* set: invitation--UUID */
    str secret;      /* set: shown once */
    int64_t expires_us;
};

/* In a write session, with its audit row. */
err account_make_link(struct arena *a, struct session *s, struct account_link *link) MUST_USE;

/*
 * A second steward agrees (B5): the person's links that wait begin now. ERR_NOT_FOUND: none waits.
 * ERR_FORBIDDEN: whoever made one of them asks.
 */
err account_confirm_links(struct arena *a, struct session *s, int64_t person) MUST_USE;

/* account_make_link from the console. */
err account_make_link_now(struct arena *a, struct store *store, struct account_link *link) MUST_USE;

#endif
