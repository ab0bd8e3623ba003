/*
 * Settings: the rows of CONFIG_SETTINGS, one reader per type of value, and the file around them.
 */
#include "base/config.h"

#include "base/clock.h"
#include "base/num.h"
#include "base/utf8.h"

#include <inttypes.h>

enum setting_type {
    TYPE_TEXT,
    TYPE_COUNT,
    TYPE_BYTES,
    TYPE_SECONDS,
    TYPE_FLAG,
    TYPE_LEVEL,
    TYPE_DAY,
    TYPE_URL
};

struct setting {
    str name;
    enum setting_type type;
    size_t offset; /* in struct config */
    str default_text;
    uint64_t least; /* bytes of a text, or the value itself */
    uint64_t most;
    str help;
};

#define SETTING_ROW(field, name, type, default_text, least, most, help)                            \
    {LIT_INIT(name), TYPE_##type,   offsetof(struct config, field), LIT_INIT(default_text), least, \
     most,           LIT_INIT(help)},
static const struct setting SETTINGS[] = {CONFIG_SETTINGS(SETTING_ROW)};
#undef SETTING_ROW

static const struct {
    str suffix;
    unsigned shift;
} BYTE_UNITS[] = {
    {LIT_INIT("TB"), 40}, {LIT_INIT("GB"), 30}, {LIT_INIT("MB"), 20}, {LIT_INIT("kB"), 10}};

static bool read_text(str text, const struct setting *row, void *field)
{
    if (text.len < row->least || text.len > row->most || utf8_find_fault(text) != text.len)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x20 || c == 0x7f)
            return false;
    }
    *(str *)field = text;
    return true;
}

static bool keep_number(uint64_t value, const struct setting *row, void *field)
{
    if (value < row->least || value > row->most)
        return false;
    *(uint64_t *)field = value;
    return true;
}

static bool read_count(str text, const struct setting *row, void *field)
{
    uint64_t value;
    return str_to_u64(text, &value) && keep_number(value, row, field);
}

static bool read_bytes(str text, const struct setting *row, void *field)
{
    unsigned shift = 0;
    for (size_t i = 0; i < COUNT_OF(BYTE_UNITS) && shift == 0; i++) {
        if (str_ends(text, BYTE_UNITS[i].suffix)) {
            shift = BYTE_UNITS[i].shift;
            text = str_trim(str_part(text, 0, text.len - BYTE_UNITS[i].suffix.len));
        }
    }
    uint64_t value;
    if (!str_to_u64(text, &value) || value > UINT64_MAX >> shift)
        return false;
    return keep_number(value << shift, row, field);
}

static bool read_seconds(str text, const struct setting *row, void *field)
{
    int64_t duration_us;
    if (!clock_read_duration(text, &duration_us))
        return false;
    return keep_number((uint64_t)(duration_us / US_PER_SECOND), row, field);
}

static bool read_flag(str text, const struct setting *row, void *field)
{
    (void)row;
    bool is_yes = str_eq(text, LIT("yes"));
    if (!is_yes && !str_eq(text, LIT("no")))
        return false;
    *(bool *)field = is_yes;
    return true;
}

static bool read_level(str text, const struct setting *row, void *field)
{
    static const str LEVELS[] = {LIT_INIT("error"), LIT_INIT("warn"), LIT_INIT("info"),
                                 LIT_INIT("debug")};
    for (size_t i = 0; i < COUNT_OF(LEVELS); i++) {
        if (str_eq(text, LEVELS[i]))
            return read_text(text, row, field);
    }
    return false;
}

static bool read_day(str text, const struct setting *row, void *field)
{
    int64_t day_us;
    return (text.len == 0 || clock_read_date(text, &day_us)) && read_text(text, row, field);
}

/* Where links begin: a host behind http:// or https://. A final slash is no part of it. */
static bool read_url(str text, const struct setting *row, void *field)
{
    if (str_ends(text, LIT("/")))
        text = str_part(text, 0, text.len - 1);
    str rest = str_starts(text, LIT("https://"))  ? str_skip(text, 8)
               : str_starts(text, LIT("http://")) ? str_skip(text, 7)
                                                  : (str){0};
    bool is_url = rest.len && rest.at[0] != '/' && rest.at[0] != ':';
    for (size_t i = 0; i < rest.len; i++)
        is_url = is_url && strchr(" \"<>?#@\\", rest.at[i]) == NULL;
    return (text.len == 0 || is_url) && read_text(text, row, field);
}

/* A number of bytes with the largest unit that divides it. */
static str bytes_text(struct arena *a, uint64_t value)
{
    for (size_t i = 0; i < COUNT_OF(BYTE_UNITS); i++) {
        uint64_t unit = UINT64_C(1) << BYTE_UNITS[i].shift;
        if (value >= unit && value % unit == 0)
            return arena_print(a, "%" PRIu64 "%.*s", value / unit, STR_ARG(BYTE_UNITS[i].suffix));
    }
    return arena_print(a, "%" PRIu64, value);
}

static str text_allowed(struct arena *a, const struct setting *row)
{
    return arena_print(a,
                       "a text of %" PRIu64 " to %" PRIu64 " bytes of UTF-8 without control "
                       "characters",
                       row->least, row->most);
}

static str count_allowed(struct arena *a, const struct setting *row)
{
    return arena_print(a, "a number from %" PRIu64 " to %" PRIu64, row->least, row->most);
}

static str bytes_allowed(struct arena *a, const struct setting *row)
{
    return arena_print(a, "a size from %.*s to %.*s, such as 512kB, 16MB or 2GB",
                       STR_ARG(bytes_text(a, row->least)), STR_ARG(bytes_text(a, row->most)));
}

static str seconds_allowed(struct arena *a, const struct setting *row)
{
    return arena_print(a, "a time from %" PRIu64 "s to %" PRIu64 "s, such as 45s, 5m or 1h",
                       row->least, row->most);
}

static str flag_allowed(struct arena *a, const struct setting *row)
{
    (void)a;
    (void)row;
    return LIT("yes or no");
}

static str level_allowed(struct arena *a, const struct setting *row)
{
    (void)a;
    (void)row;
    return LIT("error, warn, info or debug");
}

static str day_allowed(struct arena *a, const struct setting *row)
{
    (void)a;
    (void)row;
    return LIT("a day such as 2018-11-06, or nothing");
}

static str url_allowed(struct arena *a, const struct setting *row)
{
    (void)a;
    (void)row;
    return LIT("an address such as https://exchange.example, or nothing");
}

/* How each type is read, and the words for what it takes. */
static const struct {
    bool (*read)(str text, const struct setting *row, void *field);
    str (*allowed)(struct arena *a, const struct setting *row);
} TYPES[] = {
    [TYPE_TEXT] = {read_text, text_allowed},
    [TYPE_COUNT] = {read_count, count_allowed},
    [TYPE_BYTES] = {read_bytes, bytes_allowed},
    [TYPE_FLAG] = {read_flag, flag_allowed},
    [TYPE_SECONDS] = {read_seconds, seconds_allowed},
    [TYPE_LEVEL] = {read_level, level_allowed},
    [TYPE_DAY] = {read_day, day_allowed},
    [TYPE_URL] = {read_url, url_allowed},
};

static bool read_value(const struct setting *row, str text, struct config *c)
{
    return TYPES[row->type].read(text, row, (char *)c + row->offset);
}

void config_init(struct config *c)
{
    *c = (struct config){0};
    for (size_t i = 0; i < COUNT_OF(SETTINGS); i++) {
        bool is_read = read_value(&SETTINGS[i], SETTINGS[i].default_text, c);
        ASSERT(is_read);
    }
}

static const struct setting *find_setting(str name)
{
    for (size_t i = 0; i < COUNT_OF(SETTINGS); i++) {
        if (str_eq(SETTINGS[i].name, name))
            return &SETTINGS[i];
    }
    return NULL;
}

/* The line without its comment: `#` at its start or after white space. */
static str without_comment(str line)
{
    for (size_t i = 0; i < line.len; i++) {
        bool is_begin = i == 0 || line.at[i - 1] == ' ' || line.at[i - 1] == '\t';
        if (line.at[i] == '#' && is_begin)
            return str_part(line, 0, i);
    }
    return line;
}

struct config_reading {
    struct arena *arena;
    str file_name;
    unsigned line;
    unsigned seen[COUNT_OF(SETTINGS)]; /* the line that set each row, zero for none */
    struct config result;
};

static str place(const struct config_reading *r)
{
    return arena_print(r->arena, "%.*s:%u", STR_ARG(r->file_name), r->line);
}

static err read_line(struct config_reading *r, str line)
{
    struct arena *a = r->arena;
    line = str_trim(without_comment(line));
    if (line.len == 0)
        return NULL;
    size_t equals = str_find_char(line, '=');
    if (equals == line.len)
        return FAIL(a, ERR_INPUT, "%.*s: a line is `name = value`; there is no `=` here",
                    STR_ARG(place(r)));
    str name = str_trim(str_part(line, 0, equals));
    const struct setting *row = find_setting(name);
    if (row == NULL)
        return FAIL(a, ERR_INPUT,
                    "%.*s: there is no setting \"%.*s\"; the sample file that comes "
                    "with a new data directory lists them all",
                    STR_ARG(place(r)), STR_ARG(str_part(name, 0, 64)));
    unsigned *seen = &r->seen[row - SETTINGS];
    if (*seen)
        return FAIL(a, ERR_INPUT, "%.*s: %.*s was already set in line %u; keep one of the two",
                    STR_ARG(place(r)), STR_ARG(name), *seen);
    *seen = r->line;
    str value = arena_copy(a, str_trim(str_skip(line, equals + 1)));
    if (!read_value(row, value, &r->result))
        return FAIL(a, ERR_INPUT, "%.*s: %.*s is %.*s", STR_ARG(place(r)), STR_ARG(name),
                    STR_ARG(TYPES[row->type].allowed(a, row)));
    return NULL;
}

err config_read(struct arena *a, str file_name, str text, struct config *out)
{
    struct config_reading r = {.arena = a, .file_name = file_name};
    config_init(&r.result);
    str line;
    while (str_cut(&text, '\n', &line)) {
        r.line++;
        TRY(read_line(&r, line));
    }
    *out = r.result;
    return NULL;
}

/* `text` as comment lines of at most 80 characters, broken between words. */
static void put_comment(struct buf *b, str text)
{
    size_t column = 0;
    str word;
    while (str_cut(&text, ' ', &word)) {
        if (column && column + 1 + word.len > 80) {
            buf_put_char(b, '\n');
            column = 0;
        }
        buf_put(b, column ? LIT(" ") : LIT("# "));
        buf_put(b, word);
        column += word.len + (column ? 1 : 2);
    }
    buf_put_char(b, '\n');
}

void config_write_sample(struct buf *b)
{
    put_comment(b, LIT("Settings of tocsin: lines of `name = value`. A # at the start of a line or "
                       "after a space begins a comment. Sizes take kB, MB, GB and TB (steps of "
                       "1024), times s, m, h and d. Each setting stands here at its default."));
    for (size_t i = 0; i < COUNT_OF(SETTINGS); i++) {
        const struct setting *row = &SETTINGS[i];
        buf_put_char(b, '\n');
        put_comment(b, row->help);
        buf_print(b, "#%.*s =%s%.*s\n", STR_ARG(row->name), row->default_text.len ? " " : "",
                  STR_ARG(row->default_text));
    }
}
