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

static _Atomic int level_max = LOG_LEVEL_INFO;

static const str NAMES[] = {LIT_INIT("error"), LIT_INIT("warn"), LIT_INIT("info"),
                            LIT_INIT("debug")};

void log_set_level(enum log_level level)
{
    atomic_store(&level_max, (int)level);
}

bool log_is_on(enum log_level level)
{
    return (int)level <= atomic_load_explicit(&level_max, memory_order_relaxed);
}

static char *put(char *at, str text)
{
    memcpy(at, text.at, text.len);
    return at + text.len;
}

/* Writes `text` from `at` on, control characters escaped; gives the end. */
static char *put_clean(char *at, str text)
{
    static const char HEX[] = "0123456789abcdef";
    for (size_t i = 0; i < text.len; i++) {
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

size_t log_line(enum log_level level, str text, char line[LOG_LINE_BYTES_MAX])
{
    char time[CLOCK_TEXT_BYTES];
    char *at = put(line, clock_write(clock_now_us(), time));
    *at++ = ' ';
    at = put(at, NAMES[level]);
    *at++ = ' ';
    at = put_clean(at, str_part(text, 0, LOG_TEXT_BYTES_MAX));
    *at++ = '\n';
    return (size_t)(at - line);
}

void log_write(str lines)
{
    ssize_t written = write(STDERR_FILENO, lines.at, lines.len);
    (void)written; /* there is nowhere left to say that standard error is gone */
}

void log_print(enum log_level level, const char *format, ...)
{
    if (!log_is_on(level))
        return;
    char text[LOG_TEXT_BYTES_MAX + 1];
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    char line[LOG_LINE_BYTES_MAX];
    size_t len = log_line(level, (str){text, wanted < 0 ? 0 : (size_t)wanted}, line);
    log_write((str){line, len});
}
