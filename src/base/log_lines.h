/*
 * Lines of the log that come in great numbers (the access log): gathered in memory and written in
 * groups, in the order in which they came, since a write(2) for each would cost more than an
 * answer. Lines stand beside those of log_print with the time at which each was added. Thread-safe.
 */
#ifndef TOCSIN_BASE_LOG_LINES_H
#define TOCSIN_BASE_LOG_LINES_H

#include "base/log.h"

struct log_lines;

struct log_lines *log_lines_open(void);
/* Writes what is left. Accepts NULL. */
void log_lines_close(struct log_lines *l);

/* Adds a line if the level is on; writes by itself only where there is no room for more. */
void log_lines_add(struct log_lines *l, enum log_level level, str text);

/* Writes what was gathered: to be called every few milliseconds. */
void log_lines_write(struct log_lines *l);

/* The same from a signal handler of a process that is lost, whoever holds what. */
void log_lines_write_last(struct log_lines *l);

#endif
