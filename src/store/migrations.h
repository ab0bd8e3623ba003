/*
 * The migrations of the database, made from migrations/NNNN_name.sql at build time.
 */
#ifndef TOCSIN_STORE_MIGRATIONS_H
#define TOCSIN_STORE_MIGRATIONS_H

#include "db/db.h"

extern const struct db_migration STORE_MIGRATIONS[];
extern const size_t STORE_MIGRATION_COUNT;

#endif
