/*
 * Whether CBOR (RFC 8949) is as large as it says. The libraries that read it take memory for as
 * many elements as an array or a map announces, before they look for one: five bytes that announce
 * four billion would take 32 GB.
 */
#ifndef TOCSIN_SERVICE_CBOR_COUNTS_H
#define TOCSIN_SERVICE_CBOR_COUNTS_H

#include "base/str.h"

/*
 * False where items, one behind the other, announce more elements or longer strings than `bytes`
 * can hold, or break off. What else may be wrong with them is for who reads them to find.
 */
bool cbor_counts_are_true(str bytes);

#endif
