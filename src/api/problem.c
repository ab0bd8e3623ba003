/*
 * Problem documents.
 */
#include "api/problem.h"

#define PROBLEM_BYTES_MAX ((size_t)4 << 20)
#define DETAIL_BYTES_MAX ((size_t)8 << 10)

static bool is_ours(err e)
{
    return error_http_status(e->code) >= 500 && e->code != ERR_BUSY && e->code != ERR_NO_SPACE;
}

/* What a verb says is a part of a sentence elsewhere, and one of its own here. */
static str as_sentence(struct arena *a, str text)
{
    char first[] = {'\0', '\0'};
    if (text.len == 0 || !char_is_lower(text.at[0]))
        return text;
    first[0] = (char)(text.at[0] - ('a' - 'A'));
    return arena_join(a, str_of(first), str_skip(text, 1), (str){0});
}

static str detail_of(struct arena *a, err e)
{
    if (is_ours(e))
        return LIT("The exchange could not do this; its operator finds the reason in the log under "
                   "this request_id");
    return as_sentence(a, str_part(error_text(a, e), 0, DETAIL_BYTES_MAX));
}

static void put_faults(struct arena *a, struct json_writer *w, const struct api_faults *faults)
{
    json_key(w, LIT("errors"));
    json_open_array(w);
    for (size_t i = 0; i < faults->count; i++) {
        json_open_object(w);
        json_member(w, "field", faults->items[i].field);
        json_member(w, "message", as_sentence(a, faults->items[i].message));
        json_close_object(w);
    }
    json_close_array(w);
}

str problem_write(struct arena *a, err e, const struct problem_more *more)
{
    OWNED(buf_done) struct buf text;
    struct json_writer w;
    buf_init(&text, PROBLEM_BYTES_MAX);
    json_writer_init(&w, &text);
    json_open_object(&w);
    json_member(&w, "type", arena_print(a, "/problems/%s", error_type(e->code)));
    json_member(&w, "title", str_of(error_title(e->code)));
    json_member_i64(&w, "status", error_http_status(e->code));
    json_member(&w, "detail", detail_of(a, e));
    json_member_if(&w, "request_id", more->request_id);
    if (more->faults && more->faults->count)
        put_faults(a, &w, more->faults);
    if (more->current.len)
        json_member_raw(&w, "current", more->current);
    json_close_object(&w);
    return arena_copy(a, buf_str(&text));
}
