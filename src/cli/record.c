/*
 * Records of named fields, as lines, tables or JSON.
 */
#include "cli/record.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "json/write.h"

#define RECORD_BYTES_MAX ((size_t)1 << 30)
#define COLUMN_GAP 2

static struct field *add(struct record *r, const char *name, enum field_type type)
{
    struct field *f = LIST_ADD(r->arena, r);
    f->name = name;
    f->type = type;
    return f;
}

void record_text(struct record *r, const char *name, str value)
{
    add(r, name, FIELD_TEXT)->text = value;
}

void record_number(struct record *r, const char *name, int64_t value)
{
    add(r, name, FIELD_NUMBER)->number = value;
}

void record_flag(struct record *r, const char *name, bool value)
{
    add(r, name, FIELD_FLAG)->number = value;
}

void record_list(struct record *r, const char *name, const str *items, size_t count)
{
    struct field *f = add(r, name, FIELD_LIST);
    f->items = items;
    f->item_count = count;
}

void record_time(struct record *r, const char *name, int64_t time_us)
{
    add(r, name, FIELD_TIME)->number = time_us;
}

void record_put(struct record *r, const char *name, const struct record *inner)
{
    add(r, name, FIELD_RECORD)->record = inner;
    record_json_only(r);
}

void record_json_only(struct record *r)
{
    ASSERT(r->count > 0);
    r->items[r->count - 1].is_json_only = true;
}

struct record *records_add(struct records *list)
{
    struct record *r = LIST_ADD(list->arena, list);
    r->arena = list->arena;
    return r;
}

/* ---- JSON */

static void put_list(struct json_writer *w, const struct field *f)
{
    json_key(w, str_of(f->name));
    json_open_array(w);
    for (size_t i = 0; i < f->item_count; i++)
        json_put_string(w, f->items[i]);
    json_close_array(w);
}

static void put_record(struct json_writer *w, const struct record *r);

static void put_field(struct json_writer *w, const struct field *f)
{
    char time[CLOCK_TEXT_BYTES];
    switch (f->type) {
    case FIELD_TEXT:
        json_member_if(w, f->name, f->text);
        return;
    case FIELD_NUMBER:
        json_member_i64(w, f->name, f->number);
        return;
    case FIELD_FLAG:
        json_member_bool(w, f->name, f->number != 0);
        return;
    case FIELD_LIST:
        put_list(w, f);
        return;
    case FIELD_TIME:
        if (f->number)
            json_member(w, f->name, clock_write(f->number, time));
        return;
    case FIELD_RECORD:
        json_key(w, str_of(f->name));
        put_record(w, f->record);
        return;
    }
}

static void put_record(struct json_writer *w, const struct record *r)
{
    json_open_object(w);
    for (size_t i = 0; i < r->count; i++)
        put_field(w, &r->items[i]);
    json_close_object(w);
}

static err print_json(struct arena *a, struct cli *cli, const struct buf *text)
{
    TRY(buf_check(a, text));
    fwrite(text->at, 1, text->len, cli->out);
    fputc('\n', cli->out);
    cli->has_printed = true;
    return NULL;
}

static err record_print_json(struct arena *a, struct cli *cli, const struct record *r)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, RECORD_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    put_record(&w, r);
    return print_json(a, cli, &text);
}

static err records_print_json(struct arena *a, struct cli *cli, const struct records *list)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, RECORD_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_key(&w, LIT("items"));
    json_open_array(&w);
    for (size_t i = 0; i < list->count; i++)
        put_record(&w, &list->items[i]);
    json_close_array(&w);
    json_close_object(&w);
    return print_json(a, cli, &text);
}

/* ---- for people */

static bool is_break(char c)
{
    return c == '\n' || c == '\t';
}

/* Controls, among them those past ASCII, what is not seen, and bytes that are no text. */
static str without_controls(struct arena *a, str text, bool keeps_lines)
{
    char *plain = arena_take(a, text.len + 1);
    size_t len = 0;
    while (text.len) {
        uint32_t code_point;
        str rest = text;
        bool is_text = utf8_next(&rest, &code_point);
        size_t size = is_text ? text.len - rest.len : 1;
        bool is_kept = is_text && (!utf8_is_hidden(code_point) ||
                                   (keeps_lines && code_point < 0x80 && is_break(text.at[0])));
        if (is_kept)
            memcpy(plain + len, text.at, size);
        else
            plain[len] = '?';
        len += is_kept ? size : 1;
        text = str_skip(text, size);
    }
    plain[len] = 0;
    return (str){plain, len};
}

str record_plain(struct arena *a, str text)
{
    return without_controls(a, text, false);
}

str record_plain_lines(struct arena *a, str text)
{
    return without_controls(a, text, true);
}

static str join_items(struct arena *a, const struct field *f)
{
    str all = {0};
    for (size_t i = 0; i < f->item_count; i++)
        all = arena_join(a, all, i ? LIT(", ") : (str){0}, f->items[i]);
    return all;
}

/* To the second: people do not read microseconds. */
static str time_text(struct arena *a, int64_t time_us)
{
    char text[CLOCK_TEXT_BYTES];
    if (time_us == 0)
        return (str){0};
    return arena_join(a, str_part(clock_write(time_us, text), 0, 19), LIT("Z"), (str){0});
}

static str field_words(struct arena *a, const struct field *f)
{
    switch (f->type) {
    case FIELD_TEXT:
        return record_plain(a, f->text);
    case FIELD_NUMBER:
        return arena_print(a, "%lld", (long long)f->number);
    case FIELD_FLAG:
        return f->number ? LIT("yes") : LIT("no");
    case FIELD_LIST:
        return record_plain(a, join_items(a, f));
    case FIELD_TIME:
        return time_text(a, f->number);
    case FIELD_RECORD:
        break;
    }
    return (str){0};
}

static str field_label(struct arena *a, const struct field *f)
{
    str label = arena_copy(a, str_of(f->name));
    char *at = arena_take(a, label.len + 1);
    for (size_t i = 0; i <= label.len; i++)
        at[i] = label.at[i] == '_' ? ' ' : label.at[i];
    return (str){at, label.len};
}

static void print_padded(struct cli *cli, str text, size_t width)
{
    cli_print(cli, "%.*s", STR_ARG(text));
    for (size_t at = utf8_count(text); at < width; at++)
        fputc(' ', cli->out);
}

static size_t wider(size_t width, str text)
{
    size_t count = utf8_count(text);
    return count > width ? count : width;
}

err record_print(struct arena *a, struct cli *cli, const struct record *r)
{
    if (cli->is_json)
        return record_print_json(a, cli, r);
    size_t width = 0;
    for (size_t i = 0; i < r->count; i++) {
        if (!r->items[i].is_json_only)
            width = wider(width, field_label(a, &r->items[i]));
    }
    for (size_t i = 0; i < r->count; i++) {
        const struct field *f = &r->items[i];
        str words = field_words(a, f);
        if (f->is_json_only || words.len == 0)
            continue;
        print_padded(cli, field_label(a, f), width + COLUMN_GAP);
        cli_print(cli, "%.*s\n", STR_ARG(words));
    }
    return NULL;
}

/* Zero for a column that is not shown: for --json only, or empty in every row. */
static size_t column_width(struct arena *a, const struct records *list, size_t column)
{
    size_t width = 0;
    for (size_t i = 0; i < list->count; i++)
        width = wider(width, field_words(a, &list->items[i].items[column]));
    const struct field *first = &list->items[0].items[column];
    if (first->is_json_only || width == 0)
        return 0;
    return wider(width, field_label(a, first));
}

static void print_row(struct arena *a, struct cli *cli, const struct record *r,
                      const size_t *widths, bool is_heading)
{
    size_t owed = 0; /* spaces, printed only before more words */
    for (size_t i = 0; i < r->count; i++) {
        if (widths[i] == 0)
            continue;
        str words = is_heading ? field_label(a, &r->items[i]) : field_words(a, &r->items[i]);
        if (words.len)
            cli_print(cli, "%*s%.*s", (int)owed, "", STR_ARG(words));
        owed = (words.len ? 0 : owed) + widths[i] + COLUMN_GAP - utf8_count(words);
    }
    cli_print(cli, "\n");
}

err records_print(struct arena *a, struct cli *cli, const struct records *list, const char *what)
{
    if (cli->is_json)
        return records_print_json(a, cli, list);
    if (list->count == 0) {
        cli_note(cli, "no %s", what);
        return NULL;
    }
    const struct record *first = &list->items[0];
    size_t *widths = NEW_ARRAY(a, first->count, size_t);
    for (size_t i = 0; i < first->count; i++)
        widths[i] = column_width(a, list, i);
    print_row(a, cli, first, widths, true);
    for (size_t i = 0; i < list->count; i++)
        print_row(a, cli, &list->items[i], widths, false);
    return NULL;
}

err record_print_id(struct arena *a, struct cli *cli, const struct record *r)
{
    if (cli->is_json)
        return record_print_json(a, cli, r);
    for (size_t i = 0; i < r->count; i++) {
        if (str_eq(str_of(r->items[i].name), LIT("id")))
            cli_print(cli, "%.*s\n", STR_ARG(r->items[i].text));
    }
    return NULL;
}

err record_print_only_id(struct arena *a, struct cli *cli, str id)
{
    struct record r = {.arena = a};
    record_text(&r, "id", id);
    return record_print_id(a, cli, &r);
}
