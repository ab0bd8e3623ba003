/*
 * Small facts about numbers and tables.
 */
#ifndef TOCSIN_BASE_NUM_H
#define TOCSIN_BASE_NUM_H

#include <stddef.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
