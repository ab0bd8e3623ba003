/*
 * Judging an object before it is appended (L5).
 */
#ifndef TOCSIN_SERVICE_ITEM_H
#define TOCSIN_SERVICE_ITEM_H

#include "store/log.h"

/*
 * Validates the item's object: broken SHOULDs become its warnings, broken MUSTs mark it refused
 * with all of them in one message, so that a sender mends them at once.
 */
void item_check(struct arena *a, struct log_item *item);

#endif
