/*
 * An exchange for tests of signing in: organizations, people, tokens and certificates, good and
 * bad, and the way of a request through the login.
 */
#ifndef TOCSIN_TESTS_SERVICE_LOGIN_WORLD_H
#define TOCSIN_TESTS_SERVICE_LOGIN_WORLD_H

#include "service/login.h"

#include <pthread.h>

#define PASSWORD "correct horse: battery"
#define HOME LIT("192.0.2.7")
/* Whatever was wrong. */
#define WRONG_WORDS "These credentials are wrong, have expired or were revoked"

/* SHA-256 of certificates: one of Ohio, a revoked one, one that nobody knows. */
extern const unsigned char FINGERPRINT[SECRET_DIGEST_BYTES];
extern const unsigned char REVOKED_FINGERPRINT[SECRET_DIGEST_BYTES];
extern const unsigned char STRANGE_FINGERPRINT[SECRET_DIGEST_BYTES];

struct world {
    struct arena arena;
    char folder[64];
    struct store *store;
    struct login *login;
    str encoded; /* PASSWORD, hashed */
    int64_t ohio;
    int64_t iowa;
    int64_t gone;  /* an organization that is suspended */
    str token;     /* of Ohio */
    str annas;     /* of anna, for Ohio */
    str revoked;   /* of Ohio */
    str passing;   /* of Ohio; expires in an hour */
    str suspended; /* of Gone */
    str strangers; /* of sam, who is suspended, for Ohio */
    str dressed;   /* its digest stands in the policy as that of a certificate */
    str elsewhere; /* of anna, for Iowa where she is not */
};

/* Ends the program with the error's words. */
void must(struct world *w, err e);

/* cmocka's fixtures: a world in `*state`. */
int world_set_up(void **state);
int world_tear_down(void **state);

/* Anything that moves the policy. */
void change_policy(struct world *w);

/* Values of the Authorization header. */
str bearer(struct world *w, str secret);
str basic(struct world *w, const char *account, str password);

/* What came of a sign-in. */
struct answer {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned calls;
    int code; /* -1: signed in */
    char text[200];
    struct identity who;
};

void answer_init(struct answer *r);
void answer_done(struct answer *r);
/* For login_later, with an answer as its context. */
void take_answer(void *context, err failure, const struct identity *who);

/*
 * The whole way of a request to an answer that is initialised, as if it came `later_us` from now;
 * true if a password had to be hashed.
 */
bool sign_in_later(struct world *w, const struct credentials *c, int64_t later_us,
                   struct answer *r);
/* The same now, to any answer. */
bool sign_in(struct world *w, const struct credentials *c, struct answer *r);
/* The same with nothing but an Authorization header, from HOME. */
struct answer try_header(struct world *w, str header);
/* What a page's form brings. */
struct answer try_form(struct world *w, const struct login_form *form);

#endif
