/*
 * For tests: sqlite whose nth call fails with ERR_IO "injected".
 *
 * A test opens "fault:N", or opens "fault:0", which never fails, and arms it later; it runs the
 * verb for n = 1, 2, … until nothing failed, and looks after each failure that nothing was left
 * half done. Counted are all calls of the driver that can fail, opening included, for each
 * connection on its own.
 */
#ifndef TOCSIN_DB_FAULT_H
#define TOCSIN_DB_FAULT_H

#include "db/db.h"

/* The nth call from now fails, once; zero: none does. `db` was opened as "fault:N" (asserted). */
void db_fault_arm(struct db *db, uint64_t n);

/* Checkpoints say from now on that they left so many bytes of the write-ahead log. */
void db_fault_leave(struct db *db, int64_t wal_bytes);

/* Calls since it was opened or armed. */
uint64_t db_fault_calls(struct db *db);

#endif
