/*
 * The program's own log. A line is built whole and written by one write(2), so that lines of
 * several threads do not mix.
 */
#include "base/log.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#define TEXT_BYTES_MAX 1639
#define LINE_BYTES_MAX 8192 /* room for each byte escaped */

static _Atomic int level_max = LOG_LEVEL_INFO;

static const char *const NAMES[] = {"error", "warn", "info", "debug"};

void log_set_level(enum log_level level)
{
    atomic_store(&level_max, (int)level);
}

bool log_is_on(enum log_level level)
{
    return (int)level <= atomic_load_explicit(&level_max, memory_order_relaxed);
}

/* Writes `text` from `at` on, control characters escaped, while there is room; gives the end. */
static char *put_clean(char *at, const char *end, str text)
{
    static const char HEX[] = "0123456789abcdef";
    for (size_t i = 0; i < text.len && end - at > 4; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x20 && c != 0x7f) {
            *at++ = (char)c;
            continue;
        }
        *at++ = '\\';
        *at++ = 'x';
        *at++ = HEX[c >> 4];
        *at++ = HEX[c & 15];
    }
    return at;
}

void log_print(enum log_level level, const char *format, ...)
{
    if (!log_is_on(level))
        return;
    char text[TEXT_BYTES_MAX];
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    size_t len = wanted < 0 ? 0 : (size_t)wanted;
    len = len < sizeof(text) ? len : sizeof(text) - 1;

    char line[LINE_BYTES_MAX];
    const char *end = line + sizeof(line) - 1;
    char time[CLOCK_TEXT_BYTES];
    char *at = put_clean(line, end, clock_write(clock_now_us(), time));
    *at++ = ' ';
    at = put_clean(at, end, str_of(NAMES[level]));
    *at++ = ' ';
    at = put_clean(at, end, (str){text, len});
    *at++ = '\n';
    ssize_t written = write(STDERR_FILENO, line, (size_t)(at - line));
    (void)written; /* there is nowhere left to say that standard error is gone */
}
