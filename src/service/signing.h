/*
 * Signing in to the pages and out again (B1, B5, B6). Each verb works in the caller's write session
 * and writes the audit row.
 */
#ifndef TOCSIN_SERVICE_SIGNING_H
#define TOCSIN_SERVICE_SIGNING_H

#include "service/login.h"
#include "service/passkey.h"
#include "service/writer.h"
#include "store/web_session.h"

/* What the browser said of itself. */
struct signing_browser {
    str agent;
    str peer;
    bool is_shared; /* a computer that others use too */
};

/*
 * A new session of whoever's password was right. Where they have a second authenticator it is at
 * WEB_STAGE_SECOND, and worth nothing but for the second step. ERR_UNAUTHENTICATED: they may no
 * longer act for that organization. `*secret` (in `a`) goes to the browser and is kept nowhere.
 */
err signing_begin(struct arena *a, struct session *s, const struct identity *who,
                  const struct signing_browser *b, str *secret) MUST_USE;

/* What was typed for the second step; one of the two. */
struct signing_step {
    str code;          /* of an authenticator app */
    str recovery_code; /* works once */
};

/*
 * The second step of a session at WEB_STAGE_SECOND. `*is_right` false: it was wrong, which is
 * counted, so that the caller must commit all the same. ERR_THROTTLED: too many were wrong.
 */
err signing_second(struct arena *a, struct session *s, const struct web_session *w,
                   const struct signing_step *step, bool *is_right, str *secret) MUST_USE;

/*
 * A passkey's answer to a challenge of passkey_challenge_make for nobody in particular: a whole
 * session, since its device has verified the user. ERR_UNAUTHENTICATED, always with the same words:
 * it is unknown, wrong, or a copy of the key seems to be about.
 */
struct signing_passkey {
    str credential;
    struct passkey_assertion assertion;
    struct passkey_ceremony ceremony;
};
err signing_by_passkey(struct arena *a, struct session *s, const struct signing_passkey *p,
                       const struct signing_browser *b, str *secret) MUST_USE;

/*
 * Opens a link (B5): a session at WEB_STAGE_SETUP, in which an authenticator may be set and nothing
 * else done. ERR_NOT_FOUND: the link is not good.
 */
err signing_open_link(struct arena *a, struct session *s, str link, const struct signing_browser *b,
                      str *secret) MUST_USE;

/* The session goes on for another organization of the same person, under another secret. */
err signing_move(struct arena *a, struct session *s, const struct web_session *w, str org_id,
                 str *secret) MUST_USE;

err signing_end(struct arena *a, struct session *s, const struct web_session *w) MUST_USE;

/* The session is in use: written in some commit soon, or not at all while the writer is busy. */
void signing_note_later(struct writer *w, int64_t web_session);

/*
 * Takes a chair of a demo exchange without a password. ERR_NOT_FOUND: it is no demo, or has no such
 * chair. That the exchange is served on loopback only is for the caller to know.
 */
err signing_take_chair(struct arena *a, struct session *s, str chair,
                       const struct signing_browser *b, str *secret) MUST_USE;

/* Gives a demo exchange a chair, from the console. ERR_FORBIDDEN: it is no demo. */
struct signing_chair {
    str id;
    str email;
    str org; /* identity id or exact name; empty: the person's only one */
    str title;
    str about;
};
err signing_put_chair(struct arena *a, struct store *store,
                      const struct signing_chair *chair) MUST_USE;

#endif
