/*
 * Problem documents (RFC 9457): one form for whatever goes wrong in the API.
 */
#ifndef TOCSIN_API_PROBLEM_H
#define TOCSIN_API_PROBLEM_H

#include "api/call.h"

#define PROBLEM_TYPE "application/problem+json"

/* What is told beside the error. */
struct problem_more {
    str request_id;
    const struct api_faults *faults; /* NULL: none */
    str current;                     /* JSON, or empty */
};

/* The body. What lies underneath a fault of ours is for the log, not for strangers. */
str problem_write(struct arena *a, err e, const struct problem_more *more);

#endif
