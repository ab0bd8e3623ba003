/*
 * Connections to one database, kept open between sessions. Thread-safe.
 */
#ifndef TOCSIN_STORE_POOL_H
#define TOCSIN_STORE_POOL_H

#include "db/db.h"

/* Idle connections kept; more are opened when all are in use and closed when given back. */
#define POOL_IDLE_MAX 16

struct connection {
    struct db *db;
    struct connection *next;
};

struct connection_pool;

/* `address` must live as long as the pool. */
struct connection_pool *pool_open(const struct db_options *options);
/* Accepts NULL. Every connection must have been given back. */
void pool_close(struct connection_pool *p);

err pool_take(struct arena *a, struct connection_pool *p, struct connection **out) MUST_USE;
/* Rolls back what is open. Accepts NULL. */
void pool_give(struct connection_pool *p, struct connection *c);

#endif
