/*
 * The newest picture: what the newest snapshot said of the exchange, beside the mark of the commit
 * it was made of. While the database still shows that mark, the picture is what a new transaction
 * would find, and none is needed to know who may read what (G10). For sessions only; thread-safe.
 */
#ifndef TOCSIN_STORE_PICTURE_H
#define TOCSIN_STORE_PICTURE_H

#include "store/pool.h"
#include "store/store.h"

struct picture;

/* Keeps one connection of the pool, from the first mark on, to see marks with. */
struct picture *picture_open(struct connection_pool *pool);
/* Accepts NULL. Before the pool is closed. */
void picture_close(struct picture *p);

/* The mark of this moment. False: there is none, and a transaction must be begun. */
bool picture_mark(struct arena *a, struct picture *p, struct db_mark *out);

/*
 * The session as it was when the database showed this mark, less its connection, with a hold on
 * its policy; `views` is where the views then stood. False: that is another picture, or something
 * in its policy has expired by `now_us`.
 */
bool picture_get(struct picture *p, const struct db_mark *mark, int64_t now_us, struct session *out,
                 struct view_state *views);

/* Keeps the picture of a read session that was made while the database showed this mark. */
void picture_put(struct picture *p, const struct db_mark *mark, const struct session *s,
                 const struct view_state *views);

#endif
