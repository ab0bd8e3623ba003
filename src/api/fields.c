/*
 * The fields of a JSON body.
 */
#include "api/fields.h"

#include "base/clock.h"
#include "base/utf8.h"

struct api_fields api_fields(struct api_call *c)
{
    return api_fields_of(c, c->body, (str){0});
}

struct api_fields api_fields_of(struct api_call *c, json object, str pointer)
{
    return (struct api_fields){.c = c, .object = object, .pointer = pointer};
}

/* One step of a JSON pointer (RFC 6901 §3). */
static str escape(struct arena *a, str name)
{
    OWNED(buf_done) struct buf b;
    buf_init(&b, 2 * name.len);
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '~')
            buf_put(&b, LIT("~0"));
        else if (name.at[i] == '/')
            buf_put(&b, LIT("~1"));
        else
            buf_put_char(&b, name.at[i]);
    }
    return arena_copy(a, buf_str(&b));
}

str field_pointer(struct api_fields *f, str name)
{
    struct arena *a = f->c->rq->arena;
    return name.len ? arena_join(a, f->pointer, LIT("/"), escape(a, name)) : f->pointer;
}

str field_pointer_at(struct api_fields *f, str name, size_t index)
{
    str list = field_pointer(f, name);
    return arena_print(f->c->rq->arena, "%.*s/%zu", STR_ARG(list), index);
}

/* Of more than this nobody is told: a body of 1 MB may have 60,000. */
#define FAULTS_MAX 100

static void put_fault(struct api_call *c, str pointer, str message)
{
    if (c->faults.count == FAULTS_MAX)
        return;
    *LIST_ADD(c->rq->arena, &c->faults) = (struct api_fault){pointer, message};
}

void field_fault(struct api_fields *f, str name, str message)
{
    put_fault(f->c, field_pointer(f, name), message);
}

static bool is_asked(const struct api_fields *f, str name)
{
    for (size_t i = 0; i < f->asked_count; i++) {
        if (str_eq(f->asked[i], name))
            return true;
    }
    return false;
}

err api_fields_check(struct api_fields *f)
{
    for (struct json_walk w = json_walk(f->object); json_next(&w);) {
        if (!is_asked(f, w.key))
            field_fault(f, w.key, LIT("There is no such field here"));
    }
    size_t count = f->c->faults.count;
    if (count == 0)
        return NULL;
    return FAIL(f->c->rq->arena, ERR_INVALID,
                "Nothing was changed: %zu field%s must be mended first", count,
                count == 1 ? "" : "s");
}

/* The value, and that it was asked for; null is as good as absent. */
static json ask(struct api_fields *f, const char *name)
{
    str key = str_of(name);
    if (!is_asked(f, key)) {
        ASSERT(f->asked_count < FIELDS_MAX);
        f->asked[f->asked_count++] = key;
    }
    json value = json_get(f->object, key);
    return json_is(value, JSON_NULL) ? (json){0} : value;
}

bool field_is_there(struct api_fields *f, const char *name)
{
    return !json_is(ask(f, name), JSON_NONE);
}

static bool is_one_of(str text, const char *words)
{
    str rest = str_of(words);
    str word;
    while (str_cut(&rest, ',', &word)) {
        if (str_eq(str_trim(word), text))
            return true;
    }
    return false;
}

static bool has_control(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool is_line = c == '\n' || c == '\r' || c == '\t';
        if (c == 0x7f || (c < ' ' && !is_line))
            return true;
    }
    return false;
}

static bool has_turning(str text)
{
    uint32_t code_point;
    while (utf8_next(&text, &code_point)) {
        if (utf8_is_turning(code_point))
            return true;
    }
    return false;
}

static bool has_lines(str text)
{
    return str_find_char(text, '\n') < text.len || str_find_char(text, '\r') < text.len;
}

/* What others would see as something else than what stands there. */
static str judge_seen(str text, const struct field_text *rule)
{
    if (!rule->may_have_lines && has_lines(text))
        return LIT("This is one line of text");
    if (has_control(text))
        return LIT("This has control characters in it");
    if (rule->is_opaque)
        return (str){0};
    if (has_turning(text))
        return LIT("This has marks in it that turn the writing round; type it without them");
    if (!rule->may_have_lines && !utf8_is_line(text))
        return LIT("This has characters in it that nobody sees; type it again by hand");
    return (str){0};
}

/* What is wrong with a text, or an empty message. */
static str judge_text(struct arena *a, json value, const struct field_text *rule)
{
    if (!json_is(value, JSON_STRING))
        return LIT("This is a text");
    str text = json_string(value);
    if (rule->is_required && str_trim(text).len == 0)
        return LIT("This is needed");
    if (text.len > rule->bytes_max)
        return arena_print(a, "This is longer than %zu bytes", rule->bytes_max);
    str unseen = judge_seen(text, rule);
    if (unseen.len)
        return unseen;
    if (rule->words && !is_one_of(text, rule->words))
        return arena_print(a, "This is one of: %s", rule->words);
    return (str){0};
}

static bool text_is_good(struct api_fields *f, json value, const struct field_text *rule,
                         str pointer)
{
    str message = judge_text(f->c->rq->arena, value, rule);
    if (message.len)
        put_fault(f->c, pointer, message);
    return message.len == 0;
}

/* True where there is a value to look at. */
static bool is_given(struct api_fields *f, const char *name, json value, bool is_required)
{
    if (!json_is(value, JSON_NONE))
        return true;
    if (is_required)
        field_fault(f, str_of(name), LIT("This is needed"));
    return false;
}

str field_text(struct api_fields *f, const char *name, struct field_text rule)
{
    json value = ask(f, name);
    if (!is_given(f, name, value, rule.is_required) ||
        !text_is_good(f, value, &rule, field_pointer(f, str_of(name))))
        return (str){0};
    return json_string(value);
}

int64_t field_number(struct api_fields *f, const char *name, struct field_number rule)
{
    json value = ask(f, name);
    int64_t number;
    if (!is_given(f, name, value, rule.is_required))
        return rule.absent;
    if (json_to_i64(value, &number) && number >= rule.least && number <= rule.most)
        return number;
    field_fault(f, str_of(name),
                arena_print(f->c->rq->arena, "This is a whole number from %lld to %lld",
                            (long long)rule.least, (long long)rule.most));
    return rule.absent;
}

bool field_flag(struct api_fields *f, const char *name, bool absent)
{
    json value = ask(f, name);
    if (json_is(value, JSON_NONE))
        return absent;
    if (!json_is(value, JSON_TRUE) && !json_is(value, JSON_FALSE))
        field_fault(f, str_of(name), LIT("This is true or false"));
    return json_is(value, JSON_TRUE);
}

int64_t field_time(struct api_fields *f, const char *name)
{
    int64_t time_us = 0;
    str text = field_text(f, name, (struct field_text){.bytes_max = 64});
    if (text.len && !clock_read(text, &time_us, NULL))
        field_fault(f, str_of(name), LIT("This is a time such as 2018-11-07T00:00:00Z"));
    return time_us;
}

json field_value(struct api_fields *f, const char *name, enum json_type type, bool is_required)
{
    json value = ask(f, name);
    if (!is_given(f, name, value, is_required) || json_is(value, type))
        return value;
    field_fault(f, str_of(name),
                type == JSON_ARRAY ? LIT("This is a list") : LIT("This is an object"));
    return (json){0};
}

struct field_list field_texts(struct api_fields *f, const char *name, struct field_text rule,
                              size_t count_max)
{
    struct field_list list = {0};
    json value = field_value(f, name, JSON_ARRAY, false);
    if (json_count(value) > count_max) {
        field_fault(f, str_of(name),
                    arena_print(f->c->rq->arena, "This has more than %zu entries", count_max));
        return list;
    }
    list.items = NEW_ARRAY(f->c->rq->arena, json_count(value), str);
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        str pointer = field_pointer_at(f, str_of(name), w.index);
        if (text_is_good(f, w.value, &rule, pointer))
            list.items[list.count++] = json_string(w.value);
    }
    return list;
}
