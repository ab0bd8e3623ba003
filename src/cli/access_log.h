/*
 * The access log: a line for each request (S7).
 */
#ifndef TOCSIN_CLI_ACCESS_LOG_H
#define TOCSIN_CLI_ACCESS_LOG_H

#include "base/log_lines.h"
#include "http/server.h"

/* `org` is the number of the organization that asked; 0: nobody signed in. */
void access_log_add(struct log_lines *lines, const struct http_access *access, int64_t org);

#endif
