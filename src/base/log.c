/*
 * The program's own log. A line is built whole and written by one write(2), so that lines of
 * several threads do not mix.
 */
#include "base/log.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_BYTES_MAX ((size_t)8 * 1024)

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

static void put_clean(struct buf *line, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x20 || c == 0x7f)
            buf_print(line, "\\x%02x", c);
        else
            buf_put_char(line, (char)c);
    }
}

void log_print(enum log_level level, const char *format, ...)
{
    if (!log_is_on(level))
        return;
    struct arena scratch = {0};
    va_list args;
    va_start(args, format);
    str text = arena_vprint(&scratch, format, args);
    va_end(args);

    struct buf line;
    buf_init(&line, LINE_BYTES_MAX);
    char time[CLOCK_TEXT_BYTES];
    buf_put(&line, clock_write(clock_now_us(), time));
    buf_print(&line, " %s ", NAMES[level]);
    put_clean(&line, str_part(text, 0, LINE_BYTES_MAX / 5));
    buf_put_char(&line, '\n');
    ssize_t written = write(STDERR_FILENO, line.at, line.len);
    (void)written; /* there is nowhere left to say that standard error is gone */
    buf_done(&line);
    arena_done(&scratch);
}
