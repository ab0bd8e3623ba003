/*
 * Steering the failing driver ("fault"), for tests.
 */
#ifndef TOCSIN_DB_FAULT_H
#define TOCSIN_DB_FAULT_H

/* The call after `calls` more fails, once; below zero: none does. */
void db_fault_set(long calls);

/* Calls left until the failure; below zero once it has happened, or if none was asked for. */
long db_fault_left(void);

#endif
