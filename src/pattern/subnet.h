/*
 * Internet addresses and subnets, IPv4 and IPv6: a lone address is a subnet of full length.
 */
#ifndef TOCSIN_PATTERN_SUBNET_H
#define TOCSIN_PATTERN_SUBNET_H

#include "base/str.h"

#define SUBNET_BYTES_MAX 16

struct subnet {
    unsigned char address[SUBNET_BYTES_MAX]; /* the host's bits are kept */
    unsigned bytes;                          /* 4 or 16 */
    unsigned prefix;                         /* in bits */
};

/* "192.0.2.0/24", "2001:db8::/32", "192.0.2.7". False for anything else. */
bool subnet_read(str text, struct subnet *out);

/* True if all of `inner` lies in `outer`. */
bool subnet_contains(const struct subnet *outer, const struct subnet *inner);

#endif
