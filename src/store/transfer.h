/*
 * How far pulls and pushes have come, so that they go on where they stopped (table transfer).
 */
#ifndef TOCSIN_STORE_TRANSFER_H
#define TOCSIN_STORE_TRANSFER_H

#include "store/store.h"

/* The position under `key`, in `a`; empty where there is none. */
err transfer_get(struct arena *a, struct session *s, str key, str *position) MUST_USE;

/* In a write session. */
err transfer_put(struct arena *a, struct session *s, str key, str position) MUST_USE;

#endif
