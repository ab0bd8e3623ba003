/*
 * What the files of the server share; nothing above http/ includes this.
 *
 * Who may touch what: a connection and its request belong to the pool thread that serves the
 * connection, except while a handler has the request (see http_reply) and except for what is
 * atomic. The watchdog reads the phase and owns the pace.
 */
#ifndef TOCSIN_HTTP_SERVER_PARTS_H
#define TOCSIN_HTTP_SERVER_PARTS_H

#include "base/buf.h"
#include "base/secret.h"
#include "http/server.h"
#include "http/tls.h"

#include <pthread.h>
#include <stdatomic.h>

struct MHD_Connection;
struct MHD_Daemon;
struct MHD_Response;
struct sockaddr;

#define CONNECTION_SHARDS 16
#define LINGERING_MAX 64
#define PEER_TEXT_BYTES 48

/* What a connection is waiting for; the watchdog judges it by that. */
enum http_phase {
    PHASE_FRESH,  /* accepted, no header yet */
    PHASE_IDLE,   /* answered, waiting for the next header */
    PHASE_BODY,   /* a body is on its way in */
    PHASE_WORK,   /* a handler has the request */
    PHASE_ANSWER, /* an answer is on its way out */
};
#define PHASE_BITS 3

/* The watchdog's memory of one connection. */
struct http_pace {
    uint64_t phase;    /* as seen last */
    int64_t began_us;  /* of the window in which bytes are counted */
    uint64_t received; /* bytes, when the window began */
    uint64_t acked;
    bool is_heard; /* idle, and the next header has begun */
};

struct http_connection {
    struct http_server *server;
    struct MHD_Connection *mhd;
    struct http_connection *next;
    struct http_connection **link; /* the pointer that points here */
    struct request *request;       /* under way, or NULL */
    int fd;
    bool lingers;           /* closed with a body unread: see watchdog.c */
    _Atomic uint64_t phase; /* a serial number, shifted, and the enum http_phase */
    struct http_pace pace;
    bool is_fingerprint_known;
    bool has_fingerprint;
    unsigned char fingerprint[HTTP_FINGERPRINT_BYTES];
    char peer[PEER_TEXT_BYTES];
    size_t peer_len;
};

/* Who acts next; see http_reply. */
enum request_state {
    REQUEST_OPEN,      /* a handler has it, or it is not whole yet */
    REQUEST_SUSPENDED, /* the same, and its connection sleeps */
    REQUEST_REPLIED,   /* `response` is set, to be queued by the connection's thread */
    REQUEST_SENT,      /* queued */
};

struct request {
    struct http_request seen; /* first: handlers get a pointer to it */
    struct arena arena;
    struct http_connection *connection;
    struct http_field *fields;
    size_t field_count;
    atomic_int state;
    bool has_header;   /* on_header was called, or the request refused */
    bool is_handed;    /* on_request was called */
    bool is_counted;   /* in handed_count */
    bool is_discarded; /* answered early: what comes of the body is dropped */
    bool is_unpacked;  /* the body was gzip */
    const char *line;  /* where the target stood in the connection's memory */
    struct http_response response;
    struct buf body;
    unsigned payer;             /* for the body; zero: nobody in particular */
    uint64_t charged_bytes;     /* of the budget for bodies */
    unsigned answer_payer;      /* for the answer; zero: nobody in particular */
    uint64_t answer_held_bytes; /* of the budget for answers */
    bool is_out;                /* `response.shared` counts it among those that hold it */
    uint64_t dropped_bytes;     /* of a body that came after the refusal */
    int64_t began_us;
    unsigned status;
    uint64_t answer_bytes;
    char id[HTTP_REQUEST_ID_BYTES + 1];
    struct MHD_Response *made; /* of a shared body, to be given back to it; else NULL */
    struct request *next;      /* in the pool */
};

struct shard {
    pthread_mutex_t lock;
    struct http_connection *first;
};

struct lingering {
    int fd; /* -1: free */
    int64_t until_us;
};

struct http_limits {
    unsigned threads;
    unsigned connections_max;
    unsigned connections_per_address_max;
    unsigned header_seconds;
    unsigned idle_seconds;
    uint64_t bytes_per_second_min;
    uint64_t body_bytes_max;
    uint64_t bodies_bytes_max;
    uint64_t bodies_bytes_per_payer_max;
    uint64_t answers_bytes_max;
    uint64_t answers_bytes_per_payer_max;
};

/* Memory that answers on their way out hold. */
struct answers_held {
    atomic_uint_fast64_t bytes;
    atomic_uint_fast64_t payer_bytes[HTTP_PAYERS];
};

struct http_server {
    struct arena arena; /* everything that lives as long as the server */
    struct http_application application;
    struct http_limits limits;
    struct MHD_Daemon *daemon;
    struct http_tls *tls; /* NULL: plain */
    str behind_proxy;     /* as address text, or empty */
    str warning;
    unsigned port;
    unsigned char id_key[SECRET_HASH_KEY_BYTES];
    atomic_uint_fast64_t id_count;
    atomic_uint_fast64_t connection_count;
    atomic_uint_fast64_t request_count;
    atomic_uint_fast64_t handed_count; /* requests that a handler has */
    atomic_uint_fast64_t body_bytes;
    atomic_uint_fast64_t payer_bytes[HTTP_PAYERS];
    struct answers_held answers;
    atomic_bool is_draining; /* answers are the last of their connection */
    atomic_bool is_stopping; /* no request is handed out any more */
    pthread_mutex_t pool_lock;
    struct request *pool;
    size_t pool_count;
    struct shard shards[CONNECTION_SHARDS];
    pthread_t watchdog;
    bool has_watchdog;
    pthread_mutex_t watchdog_lock;
    pthread_cond_t watchdog_wake;
    struct lingering lingering[LINGERING_MAX];
};

/* request_pool.c */
struct request *request_open(struct http_server *server, struct http_connection *connection);
/* Its handler has replied, or can reply to nobody any more: a stop waits for it no longer. */
void request_is_answered(struct request *request);
/* Reports to on_access and gives the request back to the pool. */
void request_close(struct request *request, bool is_complete);
void request_pool_done(struct http_server *server);

/* budget.c */
struct budget_refusal {
    unsigned status;
    str text;
};
/* Whether so many more bytes are too many, in all or for the request's payer. */
bool budget_refuses(const struct request *request, uint64_t more, struct budget_refusal *out);
void budget_charge(struct request *request, uint64_t bytes);
/* Gives back all that was charged. */
void budget_release(struct request *request);
/* Memory for answers. */
void budget_answer_add(struct http_server *server, unsigned payer, uint64_t bytes);
void budget_answer_take(struct http_server *server, unsigned payer, uint64_t bytes);
/* Answers hold most of what they may: who reads slowly holds up others. */
bool budget_answers_are_many(const struct http_server *server);

/* connection.c: begins another phase. */
void connection_set_phase(struct http_connection *connection, enum http_phase phase);

/* reply.c */
/* What sending it would hold that no other answer holds. */
uint64_t reply_body_bytes(struct http_body *shared);
/* Hands the response of a REQUEST_REPLIED to the connection. False: it must be cut. */
bool reply_queue(struct request *request);
/* The library has done with the answer: the shared body is given back. */
void reply_done(struct request *request);
/* As http_refuse with the connection closed afterwards. */
void reply_refuse_last(struct request *request, unsigned status, str text);

/* watchdog.c */
err watchdog_start(struct arena *a, struct http_server *server) MUST_USE;
void watchdog_stop(struct http_server *server);
/* Takes over a copy of the connection's socket, to read what still comes for a moment. */
void watchdog_linger(struct http_server *server, int fd);

/* listen.c */
struct listen_address {
    int fd;
    unsigned port;
    bool is_loopback;
    str host; /* without brackets */
};
/* Opens a listening socket. ERR_USAGE: no such address; ERR_IO: it is taken. */
err listen_open(struct arena *a, str where, struct listen_address *out) MUST_USE;
/* "192.0.2.7", "2001:db8::7"; an IPv4 address in IPv6 form comes out as IPv4. Gives the length. */
size_t listen_address_text(const struct sockaddr *address, char out[PEER_TEXT_BYTES]);
/* Raises the limit of open files. A sentence if less is allowed than wanted, else empty. */
str listen_raise_files(struct arena *a, uint64_t wanted, uint64_t *allowed);

#endif
