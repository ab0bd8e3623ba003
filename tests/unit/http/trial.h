/*
 * A server on a free loopback port with a small application, and a raw socket to speak to it: what
 * the tests of the server share.
 *
 * The application answers by path: /echo says what it saw, /later answers from another thread,
 * /held when the test lets it, /large with a shared body, /page with one that has headers, /small
 * takes bodies up to 100 bytes, /copy answers with many bytes of its own, any other path echoes
 * too. A query that begins with a digit says who pays for the body, and for such an answer.
 * Refusals are "refused STATUS: text" as text/trial.
 */
#ifndef TOCSIN_TESTS_HTTP_TRIAL_H
#define TOCSIN_TESTS_HTTP_TRIAL_H

#include "http/server.h"

#include <pthread.h>

/* What must come is waited for this long: under a sanitizer a busy machine is slow. */
#define TRIAL_PATIENCE_SECONDS 60
#define TRIAL_LOOKS (TRIAL_PATIENCE_SECONDS * 200) /* with 5 ms between them */
#define TRIAL_LARGE_BYTES ((size_t)4 * 1024 * 1024)
/* More than the buffers of two sockets take. */
#define TRIAL_COPY_BYTES ((size_t)32 * 1024 * 1024)

struct trial {
    struct arena arena;
    struct config config;
    struct http_server_options options;
    struct http_server *server;
    struct http_body *large;
    struct http_body *page;
    pthread_mutex_t lock;
    struct http_request *held; /* by /held */
    unsigned access_count;
    unsigned access_status; /* of the newest */
    uint64_t access_bytes;
    bool access_is_complete;
    char access_id[HTTP_REQUEST_ID_BYTES];
    size_t handled_count;
};

/* Settings at their defaults, plain on 127.0.0.1:0; change them before trial_start. */
void trial_init(struct trial *t);
void trial_start(struct trial *t);
void trial_done(struct trial *t);

/* A connected socket. */
int trial_connect(const struct trial *t);
int trial_connect_to(unsigned port);
void trial_send(int fd, str text);
/* Everything until the other side closes, or `seconds` pass. */
str trial_read_all(struct trial *t, int fd, unsigned seconds);
/* One answer with a Content-Length (a head alone with `is_head`), or what came of it. */
str trial_read_answer(struct trial *t, int fd, bool is_head);
/* Connects, sends, reads one answer, closes. */
str trial_ask(struct trial *t, str request);
/* Posts a body of so many bytes; `fields` are further lines of the header. */
str trial_post(struct trial *t, const char *path, size_t size, const char *fields);
unsigned trial_status(str answer);
/* Whether the server closes the connection within `seconds`. */
bool trial_is_closed(int fd, unsigned seconds);
bool trial_contains(str text, const char *part);
/* Waits for a request of /held, which the test then answers. */
struct http_request *trial_take_held(struct trial *t);
/* Waits until no request is under way. */
void trial_settle(struct trial *t);
/* Waits until so many answers were logged. */
bool trial_wait_access(struct trial *t, unsigned count);

#endif
