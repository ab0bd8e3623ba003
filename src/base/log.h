/*
 * The program's own log on standard error: one line an event, with a time and a level.
 *
 * Floors 0 to 4 never log; they return errors. Never pass a secret. The level is one of the two
 * mutable globals of the program (the other is the stop flag in cli/).
 */
#ifndef TOCSIN_BASE_LOG_H
#define TOCSIN_BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

void log_set_level(enum log_level level);
bool log_is_on(enum log_level level);

/* Control characters in the text are written as \xNN, so that a line stays one line. */
void log_print(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Longer texts are cut; each of their bytes may take four in the line. */
#define LOG_TEXT_BYTES_MAX 1638
#define LOG_LINE_BYTES_MAX (64 + 4 * LOG_TEXT_BYTES_MAX)

/* For log_lines.h: a line as log_print writes it, its length given; and the writing of lines. */
size_t log_line(enum log_level level, str text, char line[LOG_LINE_BYTES_MAX]);
void log_write(str lines);

#define LOG_ERROR(...) log_print(LOG_LEVEL_ERROR, __VA_ARGS__)
#define LOG_WARN(...) log_print(LOG_LEVEL_WARN, __VA_ARGS__)
#define LOG_INFO(...) log_print(LOG_LEVEL_INFO, __VA_ARGS__)
#define LOG_DEBUG(...) log_print(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
