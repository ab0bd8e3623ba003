/*
 * Browsers that are signed in (B1, B6): a person acting for exactly one organization.
 *
 * The secret stands in the browser's cookie and nowhere else; the database holds its keyed digest.
 * Whether the person may still act for the organization is not decided here but by the policy, on
 * every request. What changes something runs in a write session and leaves the audit row to the
 * caller (service/).
 */
#ifndef TOCSIN_STORE_WEB_SESSION_H
#define TOCSIN_STORE_WEB_SESSION_H

#include "base/clock.h"
#include "store/store.h"

/* A browser of one's own: this long without a request, and this long in all. */
#define WEB_SESSION_IDLE_US (7 * US_PER_DAY)
#define WEB_SESSION_WHOLE_US (30 * US_PER_DAY)
/* A computer that others use too. */
#define WEB_SESSION_SHARED_IDLE_US (15 * 60 * US_PER_SECOND)
#define WEB_SESSION_SHARED_WHOLE_US (12 * 3600 * US_PER_SECOND)
/* `used` is written again once it is older than this. */
#define WEB_SESSION_NOTE_US (60 * US_PER_SECOND)

#define WEB_SESSION_AGENT_BYTES_MAX 200
/* Of one person at one stage; one more takes the place of the oldest. */
#define WEB_SESSIONS_PER_PERSON_MAX 200

/* How far somebody has come. */
enum web_stage {
    WEB_STAGE_WHOLE,  /* signed in */
    WEB_STAGE_SECOND, /* the password was right, a second step is due */
    WEB_STAGE_SETUP,  /* came by a link, and has to set an authenticator first */
};
/* The stages before the first last this long at most. */
#define WEB_SESSION_EARLY_US (30 * 60 * US_PER_SECOND)

struct web_session {
    int64_t n; /* 0: none */
    str id;    /* session--UUID */
    int64_t person;
    int64_t org;
    int64_t created_us;
    int64_t used_us;
    bool is_shared;
    enum web_stage stage;
    bool is_strong; /* proved by two things, or by a passkey */
    str agent;
    str peer;
};

/* What the browser sends back with whatever changes something; derived from the secret. */
str web_session_csrf(struct arena *a, const struct store_keys *keys, str secret);

/* True once it has ended by itself. */
bool web_session_is_over(const struct web_session *w, int64_t now_us);

/* `id`, `created_us` and `used_us` are set here; drops sessions of anybody that are over. */
err web_session_add(struct arena *a, struct session *s, struct web_session *w, str secret) MUST_USE;

/* `out->n` is 0 where no session has this secret or it is over. */
err web_session_get(struct arena *a, struct session *s, str secret,
                    struct web_session *out) MUST_USE;

/* Notes that it is in use. */
err web_session_note(struct arena *a, struct session *s, int64_t n) MUST_USE;

/* Writes `org`, `stage` and `is_strong` as they stand in `w`; it goes on under another secret. */
err web_session_renew(struct arena *a, struct session *s, const struct web_session *w,
                      str secret) MUST_USE;

struct web_sessions {
    struct web_session *items;
    size_t count;
    size_t capacity;
};
/* Those of a person that are whole and not over, the newest first. */
err web_session_list(struct arena *a, struct session *s, int64_t person,
                     struct web_sessions *out) MUST_USE;

/* Those of `person` that a password alone has opened, but for `n`. */
err web_session_end_weak(struct arena *a, struct session *s, int64_t person, int64_t n) MUST_USE;
/* Those of `person` that came by a link and have set nothing yet, but for `n` (0: all). */
err web_session_end_setups(struct arena *a, struct session *s, int64_t person, int64_t n) MUST_USE;
/* All of a person's but `n` (0: all). */
err web_session_end_others(struct arena *a, struct session *s, int64_t person, int64_t n) MUST_USE;

/* To end one that is gone is no error. */
err web_session_end(struct arena *a, struct session *s, int64_t n) MUST_USE;

#endif
