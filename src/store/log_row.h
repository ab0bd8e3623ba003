/*
 * A row of table entry, for whoever selects one with more beside it. For files of this folder only.
 */
#ifndef TOCSIN_STORE_LOG_ROW_H
#define TOCSIN_STORE_LOG_ROW_H

#include "store/log.h"

/* Of `entry e`. */
#define LOG_ROW_COLUMNS                                                                  \
    "e.n, e.added, e.collection, e.audience, e.clause, e.contributor, e.actor, e.type, " \
    "e.version, e.flags, e.body, coalesce(e.supersedes, 0)"
#define LOG_ROW_COLUMN_COUNT 12 /* what is selected behind begins here */

void log_row_read(const struct db_query *q, struct log_entry *out);

#endif
